"""Add a sheet to a team, in the panel itself: which column, and who scores on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label, problem_label, show_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.i18n import I18n

SEPARATORS = str.maketrans(dict.fromkeys(",，;；/", "、"))


class SheetForm(QFrame):
    """Asks for a column and names.

    Signals:
        sheet_wanted: a sheet is to be added (column, names, whether for scoring alone).
        closed: it was left without adding one.
    """

    sheet_wanted = Signal(str, tuple, bool)
    closed = Signal()

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._alone = ""
        self.setProperty("role", "card")
        self.column_label, self.names_label = plain_label("caption"), plain_label("caption")
        self.column_box = QComboBox(self)
        self.names_edit = QLineEdit(self)
        self.hint_label = plain_label("muted", wrap=True)
        self.problem_label = problem_label()
        self.add_button, self.cancel_button = QPushButton(self), QPushButton(self)
        self.add_button.setProperty("role", "accent")
        buttons = tight(QHBoxLayout(), 8)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(4)
        for widget in (self.column_label, self.column_box, self.hint_label, self.names_label, self.names_edit):
            layout.addWidget(widget)
        layout.addWidget(self.problem_label)
        layout.addLayout(buttons)
        self.column_box.currentIndexChanged.connect(self._on_column)
        self.names_edit.returnPressed.connect(self._on_add)
        self.add_button.clicked.connect(self._on_add)
        self.cancel_button.clicked.connect(self.closed)
        self.hide()
        self.retranslate()

    # --- public

    def begin(self, own_column: str, columns: Sequence[tuple[str, str]]) -> None:
        """Ask anew: scoring alone in the assessment's own column comes first, then the other columns by name."""
        self._alone = own_column
        self.column_box.clear()
        self.column_box.addItem(self._i18n.tr("team.kind_alone"), own_column)
        for key, name in columns:
            self.column_box.addItem(name, key)
        self.names_edit.clear()
        self.show_sentence("")
        self.show()
        self.column_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sentence(self, sentence: str) -> None:
        """Say what stands against adding it."""
        show_problem(self.names_edit, self.problem_label, sentence)
        self.problem_label.setVisible(bool(sentence))

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._i18n.tr
        for label, field, key in (
            (self.column_label, self.column_box, "team.kind"),
            (self.names_label, self.names_edit, "team.names"),
        ):
            label.setText(tr(key))
            label.setBuddy(field)
            field.setAccessibleName(tr(key))
        self.names_edit.setPlaceholderText(tr("team.names_hint"))
        self.add_button.setText(tr("team.add_now"))
        self.cancel_button.setText(tr("team.cancel"))
        self._on_column()

    # --- the rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_column(self) -> None:
        alone = self.column_box.currentIndex() == 0
        self.hint_label.setText(self._i18n.tr("team.alone_hint" if alone else "team.column_hint"))

    def _on_add(self) -> None:
        names = tuple(name.strip() for name in self.names_edit.text().translate(SEPARATORS).split("、"))
        alone = self.column_box.currentIndex() == 0
        self.sheet_wanted.emit(self.column_box.currentData(), tuple(name for name in names if name), alone)
