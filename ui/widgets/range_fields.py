"""The points within a level's range, and the reason for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.answer_editor import Marking, tight
from ui.widgets.number_field import NumberField, make_room, takes_enter
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

INDENT = 36
LONGEST_REASON = 500


class RangeFields(QWidget):
    """Asks for points between two ends and why.

    Signals:
        edited: something changed; ``True`` while it is being typed.
    """

    edited = Signal(bool)

    def __init__(self, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marking = marking
        self._limits = ("", "")
        self._reason_touched = False
        self.points_field = NumberField(self)
        self.reason_label = plain_label(wrap=True)
        self.reason_edit = QLineEdit(self)
        self.reason_edit.setMaxLength(LONGEST_REASON)
        self.reason_label.setBuddy(self.reason_edit)
        self._build_layout()
        self.points_field.text_typed.connect(self._on_typed)
        self.points_field.text_settled.connect(self._on_settled)
        self.reason_edit.textEdited.connect(self._on_reason_typed)
        self.reason_edit.editingFinished.connect(self._on_reason_finished)

    def _build_layout(self) -> None:
        reason_row = tight(QHBoxLayout())
        make_room(self.reason_label)
        reason_row.addWidget(self.reason_label, 1)
        reason_row.addWidget(self.reason_edit, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(INDENT, 0, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(self.points_field)
        layout.addLayout(reason_row)

    # --- public

    def points(self) -> str:
        """Give the points as typed."""
        return self.points_field.text()

    def reason(self) -> str:
        """Give the reason as typed."""
        return self.reason_edit.text().strip()

    def set_values(self, points: str, reason: str) -> None:
        """Show stored values; not an edit."""
        self.points_field.set_text(points)
        self.reason_edit.setText(reason)
        self._reason_touched = False

    def set_limits(self, lowest: str, highest: str) -> None:
        """Say between which ends the points lie, in the language of the window."""
        self._limits = (lowest, highest)
        self.points_field.set_words(
            self._marking.tr("desk.range_points", lowest=lowest, highest=highest), self._marking.tr("desk.unit_points")
        )
        self.reason_label.setText(self._marking.tr("desk.range_reason"))
        self.reason_edit.setAccessibleName(self._marking.tr("desk.range_reason"))
        self.reason_edit.setPlaceholderText(self._marking.tr("desk.range_reason_hint", highest=highest))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        self.points_field.set_read_only(read_only)
        self.reason_edit.setReadOnly(read_only)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong under the points."""
        self.points_field.show_problem(sentence)

    def begin(self) -> None:
        """Put the cursor into the points."""
        self.points_field.begin()

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from the points to the reason while that is empty."""
        if takes_enter(event, [self.points_field]):
            return
        at_points = self.points_field.line_edit.hasFocus()
        if event.text() in ("\r", "\n") and at_points and not self.reason() and self.points() != self._limits[1]:
            self.reason_edit.setFocus()
            event.accept()
            return
        super().keyPressEvent(event)

    # --- slots

    def _on_typed(self) -> None:
        self.edited.emit(True)

    def _on_settled(self) -> None:
        self.edited.emit(False)

    def _on_reason_typed(self, _text: str) -> None:
        self._reason_touched = True
        self.edited.emit(True)

    def _on_reason_finished(self) -> None:
        if self._reason_touched:
            self._reason_touched = False
            self.edited.emit(False)
