"""A grid in a window of its own on the small checklist, and hands that only use the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.desk.answer_grid import AnswerGrid
from ui.desk.grid_cells import GridColumn
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.models.scoring_session import ScoringSession
from ui.widgets.pasted_cells import pasted_cells
from wufei_cells.services import browsing

WAIT = 10_000
KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Hands:
    """A grid in a window of its own, and the keys of a person."""

    def __init__(self, qtbot, window, assessment):
        self.qtbot = qtbot
        self.window = window
        self.context = window.context
        self.session = ScoringSession(self.context)
        self.grid = AnswerGrid(self.context, self.session)
        self.assessment = assessment
        self.notices = []
        self.context.notices.posted.connect(self.notices.append)

    @property
    def table(self):
        return self.grid.table

    @property
    def model(self):
        return self.grid.model

    def settle(self):
        """Wait until everything typed is stored and painted."""
        self.qtbot.waitUntil(lambda: not self.session.busy and self.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()

    def editor(self):
        """Give the open cell; ``None`` while none is open."""
        return next((line for line in self.table.viewport().findChildren(QLineEdit) if line.isVisible()), None)

    def press(self, *keys, modifiers=Qt.KeyboardModifier.NoModifier):
        """Press keys where the keyboard is: in the open cell, else in the table."""
        for key in keys:
            for each in (
                key if isinstance(key, str) else [key]
            ):  # the first letter opens the cell, the others go into it
                self.qtbot.keyClick(self.editor() or self.table, each, modifiers)

    def compose(self, commit, preedit=""):
        """Let an input method write."""
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(self.editor() or self.table, event)

    def go(self, key, column=GridColumn.ANSWER):
        self.table.go_to(key, column)

    def select(self, *keys, column=GridColumn.ANSWER):
        """Select cells as with Ctrl and the mouse; the first is where the person is."""
        flag = QItemSelectionModel.SelectionFlag
        for place, key in reversed(list(enumerate(keys))):
            how = flag.ClearAndSelect if place == len(keys) - 1 else flag.Select
            self.table.selectionModel().setCurrentIndex(self.model.index_of(key, column), how)

    def cell(self, key, column=GridColumn.ANSWER, role=Qt.ItemDataRole.DisplayRole):
        return self.model.data(self.model.index_of(key, column), role)

    def stored(self):
        """Read the answers as a second program would."""
        workspace = self.context.desk.workspace
        return {key: row.answer for key, row in browsing.sheet(workspace, self.assessment).answers.items()}

    def values(self):
        self.settle()
        return {key: answer.value for key, answer in self.stored().items() if answer.given}

    def copied(self):
        return pasted_cells(QGuiApplication.clipboard().text())

    def paste(self, text):
        QGuiApplication.clipboard().setText(text)
        self.press(KEY.Key_V, modifiers=CONTROL)

    def dialog(self):
        return next(iter(self.window.main.findChildren(ProblemsDialog)), None) or next(
            iter(self.grid.window().findChildren(ProblemsDialog)), None
        )


def open_grid(qtbot, open_window, small_register):
    """Show the grid on the small checklist, the keyboard in it."""
    folder, assessment = small_register
    window = open_window(folder=folder)
    hands = Hands(qtbot, window, assessment)
    qtbot.addWidget(hands.grid)
    hands.grid.resize(1180, 700)
    hands.session.open(assessment)
    qtbot.waitUntil(lambda: hands.session.sheet is not None, timeout=WAIT)
    with qtbot.waitActive(hands.grid):
        hands.grid.show()
        hands.grid.activateWindow()
    hands.table.setFocus()
    hands.settle()
    return hands
