"""Score an assessment while several values stand for some of its answers or facts: a range over all of them.

Each way to settle the disputes is scored by itself, and what they give is put together: numbers become spans from the
least to the most, and what differs among them (a level, a gate, the verdict) is open. Where there are too many ways,
the rest of what is disputed counts as not answered yet, which can only widen the range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import TypeVar

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Explanation, GateResult, GradeResult, GroupScore, ItemScore, Scorecard, Span

MOST_WAYS = 32
"""Ways to settle that are scored one by one."""

T = TypeVar("T")
Facts = Mapping[str, object]


def evaluate_disputed(
    checklist: Checklist,
    facts: Facts,
    answers: Mapping[str, Answer],
    *,
    on: date | None,
    disputed_answers: Mapping[str, Sequence[Answer]],
    disputed_facts: Mapping[str, Sequence[object]],
) -> Scorecard:
    """Score what is shown, widened by everything else that stands.

    Args:
        checklist: the edition.
        facts: those that are shown.
        answers: those that are shown.
        on: the day of the assessment.
        disputed_answers: by entry in conflict, all answers that stand.
        disputed_facts: by fact in conflict, all values that stand; ``None`` for one that is not known.

    Raises:
        ProblemsFound: what is shown cannot be scored.
    """
    shown = evaluate(checklist, facts, answers, on=on)
    cards = [shown]
    for of_facts, of_answers in _ways(disputed_facts, disputed_answers):
        known = {key: value for key, value in {**facts, **of_facts}.items() if value is not None}
        try:
            cards.append(evaluate(checklist, known, {**answers, **of_answers}, on=on))
        except ProblemsFound:  # given under other words: nobody can choose it as it is
            continue
    return _widened(shown, cards)


def _ways(
    facts: Mapping[str, Sequence[object]], answers: Mapping[str, Sequence[Answer]]
) -> list[tuple[Facts, Mapping[str, Answer]]]:
    """List the ways to settle, with those beyond the limit left open."""
    open_facts: dict[str, object] = {}
    open_answers: dict[str, Answer] = {}
    ways, chosen_facts, chosen_answers = 1, dict[str, Sequence[object]](), dict[str, Sequence[Answer]]()
    for key, values in facts.items():
        ways *= len(values)
        if ways > MOST_WAYS:
            open_facts[key] = None
        else:
            chosen_facts[key] = values
    for key, given in answers.items():
        ways *= len(given)
        if ways > MOST_WAYS:
            open_answers[key] = Answer()
        else:
            chosen_answers[key] = given
    return [
        (
            {**open_facts, **dict(zip(chosen_facts, of_facts, strict=True))},
            {**open_answers, **dict(zip(chosen_answers, of_answers, strict=True))},
        )
        for of_facts in product(*chosen_facts.values())
        for of_answers in product(*chosen_answers.values())
    ]


def _widened(shown: Scorecard, cards: Sequence[Scorecard]) -> Scorecard:
    total = _hull([card.total for card in cards])
    return replace(
        shown,
        total=total,
        base=_hull([card.base for card in cards]),
        bonus=_hull([card.bonus for card in cards]),
        deductions=_hull([card.deductions for card in cards]),
        counted=_hull([card.counted for card in cards]),
        level=_same([card.level for card in cards]),
        passed=_same([card.passed for card in cards]),
        gates=tuple(_gate(gate, cards) for gate in shown.gates),
        groups=tuple(_group(group, cards) for group in shown.groups),
        items=tuple(_item(item, cards) for item in shown.items),
        grades=tuple(_grade(grade, cards) for grade in shown.grades),
        explanation=replace(shown.explanation, span=total),
    )


def _hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.low for span in spans), max(span.high for span in spans))


def _same(values: Sequence[T | None]) -> T | None:
    return values[0] if all(value == values[0] for value in values) else None


def _gate(gate: GateResult, cards: Sequence[Scorecard]) -> GateResult:
    found = [one.ok for card in cards for one in card.gates if (one.key, one.code) == (gate.key, gate.code)]
    return replace(gate, ok=_same(found) if len(found) == len(cards) else None)


def _group(group: GroupScore, cards: Sequence[Scorecard]) -> GroupScore:
    got = _hull([one.got for card in cards for one in card.groups if one.key == group.key])
    return replace(group, got=got, explanation=_spanning(group.explanation, got))


def _item(item: ItemScore, cards: Sequence[Scorecard]) -> ItemScore:
    got = _hull([one.got for card in cards for one in card.items if one.key == item.key])
    return item if got == item.got else replace(item, got=got, explanation=_spanning(item.explanation, got))


def _grade(grade: GradeResult, cards: Sequence[Scorecard]) -> GradeResult:
    return replace(grade, reached=_same([one.reached for card in cards for one in card.grades if one.key == grade.key]))


def _spanning(told: Explanation, span: Span) -> Explanation:
    return replace(told, span=span)
