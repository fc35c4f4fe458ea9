"""A layout of equally wide tiles: in as few rows as there is room for, and these as even as they can be."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from ui.widgets.flow_layout import FlowLayout


class TileLayout(FlowLayout):
    """Shares the width among its visible widgets; where they do not fit into one row it makes more."""

    def __init__(self, *, spacing: int = 12) -> None:
        super().__init__(spacing=spacing)

    def columns(self, width: int) -> int:
        """Tell how many tiles stand beside each other at a width."""
        shown = len(self._shown())
        fitting = max(1, (width + self.spacing()) // (self._widest() + self.spacing()))
        rows = -(-shown // fitting)
        return -(-shown // max(1, rows))

    # --- Qt's questions

    def minimumSize(self) -> QSize:
        """Ask for room for one tile."""
        return QSize(self._widest(), self._highest())

    # --- the rest

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Share the width among the tiles; give the height of the rows."""
        gap, height, shown = self.spacing(), self._highest(), self._shown()
        if not shown:
            return 0
        columns = self.columns(rect.width())
        width = (rect.width() - gap * (columns - 1)) // columns
        for number, entry in enumerate(shown if move else ()):
            row, column = divmod(number, columns)
            entry.setGeometry(QRect(rect.x() + column * (width + gap), rect.y() + row * (height + gap), width, height))
        return -(-len(shown) // columns) * (height + gap) - gap

    def _shown(self) -> list[QLayoutItem]:
        return [entry for entry in self._entries if (widget := entry.widget()) is None or not widget.isHidden()]

    def _widest(self) -> int:
        return max((entry.minimumSize().width() for entry in self._shown()), default=1)

    def _highest(self) -> int:
        return max((entry.minimumSize().height() for entry in self._shown()), default=0)
