"""A table of rows that hides its less important columns where there is no room for them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget


class FittingTable(QTableView):
    """Shows one chosen row at a time; one column stretches, the others have fixed widths and an order of importance."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widths: dict[int, int] = {}
        self._least = 0
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(48)

    def fit(self, stretched: int, least: int, widths: Mapping[int, int]) -> None:
        """Set the widths of columns, the most important first; ``stretched`` takes the rest, ``least`` at least."""
        self._widths, self._least = dict(widths), least
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self._choose_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the columns for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._choose_columns()

    def _choose_columns(self) -> None:
        left = self.viewport().width() - self._least
        for column, width in self._widths.items():
            left -= width
            if left >= 0:
                self.showColumn(column)
                self.setColumnWidth(column, width)
            else:
                self.hideColumn(column)
