"""Put together a Python for Windows that runs under Wine: CPython's own libraries, and the standard library from here.

Only the build runs with it. Of what it holds, PyInstaller takes python311.dll, CPython's extension modules and the
standard library into the program, and python3.dll, which is made here (`docs/installing.md` says so to everybody).
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import zipfile
from pathlib import Path

from installer.windows.compiling import MINGW, compile_for_windows, source
from installer.windows.pinned import PYTHON_IN_CARRIER, fetch_carrier

# CPython's files in the carrier. What is not named stays there: Tk, Windows' own api-ms-*.dll, and Panda3D.
LIBRARIES = ("python311.dll", "VCRUNTIME140.dll")
EXTENSIONS = (
    *(
        "_asyncio",
        "_bz2",
        "_ctypes",
        "_decimal",
        "_elementtree",
        "_hashlib",
        "_lzma",
        "_multiprocessing",
        "_overlapped",
    ),
    *("_queue", "_socket", "_sqlite3", "_ssl", "_uuid", "_zoneinfo", "pyexpat", "select", "unicodedata"),
)
BESIDE_EXTENSIONS = ("libcrypto-3.dll", "libffi-8.dll", "libssl-3.dll", "sqlite3.dll")
LEFT_OUT = ("__pycache__", "config-*", "ensurepip", "idlelib", "lib-dynload", "site-packages", "dist-packages")
LEFT_OUT += ("test", "tests", "tkinter", "turtledemo", "_sysconfigdata*", "*.so")
MADE = "made-from.txt"


def make_python(folder: Path, downloads: Path) -> Path:
    """Make the folder of a Python for Windows unless it is there; give its python.exe."""
    stamp = f"{PYTHON_IN_CARRIER} with {sysconfig.get_path('stdlib')} {sysconfig.get_python_version()}\n"
    program = folder / "python.exe"
    if program.is_file() and (folder / MADE).is_file() and (folder / MADE).read_text("utf-8") == stamp:
        return program
    shutil.rmtree(folder, ignore_errors=True)
    _take_libraries(fetch_carrier(downloads), folder)
    shutil.copytree(sysconfig.get_path("stdlib"), folder / "Lib", ignore=shutil.ignore_patterns(*LEFT_OUT))
    _make_forwarder(folder)
    compile_for_windows("-municode", source("python.c"), str(folder / "python311.dll"), "-o", str(program))
    (folder / MADE).write_text(stamp, encoding="utf-8")
    return program


def _take_libraries(wheel: Path, folder: Path) -> None:
    places = dict.fromkeys(LIBRARIES, folder)
    places |= dict.fromkeys([*(f"{name}.pyd" for name in EXTENSIONS), *BESIDE_EXTENSIONS], folder / "DLLs")
    (folder / "DLLs").mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        for name, place in places.items():
            (place / name).write_bytes(archive.read(f"deploy_libs/{name}"))


def exported_names(listing: str) -> list[str]:
    """Read the names that a library exports out of what ``objdump -p`` prints."""
    _, _, table = listing.partition("[Ordinal/Name Pointer] Table")
    lines = (line.rpartition("]") for line in table.partition("\n\n")[0].splitlines()[1:])
    return [name.strip() for _, _, name in lines if name.strip()]


def forwarding_definition(names: list[str]) -> str:
    """Give the definition of a python3.dll whose every name is the one of python311.dll."""
    return "LIBRARY python3\nEXPORTS\n" + "".join(f"  {name}=python311.{name}\n" for name in names)


def _make_forwarder(folder: Path) -> None:
    """Make the python3.dll that modules for every Python 3 are linked with (PySide6, cryptography and others)."""
    listing = subprocess.run(
        [f"{MINGW}objdump", "-p", str(folder / "python311.dll")], check=True, capture_output=True, text=True
    ).stdout
    definition = folder / "python3.def"
    definition.write_text(forwarding_definition(exported_names(listing)), encoding="ascii")
    compile_for_windows("-shared", "-nostdlib", "-Wl,--entry=0", str(definition), "-o", str(folder / "python3.dll"))
    definition.unlink()
