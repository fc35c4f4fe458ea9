"""Under the note: what was written while the item stood in another state, to be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.domain.answers import State
from wufei_cells.domain.turning import offered_notes

if TYPE_CHECKING:
    from ui.i18n import I18n
    from wufei_cells.domain.answers import Answer

NOTE_KEYS = {
    State.MET: "desk.kept_met",
    State.DEDUCTED: "desk.kept_deducted",
    State.NOT_APPLICABLE: "desk.kept_not_applicable",
}


class KeptNotes(QWidget):
    """Offers the notes of other states; hidden while there are none.

    Signals:
        wanted: a note is to be put under the one shown (State).
    """

    wanted = Signal(object)

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._notes: tuple[tuple[State, str], ...] = ()
        self._rows: dict[State, tuple[QWidget, QLabel, QPushButton]] = {}
        self._column = tight(QVBoxLayout(self), 0)
        for state in State:
            self._add_row(state)
        self._show()

    def _add_row(self, state: State) -> None:
        row, label, button = QWidget(self), plain_label("caption", wrap=True, selectable=True), QPushButton(self)
        button.setProperty("role", "flat")
        button.setProperty("state", state.value)
        button.clicked.connect(self._on_clicked)
        line = tight(QHBoxLayout(row))
        line.addWidget(label, 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(row)
        self._rows[state] = (row, label, button)

    def show_answer(self, answer: Answer, *, editable: bool) -> None:
        """Offer the notes of an answer that are not part of the one shown."""
        self._notes = offered_notes(answer) if editable else ()
        self._show()

    def retranslate(self) -> None:
        """Read all words again."""
        self._show()

    def _show(self) -> None:
        notes = dict(self._notes)
        for state, (row, label, button) in self._rows.items():
            row.setVisible(state in notes)
            if state in notes:
                label.setText(self._i18n.tr(NOTE_KEYS[state], note=notes[state]))
                button.setText(self._i18n.tr("desk.kept_bring_back"))
                button.setAccessibleName(f"{button.text()} {label.text()}")
        self.setVisible(bool(notes))

    def _on_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(State(str(sender.property("state"))))
