"""The strip that stays above every room of a window on an earlier day: which day it is, and that it is only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext

ICON = 20


class PastBanner(QFrame):
    """Names the day; hidden in a window on the register of today. Nothing closes it."""

    def __init__(self, context: AppContext) -> None:
        """Build it for the day the window stands at."""
        super().__init__()
        self._context = context
        self._out_of_order = 0
        self.icon_label = QLabel()
        self.text_label = plain_label(wrap=True, selectable=True)
        self.doubt_label = plain_label("muted", wrap=True, selectable=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.text_label)
        words.addWidget(self.doubt_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.icon_label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.setVisible(context.as_of is not None)
        context.events.language_changed.connect(self.retranslate)
        context.events.scheme_changed.connect(self.retranslate)
        self.retranslate()

    def tell_doubt(self, out_of_order: int) -> None:
        """Say how many entries carry times that cannot be right."""
        self._out_of_order = out_of_order
        self.retranslate()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        if self._context.as_of is None:
            return
        tr, theme = self._context.i18n.tr, self._context.theme
        text = tr("time_machine.banner", day=self._context.as_of.isoformat())
        doubt = tr("time_machine.out_of_order", count=self._out_of_order) if self._out_of_order else ""
        self.text_label.setText(text)
        self.doubt_label.setText(doubt)
        self.doubt_label.setVisible(bool(doubt))
        self.setAccessibleName(f"{text} {doubt}".strip())
        self.icon_label.setPixmap(theme.pixmap("history", "attention", ICON, self.devicePixelRatioF()))
        back, edge = theme.color("raised").name(), theme.color("attention").name()
        self.setStyleSheet(f"PastBanner {{ background: {back}; border: none; border-left: 4px solid {edge}; }}")
