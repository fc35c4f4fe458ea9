"""Write a ledger: one plain table to sort, to filter and to print, however long it is.

XlsxWriter writes row by row and keeps none, so a hundred thousand rows take no more memory than a hundred. Text stays
text whatever it begins with, and the same rows give the same bytes.
"""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, cast
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from wufei_cells.errors import EnvironmentFault, why
from wufei_cells.progress import Report, silent
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import shown_text
from wufei_cells.workbooks.ledgers.formats import Formats
from wufei_cells.workbooks.ledgers.table import Row, Table
from wufei_cells.workbooks.ledgers.table_sheet import TableSheet, fits_one_page

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
        TableSheet(sheet, Formats(workbook, table.language, centered=fits_one_page(table)), table).write(rows)
        moment = datetime(table.as_of.year, table.as_of.month, table.as_of.day)  # noqa: DTZ001 - a day, in no zone
        workbook.set_properties({"title": shown_text(table.title), "author": "wufei-cells", "created": moment})
        workbook.close()
    finally:
        cast("Any", sheet).row_data_fh.close()  # given up halfway, it would keep its passing file open


def _told(rows: Iterable[Row], count: int, report: Report) -> Iterable[Row]:
    """Give the rows, and tell after each how far it is."""
    for number, row in enumerate(rows, 1):
        yield row
        report(number, max(count, number))


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
