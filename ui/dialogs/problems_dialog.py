"""Everything that is wrong with a file, each with its place and what to do: to be read, copied, and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label
from ui.widgets.sentence_delegate import SentenceDelegate

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.errors import ProblemsFound

SIZE = (820, 480)


class ProblemsDialog(QDialog):
    """Lists the problems of a file.

    Signals:
        opening_requested: the person wants to go on with what could be read.
    """

    opening_requested = Signal()

    def __init__(
        self,
        context: AppContext,
        file: str,
        found: ProblemsFound,
        parent: QWidget | None = None,
        *,
        readable: bool = False,
    ) -> None:
        """Build the list; of a ``readable`` file the rest can be opened all the same."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._found = found
        tr = context.i18n.tr
        self.setWindowTitle(tr("checklists.problems.title"))
        self.heading_label = plain_label("section", wrap=True)
        self.heading_label.setText(tr("checklists.problems.heading", file=file, count=len(found.problems)))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("checklists.problems.hint_readable" if readable else "checklists.problems.hint"))
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setRootIsDecorated(False)
        self.tree.setItemDelegateForColumn(1, SentenceDelegate(self.tree))
        self.tree.setHeaderLabels([tr("studio.translations.place"), tr("studio.problems")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        icon = context.theme.icon("alert", "failed")
        for problem in found.problems:
            item = QTreeWidgetItem(self.tree, [problem.place, context.i18n.problem(problem)])
            item.setIcon(0, icon)
            item.setToolTip(1, literal(item.text(1)))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(context.theme.icon("copy"), tr("checklists.problems.copy"))
        self.buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.open_button = QPushButton(tr("checklists.problems.open"))
        self.open_button.setProperty("role", "accent")
        self.open_button.setVisible(readable)
        if readable:
            self.buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.AcceptRole)
            self.buttons.accepted.connect(self._on_accepted)
        column = tight(QVBoxLayout(self))
        column.setContentsMargins(16, 16, 16, 12)
        for widget in (self.heading_label, self.hint_label):
            column.addWidget(widget)
        column.addWidget(self.tree, 1)
        column.addWidget(self.buttons)
        self.copy_button.clicked.connect(self._copy)
        self.buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
        self.setWindowModality(Qt.WindowModality.WindowModal)

    def _on_accepted(self) -> None:
        self.opening_requested.emit()
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._context.i18n.error(self._found))
