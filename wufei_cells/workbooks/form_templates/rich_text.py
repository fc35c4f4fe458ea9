"""Read a text with the looks of its pieces, so that what is filled in can take them over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.workbooks.form_templates.text import CellText, Look, Run
from wufei_cells.workbooks.reading.xlsx_cells import unescaped

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FONT = frozenset((
    *("b", "charset", "color", "condense", "extend", "family", "i", "outline"),
    *("rFont", "scheme", "shadow", "strike", "sz", "u", "vertAlign"),
))  # fmt: skip
"""What the standard lets the font of a piece say; what extensions add is left out."""
_DETAILS = frozenset(("auto", "indexed", "rgb", "theme", "tint", "val"))


def rich_text(element: Element) -> CellText:
    """Read a text; the reading aids of East Asian scripts are no part of it."""
    runs: list[Run] = []
    for child in element:
        if child.tag == "t":
            runs.append(Run(unescaped(child.text or "")))
        elif child.tag == "r":
            parts = {part.tag: part for part in child}
            look = _look(parts["rPr"]) if "rPr" in parts else ()
            runs.append(Run(unescaped(parts["t"].text or "") if "t" in parts else "", look))
    return CellText(tuple(runs))


def _look(element: Element) -> Look:
    """Read the font of a piece of text."""
    return tuple(
        (child.tag, tuple((key, value) for key, value in child.attrib.items() if key in _DETAILS))
        for child in element
        if child.tag in _FONT
    )
