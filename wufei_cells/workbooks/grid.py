"""Write cells row by row, with safe text, exact numbers and rows high enough for what stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from wufei_cells.domain.amounts import printed
from wufei_cells.workbooks.cell_text import clean_text, looks_like_command
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.text_fitting import HIGHEST, lines_needed, text_height

if TYPE_CHECKING:
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.workbooks.archive import CellValue
    from wufei_cells.workbooks.looks import Look

LOWEST_ROW = 19.0
NOTE_WIDTH = 360  # pixels
NOTE_LINE = 18
NOTE_CHARS = 24.0  # Chinese characters on a line of a note


class Grid:
    """One worksheet with a cursor: `row` is where the next cells go.

    Columns are counted from 1. A value may span columns, and rows below the cursor that come later.
    """

    def __init__(self, sheet: Worksheet, widths: Sequence[float], looks: Mapping[Kind, Look]) -> None:
        self.sheet = sheet
        self.row = 1
        self.results: dict[str, CellValue] = {}
        self._looks = looks
        self._widths = widths
        self._heights: dict[int, float] = {}
        self._dressed: dict[Kind, Any] = {}
        self._tall: list[tuple[int, int, float]] = []
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self._widths)

    def next_row(self, *, lowest: float = LOWEST_ROW) -> None:
        """Go one row down; the row left is at least so high."""
        self._need(self.row, lowest)
        self.row += 1

    def text(self, first: int, text: str, kind: Kind, *, last: int | None = None, rows: int = 1) -> None:
        """Write text, never a formula, over columns and rows.

        Where it spans rows, those are made high enough together.
        """
        clean = clean_text(text)
        cell = self._cell(first, last, rows, kind)
        cell.value = clean or None
        if clean:
            cell.data_type = "s"  # after the value: openpyxl takes '=…' for a formula and '#N/A' for an error
            if looks_like_command(clean):
                cell.quotePrefix = True
        self._fit(clean, first, last, rows, kind)

    def number(
        self, first: int, value: Fraction | Decimal, kind: Kind, *, last: int | None = None, rows: int = 1
    ) -> None:
        """Write a number as it is printed: exact, or cut after two decimals."""
        self._cell(first, last, rows, kind).value = Decimal(printed(value))

    def exact_number(self, column: int, value: Decimal, kind: Kind) -> None:
        """Write a number with all its decimals."""
        self._cell(column, None, 1, kind).value = value

    def keep_text(self, column: int) -> None:
        """Let what a person types into a cell of the row stay text: a number such as 1-1 would turn into a date."""
        self.sheet.cell(self.row, column).number_format = "@"

    def day(self, first: int, day: date, number_format: str, kind: Kind, *, last: int | None = None) -> None:
        """Write a date that sorts and calculates as one."""
        cell = self._cell(first, last, 1, kind)
        cell.value = day
        cell.number_format = number_format

    def formula(
        self,
        first: int,
        formula: str,
        result: Fraction | str | None,
        kind: Kind,
        *,
        last: int | None = None,
        rows: int = 1,
        high_enough_for: str = "",
    ) -> None:
        """Write a formula together with what it gives, where that is known.

        With ``high_enough_for`` the rows have room for that text, which the formula may show.
        """
        cell = self._cell(first, last, rows, kind)
        cell.value = formula
        self._fit(clean_text(high_enough_for), first, last, rows, kind)
        if result is not None:
            self.results[cell.coordinate] = result if isinstance(result, str) else Decimal(printed(result))

    def empty(self, first: int, kind: Kind, *, last: int | None = None, rows: int = 1) -> None:
        """Leave cells empty, in their look."""
        self._cell(first, last, rows, kind)

    def mark(self, column: int, text: str) -> None:
        """Write text that nobody is meant to see: the row need not be high enough for it."""
        cell = self._cell(column, None, 1, Kind.MARK)
        cell.value, cell.data_type = clean_text(text), "s"

    def note(self, column: int, text: str, author: str) -> None:
        """Hang a note on a cell of the row, large enough to be read."""
        clean = clean_text(text)
        lines = sum(lines_needed(paragraph, NOTE_CHARS) for paragraph in clean.split("\n"))
        comment = Comment(clean, author, height=NOTE_LINE * (lines + 1), width=NOTE_WIDTH)
        self.sheet.cell(self.row, column).comment = comment

    def place(self, column: int, row: int | None = None) -> str:
        """Name a cell as formulas do."""
        return f"{get_column_letter(column)}{row or self.row}"

    def finish(self) -> None:
        """Set the heights of all rows; what spans rows makes the last of them higher where it must."""
        for first, last, height in self._tall:
            there = sum(self._heights.get(row, LOWEST_ROW) for row in range(first, last + 1))
            if height > there:
                self._need(last, self._heights.get(last, LOWEST_ROW) + height - there)
        for row, height in self._heights.items():
            self.sheet.row_dimensions[row].height = round(min(height, HIGHEST), 1)

    def _fit(self, text: str, first: int, last: int | None, rows: int, kind: Kind) -> None:
        """Make the rows that a text spans high enough for it."""
        height = text_height(text, sum(self._widths[first - 1 : last or first]), self._looks[kind].size)
        if rows == 1:
            self._need(self.row, height)
        else:
            self._tall.append((self.row, self.row + rows - 1, height))

    def _need(self, row: int, height: float) -> None:
        self._heights[row] = max(self._heights.get(row, 0.0), height)

    def _cell(self, first: int, last: int | None, rows: int, kind: Kind) -> Any:
        """Give the first of the cells that a value spans, all of them in their look."""
        end, bottom = last or first, self.row + rows - 1
        for row in range(self.row, bottom + 1):
            for column in range(first, end + 1):
                self._dress(self.sheet.cell(row, column), kind)
        if end > first or rows > 1:
            # Not merge_cells(), which makes a new border for each cell, nor add(), which looks for overlaps: together
            # they took half of the time of a whole sheet.
            area = CellRange(f"{self.place(first)}:{self.place(end, bottom)}")
            cast("Any", self.sheet.merged_cells).ranges.add(area)
        return self.sheet.cell(self.row, first)

    def _dress(self, cell: Any, kind: Kind) -> None:
        """Give a cell its look: put together once, then copied, because openpyxl compares styles part by part."""
        if kind not in self._dressed:
            look = self._looks[kind]
            cell.font, cell.fill, cell.border, cell.alignment = look.font, look.fill, look.border, look.alignment
            cell.protection = look.protection
            self._dressed[kind] = copy(cell._style)  # noqa: SLF001
        else:
            cell._style = copy(self._dressed[kind])  # noqa: SLF001


def write_plainly(sheet: Worksheet, row: int, column: int, text: str, *, formula: bool = False) -> None:
    """Write a cell of a sheet that is not looked at: text, never a formula unless it is meant to be one."""
    cell: Any = sheet.cell(row, column)
    cell.value = text if formula else clean_text(text)
    cell.data_type = "f" if formula else "s"
