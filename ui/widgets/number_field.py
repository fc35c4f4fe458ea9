"""A field for one number with its unit, that says in place what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.answer_editor import set_look, tight
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

FIELD_WIDTH = 112
LABEL_WIDTH = 200
LABEL_NARROW = 88
LONGEST = 40


class NumberField(QWidget):
    """Takes a number as people write it; reading it is the core's business, so any text can be typed.

    Signals:
        text_typed: the text changes under the person's hands.
        text_settled: Enter was pressed or the field was left after typing.
    """

    text_typed = Signal()
    text_settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._touched = False
        self._read_only = False
        self._build_widgets()
        self._build_layout()
        self.line_edit.textEdited.connect(self._on_text_edited)
        self.line_edit.editingFinished.connect(self._on_editing_finished)

    # --- build

    def _build_widgets(self) -> None:
        self.label = plain_label(wrap=True)
        self.line_edit = QLineEdit(self)
        self.line_edit.setMaxLength(LONGEST)
        self.line_edit.setFixedWidth(FIELD_WIDTH)
        self.line_edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line_edit.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.unit_label = plain_label("unit")
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()
        self.locked_label = plain_label("caption", wrap=True)
        self.locked_label.hide()
        self.label.setBuddy(self.line_edit)

    def _build_layout(self) -> None:
        self.row = tight(QHBoxLayout())
        make_room(self.label)
        self.row.addWidget(self.label, 100)
        self.row.addWidget(self.line_edit)
        self.row.addWidget(self.unit_label)
        self.row.addStretch(1)
        layout = tight(QVBoxLayout(self), 4)
        layout.addLayout(self.row)
        layout.addWidget(self.locked_label)
        layout.addWidget(self.problem_label)

    # --- public

    def text(self) -> str:
        """Give what stands in the field, without the blanks around it."""
        return self.line_edit.text().strip()

    def set_text(self, text: str) -> None:
        """Show a stored number; not an edit."""
        self._touched = False
        self.line_edit.setText(text)

    def set_words(self, label: str, unit: str) -> None:
        """Set what is asked and in which unit."""
        self.label.setText(label)
        self.unit_label.setText(unit)
        self.line_edit.setAccessibleName(f"{label} ({unit})" if unit else label)

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        self._read_only = read_only
        self.line_edit.setReadOnly(read_only or self.locked)

    @property
    def locked(self) -> bool:
        """Whether the number comes from elsewhere."""
        return bool(self.locked_label.text())

    def set_locked(self, sentence: str, *, said: bool = True) -> None:
        """Say that the number comes from elsewhere and is not typed here; an empty sentence takes it back.

        Args:
            sentence: why it is not typed here.
            said: whether the sentence is to be seen; of several fields under each other only the last one shows it.
        """
        self.locked_label.setVisible(bool(sentence) and said)
        if sentence != self.locked_label.text():
            self.locked_label.setText(sentence)
            self.line_edit.setAccessibleDescription(sentence)
            self.line_edit.setReadOnly(self._read_only or bool(sentence))

    def show_problem(self, sentence: str) -> None:
        """Say under the field what is wrong; an empty sentence takes it back."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))
        self.line_edit.setAccessibleDescription(sentence or self.locked_label.text())
        set_look(self.line_edit, "problem", on=bool(sentence))

    def begin(self, first: str = "") -> None:
        """Put the cursor here; a digit that was pressed outside becomes the first character."""
        self.line_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line_edit.selectAll()
        if first and not self.line_edit.isReadOnly():
            self.line_edit.insert(first)  # counts as typed: textEdited follows

    # --- slots

    def _on_text_edited(self, _text: str = "") -> None:
        self._touched = True
        self.text_typed.emit()

    def _on_editing_finished(self) -> None:
        if self._touched:
            self._touched = False
            self.text_settled.emit()


def make_room(label: QLabel) -> None:
    """Give a label the width that puts the fields under each other into one line, less where there is no room."""
    label.setMinimumWidth(LABEL_NARROW)
    label.setMaximumWidth(LABEL_WIDTH)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


def takes_enter(event: QKeyEvent, fields: list[NumberField]) -> bool:
    """Let Enter in one field go on to the first empty one; tells whether there was one."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    inside = any(field.line_edit.hasFocus() for field in fields)
    empty = next((field for field in fields if not field.text() and not field.line_edit.hasFocus()), None)
    if not inside or empty is None:
        return False
    empty.begin()
    event.accept()
    return True
