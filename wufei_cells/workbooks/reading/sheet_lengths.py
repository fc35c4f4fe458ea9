"""How wide columns and how high rows are: a picture that hangs at a point of the sheet lies in some cell."""

from __future__ import annotations

import math

from wufei_cells.workbooks.reading.cells import MOST_COLUMNS, MOST_ROWS

_POINT = 12_700
"""English metric units (914,400 an inch), in which places on a sheet are written."""
_PIXEL = 9_525
_CHARACTER = 7 * _PIXEL
_BESIDE = 5 * _PIXEL
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 15.0
_MOST_KEPT = 20_000


class SheetLengths:
    """The lengths of one sheet, as far as the file states them."""

    def __init__(self) -> None:
        self._width = _width(_USUAL_WIDTH)
        self._height = int(_USUAL_HEIGHT * _POINT)
        self._columns: list[tuple[int, int, int]] = []
        self._rows: dict[int, int] = {}

    def set_usual(self, width: str, height: str) -> None:
        """What holds where nothing else is said: characters, and points."""
        if (characters := _number(width)) is not None:
            self._width = _width(characters)
        if points := _number(height):
            self._height = int(points * _POINT)

    def set_columns(self, first: int, last: int, width: str) -> None:
        """A stretch of columns, in characters."""
        if (characters := _number(width)) is not None and len(self._columns) < _MOST_KEPT:
            self._columns.append((first, last, _width(characters)))

    def set_row(self, row: int, height: str) -> None:
        """One row, in points."""
        if (points := _number(height)) is not None and len(self._rows) < _MOST_KEPT:
            self._rows[row] = int(points * _POINT)

    def cell_at(self, x: int, y: int) -> tuple[int, int]:
        """Give row and column of the cell at a point, in English metric units from the corner."""
        return self._row_at(y), self._column_at(x)

    def _row_at(self, y: int) -> int:
        row = 1
        for known in sorted(self._rows):
            between = (known - row) * self._height
            if y < between:
                break
            y -= between
            if y < self._rows[known]:
                return known
            y -= self._rows[known]
            row = known + 1
        return min(row + max(y, 0) // max(self._height, 1), MOST_ROWS)

    def _column_at(self, x: int) -> int:
        widths = {at: width for first, last, width in self._columns for at in range(first, min(last, 1_000) + 1)}
        for column in range(1, MOST_COLUMNS + 1):
            x -= widths.get(column, self._width)
            if x < 0:
                return column
        return MOST_COLUMNS


def _width(characters: float) -> int:
    return int(characters * _CHARACTER + _BESIDE) if characters else 0


def _number(text: str) -> float | None:
    """Read a length; nothing for what no sheet has."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0 <= value < 10_000 else None
