"""How large a package will be: a figure, and a bar of what the records and the photos are of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.exchange_words import count_words, size_words
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.exchange import Estimate

BAR = 10


class Bar(QWidget):
    """Two lengths beside each other."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._theme = context.theme
        self._parts = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, first: int, second: int) -> None:
        """Show two amounts."""
        self._parts = (first, second)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a line."""
        return QSize(120, BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the records from the left, the photos after them."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), BAR), 4, 4)
        total = sum(self._parts)
        left = 0.0
        for part, role in zip(self._parts, ("accent", "information"), strict=True):
            if part:
                width = max(4.0, (self.width() - 2) * part / total)
                painter.setBrush(self._theme.color(role))
                painter.drawRoundedRect(QRectF(left, 0, min(width, self.width() - left), BAR), 4, 4)
                left += width + 2
        painter.end()


class SizeMeter(QWidget):
    """Shows an estimate; while a new one is being made the old one stays, muted."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.figure_label = plain_label("page")
        self.bar = Bar(context)
        self.split_label = plain_label("muted", wrap=True)
        self.note_label = plain_label("attention", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.figure_label, self.bar, self.split_label, self.note_label):
            column.addWidget(widget)
        column.addStretch(1)
        self.show_working()

    def show_working(self) -> None:
        """Say that it is being worked out."""
        self.split_label.setText(self._context.i18n.tr("exchange.estimating"))
        self.note_label.hide()

    def show_estimate(self, size: Estimate) -> None:
        """Show how much it is."""
        tr = self._context.i18n.tr
        key = "exchange.size_parts" if size.parts > 1 else "exchange.size"
        self.figure_label.setText(tr(key, size=size_words(size.size), parts=size.parts))
        self.bar.show_parts(size.act_bytes, size.file_bytes)
        values = {
            "acts": count_words(size.acts),
            "act_size": size_words(size.act_bytes),
            "files": count_words(size.files),
            "file_size": size_words(size.file_bytes),
        }
        key = "exchange.size_split" if size.files else "exchange.size_acts"
        self.split_label.setText(tr(key, **values) if size.acts or size.files else tr("exchange.size_nothing"))
        notes = [tr("exchange.size_unknown")] if size.unknown else []
        if size.missing_files:
            notes.append(tr("exchange.size_missing", count=count_words(size.missing_files)))
        self.note_label.setText("\n".join(notes))
        self.note_label.setVisible(bool(notes))
        self.setAccessibleName(f"{self.figure_label.text()} {self.split_label.text()}")

    def show_refusal(self, sentence: str) -> None:
        """Say why it cannot be worked out."""
        self.figure_label.setText("–")
        self.bar.show_parts(0, 0)
        self.split_label.setText("")
        self.note_label.setText(sentence)
        self.note_label.show()
