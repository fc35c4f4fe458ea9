"""A table of rows whose first column keeps room for a name: other columns give way in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

PADDING = 18
NAME = 9  # characters that the first column has room for before another column gives way


class FittedTable(QTableView):
    """Shows rows; they open with Enter as well as with a double click.

    Signals:
        row_opened: the person wants to open a row.
    """

    row_opened = Signal(QModelIndex)

    def __init__(self, model: QAbstractItemModel, *, several: bool = False, parent: QWidget | None = None) -> None:
        """Build the table; with ``several`` more than one row can be selected."""
        super().__init__(parent)
        self._widths: tuple[int, ...] = ()
        self._giving_way: tuple[int, ...] = ()
        self._name = 0
        mode = QAbstractItemView.SelectionMode
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setModel(model)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self.row_opened)

    # --- public

    def set_columns(
        self, characters: Sequence[float], giving_way: Sequence[int], character: int, *, name: float = NAME
    ) -> None:
        """Say how many characters each column after the first holds, and which give way first where it is narrow.

        Args:
            characters: of each column after the first.
            giving_way: columns, the first to go in front.
            character: its width.
            name: characters that the first column has room for before another gives way.
        """
        self._widths = tuple(round(count * character) + PADDING for count in characters)
        self._giving_way = tuple(giving_way)
        self._name = round(name * character) + PADDING
        for place, width in enumerate(self._widths, 1):
            self.setColumnWidth(place, width)
        self._fit()

    # --- Qt events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    # --- the rest

    def _fit(self) -> None:
        left = self.viewport().width() - sum(self._widths)
        for column in self._giving_way:
            hidden = left < self._name
            if hidden:
                left += self._widths[column - 1]
            if self.isColumnHidden(column) != hidden:
                self.setColumnHidden(column, hidden)
