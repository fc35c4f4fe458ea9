"""The parts of a certificate template's elements, whatever their kind: words, types of letters, and what they cover."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.certificate_templates import (
    BorderElement,
    Box,
    Element,
    ImageElement,
    LineElement,
    NoteElement,
    OrnamentElement,
    QrElement,
    SpecimenElement,
    TableElement,
    TextElement,
    Type,
)
from wufei_cells.domain.text import Text

SPRIG_HEIGHT = Decimal(9)
KINDS: dict[type, str] = {
    TextElement: "text",
    NoteElement: "note",
    TableElement: "table",
    LineElement: "line",
    BorderElement: "border",
    OrnamentElement: "ornament",
    ImageElement: "image",
    QrElement: "qr",
    SpecimenElement: "specimen",
}


def texts_of(element: Element, path: Path) -> Iterator[tuple[str, Text, Path]]:
    """Give the texts of an element: those with slots, and those that are printed as they are."""
    match element:
        case TextElement():
            yield "slots", element.text, (*path, "text")
        case TableElement():
            for index, row in enumerate(element.rows):
                yield "plain", row.label, (*path, "rows", index, "label")
                yield "slots", row.value, (*path, "rows", index, "value")
        case NoteElement():
            yield "plain", element.example, (*path, "example")
            yield "plain", element.model, (*path, "model")
        case QrElement():
            yield "plain", element.caption, (*path, "caption")
        case SpecimenElement():
            yield "plain", element.text, (*path, "text")
        case _:
            pass


def types_of(element: Element, path: Path) -> Iterator[tuple[Type, Path]]:
    """Give every type of letters in an element, and where it is written."""
    match element:
        case TableElement():
            yield element.label, (*path, "label")
            yield element.value, (*path, "value")
        case QrElement():
            yield element.type, (*path, "caption_type")
        case TextElement() | NoteElement() | SpecimenElement():
            yield element.type, path
        case _:
            pass


def boxes_of(element: Element) -> Iterator[Box]:
    """Give what of an element has to be on the page."""
    match element:
        case QrElement():
            yield element.quiet
        case TextElement() | NoteElement() | TableElement() | ImageElement():
            yield element.box
        case LineElement():
            thin = Decimal("0.01")
            x, y = min(element.x, element.to_x), min(element.y, element.to_y)
            yield Box(x, y, abs(element.to_x - element.x) + thin, abs(element.to_y - element.y) + thin)
        case OrnamentElement():
            yield Box(element.x - element.width / 2, element.y - SPRIG_HEIGHT / 2, element.width, SPRIG_HEIGHT)
        case _:
            pass


def ground_of(element: Element) -> Iterator[Box]:
    """Give what an element covers; the frame and the mark of an example lie under everything."""
    if not isinstance(element, BorderElement | SpecimenElement):
        yield from boxes_of(element)
