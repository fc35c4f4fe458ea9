"""Certificates as PDF, A4 landscape, a page each, drawn from their templates.

The page says what the record of the certificate says and nothing else, so the same paper can be made again at any
time, byte for byte. Place for the red seal is left: the seal is put on paper, never printed.
"""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_LANDSCAPE, DocumentInfo, new_canvas
from wufei_cells.documents.certificate_drawing import draw_part
from wufei_cells.documents.certificate_layout import CertificateLayout, lay_out
from wufei_cells.documents.certificate_parts import Palette
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.text import TextPainter
from wufei_cells.domain.certificate_templates import CertificateTemplate
from wufei_cells.domain.register import CertificateRow
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BETWEEN_PROOFS = ","
"""Stands between signed texts in the document's information; Base45 has no comma."""


def render_certificates(
    rows: Sequence[CertificateRow],
    fonts: DocumentFonts,
    templates: Mapping[str, CertificateTemplate],
    words: Wording,
) -> bytes:
    """Print certificates into one PDF. The same certificates give the same bytes.

    Args:
        rows: at least one; each becomes a page.
        fonts: the fonts of documents.
        templates: by identity, as `CertificateRow.template` names them; under ``""`` that of certificates that name
            none.
        words: how dates and results are put, in all languages; its own language does not matter.

    Raises:
        UserError: ``document.glyph_missing``, ``document.text_too_long``, ``document.table_too_tall`` or
            ``document.code_too_long``; nothing has been drawn then.
    """
    if not rows:
        raise ValueError("a PDF needs at least one certificate")
    palettes = {key: Palette.of(templates[key]) for key in {row.template for row in rows}}
    layouts = [lay_out(row, templates[row.template], fonts, words, palettes[row.template]) for row in rows]
    target = BytesIO()
    info = _info(rows, templates[rows[0].template], words)
    canvas = new_canvas(target, A4_LANDSCAPE, fonts, info, repeatable=True)
    _date(canvas, max(row.issued_on for row in rows))
    canvas.setKeywords(BETWEEN_PROOFS.join(row.proof for row in rows if row.proof))
    painter = TextPainter(canvas, fonts)
    for row, layout in zip(rows, layouts, strict=True):
        if len(rows) > 1:
            canvas.bookmarkPage(row.id)
            canvas.addOutlineEntry(f"{row.number} {row.site_name}", row.id)
        _draw(canvas, painter, layout)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _draw(canvas: Canvas, painter: TextPainter, layout: CertificateLayout) -> None:
    for part in layout.parts:
        draw_part(canvas, painter, part)


def _info(rows: Sequence[CertificateRow], template: CertificateTemplate, words: Wording) -> DocumentInfo:
    first, last, language = rows[0], rows[-1], template.languages[0]
    said = words.speaking(language)
    title, subject = said.say("document.certificate.many_title", count=len(rows)), f"{first.number} – {last.number}"
    if len(rows) == 1:
        named = (first.wording.get(language) or first.wording["zh"])["title"]
        title = said.say("document.certificate.file_title", title=named, site=first.site_name)
        subject = first.number
    author = first.issuer.get(language) or first.issuer["zh"]
    return DocumentInfo(title, author, subject, "zh-CN" if language == "zh" else language)


def _date(canvas: Canvas, day: date) -> None:
    """Date the file by the last certificate in it: the time of printing would make each print another file."""
    written = f"D:{day:%Y%m%d}000000+00'00'"

    def formatted(*_now: int) -> str:
        return written

    canvas.setDateFormatter(formatted)
