"""What the translations of other scoring models into checklists are built from.

Each test file here holds one published model: its data, its algorithm written anew from the description, a generator of
random cases, and the translation into a checklist. Both are worked out with exact fractions and must agree on every
case. ``docs/scoring-models.md`` says which settings express which model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions, rules
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard

TEXT = Text("文", "text")
NONE = Text("")
PASS_AT_ZERO = (model.Grade("pass", TEXT, Decimal(0)),)
SET_ASIDE = Answer(na="不适用")


class Building:
    """Short names for the parts of a checklist; every number is exact."""

    tries = 2000
    """How many random cases each model is tried on."""
    set_aside = SET_ASIDE
    Answer = Answer
    exactly = Decimal

    @staticmethod
    def item(key: str, full: Decimal | int, rule: rules.Rule, **fields: Any) -> model.Item:
        """One item; ``selected_by`` names yes/no facts of which one must hold."""
        chosen = fields.pop("selected_by", ())
        if chosen:
            fields["applies"] = Building.any_of(chosen)
        place = (model.Verify.SITE,)
        return model.Item(key, key, TEXT, Decimal(full), rule, place, NONE, NONE, TEXT, (), **fields)

    @staticmethod
    def group(key: str, items: Sequence[model.Item], groups: Sequence[model.Group] = (), **fields: Any) -> model.Group:
        """One group."""
        return model.Group(key, key, TEXT, tuple(items), tuple(groups), **fields)

    @staticmethod
    def gate(key: str) -> model.Gate:
        """One condition without points."""
        return model.Gate(key, key, TEXT, (model.Verify.DOCUMENT,), NONE, NONE, ())

    @staticmethod
    def grade(key: str, total: Decimal | int, items_at_least: Mapping[str, Decimal] | None = None) -> model.Grade:
        """One level."""
        return model.Grade(key, TEXT, Decimal(total), items_at_least=tuple(sorted((items_at_least or {}).items())))

    @staticmethod
    def checklist(groups: Sequence[model.Group], policy: str, **fields: Any) -> model.Checklist:
        """A checklist; fields of its scoring rules stand among the others."""
        names = ("na_share", "out_of", "rounding")
        ways = {name: fields.pop(name) for name in names if name in fields}
        scoring = model.ScoringRules(model.NaPolicy(policy), **ways)
        category = model.Category("c", TEXT, "C")
        grades = fields.pop("grades", PASS_AT_ZERO)
        day = date(2026, 1, 1)
        return model.Checklist("T", "1", TEXT, category, False, day, scoring, grades, tuple(groups), **fields)

    @staticmethod
    def yes_no(points: Decimal | int) -> rules.Rule:
        """All or nothing."""
        return rules.YesNo(rules.Outcome(Decimal(points)), rules.Outcome(Decimal(0)))

    @staticmethod
    def line(*corners: tuple[Decimal | int, Decimal | int]) -> rules.Rule:
        """A number read on straight lines between corners."""
        exactly = tuple((Decimal(x), Decimal(y)) for x, y in corners)
        return rules.Measured(rules.Amount(TEXT, NONE), rules.Line(exactly))

    @staticmethod
    def levels(points: Sequence[Decimal | int]) -> rules.Rule:
        """Named levels, ``l0`` to the last."""
        named = (rules.Outcome(Decimal(value)) for value in points)
        return rules.Levels(tuple(rules.Level(f"l{index}", TEXT, outcome) for index, outcome in enumerate(named)))

    @staticmethod
    def sum(inner: Mapping[str, rules.Rule]) -> rules.Rule:
        """All parts together."""
        return rules.Sum(Building._parts(inner), Decimal(0))

    @staticmethod
    def best(inner: Mapping[str, rules.Rule]) -> rules.Rule:
        """The best of the alternatives."""
        return rules.Best(Building._parts(inner))

    @staticmethod
    def _parts(inner: Mapping[str, rules.Rule]) -> tuple[rules.Part, ...]:
        return tuple(rules.Part(key, TEXT, rule) for key, rule in inner.items())

    @staticmethod
    def bonus(group: model.Group, cap: int) -> model.Bonus:
        """Items on top that help to reach a level."""
        return model.Bonus(group, Decimal(cap), counts_for_pass=True)

    @staticmethod
    def facts(keys: Sequence[str]) -> tuple[conditions.Fact, ...]:
        """Yes/no facts."""
        return tuple(conditions.Fact(key, TEXT, conditions.FactKind.YES_NO, NONE) for key in keys)

    @staticmethod
    def any_of(keys: Sequence[str]) -> conditions.Condition:
        """Holds when one of these facts is yes."""
        return conditions.AnyOf(tuple(conditions.FactIs(key, ("yes",)) for key in keys))

    @staticmethod
    def number(value: Fraction | int) -> str:
        """A number as an answer writes it."""
        return exact(Fraction(value))

    @staticmethod
    def score(of: model.Checklist, answers: Mapping[str, Answer], facts: Mapping[str, Any] | None = None) -> Scorecard:
        """Score a finished assessment."""
        card = evaluate(of, facts or {}, answers)
        assert card.finished
        assert card.total.settled
        return card


@pytest.fixture(scope="session")
def build() -> type[Building]:
    return Building
