"""Certificates as PDF, A4 landscape, a page each.

The page says what the record of the certificate says and nothing else, so the same paper can be made again at any
time. Place for the red seal is left beside the date: the seal is put on paper, never printed.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor

from wufei_cells.documents.canvas import A4_LANDSCAPE, DocumentInfo, new_canvas
from wufei_cells.documents.certificate_details import WIDTH as DETAILS_WIDTH
from wufei_cells.documents.certificate_layout import LEFT, MIDDLE, SPRIG_Y, CertificateLayout, lay_out
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.ornament import GOLD, draw_frame, draw_sprig
from wufei_cells.documents.text import TextPainter
from wufei_cells.domain.register import CertificateRow
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SPECIMEN_ANGLE = 30.0
SPRIG_HALF_WIDTH = 118.0
HAIRLINE = 0.4


def render_certificates(
    rows: Sequence[CertificateRow], fonts: DocumentFonts, words: Wording, *, repeatable: bool = False
) -> bytes:
    """Print certificates into one PDF, in the language of `words`.

    Args:
        rows: at least one; each becomes a page.
        fonts: the fonts of documents.
        words: what is printed besides the words that the records hold.
        repeatable: the same certificates give the same bytes, without the time of making.

    Raises:
        UserError: ``document.glyph_missing`` or ``document.text_too_long``; nothing has been drawn then.
    """
    if not rows:
        raise ValueError("a PDF needs at least one certificate")
    layouts = [lay_out(row, fonts, words) for row in rows]
    target = BytesIO()
    canvas = new_canvas(target, A4_LANDSCAPE, fonts, _info(rows, words), repeatable=repeatable)
    painter = TextPainter(canvas, fonts)
    for row, layout in zip(rows, layouts, strict=True):
        if len(rows) > 1:
            canvas.bookmarkPage(row.id)
            canvas.addOutlineEntry(f"{row.number} {row.site_name}", row.id)
        _draw(canvas, painter, layout)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _info(rows: Sequence[CertificateRow], words: Wording) -> DocumentInfo:
    first, last, language = rows[0], rows[-1], words.language
    title, subject = words.say("document.certificate.many_title", count=len(rows)), f"{first.number} – {last.number}"
    if len(rows) == 1:
        named = first.wording[language]["title"]
        title = words.say("document.certificate.file_title", title=named, site=first.site_name)
        subject = first.number
    return DocumentInfo(title, first.issuer[language], subject, "zh-CN" if language == "zh" else language)


def _draw(canvas: Canvas, painter: TextPainter, layout: CertificateLayout) -> None:
    """Draw from the ground up: what is below never hides what is above."""
    draw_frame(canvas, A4_LANDSCAPE)
    if layout.specimen is not None:
        canvas.saveState()
        canvas.translate(MIDDLE, A4_LANDSCAPE[1] / 2)
        canvas.rotate(SPECIMEN_ANGLE)
        mark = layout.specimen
        painter.line(mark.text, mark.x, mark.y, mark.style, mark.align)
        canvas.restoreState()
    draw_sprig(canvas, MIDDLE, SPRIG_Y, SPRIG_HALF_WIDTH)
    canvas.setStrokeColor(HexColor(GOLD))
    canvas.setLineWidth(HAIRLINE)
    for y in layout.hairlines:
        canvas.line(LEFT, y, LEFT + DETAILS_WIDTH, y)
    for line in layout.lines:
        painter.line(line.text, line.x, line.y, line.style, line.align)
