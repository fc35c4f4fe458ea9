"""What an update file may hold at the most: whatever states larger figures is refused before it is read."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes, and the most of each kind."""

    update: int = 2_000_000_000
    """Sticks with FAT32 take no more than 4 GB in a file; so no update needs the 64-bit variant of zip either."""
    members: int = 20_000
    manifest: int = 8 * MEBIBYTE
    signatures: int = 4096
    file: int = 512 * MEBIBYTE
    program: int = 4_000_000_000
    """Of all files together, unpacked."""
    path: int = 160
    """Characters below the program folder; Windows takes 260 with the folders above it."""


USUAL = Limits()
MOST_PROBLEMS = 50
"""Of a page with thousands of wrong lines nobody reads more."""
