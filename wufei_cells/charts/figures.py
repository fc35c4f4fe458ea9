"""What charts are made of before they have a place: figures, series, and the words of time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date

from wufei_cells.charts.marks import Pattern, Tone


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and where it leads."""

    value: float
    said: str
    """The figure as a sentence."""
    key: Hashable = None
    """Such as the selection behind it; ``None`` leads nowhere."""


@dataclass(frozen=True, slots=True)
class DayFigure:
    """A figure as it stood when a day ended."""

    on: date
    value: float
    said: str
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What is expected for a day: it is likely to lie between two figures."""

    on: date
    low: float
    likely: float
    high: float
    said: str
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class Series:
    """One of the things that are told apart by looks."""

    text: str
    tone: Tone
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class TimeWords:
    """How an axis names months and quarters; years are numbers."""

    months: tuple[str, ...]
    """Twelve, short."""
    quarters: tuple[str, ...]
    """Four, short."""


def time_words(say: Callable[[str], str]) -> TimeWords:
    """Take the words of time from a wording."""
    return TimeWords(
        tuple(say(f"charts.month.{number}") for number in range(1, 13)),
        tuple(say(f"charts.quarter.{number}") for number in range(1, 5)),
    )
