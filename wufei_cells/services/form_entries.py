"""Say of the facts, items, groups and gates of an assessment what placeholders in an office's own workbook ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item, NaPolicy
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.numbers_in_text import TextIn, texts_in
from wufei_cells.scoring import answer_notation
from wufei_cells.scoring.conditions import read_facts, with_derived
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services import exporting
from wufei_cells.services.reading import Sheet
from wufei_cells.wording import Wording
from wufei_cells.workbooks.form_templates.data import Entry, Value

if TYPE_CHECKING:
    from wufei_cells.domain.answers import Answer
    from wufei_cells.domain.text import Language
    from wufei_cells.scoring.scorecard import ItemScore, Span

_KEEPS_POINTS = (NaPolicy.FULL, NaPolicy.ZERO, NaPolicy.SHARE)
"""Rules under which what does not apply has points all the same."""


class FormEntries:
    """Goes through the entries of one assessment in printed order, with what is told of each."""

    def __init__(self, sheet: Sheet, evidence: Mapping[str, int], wording: Wording) -> None:
        """Speak of an assessment; ``evidence`` says how many pieces stand under each item."""
        self._sheet = sheet
        self._wording = wording
        self._evidence = evidence
        self._language: Language = language_of(wording)
        self._text = texts_in(self._language, sheet.checklist, sheet.on)
        self._reasons = exporting.reasons(sheet.scorecard, sheet.checklist, wording, on=sheet.on)
        self._extra = _outside(sheet.checklist)

    def facts(self) -> Iterator[Entry]:
        """The facts of the site, those that are worked out among them."""
        checklist = self._sheet.checklist
        stated, _problems = read_facts(checklist.facts, self._sheet.facts)
        known = with_derived(checklist.facts, stated, Numbers(checklist.parameters, self._sheet.on))
        for fact in checklist.facts:
            yield Entry(names_of_fact(fact, self._text), {"": self._fact(fact, known.get(fact.key))})

    def items(self) -> Iterator[Entry]:
        """The items in printed order."""
        for group in self._sheet.checklist.top_groups():
            for item in group.all_items():
                values = {**self._of_item(item), "group": self._text(group.text)}
                yield Entry((item.number, item.key), values)

    def groups(self) -> Iterator[Entry]:
        """The groups at every depth; only those at the top have rows."""
        for group, names, in_rows in named_groups(self._sheet.checklist):
            values: dict[str, Value] = {
                "number": group.number,
                "text": self._text(group.text),
                "full": number_of(self._full(group)),
                "points": self._points_of_group(group),
            }
            yield Entry(names, values, in_rows=in_rows)

    def gates(self) -> Iterator[Entry]:
        """The conditions without points."""
        results = {gate.key: gate.ok for gate in self._sheet.scorecard.gates if gate.code.startswith("gate.condition")}
        for gate in self._sheet.checklist.gates:
            values: dict[str, Value] = {
                "number": gate.number,
                "text": self._text(gate.text),
                "result": self._gate(results.get(gate.key, "")),
                "note": self._note(gate),
                "evidence": Decimal(self._evidence.get(gate.key, 0)),
            }
            yield Entry((gate.number, gate.key), values)

    # --- one entry

    def _of_item(self, item: Item) -> dict[str, Value]:
        row, score = self._sheet.answers.get(item.key), self._sheet.scorecard.item(item.key)
        answer = row.answer if row else None
        return {
            "number": item.number,
            "text": self._text(item.text),
            "full": number_of(Fraction(item.full)),
            "points": self._points(item, score),
            "answer": answer_notation.write(item, answer, self._language) if answer else None,
            "note": self._note(item),
            "reason": self._reasons.get(item.key),
            "na": self._not_applicable(answer, score),
            "evidence": Decimal(self._evidence.get(item.key, 0)),
            "scoring": self._text(item.scoring),
        }

    def _points(self, item: Item, score: ItemScore | None) -> Value:
        """The points of an item that is answered; a bonus or deduction that nobody noted has none before the end."""
        if score is None or not (score.answered and score.got.settled):
            return None
        kept = item.key not in self._extra and self._sheet.checklist.scoring.na_policy in _KEEPS_POINTS
        waiting = item.key in self._extra and item.key not in self._sheet.answers
        return number_of(score.got.low) if (score.applies or kept) and not waiting else None

    def _not_applicable(self, answer: Answer | None, score: ItemScore | None) -> Value:
        if answer is not None and answer.na is not None:
            return answer.na
        return self._wording.say("form_template.by_facts") if score is not None and not score.applies else None

    def _note(self, entry: Gate | Item) -> Value:
        row = self._sheet.answers.get(entry.key)
        return row.answer.note.strip() if row else None

    def _gate(self, ok: bool | str | None) -> Value:  # noqa: FBT001 - True, False, open, or nothing where none is asked
        if ok == "":
            return self._wording.say("form_template.by_facts")
        return None if ok is None else self._wording.say("form_template.met" if ok else "form_template.not_met")

    def _fact(self, fact: Fact, value: object) -> Value:
        if value is None:
            return None
        if fact.kind is FactKind.NUMBER and isinstance(value, Fraction | Decimal | int):
            return number_of(Fraction(value))
        if fact.kind is FactKind.YES_NO:
            return self._wording.say("form_template.yes" if value in (True, "yes") else "form_template.no")
        option = next((option for option in fact.options if option.key == value), None)
        return self._text(option.text) if option else str(value)

    # --- groups

    def _full(self, group: Group) -> Fraction:
        card, checklist = self._sheet.scorecard, self._sheet.checklist
        for extra in (checklist.bonus, checklist.deductions):
            if extra is not None and extra.group.key == group.key:
                return Fraction(extra.cap)
        return next((score.full for score in card.groups if score.key == group.key), Fraction(group.full))

    def _points_of_group(self, group: Group) -> Value:
        """The points of a group in which nothing is left to answer."""
        keys = {item.key for item in group.all_items()}
        span, card = self._span(group), self._sheet.scorecard
        missing = any(key.partition(".")[0] in keys for key in card.missing)
        waiting = keys <= self._extra and not card.finished and not keys & self._sheet.answers.keys()
        empty = not keys & self._extra and not self._full(group)
        known = span is not None and span.settled and not (missing or waiting or empty)
        return number_of(span.low) if span is not None and known else None

    def _span(self, group: Group) -> Span | None:
        card, checklist = self._sheet.scorecard, self._sheet.checklist
        if checklist.bonus is not None and group.key == checklist.bonus.group.key:
            return card.bonus
        if checklist.deductions is not None and group.key == checklist.deductions.group.key:
            return card.deductions
        return next((node.span for node in card.explanation.walk() if node.key == group.key), None)


def names_of_fact(fact: Fact, text: TextIn) -> tuple[str, ...]:
    """Give what a fact can be called by: its key, and its words as they are shown."""
    return tuple(dict.fromkeys(filter(None, (fact.key, text(fact.text), fact.text.zh, fact.text.en))))


def named_groups(checklist: Checklist) -> Iterator[tuple[Group, tuple[str, ...], bool]]:
    """Go through all groups: what each can be called by (number, key, at the top its position), and if it has rows."""
    positions = {group.key: str(position) for position, group in enumerate(checklist.top_groups(), start=1)}
    for group in checklist.all_groups():
        position = positions.get(group.key)
        yield group, (group.number, group.key, *((position,) if position else ())), position is not None


def _outside(checklist: Checklist) -> frozenset[str]:
    """Name the items outside full marks."""
    extras = (checklist.bonus, checklist.deductions)
    return frozenset(item.key for extra in extras if extra for item in extra.group.all_items())


def number_of(value: Fraction) -> Decimal:
    """Give a number as it is printed: cut after two decimals."""
    return Decimal(printed(value))


def language_of(wording: Wording) -> Language:
    """Give the language in which a wording speaks."""
    return "en" if wording.language == "en" else "zh"
