"""Ledgers as a reader of the workbook gets them."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook


def sheet_of(content):
    (sheet,) = load_workbook(BytesIO(content)).worksheets
    return sheet


def head_row(sheet):
    """The row of the heads; everything above it is one cell wide."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value is not None)


def lines(content):
    """The lines under the heads, by the names of these."""
    sheet = sheet_of(content)
    heads, *rows = sheet.iter_rows(min_row=head_row(sheet), values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]
