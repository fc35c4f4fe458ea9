"""The way to the goal: what is valid day by day, what was planned, what is expected."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from wufei_cells.charts.chart_table import ChartTable, Entry, whole
from wufei_cells.charts.figures import DayFigure, Expected, TimeWords


@dataclass(frozen=True, slots=True)
class Goal:
    """How many, until when."""

    value: float
    text: str
    """At its line: 目标 100."""
    said: str
    day: date | None = None
    day_text: str = ""
    """At its day: 2027-12-31."""
    key: Hashable = None


@dataclass(frozen=True, slots=True)
class BurnUpWords:
    """Heads of the table, and the legend's words."""

    day: str
    valid: str
    planned: str
    expected: str
    low: str
    likely: str
    high: str
    lost: str
    """What a drop is: ran out or was taken back."""


@dataclass(frozen=True, slots=True)
class BurnUp:
    """A burn-up chart."""

    title: str
    said: str
    """The whole of it as a sentence."""
    on: date
    """The day as of which it is; figures after it are expected ones."""
    on_text: str
    """At its line: 今天, or the day."""
    steps: tuple[DayFigure, ...]
    """What is valid when a day ended, for the days on which it changed, rising, and for ``on``; none is later than it.
    Between two of them the earlier holds."""
    words: BurnUpWords
    time: TimeWords
    goal: Goal | None = None
    planned: tuple[DayFigure, ...] = ()
    """Targets by day, rising; drawn from point to point."""
    expected: tuple[Expected, ...] = ()
    """Rising, after ``on``; the fan opens at the last step."""
    expected_text: str = ""
    """At its end: 92–104."""

    def table(self) -> ChartTable:
        """A row for each day that has a figure, by day."""
        words = self.words
        steps = {step.on: step.value for step in self.steps}
        planned = {one.on: one.value for one in self.planned}
        expected = {one.on: one for one in self.expected}
        header = [words.day, words.valid]
        header += [words.planned] if planned else []
        header += [words.likely, words.low, words.high] if expected else []
        rows: list[tuple[Entry, ...]] = []
        for day in sorted({*steps, *planned, *expected}):
            row: list[Entry] = [day, _known(steps.get(day))]
            row += [_known(planned.get(day))] if planned else []
            one = expected.get(day)
            row += [_known(value) for value in ((one.likely, one.low, one.high) if one else ())]
            rows.append((*row, *([None] * (len(header) - len(row)))))
        return ChartTable(tuple(header), tuple(rows))


def _known(value: float | None) -> Entry:
    return None if value is None else whole(value)
