"""What each item contributes to the total: all of it together is the total, whatever stands between them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.editions import as_file, entry, small, yes_no
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.scoring.contributions import contributions
from wufei_cells.scoring.evaluate import evaluate

FULL = {
    "G1": Answer("yes"),
    "A1": Answer({"plan": "yes", "staff": "yes"}),
    "A2": Answer({"part": "95", "whole": "100"}),
    "B1": Answer("yes"),
}


def checklist(*, policy: str = "rescale", rounding: dict | None = None, weight: str | None = None, cap: str = "99"):
    """The small checklist with everything that can stand between an item's points and the total."""
    data = small(
        full=None,
        bonus={"key": "X", "text": "加分", "cap": "3", "items": [yes_no("X1", "2"), yes_no("X2", "2")]},
        deductions={"key": "D", "text": "扣分", "cap": "4", "items": [yes_no("D1", "3"), yes_no("D2", "3")]},
    )
    data["scoring"] = {
        "not_applicable": policy,
        "grades": [{"key": "pass", "text": "合格", "total_at_least": "1"}],
        **({"rounding": rounding} if rounding else {}),
    }
    if weight:
        entry(data, "A1")["weight"] = weight
    data["groups"][0] |= {"cap": cap} if cap != "99" else {}
    return read_checklist(as_file(data), "x.json")


def card(answers, facts=None, **scoring):
    return evaluate(checklist(**scoring), {"canteen": "yes"} if facts is None else facts, answers)


def test_in_the_plain_case_items_contribute_their_points():
    found = contributions(card({**FULL, "A1": Answer({"plan": "yes", "staff": "no"})}))
    assert found == {"A1": 2, "A2": 10, "B1": 5, "X1": 0, "X2": 0, "D1": 0, "D2": 0}


def test_what_is_stretched_is_shared_by_those_that_make_up_for_the_rest():
    found = contributions(card(FULL, facts={"canteen": "no"}))
    assert {key: found[key] for key in ("A1", "A2", "B1")} == {"A1": Fraction(20, 3), "A2": Fraction(40, 3), "B1": 0}


def test_a_bonus_above_its_cap_counts_in_proportion_and_deductions_are_negative():
    extra = {"X1": Answer("yes"), "X2": Answer("yes"), "D1": Answer("yes"), "D2": Answer("yes")}
    found = contributions(card({**FULL, **extra}))
    assert {key: found[key] for key in extra} == {"X1": Fraction(3, 2), "X2": Fraction(3, 2), "D1": -2, "D2": -2}


def test_a_weight_counts_instead_of_the_points():
    assert contributions(card(FULL, weight="8"))["A1"] == 8


def test_deductions_that_eat_up_everything_are_told_as_they_are():
    nothing = {**FULL, "A1": Answer({"plan": "no", "staff": "no"}), "A2": Answer({"part": "0", "whole": "9"})}
    found = contributions(card({**nothing, "B1": Answer("no"), "D1": Answer("yes")}))
    assert sum(found.values()) == 0


@st.composite
def answers(draw):
    yes = st.sampled_from(["yes", "no"])
    given_answers = {
        "A1": Answer({"plan": draw(yes), "staff": draw(yes)}),
        "A2": draw(st.sampled_from([Answer({"part": str(n), "whole": "100"}) for n in (0, 83, 88, 100)])),
        **{key: Answer(draw(yes)) for key in ("G1", "B1", "X1", "X2", "D1", "D2")},
    }
    aside = draw(st.sets(st.sampled_from(["A1", "A2", "B1"])))
    left_out = draw(st.sets(st.sampled_from(sorted(given_answers))))
    given_answers |= {key: Answer(na="没有") for key in aside}
    return {key: answer for key, answer in given_answers.items() if key not in left_out}


@given(
    given_answers=answers(),
    policy=st.sampled_from(["rescale", "scale_thresholds", "prorate", "full", "zero"]),
    rounding=st.sampled_from([None, {"places": "0", "mode": "half_up"}, {"places": "1", "mode": "up"}]),
    weight=st.sampled_from([None, "8", "0.5"]),
    cap=st.sampled_from(["99", "7"]),
    canteen=st.sampled_from(["yes", "no", ""]),
)
@settings(max_examples=150, deadline=None)
def test_contributions_add_up_to_the_sure_end_of_the_total(given_answers, policy, rounding, weight, cap, canteen):
    found = card(given_answers, {"canteen": canteen}, policy=policy, rounding=rounding, weight=weight, cap=cap)
    counted = contributions(found)
    assert counted.keys() == {item.key for item in found.items}
    assert sum(counted.values()) == found.total.low


@pytest.mark.parametrize("key", ["A1", "B1"])
def test_an_item_that_counts_for_nothing_contributes_nothing(key):
    assert contributions(card({**FULL, key: Answer(na="没有")}))[key] == 0
