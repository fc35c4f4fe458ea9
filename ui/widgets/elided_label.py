"""A label of one line: what does not fit is cut with an ellipsis and stays readable in the tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption

from ui.widgets.plain import literal

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

SHORTEST = 48


class ElidedLabel(QLabel):
    """Shows as much of its text as there is room for; screen readers get all of it."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setAccessibleName(text)
        self._say_all_when_cut()

    # --- Qt events

    def minimumSizeHint(self) -> QSize:
        """Ask for little: the text can be cut."""
        return QSize(SHORTEST, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text in the tool tip when it is cut."""
        super().resizeEvent(event)
        self._say_all_when_cut()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the text as far as it fits."""
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        place = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        self.style().drawItemText(
            painter,
            place,
            int(Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
        painter.end()

    def _say_all_when_cut(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(literal(self.text()) if cut else "")
