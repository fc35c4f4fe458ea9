"""Find the cells of a workbook that hold placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers.expat import ExpatError

from openpyxl.utils import get_column_letter

from wufei_cells.workbooks.form_template_cells import (
    MOST_CELLS,
    RawCell,
    RawSheet,
    TooManyCells,
    namespaced,
    read_raw_sheet,
)
from wufei_cells.workbooks.form_template_names import Kind, Reference, read_reference
from wufei_cells.workbooks.form_template_package import SheetPart, TemplatePackage, rich_text
from wufei_cells.workbooks.form_template_text import CellText, Run, has_braces
from wufei_cells.workbooks.xlsx_cells import unescaped
from wufei_cells.workbooks.xlsx_file import local


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell whose text has braces."""

    raw: RawCell
    text: CellText
    place: str
    """Sheet and cell, as in ``评分表!B3``."""

    def references(self) -> list[Reference]:
        """Give what its placeholders call for, as far as they are known."""
        found = (read_reference(mark.name) for mark in self.text.placeholders())
        return [reference for reference in found if reference is not None]


@dataclass(frozen=True, slots=True)
class MarkedSheet:
    """One sheet of a template."""

    part: SheetPart
    content: bytes
    raw: RawSheet
    cells: tuple[MarkedCell, ...]

    @property
    def is_skipped(self) -> bool:
        """Whether it says of itself that it is not to be filled in."""
        return any(reference.kind is Kind.SKIP for cell in self.cells for reference in cell.references())

    def rows(self, kind: Kind) -> list[int]:
        """List the rows that stand for the next entry each, from top to bottom."""
        found = {
            cell.raw.row for cell in self.cells for reference in cell.references()
            if reference.is_next and reference.kind is kind
        }  # fmt: skip
        return sorted(found)

    def place(self, cell: RawCell) -> str:
        """Say where a cell is."""
        return place_of(self.part, cell)


def place_of(sheet: SheetPart, cell: RawCell) -> str:
    """Say where a cell is, as in ``评分表!B3``."""
    return f"{sheet.title}!{get_column_letter(cell.column)}{cell.row}"


def mark_sheet(package: TemplatePackage, sheet: SheetPart) -> MarkedSheet:
    """Find the cells of a sheet that have braces in their text.

    Raises:
        ProblemsFound: the sheet is damaged.
    """
    content = package.content(sheet.part)
    try:
        raw = read_raw_sheet(content)
        cells = [MarkedCell(cell, text, place_of(sheet, cell)) for cell, text in _texts(package, content, raw)]
    except TooManyCells:
        raise package.refusal("form_template.too_many_cells", limit=MOST_CELLS) from None
    except (ExpatError, ET.ParseError, ValueError, LookupError):
        raise package.damaged() from None
    return MarkedSheet(sheet, content, raw, tuple(cells))


def _texts(package: TemplatePackage, content: bytes, raw: RawSheet) -> list[tuple[RawCell, CellText]]:
    found = ((cell, _text(package, content, raw, cell)) for cell in raw.cells if cell.may_have_braces)
    return [(cell, text) for cell, text in found if text is not None and text.has_braces]


def _text(package: TemplatePackage, content: bytes, raw: RawSheet, cell: RawCell) -> CellText | None:
    kind = cell.attributes.get("t", "n")
    if kind == "s":
        number = int(cell.value) if cell.value.isascii() and cell.value.isdigit() else -1
        return package.texts[number] if 0 <= number < len(package.texts) else None
    if kind == "str" and has_braces(cell.value):
        return CellText((Run(unescaped(cell.value)),))
    piece = content[cell.start : cell.end]
    if kind != "inlineStr" or not any(sign in piece for sign in (b"{", b"}", "｛".encode(), "｝".encode(), b"&#")):
        return None
    root = ET.fromstring(namespaced(content, raw, piece))  # noqa: S314 - without a DTD nothing can unfold
    inside = next((element for element in root.iter() if local(element.tag) == "is"), None)
    return None if inside is None else rich_text(inside)
