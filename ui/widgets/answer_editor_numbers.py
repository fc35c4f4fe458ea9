"""Editors for answers that are numbers: a count, an amount, a share, a change, the inputs of a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import AnswerEditor, Marking, tight
from ui.widgets.number_field import NumberField, takes_enter
from ui.widgets.plain import literal, plain_label
from wufei_cells.domain.amounts import with_unit
from wufei_cells.domain.rules import Change, Count, Share
from wufei_cells.scoring.bases import NUMBER
from wufei_cells.services.measure_wording import calculation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.rules import Amount, Calculated
    from wufei_cells.scoring.scorecard import Explanation

STEP_SIZE = 30


class FieldsEditor(AnswerEditor):
    """Holds number fields, and under them the number and the points that follow."""

    def __init__(self, count: int, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marking = marking
        self._typed: dict[str, str] = {}
        """What was typed where sums of rows stand now."""
        self.fields = [NumberField(self) for _ in range(count)]
        self.derived_label = plain_label("derived", wrap=True)
        self.derived_label.hide()
        layout = tight(QVBoxLayout(self), 8)
        for field in self.fields:
            layout.addWidget(field)
            field.text_typed.connect(self._on_typed)
            field.text_settled.connect(self._on_settled)
        layout.addWidget(self.derived_label)

    def place_above_result(self, widget: QWidget) -> None:
        """Put something between the fields and what follows from them."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(layout.indexOf(self.derived_label), widget)

    # --- public

    def complete(self) -> bool:
        """Tell whether all fields are filled."""
        return all(field.text() for field in self.fields)

    def choose(self, position: int) -> bool:
        """Begin typing with this digit: in the first empty field, else in place of the first number."""
        free = [field for field in self.fields if not field.line_edit.isReadOnly()]
        if not free:
            return False
        empty = next((field for field in free if not field.text()), free[0])
        empty.begin(str(position))
        return True

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for field in self.fields:
            field.set_read_only(read_only)

    def show_problem(self, sentence: str, path: tuple[str, ...] = (), field: str = "") -> None:  # noqa: ARG002
        """Say what is wrong under the field it is about; under the last one when it is about both."""
        names = self._field_names()
        about = self.fields[names.index(field)] if field in names else self.fields[-1]
        for entry in self.fields:
            entry.show_problem(sentence if entry is about else "")

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Say the number that was measured and the points it gives."""
        measured = next(iter(explanation.children), None) if explanation else None
        self.derived_label.setVisible(measured is not None)
        if explanation is None or measured is None:
            return
        number, points = measured.values.get("number", ""), explanation.values.get("points", "")
        self.derived_label.setText(self._derived(number, self._marking.worth(points)))

    # --- public: sums of rows

    def take_sums(self, sums: Mapping[str, str], why: str) -> None:
        """Show sums in the fields they belong to; where rows carry no number any more, what was typed is back."""
        for name, field in zip(self.row_names(), self.fields, strict=True):
            if name in sums:
                if not field.locked:
                    self._typed[name] = field.text()
                field.set_text(sums[name])
            elif field.locked:
                field.set_text(self._typed.pop(name, ""))
        self.lock(sums, why)

    def lock(self, sums: Mapping[str, str], why: str) -> None:
        """Let nothing be typed where sums of rows stand."""
        names = self.row_names()
        last = next((name for name in reversed(names) if name in sums), "")
        for name, field in zip(names, self.fields, strict=True):
            field.set_locked(why if name in sums else "", said=name == last)

    def row_names(self) -> tuple[str, ...]:
        """Name the fields as the rows of a basis do."""
        return self._field_names()

    # --- what the kinds fill in

    def _field_names(self) -> tuple[str, ...]:
        return ("",)

    def _derived(self, _number: str, points: str) -> str:
        return self._marking.tr("desk.gives", points=points)

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter to the field that is still empty; the desk takes it from there."""
        if not takes_enter(event, self.fields):
            super().keyPressEvent(event)

    # --- slots

    def _on_typed(self) -> None:
        self.answer_edited.emit(True)

    def _on_settled(self) -> None:
        self.answer_edited.emit(False)


class NumberEditor(FieldsEditor):
    """Asks for one number: a count, with buttons to step it, or an amount read off a record."""

    def __init__(self, measure: Count | Amount, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(1, marking, parent)
        self._measure = measure
        self.fewer_button = QToolButton(self)
        self.more_button = QToolButton(self)
        self._build_steps()
        self.retranslate()

    def _build_steps(self) -> None:
        counts = isinstance(self._measure, Count)
        row = self.fields[0].row
        place = row.indexOf(self.fields[0].line_edit) + 1
        for button, sign in ((self.more_button, "+"), (self.fewer_button, "−")):
            button.setText(sign)
            button.setProperty("role", "step")
            button.setFixedSize(STEP_SIZE, STEP_SIZE)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard types the number
            button.setVisible(counts)
            row.insertWidget(place, button)
        self.fewer_button.clicked.connect(self._on_fewer)
        self.more_button.clicked.connect(self._on_more)

    # --- public

    def value(self) -> JsonValue:
        """Give the text as typed."""
        return self.fields[0].text() or None

    def set_value(self, value: JsonValue) -> None:
        """Show a stored number."""
        self.fields[0].set_text("" if value is None else str(value))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        super().set_read_only(read_only)
        self._enable_steps()

    def lock(self, sums: Mapping[str, str], why: str) -> None:
        """Let nothing be typed or stepped where a sum of rows stands."""
        super().lock(sums, why)
        self._enable_steps()

    def row_names(self) -> tuple[str, ...]:
        """Name the only number as the rows of a basis do."""
        return (NUMBER,)

    def retranslate(self) -> None:
        """Name what is counted or read."""
        label = self._marking.text(self._measure.text)
        self.fields[0].set_words(label, self._marking.text(self._measure.unit))
        self.fewer_button.setAccessibleName(self._marking.tr("desk.one_fewer", what=label))
        self.more_button.setAccessibleName(self._marking.tr("desk.one_more", what=label))
        self.fewer_button.setToolTip(literal(self.fewer_button.accessibleName()))
        self.more_button.setToolTip(literal(self.more_button.accessibleName()))

    # --- slots

    def _enable_steps(self) -> None:
        for button in (self.fewer_button, self.more_button):
            button.setEnabled(not self.fields[0].line_edit.isReadOnly())

    def _on_fewer(self) -> None:
        self._step(-1)

    def _on_more(self) -> None:
        self._step(1)

    def _step(self, by: int) -> None:
        text = self.fields[0].text()
        if text and not text.isdecimal():
            return  # what stands there is no count: stepping must not wipe it away
        self.fields[0].set_text(str(max(0, int(text or "0") + by)))
        self.answer_edited.emit(False)


class NamedFieldsEditor(FieldsEditor):
    """Asks for several numbers, each under a name; the kinds below say which."""

    def value(self) -> JsonValue:
        """Give the filled fields by name; what is still empty stays out."""
        filled: dict[str, JsonValue] = {
            name: field.text() for name, field in zip(self._field_names(), self.fields, strict=True) if field.text()
        }
        return filled or None

    def set_value(self, value: JsonValue) -> None:
        """Show stored numbers."""
        given = value if isinstance(value, dict) else {}
        for name, field in zip(self._field_names(), self.fields, strict=True):
            number = given.get(name)
            field.set_text("" if number is None else str(number))


class PairEditor(NamedFieldsEditor):
    """Asks for two numbers that belong together: part and whole, or before and after."""

    def __init__(self, measure: Share | Change, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(2, marking, parent)
        self._measure = measure
        self.retranslate()

    def retranslate(self) -> None:
        """Name both numbers."""
        measure = self._measure
        texts = (measure.part, measure.whole) if isinstance(measure, Share) else (measure.before, measure.after)
        for text, field in zip(texts, self.fields, strict=True):
            field.set_words(self._marking.text(text), self._marking.text(measure.unit))

    # --- what the kind fills in

    def _field_names(self) -> tuple[str, ...]:
        return ("part", "whole") if isinstance(self._measure, Share) else ("before", "after")

    def _derived(self, number: str, points: str) -> str:
        if isinstance(self._measure, Share):
            return self._marking.tr("desk.share_gives", percent=number, points=points)
        if self._measure.relative:
            return self._marking.tr("desk.change_gives", percent=_signed(number), points=points)
        unit = self._marking.text(self._measure.unit)
        return self._marking.tr("desk.difference_gives", number=_signed(number), unit=unit, points=points)


class CalculatedEditor(NamedFieldsEditor):
    """Asks for the raw numbers of a formula, and says how they are put together and what comes out."""

    def __init__(self, measure: Calculated, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(len(measure.inputs), marking, parent)
        self._measure = measure
        self.formula_label = plain_label("muted", wrap=True)
        self.place_above_result(self.formula_label)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the numbers and write the formula with their names."""
        marking, measure = self._marking, self._measure
        for entry, field in zip(measure.inputs, self.fields, strict=True):
            field.set_words(marking.text(entry.text), marking.text(entry.unit))
        formula = calculation(measure, marking.i18n.wording, marking.text, marking.numbers)
        self.formula_label.setText(marking.tr("desk.formula", measure=marking.text(measure.text), formula=formula))

    # --- what the kind fills in

    def _field_names(self) -> tuple[str, ...]:
        return tuple(entry.key for entry in self._measure.inputs)

    def _derived(self, number: str, points: str) -> str:
        number = with_unit(number, self._marking.text(self._measure.unit))
        return self._marking.tr("desk.calculated_gives", number=number, points=points)


def _signed(number: str) -> str:
    """Write a change with its sign, with the minus people print."""
    if number.startswith("-"):
        return "−" + number[1:]
    return number if number == "0" else "+" + number
