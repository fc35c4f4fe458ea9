"""One way to begin: its name, what it means, and the file it may need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QRadioButton, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.theme import Theme

ICON = 20  # pixels


class WayCard(QFrame):
    """A card that is chosen by a click anywhere on it, or by the keys of its radio button.

    Signals:
        chosen: it is the one now.
    """

    chosen = Signal()

    def __init__(self, name: str, icon: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "way")
        self._icon, self._theme = icon, theme
        self.button = QRadioButton()
        self.text_label = plain_label("muted", wrap=True)
        self._picture = QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._picture, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.button, 0, 1)
        grid.addWidget(self.text_label, 1, 1)
        grid.setRowStretch(1, 1)
        self.text_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button.toggled.connect(self._on_toggled)
        self.button.installEventFilter(self)
        self._dress()

    def set_words(self, title: str, text: str) -> None:
        """Name it, and say what it means."""
        self.button.setText(title)
        self.button.setAccessibleDescription(text)
        self.text_label.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        self.button.click()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Frame the whole card while its button has the keyboard."""
        if watched is self.button and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._dress()
        return super().eventFilter(watched, event)

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        self._dress()
        if on:
            self.chosen.emit()

    def _dress(self) -> None:
        on, theme = self.button.isChecked(), self._theme
        self._picture.setPixmap(theme.pixmap(self._icon, "accent" if on else "muted", ICON, self.devicePixelRatioF()))
        # Tab stops at the chosen card alone: Qt would stop at the first one, coming from outside.
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        self.setProperty("chosen", on)
        self.setProperty("framed", self.button.hasFocus())
        self.style().polish(self)
