"""Which of very many pictures look alike: every pair among them, without comparing each with each.

Two hashes that differ in at most six of 64 bits differ in at most one bit in some quarter of 16 bits. So a hash is
looked up under its quarters, and under its quarters with one bit turned over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

QUARTERS = (0, 16, 32, 48)
MOST = 7
"""So many bits may differ at the most for this way of looking: one more, and every quarter may differ in two."""
_ALL = 0xFFFF
_TURNED = (0, *(1 << bit for bit in range(16)))


def near_among(hashes: Iterable[str], *, most: int) -> Iterator[tuple[str, str, int]]:
    """Find the pairs of different hashes that differ in few bits; each pair once, in no particular order.

    Args:
        hashes: perceptual hashes as 16 hexadecimal digits; empty ones and repeated ones are left out.
        most: bits that may differ, at most 7.
    """
    assert most <= MOST, most
    shelves: tuple[dict[int, list[int]], ...] = tuple({} for _quarter in QUARTERS)
    for number in sorted({int(written, 16) for written in hashes if written}):
        seen: set[int] = set()
        for shift, shelf in zip(QUARTERS, shelves, strict=True):
            quarter = number >> shift & _ALL
            for turned in _TURNED:
                for other in shelf.get(quarter ^ turned, ()):
                    differing = (other ^ number).bit_count()
                    if differing <= most and other not in seen:
                        seen.add(other)
                        yield f"{other:016x}", f"{number:016x}", differing
            shelf.setdefault(quarter, []).append(number)
