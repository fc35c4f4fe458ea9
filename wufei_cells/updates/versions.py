"""Versions of the program and kinds of machines, as update files name them."""

from __future__ import annotations

import os
import platform
import re
import sys

VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")
_MACHINES = {"amd64": "x86_64", "x64": "x86_64", "arm64": "aarch64"}
_WINDOWS = {"x86_64": "x64", "aarch64": "arm64"}


def figures(version: str) -> tuple[int, ...]:
    """Give a version as figures that can be compared; nothing where it is no version."""
    return tuple(int(part) for part in version.split(".")) if VERSION.fullmatch(version) else ()


def newer(version: str, than: str) -> bool:
    """Tell whether a version comes after another: 0.10 after 0.9, and 1.0.0 is 1.0."""
    mine, other = list(figures(version)), list(figures(than))
    length = max(len(mine), len(other))
    return mine + [0] * (length - len(mine)) > other + [0] * (length - len(other))


def current_platform() -> str:
    """Name the kind of machine this is: ``linux-x86_64``, ``windows-x64``."""
    machine = platform.machine().lower()
    machine = _MACHINES.get(machine, machine)
    if sys.platform == "win32":
        return f"windows-{_WINDOWS.get(machine, machine)}"
    return f"{'macos' if sys.platform == 'darwin' else sys.platform}-{machine}"


def current_glibc() -> str:
    """Give the version of the C library of this Linux system; empty elsewhere."""
    if sys.platform != "linux":
        return ""
    try:
        name, _space, version = (os.confstr("CS_GNU_LIBC_VERSION") or "").partition(" ")
    except (ValueError, OSError):
        return ""
    return version if name == "glibc" else ""
