"""A step dialog of labelled fields: what is refused is said beside the field it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.step_dialog import StepDialog
from ui.widgets.answer_editor import tight
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label, show_problem
from ui.widgets.refusal_list import RefusalList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ui.context import AppContext, Desk
    from wufei_cells.errors import Problem

WIDTH = 560
LINES = 84
"""Pixels of a field for several lines of text."""
T = TypeVar("T")
FieldT = TypeVar("FieldT", bound=QWidget)


class FormDialog(StepDialog):
    """Asks in labelled fields; stays open, with what was typed, until the step is done.

    Subclasses build fields, and say in ``job`` what is done with them.
    """

    def __init__(self, context: AppContext, title: str, heading: str, parent: QWidget | None = None) -> None:
        """Build an empty form; title and heading are sentences, not keys."""
        super().__init__(context, parent)
        self.setWindowTitle(title)
        self.heading_label.setText(heading)
        self.confirm_button.setText(title)
        self.confirm_button.setDefault(True)
        self._fields: dict[str, tuple[QWidget, QLabel]] = {}
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.hide()
        self.refusals = RefusalList(context)
        self.refusals.setMinimumHeight(140)
        self.refusals.hide()
        self.body.addLayout(self.form)
        self.body.addWidget(self.hint_label)
        self.body.addWidget(self.refusals)
        self.setMinimumWidth(WIDTH)
        self.buttons.accepted.connect(self.confirm)

    # --- building

    def add(self, name: str, key: str, field: FieldT) -> FieldT:
        """Put a field under its label; ``name`` is what problems call it."""
        label = plain_label()
        label.setText(self._context.i18n.tr(key))
        label.setBuddy(field)
        field.setAccessibleName(label.text())
        problem = problem_label()
        box = QWidget()
        inside = tight(QVBoxLayout(box), 2)
        inside.addWidget(field)
        inside.addWidget(problem)
        self.form.addRow(label, box)
        self._fields[name] = (field, problem)
        return field

    def add_line(self, name: str, key: str, text: str = "", *, hint: str = "") -> QLineEdit:
        """Add a field for one line."""
        field = QLineEdit(text)
        field.setPlaceholderText(self._context.i18n.tr(hint) if hint else "")
        return self.add(name, key, field)

    def add_text(self, name: str, key: str, *, hint: str = "") -> QPlainTextEdit:
        """Add a field for several lines."""
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(LINES)
        field.setPlaceholderText(self._context.i18n.tr(hint) if hint else "")
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
        self.check()
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
            self.say((), "")
            self.take(job)

    def say(self, problems: Iterable[Problem], refused: str) -> None:
        """Say each problem beside its field; what is about no field of this form stands in a list of its own."""
        told = [(problem.place, self._context.i18n.problem(problem)) for problem in problems]
        for name, (field, label) in self._fields.items():
            show_problem(field, label, "\n".join(sentence for place, sentence in told if place == name))
        others = [(place, sentence) for place, sentence in told if place not in self._fields]
        self.refusals.show_lines(others)
        self.refusals.setVisible(bool(others))
        self.problem_label.setText(refused)
        self.problem_label.setVisible(bool(refused))
        first = next((field for name, (field, _label) in self._fields.items() if name in dict(told)), None)
        if first is not None:
            first.setFocus()


def day_of(field: QDateEdit) -> date:
    """Give the day that stands in a field."""
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
