"""From item scores to totals: what does not apply, minima, bonus, levels. Every number was worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from yaml import safe_load

from wufei_cells.domain.amounts import printed
from wufei_cells.errors import ProblemsFound

GRADED = """
grades:
  - {key: pass, text: 合格, total_at_least: 60}
  - {key: good, text: 良好, total_at_least: 75}
  - {key: best, text: 优秀, total_at_least: 90}
"""


def amounts(item, *fulls, **fields):
    """Items whose answer is their points."""
    return [
        item(f"A{number}", full, f"amount: {{text: 分}}\nline: [[0, 0], [{full}, {full}]]", **fields)
        for number, full in enumerate(fulls, start=1)
    ]


# --- items that do not apply: 40 + 30 + 20 + 10 points, of which the 20 are set aside; 30 + 24 + 6 = 60 are scored


@pytest.fixture
def set_aside(checklist, item, score, span_text):
    def run(policy: str, mark: int = 60):
        scoring = f"{{not_applicable: {policy}, grades: [{{key: pass, text: 合格, total_at_least: {mark}}}]}}"
        card = score(
            checklist({"A": amounts(item, 40, 30, 20, 10)}, scoring=scoring),
            {"A1": 30, "A2": 24, "A3": {"na": "没有食堂"}, "A4": 6},
        )
        return (
            span_text(card.total),
            span_text(card.base),
            card.groups[0].full,
            card.grades[0].total_needed,
            card.passed,
        )

    return run


def test_rescale_leaves_the_item_out_and_stretches_the_rest(set_aside):
    assert set_aside("rescale", 75) == ("75", "75", 80, 75, True)  # 60 of 80 is 75 of 100
    assert set_aside("rescale", 76)[4] is False


def test_scale_thresholds_leaves_the_item_out_and_shrinks_the_mark(set_aside):
    assert set_aside("scale_thresholds", 75) == ("60", "60", 80, 60, True)  # 75 of 100 is 60 of 80
    assert set_aside("scale_thresholds", 76)[3:] == (Fraction("60.8"), False)


def test_full_gives_the_item_its_full_marks(set_aside):
    assert set_aside("full", 80) == ("80", "80", 100, 80, True)
    assert set_aside("full", 81)[4] is False


def test_zero_gives_the_item_nothing(set_aside):
    assert set_aside("zero", 60) == ("60", "60", 100, 60, True)
    assert set_aside("zero", 61)[4] is False


@pytest.mark.parametrize(
    ("policy", "got", "needed", "passed"),
    [("rescale", 6, 5, True), ("scale_thresholds", 6, 5, True), ("full", 16, 10, True), ("zero", 6, 10, False)],
)
def test_a_group_minimum_is_a_share_of_the_marks_that_count_in_the_group(
    checklist, item, score, policy, got, needed, passed
):
    grades = "[{key: pass, text: 合格, total_at_least: 0, groups_at_least: 50}]"
    rule = "amount: {text: 分}\nline: [[0, 0], [10, 10]]"
    of = checklist(
        {"A": [item("A1", 10, rule), item("A2", 10, rule)], "B": [item("B1", 10, rule)]},
        scoring=f"{{not_applicable: {policy}, grades: {grades}}}",
    )
    card = score(of, {"A1": 6, "A2": {"na": "无"}, "B1": 10})
    assert (card.groups[0].got.low, card.groups[0].needed, card.passed) == (got, needed, passed)


def test_a_group_of_which_nothing_applies_asks_for_nothing(checklist, item, score):
    grades = "[{key: pass, text: 合格, total_at_least: 20, groups_at_least: 50}]"
    of = checklist({"A": amounts(item, 10), "B": [item("B1", 10, "yes_no: 10")]}, scoring=f"{{grades: {grades}}}")
    card = score(of, {"A1": {"na": "无"}, "B1": True})
    assert (card.total.low, card.groups[0].needed, card.passed) == (20, None, True)


@pytest.mark.parametrize("policy", ["rescale", "scale_thresholds"])
def test_nothing_passes_when_nothing_applies(checklist, item, score, policy):
    of = checklist({"A": amounts(item, 10)}, scoring=f"{{not_applicable: {policy}}}")
    card = score(of, {"A1": {"na": "无"}})
    assert (card.total.low, card.passed, card.level) == (0, False, None)
    assert [caution.code for caution in card.cautions] == ["caution.nothing_applies"]


# --- facts decide what applies


CONDITION = """
any:
  - {fact: canteen}
  - all: [{fact: diners, at_least: 50}, {not: {fact: kind, is: [office, school]}}]
"""
FACTS = """
- {key: canteen, text: 食堂, ask: yes_no}
- {key: diners, text: 人数, ask: number, unit: 人}
- key: kind
  text: 类型
  ask: choice
  options: [{key: office, text: 机关}, {key: school, text: 学校}, {key: shop, text: 商店}]
"""


@pytest.mark.parametrize(
    ("facts", "applies"),
    [
        ({"canteen": "yes"}, True),
        ({"canteen": True, "diners": 10, "kind": "office"}, True),
        ({"canteen": "no", "diners": 49}, False),
        ({"canteen": "no", "diners": 50, "kind": "shop"}, True),
        ({"canteen": "no", "diners": 50, "kind": "school"}, False),
        ({"canteen": "no", "kind": "office"}, False),
        ({"canteen": "no", "kind": "shop"}, None),
        ({"diners": "49.5"}, None),
        ({}, None),
    ],
)
def test_a_condition_is_true_false_or_not_known_yet(checklist, item, score, facts, applies):
    of = checklist(
        {"A": [item("A1", 10, "yes_no: 10"), item("A2", 10, "yes_no: 10", applies=safe_load(CONDITION))]}, facts=FACTS
    )
    card = score(of, {"A1": True, "A2": False}, facts)
    expected = {True: ("10", "10"), False: ("20", "20"), None: ("10", "20")}[applies]
    assert (printed(card.total.low), printed(card.total.high)) == expected
    assert card.finished is (applies is not None)


def test_missing_facts_are_named_before_the_items(checklist, item, score):
    of = checklist({"A": [item("A1", 10, "yes_no: 10", applies={"fact": "canteen"})]}, facts=FACTS)
    assert score(of, {}).missing == ("facts.canteen", "A1")
    assert score(of, {}, {"canteen": "no"}).missing == ()


def test_an_answer_to_an_item_that_does_not_apply_is_ignored_and_pointed_out(checklist, item, score):
    items = [item("A1", 10, "yes_no: 10"), item("A2", 10, "yes_no: 10", applies={"fact": "canteen"})]
    card = score(checklist({"A": items}, facts=FACTS), {"A1": True, "A2": False}, {"canteen": "no"})
    assert card.total.low == 20
    assert [(caution.code, caution.place) for caution in card.cautions] == [("caution.answer_ignored", "A2")]


# --- levels and minima


@pytest.mark.parametrize(
    ("mark", "level"),
    [
        ("59.999", None),
        ("60", "pass"),
        ("74.999", "pass"),
        ("75", "good"),
        ("89.999", "good"),
        ("90", "best"),
        ("100", "best"),
    ],
)
def test_the_level_is_the_highest_whose_mark_is_reached_exactly(checklist, item, score, mark, level):
    card = score(checklist({"A": amounts(item, 100)}, scoring=GRADED), {"A1": mark})
    assert (card.level, card.passed) == (level, level is not None)


def test_a_total_is_compared_exactly_and_printed_cut(checklist, item, score):
    of = checklist({"A": amounts(item, 60, 15, 25)}, scoring=GRADED)
    card = score(of, {"A1": "60", "A2": {"na": "无"}, "A3": "3.75"})
    assert (card.total.low, card.level) == (75, "good")  # 63.75 of 85
    card = score(of, {"A1": "60", "A2": {"na": "无"}, "A3": "3.749"})
    assert card.total.low == Fraction(63749, 850)  # 74.9988…
    assert (printed(card.total.low), card.level) == ("74.99", "pass")
    assert printed(Fraction("79.996")) == "79.99"


def test_a_group_below_its_minimum_fails_whatever_the_total(checklist, item, score):
    grades = "[{key: pass, text: 合格, total_at_least: 85, groups_at_least: 50}]"
    of = checklist(
        {"A": amounts(item, 80), "B": [item("B1", 20, "amount: {text: 分}\nline: [[0, 0], [20, 20]]")]},
        scoring=f"{{grades: {grades}}}",
    )
    assert score(of, {"A1": 80, "B1": "9.99"}).passed is False
    assert score(of, {"A1": 75, "B1": "10"}).passed is True


def test_single_groups_may_have_minima_of_their_own(checklist, item, score):
    grades = "[{key: pass, text: 合格, total_at_least: 0, groups_at_least: 80, group_exceptions: {B: 60}}]"
    rule = "amount: {text: 分}\nline: [[0, 0], [10, 10]]"
    of = checklist({"A": [item("A1", 10, rule)], "B": [item("B1", 10, rule)]}, scoring=f"{{grades: {grades}}}")
    assert [score(of, {"A1": a, "B1": b}).passed for a, b in ((8, 6), ("7.9", 10), (10, "5.9"))] == [True, False, False]
    assert [group.needed for group in score(of, {}).groups] == [8, 6]


def test_a_higher_level_is_not_reached_without_the_lower_ones(checklist, item, score):
    grades = (
        "[{key: pass, text: 合格, total_at_least: 5, groups_at_least: 50}, {key: good, text: 良, total_at_least: 8}]"
    )
    rule = "amount: {text: 分}\nline: [[0, 0], [10, 10]]"
    of = checklist({"A": [item("A1", 10, rule)], "B": [item("B1", 10, rule)]}, scoring=f"{{grades: {grades}}}")
    card = score(of, {"A1": 10, "B1": 1})
    assert [grade.reached for grade in card.grades] == [False, True]
    assert (card.passed, card.level) == (False, None)


# --- bonus


def with_bonus(checklist, item, *, counts: str):
    items = [
        item("X1", 6, "yes_no: 6"),
        item("X2", 6, "amount: {text: 分}\nline: [[0, 0], [6, 6]]", applies={"fact": "shop"}),
    ]
    bonus = {"key": "X", "text": "加分", "cap": "8", "counts_for_pass": counts, "items": items}
    return checklist(
        {"A": amounts(item, 100)}, scoring=GRADED, bonus=bonus, facts="[{key: shop, text: 店, ask: yes_no}]"
    )


def test_bonus_is_added_up_to_its_cap_and_may_lift_the_total_above_full_marks(checklist, item, score):
    of = with_bonus(checklist, item, counts="no")
    card = score(of, {"A1": 97, "X1": True, "X2": "0.25"}, {"shop": "yes"})
    assert (card.base.low, card.bonus.low, card.total.low) == (97, Fraction("6.25"), Fraction("103.25"))
    assert score(of, {"A1": 97, "X1": True, "X2": 6}, {"shop": "yes"}).total.low == 105


@pytest.mark.parametrize(("counts", "level"), [("no", None), ("yes", "pass")])
def test_bonus_helps_to_pass_only_where_the_checklist_says_so(checklist, item, score, counts, level):
    card = score(with_bonus(checklist, item, counts=counts), {"A1": 55, "X1": True}, {"shop": "no"})
    assert (card.total.low, card.level) == (61, level)


def test_a_bonus_that_nobody_claims_is_nothing_and_holds_nothing_up(checklist, item, score):
    card = score(with_bonus(checklist, item, counts="yes"), {"A1": 70}, {"shop": "yes"})
    assert (card.missing, card.total.low, card.level) == ((), 70, "pass")


def test_a_bonus_is_not_stretched_with_the_rest_and_never_given_for_not_applying(checklist, item, score):
    of = with_bonus(checklist, item, counts="no")
    card = score(of, {"A1": 50, "X1": {"na": "没有"}}, {"shop": "no"})
    assert (card.bonus.low, card.total.low) == (0, 50)
    scoring = "{not_applicable: full}"
    bonus = {"key": "X", "text": "加分", "cap": "8", "items": [item("X1", 6, "yes_no: 6")]}
    card = score(checklist({"A": amounts(item, 10)}, scoring=scoring, bonus=bonus), {"A1": 5, "X1": {"na": "没有"}})
    assert card.total.low == 5


# --- refusals


def test_answers_that_fit_nothing_are_refused_together(checklist, item, score):
    of = checklist({"A": [item("A1", 5, "yes_no: 5"), item("A2", 5, "yes_no: 5", not_applicable="never")]}, facts=FACTS)
    given = {"A1": "perhaps", "A2": {"na": "无"}, "A9": True}
    with pytest.raises(ProblemsFound) as found:
        score(of, given, {"diners": "many", "kind": "zoo", "other": "ignored"})
    assert sorted((problem.place, problem.code) for problem in found.value.problems) == [
        ("A1", "answer.not_yes_no"),
        ("A2", "answer.na_forbidden"),
        ("A9", "answer.unknown_item"),
        ("facts.diners", "answer.not_number"),
        ("facts.kind", "answer.not_choice"),
    ]


def test_setting_an_item_aside_needs_a_reason(checklist, item, score):
    with pytest.raises(ProblemsFound) as found:
        score(checklist({"A": amounts(item, 10)}), {"A1": {"na": " "}})
    assert found.value.problems[0].code == "answer.na_reason"
