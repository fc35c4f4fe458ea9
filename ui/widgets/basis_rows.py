"""The rows a number rests on, as a table that is written in place: words, and one column for each number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from wufei_cells.domain.answers import BasisRow
from wufei_cells.scoring.bases import MOST_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class BasisField:
    """One number that a row may carry: the field it adds to, and how that is called."""

    name: str
    label: str = ""
    unit: str = ""

    @property
    def heading(self) -> str:
        """What stands above its column."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


class BasisRows(QAbstractTableModel):
    """Holds the rows; below them stands an empty one that becomes a row when something is written into it.

    Signals:
        rows_edited: a person changed something.
    """

    rows_edited = Signal()

    def __init__(self, fields: Sequence[BasisField], parent: QObject | None = None, *, first: str = "") -> None:
        """Make an empty table; ``first`` is the number that a new row begins with, where it has one."""
        super().__init__(parent)
        self.fields = tuple(fields)
        self._first = first
        self._editable = True
        self._heading = ""
        self._cells: list[list[str]] = []
        self._offered = True

    # --- public

    def rows(self) -> tuple[BasisRow, ...]:
        """Give the rows that say anything."""
        names = [field.name for field in self.fields]
        return tuple(
            BasisRow(
                cells[0].strip(),
                {name: cell.strip() for name, cell in zip(names, cells[1:], strict=True) if cell.strip()},
            )
            for cells in self._cells
            if any(cell.strip() for cell in cells)
        )

    def set_rows(self, rows: Sequence[BasisRow]) -> None:
        """Show stored rows; not an edit."""
        self.beginResetModel()
        self._cells = [[row.text, *(row.numbers.get(field.name, "") for field in self.fields)] for row in rows]
        self._offered = self._has_room()
        self.endResetModel()

    def set_words(self, heading: str, fields: Sequence[BasisField]) -> None:
        """Name the columns."""
        self._heading = heading
        self.fields = tuple(fields)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.fields))

    def set_editable(self, editable: bool) -> None:
        """Offer an empty row to write into, or none."""
        if editable != self._editable:
            self.beginResetModel()
            self._editable = editable
            self._offered = self._has_room()
            self.endResetModel()

    def is_new(self, row: int) -> bool:
        """Tell whether this is the empty row at the end."""
        return row >= len(self._cells)

    def remove(self, row: int) -> bool:
        """Take a row away."""
        if not self._editable or not 0 <= row < len(self._cells):
            return False
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._cells[row]
        self.endRemoveRows()
        self._offer_new()
        self.rows_edited.emit()
        return True

    def paste(self, row: int, column: int, cells: Sequence[Sequence[str]]) -> bool:
        """Write cells from a place on; tells whether they all fit, and writes nothing where they do not."""
        if not self._editable or row + len(cells) > MOST_ROWS:
            return False
        self.beginResetModel()
        for at, pasted in enumerate(cells, row):
            if at >= len(self._cells):
                self._cells.append(self._new_row(with_first=column == 0 and len(pasted) == 1))
            for place, cell in enumerate(pasted[: self.columnCount() - column], column):
                self._cells[at][place] = cell
        self._offered = self._has_room()
        self.endResetModel()
        self.rows_edited.emit()
        return True

    # --- Qt's questions

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows, with the empty one to write into."""
        if parent is not None and parent.isValid():
            return 0
        return len(self._cells) + self._offered

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns: words, and the numbers."""
        return 0 if parent is not None and parent.isValid() else 1 + len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what stands in a cell."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return "" if self.is_new(index.row()) else self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() > 0:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.row() + 1} {self._name(index.column())}: {self.data(index)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._name(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every cell be written while the answer may be changed."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._editable and index.isValid() else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write into a cell; the empty row becomes a row, and another empty one follows."""
        text = str(value)
        if role != Qt.ItemDataRole.EditRole or not self._editable or text == self.data(index):
            return False
        row, column = index.row(), index.column()
        if self.is_new(row):
            self._cells.append(self._new_row(with_first=column == 0))
            self._offered = False
            self._cells[row][column] = text
            self._offer_new()
        else:
            self._cells[row][column] = text
        self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))
        self.rows_edited.emit()
        return True

    # --- parts

    def _name(self, column: int) -> str:
        return self.fields[column - 1].heading if column else self._heading

    def _new_row(self, *, with_first: bool) -> list[str]:
        numbers = [self._first] if with_first and self._first else [""]
        return ["", *(numbers * len(self.fields))]

    def _has_room(self) -> bool:
        return self._editable and len(self._cells) < MOST_ROWS

    def _offer_new(self) -> None:
        if self._has_room() and not self._offered:
            self.beginInsertRows(QModelIndex(), len(self._cells), len(self._cells))
            self._offered = True
            self.endInsertRows()
