"""A box to tick with its words, painted as on the desk: plain to see in both color schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from ui.widgets.choice_marks import SIZE, TickMark
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

GAP = 6


class TickBox(TickMark):
    """A tick mark with words beside it; the words can be clicked, too."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setAccessibleName(words)
        self.setFixedHeight(SIZE)

    # --- Qt events

    def sizeHint(self) -> QSize:
        """Ask for room for mark and words."""
        return QSize(SIZE + GAP + self.fontMetrics().horizontalAdvance(self.text()) + 2, SIZE)

    def minimumSizeHint(self) -> QSize:
        """Ask for little: words that do not fit are cut and stay readable in the tool tip."""
        return QSize(min(self.sizeHint().width(), 120), SIZE)

    def hitButton(self, pos: QPoint) -> bool:
        """Take clicks on the words as well."""
        return self.rect().contains(pos)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer all words in the tool tip where they are cut."""
        super().resizeEvent(event)
        self.setToolTip(literal(self.text()) if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark, then the words."""
        super().paintEvent(event)
        painter = QPainter(self)
        role = QPalette.ColorRole.WindowText if self.isEnabled() else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(QPalette.ColorGroup.Active, role))
        room = QRect(SIZE + GAP, 0, self.width() - SIZE - GAP, self.height())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)
        painter.end()
