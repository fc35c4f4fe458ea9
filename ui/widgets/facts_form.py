"""Edits the facts of a site: what decides which items of a checklist apply to it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.domain.amounts import printed, with_unit
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.scoring.conditions import read_facts, with_derived
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services.formula_wording import formula_in_words

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.formulas import Formula
    from wufei_cells.errors import Problem
    from wufei_cells.scoring.conditions import FactValue


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


class DerivedFact(QWidget):
    """A fact that follows from others: its name, how it is worked out, and its value; nothing to fill in."""

    def __init__(self, context: AppContext, fact: Fact, formula: Formula, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.fact = fact
        self._formula = formula
        self._value: FactValue | None = None
        self._label = plain_label(wrap=True)
        self._formula_label = plain_label("caption", wrap=True)
        self.value_label = plain_label()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._label)
        words.addWidget(self._formula_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.value_label, 0, Qt.AlignmentFlag.AlignTop)

    def show_value(self, value: FactValue | None) -> None:
        """Show what came out; nothing while something is missing or nothing can come out."""
        self._value = value
        i18n = self._context.i18n
        number = printed(value) if isinstance(value, Fraction) else i18n.tr("desk.fact_open")
        unit = i18n.text(self.fact.unit) if isinstance(value, Fraction) else ""
        self.value_label.setText(with_unit(number, unit))
        self.value_label.setAccessibleName(f"{i18n.text(self.fact.text)}: {self.value_label.text()}")

    def retranslate(self, names: Mapping[str, str], numbers: Numbers) -> None:
        """Write name, formula and value anew."""
        i18n = self._context.i18n
        self._label.setText(i18n.text(self.fact.text))
        self._formula_label.setText(f"= {formula_in_words(self._formula, names, numbers, i18n.wording)}")
        self.show_value(self._value)


class FactsForm(QWidget):
    """All facts that a checklist asks for, and those that follow from them.

    Signals:
        fact_edited: another value was given (the fact's key, its value; empty for unknown).
    """

    fact_edited = Signal(str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: tuple[Fact, ...] = ()
        self._numbers = Numbers(())
        self.fields: dict[str, FactField] = {}
        self.derived: dict[str, DerivedFact] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def ask(self, facts: tuple[Fact, ...], numbers: Numbers | None = None) -> None:
        """Show a field for each fact that is asked for, and a line for each that is worked out.

        Args:
            facts: the facts of an edition.
            numbers: its parameters, for facts that are worked out with them.
        """
        self._numbers = numbers or Numbers(())
        if facts == self._asked:
            return
        self._asked = facts
        for widget in (*self.fields.values(), *self.derived.values()):
            self._column.removeWidget(widget)
            widget.deleteLater()
        self.fields = {fact.key: FactField(self._context, fact, self) for fact in facts if fact.formula is None}
        self.derived = {
            fact.key: DerivedFact(self._context, fact, fact.formula, self) for fact in facts if fact.formula is not None
        }
        for field in self.fields.values():
            self._column.addWidget(field)
            field.value_edited.connect(self.fact_edited)
        for line in self.derived.values():
            self._column.addWidget(line)
        self.retranslate()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show the stored values, and what follows from them."""
        for key, field in self.fields.items():
            field.show_value(values.get(key, ""))
        if self.derived:
            known = with_derived(self._asked, read_facts(self._asked, values)[0], self._numbers)
            for key, line in self.derived.items():
                line.show_value(known.get(key))

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
        names = {fact.key: self._context.i18n.text(fact.text) for fact in self._asked}
        for line in self.derived.values():
            line.retranslate(names, self._numbers)
