"""A field to sign in with a pen, a finger or the mouse, and the picture of a signature that was given."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QTabletEvent

    from ui.theme import Theme
    from wufei_cells.domain.signatures import Stroke

FIELD = 1000
"""Strokes are kept in thousandths of the field's width, in both directions."""
NEAREST = 3
"""Points that are closer than this are left out; the curve does not need them."""
SHAPE = 3
"""How many times wider than high the field is."""
INK = 2.4
"""Width of the line on a field of usual size."""


def curve(stroke: Stroke, scale: float) -> QPainterPath:
    """Draw a smooth line through the points of a stroke: from middle to middle, bent by the point between."""
    points = [QPointF(x * scale, y * scale) for x, y in stroke]
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0))
        return path
    for bend, after in pairwise(points[1:]):
        path.quadTo(bend, (bend + after) * 0.5)
    path.lineTo(points[-1])
    return path


class SignaturePicture(QWidget):
    """Shows strokes; they grow and shrink with it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._strokes: tuple[Stroke, ...] = ()
        theme.changed.connect(self.update)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What is shown."""
        return self._strokes

    def show_strokes(self, strokes: Sequence[Stroke]) -> None:
        """Show other strokes."""
        self._strokes = tuple(strokes)
        self.update()

    def sizeHint(self) -> QSize:
        """Be as wide as a line of a list has room for."""
        return QSize(132, 132 // SHAPE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strokes."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
        painter.end()

    def _draw(self, painter: QPainter) -> None:
        scale = self.width() / FIELD
        pen = QPen(self._theme.color("text"), max(1.0, INK * self.width() / 520))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            painter.drawPath(curve(stroke, scale))


class SignaturePad(SignaturePicture):
    """Takes a signature. The mouse, a finger and a pen all draw; Backspace takes back the last stroke.

    Signals:
        changed: something was drawn or taken back.
    """

    changed = Signal()

    def __init__(self, theme: Theme, most_strokes: int, most_points: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._most_strokes = most_strokes
        self._most_points = most_points
        self._drawing: list[tuple[int, int]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(420, 420 // SHAPE)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # --- public

    @property
    def full(self) -> bool:
        """Whether no more can be drawn."""
        points = sum(len(stroke) for stroke in self._strokes) + len(self._drawing)
        return len(self._strokes) >= self._most_strokes or points >= self._most_points

    def clear(self) -> None:
        """Take everything back."""
        self._drawing.clear()
        self.show_strokes(())
        self.changed.emit()

    # --- Qt events

    def hasHeightForWidth(self) -> bool:
        """Keep the shape of the field."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Keep the shape of the field."""
        return width // SHAPE

    def sizeHint(self) -> QSize:
        """Leave room for a name written by hand."""
        return QSize(520, 520 // SHAPE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the pen down."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw."""
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the pen."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen, whose place is known more finely than the mouse's."""
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position())
        elif event.type() == QEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take back the last stroke."""
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._strokes:
            self.show_strokes(self._strokes[:-1])
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    # --- drawing

    def _begin(self, at: QPointF) -> None:
        self.setFocus()
        if not self.full:
            self._drawing = [self._place(at)]
            self.update()

    def _go_on(self, at: QPointF) -> None:
        if not self._drawing or self.full:
            return
        (x, y), (to_x, to_y) = self._drawing[-1], self._place(at)
        if abs(to_x - x) + abs(to_y - y) >= NEAREST:
            self._drawing.append((to_x, to_y))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            stroke, self._drawing = tuple(self._drawing), []
            self.show_strokes((*self._strokes, stroke))
            self.changed.emit()

    def _place(self, at: QPointF) -> tuple[int, int]:
        """Give a place in thousandths of the width, inside the field."""
        lowest = min(FIELD, self.height() * FIELD // max(1, self.width()))
        x, y = (round(value * FIELD / max(1, self.width())) for value in (at.x(), at.y()))
        return min(max(x, 0), FIELD), min(max(y, 0), lowest)

    def _draw(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._theme.color("accent" if self.hasFocus() else "field"), 2 if self.hasFocus() else 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("line"), 1))
        line = self.height() * 3 // 4
        painter.drawLine(24, line, self.width() - 24, line)
        super()._draw(painter)
        if self._drawing:
            pen = QPen(self._theme.color("text"), max(1.0, INK * self.width() / 520))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPath(curve(tuple(self._drawing), self.width() / FIELD))
