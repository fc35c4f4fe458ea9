"""What can be said about macOS without one: its plist is one, and its program is refused elsewhere."""

from __future__ import annotations

import plistlib
import sys
from argparse import Namespace

import pytest

from installer.freezing import FreezingError
from installer.linux import desktop
from installer.macos import building, bundle


def test_application_opens_packages_and_updates():
    said = plistlib.loads(plistlib.dumps(bundle.INFO))
    kinds = said["UTExportedTypeDeclarations"]
    endings = [kind["UTTypeTagSpecification"]["public.filename-extension"] for kind in kinds]
    assert endings == [["wufei"], ["wufei-update"]]
    opened = [kind["LSItemContentTypes"] for kind in said["CFBundleDocumentTypes"]]
    assert opened == [[kind["UTTypeIdentifier"]] for kind in kinds]
    assert said["CFBundleDisplayName"] == desktop.NAME_ZH


@pytest.mark.skipif(sys.platform == "darwin", reason="elsewhere than on macOS")
def test_it_is_refused_where_there_is_no_mac(tmp_path):
    with pytest.raises(FreezingError, match="only built on macOS"):
        building.build(Namespace(out=tmp_path, release_key=[], only_folder=False))
