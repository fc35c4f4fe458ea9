"""Write a ledger: one plain table to sort, to filter and to print, however long it is.

XlsxWriter writes row by row and keeps none, so a hundred thousand rows take no more memory than a hundred. Text stays
text whatever it begins with, and the same rows give the same bytes.
"""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from wufei_cells.domain.amounts import printed
from wufei_cells.errors import EnvironmentFault, UserError, why
from wufei_cells.progress import Report, silent
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import looks_like_command, page_text, shown_text
from wufei_cells.workbooks.ledgers.formats import Formats
from wufei_cells.workbooks.ledgers.table import Column, Look, Row, Table, Value
from wufei_cells.workbooks.text_fitting import HIGHEST, room_in, text_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576 - 16
"""What a worksheet takes, without the rows above the table."""
WIDEST_PAGE = 250.0
"""Characters side by side on a landscape page that can still be read."""
PIXELS = 7  # of one character of width
EARLIEST = date(1900, 3, 1)
"""Excel counts days from 1900 and believes that there was a 29th of February in it."""
TITLE_ROW, ABOUT_ROW, HEAD_ROW = 32.0, 24.0, 24.0
LOWEST_ROW = text_height("", 1, house_style.BODY_SIZE)
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_ledger(table: Table, rows: Iterable[Row], *, count: int = 0, report: Report = silent) -> bytes:
    """Write a ledger as an .xlsx file.

    Args:
        table: everything but the rows.
        rows: what it lists; each row has a value for every column.
        count: how many rows there will be, for the report.
        report: told after every row how many are written; may raise to stop, and nothing is left behind.

    Raises:
        UserError: there are more rows than a worksheet takes.
        EnvironmentFault: the disk for passing files is full.
    """
    target = BytesIO()
    with tempfile.TemporaryDirectory(prefix="wufei-", ignore_cleanup_errors=True) as folder:
        try:
            _write(target, folder, table, _told(rows, count, report))
        except (OSError, FileCreateError) as error:
            raise EnvironmentFault("file.not_writable", path=folder, detail=why(_system_error(error))) from error
    _forget_machine(target)
    return target.getvalue()


def _write(target: BytesIO, folder: str, table: Table, rows: Iterable[Row]) -> None:
    faces = house_style.FACES[table.language]
    main = {"font_name": faces.body, "font_size": house_style.BODY_SIZE, "font_scheme": "none"}
    workbook = Workbook(target, {**_PLAIN, "tmpdir": folder, "default_format_properties": main})
    sheet = workbook.add_worksheet(table.sheet)
    try:
        _Sheet(workbook, sheet, table).write(rows)
        moment = datetime(table.as_of.year, table.as_of.month, table.as_of.day)  # noqa: DTZ001 - a day, in no zone
        workbook.set_properties({"title": shown_text(table.title), "author": "wufei-cells", "created": moment})
        workbook.close()
    finally:
        cast("Any", sheet).row_data_fh.close()  # given up halfway, it would keep its passing file open


class _Sheet:
    """Writes one worksheet from the top to the bottom."""

    def __init__(self, workbook: Workbook, sheet: Worksheet, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._across = ceil(sum(column.width for column in table.columns) / WIDEST_PAGE)
        self._formats = Formats(workbook, table.language, centered=self._across == 1)
        self._last = len(table.columns) - 1
        self._row = 0
        sheet.set_default_row(LOWEST_ROW)
        for place, column in enumerate(table.columns):
            sheet.set_column_pixels(place, place, round(column.width * PIXELS))
        self._cells = [_Cells(sheet, self._formats, place, column) for place, column in enumerate(table.columns)]

    def write(self, rows: Iterable[Row]) -> None:
        """Write everything."""
        table, sheet = self._table, self._sheet
        self._line(table.title, self._formats.title, TITLE_ROW)
        if table.warning:
            self._line(table.warning, self._formats.warning, LOWEST_ROW)
        self._line(table.about, self._formats.about, ABOUT_ROW)
        head = self._row
        self._heads()
        cells = self._cells
        for row in rows:
            if self._row - head > MOST_ROWS:
                raise UserError("ledger.too_long", count=MOST_ROWS)
            height = max([cell.write(self._row, value) for cell, value in zip(cells, row, strict=True)])
            self._next_row(height)
        bottom = max(self._row - 1, head)
        sheet.autofilter(head, 0, bottom, self._last)
        sheet.freeze_panes(head + 1, table.frozen)
        sheet.repeat_rows(head)
        sheet.print_area(0, 0, bottom, self._last)
        if self._row > head + 1:  # a credit code of digits alone is no mistake
            sheet.ignore_errors({"number_stored_as_text": _area(head + 1, bottom, self._last)})
        self._set_pages()

    def _line(self, text: str, look: Any, height: float) -> None:
        """Write a line over the whole width."""
        self._sheet.merge_range(self._row, 0, self._row, self._last, "", look)
        self._sheet.write_string(self._row, 0, shown_text(text), look)
        self._next_row(height)

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


class _Cells:
    """Writes the cells of one column and tells how high each must be."""

    def __init__(self, sheet: Worksheet, formats: Formats, place: int, column: Column) -> None:
        self._sheet, self._place = sheet, place
        self._width = column.width
        self._in_one_line = int(room_in(column.width, house_style.BODY_SIZE))  # no character is wider than high
        self._looks = formats.of(column.look)
        self._share = column.look is Look.SHARE

    def write(self, row: int, value: Value) -> float:
        """Write a value; give the height it takes."""
        looks = self._looks
        if value is None or value == "":
            self._sheet.write_blank(row, self._place, None, looks.text)
        elif isinstance(value, str):
            return self._text(row, value)
        elif isinstance(value, int | Fraction):
            self._sheet.write_number(row, self._place, self._number(value), looks.number)
        else:
            return self._time(row, value)
        return LOWEST_ROW

    def _number(self, value: int | Fraction) -> int | float:
        """Give a number as it is printed: exact, or cut after two decimals, of percent, too."""
        if isinstance(value, int):
            return value
        return float(Decimal(printed(value * 100)) / 100) if self._share else float(printed(value))

    def _time(self, row: int, value: date | datetime) -> float:
        if isinstance(value, datetime):
            local = value.astimezone().replace(tzinfo=None) if value.tzinfo else value
            if local.date() < EARLIEST:
                return self._text(row, local.isoformat(" ", "minutes"))
            self._sheet.write_datetime(row, self._place, local.replace(second=0, microsecond=0), self._looks.moment)
        elif value < EARLIEST:
            return self._text(row, value.isoformat())
        else:
            self._sheet.write_datetime(row, self._place, cast("datetime", value), self._looks.day)
        return LOWEST_ROW

    def _text(self, row: int, text: str) -> float:
        clean = shown_text(text)
        look = self._looks.command if looks_like_command(clean) else self._looks.text
        self._sheet.write_string(row, self._place, clean, look)
        if len(clean) <= self._in_one_line and "\n" not in clean:
            return LOWEST_ROW
        return text_height(clean, self._width, house_style.BODY_SIZE)


def _told(rows: Iterable[Row], count: int, report: Report) -> Iterable[Row]:
    """Give the rows, and tell after each how far it is."""
    for number, row in enumerate(rows, 1):
        yield row
        report(number, max(count, number))


def _area(first: int, last: int, columns: int) -> str:
    from xlsxwriter.utility import xl_range  # noqa: PLC0415

    return xl_range(first, 0, last, columns)


def _system_error(error: OSError | FileCreateError) -> OSError:
    """Give what the machine said; the library wraps it."""
    inside = error.args[0] if error.args else error
    return inside if isinstance(inside, OSError) else OSError(str(error))


def _forget_machine(target: BytesIO) -> None:
    """Take out of the archive's table of contents who may read the passing files, and on which system they lay."""
    with ZipFile(target, "a") as archive:
        for entry in archive.infolist():
            entry.external_attr = 0
            entry.create_system = 0
        archive.comment = b""  # makes the table be written anew
