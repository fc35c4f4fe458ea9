"""Read the cells of a workbook as Excel, WPS and LibreOffice write them, as text.

Only what stands in the cells is taken: a size that a sheet states (WPS: ``A1:A1``) is not believed, numbers become
exact decimals, dates are recognized by their format, and a formula counts as what it gave when it was last saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import plain
from wufei_cells.workbooks.xlsx_file import XlsxFile, local

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_CELLS = 100_000
MOST_COLUMNS = 16_384
_MAIN = "xl/workbook.xml"
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
_NOT_DATE = re.compile(r'"[^"]*"|\[(?!\$-|DBNum)[^\]]*\]|\\.', re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SHOWN_DIGITS = 15
_FIRST_DAY, _FIRST_DAY_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)


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
    """A picture inside the cell, as WPS puts it there."""


_KINDS = {"e": CellKind.ERROR, "d": CellKind.DATE}
"""What stands in a cell, by the letter in the file."""


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


@dataclass(slots=True)
class SheetCells:
    """The cells of one sheet, by row and column, both counted from 1."""

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict[int, dict[int, Cell]])
    merged: list[tuple[int, int, int, int]] = field(default_factory=list[tuple[int, int, int, int]])
    """First row, first column, last row, last column of areas that are shown as one cell."""


@dataclass(frozen=True, slots=True)
class CellFormats:
    """Which of the looks that cells refer to show dates, and which percentages."""

    dates: frozenset[int] = frozenset()
    percents: frozenset[int] = frozenset()


def read_sheets(content: bytes, name: str) -> tuple[SheetCells, ...]:
    """Read all sheets of a workbook.

    Raises:
        ProblemsFound: it is no .xlsx file, protected by a password, damaged, or too large.
    """
    file = XlsxFile(content, name)
    main = main_part(file)
    related = file.relations(main)
    by_kind = dict(related.values())
    texts = _shared_texts(file, by_kind.get("sharedStrings", ""))
    formats = cell_formats(file, by_kind.get("styles", ""))
    from_1904 = False
    sheets: list[SheetCells] = []
    budget = _Budget(MOST_CELLS)
    for element in file.elements(main, "workbookPr", "sheet"):
        if local(element.tag) == "workbookPr":
            from_1904 = element.get("date1904", "") in ("1", "true")
            continue
        number = next((value for key, value in element.attrib.items() if local(key) == "id"), "")
        kind, target = related.get(number, ("", ""))
        if kind == "worksheet" and target in file:
            reader = _SheetReader(texts, formats, _FIRST_DAY_OF_1904 if from_1904 else _FIRST_DAY, budget)
            sheets.append(reader.read(file, target, element.get("name", "")))
    if not sheets:
        raise file.refusal("authoring.no_workbook")
    return tuple(sheets)


def main_part(file: XlsxFile) -> str:
    """Name the part that lists the sheets."""
    for kind, target in file.relations("").values():
        if kind == "officeDocument":
            return target
    if _MAIN not in file:
        raise file.refusal("authoring.no_workbook")
    return _MAIN


def _shared_texts(file: XlsxFile, part: str) -> list[str]:
    return [_rich_text(element) for element in file.elements(part, "si")] if part in file else []


def _rich_text(element: Element) -> str:
    """Join the pieces of a text; the reading aids of East Asian scripts are no part of it."""
    pieces: list[str] = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces += [part.text or "" for part in child if local(part.tag) == "t"]
    return unescaped("".join(pieces))


def unescaped(text: str) -> str:
    """Read the codes by which a file writes characters that XML cannot hold."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def cell_formats(file: XlsxFile, part: str) -> CellFormats:
    """Read from the part of styles which looks show dates, and which percentages."""
    if part not in file:
        return CellFormats()
    codes: dict[int, str] = {}
    dates: set[int] = set()
    percents: set[int] = set()
    for element in file.elements(part, "numFmt", "cellXfs"):
        if local(element.tag) == "numFmt":
            codes[_whole(element.get("numFmtId"))] = element.get("formatCode", "")
            continue
        for look, entry in enumerate(element):
            number = _whole(entry.get("numFmtId"))
            code = _NOT_DATE.sub("", codes.get(number, "")).lower()
            if number in _DATE_FORMATS or ("y" in code and "general" not in code):
                dates.add(look)
            elif number in _PERCENT_FORMATS or "%" in code:
                percents.add(look)
    return CellFormats(frozenset(dates), frozenset(percents))


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


class _Budget:
    """How many cells may still come."""

    def __init__(self, cells: int) -> None:
        self.cells = cells


class _SheetReader:
    """Reads the cells of one sheet."""

    def __init__(self, texts: list[str], formats: CellFormats, first_day: date, budget: _Budget) -> None:
        self._texts = texts
        self._formats = formats
        self._first_day = first_day
        self._budget = budget

    def read(self, file: XlsxFile, part: str, title: str) -> SheetCells:
        sheet = SheetCells(title)
        row = 0
        for element in file.elements(part, "row", "mergeCell"):
            if local(element.tag) == "mergeCell":
                sheet.merged += area(element.get("ref", ""))
                continue
            row = max(_whole(element.get("r")), row + 1)
            cells = {cell.column: cell for cell in self._cells(element, row)}
            self._budget.cells -= len(cells)
            if self._budget.cells < 0:
                raise file.refusal("authoring.too_many_cells", limit=MOST_CELLS)
            if cells:
                sheet.rows[row] = cells
        return sheet

    def _cells(self, row_element: Element, row: int) -> Iterator[Cell]:
        column = 0
        for element in row_element:
            if local(element.tag) != "c":
                continue
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = column_number(found[1]) if found else column + 1
            cell = self._cell(element, row, column) if column <= MOST_COLUMNS else None
            if cell and cell.text.strip():
                yield cell

    def _cell(self, element: Element, row: int, column: int) -> Cell | None:
        parts = {local(child.tag): child for child in element}
        kind, formula = element.get("t", "n"), parts.get("f")
        value = parts["v"].text or "" if "v" in parts else ""
        if formula is not None and "DISPIMG" in f"{formula.text}{value}".upper():
            return Cell("DISPIMG", row, column, CellKind.PICTURE)
        if formula is not None and not value:
            return Cell(f"={formula.text or ''}", row, column, CellKind.NO_RESULT)
        if kind == "n":
            return self._number(value, element.get("s"), row, column)
        if kind == "inlineStr":
            return Cell(_rich_text(parts["is"]), row, column) if "is" in parts else None
        return Cell(self._text(kind, value), row, column, _KINDS.get(kind, CellKind.TEXT))

    def _text(self, kind: str, value: str) -> str:
        if kind == "s":
            number = _whole(value.strip())
            return self._texts[number] if 0 <= number < len(self._texts) else ""
        if kind == "b":
            return "yes" if value.strip() == "1" else "no"
        return value[:10] if kind == "d" else unescaped(value)

    def _number(self, written: str, look: str | None, row: int, column: int) -> Cell | None:
        try:
            value = Decimal(written.strip())
            shown = Decimal(f"{value:.{_SHOWN_DIGITS}g}") if len(value.as_tuple().digits) > _SHOWN_DIGITS else value
        except (InvalidOperation, ValueError):
            return Cell(written, row, column) if written.strip() else None
        if not shown.is_finite() or abs(shown.adjusted()) > 300:
            return Cell(written, row, column)
        number = _whole(look)
        if number in self._formats.dates and (day := self.day(shown)):
            return Cell(day.isoformat(), row, column, CellKind.DATE)
        return Cell(plain(shown), row, column, CellKind.NUMBER, percent=number in self._formats.percents)

    def day(self, serial: Decimal) -> date | None:
        """Give the day that Excel means by a number."""
        return self._first_day + timedelta(int(serial)) if 0 < serial < 2_900_000 else None


def serial_day(written: str) -> str:
    """Give the day that a bare number between 1954 and 2119 means in a cell that ought to hold a date."""
    value = _whole(written)
    return (_FIRST_DAY + timedelta(value)).isoformat() if 20_000 <= value <= 80_000 else ""


def area(reference: str) -> list[tuple[int, int, int, int]]:
    """Read an area: first row, first column, last row, last column; nothing where it is none."""
    first, _colon, last = reference.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not start or not end:
        return []
    return [(int(start[2]), column_number(start[1]), int(end[2]), column_number(end[1]))]


def column_number(letters: str) -> int:
    """Count a column from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
