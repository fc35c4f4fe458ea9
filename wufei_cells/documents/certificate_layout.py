"""Where everything on a certificate stands, after its template.

Nothing is drawn here. A certificate whose words do not fit, or hold a character that no font has, is refused before
its file is begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wufei_cells.documents.certificate_parts import (
    Palette,
    Part,
    PlacedCode,
    PlacedFrame,
    PlacedMark,
    PlacedPicture,
    PlacedRule,
    PlacedSprig,
    across,
    rect,
    up,
)
from wufei_cells.documents.certificate_table import place_table
from wufei_cells.documents.certificate_words import Said, slots_by_language, written
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.placing import ABOVE, MIDDLE_OF_SIGNS, Block, PlacedLine, fit_block, fit_lines
from wufei_cells.documents.punctuation import hanging
from wufei_cells.documents.qr_code import qr_code
from wufei_cells.documents.text import Align, fit_text, line_width
from wufei_cells.domain.certificate_templates import (
    QUIET_ZONE,
    BorderElement,
    CertificateTemplate,
    Element,
    Height,
    ImageElement,
    LineElement,
    NoteElement,
    OrnamentElement,
    QrElement,
    Side,
    SpecimenElement,
    TableElement,
    TextElement,
)
from wufei_cells.domain.register import CertificateRow
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

CAPTION_LEADING = 1.4
SMALLEST_MODULE = 10 * 72 / 600
"""Points: ten dots of a printer with 600 dots an inch, 0.42 mm. Smaller modules blur on paper that is handled."""
ALIGNS = {Side.LEFT: Align.LEFT, Side.CENTER: Align.CENTER, Side.RIGHT: Align.RIGHT}


@dataclass(frozen=True, slots=True)
class CertificateLayout:
    """One page: its parts in the order in which they are drawn, which is that of the template."""

    parts: tuple[Part, ...]

    @property
    def lines(self) -> tuple[PlacedLine, ...]:
        """The lines of text, in reading order; without the mark of an example."""
        return tuple(part for part in self.parts if isinstance(part, PlacedLine))


def lay_out(
    row: CertificateRow,
    template: CertificateTemplate,
    fonts: DocumentFonts,
    words: Wording,
    palette: Palette | None = None,
) -> CertificateLayout:
    """Find a place for everything that is printed on a certificate.

    Args:
        row: the certificate.
        template: how it looks.
        fonts: the fonts of documents.
        words: how dates and results are put, in all languages.
        palette: of the template, where it was made for other certificates already.

    Raises:
        UserError: ``document.glyph_missing``, ``document.text_too_long``, ``document.table_too_tall`` or
            ``document.code_too_long``.
    """
    page = _Page(row, fonts, slots_by_language(row, template.languages, words), palette or Palette.of(template))
    return CertificateLayout(tuple(part for element in template.elements for part in page.place(element)))


def place_element(
    element: Element, row: CertificateRow, template: CertificateTemplate, fonts: DocumentFonts, words: Wording
) -> tuple[Part, ...]:
    """Find a place for one element by itself.

    Raises:
        UserError: as `lay_out`.
    """
    page = _Page(row, fonts, slots_by_language(row, template.languages, words), Palette.of(template))
    return tuple(page.place(element))


@dataclass(frozen=True, slots=True)
class _Page:
    row: CertificateRow
    fonts: DocumentFonts
    said: Said
    palette: Palette

    def place(self, element: Element) -> Iterator[Part]:
        """Place one element."""
        color = self.palette.color
        match element:
            case TextElement():
                yield from self._text(element)
            case TableElement():
                yield from place_table(element, self.said, self.fonts, self.palette)
            case NoteElement():
                yield from self._note(element)
            case QrElement():
                yield from self._code(element)
            case SpecimenElement():
                yield from self._specimen(element)
            case LineElement(x, y, to_x, to_y, thickness, ink):
                yield PlacedRule((across(x), up(y)), (across(to_x), up(to_y)), float(thickness), color(ink))
            case BorderElement(style, ink, second, inset):
                yield PlacedFrame(style, color(ink), color(second), across(inset))
            case OrnamentElement(x, y, width, ink, second):
                yield PlacedSprig(across(x), up(y), across(width) / 2, color(ink), color(second))
            case ImageElement(box, data):
                yield PlacedPicture(data, rect(box))

    def _text(self, element: TextElement) -> Iterator[PlacedLine]:
        """A name or title in few lines, or a paragraph; its block of lines where the template wants it in the box."""
        texts = written(element.text, self.said)
        if not texts:
            return
        room = rect(element.box)
        style, smallest, lead = self.palette.style(element.type), float(element.type.smallest), float(element.leading)
        if element.lines is None:
            block = fit_block(
                self.fonts,
                "\n".join(texts),
                style,
                (room.width, room.height),
                lead=lead,
                smallest=smallest,
                indent=float(element.indent),
                justify=element.justify,
            )
        else:
            block = fit_lines(
                self.fonts,
                " ".join(" ".join(texts).split("\n")),
                style,
                (room.width, room.height),
                lead=lead,
                most_lines=element.lines,
                smallest=smallest,
                wraps_at=float(element.wraps_at),
            )
        yield from self._block(block, element)

    def _block(self, block: Block, element: TextElement) -> Iterator[PlacedLine]:
        room, align = rect(element.box), ALIGNS[element.align]
        spare = room.height - block.height - block.style.size
        above = {Height.TOP: 0.0, Height.MIDDLE: spare / 2, Height.BOTTOM: spare}[element.valign]
        y = room.top - above - ABOVE * block.style.size
        for line in block.lines:
            x = room.left + room.width * align.value
            if align is Align.LEFT:
                x += line.indent
            elif align is Align.CENTER:  # empty halves of signs at the ends do not count
                before, behind = hanging(line.text, block.style.size)
                x += (behind - before) / 2
            yield PlacedLine(line.text, x, y, line.style, align)
            y -= block.leading

    def _note(self, element: NoteElement) -> Iterator[PlacedLine]:
        """What has to be known of this certificate; most need no note."""
        if self.row.example or not self.row.official:
            texts = written(element.example if self.row.example else element.model, self.said)
            room, align = rect(element.box), ALIGNS[element.align]
            block = fit_lines(
                self.fonts,
                "　".join(texts),
                self.palette.style(element.type),
                (room.width, room.height),
                lead=CAPTION_LEADING,
                most_lines=len(texts) or 1,
                smallest=float(element.type.smallest),
                wraps_at=float(element.type.smallest),
            )
            y = room.bottom + (room.height + block.height) / 2 - MIDDLE_OF_SIGNS * block.style.size
            for line in block.lines:
                yield PlacedLine(line.text, room.left + room.width * align.value, y, line.style, align)
                y -= block.leading

    def _code(self, element: QrElement) -> Iterator[Part]:
        """The code at the upper edge of its box, with what it is for below it; a long one in smaller modules."""
        if not self.row.proof:
            return
        code, box = qr_code(self.row.proof), rect(element.box)
        module = min(across(element.module), box.width / code.side)
        side = code.side * module
        if module < SMALLEST_MODULE:
            raise UserError("document.code_too_long", length=len(self.row.proof))
        middle, top = box.left + box.width / 2, box.top
        yield PlacedCode(code, middle - side / 2, top, module)
        style = self.palette.style(element.type)
        y = top - side - QUIET_ZONE * module - ABOVE * style.size
        smallest = float(element.type.smallest)
        for text in written(element.caption, self.said):
            fitted = fit_text(self.fonts, text, style, box.width, smallest=smallest, most_lines=1)
            yield PlacedLine(text, middle, y, fitted.style, Align.CENTER)
            y -= CAPTION_LEADING * style.size

    def _specimen(self, element: SpecimenElement) -> Iterator[PlacedMark]:
        """The mark across a certificate on example data, in the first language that has one."""
        texts = written(element.text, self.said)
        if self.row.example and texts:
            style = self.palette.style(element.type)
            style = style.scaled(style.size * min(1, across(element.width) / line_width(self.fonts, texts[0], style)))
            line = PlacedLine(texts[0], 0, -MIDDLE_OF_SIGNS * style.size, style, Align.CENTER)
            yield PlacedMark(line, float(element.angle))
