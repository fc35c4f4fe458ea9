"""Edits for text that leave undo to the draft: a step back there is a step back everywhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

LOWEST_LINES = 1
HIGHEST_LINES = 8
FRAME = 20  # pixels around the lines: border, padding, the document's own margin
LEFT_TO_THE_DRAFT = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def is_step(event: QEvent) -> bool:
    """Whether a key asks for a step back or forth; it is the draft's, not the field's."""
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in LEFT_TO_THE_DRAFT)


class DraftLine(QLineEdit):
    """One line of text.

    Signals:
        left: the keyboard went elsewhere, or Enter was pressed.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self.left)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the draft."""
        if event.type() == QEvent.Type.ShortcutOverride and is_step(event):
            event.ignore()
            return False
        return super().event(event)

    def show_text(self, text: str) -> None:
        """Show another text; the cursor stays where it is in a text that did not change."""
        if self.text() != text:
            place = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(min(place, len(text)))


class GrowingEdit(QPlainTextEdit):
    """Text of as many lines as it takes; it grows with them.

    Signals:
        typed: the person changed the text.
        left: the keyboard went elsewhere.
    """

    typed = Signal()
    left = Signal()

    def __init__(self, lines: int = LOWEST_LINES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._showing = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    # --- public

    def text(self) -> str:
        """Give the text."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show another text; not an edit."""
        if self.toPlainText() != text:
            self._showing = True
            place = self.textCursor().position()
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(text)))
            self.setTextCursor(cursor)
            self._showing = False

    # --- Qt events

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the draft."""
        if event.type() == QEvent.Type.ShortcutOverride and is_step(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the draft."""
        if is_step(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines need at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the lines need once the font is known."""
        super().showEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for the width of a few words."""
        return QSize(160, self.height())

    # --- the rest

    def _on_text_changed(self) -> None:
        self._fit()
        if not self._showing:
            self.typed.emit()

    def _fit(self) -> None:
        needed = self._count_lines()
        lines = max(self._lines, min(needed, HIGHEST_LINES))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if needed > lines else policy.ScrollBarAlwaysOff)
        height = self.fontMetrics().lineSpacing() * lines + FRAME
        if self.height() != height or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _count_lines(self) -> int:
        block, lines = self.document().firstBlock(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines
