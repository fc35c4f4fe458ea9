"""Draw the program's icon as a Windows .ico: white on the green of the window, from the drawing the window uses."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).resolve().parents[2] / "resources" / "icons" / "application.svg"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)  # Windows at 100 to 250 percent
GROUND = "#0B6B57"


def make_icon(target: Path) -> Path:
    """Write the icon in every size that Windows asks for."""
    pictures = [_drawn(size) for size in reversed(SIZES)]
    pictures[0].save(target, format="ICO", sizes=[one.size for one in pictures], append_images=pictures[1:])
    return target


def _drawn(size: int) -> Image.Image:
    """Draw it in one size, in pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
    edge = size * 0.14
    white = QByteArray(DRAWING.read_bytes().replace(b"currentColor", b"#ffffff"))
    QSvgRenderer(white).render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data())))
