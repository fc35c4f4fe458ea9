"""Read the cells of a sheet as Excel, WPS and LibreOffice write them in .xlsx files.

Only what stands in the cells is taken: a size that a sheet states (WPS: ``A1:A1``) is not believed, numbers become
exact decimals, dates are recognized by their format, and a formula counts as what it gave when it was last saved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from wufei_cells.workbooks.reading.cells import (
    IN_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Area,
    Cell,
    CellKind,
    SheetCells,
    column_number,
    formula_cell,
    number_cell,
    picture_name,
    text_cell,
    whole,
)
from wufei_cells.workbooks.reading.number_formats import NumberFormats, number_formats
from wufei_cells.workbooks.reading.refusals import Room, refusal
from wufei_cells.workbooks.reading.sheet_lengths import SheetLengths
from wufei_cells.workbooks.reading.xml_elements import LocalNames, XmlFault
from wufei_cells.workbooks.reading.zip_parts import ZipParts

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_KINDS = {"e": CellKind.ERROR, "d": CellKind.DATE}
"""What stands in a cell, by the letter in the file."""
_MOST_TEXTS = 2_000_000
_MOST_OTHERS = 3_000_000
_TEXTS = frozenset(("v", "f", "t"))


@dataclass(frozen=True, slots=True)
class Shared:
    """What the sheets of a workbook refer to."""

    texts: list[str]
    formats: NumberFormats
    from_1904: bool = False
    rich_pictures: Mapping[int, str] = field(default_factory=dict[int, str])
    """The picture in a cell, by the number of the value that Excel 365 gives it: a part, or nothing when it is none."""


@dataclass(frozen=True, slots=True)
class InCell:
    """A picture inside a cell, by the name in a formula of WPS or by its part."""

    row: int
    column: int
    name: str = ""
    part: str = ""


def shared_texts(file: ZipParts, part: str) -> list[str]:
    """Read the texts that cells refer to by number."""
    texts: list[str] = []
    for element in file.elements(part, "si"):
        if len(texts) >= _MOST_TEXTS:
            raise refusal("workbook.too_much_inside", file.name)
        texts.append(rich_text(element))
    return texts


def rich_text(element: Element) -> str:
    """Join the pieces of a text; the reading aids of East Asian scripts are no part of it."""
    pieces: list[str] = []
    for child in element:
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag == "r":
            pieces += [part.text or "" for part in child if part.tag == "t"]
    return unescaped("".join(pieces)[:MOST_TEXT])


def unescaped(text: str) -> str:
    """Put in the characters that XML cannot hold, which Excel writes by their number."""
    if "_x" not in text:
        return text
    written = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def cell_formats(file: ZipParts, part: str) -> NumberFormats:
    """Read which looks of cells show days and which percentages."""
    codes: dict[int, str] = {}
    looks: list[int] = []
    for element in file.elements(part, "numFmt", "cellXfs"):
        if element.tag == "numFmt":
            codes[whole(element.get("numFmtId"))] = element.get("formatCode", "")
        else:
            looks = [whole(look.get("numFmtId")) for look in element]
    return number_formats(looks, codes)


class XlsxSheet:
    """Is told the tags of a sheet and keeps its cells."""

    def __init__(self, title: str, shared: Shared, room: Room) -> None:
        self.sheet = SheetCells(title)
        self.lengths = SheetLengths()
        self.in_cells: list[InCell] = []
        self._names = LocalNames()
        self._shared = shared
        self._room = room
        self._row = self._column = self._others = 0
        self._row_hidden = False
        self._cell: dict[str, str] | None = None
        self._found: dict[str, str] = {}
        self._taking: list[str] | None = None
        self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = self._names[tag]
        if self._cell is not None:
            self._begin_inside(name)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._begin_column(attributes)
        elif name == "sheetFormatPr":
            self.lengths.set_usual(attributes.get("defaultColWidth", ""), attributes.get("defaultRowHeight", ""))
        else:
            self._pass_over()

    def _begin_inside(self, name: str) -> None:
        if self._taking is None and name in _TEXTS and not self._aside:
            self._taking = []
            return
        self._aside = self._aside or name == "rPh"
        self._pass_over()

    def _pass_over(self) -> None:
        """Count what is not looked at: elements without end that lie in each other fill the memory of the parser."""
        self._others += 1
        if self._others > _MOST_OTHERS:
            raise XmlFault

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._cell is None:
            return
        name = self._names[tag]
        if name == "c":
            self._end_cell(self._cell)
        elif self._taking is not None and name in _TEXTS:
            text = self._taking[0] if len(self._taking) == 1 else "".join(self._taking)
            self._found[name] = (self._found[name] + text if name in self._found else text)[:MOST_TEXT]
            self._taking = None
        elif name == "rPh":
            self._aside = False

    def text(self, data: str) -> None:
        """A piece of text."""
        if self._taking is not None:
            self._taking.append(data)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = max(whole(attributes.get("r")), self._row + 1)
        self._column = 0
        if self._row > 2 * MOST_ROWS:
            raise XmlFault
        self._row_hidden = attributes.get("hidden") in ("1", "true")
        if "ht" in attributes:
            self.lengths.set_row(self._row, attributes["ht"])

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first, last = whole(attributes.get("min")), min(whole(attributes.get("max")), MOST_COLUMNS)
        if not 1 <= first <= last:
            return
        hidden = attributes.get("hidden") in ("1", "true")
        if hidden and len(self.sheet.hidden_columns) < MOST_COLUMNS:
            self.sheet.hidden_columns.append((first, last))
        self.lengths.set_columns(first, last, "0" if hidden else attributes.get("width", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = column_number(reference.rstrip(_DIGITS)) if reference else self._column + 1
        self._cell, self._aside = attributes, False
        self._found.clear()

    def _end_cell(self, attributes: dict[str, str]) -> None:
        self._cell = self._taking = None
        row, column = self._row, self._column
        if not self._found or column > MOST_COLUMNS or not 1 <= row <= MOST_ROWS:
            return
        cell = self._read(attributes, row, column)
        if cell is None:
            return
        self._room.take_cells(1)
        self.sheet.rows.setdefault(row, {})[column] = cell
        if self._row_hidden:
            self.sheet.hidden_rows.add(row)

    def _read(self, attributes: dict[str, str], row: int, column: int) -> Cell | None:
        kind, value, formula = attributes.get("t", "n"), self._found.get("v", ""), self._found.get("f")
        may_be_picture = formula is not None or "vm" in attributes or value[:1] == "="
        if may_be_picture and (picture := self._picture(attributes, f"{formula or ''}{value}", row, column)):
            return picture
        if formula is None:
            return self._plain(kind, value, attributes.get("s"), row, column)
        if not value:
            # A text that is empty is a result, too: ="" shows nothing, and nothing is what stands there.
            return None if kind == "str" else text_cell(f"={formula}", row, column, CellKind.NO_RESULT, formula=True)
        return formula_cell(self._plain(kind, value, attributes.get("s"), row, column))

    def _picture(self, attributes: dict[str, str], written: str, row: int, column: int) -> Cell | None:
        if "DISPIMG" in written[:200].upper() and (name := picture_name(written)):
            self.in_cells.append(InCell(row, column, name=name))
        elif "vm" in attributes and (part := self._shared.rich_pictures.get(whole(attributes["vm"]))) is not None:
            self.in_cells.append(InCell(row, column, part=part))
        else:
            return None
        return Cell(IN_CELL, row, column, CellKind.PICTURE, formula="f" in self._found)

    def _plain(self, kind: str, value: str, look: str | None, row: int, column: int) -> Cell | None:
        if kind == "s":
            number, texts = whole(value.strip()), self._shared.texts
            if value and not 0 <= number < len(texts):
                raise XmlFault  # rather than to lose a text without a word
            return text_cell(texts[number], row, column) if value else None
        if kind == "n":
            at, formats = whole(look) if look else 0, self._shared.formats
            return number_cell(
                value, row, column, percent=at in formats.percents, is_date=at in formats.dates,
                from_1904=self._shared.from_1904,
            )  # fmt: skip
        if kind == "inlineStr":
            return text_cell(unescaped(self._found.get("t", value)), row, column)
        if kind == "b":
            return Cell("yes" if value.strip() == "1" else "no", row, column)
        return text_cell(value[:10] if kind == "d" else unescaped(value), row, column, _KINDS.get(kind, CellKind.TEXT))

    def _merge(self, reference: str) -> None:
        if area := area_of(reference):
            self._room.take_area()
            self.sheet.merged.append(area)


def area_of(reference: str) -> Area | None:
    """Read an area such as ``A1:C3``; nothing where it is none, or not on a sheet."""
    first, _colon, last = reference.partition(":")
    numbers: list[int] = []
    for corner in (first, last):
        letters = corner.rstrip(_DIGITS)
        numbers += [whole(corner[len(letters) :]), column_number(letters) if len(letters) <= 3 else 0]
    return checked_area(*numbers)


def checked_area(first_row: int, first: int, last_row: int, last: int) -> Area | None:
    """Give an area when it lies on a sheet, the right way round."""
    inside = 1 <= first_row <= last_row <= MOST_ROWS and 1 <= first <= last <= MOST_COLUMNS
    return (first_row, first, last_row, last) if inside else None
