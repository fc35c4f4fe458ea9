"""A short table of what is known already: rows of words that each stand for something."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView

from ui.widgets.fitted_table import NAME, FittedTable
from ui.widgets.plain import literal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
MOST_ROWS = 12
"""Rows that are shown without scrolling."""
WIDEST = 24
"""Characters at most for a column after the first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row."""

    key: str
    """What it stands for."""
    cells: tuple[str, ...]
    tones: Mapping[int, str] = field(default_factory=dict[int, str])
    """Colors of cells that say something by theirs, besides their words."""


class LinesModel(QAbstractTableModel):
    """Holds the rows."""

    def __init__(self, theme: Theme, right: Collection[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.right = frozenset(right)
        self.heads: Sequence[str] = ()
        self.lines: Sequence[Line] = ()

    def show(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Hold other rows."""
        self.beginResetModel()
        self.heads, self.lines = heads, lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return literal(line.cells[column])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        if role == Qt.ItemDataRole.ForegroundRole and column in line.tones:
            return self._theme.color(line.tones[column])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the head of a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        side = Qt.AlignmentFlag.AlignRight if column in self.right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class LineTable(FittedTable):
    """Shows the rows, as high as they are up to some.

    Signals:
        chosen: somebody wants to see what a row stands for (its key).
    """

    chosen = Signal(str)

    def __init__(
        self,
        context: AppContext,
        *,
        right: Collection[int] = (),
        giving_way: Sequence[int] = (),
        most: int = MOST_ROWS,
        name: float = NAME,
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            context: the window's.
            right: columns of numbers.
            giving_way: columns that are hidden first where it is narrow.
            most: rows that are shown without scrolling.
            name: characters that the first column has room for before another gives way.
            parent: the widget it belongs to.
        """
        self._theme = context.theme
        self._model = LinesModel(context.theme, right)
        super().__init__(self._model, parent=parent)
        self._model.setParent(self)
        self._hidden_first, self._most, self._name_room = tuple(giving_way), most, name
        self.row_opened.connect(self._on_opened)

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._model.lines

    def set_sides(self, *, right: Collection[int], giving_way: Sequence[int]) -> None:
        """Say anew which columns have numbers, and which are hidden first."""
        self._model.right = frozenset(right)
        self._hidden_first = tuple(giving_way)

    def show_lines(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Show rows; the one that was selected stays so."""
        kept = self.currentIndex().row()
        self._model.show(heads, lines)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        height = self._theme.row_height()
        self.verticalHeader().setDefaultSectionSize(height)
        characters = [self._widest(column) for column in range(1, len(heads))]
        character = self.fontMetrics().horizontalAdvance("国")
        self.set_columns(characters, self._hidden_first, character, name=self._name_room)
        shown = min(len(lines), self._most)
        self.setFixedHeight(height * shown + self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth() + 2)
        if 0 <= kept < len(lines):
            self.selectRow(kept)

    def _widest(self, column: int) -> float:
        metrics, character = self.fontMetrics(), self.fontMetrics().horizontalAdvance("国")
        texts = [self._model.heads[column], *(line.cells[column] for line in self._model.lines)]
        return min(WIDEST, max(metrics.horizontalAdvance(text) for text in texts) / max(1, character) + 0.5)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.lines[index.row()].key)
