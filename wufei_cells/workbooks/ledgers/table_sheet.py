"""One worksheet with one table: title, heads that stay in sight, filters, pages to print."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING, Any

from wufei_cells.errors import UserError
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import page_text, shown_text
from wufei_cells.workbooks.ledgers.cells import LOWEST_ROW, Cells
from wufei_cells.workbooks.ledgers.table import Row, Table
from wufei_cells.workbooks.text_fitting import HIGHEST, text_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from wufei_cells.workbooks.ledgers.formats import Formats

MOST_ROWS = 1_048_576 - 16
"""What a worksheet takes, without the rows above the table."""
WIDEST_PAGE = 250.0
"""Characters side by side on a landscape page that can still be read."""
PIXELS = 7  # of one character of width
TITLE_ROW, ABOUT_ROW, HEAD_ROW = 32.0, 24.0, 24.0


def fits_one_page(table: Table) -> bool:
    """Tell whether all columns of a table have room beside each other on a page."""
    return _pages_across(table) == 1


class TableSheet:
    """Writes one worksheet from the top to the bottom."""

    def __init__(self, sheet: Worksheet, formats: Formats, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._across = _pages_across(table)
        self._formats = formats
        self._last = len(table.columns) - 1
        self._width = sum(column.width for column in table.columns)
        self._row = 0
        sheet.set_default_row(LOWEST_ROW)
        for place, column in enumerate(table.columns):
            sheet.set_column_pixels(place, place, round(column.width * PIXELS))
        columns = list(enumerate(table.columns))
        self._cells = [Cells(sheet, formats.of(column.look), place, column) for place, column in columns]
        self._sums = [Cells(sheet, formats.of(column.look, strong=True), place, column) for place, column in columns]

    def write(self, rows: Iterable[Row], sums: Iterable[Row] = (), notes: Iterable[str] = ()) -> int:
        """Write everything; give the row of the heads, from 0.

        Args:
            rows: what it lists.
            sums: stand below, where filters do not hide them.
            notes: lines below all of it.
        """
        table, sheet = self._table, self._sheet
        self._line(table.title, self._formats.title, TITLE_ROW)
        if table.warning:
            self._line(table.warning, self._formats.warning, LOWEST_ROW)
        self._line(table.about, self._formats.about, ABOUT_ROW)
        head = self._row
        self._heads()
        for row in rows:
            if self._row - head > MOST_ROWS:
                raise UserError("ledger.too_long", count=MOST_ROWS)
            self._write(row, self._cells)
        sheet.autofilter(head, 0, max(self._row - 1, head), self._last)
        for row in sums:
            self._write(row, self._sums)
        for note in notes:
            self._line(note, self._formats.about, LOWEST_ROW)
        bottom = max(self._row - 1, head)
        sheet.freeze_panes(head + 1, table.frozen)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, bottom, self._last)
        if self._row > head + 1:  # a credit code of digits alone is no mistake
            sheet.ignore_errors({"number_stored_as_text": _area(head + 1, bottom, self._last)})
        self._set_pages()
        return head

    def _write(self, row: Row, cells: list[Cells]) -> None:
        self._next_row(max([cell.write(self._row, value) for cell, value in zip(cells, row, strict=True)]))

    def _line(self, text: str, look: Any, height: float) -> None:
        """Write a line over the whole width, higher where that is not enough."""
        self._sheet.merge_range(self._row, 0, self._row, self._last, "", look)
        self._sheet.write_string(self._row, 0, shown_text(text), look)
        size = house_style.TITLE_SIZE if look is self._formats.title else house_style.BODY_SIZE
        needed = text_height(text, self._width, size)
        self._next_row(max(height, needed))

    def _heads(self) -> None:
        height = HEAD_ROW
        for place, column in enumerate(self._table.columns):
            text = shown_text(column.head)
            self._sheet.write_string(self._row, place, text, self._formats.head)
            height = max(height, text_height(text, column.width, house_style.BODY_SIZE))
        self._next_row(height)

    def _next_row(self, height: float) -> None:
        if height > LOWEST_ROW:
            self._sheet.set_row(self._row, min(height, HIGHEST))
        self._row += 1

    def _set_pages(self) -> None:
        sheet, table = self._sheet, self._table
        sheet.set_landscape()
        sheet.set_paper(house_style.A4)
        sheet.fit_to_pages(self._across, 0)
        if self._across > 1:
            sheet.repeat_columns(0, table.frozen - 1)
        sheet.set_margins(house_style.MARGIN, house_style.MARGIN, house_style.MARGIN, house_style.FOOT_MARGIN)
        size = f"&{house_style.FOOT_SIZE} "  # the space keeps a number that follows apart
        left = page_text(table.title, house_style.FOOT_ROOM)
        foot = f"&L{size}{left}&C{size}{table.page}&R{size}{table.as_of.isoformat()}"
        sheet.set_footer(foot, {"margin": house_style.FOOT_AT})


def _pages_across(table: Table) -> int:
    return ceil(sum(column.width for column in table.columns) / WIDEST_PAGE)


def _area(first: int, last: int, columns: int) -> str:
    from xlsxwriter.utility import xl_range  # noqa: PLC0415

    return xl_range(first, 0, last, columns)
