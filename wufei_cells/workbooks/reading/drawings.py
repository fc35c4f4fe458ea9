"""Find the pictures that float above the cells of a sheet, alone or in groups."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from wufei_cells.workbooks.reading.cells import MOST_COLUMNS, MOST_ROWS, whole
from wufei_cells.workbooks.reading.pictures import PictureShelf
from wufei_cells.workbooks.reading.sheet_lengths import SheetLengths
from wufei_cells.workbooks.reading.zip_parts import ZipParts

_ANCHORS = ("oneCellAnchor", "twoCellAnchor", "absoluteAnchor")
_DEEPEST_GROUP = 50


def place_floating(file: ZipParts, part: str, sheet: str, lengths: SheetLengths, shelf: PictureShelf) -> None:
    """Put every picture of a drawing into the cell where its anchor begins.

    Raises:
        ProblemsFound: the drawing is broken.
    """
    related = file.relations(part)
    for anchor in file.elements(part, *_ANCHORS):
        place = _place(anchor, lengths)
        if place is None:
            continue
        for blip in _blips(anchor, 0):
            relation = related.get(blip.get("embed", ""))
            if relation and not relation.external:
                shelf.place(sheet, *place, relation.target)
            elif relation or blip.get("link"):
                shelf.tell_linked(sheet, *place)


def _place(anchor: Element, lengths: SheetLengths) -> tuple[int, int] | None:
    begin, point = anchor.find("from"), anchor.find("pos")
    if begin is not None:
        row, column = whole(_text(begin, "row")) + 1, whole(_text(begin, "col")) + 1
        return (row, column) if 1 <= row <= MOST_ROWS and 1 <= column <= MOST_COLUMNS else None
    if point is None:
        return None
    return lengths.cell_at(_distance(point.get("x", "")), _distance(point.get("y", "")))


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _distance(text: str) -> int:
    """Read a length in English metric units; what lies left of the sheet or is none counts from the edge."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 15 else 0


def _blips(element: Element, depth: int) -> Iterator[Element]:
    """Go through the pictures in an element: those of groups, and shapes that are filled with one."""
    if depth > _DEEPEST_GROUP:
        return
    for child in element:
        if child.tag == "AlternateContent":
            # The same thing twice, for newer and for older programs.
            for choice in child:
                if found := list(_blips(choice, depth + 1)):
                    yield from found
                    break
        elif child.tag == "blip":
            yield child
        elif child.tag in ("pic", "sp", "grpSp", "spPr", "blipFill"):
            yield from _blips(child, depth + 1)
