"""A layout of equally wide tiles: in as few rows as there is room for, and these as even as they can be."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class TileLayout(QLayout):
    """Shares the width among its visible widgets; where they do not fit into one row it makes more."""

    def __init__(self, *, spacing: int = 12) -> None:
        super().__init__()
        self._entries: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def columns(self, width: int) -> int:
        """Tell how many tiles stand beside each other at a width."""
        shown = len(self._shown())
        fitting = max(1, (width + self.spacing()) // (self._widest() + self.spacing()))
        rows = -(-shown // fitting)
        return -(-shown // max(1, rows))

    # --- Qt's questions

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item."""
        self._entries.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._entries)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt returns nothing for a wrong index
        """Give an item."""
        return self._entries[index] if 0 <= index < len(self._entries) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give an item away."""
        return self._entries.pop(index) if 0 <= index < len(self._entries) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Say how high the rows are at a width."""
        columns = self.columns(width)
        rows = -(-len(self._shown()) // columns) if columns else 0
        return max(0, rows * (self._highest() + self.spacing()) - self.spacing())

    def sizeHint(self) -> QSize:
        """Ask for the least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Ask for room for one tile."""
        return QSize(self._widest(), self._highest())

    def setGeometry(self, rect: QRect) -> None:
        """Put every tile in its place."""
        super().setGeometry(rect)
        columns = self.columns(rect.width())
        if not columns:
            return
        gap, height = self.spacing(), self._highest()
        width = (rect.width() - gap * (columns - 1)) // columns
        for number, entry in enumerate(self._shown()):
            row, column = divmod(number, columns)
            entry.setGeometry(QRect(rect.x() + column * (width + gap), rect.y() + row * (height + gap), width, height))

    # --- the rest

    def _shown(self) -> list[QLayoutItem]:
        return [entry for entry in self._entries if (widget := entry.widget()) is None or not widget.isHidden()]

    def _widest(self) -> int:
        return max((entry.minimumSize().width() for entry in self._shown()), default=1)

    def _highest(self) -> int:
        return max((entry.minimumSize().height() for entry in self._shown()), default=0)
