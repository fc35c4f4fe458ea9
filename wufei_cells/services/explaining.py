"""Say in words why a number is what it is, and what the verdict rests on.

The window, the PDF annex and the command line all show these lines. Pure: a scorecard, the edition it was made
with and a wording go in, sentences come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item, NaPolicy
from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.domain.rules import Best, Levels, Rule, Sum
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import Explanation, GateResult, GradeResult, Scorecard, Span
from wufei_cells.services.measure_wording import READINGS, measured_sentence, nearly, score_text, up_to_print
from wufei_cells.services.rules_in_force import rules_in_force
from wufei_cells.wording import Wording

_OTHER = {True: "explain.other_passed", False: "explain.other_failed", None: "explain.other_open"}
_SET_ASIDE = ("explain.not_applicable", "explain.excluded_by_facts")
_ITEMS = ("explain.item", "explain.item_undecided", "explain.bonus_unclaimed", *_SET_ASIDE)


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of an explanation, indented by ``depth``."""

    depth: int
    key: str
    """What it speaks of: a group, an item, or a part of an item (``A1.plan``); empty for the whole."""
    sentence: str
    points: str
    """``4``, or ``0–10`` while something is missing; empty where the line is about no points."""
    code: str


def explain(
    subject: Scorecard | Explanation,
    checklist: Checklist,
    wording: Wording,
    others: Mapping[NaPolicy, Scorecard] = MappingProxyType({}),
    *,
    on: date | None = None,
) -> tuple[ExplainedLine, ...]:
    """Explain a whole scorecard, or one branch of it such as the explanation of an item.

    Args:
        subject: with a scorecard, its gates, its levels, the rules in force and what to look at twice follow the total.
        checklist: the edition that the scorecard was made with.
        wording: the reader's language.
        others: the same answers under the other rules for what does not apply, to be told as well.
        on: the day whose numbers hold.
    """
    teller = _Teller(checklist, wording, on)
    if isinstance(subject, Explanation):
        return tuple(teller.branch(subject, 0))
    return (
        *teller.branch(subject.explanation, 0),
        *teller.rules(subject),
        *(teller.gate(gate) for gate in subject.gates),
        *(line for grade in subject.grades for line in teller.grade(grade)),
        *teller.under(others),
        *teller.cautions(subject),
    )


def rules(card: Scorecard, checklist: Checklist, wording: Wording, *, on: date | None = None) -> dict[str, str]:
    """Give the rules in force as sentences by code, and how much was set aside; the one for that comes first."""
    return {line.code: line.sentence for line in _Teller(checklist, wording, on).rules(card)}


class _Teller:
    """Knows the names of one edition in one language, and turns explanation nodes into lines."""

    def __init__(self, checklist: Checklist, wording: Wording, on: date | None) -> None:
        self.checklist = checklist
        self.wording = wording
        self.on = on
        self.numbers = Numbers(checklist.parameters, on)
        self._text = texts_in("en" if wording.language == "en" else "zh", checklist, on)
        self.entries = {entry.key: entry for entry in checklist.entries()}
        self.groups: dict[str, Group] = {group.key: group for group in checklist.all_groups()}
        bonus, deductions = checklist.bonus, checklist.deductions
        self.taken = {item.key for item in deductions.group.all_items()} if deductions else set[str]()
        self.outside = self.taken | ({item.key for item in bonus.group.all_items()} if bonus else set[str]())

    # --- the tree of a number

    def branch(self, node: Explanation, depth: int) -> Iterator[ExplainedLine]:
        """Tell a node above or at the items, and everything below it."""
        entry = self.entries.get(node.key)
        if node.code in _ITEMS and isinstance(entry, Item):
            yield self._line(depth, node.key, self._item(node, entry), node)
            for child in node.children:
                yield from self._rule_branch(child, depth + 1, entry.rule, entry.key, "")
            return
        yield self._line(depth, node.key, self._whole(node), node)
        for child in node.children:
            yield from self.branch(child, depth + 1)

    def _whole(self, node: Explanation) -> str:
        slots = {**node.values, "score": score_text(node.span)}
        if node.key in self.groups:
            slots["name"] = self._text(self.groups[node.key].text)
        elif node.key:
            slots |= self._named(self.entries[node.key])
        if "exact" in slots:
            slots["exact"] = nearly(Fraction(slots["exact"]))
        if "before" in slots:
            slots["before"] = score_text(sum((child.span for child in node.children), start=Span.exactly(0)))
        sentence = self.wording.say(node.code, **slots)
        if "needed" in slots:
            needed = up_to_print(slots["needed"])
            return self.wording.say("explain.with_minimum", sentence=sentence, needed=needed)
        return sentence

    def _item(self, node: Explanation, item: Item) -> str:
        slots = {**node.values, "number": item.number, "name": self._text(item.text), "score": score_text(node.span)}
        if node.code in _SET_ASIDE and item.key in self.outside:
            slots["policy"] = self.wording.say("explain.set_aside_zero")  # no rule grants a bonus or a deduction
        elif node.code in _SET_ASIDE:
            slots["policy"] = self.wording.say(f"explain.set_aside_{node.values['policy']}")
        code = "explain.item_taken" if node.code == "explain.item" and item.key in self.taken else node.code
        return self.wording.say(code, **slots)

    def _rule_branch(
        self, node: Explanation, depth: int, rule: Rule, place: str, part_name: str
    ) -> Iterator[ExplainedLine]:
        """Tell what a rule gave; the rule is walked beside the explanation, because it has the names and units."""
        sentence = self._rule_sentence(node, rule, taken=place.split(".", maxsplit=1)[0] in self.taken)
        if part_name:
            sentence = self.wording.say("explain.part", part=part_name, sentence=sentence)
        yield self._line(depth, place, sentence, node)
        parts = {part.key: part for part in rule.parts} if isinstance(rule, Sum | Best) else {}
        for child in node.children:
            if node.code in ("explain.sum", "explain.best"):
                part = parts[child.key]
                name = self._text(part.text)
                yield from self._rule_branch(child, depth + 1, part.rule, f"{place}.{part.key}", name)
            else:
                yield from self._rule_branch(child, depth + 1, rule, place, "")

    def _rule_sentence(self, node: Explanation, rule: Rule, *, taken: bool) -> str:
        measured = measured_sentence(node, rule, self.wording, self._text, self.numbers, taken=taken)
        if measured is not None:
            return measured
        slots = {**node.values, "score": score_text(node.span)}
        code = node.code
        if isinstance(rule, Levels) and "level_key" in slots:
            chosen = next(level for level in rule.levels if level.key == slots["level_key"])
            slots["level"] = self._text(chosen.text)
        if code == "explain.range" and not slots["reason"].strip():
            code = "explain.range_at_its_top"
        if code == "explain.sum" and slots["start"] != "0":
            code = "explain.sum_from_start"
        if code == "explain.clamped":
            slots["before"] = score_text(node.children[0].span)
        return self.wording.say(code, **slots)

    def _line(self, depth: int, key: str, sentence: str, node: Explanation) -> ExplainedLine:
        is_reading = node.code in READINGS
        return ExplainedLine(depth, key, sentence, "" if is_reading else score_text(node.span), node.code)

    # --- what stands beside the tree

    def rules(self, card: Scorecard) -> Iterator[ExplainedLine]:
        """Name the rules in force that a reader could not see from the numbers."""
        for rule in rules_in_force(self.checklist, self.wording, on=self.on):
            yield ExplainedLine(0, "", rule.sentence, "", rule.code)
        if card.set_aside:
            yield self._note("explain.aside_share", share=printed(card.set_aside))
        total = card.total.low
        if card.total.settled and printed(total) != exact(total):
            yield self._note("explain.cut", exact=exact(total), score=printed(total))

    def under(self, others: Mapping[NaPolicy, Scorecard]) -> Iterator[ExplainedLine]:
        """Tell what the same answers would give under other rules for what does not apply."""
        for policy, card in others.items():
            rule = self.wording.say(f"explain.set_aside_{policy.value}")
            yield self._note(_OTHER[card.passed], rule=rule, score=score_text(card.total))

    def gate(self, gate: GateResult) -> ExplainedLine:
        """Tell how one gate stands."""
        return ExplainedLine(0, gate.key, self.gate_sentence(gate), "", gate.code)

    def gate_sentence(self, gate: GateResult) -> str:
        """Say how one gate stands: met, still open, or why it failed."""
        code = gate.code if gate.ok is False else "gate.open" if gate.ok is None else "gate.met"
        return self.wording.say(code, **self._named(self.entries[gate.key]), **gate.values)

    def grade(self, grade: GradeResult) -> Iterator[ExplainedLine]:
        """Tell whether one level is reached, and which minima it misses."""
        code = {True: "explain.grade_reached", False: "explain.grade_missed", None: "explain.grade_open"}[grade.reached]
        needed = up_to_print(grade.total_needed)
        yield self._note(code, grade=self.grade_name(grade.key), needed=needed)
        for key in grade.short:
            name = self.group_name(key) if key in self.groups else self._text(self.entries[key].text)
            yield replace(self._note("explain.grade_minimum", name=name), depth=1, key=key)

    def grade_name(self, key: str) -> str:
        """Name a level."""
        return self._text(next(grade.text for grade in self.checklist.grades if grade.key == key))

    def group_name(self, key: str) -> str:
        """Name a group."""
        return self._text(self.groups[key].text)

    def cautions(self, card: Scorecard) -> Iterator[ExplainedLine]:
        """Tell what to look at twice."""
        for caution in card.cautions:
            entry = self.entries.get(caution.place)
            sentence = self.wording.say(caution.code, **caution.values)
            if entry:
                sentence = self.wording.say("explain.caution", sentence=sentence, **self._named(entry))
            yield ExplainedLine(0, caution.place, sentence, "", caution.code)

    def _note(self, code: str, **slots: str) -> ExplainedLine:
        return ExplainedLine(0, "", self.wording.say(code, **slots), "", code)

    def named(self, key: str) -> dict[str, str]:
        """Give number and name of an entry, for sentences."""
        return self._named(self.entries[key])

    def _named(self, entry: Item | Gate) -> dict[str, str]:
        return {"number": entry.number, "name": self._text(entry.text)}


# --- the verdict


def verdict(card: Scorecard, checklist: Checklist, wording: Wording, *, on: date | None = None) -> str:
    """Say in one sentence how an assessment stands: passed with what, failed why, or open between what."""
    teller = _Teller(checklist, wording, on)
    if not card.missing and (card.passed is None or not card.total.settled):
        needed = up_to_print(card.grades[0].total_needed)
        return wording.say("verdict.disputed", score=score_text(card.total), needed=needed)
    if card.passed is None:
        values = {"needed": up_to_print(card.grades[0].total_needed), "count": len(card.missing)}
        code = "verdict.open_settled" if card.total.settled else "verdict.open"
        return wording.say(code, score=score_text(card.total), **values)
    if card.passed:
        level = teller.grade_name(card.level or card.grades[0].key)
        return wording.say("verdict.passed", score=score_text(card.total), level=level)
    reasons = wording.say("verdict.and").join(_failures(card, checklist, teller))
    if card.missing:
        return wording.say("verdict.failed_early", reasons=reasons, count=len(card.missing))
    return wording.say("verdict.failed", reasons=reasons)


def _failures(card: Scorecard, checklist: Checklist, teller: _Teller) -> Iterator[str]:
    """Name everything that keeps the lowest level from being reached: gates, groups, the total."""
    say: Callable[..., str] = teller.wording.say
    if not any(group.full for group in card.groups):
        yield say("verdict.nothing_applies")
        return
    yield from dict.fromkeys(teller.gate_sentence(gate) for gate in card.gates if gate.ok is False)
    for group in card.groups:
        if group.needed is not None and group.got.high < group.needed:
            code = "verdict.group_short" if group.got.settled else "verdict.group_short_at_best"
            values = {"score": printed(group.got.high), "needed": up_to_print(group.needed)}
            yield say(code, name=teller.group_name(group.key), **values)
        elif not group.full and group.key in card.grades[0].short:
            yield say("verdict.group_empty", name=teller.group_name(group.key))
    for key in card.grades[0].short:
        if key in teller.entries:
            yield say("verdict.item_short", **teller.named(key))
    if card.set_aside_limit is not None and card.set_aside > card.set_aside_limit:
        yield say("verdict.set_aside", share=up_to_print(card.set_aside), limit=printed(card.set_aside_limit))
    counted = card.counted
    needed = card.grades[0].total_needed
    if counted.high < needed:
        # What is needed is printed rounded up and what was reached cut off, so the two never look equal.
        values = {"needed": up_to_print(needed), "short": up_to_print(needed - counted.high)}
        bonus = checklist.bonus
        without_bonus = bonus is not None and not bonus.counts_for_pass and card.bonus.high > 0
        if counted.settled:
            code = "verdict.base_short" if without_bonus else "verdict.total_short"
        else:
            code = "verdict.base_short_at_best" if without_bonus else "verdict.total_short_at_best"
        yield say(code, score=printed(counted.high), **values)
