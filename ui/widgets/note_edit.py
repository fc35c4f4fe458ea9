"""The note beside an answer: what was seen, why points were taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

LINES = 3


class NoteEdit(QPlainTextEdit):
    """A few lines of text that tell when they were typed and when they were left.

    Signals:
        note_typed: the text changes under the person's hands.
        note_settled: the field was left after typing.
    """

    note_typed = Signal()
    note_settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touched = False
        self._quiet = False
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_text_changed)
        self._fit_height()

    def note(self) -> str:
        """Give the text without the blanks around it."""
        return self.toPlainText().strip()

    def set_note(self, text: str) -> None:
        """Show a stored note; not an edit."""
        self._touched = False
        if self.toPlainText() != text:
            self._quiet = True
            self.setPlainText(text)
            self._quiet = False

    # --- Qt events

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the note is finished for now."""
        super().focusOutEvent(event)
        if self._touched:
            self._touched = False
            self.note_settled.emit()

    # --- slots

    def _on_text_changed(self) -> None:
        if not self._quiet:
            self._touched = True
            self.note_typed.emit()

    def _fit_height(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 18)
