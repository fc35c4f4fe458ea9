"""Paints pictures of charts with Qt, and measures text for them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme import COLORS, TONES
from wufei_cells.charts.inks import Inks
from wufei_cells.charts.marks import Area, Block, Dot, Label, Line, Pattern, Side
from wufei_cells.charts.patterns import DOT, STROKE, dots_of, strokes_of

if TYPE_CHECKING:
    from ui.theme import Theme
    from wufei_cells.charts.marks import Picture

EDGE = 0.8
STRAIGHT = 0.01  # how little a line may lean to be taken as upright or level


def inks_of(theme: Theme, *, dark: bool | None = None) -> Inks:
    """Give the colors of charts on a card, in the scheme in use or in the one that is wanted."""
    chosen = theme.dark if dark is None else dark
    return Inks({tone: pair[chosen] for tone, pair in TONES.items()}, COLORS["card"][chosen])


class TextMeasure:
    """Measures text in the window's type, each text once; sizes are whole pixels, as Qt has them."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._fonts: dict[tuple[int, bool], tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, int, bool], float] = {}

    def __call__(self, text: str, size: float, bold: bool) -> float:  # as charts call it
        """Give the width of a text."""
        pixels = round(size)
        known = self._widths.get((text, pixels, bold))
        if known is None:
            known = self._widths[text, pixels, bold] = self._font(pixels, bold=bold)[1].horizontalAdvance(text)
        return known

    def font(self, size: float, *, bold: bool) -> QFont:
        """Give the font of a size."""
        return self._font(round(size), bold=bold)[0]

    def _font(self, pixels: int, *, bold: bool) -> tuple[QFont, QFontMetricsF]:
        if (pixels, bold) not in self._fonts:
            font = self._theme.font("body", bold=bold)
            font.setPixelSize(max(pixels, 1))
            self._fonts[pixels, bold] = font, QFontMetricsF(font)
        return self._fonts[pixels, bold]


class PicturePainter:
    """Paints the marks of pictures."""

    def __init__(self, painter: QPainter, inks: Inks, measure: TextMeasure) -> None:
        """Take a painter whose unit is a logical pixel; ``device`` pixels are told by its transformation."""
        self._painter = painter
        self._inks = inks
        self._measure = measure
        self._ratio = painter.device().devicePixelRatioF() * painter.worldTransform().m11()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)

    def paint(self, picture: Picture) -> None:
        """Paint all marks in their order."""
        for mark in picture.marks:
            match mark:
                case Line():
                    self._line(mark)
                case Area() | Block():
                    self._filled(mark)
                case Dot():
                    self._dot(mark)
                case Label():
                    self._label(mark)

    def _line(self, mark: Line) -> None:
        width = max(1.0, round(mark.width * self._ratio)) / self._ratio
        pen = QPen(QColor(self._inks.of(mark.tone)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if mark.dash:
            pen.setDashPattern([part / width for part in mark.dash])
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF([QPointF(*point) for point in self._crisp(mark.points, width)]))

    def _crisp(self, points: tuple[tuple[float, float], ...], width: float) -> list[tuple[float, float]]:
        """Move the ends of upright and level pieces so that they fill whole pixels."""
        xs = {x for (x, _), (to, _) in pairwise(points) if abs(x - to) < STRAIGHT}
        ys = {y for (_, y), (_, to) in pairwise(points) if abs(y - to) < STRAIGHT}
        return [(self._pixel(x, width) if x in xs else x, self._pixel(y, width) if y in ys else y) for x, y in points]

    def _pixel(self, place: float, width: float) -> float:
        """Give the nearest place for the middle of a line of a width at which its edges are edges of pixels."""
        half = round(width * self._ratio) % 2 / 2
        return (round(place * self._ratio - half) + half) / self._ratio

    def _filled(self, mark: Area | Block) -> None:
        painter, inks = self._painter, self._inks
        path = QPainterPath()
        if isinstance(mark, Block):
            left, top = self._pixel(mark.x, 0), self._pixel(mark.y, 0)
            right, bottom = self._pixel(mark.x + mark.width, 0), self._pixel(mark.y + mark.height, 0)
            least = 1 / self._ratio
            path.addRect(QRectF(left, top, max(right - left, least), max(bottom - top, least)))
        else:
            path.addPolygon(QPolygonF([QPointF(*point) for point in mark.points]))
            path.closeSubpath()
        if isinstance(mark, Block) and mark.outline:
            painter.strokePath(
                path.translated(0.5 / self._ratio, 0.5 / self._ratio), QPen(QColor(inks.of(mark.tone)), 1 / self._ratio)
            )
            return
        painter.fillPath(path, QColor(inks.of(mark.tone)))
        if mark.pattern is not Pattern.PLAIN:
            self._pattern(mark, path)
        if inks.needs_edge(mark):
            painter.strokePath(path, QPen(QColor(inks.edge_of(mark.tone)), EDGE))

    def _pattern(self, mark: Area | Block, path: QPainterPath) -> None:
        painter = self._painter
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        color = QColor(self._inks.stroke_on(mark.tone))
        painter.setPen(QPen(color, STROKE))
        for x, y, to_x, to_y in strokes_of(mark):
            painter.drawLine(QPointF(x, y), QPointF(to_x, to_y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for x, y in dots_of(mark):
            painter.drawEllipse(QPointF(x, y), DOT, DOT)
        painter.restore()

    def _dot(self, mark: Dot) -> None:
        color = QColor(self._inks.of(mark.tone))
        self._painter.setPen(QPen(color, 1.5) if mark.hollow else Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self._inks.paper) if mark.hollow else color)
        self._painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)

    def _label(self, mark: Label) -> None:
        painter = self._painter
        width = self._measure(mark.text, mark.size, mark.bold)
        before = {Side.LEFT: 0.0, Side.MIDDLE: width / 2, Side.RIGHT: width}[mark.side]
        painter.setFont(self._measure.font(mark.size, bold=mark.bold))
        painter.setPen(QColor(self._inks.of_text(mark)))
        if not mark.upward:
            painter.drawText(QPointF(mark.x - before, mark.y), mark.text)
            return
        painter.save()
        painter.translate(mark.x, mark.y)
        painter.rotate(-90)
        painter.drawText(QPointF(-before, 0), mark.text)
        painter.restore()
