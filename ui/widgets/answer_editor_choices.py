"""Editors for answers that are chosen: met or not, yes or no, one of several levels, ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.answer_editor import AnswerEditor, Marking, tight
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.plain import plain_label
from ui.widgets.range_fields import RangeFields
from wufei_cells.domain.rules import Effect, Levels, Outcome, Ticks, YesNo

if TYPE_CHECKING:
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.scoring.scorecard import Explanation


class ChoiceEditor(AnswerEditor):
    """Shows one row per choice, of which one can be chosen; the kinds below say what the rows are."""

    several = False

    def __init__(self, count: int, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marking = marking
        self.rows = [ChoiceRow(position, self, several=self.several) for position in range(count)]
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()
        self._layout = tight(QVBoxLayout(self), 4)
        for row in self.rows:
            self._layout.addWidget(row)
            row.chosen.connect(self._on_chosen)
        self._layout.addWidget(self.problem_label)

    # --- public

    def choose(self, position: int) -> bool:
        """Choose the row with this digit."""
        if not 1 <= position <= len(self.rows) or not self.rows[position - 1].mark.isEnabled():
            return False
        self._on_chosen(position - 1)
        return True

    def show_keys(self, shown: bool) -> None:
        """Show or hide the digits beside the rows."""
        for row in self.rows:
            row.show_key(shown)

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for row in self.rows:
            row.mark.setEnabled(not read_only)

    def show_problem(self, sentence: str, path: tuple[str, ...] = (), field: str = "") -> None:  # noqa: ARG002
        """Say under the rows what is wrong."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    # --- what the kinds share

    def _show_chosen(self, position: int | None) -> None:
        for place, row in enumerate(self.rows):
            row.set_chosen(place == position)

    def _chosen(self) -> int | None:
        return next((place for place, row in enumerate(self.rows) if row.is_chosen()), None)

    def _on_chosen(self, position: int) -> None:
        self._show_chosen(position)
        self.answer_edited.emit(False)


class YesNoEditor(ChoiceEditor):
    """Asks whether something holds; with a rule each answer says what it is worth, a gate has no points."""

    def __init__(self, rule: YesNo | None, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(2, marking, parent)
        self._rule = rule
        self.retranslate()

    def value(self) -> JsonValue:
        """Give ``yes``, ``no`` or nothing."""
        chosen = self._chosen()
        return None if chosen is None else ("yes", "no")[chosen]

    def set_value(self, value: JsonValue) -> None:
        """Show a stored answer."""
        places: dict[object, int] = {"yes": 0, "no": 1}
        if isinstance(value, bool):
            self._show_chosen(0 if value else 1)
        else:
            self._show_chosen(places.get(value) if isinstance(value, str) else None)

    def retranslate(self) -> None:
        """Name both answers and what they are worth."""
        if self._rule is None:
            self.rows[0].set_texts(self._marking.tr("desk.met"))
            self.rows[1].set_texts(self._marking.tr("desk.not_met"), self._marking.tr("desk.effect_gate"))
            return
        self.rows[0].set_texts(self._marking.tr("desk.yes"), worth(self._rule.yes, self._marking))
        self.rows[1].set_texts(self._marking.tr("desk.no"), worth(self._rule.no, self._marking))


class LevelsEditor(ChoiceEditor):
    """Asks which level was reached; a level with a range also asks for the points within it and the reason."""

    def __init__(self, rule: Levels, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(len(rule.levels), marking, parent)
        self._rule = rule
        self._ranges: dict[int, RangeFields] = {}
        for position, level in enumerate(rule.levels):
            if level.lowest is not None:
                self._add_range(position)
        self.retranslate()
        self._show_chosen(None)

    def _add_range(self, position: int) -> None:
        fields = RangeFields(self._marking, self)
        fields.edited.connect(self.answer_edited)
        self._ranges[position] = fields
        self._layout.insertWidget(self._layout.indexOf(self.rows[position]) + 1, fields)

    # --- public

    def value(self) -> JsonValue:
        """Give the level's key, or a mapping with the points within its range and the reason."""
        chosen = self._chosen()
        if chosen is None:
            return None
        key = self._rule.levels[chosen].key
        fields = self._ranges.get(chosen)
        return key if fields is None else {"level": key, "points": fields.points(), "reason": fields.reason()}

    def set_value(self, value: JsonValue) -> None:
        """Show a stored answer."""
        given = value if isinstance(value, dict) else {"level": value}
        keys = [level.key for level in self._rule.levels]
        key = given.get("level")
        position = keys.index(key) if isinstance(key, str) and key in keys else None
        self._show_chosen(position)
        for place, fields in self._ranges.items():
            here = given if place == position else {}
            fields.set_values(str(here.get("points") or ""), str(here.get("reason") or ""))

    def complete(self) -> bool:
        """Tell whether a level was chosen, and the points too where it asks for them."""
        chosen = self._chosen()
        return chosen is not None and (chosen not in self._ranges or bool(self._ranges[chosen].points()))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        super().set_read_only(read_only)
        for fields in self._ranges.values():
            fields.set_read_only(read_only)

    def show_problem(self, sentence: str, path: tuple[str, ...] = (), field: str = "") -> None:
        """Say what is wrong: beside the range's fields when they are open."""
        chosen = self._chosen()
        for place, fields in self._ranges.items():
            fields.show_problem(sentence if place == chosen else "")
        super().show_problem("" if chosen in self._ranges else sentence, path, field)

    def retranslate(self) -> None:
        """Name the levels and what they are worth."""
        for position, (row, level) in enumerate(zip(self.rows, self._rule.levels, strict=True)):
            points = worth(level.outcome, self._marking)
            if level.lowest is not None:
                lowest = self._marking.bare(level.lowest)
                points = self._marking.worth(f"{lowest}–{self._marking.bare(level.outcome.points)}")
                self._ranges[position].set_limits(lowest, self._marking.bare(level.outcome.points))
            row.set_texts(self._marking.text(level.text), points)

    # --- slots

    def _show_chosen(self, position: int | None) -> None:
        super()._show_chosen(position)
        for place, fields in self._ranges.items():
            fields.setVisible(place == position)

    def _on_chosen(self, position: int) -> None:
        super()._on_chosen(position)
        if position in self._ranges and not self._ranges[position].points():
            self._ranges[position].begin()


class TicksEditor(ChoiceEditor):
    """Asks which of a list hold; the last row says that none does, which differs from not having looked."""

    several = True

    def __init__(self, measure: Ticks, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(len(measure.options) + 1, marking, parent)
        self._measure = measure
        self.derived_label = plain_label("derived", wrap=True)
        self.derived_label.hide()
        self._layout.addWidget(self.derived_label)
        self.retranslate()

    def value(self) -> JsonValue:
        """Give the keys that are ticked; an empty list when it was said that none holds."""
        ticked: list[JsonValue] = [
            option.key for option, row in zip(self._measure.options, self.rows, strict=False) if row.is_chosen()
        ]
        return ticked if ticked or self.rows[-1].is_chosen() else None

    def set_value(self, value: JsonValue) -> None:
        """Show a stored answer."""
        ticked = value if isinstance(value, list) else []
        for option, row in zip(self._measure.options, self.rows, strict=False):
            row.set_chosen(option.key in ticked)
        self.rows[-1].set_chosen(value == [])

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Say how many are ticked, and the points that follow."""
        measured = next(iter(explanation.children), None) if explanation else None
        self.derived_label.setVisible(measured is not None)
        if explanation is not None and measured is not None:
            count, whole = measured.values.get("number", ""), measured.values.get("whole", "")
            points = self._marking.worth(explanation.values.get("points", ""))
            self.derived_label.setText(self._marking.tr("desk.ticked", count=count, whole=whole, points=points))

    def retranslate(self) -> None:
        """Name the options."""
        for option, row in zip(self._measure.options, self.rows, strict=False):
            row.set_texts(self._marking.text(option.text))
        self.rows[-1].set_texts(self._marking.tr("desk.none_of_these"))

    # --- slots

    def _on_chosen(self, position: int) -> None:
        # A digit key comes here before the mark has changed, a click after it: both turn what is stored in the row.
        row = self.rows[position]
        chosen = not bool(row.property("chosen"))
        if position == len(self.rows) - 1:
            for other in self.rows:
                other.set_chosen(False)
        else:
            self.rows[-1].set_chosen(False)
        row.set_chosen(chosen)
        self.answer_edited.emit(False)


def worth(outcome: Outcome, marking: Marking) -> str:
    """Say what an outcome is worth, and what else follows from it."""
    points = marking.points(outcome.points)
    if outcome.effect is None:
        return points
    effect = "desk.effect_veto" if outcome.effect is Effect.VETO else "desk.effect_zero_total"
    return f"{points} · {marking.tr(effect)}"
