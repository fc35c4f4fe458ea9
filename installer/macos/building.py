"""Build for macOS, on macOS: the application, and a disk image to drag it from.

NOT TRIED: there was no Mac. The steps are those of PyInstaller's and of Apple's documentation; who runs it first should
expect to mend something. The application is not signed for Apple: people open it by the context menu the first time.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from installer import content, freezing, icons, licenses, release_keys

APPLICATION = "Wufei Cells.app"


def build(chosen: argparse.Namespace) -> list[Path]:
    """Freeze the application and put it into a disk image; return what was made.

    Raises:
        FreezingError: this is no Mac, or PyInstaller failed.
    """
    if sys.platform != "darwin":
        raise freezing.FreezingError("macOS programs are only built on macOS")
    icon = icons.write_icns(content.ROOT / "OUT" / "installer" / "icons" / f"{content.PROGRAM}.icns")
    freezing.freeze([sys.executable], chosen.out, icon=icon)
    application = chosen.out / APPLICATION
    programs = application / "Contents" / "MacOS"  # where the program looks for its keys
    licenses.collect(application / "Contents" / "Resources", {})
    release_keys.put_in(programs, chosen.release_key)
    subprocess.run(["codesign", "--force", "--deep", "--sign", "-", str(application)], check=True)
    subprocess.run([str(programs / content.PROGRAM), "--version"], check=True, stdin=subprocess.DEVNULL)
    return [] if chosen.only_folder else [_disk_image(application, chosen.out)]


def _disk_image(application: Path, out: Path) -> Path:
    """Pack the application with a link to the folder that people drag it to."""
    stage = out / "work" / "image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    shutil.copytree(application, stage / APPLICATION, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    target = out / f"{content.PROGRAM}-{content.version()}-macos-{platform.machine()}.dmg"
    command = ["hdiutil", "create", "-volname", "Wufei Cells", "-srcfolder", str(stage), "-format", "UDZO", "-ov"]
    subprocess.run([*command, str(target)], check=True, stdin=subprocess.DEVNULL)
    return target
