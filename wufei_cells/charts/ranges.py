"""Dots with how far they may be off, on one scale with a line at zero: who judges more strictly than others."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from wufei_cells.charts.chart_table import ChartTable, Entry, whole


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One dot."""

    name: str
    value: float
    said: str
    low: float | None = None
    high: float | None = None
    """Between them the true figure is likely to lie; ``None``: nothing is known about that."""
    text: str = ""
    """At the right: −1.2 (34)."""
    key: Hashable = None
    count: int | None = None
    """Of how many it was made, for the table."""
    noticed: bool = False
    """It stands out, and shall be seen."""


@dataclass(frozen=True, slots=True)
class RangeWords:
    """Heads of the table, and what the two sides of zero mean."""

    name: str
    value: str
    low: str
    high: str
    count: str
    below: str = ""
    """At the left end of the axis: 偏严."""
    above: str = ""
    """At the right end: 偏松."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """A dot plot."""

    title: str
    said: str
    words: RangeWords
    rows: tuple[RangeRow, ...]
    text_head: str = ""

    def table(self) -> ChartTable:
        """A row for each dot."""
        words = self.words
        header = (words.name, words.value, words.low, words.high, words.count)
        rows = ((row.name, whole(row.value), _known(row.low), _known(row.high), row.count) for row in self.rows)
        return ChartTable(header, tuple(rows))


def _known(value: float | None) -> Entry:
    return None if value is None else whole(value)
