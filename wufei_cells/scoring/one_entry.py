"""Score one entry by itself, for many sites: nothing else of the checklist is evaluated.

What a site gets for an item depends on its answer, on the facts that decide whether it applies, and on the numbers of
the day. All of that is kept; totals, levels and minima of groups are left out. Sites mostly give one of a few answers,
so each combination is worked out once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item
from wufei_cells.domain.rules import Best, Rule, Sum
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import ItemScore, Scorecard, Span


class Outcome(StrEnum):
    """What became of an entry at one site."""

    MET = "met"
    """Full marks, or a condition that is met; of a deduction: looked for and not found."""
    DEDUCTED = "deducted"
    NOT_APPLICABLE = "not_applicable"
    """An assessor set it aside."""
    OPEN = "open"
    """Not answered, or not in full."""
    UNCLAIMED = "unclaimed"
    """A bonus nobody claimed, or a deduction nobody noted."""
    EXCLUDED = "excluded"
    """The facts of the site leave it out; nobody is asked."""


@dataclass(frozen=True, slots=True)
class EntryScore:
    """How one entry stands at one site."""

    outcome: Outcome
    points: Span | None = None
    """In the item's own marks; what a deduction takes off. ``None`` for conditions, which give none."""


class EntryScorer:
    """Scores one entry of one edition."""

    def __init__(self, checklist: Checklist, key: str) -> None:
        """Take the entry out of its checklist.

        Raises:
            KeyError: the edition has no such entry.
        """
        entry = checklist.entry(key)
        if entry is None:
            raise KeyError(key)
        self.entry = entry
        self._alone = _alone(checklist, key)
        self.taken = self._alone.deductions is not None
        """Whether its points are taken off the total."""
        asked = tuple(fact.key for fact in checklist.facts if fact.formula is None)
        self.facts: tuple[str, ...] = asked if _looks_at_facts(self._alone) else ()
        """Facts of the site that may matter to it."""
        self._by_day = any(parameter.phases for parameter in checklist.parameters)
        self._known: dict[object, EntryScore] = {}

    @property
    def full(self) -> Fraction | None:
        """Full marks of the item; ``None`` for a condition."""
        return Fraction(self.entry.full) if isinstance(self.entry, Item) else None

    def score(self, facts: Mapping[str, object], answer: Answer, on: date) -> EntryScore:
        """Give what an answer means for a site with these facts; one that no rule can read counts as not given."""
        known = {key: facts[key] for key in self.facts if key in facts}
        place = (
            tuple(known.items()),
            on if self._by_day else None,
            repr(answer.value),
            answer.na,
        )
        found = self._known.get(place)
        if found is None:
            found = self._known[place] = self._scored(known, answer, on)
        return found

    def _scored(self, facts: Mapping[str, object], answer: Answer, on: date) -> EntryScore:
        given = {self.entry.key: answer}
        try:
            card = evaluate(self._alone, facts, given, on=on)
        except ProblemsFound as found:  # noted for another edition, or written by another program
            unread = {problem.place.split(".", maxsplit=1)[0] for problem in found.problems}
            places = {problem.place for problem in found.problems}
            usable = {key: value for key, value in facts.items() if f"facts.{key}" not in places}
            card = evaluate(self._alone, usable, {} if self.entry.key in unread else given, on=on)
        if isinstance(self.entry, Gate):
            return EntryScore(_gate_outcome(card))
        score = card.items[0]
        return EntryScore(self._item_outcome(score), score.got)

    def _item_outcome(self, score: ItemScore) -> Outcome:
        code = score.explanation.code
        if code == "explain.excluded_by_facts":
            return Outcome.EXCLUDED
        if not score.applies:
            return Outcome.NOT_APPLICABLE
        if code in ("explain.bonus_unclaimed", "explain.nothing_deducted"):
            return Outcome.UNCLAIMED
        if not score.answered or not score.got.settled:
            return Outcome.OPEN
        lost = score.got.low if self.taken else score.full - score.got.low
        return Outcome.DEDUCTED if lost > 0 else Outcome.MET


def _gate_outcome(card: Scorecard) -> Outcome:
    if not card.gates:
        return Outcome.EXCLUDED
    ok = card.gates[0].ok
    if ok is None:
        return Outcome.OPEN
    return Outcome.MET if ok else Outcome.DEDUCTED


def _alone(checklist: Checklist, key: str) -> Checklist:
    """Give a checklist of one entry, under the same conditions, numbers and rule for what does not apply."""
    bonus, deductions = checklist.bonus, checklist.deductions
    bonus_group = _pruned(bonus.group, key) if bonus else None
    deduction_group = _pruned(deductions.group, key) if deductions else None
    lowest = replace(checklist.grades[0], groups_at_least=None, group_exceptions=(), items_at_least=())
    return replace(
        checklist,
        gates=tuple(gate for gate in checklist.gates if gate.key == key),
        groups=tuple(group for group in (_pruned(group, key) for group in checklist.groups) if group),
        bonus=replace(bonus, group=bonus_group) if bonus and bonus_group else None,
        deductions=replace(deductions, group=deduction_group) if deductions and deduction_group else None,
        grades=(lowest,),
        scoring=replace(checklist.scoring, na_at_most=None, out_of=None, columns=()),
    )


def _pruned(group: Group, key: str) -> Group | None:
    """Give a group with nothing in it but one item; ``None`` when the item is not there."""
    items = tuple(item for item in group.items if item.key == key)
    groups = tuple(inner for inner in (_pruned(inner, key) for inner in group.groups) if inner)
    return replace(group, items=items, groups=groups, cap=None, weight=None) if items or groups else None


def _looks_at_facts(alone: Checklist) -> bool:
    return any(
        conditions or (isinstance(entry, Item) and _has_conditional_parts(entry.rule))
        for entry, conditions in alone.placed_entries()
    )


def _has_conditional_parts(rule: Rule) -> bool:
    parts = rule.parts if isinstance(rule, Sum | Best) else ()
    return any(part.applies is not None or _has_conditional_parts(part.rule) for part in parts)
