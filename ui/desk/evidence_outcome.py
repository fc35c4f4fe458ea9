"""What became of the files that were to be taken in: one line, however many there are; the dialog behind it has all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from ui.dialogs.problems_dialog import ProblemsDialog
from ui.widgets.plain import plain_label
from wufei_cells.errors import ProblemsFound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from wufei_cells.errors import Problem


class EvidenceOutcome(QWidget):
    """One line with a button for the whole list and one that puts it away; hidden while there is nothing to say."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._problems: tuple[Problem, ...] = ()
        self._notes: tuple[Problem, ...] = ()
        self.text_label = plain_label("problem", wrap=True, selectable=True)
        self.show_button = QPushButton(self)
        self.show_button.setProperty("role", "flat")
        self.close_button = QToolButton(self)
        self.close_button.setProperty("role", "flat")
        self.close_button.setIconSize(QSize(16, 16))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.text_label, 1)
        row.addWidget(self.show_button)
        row.addWidget(self.close_button)
        self.show_button.clicked.connect(self._show_all)
        self.close_button.clicked.connect(self.clear)
        context.events.scheme_changed.connect(self.retranslate)
        self.hide()

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self.show_outcome((), ())

    def show_outcome(self, problems: Sequence[Problem], notes: Sequence[Problem]) -> None:
        """Say what was not taken in, and what a person should know of the rest."""
        self._problems, self._notes = tuple(problems), tuple(notes)
        self.retranslate()
        self.setVisible(bool(self._problems or self._notes))

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.text_label.setText(self._words())
        self.show_button.setText(tr("desk.evidence_outcome_all"))
        self.show_button.setVisible(len(self._problems) + len(self._notes) > 1)
        self.close_button.setIcon(self._context.theme.icon("close"))
        self.close_button.setToolTip(tr("ui.dismiss"))
        self.close_button.setAccessibleName(tr("ui.dismiss"))

    # --- the rest

    def _words(self) -> str:
        i18n, told = self._context.i18n, (*self._problems, *self._notes)
        if len(told) == 1:
            return f"{told[0].place}：{i18n.problem(told[0])}"
        parts = [("desk.evidence_refused", len(self._problems))]
        parts.append(("desk.evidence_noted", len({note.place for note in self._notes})))
        return " ".join(i18n.tr(key, count=count) for key, count in parts if count)

    @Slot()
    def _show_all(self) -> None:
        tr = self._context.i18n.tr
        found = ProblemsFound((*self._problems, *self._notes), subject=tr("desk.evidence_title"))
        dialog = ProblemsDialog(self._context, tr("desk.evidence_title"), found, self.window())
        dialog.setWindowTitle(tr("desk.evidence_outcome_title"))
        dialog.hint_label.setText(self._words())
        dialog.open()
