"""The table of what a number rests on: written cell by cell with the keyboard, with the sums under its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.widgets.pasted_cells import pasted_cells
from wufei_cells.scoring.bases import LONGEST_NUMBER, LONGEST_ROW

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import QFocusEvent

    from ui.widgets.basis_rows import BasisRows

MOST_SHOWN = 8  # rows before the table scrolls by itself
NUMBER_WIDTH = 120
WORDS_WIDTH = 160
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ACROSS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class CellEdit(QLineEdit):
    """The field in which one cell is written.

    Signals:
        cell_typed: the text changed under the person's hands (the field).
    """

    cell_typed = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.textEdited.connect(self._on_text_edited)

    def _on_text_edited(self, _text: str) -> None:
        self.cell_typed.emit(self)


class CellWriter(QStyledItemDelegate):
    """Makes the fields of a table, writes every key press into its rows, and hands keys that leave a cell on to it."""

    def __init__(self, table: BasisTable) -> None:
        super().__init__(table)
        self._table = table

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Make the field for a cell."""
        edit = CellEdit(parent)
        edit.setMaxLength(LONGEST_NUMBER if index.column() else LONGEST_ROW)
        if index.column():
            edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        heading = index.model().headerData(index.column(), Qt.Orientation.Horizontal)
        edit.setAccessibleName(f"{index.row() + 1} {heading}")
        edit.cell_typed.connect(self.commitData)
        return edit

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show what stands in the cell, unless it is just being typed."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != text:
            editor.setText(text)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Let keys that leave the cell move through the table."""
        if isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                return False
            if event.type() == QEvent.Type.KeyPress:
                if self._table.take_key(event):
                    return True
                if event.key() in ENTER or event.key() == Qt.Key.Key_Escape:
                    event.ignore()
                    return False
        return super().eventFilter(editor, event)


class BasisTable(QTableView):
    """Shows the rows a number rests on; every cell is a field.

    Tab goes from cell to cell and out of the table, Enter to the next cell to be filled and so to a new row, the arrow
    keys up and down; Ctrl+Delete takes a row away, and cells from a spreadsheet can be pasted.

    Signals:
        row_left: the person finished writing in a cell.
        paste_refused: more rows were pasted than there is room for (how many).
    """

    row_left = Signal()
    paste_refused = Signal(int)

    def __init__(self, rows: BasisRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.setModel(rows)
        self.setItemDelegate(CellWriter(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._set_widths()
        self.itemDelegate().closeEditor.connect(self._on_cell_left)
        for change in (rows.rowsInserted, rows.rowsRemoved, rows.modelReset):
            change.connect(self.fit_height)
        self.fit_height()

    def _set_widths(self) -> None:
        header = self.horizontalHeader()
        header.setMinimumSectionSize(WORDS_WIDTH if self.rows.columnCount() == 1 else 72)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self.rows.columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, NUMBER_WIDTH)

    # --- public

    def begin(self) -> None:
        """Put the cursor where the next row is written."""
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.go(last, 0)

    def go(self, row: int, column: int) -> None:
        """Put the cursor into a cell."""
        index = self.rows.index(row, column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if self.indexWidget(index) is None and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def remove_current(self) -> bool:
        """Take away the row with the cursor; tells whether there was one."""
        at = self.currentIndex()
        if not at.isValid() or not self.rows.remove(at.row()):
            return False
        self.go(min(at.row(), self.rows.rowCount() - 1), at.column())
        return True

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on a key that leaves a cell; tells whether it was one."""
        key, at = Qt.Key(event.key()), self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not at.isValid():
            return False
        if key in ACROSS and not control:
            self._go_across(at, ACROSS[key])
        elif key in ENTER and not control:
            return self._go_on(at)
        elif key in DOWN and not control:
            self.go(min(max(at.row() + DOWN[key], 0), self.rows.rowCount() - 1), at.column())
        elif key == Qt.Key.Key_Delete and control:
            self.remove_current()
        elif event.matches(QKeySequence.StandardKey.Paste):
            return self._paste(at)
        else:
            return False
        return True

    # --- Qt events

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take the rows, and nothing else."""
        assert model is self.rows
        super().setModel(model)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on keys that leave a cell, too, where none is open."""
        if self.take_key(event):
            event.accept()
        elif event.key() in ENTER or event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the desk goes on to the next item, or out of the table
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open a cell for writing when the keyboard comes here."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.begin()
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.go(self.rows.rowCount() - 1, self.rows.columnCount() - 1)

    # --- parts

    def _go_across(self, at: QModelIndex, step: int) -> None:
        """Go to the cell beside this one, and past either end out of the table."""
        columns = self.rows.columnCount()
        place = at.row() * columns + at.column() + step
        if 0 <= place < self.rows.rowCount() * columns:
            self.go(*divmod(place, columns))
            return
        self._close_cell()
        self.focusNextPrevChild(step > 0)

    def _go_on(self, at: QModelIndex) -> bool:
        """Go to the next empty cell of this row, else to the next row; from an empty new row there is no going on."""
        if self.rows.is_new(at.row()):
            return False
        cells = [self.rows.index(at.row(), column) for column in range(at.column() + 1, self.rows.columnCount())]
        empty = next((cell for cell in cells if not cell.data()), None)
        if empty is not None:
            self.go(empty.row(), empty.column())
        elif at.row() + 1 < self.rows.rowCount():
            self.go(at.row() + 1, 0)
        else:  # there is no room for more rows
            return False
        return True

    def _paste(self, at: QModelIndex) -> bool:
        """Write cells from the clipboard; a single one is pasted into the text like any other."""
        text = QGuiApplication.clipboard().text()
        cells = pasted_cells(text)
        if not cells or (len(cells) == 1 and len(cells[0]) == 1):
            return False
        row, column = at.row(), at.column()
        self._close_cell()
        if self.rows.paste(row, column, cells):
            self.row_left.emit()
            self.begin()
        else:
            self.paste_refused.emit(row + len(cells))
            self.go(row, column)
        return True

    def _close_cell(self) -> None:
        """Finish writing in the cell that is open."""
        for edit in self.viewport().findChildren(CellEdit):
            if not edit.isHidden():  # those that were closed are about to be deleted
                self.commitData(edit)
                self.closeEditor(edit, QStyledItemDelegate.EndEditHint.NoHint)

    def fit_height(self) -> None:
        """Be as high as the rows, up to a few."""
        shown = min(max(self.rows.rowCount(), 1), MOST_SHOWN)
        height = self.verticalHeader().defaultSectionSize() * shown + self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(height + 2 * self.frameWidth())

    # --- slots

    def _on_cell_left(self) -> None:
        self.row_left.emit()
