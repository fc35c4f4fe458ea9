"""Read the cells of one sheet from the records of the binary format of today."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from wufei_cells.workbooks.reading.binary_numbers import error_text, short_number, shown
from wufei_cells.workbooks.reading.cells import (
    IN_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Cell,
    CellKind,
    SheetCells,
    formula_cell,
    number_cell,
    picture_name,
    text_cell,
)
from wufei_cells.workbooks.reading.number_formats import NumberFormats
from wufei_cells.workbooks.reading.refusals import Room
from wufei_cells.workbooks.reading.xlsx_cells import checked_area


class _Kind(IntEnum):
    """The records that count."""

    ROW = 0
    BLANK = 1
    SHORT_NUMBER = 2
    ERROR = 3
    FLAG = 4
    NUMBER = 5
    TEXT = 6
    SHARED_TEXT = 7
    COLUMNS = 60
    RICH_TEXT = 62
    MERGED = 176


_FORMULAS = {8: _Kind.TEXT, 9: _Kind.NUMBER, 10: _Kind.FLAG, 11: _Kind.ERROR}
_WITHOUT_COLUMN = range(12, 19)
"""The same kinds as from 1 to 7, in the column after the last one."""


@dataclass(frozen=True, slots=True)
class BinaryShared:
    """What the sheets of a workbook share."""

    texts: list[str]
    formats: NumberFormats
    from_1904: bool


class XlsbSheet:
    """Reads the records of one sheet."""

    def __init__(self, title: str, shared: BinaryShared, room: Room) -> None:
        self.sheet = SheetCells(title)
        self._shared = shared
        self._room = room
        self._row = 0
        self._column = 0
        self._row_hidden = False

    def read(self, stream: Iterable[tuple[int, bytes]]) -> None:
        """Read all records; those that say nothing about cells are passed over."""
        for kind, data in stream:
            if kind == _Kind.ROW:
                self._row = int.from_bytes(data[:4], "little") + 1
                self._column = 0
                self._row_hidden = bool(data[11] & 0x10)
            elif kind in _WITHOUT_COLUMN:
                self._column += 1
                self._keep(kind - 11, data, 4)
            elif _Kind.BLANK <= kind <= max(_FORMULAS) or kind == _Kind.RICH_TEXT:
                self._column = int.from_bytes(data[:4], "little") + 1
                self._keep(kind, data, 8)
            elif kind == _Kind.COLUMNS:
                self._columns(data)
            elif kind == _Kind.MERGED:
                first_row, last_row, first, last = struct.unpack_from("<4I", data)
                if area := checked_area(first_row + 1, first + 1, last_row + 1, last + 1):
                    self._room.take_area()
                    self.sheet.merged.append(area)

    def _columns(self, data: bytes) -> None:
        first, last, _width, _look, flags = struct.unpack_from("<4IH", data)
        if flags & 1 and first <= last < MOST_COLUMNS:
            self.sheet.hidden_columns.append((first + 1, last + 1))

    def _keep(self, kind: int, data: bytes, at: int) -> None:
        if self._column > MOST_COLUMNS or self._row > MOST_ROWS:
            return
        look = int.from_bytes(data[at - 4 : at - 1], "little")
        cell = self._cell(_FORMULAS.get(kind, kind), data, at, look)
        if cell and kind in _FORMULAS:
            is_picture = cell.kind is CellKind.TEXT and picture_name(cell.text)
            cell = Cell(IN_CELL, cell.row, cell.column, CellKind.PICTURE) if is_picture else cell
            cell = formula_cell(cell)
        if cell is None:
            return
        self._room.take_cells(1)
        self.sheet.rows.setdefault(self._row, {})[self._column] = cell
        if self._row_hidden:
            self.sheet.hidden_rows.add(self._row)

    def _cell(self, kind: int, data: bytes, at: int, look: int) -> Cell | None:
        row, column = self._row, self._column
        match kind:
            case _Kind.SHORT_NUMBER | _Kind.NUMBER:
                return self._number(_value(kind, data, at), look)
            case _Kind.ERROR:
                return Cell(error_text(data[at]), row, column, CellKind.ERROR)
            case _Kind.FLAG:
                return Cell("yes" if data[at] else "no", row, column)
            case _Kind.TEXT | _Kind.RICH_TEXT | _Kind.SHARED_TEXT:
                return text_cell(self._text(kind, data, at), row, column)
            case _:
                return None

    def _text(self, kind: int, data: bytes, at: int) -> str:
        if kind == _Kind.SHARED_TEXT:
            return self._shared.texts[struct.unpack_from("<I", data, at)[0]]
        return wide_text(data, at + (kind == _Kind.RICH_TEXT))[0]

    def _number(self, value: float, look: int) -> Cell | None:
        formats = self._shared.formats
        return number_cell(
            shown(value), self._row, self._column, percent=look in formats.percents, is_date=look in formats.dates,
            from_1904=self._shared.from_1904,
        )  # fmt: skip


def _value(kind: int, data: bytes, at: int) -> float:
    if kind == _Kind.SHORT_NUMBER:
        return short_number(int.from_bytes(data[at : at + 4], "little"))
    return struct.unpack_from("<d", data, at)[0]


def wide_text(data: bytes, at: int) -> tuple[str, int]:
    """Read a text of two bytes a character after its length, and give the place behind it; a missing one is empty.

    Raises:
        struct.error: the record ends before it.
    """
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFF_FFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise struct.error
    return data[at + 4 : min(end, at + 4 + 2 * MOST_TEXT)].decode("utf-16-le", "replace"), end
