"""What stands against something, a line for each: whom or what it is about, and the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from ui.widgets.plain import literal
from ui.widgets.sentence_delegate import SentenceDelegate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.context import AppContext


class RefusalList(QTreeWidget):
    """Lists sentences beside the names they belong to."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        tr = context.i18n.tr
        self.setColumnCount(2)
        self.setRootIsDecorated(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHeaderLabels([tr("certificates.refused_place"), tr("certificates.refused_why")])
        self.setAccessibleName(tr("certificates.refused_why"))
        self.setItemDelegateForColumn(1, SentenceDelegate(self))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().resizeSection(0, 200)

    def show_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show other lines: the place, and the sentence."""
        self.clear()
        icon = self._context.theme.icon("alert", "failed")
        for place, sentence in lines:
            item = QTreeWidgetItem(self, [place, sentence])
            item.setIcon(0, icon)
            for column in range(2):
                item.setToolTip(column, literal(item.text(column)))

    def text(self) -> str:
        """Give all lines, to be copied."""
        items = [item for row in range(self.topLevelItemCount()) if (item := self.topLevelItem(row))]
        return "\n".join(f"{item.text(0)}\t{item.text(1)}" for item in items)
