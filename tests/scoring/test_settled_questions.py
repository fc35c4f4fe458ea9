"""The corners of settled questions: while facts are open, when a claim falls away, where nothing applies."""

from __future__ import annotations

from fractions import Fraction

import pytest

from wufei_cells.scoring.columns import composite

FACTS = "[{key: shop, text: 店, ask: yes_no}, {key: canteen, text: 食堂, ask: yes_no}]"
TEN = "amount: {text: 分}\nline: [[0, 0], [10, 10]]"
AT_LEAST = "grades: [{key: pass, text: 达标, total_at_least: %s}]"


def gates_of(card):
    return {gate.key: gate.ok for gate in card.gates}


# --- stars


def test_a_star_stays_open_while_the_item_may_be_set_aside_and_that_fails(checklist, item, score):
    levels = "levels: [{key: full, text: 好, points: 10}, {key: some, text: 中, points: 5}]"
    of = checklist({"A": [item("A1", 10, levels, star="yes")]}, scoring="{star_not_applicable: failed}")
    assert gates_of(score(of, {})) == {"A1": None}  # every answer gives points, setting it aside does not
    assert gates_of(score(of, {"A1": "some"})) == {"A1": True}
    assert gates_of(score(of, {"A1": {"na": "没有"}})) == {"A1": False}


def test_a_star_that_was_set_aside_may_still_be_excluded_by_facts(checklist, item, score):
    starred = item("A1", 10, TEN, star="yes", applies={"fact": "shop"})
    of = checklist({"A": [starred, item("A2", 10, TEN)]}, scoring="{star_not_applicable: failed}", facts=FACTS)
    given = {"A1": {"na": "没有"}, "A2": 10}
    assert (gates_of(score(of, given)), score(of, given).passed) == ({"A1": None}, None)
    assert score(of, given, {"shop": "yes"}).passed is False
    assert (gates_of(score(of, given, {"shop": "no"})), score(of, given, {"shop": "no"}).passed) == ({}, True)


def test_a_star_stays_open_while_facts_decide_which_parts_count(checklist, item, score):
    rule = "sum: [{key: a, text: 甲, yes_no: 6, applies: {fact: shop}}, {key: b, text: 乙, yes_no: 4}]"
    of = checklist({"A": [item("A1", 10, rule, star="yes")]}, facts=FACTS)
    given = {"A1": {"a": True, "b": False}}
    assert gates_of(score(of, given)) == {"A1": None}
    assert gates_of(score(of, given, {"shop": "yes"})) == {"A1": True}
    assert gates_of(score(of, given, {"shop": "no"})) == {"A1": False}


# --- how much may be set aside


def limited(checklist, item):
    items = [item("A1", 10, TEN), item("A2", 10, TEN), item("A3", 20, "yes_no: 20", applies={"fact": "shop"})]
    return checklist({"A": items}, scoring="{not_applicable_at_most: 40}", facts=FACTS)


def test_what_facts_exclude_counts_on_neither_side_of_the_limit(checklist, item, score):
    of, given = limited(checklist, item), {"A1": {"na": "没有"}, "A2": 10, "A3": True}
    with_shop, without = score(of, given, {"shop": "yes"}), score(of, given, {"shop": "no"})
    assert (with_shop.set_aside, with_shop.passed) == (25, True)  # 10 of 40
    assert (without.set_aside, without.passed) == (50, False)  # 10 of 20
    assert score(of, given).passed is None  # it depends on the shop


def test_the_limit_is_certainly_broken_only_by_what_facts_cannot_exclude(checklist, item, score):
    of = limited(checklist, item)
    assert score(of, {"A3": {"na": "没有"}}).passed is None  # 20 of 40, but there may be no shop
    assert score(of, {"A1": {"na": "没有"}, "A2": {"na": "没有"}}).passed is False  # 20 of 40 at least


# --- parts and alternatives


def test_a_part_of_which_nothing_applies_does_not_apply_itself(checklist, item, score):
    inner = "sum: [{key: x, text: 店内, yes_no: 4, applies: {fact: shop}}]"
    rule = f"sum: [{{key: a, text: 甲, {inner}}}, {{key: b, text: 乙, yes_no: 6}}]"
    of = checklist({"A": [item("A1", 10, rule)]}, facts=FACTS)
    assert score(of, {"A1": {"b": True}}, {"shop": "no"}).total.low == 10  # b makes up for a
    assert score(of, {"A1": {"a": {"x": False}, "b": True}}, {"shop": "yes"}).total.low == 6


def test_what_is_gained_is_stretched_and_what_is_taken_off_is_not(checklist, item, score):
    inner = "start: -1\nsum: [{key: a, text: 子, yes_no: 6, applies: {fact: shop}}, {key: b, text: 丑, yes_no: 3}]"
    rule = f"start: 4\nsum:\n- key: p\n  text: 甲\n  {inner.replace(chr(10), chr(10) + '  ')}"
    of = checklist({"A": [item("A1", 12, rule, not_applicable="never")]}, facts=FACTS)
    assert score(of, {"A1": {"p": {"b": True}}}, {"shop": "no"}).total.low == 12  # 4 + 2 × 8 ÷ 2
    assert score(of, {"A1": {"p": {"b": False}}}, {"shop": "no"}).total.low == 3  # 4 − 1
    open_now = score(of, {"A1": {"p": {"a": True, "b": False}}})
    assert (open_now.total.low, open_now.total.high) == (3, 12)


def test_a_claim_that_may_fall_away_leaves_room_for_another(checklist, item, score):
    rule = "best: [{key: a, text: 甲, yes_no: 4, applies: {fact: shop}}, {key: b, text: 乙, yes_no: 10}]"
    of = checklist({"A": [item("A1", 10, rule, not_applicable="never")]}, facts=FACTS)
    given = {"A1": {"a": True}}
    assert (score(of, given).total.low, score(of, given).total.high) == (0, 10)
    assert score(of, given, {"shop": "yes"}).total.high == 4
    without = score(of, given, {"shop": "no"})
    assert (without.missing, without.total.high) == (("A1",), 10)


def test_facts_are_asked_for_only_where_something_depends_on_them(checklist, item, score):
    inner = "best: [{key: x, text: 甲, yes_no: 4, applies: {fact: canteen}}, {key: y, text: 乙, yes_no: 4}]"
    rule = f"sum: [{{key: a, text: 一, applies: {{fact: shop}}, {inner}}}, {{key: b, text: 二, yes_no: 6}}]"
    of = checklist({"A": [item("A1", 10, rule)]}, facts=FACTS)
    assert score(of, {"A1": {"b": True}}, {"shop": "no"}).missing == ()
    assert score(of, {"A1": {"a": {"y": True}, "b": True}}, {"shop": "yes"}).missing == ("facts.canteen",)


# --- full marks and what does not apply


def test_nothing_passes_where_nothing_applies_whatever_is_granted(checklist, item, score):
    of = checklist({"A": [item("A1", 10, TEN)]}, scoring="{not_applicable: full}")
    card = score(of, {"A1": {"na": "没有"}})
    assert (card.total.low, card.passed) == (10, False)
    assert [caution.code for caution in card.cautions] == ["caution.nothing_applies"]


@pytest.mark.parametrize(("aside", "total", "needed"), [(False, 14, 12), (True, 8, 6)])
def test_where_marks_shrink_points_stay_as_they_are(checklist, item, score, aside, total, needed):
    """60 of 100, for 20 points in all: the marks to reach are held against what applies, from the first item on."""
    of = checklist(
        {"A": [item("A1", 10, TEN), item("A2", 10, TEN)]},
        scoring=f"{{not_applicable: scale_thresholds, out_of: 100, {AT_LEAST % 60}}}",
    )
    card = score(of, {"A1": 8, "A2": {"na": "没有"} if aside else 6})
    assert (card.total.low, card.grades[0].total_needed, card.passed) == (total, needed, True)


@pytest.mark.parametrize("policy", ["prorate", "rescale", "full"])
def test_bonus_is_neither_stretched_nor_granted(checklist, item, score, policy):
    parts = "sum: [{key: a, text: 甲, yes_no: 1}, {key: b, text: 乙, yes_no: 3, applies: {fact: shop}}]"
    inner = {"key": "XI", "text": "组", "items": [item("X1", 4, parts), item("X2", 4, "yes_no: 4")]}
    bonus = {"key": "X", "text": "加分", "cap": "20", "groups": [inner]}
    of = checklist({"A": [item("A1", 10, TEN)]}, scoring=f"{{not_applicable: {policy}}}", bonus=bonus, facts=FACTS)
    card = score(of, {"A1": 5, "X1": {"a": True}, "X2": {"na": "没有"}}, {"shop": "no"})
    assert card.bonus.low == 1


# --- several columns

COLUMNS = "columns: [{key: first, text: 初评, weight: 2}, {key: final, text: 终评, weight: 1}]"


def test_a_composite_is_rounded_before_it_is_compared(checklist, item, score):
    rounding = "rounding: {places: 1, mode: half_up}"
    of = checklist({"A": [item("A1", 10, TEN)]}, scoring=f"{{{COLUMNS}, {rounding}, {AT_LEAST % '8.3'}}}")
    together = composite(of, {"first": score(of, {"A1": "8.4"}), "final": score(of, {"A1": "8"})})
    assert (together.total.low, together.passed) == (Fraction("8.3"), True)  # 24.8 / 3 = 8.266…


def test_a_column_in_which_nothing_applied_shows_nothing(checklist, item, score):
    of = checklist({"A": [item("A1", 10, TEN)]}, scoring=f"{{{COLUMNS}, {AT_LEAST % 5}}}")
    together = composite(of, {"first": score(of, {"A1": 10}), "final": score(of, {"A1": {"na": "没有"}})})
    assert together.passed is False


def test_a_column_still_to_come_counts_for_all_it_can_be(checklist, item, score):
    bonus = {"key": "X", "text": "加分", "cap": "2", "items": [item("X1", 2, "yes_no: 2")]}
    of = checklist({"A": [item("A1", 10, TEN)]}, scoring=f"{{{COLUMNS}, {AT_LEAST % 5}}}", bonus=bonus)
    together = composite(of, {"first": score(of, {"A1": 9})})
    assert (together.total.low, together.total.high, together.missing) == (6, 10, ("final",))
    assert together.passed is None
