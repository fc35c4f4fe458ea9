"""Choose the items that a piece of evidence stands under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ui.context import AppContext

KEY = Qt.ItemDataRole.UserRole


class EvidenceItems(QDialog):
    """Lists the items of the checklist with a box for each.

    Signals:
        chosen: the piece is to stand under these further ones, and no longer under those (two lists of keys).
    """

    chosen = Signal(list, list)

    def __init__(
        self,
        context: AppContext,
        name: str,
        items: Sequence[tuple[str, str]],
        standing: Collection[str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog for a piece; items are keys and words."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tr = context.i18n.tr
        self._standing = frozenset(standing)
        self.setWindowTitle(tr("desk.evidence_items_title"))
        self.name_label = plain_label("section", wrap=True)
        self.name_label.setText(name)
        self.search_edit = QLineEdit(self)
        self.search_edit.setPlaceholderText(tr("desk.evidence_items_search"))
        self.search_edit.setAccessibleName(tr("desk.evidence_items_search"))
        self.search_edit.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("desk.evidence_items_title"))
        for key, words in items:
            entry = QListWidgetItem(words, self.list)
            entry.setData(KEY, key)
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            entry.setCheckState(Qt.CheckState.Checked if key in self._standing else Qt.CheckState.Unchecked)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        for widget in (self.name_label, self.search_edit, self.list, self.buttons):
            column.addWidget(widget)
        self.search_edit.textChanged.connect(self._on_search)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.resize(520, 560)

    def accept(self) -> None:
        """Tell what changed."""
        entries = [self.list.item(at) for at in range(self.list.count())]
        marked = [str(entry.data(KEY)) for entry in entries if entry.checkState() == Qt.CheckState.Checked]
        added = [key for key in marked if key not in self._standing]
        gone = [key for key in self._standing if key not in marked]
        super().accept()
        if added or gone:
            self.chosen.emit(added, gone)

    def _on_search(self, words: str) -> None:
        for at in range(self.list.count()):
            entry = self.list.item(at)
            entry.setHidden(words.strip().lower() not in entry.text().lower())
