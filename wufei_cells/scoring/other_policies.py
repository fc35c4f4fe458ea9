"""What the same answers would give under the other rules for what does not apply; the record stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, NaPolicy
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard

COMPARED = (NaPolicy.RESCALE, NaPolicy.SCALE_THRESHOLDS, NaPolicy.PRORATE, NaPolicy.FULL, NaPolicy.ZERO)
"""The rules found in practice; a fixed share is compared only where it is the rule in force."""


def under_other_policies(
    checklist: Checklist, facts: Mapping[str, object], answers: Mapping[str, Answer], *, on: date | None = None
) -> dict[NaPolicy, Scorecard]:
    """Score the same answers under every other rule for items that do not apply."""
    others = (policy for policy in COMPARED if policy is not checklist.scoring.na_policy)
    return {
        policy: evaluate(
            replace(checklist, scoring=replace(checklist.scoring, na_policy=policy)), facts, answers, on=on
        )
        for policy in others
    }
