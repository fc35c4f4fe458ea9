"""How a cell of the grid is written into: a plain line that opens in it, and where the keys lead from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QLineEdit, QStyledItemDelegate, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel, QObject
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.desk.grid_table import GridTable

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.Key
ENTER = (KEY.Key_Return, KEY.Key_Enter)
FRAME = 2
CELL_EDITOR = "QLineEdit { min-height: 0; border-radius: 0; padding: 0 3px; }"


class CellDelegate(QStyledItemDelegate):
    """Opens a plain line in a cell, and says where to go when it is done."""

    def __init__(self, table: GridTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a frame around the cell the person is at: among several selected ones the color alone does not tell."""
        super().paint(painter, option, index)
        if index == self._table.currentIndex() and self._table.hasFocus():
            painter.save()
            painter.setPen(QPen(self._table.accent(), FRAME))
            painter.drawRect(cast("Any", option).rect.adjusted(1, 1, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Give a plain line, which takes input methods like any field."""
        del option
        editor = QLineEdit(parent)
        editor.setFrame(False)
        editor.setStyleSheet(CELL_EDITOR)
        editor.setAccessibleName(self._table.name_of(index))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what stands in the cell, unless something was typed already."""
        line = cast("QLineEdit", editor)
        if not line.isModified():
            line.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Take over what was typed; what nobody changed is not written."""
        del model
        line = cast("QLineEdit", editor)
        if line.isModified():
            line.setModified(False)
            self._table.take(index, line.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the cell."""
        del index
        editor.setGeometry(cast("Any", option).rect)  # the type stubs do not know the fields of style options

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store and go on with Enter, Tab and the arrows up and down."""
        if event.type() is QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            step = _step_of(cast("QKeyEvent", event))
            if step is not None:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self._table.step(*step)
                return True
        return super().eventFilter(watched, event)


def _step_of(event: QKeyEvent) -> tuple[int, int] | None:
    key = KEY(event.key())
    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if key in ENTER:
        return (-1, 0) if back else (1, 0)
    steps = {KEY.Key_Tab: (0, 1), KEY.Key_Backtab: (0, -1), KEY.Key_Down: (1, 0), KEY.Key_Up: (-1, 0)}
    return steps.get(key)
