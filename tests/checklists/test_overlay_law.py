"""A county never weakens its city's checklist: on overlays and answers by chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from tests.checklists.overlays import TOWN, TOWN_ID, item, written
from wufei_cells.checklists.document import entry_hash
from wufei_cells.checklists.overlay_demands import Numbers
from wufei_cells.checklists.overlay_marks import weaker_marks
from wufei_cells.checklists.overlay_reading import read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Item, NaPolicy, Phase, Rounding, RoundingMode
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.domain.rules import Levels, Measured, Share, YesNo
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate

OPEN_GROUPS = ("A", "C", "C2")
WEIGHTS = {"A1": 10, "A2": 8, "A": 30, "C": 41, "C1": 16, "C21": 10, "C22": 8, "K1": 6, "X1": 3}


@st.composite
def overlays(draw: st.DrawFn) -> dict[str, Any]:
    """Overlays of which most are allowed."""
    points = st.integers(1, 30)
    groups = draw(st.lists(st.sampled_from(OPEN_GROUPS), unique=True, max_size=2))
    items = [{"group": group, "items": [item(f"E_{group}", draw(points))]} for group in groups]
    weights = draw(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.integers(0, 12), max_size=3))
    add: dict[str, Any] = {"items": items}
    if draw(st.booleans()):
        add["groups"] = [{"key": "E", "text": "特色", "items": [item("E_own", draw(points))]}]
    if draw(st.booleans()):
        add["bonus_items"] = [item("E_bonus", draw(points))]
    if draw(st.booleans()):
        add["gates"] = [{"key": "E_gate", "text": "门", "verify": ["site"]}]
    raised: dict[str, Any] = {"weights": {key: str(WEIGHTS[key] + more) for key, more in weights.items()}}
    if draw(st.integers(0, 3)) == 0:
        raised["grades"] = {"pass": {"total_at_least": str(draw(st.integers(60, 110)))}}
    return {"add": add, "raise": raised}


@st.composite
def cities(draw: st.DrawFn) -> Checklist:
    """The town's checklist under different ways of adding up."""
    scoring = replace(
        TOWN.scoring,
        na_policy=draw(st.sampled_from([NaPolicy.RESCALE, NaPolicy.ZERO, NaPolicy.FULL])),
        out_of=draw(st.sampled_from([None, None, Decimal(50), Decimal(1000)])),
        rounding=draw(st.sampled_from([None, Rounding(0, RoundingMode.HALF_UP), Rounding(1, RoundingMode.UP)])),
    )
    return replace(TOWN, scoring=scoring)


def answered(checklist: Checklist, chance: Random, *, aside: bool) -> dict[str, Answer]:
    """Answers to everything by chance, and full marks for all that a county added."""
    given: dict[str, Answer] = {gate.key: Answer("yes") for gate in checklist.gates}
    for entry in checklist.items():
        own = entry.key.startswith("E_")
        given[entry.key] = Answer("yes") if own else Answer(_value(entry, chance))
        if aside and chance.random() < 0.2:
            given[entry.key] = Answer(na="没有")
    return given


def _value(entry: Item, chance: Random) -> object:
    match entry.rule:
        case YesNo():
            return chance.choice(["yes", "no"])
        case Levels():
            return chance.choice(entry.rule.levels).key
        case Measured(measure=Share()):
            return {"part": str(chance.randint(0, 100)), "whole": "100"}
        case _:
            return str(chance.randint(0, 12))


FACTS = {"canteen": "yes", "staff": "10"}


def accepted(city: Checklist, overlay: dict[str, Any], numbers: dict[str, CityNumber] | None = None) -> Checklist:
    """The county's edition; what is refused proves nothing."""
    try:
        return apply_overlay(city, TOWN_ID, read_overlay(written(city, **overlay), "east.yaml"), numbers)
    except ProblemsFound:
        reject()


@settings(max_examples=40, deadline=None)
@given(city=cities(), overlay=overlays(), mark=st.integers(20, 80))
def test_an_accepted_overlay_leaves_nothing_of_the_citys_weaker(city, overlay, mark):
    numbers = {"pass_mark": CityNumber(Decimal(mark), (Phase(date(2027, 1, 1), Decimal(mark + 3)),))}
    county = accepted(city, overlay, numbers)
    before, after = Numbers(city.parameters, numbers), Numbers(county.parameters, numbers)
    for old, new in zip(city.grades, county.grades, strict=True):
        for day in before.days:
            assert after.value(new.total_at_least, day) >= before.value(old.total_at_least, day)
        old_shares, new_shares = dict(old.group_exceptions), dict(new.group_exceptions)
        for group in city.groups:
            asked = old_shares.get(group.key, old.groups_at_least)
            assert new_shares.get(group.key, new.groups_at_least) >= asked
    assert county.gates[: len(city.gates)] == city.gates
    for entry in city.items():
        kept = county.entry(entry.key)
        assert entry_hash(kept) == entry_hash(entry)
        assert kept.worth >= entry.worth
    assert weaker_marks(city, county, numbers) == ()


@settings(max_examples=90, deadline=None)
@given(city=cities(), overlay=overlays(), seed=st.integers(0, 10**6))
def test_who_passes_in_the_county_passes_in_the_city(city, overlay, seed):
    """The mark to pass is set just above what the site has in the city's edition: it must not pass in the county."""
    aside = city.scoring.na_policy in (NaPolicy.ZERO, NaPolicy.FULL)
    of_city = answered(city, Random(seed), aside=aside)
    mark = Decimal(int(evaluate(city, FACTS, of_city).total.low * 100) + 1) / 100
    assume(1 <= mark < city.full)
    strict = replace(city, grades=(replace(city.grades[0], total_at_least=mark, groups_at_least=None),))
    county = accepted(strict, {"add": overlay["add"], "raise": {"weights": overlay["raise"]["weights"]}})
    assert evaluate(strict, FACTS, of_city).passed is False
    assert evaluate(county, FACTS, answered(county, Random(seed), aside=False) | of_city).passed is False


@settings(max_examples=40, deadline=None)
@given(overlay=overlays(), seed=st.integers(0, 10**6), group=st.sampled_from(["A", "C"]))
def test_who_reaches_a_groups_minimum_in_the_county_reaches_it_in_the_city(overlay, seed, group):
    """The same for the minimum of one group."""
    of_city = answered(TOWN, Random(seed), aside=False)
    score = next(found for found in evaluate(TOWN, FACTS, of_city).groups if found.key == group)
    share = Decimal(int(Fraction(score.got.low) / Fraction(score.full) * 10000) + 1) / 100
    assume(share <= 100)
    grade = replace(TOWN.grades[0], total_at_least=Decimal(0), groups_at_least=None, group_exceptions=((group, share),))
    strict = replace(TOWN, grades=(grade,))
    county = accepted(strict, {"add": overlay["add"], "raise": {"weights": overlay["raise"]["weights"]}})
    assert evaluate(strict, FACTS, of_city).passed is False
    assert evaluate(county, FACTS, answered(county, Random(seed), aside=False) | of_city).passed is False
