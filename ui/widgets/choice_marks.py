"""Radio button and check box as the desk paints them: plain to see in both color schemes, and deaf to letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent

SIZE = 22
INSET = 3.5


class RadioMark(QRadioButton):
    """A radio button that leaves all keys but the space bar to the desk."""

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(SIZE, SIZE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what belongs to the desk; Qt's own buttons would move the focus with the arrow keys."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a ring, with a dot when it is chosen."""
        painter, color = _begin(self)
        ring = QRectF(0, 0, SIZE, SIZE).adjusted(INSET, INSET, -INSET, -INSET)
        painter.drawEllipse(ring)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(ring.adjusted(3.5, 3.5, -3.5, -3.5))
        painter.end()


class TickMark(QCheckBox):
    """A check box that leaves all keys but the space bar to the desk."""

    def sizeHint(self) -> QSize:
        """Ask for a square."""
        return QSize(SIZE, SIZE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass on what belongs to the desk."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a box, filled and with a tick when it is chosen."""
        painter, color = _begin(self)
        if self.isChecked():
            painter.setBrush(color)
        painter.drawRoundedRect(QRectF(0, 0, SIZE, SIZE).adjusted(INSET, INSET, -INSET, -INSET), 3, 3)
        if self.isChecked():
            paper = self.palette().color(QPalette.ColorRole.Base)
            painter.setPen(QPen(paper, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(QPolygonF([QPointF(7, 11.5), QPointF(9.8, 14.2), QPointF(15, 8.2)]))
        painter.end()


def _begin(mark: QAbstractButton) -> tuple[QPainter, QColor]:
    """Begin painting a mark: its outline in the color that says whether it is chosen, thicker where the keyboard is."""
    role = QPalette.ColorRole.Accent if mark.isChecked() else QPalette.ColorRole.PlaceholderText
    palette = mark.palette()
    color = palette.color(role if mark.isEnabled() else QPalette.ColorRole.PlaceholderText)
    painter = QPainter(mark)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark.hasFocus():
        painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
        painter.drawRoundedRect(QRectF(0, 0, SIZE, SIZE).adjusted(1, 1, -1, -1), 5, 5)
    painter.setPen(QPen(color, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    return painter, color
