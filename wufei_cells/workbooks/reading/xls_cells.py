"""Read the cells of one sheet from the records of the old binary format."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from wufei_cells.workbooks.reading.cells import (
    IN_CELL,
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
from wufei_cells.workbooks.reading.xls_records import Pieces, Record, RecordFault, rich_text
from wufei_cells.workbooks.reading.xlsx_cells import checked_area

_PLACE = struct.Struct("<HHH")
_NO_NUMBER = b"\xff\xff"
_MOST_COLUMNS = 256
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


class _Kind(IntEnum):
    """The records that count."""

    FORMULA = 0x06
    END = 0x0A
    COLUMNS = 0x7D
    SHORT_NUMBERS = 0xBD
    RICH_TEXT = 0xD6
    MERGED = 0xE5
    SHARED_TEXT = 0xFD
    NUMBER = 0x203
    TEXT = 0x204
    FLAG_OR_ERROR = 0x205
    RESULT = 0x207
    ROW = 0x208
    SHORT_NUMBER = 0x27E
    BEGIN = 0x809


_CELLS = frozenset(
    (_Kind.NUMBER, _Kind.SHORT_NUMBER, _Kind.SHARED_TEXT, _Kind.TEXT, _Kind.RICH_TEXT, _Kind.FLAG_OR_ERROR)
)


@dataclass(frozen=True, slots=True)
class Globals:
    """What the sheets of a workbook share."""

    is_unicode: bool
    encoding: str
    texts: list[str]
    formats: NumberFormats
    from_1904: bool


class XlsSheet:
    """Reads the records of one sheet."""

    def __init__(self, title: str, shared: Globals, room: Room) -> None:
        self.sheet = SheetCells(title)
        self._shared = shared
        self._room = room
        self._waiting: tuple[int, int] | None = None
        self._hidden_rows: set[int] = set()

    def read(self, stream: Iterator[Record]) -> None:
        """Read up to the end of the sheet; charts inside it are passed over.

        Raises:
            RecordFault: the records do not fit together.
        """
        depth = 0
        for record in stream:
            if record.kind == _Kind.BEGIN:
                depth += 1
            elif depth == 0:
                raise RecordFault
            elif record.kind == _Kind.END:
                depth -= 1
                if depth == 0:
                    self.sheet.hidden_rows = self._hidden_rows & set(self.sheet.rows)
                    return
            elif depth == 1:
                self._take(record)
        raise RecordFault

    def _take(self, record: Record) -> None:
        kind, data = record.kind, record.data
        if kind in _CELLS:
            self._keep(self._cell(record))
        elif kind == _Kind.SHORT_NUMBERS:
            self._keep_numbers(data)
        elif kind == _Kind.FORMULA:
            self._keep(formula_cell(self._result(data)))
        elif kind == _Kind.RESULT and self._waiting:
            place, self._waiting = self._waiting, None
            self._keep(self._formula_text(self._text(record, 0), *place))
        elif kind == _Kind.MERGED:
            self._merge(data)
        elif kind in (_Kind.ROW, _Kind.COLUMNS):
            self._hide(kind, data)

    def _keep_numbers(self, data: bytes) -> None:
        row, first = struct.unpack_from("<HH", data)
        numbers = struct.iter_unpack("<HI", data[4 : 4 + (len(data) - 6) // 6 * 6])
        for column, (look, number) in enumerate(numbers, first):
            self._keep(self._number(row, column, look, _short_number(number)))

    def _hide(self, kind: int, data: bytes) -> None:
        if kind == _Kind.ROW:
            if data[12] & 0x20:
                self._hidden_rows.add(int.from_bytes(data[:2], "little") + 1)
            return
        first, last, _width, _look, flags = struct.unpack_from("<5H", data)
        if flags & 1 and first <= last:
            self.sheet.hidden_columns.append((first + 1, min(last, _MOST_COLUMNS - 1) + 1))

    def _keep(self, cell: Cell | None) -> None:
        if cell and cell.column <= _MOST_COLUMNS:
            self._room.take_cells(1)
            self.sheet.rows.setdefault(cell.row, {})[cell.column] = cell

    def _cell(self, record: Record) -> Cell | None:
        data = record.data
        row, column, look = _PLACE.unpack_from(data)
        match record.kind:
            case _Kind.NUMBER:
                return self._number(row, column, look, struct.unpack_from("<d", data, 6)[0])
            case _Kind.SHORT_NUMBER:
                return self._number(row, column, look, _short_number(struct.unpack_from("<I", data, 6)[0]))
            case _Kind.SHARED_TEXT:
                return text_cell(self._shared.texts[struct.unpack_from("<I", data, 6)[0]], row + 1, column + 1)
            case _Kind.FLAG_OR_ERROR:
                return _flag_or_error(data[6], row, column, is_error=bool(data[7]))
            case _:
                return text_cell(self._text(record, 6), row + 1, column + 1)

    def _number(self, row: int, column: int, look: int, value: float) -> Cell | None:
        formats = self._shared.formats
        return number_cell(
            f"{value:.15g}", row + 1, column + 1, percent=look in formats.percents, is_date=look in formats.dates,
            from_1904=self._shared.from_1904,
        )  # fmt: skip

    def _result(self, data: bytes) -> Cell | None:
        """Read what a formula gave; a text stands in the next record."""
        row, column, look = _PLACE.unpack_from(data)
        self._waiting = None
        if data[12:14] != _NO_NUMBER:
            return self._number(row, column, look, struct.unpack_from("<d", data, 6)[0])
        if data[6] == 0:
            self._waiting = (row, column)
        elif data[6] in (1, 2):
            return _flag_or_error(data[8], row, column, is_error=data[6] == 2)
        return None

    def _formula_text(self, text: str, row: int, column: int) -> Cell | None:
        if picture_name(text):
            return Cell(IN_CELL, row + 1, column + 1, CellKind.PICTURE, formula=True)
        return text_cell(text, row + 1, column + 1, formula=True)

    def _text(self, record: Record, at: int) -> str:
        if self._shared.is_unicode:
            pieces = Pieces(record, at)
            return rich_text(pieces, pieces.whole(2))
        (length,) = struct.unpack_from("<H", record.data, at)
        content = b"".join((record.data[at + 2 :], *record.more))
        return content[:length].decode(self._shared.encoding, "replace")

    def _merge(self, data: bytes) -> None:
        for first_row, last_row, first, last in struct.iter_unpack("<4H", data[2 : 2 + (len(data) - 2) // 8 * 8]):
            if area := checked_area(first_row + 1, first + 1, last_row + 1, last + 1):
                self._room.take_area()
                self.sheet.merged.append(area)


def _flag_or_error(value: int, row: int, column: int, *, is_error: bool) -> Cell | None:
    if is_error:
        return Cell(_ERRORS.get(value, "#ERROR!"), row + 1, column + 1, CellKind.ERROR)
    return Cell("yes" if value else "no", row + 1, column + 1)


def _short_number(written: int) -> float:
    """Read a number of four bytes: a whole number or the front half of a long one, perhaps in hundredths."""
    if written & 2:
        value = float((written >> 2) - ((1 << 30) if written >> 31 else 0))
    else:
        (value,) = struct.unpack("<d", struct.pack("<II", 0, written & 0xFFFF_FFFC))
    return value / 100 if written & 1 else value
