"""Which formats of numbers show a day, and which a percentage: the numbers are the same in every format of Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_DATES = {*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58}
"""Formats without a code in the file that show a day, those of Chinese Excel included; times of day are none."""
_PERCENTS = {9, 10}
_NOT_DATE = re.compile(r'"[^"]*"|\[(?!\$-|DBNum)[^\]]*\]|\\.|[_*].', re.IGNORECASE)
_MOST_CODE = 1000


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """Which of the looks that cells refer to show days, and which percentages."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


def number_formats(looks: Iterable[int], codes: Mapping[int, str]) -> NumberFormats:
    """Tell dates and percentages among looks.

    Args:
        looks: the number of the format of each look, in their order.
        codes: the formats that the workbook itself describes.
    """
    dates: set[int] = set()
    percents: set[int] = set()
    known: dict[int, str] = {}
    for look, number in enumerate(looks):
        if number not in known:
            known[number] = _shows(number, codes.get(number, "")[:_MOST_CODE])
        if known[number] == "date":
            dates.add(look)
        elif known[number] == "percent":
            percents.add(look)
    return NumberFormats(frozenset(dates), frozenset(percents))


def _shows(number: int, code: str) -> str:
    """Tell what a format shows; where a workbook describes a format, its number says nothing any more."""
    if not code:
        return "date" if number in _DATES else "percent" if number in _PERCENTS else ""
    bare = _NOT_DATE.sub("", code).lower()
    if "%" in bare:
        return "percent"
    has_day = "y" in bare or ("d" in bare and not any(digit in bare for digit in "0#?"))
    return "date" if has_day and "general" not in bare else ""
