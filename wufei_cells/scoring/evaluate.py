"""Turn answers into a scorecard.

Pure: no clock, no database, no wording. The same edition, facts and answers give the same scorecard on every
machine. Arithmetic is exact; nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Item, NaPolicy, NotApplicable
from wufei_cells.domain.rules import Effect
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.conditions import FactValue, facts_in, holds, read_facts
from wufei_cells.scoring.measures import BadAnswer
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import Mark, RuleEvaluator, read_yes_no
from wufei_cells.scoring.scorecard import Explanation, GateResult, ItemScore, Scorecard, Span
from wufei_cells.scoring.totals import ItemMark, Totals

ZERO = Fraction(0)


def evaluate(checklist: Checklist, facts: Mapping[str, object], answers: Mapping[str, Answer]) -> Scorecard:
    """Score a whole checklist.

    Unanswered items count as missing, not as zero: the scorecard then gives a range.

    Raises:
        ProblemsFound: answers that belong to no item, or do not fit their rules; all of them at once.
    """
    return _Evaluation(checklist, facts, answers).scorecard()


def answer_problems(checklist: Checklist, key: str, answer: Answer) -> tuple[Problem, ...]:
    """List what is wrong with one answer, before it is written."""
    entry = checklist.entry(key)
    if entry is None:
        return (Problem("answer.unknown_item", key, {"item": key}),)
    try:
        _check_na(entry, answer)
        if isinstance(entry, Gate):
            if answer.value is not None:
                read_yes_no(answer.value)
        elif answer.na is None:
            RuleEvaluator(Numbers(checklist.parameters)).mark(entry.rule, answer.value, Fraction(entry.full))
    except BadAnswer as bad:
        return (_problem(key, bad),)
    return ()


class _Evaluation:
    def __init__(self, checklist: Checklist, facts: Mapping[str, object], answers: Mapping[str, Answer]) -> None:
        self.checklist = checklist
        self.answers = answers
        self.numbers = Numbers(checklist.parameters)
        self.rules = RuleEvaluator(self.numbers)
        self.facts, self.problems = read_facts(checklist.facts, facts)
        self.missing: list[str] = []
        self.cautions: list[Problem] = []
        self.gates: list[GateResult] = []
        self.effects: list[Effect] = []
        self.pending: list[Effect] = []
        known = {entry.key for entry in checklist.entries()}
        self.problems += [Problem("answer.unknown_item", key, {"item": key}) for key in answers if key not in known]

    def scorecard(self) -> Scorecard:
        self._missing_facts()
        for gate in self.checklist.gates:
            self._gate(gate)
        groups = [[self._item(item) for item in group.all_items()] for group in self.checklist.groups]
        bonus = self.checklist.bonus
        bonus_marks = [self._item(item, bonus=True) for item in bonus.group.all_items()] if bonus else []
        if self.problems:
            raise ProblemsFound(self.problems)
        totals = Totals(self.checklist, self.numbers, zeroed=self._zeroed(), may_be_vetoed=bool(self.pending))
        return totals.scorecard(groups, bonus_marks, tuple(self.gates), tuple(self.missing), tuple(self.cautions))

    def _zeroed(self) -> bool | None:
        """Whether some answer sets the whole total to nothing; ``None`` while one that is missing still could."""
        if Effect.ZERO_TOTAL in self.effects:
            return True
        return None if Effect.ZERO_TOTAL in self.pending else False

    # --- what applies

    def _missing_facts(self) -> None:
        needed: dict[str, None] = {}
        for entry in self.checklist.entries():
            if entry.applies and self._applies(entry) is None:
                needed.update(dict.fromkeys(key for key in facts_in(entry.applies) if key not in self.facts))
        self.missing += [f"facts.{key}" for key in needed]

    def _applies(self, entry: Gate | Item) -> bool | None:
        return True if entry.applies is None else holds(entry.applies, self.facts, self.numbers)

    # --- gates

    def _gate(self, gate: Gate) -> None:
        answer = self.answers.get(gate.key, Answer())
        applies = self._applies(gate)
        if applies is False:
            return
        try:
            _check_na(gate, answer)
            ok = None if answer.value is None else read_yes_no(answer.value)
        except BadAnswer as bad:
            self.problems.append(_problem(gate.key, bad))
            return
        if ok is None:
            self.missing.append(gate.key)
        if applies is None and ok is False:
            ok = None  # the fact that is still open may set this gate aside
        self.gates.append(GateResult(gate.key, ok, "gate.condition"))

    # --- items

    def _item(self, item: Item, *, bonus: bool = False) -> ItemMark:
        answer = self.answers.get(item.key, Answer())
        full = Fraction(item.full)
        applies = self._applies(item)
        if applies is False:
            return self._not_applicable(item, "explain.excluded_by_facts", answer, bonus=bonus)
        try:
            _check_na(item, answer)
            if answer.na is not None:
                return self._not_applicable(item, "explain.not_applicable", answer, bonus=bonus)
            mark = self.rules.mark(item.rule, answer.value, full)
        except BadAnswer as bad:
            self.problems.append(_problem(item.key, bad))
            told = Explanation("explain.unanswered", Span(ZERO, full))
            return ItemMark(_item_score(item, full, told.span, told))
        if bonus and answer.value is None:
            return self._unclaimed_bonus(item, full)
        return self._scored(item, full, mark, undecided=applies is None)

    def _scored(self, item: Item, full: Fraction, mark: Mark, *, undecided: bool) -> ItemMark:
        """Count an item that applies, or of which that is not known yet (``undecided``)."""
        self.missing += [f"{item.key}.{name}" if name else item.key for name in mark.missing]
        self.cautions += [Problem(caution.code, item.key, caution.values) for caution in mark.cautions]
        self.effects += () if undecided else mark.effects
        self.pending += (*mark.effects, *mark.pending) if undecided else mark.pending
        self._item_gates(item, mark, undecided=undecided)
        removable = undecided or (mark.missing == ("",) and item.not_applicable is NotApplicable.REASON)
        # Set aside, the item may count from nothing to full marks, depending on the rule for such items.
        span = Span(ZERO, full) if removable else mark.span
        code = "explain.item_undecided" if undecided else "explain.item"
        told = Explanation(code, span, item.key, {"full": printed(full)}, (mark.explanation,))
        return ItemMark(_item_score(item, full, span, told, answered=not mark.missing), removable=removable)

    def _not_applicable(self, item: Item, code: str, answer: Answer, *, bonus: bool) -> ItemMark:
        full = Fraction(item.full)
        if code == "explain.excluded_by_facts" and answer.given:
            self.cautions.append(Problem("caution.answer_ignored", item.key, {"item": item.key}))
        policy = self.checklist.na_policy
        given = policy is NaPolicy.FULL and not bonus  # a bonus is earned, never given
        got = Span.exactly(full if given else ZERO)
        counts = policy in (NaPolicy.FULL, NaPolicy.ZERO)
        values: dict[str, str] = {"full": printed(full), "reason": answer.na or "", "policy": policy.value}
        told = Explanation(code, got, item.key, values)
        return ItemMark(ItemScore(item.key, full, got, applies=False, answered=True, explanation=told), counts=counts)

    def _unclaimed_bonus(self, item: Item, full: Fraction) -> ItemMark:
        """A bonus is claimed or not: an empty answer claims nothing and holds nothing up."""
        told = Explanation("explain.bonus_unclaimed", Span.exactly(0), item.key, {"full": printed(full)})
        return ItemMark(_item_score(item, full, Span.exactly(0), told))

    def _item_gates(self, item: Item, mark: Mark, *, undecided: bool) -> None:
        """Add what a starred item and the effects of answers forbid; nothing is lost while it may not apply."""
        failed = None if undecided else False
        if item.star:
            ok = True if mark.span.low > 0 else (None if mark.missing else failed)
            self.gates.append(GateResult(item.key, ok, "gate.star"))
        for effect in mark.effects:
            self.gates.append(GateResult(item.key, failed, f"gate.{effect.value}"))


def _check_na(entry: Gate | Item, answer: Answer) -> None:
    if answer.na is None:
        return
    if isinstance(entry, Gate) or entry.not_applicable is NotApplicable.NEVER:
        raise BadAnswer("answer.na_forbidden")
    if not answer.na.strip():
        raise BadAnswer("answer.na_reason")


def _item_score(item: Item, full: Fraction, got: Span, told: Explanation, *, answered: bool = True) -> ItemScore:
    return ItemScore(item.key, full, got, applies=True, answered=answered, explanation=told)


def _problem(key: str, bad: BadAnswer) -> Problem:
    place = f"{key}.{bad.part}" if bad.part else key
    return Problem(bad.code, place, {"item": key, **bad.values})


def usable_facts(checklist: Checklist, raw: Mapping[str, object]) -> dict[str, FactValue]:
    """Give the facts this edition asks for; raises ``ProblemsFound`` for values it cannot use."""
    facts, problems = read_facts(checklist.facts, raw)
    if problems:
        raise ProblemsFound(problems)
    return facts
