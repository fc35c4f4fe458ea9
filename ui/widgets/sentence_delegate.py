"""Rows of a tree as high as their sentences need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStyledItemDelegate, QTreeWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

PADDING = 8
HIGHEST = 1000  # pixels; no sentence is so long


class SentenceDelegate(QStyledItemDelegate):
    """Asks for the height a sentence has at the width of its column; a tree view asks for one line without a width."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.setWordWrap(True)
        tree.header().sectionResized.connect(tree.scheduleDelayedItemsLayout)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height of the sentence at the width its column has."""
        hint = super().sizeHint(option, index)
        spanned = self._tree.isFirstColumnSpanned(index.row(), index.parent())
        width = self._tree.viewport().width() if spanned else self._tree.columnWidth(index.column())
        icon = 0 if index.data(Qt.ItemDataRole.DecorationRole) is None else option.decorationSize.width() + PADDING  # type: ignore[attr-defined]  # stubs lack it
        room = width - self._indent(index) - icon - 2 * PADDING
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
        lines = self._tree.fontMetrics().boundingRect(0, 0, max(room, 1), HIGHEST, flags, text)
        return QSize(hint.width(), max(hint.height(), lines.height() + PADDING))

    def _indent(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Give how far the first column is moved in at this depth."""
        if index.column():
            return 0
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return depth * self._tree.indentation()
