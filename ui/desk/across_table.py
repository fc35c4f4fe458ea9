"""The table of one item over many sites: typing scores, and what is selected is scored together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from ui.desk.across_model import Column
from ui.widgets.fitted_table import FittedTable

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QKeyEvent

    from ui.desk.across_model import AcrossModel

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
COMMANDS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageUp): "before",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_PageDown): "after",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Delete): "clear",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Backspace): "clear",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_U): "undo",
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z): "undo",
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y): "redo",
    (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_Z): "redo",
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_C): "copy",
}


class AcrossTable(FittedTable):
    """Shows the sites; a key that writes something begins an answer in the row where the keyboard is.

    Signals:
        command_given: a key was pressed that asks for something (before, after, clear, undo, redo, copy), or
            an answer was begun where none can be changed (closed).
    """

    command_given = Signal(str)

    def __init__(self, model: AcrossModel) -> None:
        super().__init__(model, several=True)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.SITE, Qt.SortOrder.AscendingOrder)

    def selected(self) -> list[str]:
        """Name the assessments of the selected rows, in their order; the current one where none is selected."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        current = self.currentIndex()
        if not lines and current.isValid():
            lines = [current.row()]
        return [self.model().index(line, 0).data(Qt.ItemDataRole.UserRole).assessment for line in lines]

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a command, open a row, or begin to type an answer."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        command = COMMANDS.get((modifiers, Qt.Key(event.key())))
        if command:
            event.accept()
            self.command_given.emit(command)
            return
        begins = event.key() not in ENTER and event.text().isprintable() and bool(event.text().strip())
        if begins and not self._stand_in_answer():
            self.command_given.emit("closed")
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Begin an answer with what an input method gives."""
        if self._stand_in_answer():
            super().inputMethodEvent(event)
        elif event.commitString():
            self.command_given.emit("closed")

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Stay open to input methods in every column: what they give goes into the answer."""
        super().currentChanged(current, previous)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # --- the rest

    def _stand_in_answer(self) -> bool:
        """Put the keyboard into an answer that can be typed, leaving the selection alone; tell if there is one."""
        lines = (self.currentIndex(), *self.selectionModel().selectedRows())
        answers = (line.siblingAtColumn(Column.ANSWER) for line in lines if line.isValid())
        typable = next((answer for answer in answers if answer.flags() & Qt.ItemFlag.ItemIsEditable), None)
        if typable is None:
            return False
        if typable != self.currentIndex():
            self.selectionModel().setCurrentIndex(typable, QItemSelectionModel.SelectionFlag.NoUpdate)
        return True
