"""What stands in the cells of a sheet, the same for every format of file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache

from wufei_cells.domain.amounts import plain

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_TEXT = 32_767
"""Characters that a cell of Excel can hold; more in a file is no text that a person wrote."""
IN_CELL = "DISPIMG"
"""The text of a cell that holds a picture."""
_SHOWN_DIGITS = 15
_FIRST_DAY, _FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_LAST_DAY = 2_900_000
_NO_LEAP_DAY = 60
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_PICTURE_FORMULA = re.compile(r'DISPIMG\(\s*"(ID_[^"]{1,80})"', re.IGNORECASE)


class CellKind(Enum):
    """What stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ERROR = "error"
    """``#REF!`` and the like."""
    NO_RESULT = "no_result"
    """A formula that was never calculated."""
    PICTURE = "picture"
    """A picture inside the cell, as WPS and Excel put it there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that is not empty."""

    text: str
    """As a person would type it: 12.5, 2026-11-21, yes."""
    row: int
    column: int
    kind: CellKind = CellKind.TEXT
    percent: bool = False
    """A number shown as percentage: 0.9 is seen as 90 %."""
    formula: bool = False
    """The text is what a formula gave when the file was last saved."""


Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, all counted from 1."""


@dataclass(slots=True)
class SheetCells:
    """The cells of one sheet, by row and column, both counted from 1."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict[int, dict[int, Cell]])
    merged: list[Area] = field(default_factory=list[Area])
    """Areas that are shown as one cell."""
    hidden: bool = False
    """Whether the sheet is not shown."""
    hidden_rows: set[int] = field(default_factory=set[int])
    """Rows that are not shown, among those that hold anything."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """First and last column of stretches that are not shown."""

    def is_hidden(self, cell: Cell) -> bool:
        """Whether a person who looks at the workbook does not see a cell: its sheet, row or column is hidden."""
        if self.hidden or cell.row in self.hidden_rows:
            return True
        return any(first <= cell.column <= last for first, last in self.hidden_columns)


def number_cell(
    written: str, row: int, column: int, *, percent: bool = False, is_date: bool = False, from_1904: bool = False
) -> Cell | None:
    """Make a cell of a number as a file writes it, with the 15 digits that Excel shows; nothing when it is empty."""
    try:
        value = Decimal(written.strip())
        # A number of more digits is longer, too; most are short, and this is asked of every cell.
        is_long = len(written) > _SHOWN_DIGITS and len(value.as_tuple().digits) > _SHOWN_DIGITS
        shown = Decimal(f"{value:.{_SHOWN_DIGITS}g}") if is_long else value
    except (InvalidOperation, ValueError):
        return text_cell(written, row, column)
    if not shown.is_finite() or abs(shown.adjusted()) > 300:
        return text_cell(written, row, column)
    if is_date and (day := day_of(shown, from_1904=from_1904)):
        return Cell(day.isoformat(), row, column, CellKind.DATE)
    return Cell(plain(shown), row, column, CellKind.NUMBER, percent)


def text_cell(
    text: str, row: int, column: int, kind: CellKind = CellKind.TEXT, *, formula: bool = False
) -> Cell | None:
    """Make a cell of a text; nothing when there is nothing to read in it."""
    text = text[:MOST_TEXT]
    return Cell(text, row, column, kind, formula=formula) if text and not text.isspace() else None


def formula_cell(cell: Cell | None) -> Cell | None:
    """The same cell, marked as the result of a formula."""
    return Cell(cell.text, cell.row, cell.column, cell.kind, cell.percent, formula=True) if cell else None


def picture_name(formula: str) -> str:
    """Give the name of the picture that a formula of WPS shows, or nothing when it is another formula."""
    found = _PICTURE_FORMULA.search(formula[:1000])
    return found[1] if found else ""


def day_of(serial: Decimal, *, from_1904: bool = False) -> date | None:
    """Give the day that Excel means by a number; a time without a day has none."""
    if not (0 if from_1904 else 1) <= serial < _LAST_DAY:
        return None
    if from_1904:
        return _FIRST_DAY_OF_1904 + timedelta(int(serial))
    # Excel counts a 29 February 1900 that never was: the two months before it are one day off.
    return _FIRST_DAY + timedelta(int(serial) + (serial < _NO_LEAP_DAY))


def serial_day(written: str) -> str:
    """Give the day that a bare number between 1954 and 2119 means in a cell that ought to hold a date."""
    value = whole(written)
    return (_FIRST_DAY + timedelta(value)).isoformat() if 20_000 <= value <= 80_000 else ""


def whole(text: str | None) -> int:
    """Read a count of at most nine digits; anything else gives -1."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def column_number(letters: str) -> int:
    """Give the number of a column from its letters; beyond what a sheet can have for what is none."""
    return _column_number(letters) if len(letters) <= 3 else MOST_COLUMNS + 1


@cache
def _column_number(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        return MOST_COLUMNS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_name(row: int, column: int) -> str:
    """Name a cell as a person finds it: B3."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
