"""One sentence with its icon inside a page: what is special here, and the one thing to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.theme import Theme

ICON = 20


class Banner(QFrame):
    """Says something about what stands below it; hidden while there is nothing to say.

    Signals:
        action_triggered: the button was pressed.
    """

    action_triggered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = ("", "")
        self.setProperty("role", "banner")
        self.icon_label = QLabel(self)
        self.text_label = plain_label(wrap=True)
        self.text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.icon_label, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text_label, 1)
        layout.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignTop)
        self.action_button.clicked.connect(self.action_triggered)
        theme.changed.connect(self._draw_icon)
        self.hide()

    def say(self, text: str, icon: str = "information", role: str = "information", action: str = "") -> None:
        """Show a sentence, an icon in the color of a role, and a button if there is something to do."""
        self._icon = (icon, role)
        self._draw_icon()
        self.text_label.setText(text)
        self.setAccessibleName(text)
        self.action_button.setText(action)
        self.action_button.setVisible(bool(action))
        self.setVisible(bool(text))

    def _draw_icon(self) -> None:
        if self._icon[0]:
            self.icon_label.setPixmap(self._theme.pixmap(*self._icon, ICON, self.devicePixelRatioF()))
