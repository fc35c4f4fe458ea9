"""Days on an axis, and the stretches of time that are named under it: months, quarters or years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wufei_cells.charts.figures import TimeWords
from wufei_cells.charts.labels import wide
from wufei_cells.charts.marks import Measure
from wufei_cells.charts.scales import Scale

YEAR = 12  # months
GAP = 8.0  # between the names under an axis
LONGER = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)  # years that get one name when there are many
LEAST_DAYS = 28


@dataclass(frozen=True, slots=True)
class Named:
    """A name under the axis; its middle stands at the place."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some months, as far as they are on the axis."""

    first: date
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """What stands under an axis of days."""

    scale: Scale
    lines: tuple[float, ...]
    """Places where a stretch begins."""
    names: tuple[Named, ...]
    """Of the stretches, in the first line under the axis."""
    years: tuple[Named, ...]
    """In the second line; empty when the first line names years."""

    def at(self, day: date) -> float:
        """Give the place of a day's end."""
        return self.scale.at(day.toordinal() + 1)


class TimeAxisMaker:
    """Names the stretches of an axis, the finest ones for whose names there is room."""

    def __init__(self, words: TimeWords, size: float, measure: Measure) -> None:
        self._words = words
        self._size = size
        self._measure = measure

    def make(self, first: date, last: date, start: float, end: float) -> TimeAxis:
        """Lay out the days from the first to the last between two places."""
        low = first.toordinal()
        scale = Scale(low, max(last.toordinal() + 1, low + LEAST_DAYS), start, end)
        for months, texts in ((1, self._words.months), (3, self._words.quarters)):
            room = (end - start) * months * 28 / (scale.high - scale.low)
            if max(map(self._width, texts)) + GAP <= room:
                stretches = list(_stretches(scale, months))
                names = self._named(stretches, lambda day: texts[(day.month - 1) // months])  # noqa: B023  # used at once
                years = self._named(list(_stretches(scale, YEAR)), _year)
                return TimeAxis(scale, _lines(stretches), names, years)
        return self._by_years(scale)

    def _by_years(self, scale: Scale) -> TimeAxis:
        yearly = (scale.end - scale.start) * 365 / (scale.high - scale.low)
        step = next((years for years in LONGER if self._width("0000") + GAP <= yearly * years), LONGER[-1])
        stretches = list(_stretches(scale, YEAR * step))
        return TimeAxis(scale, _lines(stretches), self._named(stretches, _year), ())

    def _named(self, stretches: list[Stretch], name: Callable[[date], str]) -> tuple[Named, ...]:
        """Name the stretches that show enough of themselves; the widest one in any case."""
        widest = max(stretches, key=lambda one: one.end - one.start)
        return tuple(
            Named((one.start + one.end) / 2, name(one.first))
            for one in stretches
            if one is widest or self._width(name(one.first)) + GAP / 2 <= one.end - one.start
        )

    def _width(self, text: str) -> float:
        return wide(text, self._size, self._measure)


def _stretches(scale: Scale, months: int) -> Iterator[Stretch]:
    begin = date.fromordinal(int(scale.low))
    number = (begin.year * YEAR + begin.month - 1) // months * months
    while (start := _ordinal(number)) < scale.high:
        end = _ordinal(number + months)
        yield Stretch(date.fromordinal(start), scale.at(start), scale.at(end))
        if end <= start:
            return
        number += months


def _ordinal(number: int) -> int:
    """Give the first day of a month by its number; the calendar's ends where there is no such month."""
    year, month = divmod(number, YEAR)
    if year < date.min.year:
        return date.min.toordinal()
    return date.max.toordinal() if year > date.max.year else date(year, month + 1, 1).toordinal()


def _lines(stretches: list[Stretch]) -> tuple[float, ...]:
    return tuple(one.start for one in stretches[1:])


def _year(day: date) -> str:
    return str(day.year)
