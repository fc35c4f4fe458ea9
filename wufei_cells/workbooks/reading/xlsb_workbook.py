"""Read a workbook in the binary format of Excel (.xlsb): a zip file whose parts are records instead of XML."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.reading.number_formats import NumberFormats, number_formats
from wufei_cells.workbooks.reading.pictures import PictureShelf
from wufei_cells.workbooks.reading.refusals import damaged, refusal
from wufei_cells.workbooks.reading.sheet_lengths import SheetLengths
from wufei_cells.workbooks.reading.xlsb_cells import BinaryShared, XlsbSheet, wide_text
from wufei_cells.workbooks.reading.xlsx_workbook import Content, notes_of_parts, place_drawings
from wufei_cells.workbooks.reading.zip_parts import ZipParts

MAIN = "xl/workbook.bin"
_TEXT, _FORMAT, _LOOK, _PROPERTIES, _SHEET = 19, 44, 47, 153, 156
_LOOKS_BEGIN, _LOOKS_END = 617, 618
_MOST_TEXTS = 2_000_000
_MARKS = 3
"""A record takes the time of so many marks of XML."""


def read_xlsb(file: ZipParts, *, with_pictures: bool = True) -> Content:
    """Read all worksheets, hidden ones too, and the pictures that float above them.

    Raises:
        ProblemsFound: it is damaged, or too large.
    """
    try:
        return _read(file, with_pictures=with_pictures)
    except (struct.error, IndexError, UnicodeDecodeError):
        raise damaged(file.name) from None


def _read(file: ZipParts, *, with_pictures: bool) -> Content:
    related = file.relations(MAIN)
    notes = notes_of_parts(file, related)
    shelf = PictureShelf(file, notes)
    by_kind = {relation.kind: relation.target for relation in related.values() if not relation.external}
    texts = _texts(file, by_kind.get("sharedStrings", ""))
    formats = _formats(file, by_kind.get("styles", ""))
    from_1904 = False
    sheets: list[SheetCells] = []
    for kind, data in _records(file, MAIN):
        if kind == _PROPERTIES:
            from_1904 = bool(data[0] & 1)
        if kind != _SHEET:
            continue
        (state,) = struct.unpack_from("<I", data)
        name, at = wide_text(data, 8)
        title, _end = wide_text(data, at)
        relation = related.get(name)
        if relation is None or relation.kind != "worksheet" or relation.target not in file:
            continue
        if len(sheets) >= file.limits.sheets:
            raise refusal("workbook.too_many_sheets", file.name, limit=file.limits.sheets)
        reader = XlsbSheet(title, BinaryShared(texts, formats, from_1904), file.room)
        reader.read(_records(file, relation.target))
        reader.sheet.hidden = state != 0
        sheets.append(reader.sheet)
        if with_pictures:
            place_drawings(file, relation.target, title, SheetLengths(), shelf, notes)
    if not sheets:
        raise refusal("workbook.no_sheets", file.name)
    return Content(tuple(sheets), tuple(shelf.placed), tuple(notes))


def _records(file: ZipParts, part: str) -> Iterator[tuple[int, bytes]]:
    """Go through the records of a part: kind and content."""
    content = file.read(part)
    at = 0
    while at < len(content):
        file.room.take_marks(_MARKS)
        kind, at = _count(content, at, 2)
        length, at = _count(content, at, 4)
        if at + length > len(content):
            raise damaged(file.name)
        yield kind, content[at : at + length]
        at += length


def _count(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number of seven bits a byte, which goes on while the eighth is set."""
    value = 0
    for place in range(most):
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return value, at


def _texts(file: ZipParts, part: str) -> list[str]:
    found: list[str] = []
    if part in file:
        for kind, data in _records(file, part):
            if kind == _TEXT:
                if len(found) >= _MOST_TEXTS:
                    raise refusal("workbook.too_much_inside", file.name)
                found.append(wide_text(data, 1)[0])
    return found


def _formats(file: ZipParts, part: str) -> NumberFormats:
    if part not in file:
        return NumberFormats()
    codes: dict[int, str] = {}
    looks: list[int] = []
    inside = False
    for kind, data in _records(file, part):
        if kind == _FORMAT:
            codes[int.from_bytes(data[:2], "little")] = wide_text(data, 2)[0]
        elif kind in (_LOOKS_BEGIN, _LOOKS_END):
            inside = kind == _LOOKS_BEGIN
        elif kind == _LOOK and inside:
            looks.append(int.from_bytes(data[2:4], "little"))
    return number_formats(looks, codes)
