"""What can forbid an award whatever the total, and what is certain while answers are still missing."""

from __future__ import annotations

import pytest

GATES = """
- {key: G1, text: 合法经营, verify: [document]}
- {key: G2, text: 危废交持证单位, verify: [document], applies: {fact: hazardous}}
"""
FACTS = "[{key: hazardous, text: 产生危废, ask: yes_no}]"
SIXTY = "grades: [{key: pass, text: 合格, total_at_least: 60}]"
LINE = "amount: {text: 分}\nline: [[0, 0], [50, 50]]"


@pytest.fixture
def gated(checklist, item):
    items = [item("A1", 50, LINE), item("A2", 50, LINE, not_applicable="never")]
    return checklist({"A": items}, scoring=SIXTY, gates=GATES, facts=FACTS)


def verdicts(card):
    return {gate.key: gate.ok for gate in card.gates}


def test_every_gate_that_applies_must_be_met(gated, score):
    marks = {"A1": 50, "A2": 50}
    card = score(gated, {**marks, "G1": True, "G2": True}, {"hazardous": "yes"})
    assert (verdicts(card), card.passed) == ({"G1": True, "G2": True}, True)
    card = score(gated, {**marks, "G1": True, "G2": False}, {"hazardous": "yes"})
    assert (verdicts(card), card.passed, card.level, card.total.low) == ({"G1": True, "G2": False}, False, None, 100)
    card = score(gated, {**marks, "G1": True}, {"hazardous": "no"})
    assert (verdicts(card), card.passed) == ({"G1": True}, True)


def test_an_open_gate_keeps_the_verdict_open(gated, score):
    card = score(gated, {"A1": 50, "A2": 50, "G2": True}, {"hazardous": "yes"})
    assert (verdicts(card), card.passed, card.missing) == ({"G1": None, "G2": True}, None, ("G1",))


def test_a_gate_cannot_be_set_aside(checklist, item, score, gated):
    with pytest.raises(Exception, match=r"problems\.found") as found:
        score(gated, {"G1": {"na": "无"}})
    assert found.value.problems[0].code == "answer.na_forbidden"


def test_a_failed_gate_fails_at_once_but_not_while_it_may_not_apply(gated, score):
    assert score(gated, {"G1": False}).passed is False
    card = score(gated, {"G2": False})
    assert (verdicts(card)["G2"], card.passed) == (None, None)


# --- stars and effects


def test_a_starred_item_may_not_score_nothing(checklist, item, score):
    of = checklist({"A": [item("A1", 50, LINE), item("A2", 50, LINE, star="yes")]}, scoring=SIXTY)
    assert score(of, {"A1": 50, "A2": "0.01"}).grades[0].reached is False  # by its total
    assert score(of, {"A1": 50, "A2": "10"}).passed is True
    card = score(of, {"A1": 50, "A2": 0})
    assert [(gate.key, gate.ok, gate.code) for gate in card.gates] == [("A2", False, "gate.star")]
    assert card.passed is False


def test_a_starred_item_that_does_not_apply_forbids_nothing(checklist, item, score):
    of = checklist({"A": [item("A1", 50, LINE), item("A2", 50, LINE, star="yes")]}, scoring=SIXTY)
    card = score(of, {"A1": 50, "A2": {"na": "无"}})
    assert (card.gates, card.passed) == ((), True)


VETO_BELOW_60 = """
share: {part: 满意, whole: 询问}
bands:
  - {at_least: 85, points: 50}
  - {at_least: 60, points: 10}
  - {points: 0, effect: veto}
"""


def test_an_outcome_may_rule_passing_out(checklist, item, score):
    of = checklist({"A": [item("A1", 50, LINE), item("A2", 50, VETO_BELOW_60)]}, scoring=SIXTY)
    assert score(of, {"A1": 50, "A2": {"part": 60, "whole": 100}}).passed is True
    card = score(of, {"A1": 50, "A2": {"part": 59, "whole": 100}})
    assert ([(gate.key, gate.ok, gate.code) for gate in card.gates], card.total.low) == (
        [("A2", False, "gate.veto")],
        50,
    )
    assert score(of, {"A2": {"part": 59, "whole": 100}}).passed is False


ZERO_IF_NONE = (
    "levels: [{key: full, text: 全, points: 50}, {key: none, text: 完全没有分类, points: 0, effect: zero_total}]"
)


def test_an_outcome_may_set_the_whole_total_to_nothing(checklist, item, score):
    bonus = {"key": "X", "text": "加分", "cap": "5", "counts_for_pass": "yes", "items": [item("X1", 5, "yes_no: 5")]}
    of = checklist({"A": [item("A1", 50, LINE), item("A2", 50, ZERO_IF_NONE)]}, scoring=SIXTY, bonus=bonus)
    card = score(of, {"A1": 50, "A2": "none", "X1": True})
    assert (card.total.low, card.total.high, card.base.high, card.passed) == (0, 0, 0, False)
    assert score(of, {"A1": 50, "A2": "full", "X1": True}).total.low == 105


def test_while_an_answer_could_still_set_the_total_to_nothing_the_range_starts_there(checklist, item, score, span_text):
    of = checklist({"A": [item("A1", 50, LINE), item("A2", 50, ZERO_IF_NONE)]}, scoring=SIXTY)
    assert span_text(score(of, {"A1": 40}).total) == "0 to 90"
    assert score(of, {"A1": 40}).explanation.code == "explain.may_be_zeroed"


def test_an_effect_waits_until_it_is_known_that_its_item_applies(checklist, item, score, span_text):
    items = [item("A1", 50, LINE), item("A2", 50, ZERO_IF_NONE, applies={"fact": "hazardous"})]
    of = checklist({"A": items}, scoring=SIXTY, facts=FACTS)
    card = score(of, {"A1": 40, "A2": "none"})
    assert (span_text(card.total), card.passed) == ("0 to 90", None)
    assert span_text(score(of, {"A1": 40, "A2": "none"}, {"hazardous": "yes"}).total) == "0"
    assert span_text(score(of, {"A1": 40, "A2": "none"}, {"hazardous": "no"}).total) == "80"


# --- unfinished


def test_unanswered_is_a_range_and_never_zero(gated, score, span_text):
    card = score(gated, {"A1": "28"}, {"hazardous": "no"})
    assert (span_text(card.total), card.missing, card.passed, card.level) == ("28 to 78", ("G1", "A2"), None, None)


def test_an_item_that_may_still_be_set_aside_counts_from_nothing_to_full_marks(checklist, item, score, span_text):
    never_nothing = "levels: [{key: a, text: 好, points: 10}, {key: b, text: 差, points: 4}]"
    may = checklist({"A": [item("A1", 10, "yes_no: 10"), item("A2", 10, never_nothing)]})
    must = checklist({"A": [item("A1", 10, "yes_no: 10"), item("A2", 10, never_nothing, not_applicable="never")]})
    assert span_text(score(may, {"A1": False}).total) == "0 to 10"
    assert span_text(score(must, {"A1": False}).total) == "4 to 10"


def test_failing_is_certain_as_soon_as_nothing_can_turn_it(gated, score):
    assert score(gated, {"A1": "9.99"}).passed is False
    assert score(gated, {"A1": "10"}).passed is None


def test_passing_waits_for_every_answer_even_when_the_total_is_safe(gated, score):
    card = score(gated, {"A1": 50, "A2": 50, "G1": True})
    assert (card.total.low, card.total.high, card.passed, card.missing) == (100, 100, None, ("facts.hazardous", "G2"))


def test_missing_parts_are_named(checklist, item, score):
    rule = "sum: [{key: a, text: 甲, yes_no: 2}, {key: b, text: 乙, sum: [{key: c, text: 丙, yes_no: 3}]}]"
    of = checklist({"A": [item("A1", 5, rule)]})
    assert score(of, {}).missing == ("A1",)
    assert score(of, {"A1": {"a": True}}).missing == ("A1.b",)
    assert score(of, {"A1": {"b": {}}}).missing == ("A1.a", "A1.b.c")


def test_no_level_is_certain_while_a_missing_answer_could_forbid_it(checklist, item, score):
    """With a mark of 0 the total is always enough, but a veto or nothing applicable is not."""
    everything_may_go = checklist({"A": [item("A1", 10, "yes_no: 10")]})
    assert score(everything_may_go, {}).grades[0].reached is None
    veto = "yes_no: {yes: 10, no: {points: 0, effect: veto}}"
    may_be_vetoed = checklist({"A": [item("A1", 10, "yes_no: 10"), item("A2", 10, veto, not_applicable="never")]})
    assert score(may_be_vetoed, {"A1": True}).grades[0].reached is None
    harmless = checklist({"A": [item("A1", 10, "yes_no: 10"), item("A2", 10, "yes_no: 10", not_applicable="never")]})
    assert score(harmless, {"A1": True}).grades[0].reached is True


def test_a_mark_above_full_marks_is_not_lost_while_it_may_still_shrink(checklist, item, score):
    """Bonus counts, 11 of 10 points are asked for, and the mark shrinks with what does not apply."""
    scoring = "{not_applicable: scale_thresholds, grades: [{key: pass, text: 合格, total_at_least: 11}]}"
    bonus = {"key": "X", "text": "加分", "cap": "2", "counts_for_pass": "yes", "items": [item("X1", 1, "yes_no: 1")]}
    line = "amount: {text: 分}\nline: [[0, 0], [5, 5]]"
    of = checklist({"A": [item("A1", 5, line), item("A2", 5, line)]}, scoring=scoring, bonus=bonus)
    open_card = score(of, {"A1": "4.5", "X1": True})  # at most 10.5 of 11, or 5.5 of 5.5 without A2
    assert open_card.passed is None
    assert score(of, {"A1": "4.5", "X1": True, "A2": {"na": "无"}}).passed is True
    assert score(of, {"A1": "4.4", "X1": True}).passed is False
