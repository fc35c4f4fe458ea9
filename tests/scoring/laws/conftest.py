"""Random checklists and answers that fit them, made as values, so that the reader of files has no part in them.

Every checklist is a sound one: its rules reach full marks, its grades can be reached, its keys differ. Everything
follows from the seed of a ``Chance``: what failed once fails again. The first ones are small, so that a broken law is
mostly seen on a small checklist. (Hypothesis needs a tenth of a second to draw a checklist of this kind; this takes a
hundredth of that, and a rare combination needs thousands.)
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.scoring.laws.chances import (
    EMPTY,
    FACTS_ASKED,
    TEXT,
    Chance,
    condition,
    facts_of,
    rule_of,
)
from wufei_cells.domain import checklists as model
from wufei_cells.domain import rules
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist

# --- the whole


def item(chance: Chance, key: str) -> model.Item:
    full = chance.halves(1, 30)
    return model.Item(
        key,
        key,
        TEXT,
        full,
        rule_of(chance, full, chance.size),
        (model.Verify.SITE,),
        TEXT,
        EMPTY,
        TEXT,
        (),
        chance.perhaps(lambda: condition(chance), 0.25),
        chance.choice(list(model.NotApplicable)),
        chance.maybe(0.1),
        chance.perhaps(lambda: chance.halves(1, 30), 0.3),
    )


def group(chance: Chance, key: str, depth: int, *, extra: bool = False) -> model.Group:
    """A group, with groups in it; ``extra`` ones (bonus, deductions) have no weight, cap or condition of their own."""
    own = tuple(item(chance, f"{key}{index}") for index in range(chance.randint(1, 2 + (chance.size > 1))))
    inner = (group(chance, f"{key}I", depth - 1),) if depth > 0 and chance.maybe() else ()
    made = model.Group(key, key, TEXT, own, inner)
    if extra:
        return without_stars(made)
    cap = chance.perhaps(lambda: chance.halves(1, max(1, int(made.full * 2))), 0.3)
    weight = chance.perhaps(lambda: chance.halves(1, 30), 0.3)
    return replace(made, cap=cap, weight=weight, applies=chance.perhaps(lambda: condition(chance), 0.2))


def without_stars(of: model.Group) -> model.Group:
    """Stars have no place in a bonus or among deductions."""
    items = tuple(replace(one, star=False) for one in of.items)
    return replace(of, items=items, groups=tuple(without_stars(inner) for inner in of.groups))


def percent(chance: Chance) -> Decimal:
    return Decimal(chance.choice([0, 100, chance.randint(0, 100)]))


def scoring_rules(chance: Chance) -> model.ScoringRules:
    """What indicator systems leave open, in every combination."""
    policy = chance.choice(list(model.NaPolicy))
    modes = list(model.RoundingMode)
    columns = tuple(model.ScoreColumn(key, TEXT, chance.halves(1, 200)) for key in ("first", "final"))
    return model.ScoringRules(
        policy,
        percent(chance) if policy is model.NaPolicy.SHARE else Decimal(100),
        chance.perhaps(lambda: percent(chance), 0.3),
        chance.choice(list(model.WhenAbsent)),
        chance.choice(list(model.WhenAbsent)),
        chance.perhaps(lambda: model.Rounding(chance.randint(0, 2), chance.choice(modes)), 0.3),
        chance.perhaps(lambda: chance.halves(1, 300), 0.3),
        columns if chance.maybe() else (),
    )


PHASES = (date(2026, 7, 1), date(2027, 1, 1))
DAYS = (None, date(2026, 6, 30), date(2026, 7, 1), date(2028, 2, 29))


def checklist(chance: Chance) -> Checklist:
    groups = tuple(group(chance, key, chance.size) for key in "ABC"[: chance.randint(1, 1 + chance.size)])
    bonus = taken = None
    if chance.maybe(0.4):
        bonus = model.Bonus(group(chance, "X", 1, extra=True), chance.halves(1, 20), chance.maybe())
    if chance.maybe(0.4):
        taken = model.Deductions(group(chance, "D", 1, extra=True), chance.halves(1, 20))
    phases = tuple(model.Phase(day, chance.number()) for day in PHASES if chance.maybe())
    without = Checklist(
        "T",
        "1",
        TEXT,
        model.Category("c", TEXT, "C"),
        chance.maybe(),
        date(2026, 1, 1),
        scoring_rules(chance),
        (),
        groups,
        tuple(gate(chance, f"G{index}") for index in range(chance.choice([0, 0, 1]))),
        bonus=bonus,
        deductions=taken,
        facts=FACTS_ASKED,
        parameters=(model.Parameter("goal", TEXT, EMPTY, chance.number(), phases),),
    )
    return replace(without, grades=grades_of(chance, without))


def gate(chance: Chance, key: str) -> model.Gate:
    applies = chance.perhaps(lambda: condition(chance))
    return model.Gate(key, key, TEXT, (model.Verify.DOCUMENT,), TEXT, TEXT, (), applies)


def grades_of(chance: Chance, of: Checklist) -> tuple[model.Grade, ...]:
    """One or two levels that can be reached."""
    most = of.full + (of.bonus.cap if of.bonus and of.bonus.counts_for_pass else 0)
    marks = sorted({chance.halves(0, int(most * 2)) for _ in range(chance.randint(1, 2))})
    keys = [item.key for group in of.groups for item in group.all_items()]
    grades: list[model.Grade] = []
    for index, mark in enumerate(marks):
        exceptions = (("A", percent(chance)),) if chance.maybe(0.3) else ()
        least = ((chance.choice(keys), percent(chance)),) if chance.maybe(0.3) else ()
        every = chance.perhaps(lambda: percent(chance), 0.4)
        grades.append(model.Grade(f"g{index}", TEXT, mark, every, exceptions, least))
    return tuple(grades)


# --- answers


def depends_on_facts(rule: rules.Rule) -> bool:
    """Whether some part of a rule has a condition, at any depth."""
    return any(part.applies is not None or depends_on_facts(part.rule) for part in getattr(rule, "parts", ()))


def fitting_value(chance: Chance, rule: rules.Rule) -> Any:
    """A complete answer to a rule; numbers as text."""
    match rule:
        case rules.YesNo():
            return chance.maybe()
        case rules.Levels():
            level = chance.choice(rule.levels)
            if level.lowest is None:
                return level.key
            given = chance.halves(int(level.lowest * 2), int(level.outcome.points * 2))
            return {"level": level.key, "points": str(given), "reason": "理由"}
        case rules.Measured():
            return fitting_measure(chance, rule.measure)
        case rules.Sum():
            return {part.key: fitting_value(chance, part.rule) for part in rule.parts}
        case rules.Best():
            # Where alternatives depend on facts, all are claimed: so the claim never falls away as a whole.
            claimed = list(rule.parts) if depends_on_facts(rule) else chance.some(rule.parts, 1)
            return {part.key: fitting_value(chance, part.rule) for part in claimed}


def fitting_measure(chance: Chance, measured: rules.Measure) -> Any:
    match measured:
        case rules.Count():
            return chance.randint(0, measured.at_most or 40)
        case rules.Amount():
            return str(chance.number())
        case rules.Share():
            whole = chance.randint(1, 60)
            return {"part": chance.randint(0, whole * (2 if measured.may_exceed else 1)), "whole": str(whole)}
        case rules.Change():
            return {"before": chance.randint(1, 60), "after": str(chance.number())}
        case rules.Calculated():
            return {"a": str(chance.number()), "b": chance.randint(1, 60)}
        case rules.Ticks():
            return chance.some([option.key for option in measured.options])


def extra_keys(of: Checklist) -> set[str]:
    """Items of bonus and deductions: nobody has to answer them."""
    extras = [extra.group for extra in (of.bonus, of.deductions) if extra]
    return {item.key for group in extras for item in group.all_items()}


def finished_answers(chance: Chance, of: Checklist) -> dict[str, Answer]:
    """Answers to everything: gates, items set aside where that is allowed, bonus items claimed or not."""
    given: dict[str, Answer] = {gate.key: Answer(chance.choice([True, True, "yes", False])) for gate in of.gates}
    extras = extra_keys(of)
    for one in of.items():
        if one.key in extras and chance.maybe():
            continue
        if one.not_applicable is model.NotApplicable.REASON and chance.maybe(0.25):
            given[one.key] = Answer(na="不适用的理由")
        else:
            given[one.key] = Answer(fitting_value(chance, one.rule))
    return given


def with_gaps(chance: Chance, rule: rules.Rule, value: Any) -> Any:
    """The same answer with something missing; what is claimed of alternatives stays claimed."""
    if isinstance(rule, rules.Sum) and chance.maybe(0.7):
        parts = {part.key: with_gaps(chance, part.rule, value[part.key]) for part in rule.parts}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(rule, rules.Best) and chance.maybe(0.7):
        claimed = [part for part in rule.parts if part.key in value]
        gaps = {part.key: with_gaps(chance, part.rule, value[part.key]) for part in claimed}
        return {key: value[key] if gap is None else gap for key, gap in gaps.items()}
    return chance.choice([None, value])


def unfinished_answers(chance: Chance, of: Checklist, given: dict[str, Answer]) -> dict[str, Answer]:
    """Some of the answers, and some in part. Bonus and deductions stay: what is not claimed there is not missing."""
    extras = extra_keys(of)
    left: dict[str, Answer] = {}
    for key, answer in given.items():
        entry = of.entry(key)
        if key in extras or (answer.na is not None and chance.maybe()):
            left[key] = answer
        elif isinstance(entry, model.Item) and answer.na is None:
            left[key] = Answer(with_gaps(chance, entry.rule, answer.value))
        elif chance.maybe():
            left[key] = answer
    return left


class Drawing:
    """What the laws draw from."""

    checklist = staticmethod(checklist)
    facts = staticmethod(facts_of)
    finished_answers = staticmethod(finished_answers)
    unfinished_answers = staticmethod(unfinished_answers)
    fitting_value = staticmethod(fitting_value)
    depends_on_facts = staticmethod(depends_on_facts)
    days = DAYS

    @staticmethod
    def try_out(law: Callable[[Chance], None], count: int) -> None:
        """Hold a law against so many cases, from small to large; a failure tells its seed.

        WUFEI_LAWS=20 in the environment tries twenty times as many, WUFEI_LAWS_FROM=100000 others.
        """
        count *= int(os.environ.get("WUFEI_LAWS", "1"))
        first = int(os.environ.get("WUFEI_LAWS_FROM", "0"))
        for number in range(count):
            chance = Chance(first + number, number * 3 // count)
            try:
                law(chance)
            except BaseException as failure:
                failure.add_note(f"found with {chance!r}")
                raise


@pytest.fixture(scope="session")
def drawing() -> type[Drawing]:
    return Drawing
