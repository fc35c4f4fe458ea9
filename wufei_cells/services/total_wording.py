"""Say how a total came about: the steps after the groups were added up, and what other rules would have made of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, NaPolicy
from wufei_cells.scoring.other_policies import under_other_policies
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services.explaining import ExplainedLine, explain
from wufei_cells.wording import Wording

_STEPS = (
    "explain.rescaled",
    "explain.bonus",
    "explain.deductions",
    "explain.rounded_half_up",
    "explain.rounded_down",
    "explain.rounded_up",
    "explain.zeroed",
)
"""What happens between the groups and the total, in this order."""


def explain_total(
    card: Scorecard,
    checklist: Checklist,
    facts: Mapping[str, object],
    answers: Mapping[str, Answer],
    wording: Wording,
    *,
    on: date | None = None,
) -> tuple[ExplainedLine, ...]:
    """Explain a whole scorecard; where something does not apply, also under the other rules for that."""
    return explain(card, checklist, wording, other_rules(card, checklist, facts, answers, on=on), on=on)


def other_rules(
    card: Scorecard,
    checklist: Checklist,
    facts: Mapping[str, object],
    answers: Mapping[str, Answer],
    *,
    on: date | None = None,
) -> dict[NaPolicy, Scorecard]:
    """Score the same answers under the other rules for what does not apply; nothing when everything applies."""
    return under_other_policies(checklist, facts, answers, on=on) if _something_left_out(card, checklist) else {}


def steps_to_total(
    card: Scorecard, checklist: Checklist, wording: Wording, *, on: date | None = None
) -> tuple[str, ...]:
    """Say what happened to the sum of the groups on its way to the total, one sentence for each step."""
    lines = [line for line in explain(card.explanation, checklist, wording, on=on) if line.code in _STEPS]
    return tuple(line.sentence for line in sorted(lines, key=lambda line: _STEPS.index(line.code)))


def _something_left_out(card: Scorecard, checklist: Checklist) -> bool:
    """Whether an item of full marks, or a part of one, does not apply."""
    scores = {score.key: score for score in card.items}
    counted = [scores[item.key] for item, _conditions in checklist.placed_items()]
    return any(
        not score.applies or any(node.code == "explain.part_not_applicable" for node in score.explanation.walk())
        for score in counted
    )
