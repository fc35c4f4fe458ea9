"""The cheapest way to a level, held against trying every set of items."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest

from wufei_cells.domain import checklists as model
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.rules import Effect, Level, Levels, Outcome
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.shortest_path import PathToLevel, shortest_path

ZERO = Decimal(0)
WORDS = Text("文", "text")


def item(key: str, full: int, **changes: object) -> model.Item:
    """An item of which a half, all or nothing can be had; nothing at all may carry a veto."""
    veto = changes.pop("veto", None)
    rule = Levels(
        (
            Level("all", WORDS, Outcome(Decimal(full))),
            Level("half", WORDS, Outcome(Decimal(full) / 2)),
            Level("none", WORDS, Outcome(ZERO, Effect.VETO if veto else None)),
        )
    )
    made = model.Item(key, key, WORDS, Decimal(full), rule, (model.Verify.SITE,), WORDS, WORDS, WORDS, ())
    return replace(made, **changes)


def group(key: str, *parts: model.Item | model.Group, **changes: object) -> model.Group:
    items = tuple(part for part in parts if isinstance(part, model.Item))
    groups = tuple(part for part in parts if isinstance(part, model.Group))
    return replace(model.Group(key, key, WORDS, items, groups), **changes)


def checklist(groups: tuple[model.Group, ...], grades: tuple[model.Grade, ...], **changes: object) -> model.Checklist:
    made = model.Checklist(
        "T",
        "1",
        WORDS,
        model.Category("c", WORDS, "C"),
        official=False,
        effective_from=date(2026, 1, 1),
        scoring=model.ScoringRules(model.NaPolicy.RESCALE),
        grades=grades,
        groups=groups,
    )
    return replace(made, **changes)


def grade(key: str, total: int, **changes: object) -> model.Grade:
    return replace(model.Grade(key, WORDS, Decimal(total)), **changes)


def given(**levels: str) -> dict[str, Answer]:
    return {key: Answer(na="没有") if level == "na" else Answer(level) for key, level in levels.items()}


def steps(path: PathToLevel | None) -> list[str]:
    assert path is not None
    return [step.key for step in path.steps]


SMALL = checklist(
    (group("A", item("A1", 30), item("A2", 20)), group("B", item("B1", 40), item("B2", 10))),
    (grade("pass", 70, groups_at_least=Decimal(50)), grade("good", 90)),
)


def test_the_one_item_that_gives_most_is_enough_where_nothing_else_asks() -> None:
    path = shortest_path(SMALL, {}, given(A1="all", A2="half", B1="none", B2="all"))
    assert steps(path) == ["B1"]
    assert path is not None
    assert (path.target, path.now, path.then, path.needed) == ("pass", 50, 90, 70)


def test_a_group_under_its_minimum_comes_first_even_when_the_total_would_do() -> None:
    path = shortest_path(SMALL, {}, given(A1="none", A2="half", B1="all", B2="all"))
    assert steps(path) == ["A1"]


def test_nothing_is_left_to_do_at_the_highest_level() -> None:
    assert shortest_path(SMALL, {}, given(A1="all", A2="all", B1="all", B2="all")) is None


def test_a_higher_level_can_be_asked_for_at_once() -> None:
    path = shortest_path(SMALL, {}, given(A1="half", A2="half", B1="half", B2="half"), target="good")
    assert steps(path) == ["A1", "A2", "B1"]


def test_what_cannot_be_done_is_left_out_and_what_is_hard_is_avoided() -> None:
    answers = given(A1="half", A2="all", B1="half", B2="half")
    assert steps(shortest_path(SMALL, {}, answers)) == ["B1"]
    assert steps(shortest_path(SMALL, {}, answers, efforts={"B1": 5})) == ["A1"]
    path = shortest_path(SMALL, {}, answers, efforts={"A1": 0, "B1": 0})
    assert path is not None
    assert not path.reachable


def test_a_gate_that_failed_and_a_veto_are_forced_steps() -> None:
    gate = model.Gate("G1", "G1", WORDS, (model.Verify.DOCUMENT,), WORDS, WORDS, ())
    with_veto = checklist((group("A", item("A1", 10, veto=True), item("A2", 90)),), (grade("pass", 60),), gates=(gate,))
    path = shortest_path(with_veto, {}, given(A1="none", A2="all") | {"G1": Answer("no")})
    assert path is not None
    assert [(step.key, step.forced) for step in path.steps] == [("G1", True), ("A1", True)]
    assert path.effort == 2


def test_set_aside_beyond_what_is_allowed_cannot_be_mended_by_points() -> None:
    capped = replace(SMALL, scoring=replace(SMALL.scoring, na_at_most=Decimal(20)))
    path = shortest_path(capped, {}, given(A1="na", A2="half", B1="none", B2="all"))
    assert path is not None
    assert not path.reachable


# --- against trying everything


def random_case(seed: int) -> tuple[model.Checklist, dict[str, Answer]]:
    draw = random.Random(seed)

    def some_item(key: str) -> model.Item:
        weight = Decimal(draw.randint(1, 30)) if draw.random() < 0.3 else None
        return item(key, draw.randint(1, 20), weight=weight, star=draw.random() < 0.1, veto=draw.random() < 0.1)

    def some_group(key: str) -> model.Group:
        made = group(key, *(some_item(f"{key}{index}") for index in range(draw.randint(1, 3))))
        if draw.random() < 0.3:
            made = replace(made, groups=(group(f"{key}x", some_item(f"{key}x0"), weight=Decimal(draw.randint(1, 9))),))
        if draw.random() < 0.3:
            made = replace(made, cap=max(Decimal(1), made.full - draw.randint(0, 9)))
        return replace(made, weight=Decimal(draw.randint(1, 50))) if draw.random() < 0.3 else made

    groups = tuple(some_group(key) for key in "ABC"[: draw.randint(1, 3)])
    full = sum((one.worth for one in groups), ZERO)
    keys = [one.key for top in groups for one in top.all_items()]
    minimum = Decimal(draw.choice([0, 40, 60])) if draw.random() < 0.6 else None
    items = ((draw.choice(keys), Decimal(draw.choice([50, 80]))),) if draw.random() < 0.3 else ()
    low = full * draw.randint(30, 80) / 100
    grades = (
        replace(grade("g0", 0, groups_at_least=minimum), total_at_least=low),
        replace(grade("g1", 0, items_at_least=items), total_at_least=low + full * draw.randint(1, 20) / 100),
    )
    policy = draw.choice(list(model.NaPolicy))
    mode = model.Rounding(0, draw.choice(list(model.RoundingMode))) if draw.random() < 0.3 else None
    bonus = model.Bonus(group("X", some_item("X0"), some_item("X1")), Decimal(8), counts_for_pass=draw.random() < 0.5)
    taken = model.Deductions(group("D", item("D0", 6), item("D1", 4)), Decimal(7))
    made = checklist(
        groups,
        grades,
        scoring=model.ScoringRules(
            policy, Decimal(50) if policy is model.NaPolicy.SHARE else Decimal(100), rounding=mode
        ),
        bonus=bonus if draw.random() < 0.5 else None,
        deductions=taken if draw.random() < 0.5 else None,
    )
    levels = ["all", "half", "none", "none", "na"]
    return made, given(**{one.key: draw.choice(levels) for one in made.items()})


def by_trying_everything(of: model.Checklist, answers: dict[str, Answer], target: str) -> int | None:
    improvable = [one for one in of.items() if answers[one.key].na is None]
    taken = {one.key for one in of.deductions.group.all_items()} if of.deductions else set[str]()
    index = [one.key for one in of.grades].index(target)
    for count in range(len(improvable) + 1):
        for chosen in combinations(improvable, count):
            suppose = {one.key: Fraction(0 if one.key in taken else one.full) for one in chosen}
            card = evaluate(of, {}, answers, supposing=suppose)
            if all(result.reached for result in card.grades[: index + 1]):
                return count
    return None


@pytest.mark.parametrize("seed", range(150))
def test_no_smaller_set_of_items_reaches_the_level(seed: int) -> None:
    of, answers = random_case(seed)
    path = shortest_path(of, {}, answers)
    if path is None:
        assert all(result.reached for result in evaluate(of, {}, answers).grades)
        return
    least = by_trying_everything(of, answers, path.target)
    assert path.reachable == (least is not None)
    if path.reachable:
        assert path.effort == least
        assert path.then >= path.needed


def test_sixty_items_with_different_efforts_take_less_than_a_second() -> None:
    draw = random.Random(7)
    groups = tuple(group(name, *(item(f"{name}{i}", draw.randint(1, 9)) for i in range(10))) for name in "ABCDEF")
    full = sum((one.worth for one in groups), ZERO)
    of = checklist(groups, (replace(grade("pass", 0, groups_at_least=Decimal(60)), total_at_least=full * 9 / 10),))
    answers = given(**{one.key: draw.choice(["half", "none"]) for one in of.items()})
    efforts = {one.key: draw.randint(1, 9) for one in of.items()}
    started = time.perf_counter()
    path = shortest_path(of, {}, answers, efforts=efforts)
    assert time.perf_counter() - started < 1
    assert path is not None
    assert path.reachable
