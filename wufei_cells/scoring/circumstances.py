"""What holds for one site on one day: the numbers in force, its facts, and the rules under them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from wufei_cells.domain.checklists import Checklist, NaPolicy
from wufei_cells.domain.conditions import Condition
from wufei_cells.scoring.conditions import holds, read_facts, with_derived
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import RuleEvaluator


class Circumstances:
    """Reads the facts of a site for one edition and applies its rules under them.

    Facts that cannot be read count as unknown; ``problems`` names them.
    """

    def __init__(self, checklist: Checklist, facts: Mapping[str, object], on: date | None = None) -> None:
        self.numbers = Numbers(checklist.parameters, on)
        known, self.problems = read_facts(checklist.facts, facts)
        self.facts = with_derived(checklist.facts, known, self.numbers)
        self.dropped = _granted(checklist, self.numbers)
        """What is granted of something that does not apply; ``None``: nothing, and the rest makes up for it."""
        self.rules = RuleEvaluator(self.numbers, self.holds, self.dropped)
        self.extra_rules = RuleEvaluator(self.numbers, self.holds, Fraction(0))
        """For bonus and deductions, where nothing is granted and nothing made up for."""

    def holds(self, condition: Condition) -> bool | None:
        """Tell whether a condition holds; ``None`` while a fact it needs is unknown."""
        return holds(condition, self.facts, self.numbers)


def _granted(checklist: Checklist, numbers: Numbers) -> Fraction | None:
    match checklist.scoring.na_policy:
        case NaPolicy.FULL:
            return Fraction(1)
        case NaPolicy.ZERO:
            return Fraction(0)
        case NaPolicy.SHARE:
            return numbers.value(checklist.scoring.na_share) / 100
        case _:
            return None
