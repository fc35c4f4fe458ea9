"""Writes values into the cells of one column, as what they are: numbers as numbers, days as days, text as text."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from wufei_cells.domain.amounts import printed
from wufei_cells.reports.blocks import Ratio
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import looks_like_command, shown_text
from wufei_cells.workbooks.ledgers.table import Column, Look, Value
from wufei_cells.workbooks.text_fitting import room_in, text_height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from wufei_cells.workbooks.ledgers.formats import ColumnFormats

EARLIEST = date(1900, 3, 1)
"""Excel counts days from 1900 and believes that there was a 29th of February in it."""
LOWEST_ROW = text_height("", 1, house_style.BODY_SIZE)


class Cells:
    """Writes the cells of one column and tells how high each must be."""

    def __init__(self, sheet: Worksheet, looks: ColumnFormats, place: int, column: Column) -> None:
        self._sheet, self._place = sheet, place
        self._width = column.width
        self._in_one_line = int(room_in(column.width, house_style.BODY_SIZE))  # no character is wider than high
        self._looks = looks
        self._share = column.look is Look.SHARE

    def write(self, row: int, value: Value) -> float:
        """Write a value; give the height it takes."""
        looks = self._looks
        if value is None or value == "":
            self._sheet.write_blank(row, self._place, None, looks.text)
        elif isinstance(value, str):
            return self._text(row, value)
        elif isinstance(value, Ratio):
            self._sheet.write_number(row, self._place, value.part, looks.of_all(value.whole))
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
