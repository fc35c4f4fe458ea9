"""The artwork of a plaque as PDF at real size, for whoever engraves it: text and lines in one color, with cut marks.

The design is 600 x 400 mm; another width scales all of it. The page is larger than the plaque by a border that holds
the cut marks and a line that says what this is; the trim box of the PDF is the plaque itself.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from wufei_cells.documents.canvas import DocumentInfo, new_canvas
from wufei_cells.documents.dates import NUMERALS, chinese_number
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.placing import PlacedLine, centered
from wufei_cells.documents.text import Align, TextPainter, TextStyle, fit_text
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from reportlab.pdfgen.canvas import Canvas

    from wufei_cells.wording import Wording

# All lengths of the design are millimetres of a plaque that is 600 mm wide.
WIDTH, HEIGHT = 600.0, 400.0
BORDER = 20.0
"""Around the plaque on the page, whatever its size."""
INK = "#000000"
PALE = "#D9D9D9"
FRAME, INNER_FRAME = 16.0, 21.0  # how far in the two lines of the frame stand
FRAME_LINE, INNER_LINE = 1.6, 0.5
ROOM = WIDTH - 2 * 50
TITLE = TextStyle(Face.SERIF_BOLD, 96, spacing=14, color=INK)
UNIT = TextStyle(Face.SERIF_BOLD, 34, spacing=1, color=INK)
ISSUER = TextStyle(Face.SERIF, 21, spacing=0.6, color=INK)
NUMBER = TextStyle(Face.SANS, 9, color=INK)
SLUG = TextStyle(Face.SANS, 3.2, color=INK)
SPECIMEN = TextStyle(Face.SANS_BOLD, 120, spacing=30, color=PALE)
SPECIMEN_ANGLE = 30.0
TITLE_BASE, UNIT_BASE, ISSUER_BASE, NUMBER_BASE = 232.0, 150.0, 78.0, 33.0
MARK_GAP, MARK_LENGTH, MARK_LINE = 3.0, 12.0, 0.25
LEAST_WIDTH, MOST_WIDTH = 100, 2000
"""Millimetres; smaller cannot be engraved, larger is no plaque."""


@dataclass(frozen=True, slots=True)
class Plaque:
    """What a plaque says; it is set in Chinese."""

    title: str
    """What the unit is named, without quotation marks."""
    unit: str
    issuer: str
    named_on: date
    """Its month is on the plaque."""
    number: str
    example: bool = False
    """Made-up data: the artwork says so across its middle."""


def render_plaques(
    plaques: Sequence[Plaque], fonts: DocumentFonts, wording: Wording, *, width: int = int(WIDTH)
) -> bytes:
    """Draw plaques, a page each. The same plaques give the same bytes.

    Args:
        plaques: at least one.
        fonts: the fonts of documents.
        wording: the words beside those of the plaque; always used in Chinese.
        width: of the plaque in millimetres; its height is two thirds of it.

    Raises:
        UserError: ``paper.plaque_width``; ``document.text_too_long`` with the text that does not fit;
            ``document.glyph_missing``. Nothing has been drawn then.
    """
    if not plaques:
        raise ValueError("artwork needs at least one plaque")
    if not LEAST_WIDTH <= width <= MOST_WIDTH:
        raise UserError("paper.plaque_width", found=width, least=LEAST_WIDTH, most=MOST_WIDTH)
    words = wording.speaking("zh")
    placed = [list(_placed(plaque, fonts, words)) for plaque in plaques]
    target = BytesIO()
    scale = width / WIDTH
    trim = (BORDER * mm, BORDER * mm, (BORDER + width) * mm, (BORDER + HEIGHT * scale) * mm)
    size = (trim[2] + BORDER * mm, trim[3] + BORDER * mm)
    first = plaques[0]
    info = DocumentInfo(f"{words.say('paper.plaque_title')} {first.title} {first.unit}", first.issuer, first.number)
    canvas = new_canvas(target, size, fonts, info, repeatable=True)
    painter = TextPainter(canvas, fonts)
    for plaque, lines in zip(plaques, placed, strict=True):
        canvas.setTrimBox(trim)
        _cut_marks(canvas, trim)
        values = {"width": width, "height": f"{HEIGHT * scale:g}", "unit": plaque.unit, "number": plaque.number}
        slug = words.say("paper.plaque_artwork", **values)
        painter.line(slug, trim[0] + 30, BORDER * mm * 0.3, SLUG.scaled(SLUG.size * mm))
        canvas.saveState()
        canvas.translate(trim[0], trim[1])
        canvas.scale(mm * scale, mm * scale)
        _draw(canvas, painter, plaque, lines, words)
        canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _placed(plaque: Plaque, fonts: DocumentFonts, words: Wording) -> Iterator[PlacedLine]:
    """Find the place of every text, or refuse the one that has none."""
    middle = WIDTH / 2
    title = fit_text(fonts, plaque.title, TITLE, ROOM, smallest=36, most_lines=1)
    yield from centered(title, middle, TITLE_BASE + (TITLE.size - title.style.size) * 0.2, 0)
    unit = fit_text(fonts, plaque.unit, UNIT, ROOM, smallest=24, most_lines=2, smallest_wrapped=18)
    lines = len(unit.lines)
    yield from centered(unit, middle, UNIT_BASE - (lines - 1) * unit.style.size * 0.85, unit.style.size * 1.35)
    issuer = fit_text(fonts, plaque.issuer, ISSUER, ROOM, smallest=13, most_lines=2, smallest_wrapped=12)
    yield from centered(issuer, middle, ISSUER_BASE, issuer.style.size * 1.3)
    day = plaque.named_on
    month = words.say(
        "paper.plaque_month",
        year="".join(NUMERALS[int(digit)] for digit in str(day.year)),
        month=chinese_number(day.month),
    )
    yield PlacedLine(month, middle, ISSUER_BASE - 30, ISSUER.scaled(18), Align.CENTER)
    number = fit_text(
        fonts, words.say("paper.plaque_number", number=plaque.number), NUMBER, 250, smallest=6, most_lines=1
    )
    yield PlacedLine(number.lines[0], WIDTH - 34, NUMBER_BASE - 4, number.style, Align.RIGHT)


def _draw(canvas: Canvas, painter: TextPainter, plaque: Plaque, lines: Sequence[PlacedLine], words: Wording) -> None:
    canvas.setStrokeColor(HexColor(INK))
    for inset, line in ((FRAME, FRAME_LINE), (INNER_FRAME, INNER_LINE)):
        canvas.setLineWidth(line)
        canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset, stroke=1, fill=0)
    if plaque.example:
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(SPECIMEN_ANGLE)
        painter.line(words.say("paper.list_specimen"), 0, -SPECIMEN.size * 0.36, SPECIMEN, Align.CENTER)
        canvas.restoreState()
    for line in lines:
        painter.line(line.text, line.x, line.y, line.style, line.align)


def _cut_marks(canvas: Canvas, trim: tuple[float, float, float, float]) -> None:
    """Two short lines at each corner, outside of the plaque."""
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(MARK_LINE * mm)
    left, low, right, high = trim
    near, far = MARK_GAP * mm, (MARK_GAP + MARK_LENGTH) * mm
    for x, out in ((left, -1), (right, 1)):
        for y in (low, high):
            canvas.line(x + out * near, y, x + out * far, y)
    for y, out in ((low, -1), (high, 1)):
        for x in (left, right):
            canvas.line(x, y + out * near, x, y + out * far)
