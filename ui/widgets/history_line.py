"""What happened, as dots on a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext

INDENT = 24


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when and by whom, what, and its tone (a color role)."""

    caption: str
    text: str
    tone: str = "muted"


class HistoryLine(QWidget):
    """Shows happenings one under the other, each with a dot."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._happenings: tuple[Happening, ...] = ()
        self._captions: list[QLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(INDENT, 0, 0, 0)
        self._column.setSpacing(0)

    def show_happenings(self, happenings: Sequence[Happening]) -> None:
        """Show what happened, the newest first."""
        if tuple(happenings) == self._happenings:
            return
        self._happenings = tuple(happenings)
        self._captions.clear()
        while (entry := self._column.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.deleteLater()
        for happening in happenings:
            caption, text = plain_label("caption", wrap=True), plain_label(wrap=True, selectable=True)
            caption.setText(happening.caption)
            text.setText(happening.text)
            text.setContentsMargins(0, 0, 0, 10)
            self._column.addWidget(caption)
            self._column.addWidget(text)
            self._captions.append(caption)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line and the dots."""
        super().paintEvent(event)
        if not self._captions:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centers = [QPointF(8, label.geometry().center().y() + 1) for label in self._captions]
        painter.setPen(QPen(self._theme.color("line"), 2))
        painter.drawLine(centers[0], centers[-1])
        painter.setPen(QPen(self._theme.color("card"), 2))
        for center, happening in zip(centers, self._happenings, strict=True):
            painter.setBrush(self._theme.color(happening.tone))
            painter.drawEllipse(center, 5, 5)
        painter.end()
