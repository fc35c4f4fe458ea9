"""Find the cells of a sheet in its raw bytes, so that single cells can be written anew and all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wufei_cells.workbooks.form_templates.places import PlacedParser, open_tag
from wufei_cells.workbooks.reading.cells import MOST_COLUMNS, Area, column_number
from wufei_cells.workbooks.reading.xlsx_cells import area_of

HEADS = {f"{which}{where}" for which in ("odd", "even", "first") for where in ("Header", "Footer")}
"""Elements that hold the text at the head and the foot of pages."""
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_KIND = re.compile(rb"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_KIND_OF_RESULT = re.compile(rb"""\s(?:t|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_SIZE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,20})?")
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 15.0
_NUMBER = re.compile(r"[0-9]{1,7}")
MOST_CELLS = 100_000
"""Texts and formulas in one sheet."""
_MOST_WIDTHS = 1_000
_MOST_COVERED = 1_000_000
_OVER_SEVERAL = ("array", "dataTable")
"""Kinds of formulas whose results fill several cells."""
_SPAN = tuple[int, int]


@dataclass(slots=True)
class RawCell:
    """One cell, and where its bytes are."""

    start: int
    row: int
    column: int
    attributes: Mapping[str, str]
    prefix: str
    """What the names of the sheet's elements begin with, such as ``x:``; mostly nothing."""
    end: int = 0
    head_end: int = 0
    """Where what stands in the cell begins."""
    formula: str | None = None
    """Empty where it shows what a formula in another cell gives."""
    value: str = ""
    value_span: _SPAN | None = None
    """Where its value stands."""

    @property
    def look(self) -> int:
        """The number of its format; the usual one where none is stated."""
        stated = self.attributes.get("s", "")
        return int(stated) if _NUMBER.fullmatch(stated) else 0

    @property
    def may_have_braces(self) -> bool:
        """Whether it holds text."""
        return self.formula is None and self.attributes.get("t", "n") in ("s", "str", "inlineStr")


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row, where its tag is, and how high it is as far as that is stated (in points)."""

    start: int
    head_end: int
    height: float | None


@dataclass(slots=True)
class RawSheet:
    """What of a sheet matters for filling it in."""

    cells: list[RawCell] = field(default_factory=list[RawCell])
    """Those that hold text or a formula, in the order of the file."""
    heads: list[str] = field(default_factory=list[str])
    """The texts at the head and the foot of pages."""
    rows: dict[int, RawRow] = field(default_factory=dict[int, RawRow])
    """Those of them whose height no person has set."""
    widths: list[tuple[int, int, float]] = field(default_factory=list[tuple[int, int, float]])
    """First and last column, and how wide each of them is."""
    merged: list[Area] = field(default_factory=list[Area])
    """Areas that are shown as one cell."""
    usual_width: float = _USUAL_WIDTH
    usual_height: float = _USUAL_HEIGHT
    root: _SPAN = (0, 0)
    """Where the tag stands that begins the sheet; it names the namespaces."""
    closing: str = ""


class TooManyCells(Exception):
    """A sheet holds more texts and formulas than an office would write into a form."""


def read_raw_sheet(content: bytes) -> RawSheet:
    """Find the cells of a sheet.

    Raises:
        TooManyCells: there is no end of them.
        ExpatError: it is no XML.
        ValueError: it is not laid out as a sheet.
    """
    return _Reader(content).read()


def without_kind(content: bytes, cell: RawCell) -> bytes:
    """Give the tag that begins a cell, up to its end sign, without what it says of the kind of its value."""
    return _KIND.sub(b"", open_tag(content[cell.start : cell.head_end]))


def without_kind_of_result(content: bytes, cell: RawCell) -> bytes:
    """Give the tag that begins a cell with a formula, up to its end sign, without the kind of what it gave.

    That it may give several results (``cm``) is said of the formula and stays.
    """
    return _KIND_OF_RESULT.sub(b"", open_tag(content[cell.start : cell.head_end]))


def size_of(attributes: Mapping[str, str], name: str) -> float | None:
    """Read a width or a height; ``None`` where none is stated that makes sense."""
    stated = attributes.get(name, "")
    return float(stated) if _SIZE.fullmatch(stated) else None


class _Reader(PlacedParser):
    """Walks through a sheet once."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self._sheet = RawSheet()
        self._cell: RawCell | None = None
        self._text: list[str] | None = None
        self._value_start = 0
        self._row = self._column = 0
        self._row_tag: RawRow | None = None
        self._covered: dict[int, int] = {}
        """By column: the last row that the results of formulas over several cells reach."""
        self._most_covered = _MOST_COVERED

    def read(self) -> RawSheet:
        self.parse()
        return self._sheet

    def on_start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if not self._sheet.closing:
            self._sheet.root, self._sheet.closing = (self.at, self.tag_end()), name
        elif tag == "row":
            stated = attributes.get("r", "")
            self._row = int(stated) if _NUMBER.fullmatch(stated) else self._row + 1
            self._column = 0
            self._row_tag = None
            if attributes.get("customHeight", "0") in ("0", "false"):
                self._row_tag = RawRow(self.at, self.tag_end(), size_of(attributes, "ht"))
        elif tag == "c":
            self._begin(name, attributes)
        elif tag in ("f", "v") and self._cell is not None:
            self._text, self._value_start = [], self.at
            if attributes.get("t") in _OVER_SEVERAL and (area := area_of(attributes.get("ref", ""))):
                self._cover(area)
        elif tag in HEADS:
            self._text = []
        else:
            self._measure(tag, attributes)

    def _cover(self, area: Area) -> None:
        """Note where the results of a formula go; they lie below it and to its right."""
        _first, left, last, right = area
        self._most_covered -= right - left + 1
        if self._most_covered < 0:
            raise TooManyCells
        for column in range(left, right + 1):
            self._covered[column] = max(last, self._covered.get(column, 0))

    def _measure(self, tag: str, attributes: dict[str, str]) -> None:
        """Note what says how much room there is."""
        sheet = self._sheet
        if tag == "mergeCell":
            if area := area_of(attributes.get("ref", "")):
                sheet.merged.append(area)
        elif tag == "col":
            first, last, width = (size_of(attributes, name) for name in ("min", "max", "width"))
            if first and last and width and len(sheet.widths) < _MOST_WIDTHS:
                sheet.widths.append((int(first), int(last), width))
        elif tag == "sheetFormatPr":
            sheet.usual_width = size_of(attributes, "defaultColWidth") or sheet.usual_width
            sheet.usual_height = size_of(attributes, "defaultRowHeight") or sheet.usual_height

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = column_number(found[1]) if found else self._column + 1
        row = int(found[2]) if found else self._row
        if self._column > MOST_COLUMNS:
            raise ValueError("no sheet is so wide")
        self._cell = RawCell(self.at, row, self._column, attributes, name.removesuffix("c"), head_end=self.tag_end())

    def on_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def on_end(self, name: str) -> None:
        tag, cell, text = name.rpartition(":")[2], self._cell, "".join(self._text or ())
        if tag in HEADS and self._text is not None:
            self._sheet.heads.append(text)
        elif tag == "f" and cell is not None:
            cell.formula = text
        elif tag == "v" and cell is not None:
            cell.value, cell.value_span = text, (self._value_start, self.element_end(name))
        elif tag == "c" and cell is not None:
            cell.end, self._cell = self.element_end(name), None
            if cell.formula is None and cell.row <= self._covered.get(cell.column, 0):
                cell.formula = ""
            if cell.formula is not None or cell.may_have_braces:
                self._keep(cell)
        if tag in HEADS or tag in ("f", "v"):
            self._text = None

    def _keep(self, cell: RawCell) -> None:
        if len(self._sheet.cells) == MOST_CELLS:
            raise TooManyCells
        self._sheet.cells.append(cell)
        if self._row_tag is not None:
            self._sheet.rows[cell.row] = self._row_tag


def namespaced(content: bytes, sheet: RawSheet, piece: bytes) -> bytes:
    """Put a piece of a sheet between the tags of its beginning and end, so that its names can be read."""
    start, end = sheet.root
    return content[start:end] + piece + f"</{sheet.closing}>".encode()
