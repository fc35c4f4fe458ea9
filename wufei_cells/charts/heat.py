"""A table of two kinds of names, each cell toned by how much of its target is there."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from wufei_cells.charts.chart_table import ChartTable, Entry, printed, whole


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell."""

    text: str
    """Always written: 3/5."""
    said: str
    value: float
    target: float | None = None
    """``None``: there is none, and the cell has no tone."""
    key: Hashable = None

    @property
    def share(self) -> float | None:
        """How much of the target is there, from 0; ``None`` without a target. A target of nothing is reached."""
        if self.target is None:
            return None
        return 1.0 if self.target <= 0 else max(0.0, self.value / self.target)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row."""

    name: str
    cells: tuple[HeatCell | None, ...]
    """One for each column; ``None``: nothing is there, which is not the same as 0."""
    total: HeatCell | None = None


@dataclass(frozen=True, slots=True)
class Heat:
    """A heat table."""

    title: str
    said: str
    head: str
    """What the names of the rows are: 县区."""
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    totals: tuple[HeatCell | None, ...] = ()
    """Of the columns."""
    whole: HeatCell | None = None
    total_text: str = ""
    """合计: the name of the row and the column of sums."""
    scale: tuple[str, ...] = ()
    """What the five tones mean, from nothing to all, for the legend: 0, <1/3, <2/3, <1, ≥1. None: no legend."""

    def table(self) -> ChartTable:
        """A row for each row, with the texts of the cells; sums where there are any."""
        sums = self.has_row_totals
        header = (self.head, *self.columns, *([self.total_text] if sums else []))
        rows = [HeatRow(row.name, row.cells, row.total) for row in self.rows]
        rows += [HeatRow(self.total_text, self.totals, self.whole)] if self.totals else []
        width = len(self.columns)
        return ChartTable(
            header,
            tuple((row.name, *_texts(row.cells, width), *(_texts((row.total,), 1) if sums else ())) for row in rows),
        )

    @property
    def has_row_totals(self) -> bool:
        """Whether there is a column of sums."""
        return self.whole is not None or any(row.total for row in self.rows)


def _texts(cells: tuple[HeatCell | None, ...], width: int) -> tuple[Entry, ...]:
    found = [_entry(cell) for cell in cells[:width]]
    return (*found, *([None] * (width - len(found))))


def _entry(cell: HeatCell | None) -> Entry:
    """Give a cell's figure as a number where nothing more is written in it."""
    if cell is None:
        return None
    return value if cell.text == printed(value := whole(cell.value)) else cell.text
