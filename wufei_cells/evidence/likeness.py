"""Tell which pictures look alike: a difference hash of 64 bits that survives saving again, shrinking, a little light.

Each bit says whether a spot is darker than its right neighbor, in eight rows of nine spots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from PIL import Image

BITS = 64
NEAR = 6
"""So many bits may differ between two pictures that count as alike; unrelated ones differ in about 32."""
_ROWS, _SPOTS = 8, 9
_PLAIN = 16
"""Pictures whose spots differ by less in brightness, of 255, have nothing to be told by: a wall, a blank page."""


def likeness(picture: Image.Image) -> str:
    """Give the hash in hexadecimal; empty for pictures with nothing on them."""
    gray = picture.convert("L").resize((_SPOTS, _ROWS), Image.Resampling.BOX)  # pyright: ignore[reportUnknownMemberType] - also takes NumPy arrays
    spots = gray.tobytes()
    if max(spots) - min(spots) < _PLAIN:
        return ""
    bits = 0
    for row in range(_ROWS):
        line = spots[row * _SPOTS : (row + 1) * _SPOTS]
        for left, right in pairwise(line):
            bits = bits << 1 | (left < right)
    return f"{bits:016x}"


def distance(one: str, other: str) -> int:
    """Count the bits in which two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def near_pairs(
    mine: Mapping[str, str], others: Iterable[tuple[str, str]], *, most: int = NEAR
) -> Iterator[tuple[str, str, int]]:
    """Find those of many pictures that look like one of a few: name, other's name, bits that differ.

    Hashes that differ in fewer bits than they have bytes share a byte, so only those that share one are compared.

    Args:
        mine: hashes by name; empty ones are left out.
        others: names and hashes, as many as there are.
        most: bits that may differ.
    """
    assert most < BITS // 8, most
    shelves = _shelves(mine)
    for other, written in others if shelves[0] else ():
        if not written:
            continue
        number = int(written, 16)
        found: dict[str, int] = {}
        for shelf, byte in zip(shelves, number.to_bytes(8), strict=True):
            for name, candidate in shelf.get(byte, ()):
                differing = (candidate ^ number).bit_count()
                if differing <= most:
                    found[name] = differing
        for name, differing in found.items():
            yield name, other, differing


def _shelves(mine: Mapping[str, str]) -> list[dict[int, list[tuple[str, int]]]]:
    """Sort hashes by each of their bytes."""
    shelves: list[dict[int, list[tuple[str, int]]]] = [{} for _ in range(BITS // 8)]
    for name, written in mine.items():
        if written:
            number = int(written, 16)
            for shelf, byte in zip(shelves, number.to_bytes(8), strict=True):
                shelf.setdefault(byte, []).append((name, number))
    return shelves
