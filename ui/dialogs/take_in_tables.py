"""The two tables of an import: the files that came, and what they would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QTreeWidget, QTreeWidgetItem

from ui.widgets.plain import literal
from ui.widgets.sentence_delegate import PADDING, SentenceDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.context import AppContext
    from ui.dialogs.incoming_lines import Line

FILES = (("file", 26), ("from", 19), ("made", 15), ("holds", 17), ("state", 23))
CHANGES = (("what", 32), ("before", 23), ("after", 24), ("by", 21))


class TwoLines(QStyledItemDelegate):
    """Gives every row the height of two lines of text; to measure hundreds of sentences would hold the window up."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for two lines."""
        del index
        return QSize(0, 2 * option.fontMetrics.lineSpacing() + PADDING)  # type: ignore[attr-defined]  # stubs lack it


class LinesTable(QTreeWidget):
    """Shows lines in columns whose sentences may wrap."""

    def __init__(
        self, context: AppContext, columns: Sequence[tuple[str, int]], title: str, state: int, *, many: bool = False
    ) -> None:
        """Build an empty table; ``state`` is the column that bears the icon and the color.

        Where there are ``many`` lines all are equally high, and what does not fit is in the tool tip.
        """
        super().__init__()
        self._context = context
        self._shares = [share for _name, share in columns]
        self._state = state
        tr = context.i18n.tr
        self.setColumnCount(len(columns))
        self.setHeaderLabels([tr(f"exchange.column.{name}") for name, _share in columns])
        self.setAccessibleName(tr(title))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setWordWrap(True)
        self.setUniformRowHeights(many)
        self.setItemDelegate(TwoLines(self) if many else SentenceDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.header().setSectionsMovable(False)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show lines."""
        self.clear()
        theme = self._context.theme
        items: list[QTreeWidgetItem] = []
        for line in lines:
            item = QTreeWidgetItem(list(line.texts))
            for column, text in enumerate(line.texts):
                item.setToolTip(column, literal(text))
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            if line.icon:
                item.setIcon(self._state, theme.icon(line.icon, line.tone))
            item.setForeground(self._state, theme.color(line.tone))
            items.append(item)
        self.addTopLevelItems(items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, self.viewport().width() * share // 100)
