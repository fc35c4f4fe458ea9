"""Write a report as an .xlsx file: what is said and drawn on the first sheet, each table on one of its own."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from wufei_cells.reports.blocks import ChartBlock, Column, Gauge, Ratio, Report, Row, TableBlock
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import shown_text
from wufei_cells.workbooks.ledgers import table as ledger
from wufei_cells.workbooks.ledgers.formats import Formats
from wufei_cells.workbooks.ledgers.table_sheet import TableSheet, fits_one_page
from wufei_cells.workbooks.reports.chart_data import ChartData
from wufei_cells.workbooks.reports.overview import OverviewSheet

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

LONGEST_SHEET = 31  # characters of a worksheet's name that Excel takes
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_IN_BRACKETS = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")
_PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_COLOR_SCALE = {
    "type": "2_color_scale",
    "min_color": "#FFFFFF",
    "max_color": "#A5D2C5",
    "min_type": "num",
    "min_value": 0,
}
_LOOKS = {"text": ledger.Look.TEXT, "center": ledger.Look.CENTER, "share": ledger.Look.SHARE}


def write_report(report: Report, wording: Wording) -> bytes:
    """Write a report. Every row of its tables is there, also those that have no room on paper.

    Args:
        report: everything that is in it.
        wording: names of sheets and what stands on their edges, in the language of the report.

    Raises:
        UserError: ``ledger.too_long``: a table has more rows than a worksheet takes.
    """
    target = BytesIO()
    faces = house_style.FACES[report.language]
    main = {"font_name": faces.body, "font_size": house_style.BODY_SIZE, "font_scheme": "none"}
    workbook = Workbook(target, {**_PLAIN, "default_format_properties": main})
    _Book(workbook, report, wording).write()
    moment = datetime(report.on.year, report.on.month, report.on.day)  # noqa: DTZ001 - a day, in no zone
    workbook.set_properties(
        {
            "title": shown_text(report.title),
            "subject": shown_text(report.subject),
            "author": shown_text(report.issuer),
            "created": moment,
        }
    )
    workbook.close()
    return target.getvalue()


class _Book:
    def __init__(self, workbook: Workbook, report: Report, wording: Wording) -> None:
        self._workbook, self._report, self._wording = workbook, report, wording
        self._names: set[str] = set()

    def write(self) -> None:
        """Write all sheets; the first one leads to the others."""
        report, say = self._report, self._wording.say
        first = self._workbook.add_worksheet(self._name(say("report.sheet_overview")))
        tables = [block for block in report.blocks if isinstance(block, TableBlock)]
        sheets = {id(block): self._table(block) for block in tables}
        charts = [block.chart for block in report.blocks if isinstance(block, ChartBlock) and not block.empty]
        data = ChartData(self._workbook, self._name(say("report.sheet_charts")), report.language) if charts else None
        OverviewSheet(self._workbook, first, report, self._wording, sheets, data).write()
        first.activate()

    def _name(self, wanted: str) -> str:
        """Give a sheet a name that Excel takes and no other one has."""
        plain = _short(_NOT_IN_SHEETS.sub(" ", _IN_BRACKETS.sub("", wanted)).strip("' ")) or "Sheet"
        name, number = plain, 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: LONGEST_SHEET - 1 - len(str(number))]} {number}"
        self._names.add(name.lower())
        return name

    def _table(self, block: TableBlock) -> str:
        """Write a table; give the name of its sheet."""
        report = self._report
        kept = [place for place, column in enumerate(block.columns) if column.look.value in _LOOKS]
        table = ledger.Table(
            title=block.title,
            about=report.subtitle,
            warning=self._wording.say("report.example") if report.example else "",
            sheet=self._name(block.title),
            page=self._wording.say("ledger.page"),
            columns=tuple(_column(block.columns[place]) for place in kept),
            frozen=1,
            as_of=report.on,
            language=report.language,
        )
        formats = Formats(self._workbook, report.language, centered=fits_one_page(table))
        sheet = self._workbook.add_worksheet(table.sheet)
        written = TableSheet(sheet, formats, table)
        ratios = bool(block.rows) and any(isinstance(value, Ratio) for value in block.rows[0].cells)
        of_all = (self._wording.say("report.sheet_ratio"),) if ratios else ()
        notes = (*(() if block.rows else (block.empty,)), *of_all, *block.notes)
        head = written.write(_cells(block.rows, kept, strong=False), _cells(block.rows, kept, strong=True), notes)
        plain = sum(1 for row in block.rows if not row.strong)
        if plain and ratios:
            sheet.conditional_format(head + 1, 1, head + plain, len(kept) - 2, _COLOR_SCALE)
        return table.sheet


def _short(name: str) -> str:
    """Cut what Excel would not take, between words where there are some."""
    if len(name) <= LONGEST_SHEET:
        return name
    cut = name[:LONGEST_SHEET]
    return (cut if name[LONGEST_SHEET] == " " else cut.rpartition(" ")[0] or cut).rstrip("' ")


def _column(column: Column) -> ledger.Column:
    return ledger.Column(column.head, column.width, _LOOKS[column.look.value])


def _cells(rows: Sequence[Row], kept: Sequence[int], *, strong: bool) -> Iterator[ledger.Row]:
    for row in rows:
        if row.strong is strong:
            yield [None if isinstance(value := row.cells[place], Gauge) else value for place in kept]
