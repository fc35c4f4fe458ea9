"""The grid as it is typed into: arrow keys move, typing writes, Enter goes down and Tab to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from ui.desk.grid_cells import TITLES, GridColumn
from ui.desk.grid_delegate import ENTER, CellDelegate
from ui.desk.grid_model import EDITABLE
from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.rules import Levels, YesNo

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QFocusEvent, QInputMethodEvent, QResizeEvent

    from ui.context import AppContext
    from ui.desk.grid_model import GridModel

Index = QModelIndex | QPersistentModelIndex
KEY = Qt.Key
CLEARING = (KEY.Key_Delete, KEY.Key_Backspace)
PADDING = 18
# Characters that each column has room for; the item takes what is left, and at least its own.
WIDTHS: dict[GridColumn, float] = {
    GridColumn.NUMBER: 4.5,
    GridColumn.ITEM: 12,
    GridColumn.FULL: 3,
    GridColumn.ANSWER: 11,
    GridColumn.POINTS: 4,
    GridColumn.LOST: 3,
    GridColumn.NOTE: 11,
    GridColumn.ASIDE: 5,
    GridColumn.EVIDENCE: 3,
    GridColumn.AUTHOR: 4.5,
    GridColumn.AT: 8.5,
}
GIVING_WAY = (GridColumn.AT, GridColumn.AUTHOR, GridColumn.ASIDE, GridColumn.LOST, GridColumn.EVIDENCE)
"""What disappears first where the window is narrow."""


class GridTable(QTableView):
    """Shows the grid and takes what is typed. Where several rows are selected, it is written into all of them.

    Signals:
        copy_requested: the selection is to be put on the clipboard.
        paste_requested: what is on the clipboard is to be written.
        entry_requested: the person wants to see one item by itself (its key).
        entered: the person went to another entry (its key, empty for none).
        locked_met: something was typed on an entry that is locked (its key).
    """

    copy_requested = Signal()
    paste_requested = Signal()
    entry_requested = Signal(str)
    entered = Signal(str)
    locked_met = Signal(str)

    def __init__(self, context: AppContext, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._place: tuple[str, GridColumn] = ("", GridColumn.ANSWER)
        mode, trigger = QAbstractItemView.SelectionMode, QAbstractItemView.EditTrigger
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionMode(mode.ExtendedSelection)
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(32)
        header.setSectionResizeMode(GridColumn.ITEM, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelReset.connect(self._come_back)
        self.dress()

    # --- public

    def dress(self) -> None:
        """Take row height and widths from the size of type."""
        self.verticalHeader().setDefaultSectionSize(self._context.theme.row_height())
        character = self._context.theme.pixels("body")
        for column, characters in WIDTHS.items():
            self.setColumnWidth(column, round(characters * character) + PADDING)
        self._fit()

    def name_of(self, index: Index) -> str:
        """Name a cell for those who listen."""
        line = self._model.line_at(index)
        title = self._context.i18n.tr(TITLES[GridColumn(index.column())])
        return f"{line.number} {title}" if line else title

    def accent(self) -> QColor:
        """Give the color that shows where the keyboard is."""
        return self._context.theme.color("accent")

    @property
    def current_key(self) -> str:
        """The entry the person is at."""
        line = self._model.line_at(self.currentIndex())
        return line.key if line else ""

    def selected_keys(self) -> list[str]:
        """List the entries of which a cell is selected, in the order they stand."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        lines = [self._model.line_at(self._model.index(row, 0)) for row in rows]
        return [line.key for line in lines if line is not None and not line.heading]

    def go_to(self, key: str, column: GridColumn = GridColumn.ANSWER) -> None:
        """Go to a cell."""
        index = self._model.index_of(key, column)
        if index.isValid():
            # Not setCurrentIndex: with Shift held down (as for going up with Enter) it selects all on the way.
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def take(self, index: Index, text: str) -> None:
        """Write a text into a cell, and into those of all other selected rows."""
        line = self._model.line_at(index)
        if line is None:
            return
        keys = self.selected_keys()
        keys = keys if len(keys) > 1 and line.key in keys else [line.key]
        self._model.enter(GridColumn(index.column()), dict.fromkeys(keys, text))

    def step(self, rows: int, columns: int) -> bool:
        """Go up or down in the column, or to the next cell that is written into; tell whether there is one."""
        keys, key = self._model.keys(), self.current_key
        if key not in keys:
            return False
        column, place = GridColumn(self.currentIndex().column()), keys.index(key) + rows
        if columns:
            order = [one for one in EDITABLE if not self.isColumnHidden(one)]
            beside = [one for one in order if (one > column if columns > 0 else one < column)]
            if beside:
                column = beside[0] if columns > 0 else beside[-1]
            else:
                column, place = (order[0], place + 1) if columns > 0 else (order[-1], place - 1)
        if not 0 <= place < len(keys):
            return False
        self.go_to(keys[place], column)
        return True

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, write, clear, copy and paste."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif self._moves(event) or self._writes(event):
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and not _is_navigation(event):
            event.ignore()  # everything else with Ctrl is the window's
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Write with an input method, wherever in the row the person is."""
        if event.preeditString() or event.commitString():
            self._turn_to_editable()
        closed = self.state() is not QAbstractItemView.State.EditingState
        if not event.commitString() or event.preeditString() or not closed:
            super().inputMethodEvent(event)  # keeps the composition alive while the cell opens
            return
        # A text that comes at once, without a composition, opens the cell but does not get into it by itself.
        self.edit(self.currentIndex())
        editor = self.indexWidget(self.currentIndex())
        if editor is not None:
            QCoreApplication.sendEvent(editor, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to the next cell with Tab, and out of the table at its ends."""
        return self.step(0, 1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first answer."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.keys():
            self.go_to(self._model.keys()[0])

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Note where the person is."""
        super().currentChanged(current, previous)
        line = self._model.line_at(current)
        if line is not None:
            self._place = (line.key, GridColumn(current.column()))
            self._model.kept = line.key
            # Qt lets input methods in only where a cell can be written; the answer of the row is meant in any.
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, line.editable)
        self.entered.emit(line.key if line else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns give way, or come back."""
        super().resizeEvent(event)
        self._fit()

    # --- keys

    def _moves(self, event: QKeyEvent) -> bool:
        key, modifiers = KEY(event.key()), event.modifiers()
        if key in ENTER and modifiers & Qt.KeyboardModifier.AltModifier:
            self.entry_requested.emit(self.current_key)
        elif key in ENTER and not modifiers & Qt.KeyboardModifier.ControlModifier:
            self.step(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif key == KEY.Key_Space and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self._select_rows()
        else:
            return False
        return True

    def _writes(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        writing = KEY(event.key()) in CLEARING or (plain and bool(event.text().strip()) and event.text().isprintable())
        line = self._model.line_at(self.currentIndex())
        if writing and line is not None and line.locked:
            self.locked_met.emit(line.key)
            return True
        if KEY(event.key()) in CLEARING:
            self._clear()
            return True
        if not plain or not event.text().strip() or not event.text().isprintable():
            return False
        column = self._turn_to_editable()
        keys = self.selected_keys()
        choosing = column is GridColumn.ANSWER and len(keys) > 1 and event.text() in tuple("123456789")
        if not choosing or not all(self._is_choice(key) for key in keys):
            return False  # the table opens the cell with what was typed
        self._model.enter(column, dict.fromkeys(keys, event.text()))
        return True

    def _clear(self) -> None:
        keys = self.selected_keys()
        if self.currentIndex().column() == GridColumn.NOTE:
            self._model.enter(GridColumn.NOTE, dict.fromkeys(keys, ""))
        else:
            self._model.answers.clear(keys)

    def _is_choice(self, key: str) -> bool:
        entry = self._model.answers.entry(key)
        return isinstance(entry, Gate) or (entry is not None and isinstance(entry.rule, YesNo | Levels))

    def _turn_to_editable(self) -> GridColumn:
        """Go to the answer of the row where the cell itself cannot be written; the selection stays."""
        index = self.currentIndex()
        if index.isValid() and index.column() not in EDITABLE:
            several = len(self.selected_keys()) > 1
            flag = QItemSelectionModel.SelectionFlag
            answer = index.siblingAtColumn(GridColumn.ANSWER)
            self.selectionModel().setCurrentIndex(answer, flag.NoUpdate if several else flag.ClearAndSelect)
        return GridColumn(max(0, self.currentIndex().column()))

    def _select_rows(self) -> None:
        flag = QItemSelectionModel.SelectionFlag
        for row in {index.row() for index in self.selectedIndexes()}:
            self.selectionModel().select(self._model.index(row, 0), flag.Select | flag.Rows)

    # --- the rest

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = self._model.line_at(index)
        if line is not None and not line.heading and index.column() not in EDITABLE:
            self.entry_requested.emit(line.key)

    def _come_back(self) -> None:
        """Stay at the same cell when other lines are shown."""
        key, column = self._place
        if self._model.index_of(key).isValid():
            self.go_to(key, column)
        else:
            self.entered.emit("")

    def _fit(self) -> None:
        """Hide what gives way where there is no room for the item."""
        character = self._context.theme.pixels("body")
        widths = {column: round(count * character) + PADDING for column, count in WIDTHS.items()}
        told = self._model.tells_evidence
        left = self.viewport().width() - sum(widths.values())
        for column in GIVING_WAY:
            hidden = left < 0 or (column is GridColumn.EVIDENCE and not told)
            if hidden:
                left += widths[column]
            if self.isColumnHidden(column) != hidden:
                self.setColumnHidden(column, hidden)


def _is_navigation(event: QKeyEvent) -> bool:
    moving = (KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp)
    return KEY(event.key()) in (*moving, KEY.Key_PageDown, KEY.Key_Space)
