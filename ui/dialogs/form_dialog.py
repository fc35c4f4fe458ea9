"""A dialog of labelled fields that does one thing: what is refused is said in it, beside the field it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label, show_problem
from ui.widgets.refusal_list import RefusalList
from wufei_cells.errors import ProblemsFound, WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.context import AppContext, Desk

WIDTH = 560
LINES = 84
"""Pixels of a field for several lines of text."""
T = TypeVar("T")
FieldT = TypeVar("FieldT", bound=QWidget)


class FormDialog(QDialog):
    """Asks for what a step needs and takes it; stays open, with what was typed, until the step is done.

    Subclasses build fields, and say in ``job`` what is done with them.

    Signals:
        step_taken: the step was taken (what came of it).
    """

    step_taken = Signal(object)

    def __init__(self, context: AppContext, title: str, heading: str, parent: QWidget | None = None) -> None:
        """Build an empty form; title and heading are sentences, not keys."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.context = context
        self._problems: dict[str, tuple[QWidget, QLabel]] = {}
        self.heading_label = plain_label("section", wrap=True)
        self.heading_label.setText(heading)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.hide()
        self.refused_label = plain_label("failed", wrap=True)
        self.refused_label.hide()
        self.refusals = RefusalList(context)
        self.refusals.setMinimumHeight(140)
        self.refusals.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton(title)
        self.confirm_button.setProperty("role", "accent")
        self.confirm_button.setDefault(True)
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 16, 12)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading_label)
        self.column.addLayout(self.form)
        for widget in (self.hint_label, self.refused_label, self.refusals, self.buttons):
            self.column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(context.theme))
        self.buttons.accepted.connect(self.confirm)
        self.buttons.rejected.connect(self.reject)

    # --- building

    def add(self, name: str, key: str, field: FieldT) -> FieldT:
        """Put a field under its label; ``name`` is what problems call it."""
        label = plain_label()
        label.setText(self.context.i18n.tr(key))
        label.setBuddy(field)
        field.setAccessibleName(label.text())
        problem = problem_label()
        box = QWidget()
        inside = tight(QVBoxLayout(box), 2)
        inside.addWidget(field)
        inside.addWidget(problem)
        self.form.addRow(label, box)
        self._problems[name] = (field, problem)
        return field

    def add_line(self, name: str, key: str, text: str = "", *, hint: str = "") -> QLineEdit:
        """Add a field for one line."""
        field = QLineEdit(text)
        field.setPlaceholderText(self.context.i18n.tr(hint) if hint else "")
        return self.add(name, key, field)

    def add_text(self, name: str, key: str, *, hint: str = "") -> QPlainTextEdit:
        """Add a field for several lines."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(LINES)
        field.setPlaceholderText(self.context.i18n.tr(hint) if hint else "")
        return self.add(name, key, field)

    def add_day(self, name: str, key: str, day: date) -> QDateEdit:
        """Add a field for a day."""
        field = QDateEdit(QDate(day.year, day.month, day.day))
        field.setCalendarPopup(True)
        field.setDisplayFormat("yyyy-MM-dd")
        return self.add(name, key, field)

    def add_number(self, name: str, key: str, value: int, least: int, most: int) -> QSpinBox:
        """Add a field for a whole number."""
        field = QSpinBox()
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setRange(least, most)
        field.setValue(value)
        return self.add(name, key, field)

    def add_choice(self, name: str, key: str, entries: Iterable[tuple[str, object]]) -> QComboBox:
        """Add a field for one of several: what is shown, and what it stands for."""
        field = QComboBox()
        for text, value in entries:
            field.addItem(text, value)
        return self.add(name, key, field)

    def show_hint(self, sentence: str, role: str = "muted") -> None:
        """Say below the fields what the step means."""
        self.hint_label.setText(sentence)
        self.hint_label.setProperty("role", role)
        self.hint_label.style().polish(self.hint_label)
        self.hint_label.setVisible(bool(sentence))
        fit_to_words(self, WIDTH)

    def open(self) -> None:
        """Show the dialog, high enough for its words."""
        fit_to_words(self, WIDTH)
        super().open()

    # --- for subclasses

    def job(self) -> Callable[[Desk], object] | None:
        """Say what is to be done with the fields as they are, in the worker thread; ``None``: not yet."""
        raise NotImplementedError

    # --- doing

    def confirm(self) -> None:
        """Take the step, unless something is still missing."""
        job = self.job()
        if job is not None:
            self._show_problems((), "")
            self.confirm_button.setEnabled(False)
            self.context.ask(self, job, self._on_done, self._on_refused, durable=True)

    def _on_done(self, result: object) -> None:
        self.step_taken.emit(result)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.confirm_button.setEnabled(True)
        if isinstance(error, ProblemsFound):
            problems = [(problem.place, self.context.i18n.problem(problem)) for problem in error.problems]
            self._show_problems(problems, "")
        elif isinstance(error, WufeiError):
            self._show_problems((), self.context.i18n.error(error))
        else:
            self.context.tasks.failed.emit(error)

    def _show_problems(self, problems: Iterable[tuple[str, str]], refused: str) -> None:
        """Say each problem beside its field; what is about no field of this form stands in a list of its own."""
        told = list(problems)
        for name, (field, label) in self._problems.items():
            show_problem(field, label, "\n".join(sentence for place, sentence in told if place == name))
        others = [(place, sentence) for place, sentence in told if place not in self._problems]
        self.refusals.show_lines(others)
        self.refusals.setVisible(bool(others))
        self.refused_label.setText(refused)
        self.refused_label.setVisible(bool(refused))
        first = next((field for name, (field, _label) in self._problems.items() if name in dict(told)), None)
        if first is not None:
            first.setFocus()
        fit_to_words(self, WIDTH)


def day_of(field: QDateEdit) -> date:
    """Give the day that stands in a field."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
