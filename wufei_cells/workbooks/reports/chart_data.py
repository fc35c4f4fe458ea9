"""The sheet with the figures of charts, one table below the other; the spreadsheet draws its charts from it."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from wufei_cells.charts.burn_up import BurnUp
from wufei_cells.charts.chart_table import ChartTable, Entry
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import shown_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

    from wufei_cells.charts.layout import Chart
    from wufei_cells.domain.text import Language

NAMES, FIGURES = 22, 14  # characters: widths of the first column, and of the others
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the figures of one chart stand."""

    sheet: str
    first: int
    """Row of the first figures, from 0; the heads stand above it."""
    last: int
    header: tuple[str, ...]

    def head(self, column: int) -> list[Any]:
        """Give the place of a column's head, as XlsxWriter wants it."""
        return [self.sheet, self.first - 1, column]

    def column(self, number: int) -> list[Any]:
        """Give the places of a column's figures."""
        return [self.sheet, self.first, number, self.last, number]


class ChartData:
    """Writes the figures of charts."""

    def __init__(self, workbook: Workbook, name: str, language: Language) -> None:
        self._sheet = workbook.add_worksheet(name)
        self._name = name
        self._row = 0
        faces = house_style.FACES[language]
        plain = {"font_name": faces.body, "font_size": house_style.BODY_SIZE, "font_scheme": "none", "border": 1}
        plain["border_color"] = f"#{house_style.LINE}"
        heading = {
            **plain,
            "font_name": faces.heading,
            "bold": faces.heavy_heads,
            "text_wrap": True,
            "valign": "vcenter",
        }
        self._head: Format = workbook.add_format(
            {**heading, "bg_color": f"#{house_style.HEAD_FILL}", "align": "center"}
        )
        self._title: Format = workbook.add_format({**heading, "border": 0, "text_wrap": False})
        self._plain: Format = workbook.add_format(plain)
        self._day: Format = workbook.add_format({**plain, "num_format": house_style.DAY, "align": "left"})
        self._sheet.set_column(0, 0, NAMES)
        self._sheet.set_column(1, 16, FIGURES)
        self._sheet.set_paper(house_style.A4)
        self._sheet.fit_to_pages(1, 0)

    def write(self, chart: Chart) -> Place:
        """Write the figures of a chart below those of the one before."""
        table = stepped(chart) if isinstance(chart, BurnUp) else chart.table()
        self._sheet.write_string(self._row, 0, shown_text(chart.title), self._title)
        for column, text in enumerate(table.header):
            self._sheet.write_string(self._row + 1, column, shown_text(text), self._head)
        first = self._row + 2
        for number, row in enumerate(table.rows):
            for column, entry in enumerate(row):
                self._write(first + number, column, entry)
        last = first + max(len(table.rows), 1) - 1
        self._row = last + 3
        return Place(self._name, first, last, table.header)

    def _write(self, row: int, column: int, entry: Entry) -> None:
        if entry is None:
            self._sheet.write_blank(row, column, None, self._plain)
        elif isinstance(entry, str):
            self._sheet.write_string(row, column, shown_text(entry), self._plain)
        elif isinstance(entry, date):
            self._sheet.write_datetime(row, column, cast("Any", entry), self._day)
        else:
            self._sheet.write_number(row, column, entry, self._plain)


def stepped(chart: BurnUp) -> ChartTable:
    """Give the figures of a burn-up for a chart that joins points by straight lines.

    A cell is valid or it is not: the evening before each change still has the figure before it. The goal is a line
    from the first day to its own.
    """
    table = chart.table()
    rows = {row[0]: row for row in table.rows if isinstance(row[0], date)}
    for earlier, later in zip(chart.steps, chart.steps[1:], strict=False):
        before = later.on - _DAY
        if before not in rows and before > earlier.on:
            rows[before] = (before, int(earlier.value), *([None] * (len(table.header) - 2)))
    if chart.goal is None or not rows:
        return ChartTable(table.header, tuple(rows[day] for day in sorted(rows)))
    end = max(chart.goal.day or chart.on, *rows)
    rows.setdefault(end, (end, *([None] * (len(table.header) - 1))))
    days = sorted(rows)
    goal = {days[0]: int(chart.goal.value), end: int(chart.goal.value)}
    return ChartTable((*table.header, chart.goal.text), tuple((*rows[day], goal.get(day)) for day in days))
