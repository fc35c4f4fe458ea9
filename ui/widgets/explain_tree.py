"""How a number came about, as a tree that can be opened as deep as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.widgets.plain import literal
from ui.widgets.sentence_delegate import PADDING, SentenceDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from wufei_cells.services.explaining import ExplainedLine


class ExplainTree(QTreeWidget):
    """Shows explained lines with their points.

    Signals:
        entry_requested: the person wants to see what a line speaks of (key of the item, or of a group).
    """

    entry_requested = Signal(str)

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self.setColumnCount(2)
        self.setStyleSheet(f"QTreeView::item {{ padding: 2px {PADDING}px 2px 0; }}")
        self.setItemDelegateForColumn(0, SentenceDelegate(self))
        self.headerItem().setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemActivated.connect(self._on_activated)
        self.retranslate()

    def show_lines(self, lines: Sequence[ExplainedLine]) -> None:
        """Show a tree; what speaks of the whole is open at once, groups and items on demand."""
        self.clear()
        path: list[QTreeWidgetItem] = []
        for line in lines:
            del path[line.depth :]
            item = QTreeWidgetItem([line.sentence, line.points])
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, Qt.ItemDataRole.UserRole, line.key)
            item.setToolTip(0, literal(line.sentence))
            if path:
                path[-1].addChild(item)
            else:
                self.addTopLevelItem(item)
            item.setExpanded(not line.key)
            path.append(item)
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    def retranslate(self) -> None:
        """Name the columns again."""
        self.setHeaderLabels([self._i18n.tr("desk.explained_sentence"), self._i18n.tr("desk.explained_points")])
        self.setAccessibleName(self._i18n.tr("desk.why_title"))

    def _on_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        key = item.data(0, Qt.ItemDataRole.UserRole)
        if key:
            self.entry_requested.emit(str(key).split(".", maxsplit=1)[0])
