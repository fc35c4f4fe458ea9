"""Turn answers into a scorecard.

Pure: no clock, no database, no wording. The same edition, facts and answers give the same scorecard on every
machine. Arithmetic is exact; nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Item, NotApplicable, WhenAbsent
from wufei_cells.domain.conditions import Condition
from wufei_cells.domain.rules import Effect
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.bases import basis_problems
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.conditions import FactValue, asked_for, facts_in, read_facts
from wufei_cells.scoring.group_sums import ItemMark
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import Mark, RuleEvaluator, read_yes_no
from wufei_cells.scoring.scorecard import Explanation, GateResult, ItemScore, Scorecard, Span
from wufei_cells.scoring.totals import Found, Totals

ZERO = Fraction(0)


def evaluate(
    checklist: Checklist,
    facts: Mapping[str, object],
    answers: Mapping[str, Answer],
    *,
    on: date | None = None,
    supposing: Mapping[str, Fraction] | None = None,
) -> Scorecard:
    """Score a whole checklist.

    Unanswered items count as missing, not as zero: the scorecard then gives a range.

    Args:
        checklist: the edition.
        facts: what is known of the site; facts the edition does not ask for are left alone.
        answers: judgements by item or gate.
        on: the day of the assessment, for parameters that change with the years.
        supposing: points to suppose for items instead of what their answers give (what if).

    Raises:
        ProblemsFound: answers that belong to no item, or do not fit their rules; all of them at once.
    """
    return _Evaluation(checklist, facts, answers, on, supposing or {}).scorecard()


def answer_problems(checklist: Checklist, key: str, answer: Answer, *, on: date | None = None) -> tuple[Problem, ...]:
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
            RuleEvaluator(Numbers(checklist.parameters, on)).mark(entry.rule, answer.value, Fraction(entry.full))
    except BadAnswer as bad:
        return (*basis_problems(entry, answer), _problem(key, bad))
    return basis_problems(entry, answer)


class _Evaluation:
    def __init__(
        self,
        checklist: Checklist,
        facts: Mapping[str, object],
        answers: Mapping[str, Answer],
        on: date | None,
        supposing: Mapping[str, Fraction],
    ) -> None:
        self.checklist = checklist
        self.answers = answers
        self.supposing = supposing
        circumstances = Circumstances(checklist, facts, on)
        self.problems = [*circumstances.problems]
        self.numbers, self.facts = circumstances.numbers, circumstances.facts
        self.dropped, self.rules = circumstances.dropped, circumstances.rules
        self.extra_rules = circumstances.extra_rules
        self._holds = circumstances.holds
        self.missing: list[str] = []
        self.cautions: list[Problem] = []
        self.gates: list[GateResult] = []
        self.effects: list[Effect] = []
        self.pending: list[Effect] = []
        keys = {entry.key for entry in checklist.entries()}
        self.problems += [Problem("answer.unknown_item", key, {"item": key}) for key in answers if key not in keys]

    def scorecard(self) -> Scorecard:
        of = self.checklist
        self._missing_facts()
        for gate in of.gates:
            self._gate(gate)
        marks = {item.key: self._item(item, conditions) for item, conditions in of.placed_items()}
        for extra in (of.bonus, of.deductions):
            for item, conditions in extra.group.placed_items() if extra else ():
                marks[item.key] = self._item(item, conditions, extra=True)
        if self.problems:
            raise ProblemsFound(self.problems)
        found = Found(
            marks,
            tuple(self.gates),
            tuple(self.missing),
            tuple(self.cautions),
            zeroed=self._zeroed(),
            may_be_vetoed=bool(self.pending),
        )
        return Totals(of, self.numbers, found).scorecard()

    def _zeroed(self) -> bool | None:
        """Whether some answer sets the whole total to nothing; ``None`` while one that is missing still could."""
        if Effect.ZERO_TOTAL in self.effects:
            return True
        return None if Effect.ZERO_TOTAL in self.pending else False

    # --- what applies

    def _missing_facts(self) -> None:
        needed: dict[str, None] = {}
        for entry, conditions in self.checklist.placed_entries():
            if self._all_hold(conditions) is False:
                continue
            inner = self.rules.open_conditions(entry.rule) if isinstance(entry, Item) else ()
            for condition in (*conditions, *inner):
                if self._holds(condition) is None:
                    needed.update(dict.fromkeys(self._unknown_facts(condition)))
        self.missing += [f"facts.{key}" for key in needed]

    def _unknown_facts(self, condition: Condition) -> Iterator[str]:
        for key in facts_in(condition):
            if key in self.facts:
                continue
            asked = list(asked_for(self.checklist.facts, key))
            # Where all are known and the fact still cannot be worked out, they have to be looked at again.
            yield from [one for one in asked if one not in self.facts] or asked

    def _all_hold(self, conditions: tuple[Condition, ...]) -> bool | None:
        states = [self._holds(condition) for condition in conditions]
        return False if False in states else None if None in states else True

    # --- gates

    def _gate(self, gate: Gate) -> None:
        answer = self.answers.get(gate.key, Answer())
        applies = True if gate.applies is None else self._holds(gate.applies)
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

    def _item(self, item: Item, conditions: tuple[Condition, ...], *, extra: bool = False) -> ItemMark:
        """Score an item; ``extra`` ones stand outside full marks (bonus, deductions)."""
        answer = self.answers.get(item.key, Answer())
        full = Fraction(item.full)
        applies = self._all_hold(conditions)
        if applies is not False:
            applies = False if self.rules.applies(item.rule) is False else applies
        if applies is False:
            return self._not_applicable(item, "explain.excluded_by_facts", answer, extra=extra)
        try:
            _check_na(item, answer)
            if answer.na is not None:
                undecided = applies is None or self.rules.applies(item.rule) is None
                return self._set_aside(item, answer, extra=extra, undecided=undecided)
            mark = (self.extra_rules if extra else self.rules).mark(item.rule, answer.value, full)
        except BadAnswer as bad:
            self.problems.append(_problem(item.key, bad))
            told = Explanation("explain.unanswered", Span(ZERO, full))
            return ItemMark(_item_score(item, full, told.span, told))
        if item.key in self.supposing:
            return self._supposed(item, full)
        if extra and answer.value is None:
            return self._unclaimed(item, full)
        return self._scored(item, full, mark, undecided=applies is None)

    def _scored(self, item: Item, full: Fraction, mark: Mark, *, undecided: bool) -> ItemMark:
        """Count an item that applies, or of which that is not known yet (``undecided``)."""
        self.missing += [f"{item.key}.{name}" if name else item.key for name in mark.missing]
        self.cautions += [Problem(caution.code, item.key, caution.values) for caution in mark.cautions]
        self.effects += () if undecided else mark.effects
        self.pending += (*mark.effects, *mark.pending) if undecided else mark.pending
        self._item_gates(item, mark, undecided=undecided)
        parts_open = self.rules.applies(item.rule) is None
        undecided = undecided or parts_open
        removable = undecided or _may_be_set_aside(item, mark)
        # Set aside, the item may count from nothing to full marks, depending on the rule for such items.
        span = Span(ZERO, full) if removable else mark.span
        code = "explain.item_undecided" if undecided else "explain.item"
        told = Explanation(code, span, item.key, {"full": printed(full)}, (mark.explanation,))
        score = _item_score(item, full, span, told, answered=not mark.missing)
        return ItemMark(score, removable=removable, undecided=undecided)

    def _supposed(self, item: Item, full: Fraction) -> ItemMark:
        got = Span.exactly(self.supposing[item.key]).clamped(ZERO, full)
        values = {"full": printed(full), "points": printed(got.low)}
        return ItemMark(_item_score(item, full, got, Explanation("explain.supposed", got, item.key, values)))

    def _set_aside(self, item: Item, answer: Answer, *, extra: bool, undecided: bool) -> ItemMark:
        """An assessor says that the item does not apply."""
        if item.star and self.checklist.scoring.absent_star is WhenAbsent.FAILED:
            ok = None if undecided else False  # facts that are open may exclude it anyway
            self.gates.append(GateResult(item.key, ok, "gate.star_set_aside"))
        mark = self._not_applicable(item, "explain.not_applicable", answer, extra=extra)
        return replace(mark, set_aside=not extra, undecided=undecided)

    def _not_applicable(self, item: Item, code: str, answer: Answer, *, extra: bool) -> ItemMark:
        full = Fraction(item.full)
        if code == "explain.excluded_by_facts" and answer.given:
            self.cautions.append(Problem("caution.answer_ignored", item.key, {"item": item.key}))
        granted = ZERO if extra or self.dropped is None else self.dropped  # a bonus is earned, never given
        got = Span.exactly(full * granted)
        values: dict[str, str] = {
            "full": printed(full),
            "reason": answer.na or "",
            "policy": self.checklist.scoring.na_policy.value,
            "points": printed(got.low),
        }
        told = Explanation(code, got, item.key, values)
        score = ItemScore(item.key, full, got, applies=False, answered=True, explanation=told)
        return ItemMark(score, counts=self.dropped is not None)

    def _unclaimed(self, item: Item, full: Fraction) -> ItemMark:
        """A bonus is claimed or not, a deduction found or not: an empty answer says no and holds nothing up."""
        in_bonus = self.checklist.bonus is not None and any(
            one is item for one in self.checklist.bonus.group.all_items()
        )
        code = "explain.bonus_unclaimed" if in_bonus else "explain.nothing_deducted"
        told = Explanation(code, Span.exactly(0), item.key, {"full": printed(full)})
        return ItemMark(_item_score(item, full, Span.exactly(0), told))

    def _item_gates(self, item: Item, mark: Mark, *, undecided: bool) -> None:
        """Add what a starred item and the effects of answers forbid; nothing is lost while it may not apply."""
        failed = None if undecided else False
        if item.star:
            ok = True if mark.span.low > 0 else (None if mark.missing or mark.span.high > 0 else failed)
            if _may_be_set_aside(item, mark) and self.checklist.scoring.absent_star is WhenAbsent.FAILED:
                ok = None
            self.gates.append(GateResult(item.key, ok, "gate.star"))
        for effect in mark.effects:
            self.gates.append(GateResult(item.key, failed, f"gate.{effect.value}"))


def _may_be_set_aside(item: Item, mark: Mark) -> bool:
    return mark.missing == ("",) and item.not_applicable is NotApplicable.REASON


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
