"""Rows under declared columns, as the room of certificates and others list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.context import Places
from ui.models.tool_tips import literal

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QIcon

    from ui.context import AppContext
    from ui.i18n import I18n

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class TableColumn(Generic[RowT]):
    """One column: the key of its title, what stands in a cell, and how wide it is in characters."""

    title: str
    text: Callable[[I18n, Places, RowT], str]
    width: float
    right: bool = False
    look: Callable[[RowT], tuple[str, str] | None] | None = None


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Rows of one kind under declared columns, as far as they hold the words that are looked for."""

    def __init__(
        self, context: AppContext, columns: Sequence[TableColumn[RowT]], key: str, parent: QObject | None = None
    ) -> None:
        """Build an empty model; ``key`` names the field that identifies a row."""
        super().__init__(parent)
        self._i18n = context.i18n
        self._theme = context.theme
        self.columns = tuple(columns)
        self._key = key
        self._places = Places({}, {})
        self._all: tuple[RowT, ...] = ()
        self._shown: list[RowT] = []
        self._haystacks: dict[str, str] = {}
        self._words: tuple[str, ...] = ()

    # --- public

    @property
    def total(self) -> int:
        """How many rows there are, looked for or not."""
        return len(self._all)

    def set_rows(self, rows: tuple[RowT, ...], places: Places) -> None:
        """Show other rows."""
        self._all, self._places = rows, places
        self._haystacks.clear()
        self._filter()

    def set_words(self, words: str) -> None:
        """Show only the rows that hold these words in some column."""
        self._words = tuple(words.casefold().split())
        self._filter()

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> RowT | None:
        """Give the row of a line."""
        return self._shown[index.row()] if index.isValid() else None

    def index_of(self, key: str) -> QModelIndex:
        """Find a row among those shown; an invalid index when it is not there."""
        place = next((place for place, row in enumerate(self._shown) if getattr(row, self._key) == key), -1)
        return self.index(place, 0) if place >= 0 else QModelIndex()

    def retranslate(self) -> None:
        """Have all words read again."""
        self._haystacks.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))

    # --- Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the lines."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Count the columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._i18n.tr(self.columns[section].title)
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words, the icon and the color of a cell."""
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = column.text(self._i18n, self._places, row)
            return text if role == Qt.ItemDataRole.DisplayRole else literal(text)
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        look = column.look(row) if column.look else None
        return self._painted(look, role) if look else None

    # --- the rest

    def _painted(self, look: tuple[str, str], role: int) -> QIcon | QColor | None:
        if role == Qt.ItemDataRole.DecorationRole:
            return self._theme.icon(*look)
        return self._theme.color(look[1]) if role == Qt.ItemDataRole.ForegroundRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._all if not self._words or self._holds(row)]
        self.endResetModel()

    def _holds(self, row: RowT) -> bool:
        key = str(getattr(row, self._key))
        haystack = self._haystacks.get(key)
        if haystack is None:
            haystack = "\n".join(column.text(self._i18n, self._places, row) for column in self.columns).casefold()
            self._haystacks[key] = haystack
        return all(word in haystack for word in self._words)
