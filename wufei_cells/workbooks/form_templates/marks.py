"""Find the cells of a workbook that hold placeholders."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers.expat import ExpatError

from wufei_cells.workbooks.form_templates.cells import (
    MOST_CELLS,
    RawCell,
    RawSheet,
    TooManyCells,
    namespaced,
    read_raw_sheet,
)
from wufei_cells.workbooks.form_templates.names import Kind, Reference, read_reference
from wufei_cells.workbooks.form_templates.package import SheetPart, TemplatePackage
from wufei_cells.workbooks.form_templates.rich_text import rich_text
from wufei_cells.workbooks.form_templates.text import CellText, Run, has_braces
from wufei_cells.workbooks.reading.cells import cell_name
from wufei_cells.workbooks.reading.xlsx_cells import unescaped
from wufei_cells.workbooks.reading.xml_elements import ElementCollector, XmlFault, parse


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
    return f"{sheet.title}!{cell_name(cell.row, cell.column)}"


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
    except (ExpatError, XmlFault, ValueError):
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
    collector = ElementCollector(("is",))
    for _piece in parse([namespaced(content, raw, piece)], collector):
        pass
    inside = collector.taken()
    return rich_text(inside[0]) if inside else None
