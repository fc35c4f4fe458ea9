"""The table of details on a certificate: labels, values, and fine lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wufei_cells.documents.certificate_parts import Palette, Part, PlacedRule, Rect, across, rect
from wufei_cells.documents.certificate_words import Said, written
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.placing import MIDDLE_OF_SIGNS, TOLERANCE, PlacedLine
from wufei_cells.documents.text import TextStyle, fit_text
from wufei_cells.domain.certificate_templates import Height, TableElement
from wufei_cells.errors import UserError

HAIRLINE = 0.4
LEADING = 1.26  # by the size
MOST_LINES = 2  # of one value in one language


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of a label or a value, and how far each stands below the first."""

    lines: tuple[tuple[str, TextStyle, float], ...]

    @property
    def drop(self) -> float:
        """From the first baseline to the last."""
        return self.lines[-1][2]


def place_table(element: TableElement, said: Said, fonts: DocumentFonts, palette: Palette) -> Iterator[Part]:
    """Place a table. A row without a value is left out, and leaves no gap.

    Raises:
        UserError: ``document.glyph_missing``, ``document.text_too_long``, ``document.table_too_tall``.
    """
    room = rect(element.box)
    rows = list(_rows(element, said, fonts, palette, room))
    single = across(element.row_height)
    heights = [single + max(label.drop, value.drop) for label, value in rows]
    spare = room.height - sum(heights)
    if spare < -TOLERANCE:
        raise UserError("document.table_too_tall", rows=len(rows))
    y = room.top - {Height.TOP: 0.0, Height.MIDDLE: spare / 2, Height.BOTTOM: spare}[element.valign]
    if rows and element.rule:
        yield _rule(element, palette, room, y)
    for (label, value), height in zip(rows, heights, strict=True):
        first = y - single / 2 - MIDDLE_OF_SIGNS * float(element.value.size)
        for cell, x in ((label, room.left), (value, room.left + across(element.label_width))):
            for text, style, drop in cell.lines:
                yield PlacedLine(text, x, first - drop, style)
        y -= height
        if element.rule:
            yield _rule(element, palette, room, y)


def _rule(element: TableElement, palette: Palette, room: Rect, y: float) -> PlacedRule:
    return PlacedRule((room.left, y), (room.right, y), HAIRLINE, palette.color(element.rule))


def _rows(
    element: TableElement, said: Said, fonts: DocumentFonts, palette: Palette, room: Rect
) -> Iterator[tuple[Cell, Cell]]:
    label_style, value_style = palette.style(element.label), palette.style(element.value)
    label_room = across(element.label_width)
    for row in element.rows:
        if values := written(row.value, said):
            label = _cell(
                written(row.label, said), element, label_style, fonts, label_room, float(element.label.smallest)
            )
            value = _cell(values, element, value_style, fonts, room.width - label_room, float(element.value.smallest))
            yield label, value


def _cell(
    texts: Sequence[str], element: TableElement, style: TextStyle, fonts: DocumentFonts, width: float, smallest: float
) -> Cell:
    """Set what stands in one cell: the first language, and below it the second one, smaller."""
    lines: list[tuple[str, TextStyle, float]] = []
    drop = 0.0
    for number, text in enumerate(texts or ("",)):
        wanted = style if number == 0 else style.scaled(float(element.second))
        fitted = fit_text(fonts, text, wanted, width, smallest=min(smallest, wanted.size), most_lines=MOST_LINES)
        for line in fitted.lines:
            drop += LEADING * fitted.style.size if lines else 0.0
            lines.append((line, fitted.style, drop))
    return Cell(tuple(lines))
