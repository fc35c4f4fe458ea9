"""Edits the facts of a site: what decides which items of a checklist apply to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.domain.conditions import Fact, FactKind

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.errors import Problem


class FactField(QWidget):
    """One fact: its question and a field for the answer.

    Signals:
        value_edited: another value was given (the fact's key, its value; empty for unknown).
    """

    value_edited = Signal(str, str)

    def __init__(self, context: AppContext, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.fact = fact
        self._stored = ""
        self._label = plain_label(wrap=True)
        self._unit = plain_label("muted")
        self.problem_label = problem_label()
        self.field: QComboBox | QLineEdit = QLineEdit() if fact.kind is FactKind.NUMBER else QComboBox()
        self.field.setFixedWidth(96 if fact.kind is FactKind.NUMBER else 150)
        self._label.setBuddy(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self.field)
        if isinstance(self.field, QLineEdit):
            self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
            row.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.problem_label)
        self.retranslate()
        if isinstance(self.field, QComboBox):
            self.field.currentIndexChanged.connect(self._on_edited)
        else:
            self.field.editingFinished.connect(self._on_edited)

    # --- public

    @property
    def value(self) -> str:
        """What is in the field; empty for unknown."""
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData() or "")
        return self.field.text().strip()

    def show_value(self, value: str) -> None:
        """Show a stored value."""
        self._stored = value
        if isinstance(self.field, QComboBox):
            blocked = self.field.blockSignals(True)
            self.field.setCurrentIndex(max(0, self.field.findData(value)))
            self.field.blockSignals(blocked)
        else:
            self.field.setText(value)
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the value, or that nothing is."""
        show_problem(self.field, self.problem_label, sentence)

    def retranslate(self) -> None:
        """Write the question and the choices anew."""
        i18n, fact = self._context.i18n, self.fact
        self._label.setText(i18n.text(fact.text))
        self._unit.setText(i18n.text(fact.unit))
        self.field.setAccessibleName(i18n.text(fact.text))
        if isinstance(self.field, QComboBox):
            options = [("", i18n.tr("ui.unknown")), *self._options()]
            chosen = self.value
            blocked = self.field.blockSignals(True)
            self.field.clear()
            for key, text in options:
                self.field.addItem(text, key)
            self.field.setCurrentIndex(max(0, self.field.findData(chosen)))
            self.field.blockSignals(blocked)

    # --- slots and the rest

    @Slot()
    def _on_edited(self) -> None:
        if self.value != self._stored:
            self._stored = self.value
            self.value_edited.emit(self.fact.key, self.value)

    def _options(self) -> list[tuple[str, str]]:
        i18n = self._context.i18n
        if self.fact.kind is FactKind.YES_NO:
            return [("yes", i18n.tr("ui.yes")), ("no", i18n.tr("ui.no"))]
        return [(option.key, i18n.text(option.text)) for option in self.fact.options]


class FactsForm(QWidget):
    """All facts that the current checklist of a category asks for.

    Signals:
        fact_edited: another value was given (the fact's key, its value; empty for unknown).
    """

    fact_edited = Signal(str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: tuple[Fact, ...] = ()
        self.fields: dict[str, FactField] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def ask(self, facts: tuple[Fact, ...]) -> None:
        """Show a field for each fact."""
        if facts == self._asked:
            return
        self._asked = facts
        for field in self.fields.values():
            self._column.removeWidget(field)
            field.deleteLater()
        self.fields = {fact.key: FactField(self._context, fact, self) for fact in facts}
        for field in self.fields.values():
            self._column.addWidget(field)
            field.value_edited.connect(self.fact_edited)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show the stored values."""
        for key, field in self.fields.items():
            field.show_value(values.get(key, ""))

    def show_problem(self, key: str, problem: Problem) -> bool:
        """Say beside its field what is wrong with a value; tell whether there is such a field."""
        if key not in self.fields:
            return False
        self.fields[key].show_problem(self._context.i18n.problem(problem))
        return True

    def retranslate(self) -> None:
        """Write everything anew."""
        for field in self.fields.values():
            field.retranslate()
