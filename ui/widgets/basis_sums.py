"""The sums under the columns of the rows a number rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.widgets.basis_table import BasisTable


class BasisSums(QTableWidget):
    """One row that stands under the columns of a table and cannot be written into."""

    def __init__(self, table: BasisTable, parent: QWidget | None = None) -> None:
        super().__init__(1, table.rows.columnCount(), parent)
        self._table = table
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(0)
        for column in range(self.columnCount()):
            item = QTableWidgetItem()
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            font = item.font()
            font.setBold(True)
            item.setFont(font)
            self.setItem(0, column, item)
        self.setFixedHeight(self.verticalHeader().defaultSectionSize() + 2 * self.frameWidth())
        table.horizontalHeader().sectionResized.connect(self._on_section_resized)
        table.horizontalHeader().geometriesChanged.connect(self._take_widths)
        table.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        self._take_widths()

    def show_sums(self, title: str, sums: Mapping[str, str]) -> None:
        """Write the sums."""
        texts = [title, *(sums.get(field.name, "") for field in self._table.rows.fields)]
        for column, text in enumerate(texts):
            item = self.item(0, column)
            if item is not None and item.text() != text:
                item.setText(text)
        headings = [field.heading for field in self._table.rows.fields]
        told = (f"{heading} {total}" for heading, total in zip(headings, texts[1:], strict=True) if total)
        self.setAccessibleName(" · ".join([title, *told]))

    def _take_widths(self) -> None:
        for column in range(self.columnCount()):
            self.setColumnWidth(column, self._table.columnWidth(column))

    def _on_section_resized(self, column: int, _before: int, width: int) -> None:
        self.setColumnWidth(column, width)
