"""What the build under Wine is put together from: one pinned file, the lock, and the Python that runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from installer import content
from installer.windows.locked_wheels import for_windows
from installer.windows.pinned import CARRIER_SHA256, fetch_carrier, wrong_python
from installer.windows.python_for_wine import exported_names, forwarding_definition

ROOT = content.ROOT
LISTING = """\
[Ordinal/Name Pointer] Table
\t[   0] PyAIter_Check
\t[   1] PyArg_Parse
\t[1629] _Py_NoneStruct


The Function Table
\t[   0] NotAName
"""


def test_another_python_is_refused_with_a_sentence() -> None:
    assert wrong_python((3, 11)) == ""
    assert "this is Python 3.13" in wrong_python((3, 13))
    assert "Start it with python3.11" in wrong_python((3, 13))


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "panda3d-1.10.16-cp311-cp311-win_amd64.whl").write_bytes(b"something else")
    with pytest.raises(ValueError, match="not the file that is pinned"):
        fetch_carrier(tmp_path)
    assert re.fullmatch("[0-9a-f]{64}", CARRIER_SHA256)


def test_names_are_read_from_the_listing_of_a_library() -> None:
    assert exported_names(LISTING) == ["PyAIter_Check", "PyArg_Parse", "_Py_NoneStruct"]


def test_the_forwarder_passes_every_name_on() -> None:
    assert forwarding_definition(["PyArg_Parse"]) == "LIBRARY python3\nEXPORTS\n  PyArg_Parse=python311.PyArg_Parse\n"


def test_the_lock_is_asked_for_windows() -> None:
    lock = (
        "# a comment\n"
        "always==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:ab\n    # via x\n"
        "there==2 ; sys_platform == 'win32' \\\n    --hash=sha256:bb\n"
        "here==3 ; sys_platform == 'linux' \\\n    --hash=sha256:cc\n"
        "newer==4 ; python_full_version >= '3.14' \\\n    --hash=sha256:dd\n"
    )
    assert for_windows(lock) == (
        "always==1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:ab\nthere==2 \\\n    --hash=sha256:bb\n"
    )


def test_the_installers_lock_has_what_pyinstaller_needs_on_windows_only() -> None:
    kept = for_windows((ROOT / "requirements-installer.lock").read_text("utf-8"))
    names = re.findall(r"^([a-z0-9-]+)==", kept, re.MULTILINE)
    assert {"pyinstaller", "pefile", "pywin32-ctypes", "pyside6-essentials", "tzdata"} <= set(names)
    assert "macholib" not in names
    assert len(names) == len(set(names))
    assert kept.count("--hash") >= len(names)
