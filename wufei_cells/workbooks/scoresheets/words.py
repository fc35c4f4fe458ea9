"""The words of a scoresheet: fixed sentences from the catalogue, and the checklist's own in the same language."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, printed, with_unit
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.scoring.answer_fields import FieldKind
from wufei_cells.workbooks.formulas.fields import Answers

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist, Gate, Item
    from wufei_cells.domain.text import Language
    from wufei_cells.scoring.answer_fields import AnswerField
    from wufei_cells.wording import Wording


class SheetWords:
    """Everything that is said on a sheet, in one language."""

    def __init__(self, wording: Wording, checklist: Checklist, on: date) -> None:
        """Speak of one edition, with the numbers of a day."""
        self._wording = wording
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.text = texts_in(self.language, checklist, on)
        """Gives a text of the checklist."""

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self._wording.say(f"scoresheet.{key}", **values)

    def verify(self, entry: Item | Gate) -> str:
        """How an item is checked, and the evidence wanted."""
        ways = self.say("and").join(self.say(f"verify.{way.value}") for way in entry.verify)
        evidence = self.text(entry.evidence)
        return self.say("verify.with_evidence", ways=ways, evidence=evidence) if evidence else ways

    def fact(self, fact: Fact, value: str) -> str:
        """Write the value of a site fact."""
        if fact.kind is FactKind.YES_NO:
            return self.say("yes" if value == "yes" else "no")
        chosen = next((option for option in fact.options if option.key == value), None)
        return self.text(chosen.text) if chosen else with_unit(value, self.text(fact.unit))

    @property
    def answers(self) -> Answers:
        """The words for yes and no."""
        return Answers(self.say("yes"), self.say("no"))

    @property
    def gate_answers(self) -> Answers:
        """The words for a precondition that is met, and for one that is not."""
        return Answers(self.say("gate.met"), self.say("gate.not_met"))

    def asked(self, field: AnswerField) -> str:
        """Say what a cell asks for."""
        said = " · ".join(filter(None, map(self.text, field.texts)))
        word = self.say(f"asked.{field.kind.value}")
        if field.kind in (FieldKind.COUNT, FieldKind.NUMBER):
            return self.with_unit(said or word, self.text(field.unit))
        if field.kind in (FieldKind.POINTS, FieldKind.REASON):
            return self.say("asked.of", what=said, word=word) if said else word
        return said or word

    def with_unit(self, what: str, unit: str) -> str:
        """Name something that is counted or measured, with its unit."""
        return self.say("asked.with_unit", what=what, unit=unit) if unit else what

    def grade(self, checklist: Checklist, key: str) -> str:
        """The name of a level."""
        return next((self.text(grade.text) for grade in checklist.grades if grade.key == key), key)

    def span(self, low: Fraction, high: Fraction) -> str:
        """Write what is still possible."""
        return self.say("span", low=printed(low), high=printed(high))


def mark(value: Fraction) -> str:
    """Write a mark that must be reached: without loss, because a cut one would seem reached too early."""
    return exact(value)
