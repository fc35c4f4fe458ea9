"""Read a workbook of Excel 97 to 2003, or of WPS in its old format (.xls, .et): the records of BIFF 5 and 8.

A library would read the values, too. But one cell in the last corner makes it ask for memory until the process is
ended, and it tells neither percentages, nor formulas, nor errors apart from empty cells.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass, field
from enum import IntEnum

from wufei_cells.errors import Problem
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.limits import Limits
from wufei_cells.workbooks.reading.number_formats import NumberFormats, number_formats
from wufei_cells.workbooks.reading.ole_file import OleFault, OleFile
from wufei_cells.workbooks.reading.refusals import Room, damaged, refusal
from wufei_cells.workbooks.reading.xls_cells import Globals, XlsSheet
from wufei_cells.workbooks.reading.xls_records import Record, RecordFault, records, shared_texts, unicode_text
from wufei_cells.workbooks.reading.xlsx_workbook import Content

STREAMS = ("Workbook", "Book")


class _Kind(IntEnum):
    """The records that count."""

    END = 0x0A
    DATES = 0x22
    PASSWORD = 0x2F
    CODE_PAGE = 0x42
    SHEET = 0x85
    LOOK = 0xE0
    DRAWINGS = 0xEB
    TEXTS = 0xFC
    BOOK = 0x1AE
    FORMAT = 0x41E
    BEGIN = 0x809


_BIFF8, _BIFF5 = 0x600, 0x500
_OWN_SHEETS, _ADD_INS = 0x0401, 0x3A01
_WORKSHEET = 0
_MACRO_SHEETS = (1, 6)
_SMALLEST_DRAWING = 300
"""Bytes of a drawing group that can hold a picture; Excel and LibreOffice write one without any, too."""


@dataclass(slots=True)
class _Found:
    """What stands in front of the sheets."""

    version: int = 0
    from_1904: bool = False
    encoding: str = "gb18030"
    texts: list[str] = field(default_factory=list[str])
    looks: list[int] = field(default_factory=list[int])
    codes: dict[int, str] = field(default_factory=dict[int, str])
    sheets: list[tuple[int, int, int, str]] = field(default_factory=list[tuple[int, int, int, str]])
    """Where its records begin, whether it is shown, its kind and its title."""
    notes: set[str] = field(default_factory=set[str])


def read_xls(content: bytes, name: str, limits: Limits) -> Content:
    """Read all worksheets, hidden ones too; the pictures are left.

    Raises:
        ProblemsFound: it has a password, is damaged, or too large.
    """
    try:
        file = OleFile(content)
        stream = file.stream(next(stream for stream in STREAMS if stream in file))
        return _read(file, stream, name, limits)
    except (OleFault, RecordFault, struct.error, StopIteration, IndexError):
        raise damaged(name) from None


def _read(file: OleFile, stream: bytes, name: str, limits: Limits) -> Content:
    room = Room(name, cells=limits.cells, areas=limits.areas, marks=limits.marks)
    found = _globals(stream, name, room)
    if any("vba" in entry for entry in file.top):
        found.notes.add("workbook.note_macros")
    formats = number_formats(found.looks, found.codes) if found.looks else NumberFormats()
    shared = Globals(found.version == _BIFF8, found.encoding, found.texts, formats, found.from_1904)
    sheets: list[SheetCells] = []
    for begin, state, kind, title in found.sheets:
        if kind in _MACRO_SHEETS:
            found.notes.add("workbook.note_macros")
        if kind != _WORKSHEET:
            continue
        if len(sheets) >= limits.sheets:
            raise refusal("workbook.too_many_sheets", name, limit=limits.sheets)
        reader = XlsSheet(title, shared, room)
        reader.read(records(stream, begin, room))
        reader.sheet.hidden = bool(state & 3)
        sheets.append(reader.sheet)
    if not sheets:
        raise refusal("workbook.no_sheets", name)
    return Content(tuple(sheets), (), tuple(Problem(code, name) for code in sorted(found.notes)))


def _globals(stream: bytes, name: str, room: Room) -> _Found:
    found = _Found()
    for record in records(stream, 0, room):
        if not found.version:
            if record.kind != _Kind.BEGIN:
                raise refusal("workbook.too_old", name)
            (found.version,) = struct.unpack_from("<H", record.data)
            if found.version not in (_BIFF5, _BIFF8):
                raise refusal("workbook.too_old", name)
        elif record.kind == _Kind.PASSWORD:
            raise refusal("workbook.password", name)
        elif record.kind == _Kind.END:
            return found
        else:
            _take(record, found)
    raise RecordFault


def _take(record: Record, found: _Found) -> None:
    data = record.data
    match record.kind:
        case _Kind.DATES:
            found.from_1904 = data[:1] == b"\1"
        case _Kind.CODE_PAGE:
            found.encoding = _encoding(int.from_bytes(data[:2], "little"))
        case _Kind.LOOK:
            found.looks.append(int.from_bytes(data[2:4], "little"))
        case _Kind.FORMAT:
            found.codes[int.from_bytes(data[:2], "little")] = _named(record, 2, found)
        case _Kind.SHEET:
            (begin,) = struct.unpack_from("<I", data)
            found.sheets.append((begin, data[4], data[5], _named(record, 6, found, short=True)))
        case _Kind.TEXTS:
            found.texts = shared_texts(record)
        case _Kind.DRAWINGS if len(data) + sum(map(len, record.more)) >= _SMALLEST_DRAWING:
            found.notes.add("workbook.note_pictures_left")
        case _Kind.BOOK if int.from_bytes(data[2:4], "little") not in (_OWN_SHEETS, _ADD_INS):
            found.notes.add("workbook.note_links")
        case _:
            pass


def _named(record: Record, at: int, found: _Found, *, short: bool = False) -> str:
    """Read a name: its length has one byte in old files, and for sheets also in newer ones."""
    if found.version == _BIFF8:
        return unicode_text(record, at, short=short)
    return record.data[at + 1 : at + 1 + record.data[at]].decode(found.encoding, "replace")


def _encoding(page: int) -> str:
    names = {
        936: "gb18030",
        1200: "utf-16-le",
        10000: "mac_roman",
        10008: "gb18030",
        32768: "mac_roman",
        32769: "cp1252",
    }
    name = names.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "gb18030"
    return name
