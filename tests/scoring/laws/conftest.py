"""Random checklists and answers that fit them, made as values, so that the reader of files has no part in them.

Every checklist is a sound one: its rules reach full marks, its grades can be reached, its keys differ.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions, formulas, rules
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.domain.text import Text

TEXT = Text("文", "text")
NUMBERS = st.integers(-60, 300).map(lambda number: Decimal(number) / 2)
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
"""Every operation and function but one has its turn; an answer never makes them divide by nothing."""


def half_points(lowest: int, highest: int) -> st.SearchStrategy[Decimal]:
    """Points in halves, from ``lowest`` to ``highest`` halves."""
    return st.integers(lowest, highest).map(lambda halves: Decimal(halves) / 2)


def up_to(full: Decimal) -> st.SearchStrategy[Decimal]:
    return half_points(0, int(full * 2))


@st.composite
def outcomes(draw: st.DrawFn, points: Decimal) -> rules.Outcome:
    return rules.Outcome(points, draw(st.sampled_from([None, None, None, None, *rules.Effect])))


@st.composite
def measures(draw: st.DrawFn) -> rules.Measure:
    kind = draw(st.sampled_from(["count", "amount", "share", "change", "calculated"]))
    if kind == "count":
        return rules.Count(TEXT, TEXT, draw(st.none() | st.integers(5, 40)))
    if kind == "amount":
        return rules.Amount(TEXT, Text(""))
    if kind == "calculated":
        inputs = (rules.Input("a", TEXT, TEXT), rules.Input("b", TEXT, Text("")))
        return rules.Calculated(TEXT, TEXT, inputs, draw(st.sampled_from(FORMULAS)))
    if kind == "share":
        return rules.Share(TEXT, TEXT, TEXT, draw(st.none() | st.just(10)), draw(st.booleans()))
    return rules.Change(TEXT, TEXT, TEXT, draw(st.booleans()))


@st.composite
def lines(draw: st.DrawFn, full: Decimal) -> rules.Line:
    xs = sorted(draw(st.sets(NUMBERS, min_size=2, max_size=4)))
    ys = [full, *draw(st.lists(up_to(full), min_size=len(xs) - 1, max_size=len(xs) - 1))]
    return rules.Line(tuple(zip(xs, draw(st.permutations(ys)), strict=True)))


@st.composite
def ladders(draw: st.DrawFn, full: Decimal) -> rules.Bands:
    downwards = draw(st.booleans())
    bounds = sorted(draw(st.sets(NUMBERS, min_size=1, max_size=3)), reverse=downwards)
    names = ["at_least", "above"] if downwards else ["at_most", "below"]
    results = [draw(outcomes(full)), *[draw(outcomes(draw(up_to(full))) | lines(full)) for _ in bounds]]
    bands = [
        rules.Band(rules.Bound(rules.Comparison(draw(st.sampled_from(names))), bound), result)
        for bound, result in zip(bounds, results[1:], strict=True)
    ]
    return rules.Bands((*bands, rules.Band(None, results[0])))


@st.composite
def stairs(draw: st.DrawFn, full: Decimal, *, inside: bool) -> rules.Measured:
    """Steps that reach full marks, alone or within a sum."""
    part_step = draw(st.sampled_from(rules.PartStep))
    if draw(st.booleans()):
        floor = draw(st.none() | up_to(full))
        steps = rules.Steps(
            -draw(half_points(1, 8)),
            draw(half_points(1, 10)),
            draw(st.just(GOAL) | NUMBERS),
            draw(st.booleans()),
            part_step,
            full if inside else None,
            floor,
        )
        return rules.Measured(draw(measures()), steps)
    each = draw(half_points(1, 8))
    steps = rules.Steps(each, draw(half_points(1, 10)), Decimal(0), short=False, part_step=part_step, cap=full)
    return rules.Measured(rules.Amount(TEXT, TEXT), steps)


@st.composite
def deductions(draw: st.DrawFn) -> rules.Rule:
    """A part of a sum that only takes points off."""
    if draw(st.booleans()):
        return rules.YesNo(draw(outcomes(-draw(half_points(1, 10)))), rules.Outcome(Decimal(0)))
    steps = rules.Steps(-draw(half_points(1, 8)), Decimal(1), Decimal(0), short=False, part_step=rules.PartStep.IGNORE)
    return rules.Measured(rules.Count(TEXT, TEXT), steps)


@st.composite
def rule_of(draw: st.DrawFn, full: Decimal, depth: int = 2, *, inside: bool = False) -> rules.Rule:
    """A rule that can give full marks and no more."""
    kind = draw(st.sampled_from(["single", "single", "sum", "best"])) if depth else "single"
    if kind == "single":
        return draw(single_rule_of(full, inside=inside))
    if kind == "best":
        inner = [full, *draw(st.lists(up_to(full).filter(bool), min_size=1, max_size=2))]
        return rules.Best(draw(parts_of([draw(rule_of(most, depth - 1, inside=inside)) for most in inner])))
    first = draw(up_to(full))
    start = draw(st.sampled_from([Decimal(0), full - first]))
    drawn = [draw(rule_of(share, depth - 1, inside=True)) for share in (first, full - first - start) if share]
    drawn += draw(st.lists(deductions(), min_size=not drawn, max_size=1))
    return rules.Sum(draw(parts_of(drawn)), start)


@st.composite
def single_rule_of(draw: st.DrawFn, full: Decimal, *, inside: bool) -> rules.Rule:
    """The same without parts."""
    match draw(st.sampled_from(["yes_no", "levels", "ladder", "line", "steps", "ticks"])):
        case "yes_no":
            ends = [draw(outcomes(full)), draw(outcomes(draw(up_to(full))))]
            return rules.YesNo(*draw(st.permutations(ends)))
        case "levels":
            tops = [full, *draw(st.lists(up_to(full), max_size=3))]
            return rules.Levels(tuple([draw(level_of(f"l{index}", top)) for index, top in enumerate(tops)]))
        case "ladder":
            return rules.Measured(draw(measures()), draw(ladders(full)))
        case "line":
            return rules.Measured(draw(measures()), draw(lines(full)))
        case "steps":
            return draw(stairs(full, inside=inside))
        case _:
            options = tuple(rules.Option(f"o{index}", TEXT) for index in range(draw(st.integers(1, 4))))
            bound = rules.Bound(rules.Comparison.AT_LEAST, Decimal(len(options)))
            bands = (rules.Band(bound, rules.Outcome(full)), rules.Band(None, draw(outcomes(draw(up_to(full))))))
            return rules.Measured(rules.Ticks(options), rules.Bands(bands))


@st.composite
def level_of(draw: st.DrawFn, key: str, top: Decimal) -> rules.Level:
    lowest = draw(st.none() | half_points(-4, int(top * 2) - 1))
    return rules.Level(key, TEXT, draw(outcomes(top)), lowest)


@st.composite
def parts_of(draw: st.DrawFn, drawn: list[rules.Rule]) -> tuple[rules.Part, ...]:
    """Parts that always apply, or some only where their condition holds."""
    condition = st.none() | st.none() | CONDITIONS if draw(st.booleans()) else st.none()
    return tuple(rules.Part(f"p{index}", TEXT, rule, draw(condition)) for index, rule in enumerate(drawn))


FACTS_ASKED = (
    conditions.Fact("shop", TEXT, conditions.FactKind.YES_NO, Text("")),
    conditions.Fact("people", TEXT, conditions.FactKind.NUMBER, TEXT),
    conditions.Fact("area", TEXT, conditions.FactKind.NUMBER, TEXT),
    conditions.Fact(
        "room",
        TEXT,
        conditions.FactKind.NUMBER,
        Text(""),
        formula=formulas.Operation(formulas.Operator.DIVIDED_BY, formulas.Name("area"), formulas.Name("people")),
    ),
    conditions.Fact(
        "kind",
        TEXT,
        conditions.FactKind.CHOICE,
        Text(""),
        (conditions.FactOption("a", TEXT), conditions.FactOption("b", TEXT)),
    ),
)
SINGLE_CONDITIONS = st.one_of(
    st.sampled_from([("yes",), ("no",)]).map(lambda values: conditions.FactIs("shop", values)),
    st.sampled_from([("a",), ("b",), ("a", "b")]).map(lambda values: conditions.FactIs("kind", values)),
    st.sampled_from(rules.Comparison).map(
        lambda comparison: conditions.FactCompared("people", rules.Bound(comparison, Decimal(50)))
    ),
    st.sampled_from(rules.Comparison).map(
        lambda comparison: conditions.FactCompared("room", rules.Bound(comparison, Decimal(2)))
    ),
)
CONDITIONS = st.recursive(
    SINGLE_CONDITIONS,
    lambda inner: st.one_of(
        inner.map(conditions.Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: conditions.AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: conditions.AnyOf(tuple(parts))),
    ),
    max_leaves=4,
)


@st.composite
def items(draw: st.DrawFn, key: str) -> model.Item:
    full = draw(half_points(1, 30))
    return model.Item(
        key,
        key,
        TEXT,
        full,
        draw(rule_of(full)),
        (model.Verify.SITE,),
        TEXT,
        Text(""),
        TEXT,
        (),
        draw(st.none() | st.none() | CONDITIONS),
        draw(st.sampled_from(model.NotApplicable)),
        draw(st.sampled_from([False, False, False, True])),
        draw(WEIGHTS),
    )


WEIGHTS = st.none() | st.none() | half_points(1, 30)


@st.composite
def item_groups(draw: st.DrawFn, key: str, depth: int = 2, *, extra: bool = False) -> model.Group:
    """A group, with groups in it; ``extra`` ones (bonus, deductions) have no weight, cap or condition of their own."""
    own = tuple([draw(items(f"{key}{index}")) for index in range(draw(st.integers(1, 2)))])
    inner = (draw(item_groups(f"{key}I", depth - 1)),) if depth and draw(st.booleans()) else ()
    group = model.Group(key, key, TEXT, own, inner)
    if extra:
        return group
    cap = draw(st.none() | st.none() | half_points(1, max(1, int(group.full * 2))))
    applies = draw(st.none() | st.none() | st.none() | CONDITIONS)
    return replace(group, cap=cap, weight=draw(WEIGHTS), applies=applies)


@st.composite
def scoring_rules(draw: st.DrawFn) -> model.ScoringRules:
    """What indicator systems leave open, in every combination."""
    policy = draw(st.sampled_from(model.NaPolicy))
    percent = st.integers(0, 100).map(Decimal)
    rounding = st.builds(model.Rounding, st.integers(0, 2), st.sampled_from(model.RoundingMode))
    column = st.builds(model.ScoreColumn, st.just("c"), st.just(TEXT), half_points(1, 200))
    return model.ScoringRules(
        policy,
        draw(percent) if policy is model.NaPolicy.SHARE else Decimal(100),
        draw(st.none() | st.none() | percent),
        draw(st.sampled_from(model.WhenAbsent)),
        draw(st.sampled_from(model.WhenAbsent)),
        draw(st.none() | st.none() | rounding),
        draw(st.none() | st.none() | half_points(1, 300)),
        tuple(replace(draw(column), key=key) for key in ("first", "final")) if draw(st.booleans()) else (),
    )


PHASES = (date(2026, 7, 1), date(2027, 1, 1))
DAYS = st.sampled_from([None, date(2026, 6, 30), date(2026, 7, 1), date(2028, 2, 29)])


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    groups = tuple([draw(item_groups(key)) for key in "ABC"[: draw(st.integers(1, 3))]])
    bonus = taken = None
    if draw(st.booleans()):
        bonus = model.Bonus(draw(item_groups("X", 1, extra=True)), draw(half_points(0, 20)), draw(st.booleans()))
    if draw(st.booleans()):
        taken = model.Deductions(draw(item_groups("D", 1, extra=True)), draw(half_points(0, 20)))
    phases = tuple(model.Phase(day, draw(NUMBERS)) for day in PHASES if draw(st.booleans()))
    without = Checklist(
        "T",
        "1",
        TEXT,
        model.Category("c", TEXT, "C"),
        draw(st.booleans()),
        date(2026, 1, 1),
        draw(scoring_rules()),
        (),
        groups,
        tuple([draw(gates(f"G{index}")) for index in range(draw(st.integers(0, 2)))]),
        bonus=bonus,
        deductions=taken,
        facts=FACTS_ASKED,
        parameters=(model.Parameter("goal", TEXT, Text(""), draw(NUMBERS), phases),),
    )
    return replace(without, grades=draw(grades_of(without)))


@st.composite
def gates(draw: st.DrawFn, key: str) -> model.Gate:
    return model.Gate(key, key, TEXT, (model.Verify.DOCUMENT,), TEXT, TEXT, (), draw(st.none() | CONDITIONS))


@st.composite
def grades_of(draw: st.DrawFn, of: Checklist) -> tuple[model.Grade, ...]:
    """One or two levels that can be reached."""
    most = of.full + (of.bonus.cap if of.bonus and of.bonus.counts_for_pass else 0)
    marks = sorted(draw(st.sets(half_points(0, int(most * 2)), min_size=1, max_size=2)))
    percent = st.integers(0, 100).map(Decimal)
    keys = [item.key for group in of.groups for item in group.all_items()]
    least = st.dictionaries(st.sampled_from(keys), percent, max_size=1).map(lambda chosen: tuple(chosen.items()))
    return tuple(
        model.Grade(
            f"g{index}",
            TEXT,
            mark,
            draw(st.none() | percent),
            (("A", Decimal(30)),) if draw(st.booleans()) else (),
            draw(st.just(()) | least),
        )
        for index, mark in enumerate(marks)
    )


def depends_on_facts(rule: rules.Rule) -> bool:
    """Whether some part of a rule has a condition, at any depth."""
    return any(part.applies is not None or depends_on_facts(part.rule) for part in getattr(rule, "parts", ()))


@st.composite
def fitting_values(draw: st.DrawFn, rule: rules.Rule) -> Any:
    """A complete answer to a rule; numbers as text."""
    match rule:
        case rules.YesNo():
            return draw(st.booleans())
        case rules.Levels():
            level = draw(st.sampled_from(rule.levels))
            if level.lowest is None:
                return level.key
            given = draw(half_points(int(level.lowest * 2), int(level.outcome.points * 2)))
            return {"level": level.key, "points": str(given), "reason": "理由"}
        case rules.Measured():
            return draw(fitting_measures(rule.measure))
        case rules.Sum():
            return {part.key: draw(fitting_values(part.rule)) for part in rule.parts}
        case rules.Best():
            every = [part.key for part in rule.parts]
            # Where alternatives depend on facts, all are claimed: so the claim never falls away as a whole.
            claimed = every if depends_on_facts(rule) else draw(st.sets(st.sampled_from(every), min_size=1))
            return {part.key: draw(fitting_values(part.rule)) for part in rule.parts if part.key in claimed}


@st.composite
def fitting_measures(draw: st.DrawFn, measure: rules.Measure) -> Any:
    match measure:
        case rules.Count():
            return draw(st.integers(0, measure.at_most or 40))
        case rules.Amount():
            return str(draw(NUMBERS))
        case rules.Share():
            whole = draw(st.integers(1, 60))
            return {"part": draw(st.integers(0, whole * (2 if measure.may_exceed else 1))), "whole": str(whole)}
        case rules.Change():
            return {"before": draw(st.integers(1, 60)), "after": str(draw(NUMBERS))}
        case rules.Calculated():
            return {"a": str(draw(NUMBERS)), "b": draw(st.integers(1, 60))}
        case rules.Ticks():
            return draw(st.lists(st.sampled_from([option.key for option in measure.options]), unique=True))


@st.composite
def finished_answers(draw: st.DrawFn, of: Checklist) -> dict[str, Answer]:
    """Answers to everything: gates, items set aside where that is allowed, bonus items claimed or not."""
    given: dict[str, Answer] = {
        gate.key: Answer(draw(st.sampled_from([True, True, "yes", False]))) for gate in of.gates
    }
    for item in of.items():
        if item.key in extra_keys(of) and draw(st.booleans()):
            continue
        if item.not_applicable is model.NotApplicable.REASON and draw(st.sampled_from([False, False, False, True])):
            given[item.key] = Answer(na="不适用的理由")
        else:
            given[item.key] = Answer(draw(fitting_values(item.rule)))
    return given


def extra_keys(of: Checklist) -> set[str]:
    """Items of bonus and deductions: nobody has to answer them."""
    extras = [extra.group for extra in (of.bonus, of.deductions) if extra]
    return {item.key for group in extras for item in group.all_items()}


COMPLETE_FACTS = st.fixed_dictionaries(
    {
        "shop": st.sampled_from(["yes", "no"]),
        "people": st.integers(40, 60),
        "area": st.integers(80, 120),
        "kind": st.sampled_from(["a", "b"]),
    }
)


@st.composite
def with_gaps(draw: st.DrawFn, rule: rules.Rule, value: Any) -> Any:
    """The same answer with something missing; what is claimed of alternatives stays claimed."""
    if isinstance(rule, rules.Sum) and draw(st.booleans()):
        parts = {part.key: draw(with_gaps(part.rule, value[part.key])) for part in rule.parts}
        return {key: part for key, part in parts.items() if part is not None}
    if isinstance(rule, rules.Best) and draw(st.booleans()):
        claimed = [part for part in rule.parts if part.key in value]
        gaps = {part.key: draw(with_gaps(part.rule, value[part.key])) for part in claimed}
        return {key: value[key] if gap is None else gap for key, gap in gaps.items()}
    return draw(st.sampled_from([None, value]))


@st.composite
def unfinished_answers(draw: st.DrawFn, of: Checklist, given: dict[str, Answer]) -> dict[str, Answer]:
    """Some of the answers, and some in part. Bonus and deductions stay: what is not claimed there is not missing."""
    extras = extra_keys(of)
    left: dict[str, Answer] = {}
    for key, answer in given.items():
        entry = of.entry(key)
        if key in extras or (answer.na is not None and draw(st.booleans())):
            left[key] = answer
        elif isinstance(entry, model.Item) and answer.na is None:
            left[key] = Answer(draw(with_gaps(entry.rule, answer.value)))
        elif draw(st.booleans()):
            left[key] = answer
    return left


class Drawing:
    """What the laws draw from."""

    checklists = staticmethod(checklists)
    finished_answers = staticmethod(finished_answers)
    unfinished_answers = staticmethod(unfinished_answers)
    fitting_values = staticmethod(fitting_values)
    facts = COMPLETE_FACTS
    days = DAYS
    extra_keys = staticmethod(extra_keys)


@pytest.fixture(scope="session")
def drawing() -> type[Drawing]:
    return Drawing
