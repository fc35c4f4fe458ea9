"""Why the total is what it is: the verdict in one sentence, and the whole tree under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.explain_tree import ExplainTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from wufei_cells.services.explaining import ExplainedLine


class ExplainDialog(QDialog):
    """Shows an explanation beside the desk; it stays open and follows the answers.

    Signals:
        entry_requested: the person wants to see an item (its key).
        path_requested: the person wants to know what would get the site further.
    """

    entry_requested = Signal(str)
    path_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.verdict_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.verdict_label.setProperty("role", "section")
        self.hint_label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.hint_label.setProperty("role", "muted")
        self.tree = ExplainTree(context.i18n)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.path_button = QPushButton(self)
        self.buttons.addButton(self.path_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.path_button.clicked.connect(self.path_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for widget in (self.verdict_label, self.hint_label):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addWidget(self.buttons)
        self.resize(760, 560)
        self.tree.entry_requested.connect(self.entry_requested)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()
        self.tree.setFocus()

    def show_explanation(self, verdict: str, lines: Sequence[ExplainedLine]) -> None:
        """Show another explanation."""
        self.verdict_label.setText(verdict)
        self.tree.show_lines(lines)

    def retranslate(self) -> None:
        """Write everything anew; the page gives the sentences in the new language."""
        self.setWindowTitle(self._context.i18n.tr("desk.why_title"))
        self.hint_label.setText(self._context.i18n.tr("desk.why_hint"))
        self.path_button.setText(self._context.i18n.tr("path.open"))
        self.tree.retranslate()
