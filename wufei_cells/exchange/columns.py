"""Columns of words and numbers, written small: as JSON whose bytes Zstandard finds easy to pack.

Numbers are written as bytes by significance: first the lowest byte of each, then the next, as many as the largest
needs, in base64. So random bytes lie with random ones and zeros with zeros.

Words that repeat are written once, in the order in which they appear. A place is 0 where the next new word stands, and
otherwise one more than the place of a word that was there before.
"""

from __future__ import annotations

import base64
import sys
from array import array
from collections.abc import Sequence
from typing import TypeVar, cast

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import HIGHEST
from wufei_cells.domain.canonical import canonical_json

T = TypeVar("T")
Column = list[JsonValue]

_WIDTH = 8
_TOLD_APART = {str, type(None)}
"""Kinds of values that are equal where their canonical JSON is; among others, 1 and true are not."""


# --- numbers


def packed(numbers: Sequence[int]) -> Column:
    """Write whole numbers."""
    least = min(numbers, default=0)
    steps = array("Q", (number - least for number in numbers))
    width = (max(steps, default=0).bit_length() + 7) // 8
    raw = _little(steps).tobytes()
    planes = b"".join(raw[place::_WIDTH] for place in range(width))
    return [least, width, base64.b64encode(planes).decode()]


def unpacked(column: JsonValue | Sequence[JsonValue], count: int, *, least: int = 0, most: int = HIGHEST) -> list[int]:
    """Read whole numbers.

    Raises:
        ValueError, TypeError: they are not as many, out of bounds, or not written like this.
    """
    base, width, written = cast("tuple[int, int, str]", column)
    planes = base64.b64decode(written, validate=True)
    if type(base) is not int or type(width) is not int or not 0 <= width <= _WIDTH or len(planes) != width * count:
        raise ValueError
    raw = bytearray(_WIDTH * count)
    for place in range(width):
        raw[place::_WIDTH] = planes[place * count : (place + 1) * count]
    steps = array("Q")
    steps.frombytes(bytes(raw))
    numbers = [base + step for step in _little(steps)]
    if numbers and not (least <= min(numbers) and max(numbers) <= most):
        raise ValueError
    return numbers


def _little(numbers: array[int]) -> array[int]:
    """Turn numbers between the order of this machine and little-endian."""
    if sys.byteorder == "big":
        numbers = array("Q", numbers)
        numbers.byteswap()
    return numbers


# --- what repeats


def coded(words: Sequence[str]) -> Column:
    """Write words."""
    distinct, places = _places(words)
    return [[*distinct], packed(places)]


def coded_values(values: Sequence[JsonValue]) -> Column:
    """Write values; equal ones are those with equal canonical JSON."""
    if {*map(type, values)} <= _TOLD_APART:
        return coded(cast("Sequence[str]", values))
    _distinct, places = _places([canonical_json(value) for value in values])
    return [[value for value, place in zip(values, places, strict=True) if not place], packed(places)]


def picked(distinct: Sequence[T], column: JsonValue, count: int) -> list[T]:
    """Read what was written once, as often as it stands there.

    Raises:
        ValueError, TypeError, IndexError: it is not written like this.
    """
    places = unpacked(column, count, most=len(distinct))
    if places.count(0) != len(distinct):
        raise ValueError
    following = iter(distinct)
    return [distinct[place - 1] if place else next(following) for place in places]


def _places(words: Sequence[str]) -> tuple[list[str], list[int]]:
    known: dict[str, int] = {}
    places: list[int] = []
    for word in words:
        place = known.get(word, 0)
        if not place:
            known[word] = len(known) + 1
        places.append(place)
    return list(known), places
