"""Random rules, conditions and facts, made as values; everything follows from the seed of a ``Chance``."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from wufei_cells.domain import conditions, formulas, rules
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.domain.text import Text

T = TypeVar("T")

TEXT = Text("文", "text")
EMPTY = Text("")
GOAL = ParameterRef("goal")
FIRST, SECOND = formulas.Name("a"), formulas.Name("b")
HUNDRED = formulas.Constant(Decimal(100))
FORMULAS = (
    formulas.Operation(
        formulas.Operator.TIMES, formulas.Operation(formulas.Operator.DIVIDED_BY, FIRST, SECOND), HUNDRED
    ),
    formulas.Call(formulas.Function.MEAN, (FIRST, SECOND, GOAL)),
    formulas.Call(formulas.Function.ABS, (formulas.Operation(formulas.Operator.MINUS, FIRST, SECOND),)),
    formulas.Call(formulas.Function.MAX, (formulas.Negated(FIRST), SECOND)),
)
"""Answers never make them divide by nothing."""


class Chance(random.Random):
    """Choices that follow from a seed; ``size`` from 0 (small) to 2 (large)."""

    def __init__(self, seed: int, size: int) -> None:
        super().__init__(seed)
        self.seed_given = seed
        self.size = size

    def __repr__(self) -> str:
        return f"Chance({self.seed_given}, {self.size})"

    def maybe(self, share: float = 0.5) -> bool:
        """Say yes in so many of all cases."""
        return self.random() < share

    def perhaps(self, make: Callable[[], T], share: float = 0.5) -> T | None:
        """Make something in so many of all cases."""
        return make() if self.maybe(share) else None

    def halves(self, lowest: int, highest: int) -> Decimal:
        """Points in halves, from ``lowest`` to ``highest`` halves."""
        return Decimal(self.randint(lowest, highest)) / 2

    def up_to(self, full: Decimal) -> Decimal:
        return self.halves(0, int(full * 2))

    def number(self) -> Decimal:
        return self.halves(-60, 300)

    def numbers(self, least: int, most: int) -> list[Decimal]:
        """Different numbers in rising order."""
        return sorted(Decimal(half) / 2 for half in self.sample(range(-60, 301), self.randint(least, most)))

    def shuffled(self, values: Sequence[T]) -> list[T]:
        return self.sample(values, len(values))

    def some(self, values: Sequence[T], least: int = 0) -> list[T]:
        return self.sample(values, self.randint(least, len(values)))


# --- rules


def outcome(chance: Chance, points: Decimal) -> rules.Outcome:
    return rules.Outcome(points, chance.perhaps(lambda: chance.choice(list(rules.Effect)), 0.06))


def measure(chance: Chance) -> rules.Measure:
    match chance.choice(["count", "amount", "share", "change", "calculated"]):
        case "count":
            return rules.Count(TEXT, TEXT, chance.perhaps(lambda: chance.randint(5, 40)))
        case "amount":
            return rules.Amount(TEXT, EMPTY)
        case "share":
            return rules.Share(TEXT, TEXT, TEXT, chance.choice([None, 10]), chance.maybe())
        case "change":
            return rules.Change(TEXT, TEXT, TEXT, chance.maybe())
        case _:
            inputs = (rules.Input("a", TEXT, TEXT), rules.Input("b", TEXT, EMPTY))
            return rules.Calculated(TEXT, TEXT, inputs, chance.choice(FORMULAS))


def line(chance: Chance, full: Decimal) -> rules.Line:
    xs = chance.numbers(2, 4)
    ys = chance.shuffled([full, *(chance.up_to(full) for _ in xs[1:])])
    return rules.Line(tuple(zip(xs, ys, strict=True)))


def ladder(chance: Chance, full: Decimal) -> rules.Bands:
    bounds, names = chance.numbers(1, 3), ["at_most", "below"]
    if chance.maybe():
        bounds, names = bounds[::-1], ["at_least", "above"]
    bands: list[rules.Band] = []
    for bound in bounds:
        result = outcome(chance, chance.up_to(full)) if chance.maybe(0.7) else line(chance, full)
        bands.append(rules.Band(rules.Bound(rules.Comparison(chance.choice(names)), bound), result))
    return rules.Bands((*bands, rules.Band(None, outcome(chance, full))))


def stairs(chance: Chance, full: Decimal, *, inside: bool) -> rules.Measured:
    """Steps that reach full marks, alone or within a sum."""
    part_step = chance.choice(list(rules.PartStep))
    if chance.maybe():
        return rules.Measured(
            measure(chance),
            rules.Steps(
                -chance.halves(1, 8),
                chance.halves(1, 10),
                chance.choice([GOAL, chance.number()]),
                chance.maybe(),
                part_step,
                full if inside else None,
                chance.perhaps(lambda: chance.up_to(full)),
            ),
        )
    steps = rules.Steps(
        chance.halves(1, 8), chance.halves(1, 10), Decimal(0), short=False, part_step=part_step, cap=full
    )
    return rules.Measured(rules.Amount(TEXT, TEXT), steps)


def deduction(chance: Chance) -> rules.Rule:
    """A part of a sum that only takes points off."""
    if chance.maybe():
        return rules.YesNo(outcome(chance, -chance.halves(1, 10)), rules.Outcome(Decimal(0)))
    steps = rules.Steps(-chance.halves(1, 8), Decimal(1), Decimal(0), short=False, part_step=rules.PartStep.IGNORE)
    return rules.Measured(rules.Count(TEXT, TEXT), steps)


def rule_of(chance: Chance, full: Decimal, depth: int, *, inside: bool = False) -> rules.Rule:
    """A rule that can give full marks and no more."""
    kind = chance.choice(["single", "single", "sum", "sum", "best"]) if depth > 0 else "single"
    if kind == "single":
        return single_rule_of(chance, full, inside=inside)
    if kind == "best":
        tops = [full, *(chance.halves(1, int(full * 2)) for _ in range(chance.randint(1, 2)))]
        return rules.Best(parts_of(chance, [rule_of(chance, top, depth - 1, inside=inside) for top in tops]))
    first = chance.up_to(full)
    start = chance.choice([Decimal(0), full - first])
    shares = [share for share in (first, full - first - start) if share]
    drawn = [rule_of(chance, share, depth - 1, inside=True) for share in shares]
    if not drawn or chance.maybe():
        drawn.append(deduction(chance))
    return rules.Sum(parts_of(chance, drawn), start)


def single_rule_of(chance: Chance, full: Decimal, *, inside: bool) -> rules.Rule:
    """The same without parts."""
    match chance.choice(["yes_no", "levels", "ladder", "line", "steps", "ticks"]):
        case "yes_no":
            ends = [outcome(chance, full), outcome(chance, chance.up_to(full))]
            return rules.YesNo(*chance.shuffled(ends))
        case "levels":
            tops = [full, *(chance.up_to(full) for _ in range(chance.randint(0, 3)))]
            return rules.Levels(tuple(level_of(chance, f"l{index}", top) for index, top in enumerate(tops)))
        case "ladder":
            return rules.Measured(measure(chance), ladder(chance, full))
        case "line":
            return rules.Measured(measure(chance), line(chance, full))
        case "steps":
            return stairs(chance, full, inside=inside)
        case _:
            options = tuple(rules.Option(f"o{index}", TEXT) for index in range(chance.randint(1, 4)))
            bound = rules.Bound(rules.Comparison.AT_LEAST, Decimal(len(options)))
            otherwise = rules.Band(None, outcome(chance, chance.up_to(full)))
            return rules.Measured(
                rules.Ticks(options), rules.Bands((rules.Band(bound, outcome(chance, full)), otherwise))
            )


def level_of(chance: Chance, key: str, top: Decimal) -> rules.Level:
    lowest = chance.perhaps(lambda: chance.halves(-4, int(top * 2) - 1))
    return rules.Level(key, TEXT, outcome(chance, top), lowest)


def parts_of(chance: Chance, drawn: list[rules.Rule]) -> tuple[rules.Part, ...]:
    """Parts that always apply, or some only where their condition holds."""
    share = chance.choice([0, 0.5])
    parts: list[rules.Part] = []
    for index, rule in enumerate(drawn):
        applies = chance.perhaps(lambda: condition(chance), share)
        parts.append(rules.Part(f"p{index}", TEXT, rule, applies))
    return tuple(parts)


# --- conditions and facts

FACTS_ASKED = (
    conditions.Fact("shop", TEXT, conditions.FactKind.YES_NO, EMPTY),
    conditions.Fact("people", TEXT, conditions.FactKind.NUMBER, TEXT),
    conditions.Fact("area", TEXT, conditions.FactKind.NUMBER, TEXT),
    conditions.Fact(
        "room",
        TEXT,
        conditions.FactKind.NUMBER,
        EMPTY,
        formula=formulas.Operation(formulas.Operator.DIVIDED_BY, formulas.Name("area"), formulas.Name("people")),
    ),
    conditions.Fact(
        "kind",
        TEXT,
        conditions.FactKind.CHOICE,
        EMPTY,
        (conditions.FactOption("a", TEXT), conditions.FactOption("b", TEXT)),
    ),
)


def condition(chance: Chance, depth: int = 1) -> conditions.Condition:
    match chance.choice(["shop", "kind", "people", "room", *(["not", "all", "any"] if depth else [])]):
        case "shop":
            return conditions.FactIs("shop", (chance.choice(["yes", "no"]),))
        case "kind":
            return conditions.FactIs("kind", chance.choice([("a",), ("b",), ("a", "b")]))
        case "not":
            return conditions.Not(condition(chance, depth - 1))
        case "all":
            return conditions.AllOf(tuple(condition(chance, depth - 1) for _ in range(chance.randint(1, 2))))
        case "any":
            return conditions.AnyOf(tuple(condition(chance, depth - 1) for _ in range(chance.randint(1, 2))))
        case fact:
            limit = Decimal(50) if fact == "people" else Decimal(2)
            return conditions.FactCompared(fact, rules.Bound(chance.choice(list(rules.Comparison)), limit))


def facts_of(chance: Chance) -> dict[str, Any]:
    """Everything that is asked of a site."""
    return {
        "shop": chance.choice(["yes", "no"]),
        "people": chance.randint(48, 52),
        "area": chance.randint(94, 106),
        "kind": chance.choice(["a", "b"]),
    }
