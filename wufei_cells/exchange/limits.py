"""What a package may hold at the most. Whatever states larger figures is refused before anything is read for it."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes, and the most of each kind."""

    package: int = 4_000_000_000
    """Sticks with FAT32 take no larger file; so no package needs the 64-bit variant of zip either."""
    members: int = 60_000
    manifest: int = 16 * MEBIBYTE
    bundle: int = 64 * MEBIBYTE
    file: int = 128 * MEBIBYTE
    ranges: int = 100_000
    """Of acts that are held or wanted, over all devices."""
    text: int = 200
    """Characters of a name."""


USUAL = Limits()
