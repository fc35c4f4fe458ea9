"""Standing columns month by month: what came up and what was lost down, and above them how many there were."""

from __future__ import annotations

from dataclasses import dataclass

from wufei_cells.charts.chart_table import ChartTable, Entry, whole
from wufei_cells.charts.figures import Figure, Series


@dataclass(frozen=True, slots=True)
class Column:
    """One month, or another stretch of time."""

    name: str
    """Short, under the column: 11月."""
    up: Figure | None = None
    down: Figure | None = None
    """Its value counts downwards, so what was lost is a positive number."""
    level: Figure | None = None
    """How many there were at the end."""
    group: str = ""
    """Under the first name of several that have it: 2026."""
    emphasized: bool = False
    """Such as the month in which the as-of day lies."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns, with or without the running level."""

    title: str
    said: str
    head: str
    """What the names are: 月份."""
    columns: tuple[Column, ...]
    up: Series | None = None
    down: Series | None = None
    level: Series | None = None

    def table(self) -> ChartTable:
        """A row for each column."""
        kept = [one for one in ("up", "down", "level") if getattr(self, one) is not None]
        header = (self.head, *(getattr(self, one).text for one in kept))
        return ChartTable(header, tuple((_name(one), *(_value(one, kind) for kind in kept)) for one in self.columns))


def _name(column: Column) -> str:
    return f"{column.group} {column.name}".strip()


def _value(column: Column, kind: str) -> Entry:
    figure: Figure | None = getattr(column, kind)
    return None if figure is None else whole(figure.value)
