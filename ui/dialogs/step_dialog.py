"""What the dialogs of steps share: they take their step themselves and say in place why it was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label
from wufei_cells.errors import ProblemsFound, WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QLabel

    from ui.context import AppContext, Desk
    from wufei_cells.errors import Problem


class StepDialog(QDialog):
    """Asks for what a step needs, and takes it.

    Signals:
        taken: the step was taken (what the service gave back).
        refused: the step was refused; what is on the screen behind may be out of date.
    """

    taken = Signal(object)
    refused = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._asking = False
        self._places: Mapping[str, QLabel] = {}
        self.heading_label = plain_label("section", wrap=True)
        self.problem_label = problem_label()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton()
        self.confirm_button.setProperty("role", "accent")
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.heading_label)
        column.addLayout(self.body, 1)
        column.addWidget(self.problem_label)
        column.addSpacing(4)
        column.addWidget(self.buttons)
        self.setStyleSheet(desk_style(context.theme))
        self.buttons.rejected.connect(self.reject)
        self.setWindowModality(Qt.WindowModality.WindowModal)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for the words once their style is known."""
        super().showEvent(event)
        fit_to_words(self, self.width())

    # --- for subclasses

    def say_beside(self, places: Mapping[str, QLabel]) -> None:
        """Say what is wrong with fields in these labels; everything else is said at the foot."""
        self._places = places

    def take(self, job: Callable[[Desk], object]) -> None:
        """Take the step in the background; the dialog closes when it was taken."""
        self._asking = True
        self.confirm_button.setEnabled(False)
        self._context.ask(self, job, self._on_taken, self.show_refusal, durable=True)

    def ready(self) -> bool:
        """Tell whether there is something to confirm."""
        return True

    def check(self) -> None:
        """Offer the step, or not: in the register of an earlier day none is taken."""
        past = self._context.as_of
        self.confirm_button.setEnabled(self.ready() and not self._asking and past is None)
        self.confirm_button.setToolTip(self._context.i18n.tr("desk.past", day=past.isoformat()) if past else "")

    # --- what came of it

    def show_refusal(self, error: Exception) -> None:
        """Say why the step was refused, beside the fields where they are meant."""
        self._asking = False
        self.check()
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        if isinstance(error, ProblemsFound):
            self.say(error.problems, "")
        else:
            self.say((), self._context.i18n.error(error))
        self.problem_label.setAccessibleName(self.problem_label.text())
        fit_to_words(self, self.width())
        self.refused.emit()

    def say(self, problems: Iterable[Problem], refused: str) -> None:
        """Say problems beside their fields, and at the foot what is about none of them."""
        i18n = self._context.i18n
        said: dict[str, list[str]] = {"": [refused]} if refused else {}
        for problem in problems:
            place = problem.place if problem.place in self._places else ""
            said.setdefault(place, []).append(i18n.problem(problem) if place else i18n.wording.problem(problem))
        for place, label in (*self._places.items(), ("", self.problem_label)):
            label.setText("\n".join(said.get(place, ())))
            label.setVisible(place in said)

    def _on_taken(self, answer: object) -> None:
        self.taken.emit(answer)
        self.accept()


def text_field(height: int) -> QPlainTextEdit:
    """Make a field for some sentences; Tab leaves it."""
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(height)
    return edit
