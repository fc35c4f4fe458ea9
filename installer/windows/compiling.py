"""Make Windows' programs and libraries of a few lines with Debian's MinGW."""

from __future__ import annotations

import subprocess
from pathlib import Path

MINGW = "x86_64-w64-mingw32-"


def compile_for_windows(*words: str) -> None:
    """Compile without a time stamp, so that the same source gives the same file."""
    subprocess.run([f"{MINGW}gcc", "-O2", "-s", "-Wl,--no-insert-timestamp", *words], check=True)


def source(name: str) -> str:
    """Give the path of one of the sources beside this module."""
    return str(Path(__file__).with_name(name))
