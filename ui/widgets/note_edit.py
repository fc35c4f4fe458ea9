"""The note beside an answer: what was seen, why points were taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

LINES = 3
BREAKS = Qt.KeyboardModifier.ShiftModifier


class NoteEdit(QPlainTextEdit):
    """A few lines of text that tell when they were typed and when they were left.

    Signals:
        note_typed: the text changes under the person's hands.
        note_settled: the field was left after typing.
    """

    note_typed = Signal()
    note_settled = Signal()

    def __init__(self, parent: QWidget | None = None, *, goes_on: bool = False) -> None:
        """Build the field; where it ``goes_on``, Enter is left to what is around and Shift+Enter breaks a line."""
        super().__init__(parent)
        self._goes_on = goes_on
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the desk, which goes on to the next item."""
        if self._goes_on and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & BREAKS:
            event.ignore()
        else:
            super().keyPressEvent(event)

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
