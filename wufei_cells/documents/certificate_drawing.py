"""Draw the parts of a certificate on a page."""

# pyright: reportUnknownMemberType=false
# reportlab has no types.

from __future__ import annotations

import base64
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader

from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.certificate_parts import (
    Part,
    PlacedCode,
    PlacedFrame,
    PlacedMark,
    PlacedPicture,
    PlacedRule,
    PlacedSprig,
)
from wufei_cells.documents.ornament import draw_frame, draw_sprig
from wufei_cells.documents.placing import PlacedLine
from wufei_cells.documents.text import Align
from wufei_cells.domain.certificate_templates import QUIET_ZONE, BorderStyle
from wufei_cells.errors import UserError

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from wufei_cells.documents.text import TextPainter

OUTLINES = {BorderStyle.PLAIN: ((0.0, 1.2),), BorderStyle.DOUBLE: ((0.0, 2.0), (4.4, 0.6))}
"""Of the drawn frames: how far each line stands within the outer one, and its thickness."""


def draw_part(canvas: Canvas, painter: TextPainter, part: Part) -> None:
    """Draw one part; what comes later covers what is there."""
    match part:
        case PlacedLine(text, x, y, style, Align.LEFT):
            painter.put(text, x, y, style)
        case PlacedLine(text, x, y, style, align):
            painter.line(text, x, y, style, align)
        case PlacedRule(start, end, thickness, color):
            canvas.setStrokeColor(_color(color))
            canvas.setLineWidth(thickness)
            canvas.line(*start, *end)
        case PlacedSprig(x, y, half_width, color, second):
            draw_sprig(canvas, x, y, half_width, color, second)
        case PlacedCode():
            _draw_code(canvas, part)
        case PlacedFrame():
            _draw_border(canvas, part)
        case PlacedPicture():
            _draw_picture(canvas, part)
        case PlacedMark(line, angle):
            canvas.saveState()
            canvas.translate(A4_LANDSCAPE[0] / 2, A4_LANDSCAPE[1] / 2)
            canvas.rotate(angle)
            painter.line(line.text, line.x, line.y, line.style, line.align)
            canvas.restoreState()


def picture(data: str) -> ImageReader:
    """Decode a picture of a template.

    Raises:
        UserError: ``template.image_unreadable``.
    """
    try:
        return _decoded(data)
    except (OSError, ValueError, SyntaxError) as error:  # what decoders raise for a broken file
        raise UserError("template.image_unreadable") from error


@lru_cache(maxsize=16)
def _decoded(data: str) -> ImageReader:
    reader = ImageReader(BytesIO(base64.b64decode(data)))
    reader.getRGBData()  # decodes the whole file, not only its head
    return reader


def _draw_border(canvas: Canvas, frame: PlacedFrame) -> None:
    if frame.style is BorderStyle.LACE:
        draw_frame(canvas, A4_LANDSCAPE, frame.color, frame.second)
        return
    width, height = A4_LANDSCAPE
    inks = (frame.color, frame.second)
    for (within, thickness), ink in zip(OUTLINES.get(frame.style, ()), inks, strict=False):
        inset = frame.inset + within
        canvas.setStrokeColor(_color(ink))
        canvas.setLineWidth(thickness)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)


def _draw_code(canvas: Canvas, placed: PlacedCode) -> None:
    """Draw all dark modules as one path on white, counted in modules from the upper left."""
    whole = placed.code.side + 2 * QUIET_ZONE
    ground = f"1 g {-QUIET_ZONE} {-QUIET_ZONE} {whole} {whole} re f 0 g"
    dark = " ".join([f"{x} {y} {width} {height} re" for x, y, width, height in placed.code.dark])
    matrix = f"{placed.module:.5f} 0 0 {-placed.module:.5f} {placed.x:.3f} {placed.y:.3f} cm"
    canvas.addLiteral(f"q {matrix} {ground} {dark} f Q")


def _draw_picture(canvas: Canvas, placed: PlacedPicture) -> None:
    room = placed.room
    canvas.drawImage(
        picture(placed.data),  # pyright: ignore[reportArgumentType]  # reportlab takes names of files, too
        room.left,
        room.bottom,
        room.width,
        room.height,
        mask="auto",
        preserveAspectRatio=True,
        anchor="c",
    )


@lru_cache(maxsize=64)
def _color(code: str) -> Color:
    return HexColor(code)
