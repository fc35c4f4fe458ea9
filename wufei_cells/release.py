"""Which version of the program this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Give the version of the installed program; empty where it runs without having been installed."""
    try:
        return version("wufei-cells")
    except PackageNotFoundError:
        return ""
