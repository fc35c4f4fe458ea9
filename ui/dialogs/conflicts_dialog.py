"""A window of its own for what is in conflict, and the rule by which many are settled in one go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ui.dialogs.conflict_board import ConflictBoard
from ui.dialogs.conflict_rule_dialog import ConflictRuleDialog

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.conflicts import ConflictRow

SIZE = (1180, 660)


class ConflictsDialog(QDialog):
    """Shows the board of conflicts; it stays open beside the window."""

    def __init__(self, context: AppContext, parent: QWidget | None = None, *, conflict: str = "") -> None:
        super().__init__(parent)
        self._context = context
        self.board = ConflictBoard(context, self)
        self.board.rule_requested.connect(partial(show_rule, context, self.board))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        for button in self.buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]  # they are push buttons
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.board, 1)
        column.addWidget(self.buttons)
        context.events.language_changed.connect(self.retranslate)
        self.board.counted.connect(self._on_counted)
        self.resize(*SIZE)
        self.retranslate()
        if conflict:
            self.board.show_conflict(conflict)

    @Slot()
    def retranslate(self) -> None:
        """Write the title anew."""
        self._on_counted(len(self.board.rows))

    @Slot(int)
    def _on_counted(self, count: int) -> None:
        self.setWindowTitle(self._context.i18n.tr("conflict.ui_title", count=count))


def show_rule(context: AppContext, board: ConflictBoard, rows: tuple[ConflictRow, ...]) -> ConflictRuleDialog:
    """Ask for the rule by which conflicts are settled; the board reads its list anew when it is done."""
    dialog = ConflictRuleDialog(context, rows, board)
    dialog.settled.connect(board.refresh)
    dialog.open()
    return dialog
