"""Lying bars, one below the other, of parts that add up: by category, district, lead or month."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from wufei_cells.charts.chart_table import ChartTable, Entry, whole
from wufei_cells.charts.figures import Figure, Series


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar."""

    name: str
    parts: tuple[Figure, ...]
    """One for each series, in their order; they stand one behind the other."""
    said: str
    """The whole row as a sentence."""
    key: Hashable = None
    target: float | None = None
    figures: tuple[str, ...] = ()
    """What stands at the right, one for each of the chart's figure heads: 12 / 40."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars."""

    title: str
    said: str
    head: str
    """What the names are: 类别."""
    series: tuple[Series, ...]
    rows: tuple[BarRow, ...]
    target_text: str = ""
    """What the tick is, for legend and table."""
    figure_heads: tuple[str, ...] = ()
    most: float | None = None
    """What fills the width, where several charts share a scale; otherwise the largest."""

    def table(self) -> ChartTable:
        """A row for each bar: its parts, then its target where any has one."""
        targets = any(row.target is not None for row in self.rows)
        header = (self.head, *(one.text for one in self.series), *([self.target_text] if targets else []))
        return ChartTable(header, tuple(self._row(row, targets=targets) for row in self.rows))

    def _row(self, row: BarRow, *, targets: bool) -> tuple[Entry, ...]:
        parts = [whole(part.value) for part in row.parts[: len(self.series)]]
        missing = [None] * (len(self.series) - len(parts))
        target = None if row.target is None else whole(row.target)
        return (row.name, *parts, *missing, *([target] if targets else []))
