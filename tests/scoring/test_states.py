"""An answer turned from one state into another loses no note, no value and no reason."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from wufei_cells.domain.answers import Answer, Basis, BasisRow, Kept, State, answer_document, answer_in
from wufei_cells.domain.turning import (
    brought_back,
    cleared,
    joined,
    offered_notes,
    set_aside,
    taken_over,
    taken_up,
    turned,
)
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import RuleEvaluator
from wufei_cells.scoring.states import answered_anew, state_of

MET, DEDUCTED, NA = State.MET, State.DEDUCTED, State.NOT_APPLICABLE


# --- the state of an answer


@pytest.fixture(scope="module")
def entries(item, checklist):
    of = checklist(
        {
            "A": [
                item("count", 5, "{count: {text: 桶, unit: 个}, steps: {points: -1}}"),
                item("both", 4, "sum: [{key: a, text: 甲, yes_no: 2}, {key: b, text: 乙, yes_no: 2}]"),
            ]
        },
        gates="[{key: G1, text: 守法, verify: [document]}]",
    )
    return {entry.key: entry for entry in of.entries()}


@pytest.mark.parametrize(
    ("key", "answer", "state"),
    [
        ("count", Answer(), None),
        ("count", Answer("0"), MET),
        ("count", Answer("1"), DEDUCTED),
        ("count", Answer(na="没有桶"), NA),
        ("count", Answer(na=""), NA),
        ("both", Answer({"a": "yes"}), None),
        ("both", Answer({"a": "yes", "b": "yes"}), MET),
        ("both", Answer({"a": "yes", "b": "no"}), DEDUCTED),
        ("G1", Answer(), None),
        ("G1", Answer("yes"), MET),
        ("G1", Answer(False), DEDUCTED),
        ("G1", Answer("maybe"), None),
    ],
)
def test_every_answer_has_a_state_or_is_open(entries, key, answer, state):
    entry = entries[key]
    mark = None
    if key != "G1":
        mark = RuleEvaluator(Numbers(())).mark(entry.rule, answer.value, Fraction(entry.full))
    assert state_of(entry, answer, mark) is state


def test_where_points_are_taken_off_nothing_taken_is_met(entries):
    entry = entries["both"]
    for value, state in (("no", MET), ("yes", DEDUCTED)):
        answer = Answer({"a": value, "b": value})
        mark = RuleEvaluator(Numbers(())).mark(entry.rule, answer.value, Fraction(entry.full))
        assert state_of(entry, answer, mark, taken=True) is state


def test_an_answer_that_cannot_be_read_has_no_state(entries):
    assert state_of(entries["count"], Answer("三"), None) is None


# --- single turns


def test_a_note_stays_where_the_new_state_has_none_and_is_kept_for_the_old_one():
    answer = turned(Answer("1", note="台账齐全"), MET, DEDUCTED)
    assert (answer.note, answer.kept.notes) == ("台账齐全", {"met": "台账齐全"})


def test_a_note_of_the_new_state_is_shown_and_the_other_kept():
    kept = Kept(notes={"deducted": "缺三月的"})
    answer = turned(Answer("1", note="台账齐全", kept=kept), MET, DEDUCTED)
    assert (answer.note, answer.kept.notes) == ("缺三月的", {"met": "台账齐全"})
    assert offered_notes(answer) == ((MET, "台账齐全"),)


def test_a_state_left_without_a_note_is_without_one_again():
    answer = turned(Answer("1"), MET, DEDUCTED)
    answer = turned(replace(answer, note="缺三月的"), DEDUCTED, MET)
    assert answer.note == ""
    assert offered_notes(answer) == ((DEDUCTED, "缺三月的"),)
    assert brought_back(answer, DEDUCTED).note == "缺三月的"


def test_a_note_written_before_the_answer_belongs_to_the_first_state():
    assert turned(Answer("0", note="看过"), None, MET) == Answer("0", note="看过")
    kept = Kept(notes={"met": "台账齐全"})
    assert turned(Answer("0", note="看过", kept=kept), None, MET).note == "台账齐全\n看过"


def test_an_open_answer_turns_no_note():
    answer = Answer(note="看过", kept=Kept(notes={"met": "台账齐全"}))
    assert turned(answer, DEDUCTED, None) is answer


def test_a_value_set_aside_is_there_again_and_so_is_the_reason():
    bases = {"": Basis("2025年", "台账", (BasisRow("一楼", {"number": "3"}),))}
    answer = Answer("3", note="缺", bases=bases)
    away = replace(set_aside(answer), na="没有桶")
    assert (away.value, away.kept.value, away.bases) == (None, "3", bases)
    back = taken_up(away)
    assert (back.value, back.na, back.bases, back.kept) == ("3", None, bases, Kept(na="没有桶"))
    assert set_aside(back) == away
    assert set_aside(away) is away
    assert taken_up(answer) is answer


def test_clearing_takes_the_value_and_its_basis_but_no_note_and_no_reason():
    answer = Answer("3", note="缺", bases={"": Basis("2025年")}, kept=Kept(na="没有桶", notes={"met": "齐"}))
    assert cleared(answer) == Answer(note="缺", kept=Kept(na="没有桶", notes={"met": "齐"}))
    assert cleared(Answer(na=" 没有桶 ")).kept.na == "没有桶"


def test_an_earlier_answer_stands_beside_what_is_written_already():
    earlier = Answer("2", note="旧", bases={"": Basis("2024年", "", (BasisRow("一楼", {"number": "2"}),))})
    standing = Answer(
        note="新", bases={"": Basis("2025年", "台账", (BasisRow("二楼"),))}, kept=Kept(notes={"met": "齐"})
    )
    together = taken_over(standing, earlier)
    rows = (BasisRow("一楼", {"number": "2"}), BasisRow("二楼"))
    assert together == Answer(
        "2", note="旧\n新", bases={"": Basis("2024年 / 2025年", "台账", rows)}, kept=Kept(notes={"met": "齐"})
    )
    assert taken_over(Answer(), earlier) == earlier


def test_a_value_or_a_reason_given_alone_loses_nothing(entries):
    entry = entries["count"]

    def mark(answer):
        return RuleEvaluator(Numbers(())).mark(entry.rule, answer.value, Fraction(entry.full))

    standing = Answer("0", note="完好", bases={"": Basis("2025年")})
    worse = answered_anew(entry, standing, Answer("2"), mark)
    assert worse == Answer("2", note="完好", bases=standing.bases, kept=Kept(notes={"met": "完好"}))
    aside = answered_anew(entry, replace(worse, note="缺两个"), Answer(na="没有桶"), mark)
    assert (aside.na, aside.kept.value) == ("没有桶", "2")
    back = answered_anew(entry, aside, Answer("0"), mark)
    assert (back.value, back.note, back.kept.na, back.bases) == ("0", "完好", "没有桶", standing.bases)
    assert back.kept.notes["deducted"] == "缺两个"
    assert answered_anew(entry, back, Answer(), mark) == cleared(back)


# --- laws

writing = st.text("甲乙丙丁", min_size=1, max_size=5)


def words_in(answer):
    """Everything a person can find again."""
    return "\f".join([answer.note, answer.na or "", answer.kept.na or "", *answer.kept.notes.values()])


@given(
    note=writing,
    reason=writing,
    kept=st.dictionaries(st.sampled_from([state.value for state in State]), writing),
    states=st.lists(st.sampled_from([*State, None]), min_size=1, max_size=12),
)
def test_whatever_the_way_no_word_is_lost(note, reason, kept, states):
    answer, owner = Answer("1", note=note, kept=Kept(na=reason, notes=kept)), None
    for state in states:
        answer = set_aside(answer) if state is NA else taken_up(answer)
        answer, owner = turned(answer, owner, state), state or owner
        for word in (note, reason, *kept.values()):
            assert word in words_in(answer)
        assert (answer.kept.value if answer.na is not None else answer.value) == "1"
    assert answer_in(answer_document(answer)) == answer


class Assessor(RuleBasedStateMachine):
    """Goes back and forth between states, writing notes and reasons on the way."""

    def __init__(self):
        super().__init__()
        self.answer, self.owner = Answer("v0"), MET
        self.notes: dict[State, str] = {}
        self.reason = ""

    @rule(state=st.sampled_from(list(State)))
    def turn(self, state):
        if state is self.owner:
            return
        self.notes[self.owner] = self.answer.note
        expected = self.notes.get(state, self.answer.note)
        value = self.answer.value if self.answer.na is None else self.answer.kept.value
        self.answer = set_aside(self.answer) if state is NA else taken_up(self.answer)
        self.answer, self.owner = turned(self.answer, self.owner, state), state
        assert self.answer.note == expected
        if state is NA:
            assert (self.answer.na, self.answer.value, self.answer.kept.value) == (self.reason, None, value)
        else:
            assert (self.answer.na, self.answer.value, self.answer.kept.value) == (None, value, None)

    @rule(text=st.one_of(writing, st.just("")))
    def write(self, text):
        self.answer = replace(self.answer, note=text)

    @rule(text=writing)
    def give_reason(self, text):
        if self.answer.na is not None:
            self.answer, self.reason = replace(self.answer, na=text), text

    @invariant()
    def every_state_finds_its_note_again(self):
        for state, note in self.notes.items():
            if state is not self.owner:
                assert self.answer.kept.notes[state] == note

    @invariant()
    def what_is_offered_is_not_shown_already(self):
        for state, note in offered_notes(self.answer):
            assert note not in self.answer.note
            assert note in brought_back(self.answer, state).note


TestAssessor = Assessor.TestCase


@given(st.lists(st.text("甲乙\n", max_size=6), max_size=6))
def test_texts_put_together_hold_each_of_them_once(texts):
    together = joined(*texts)
    assert all(text in together for text in texts)
    assert joined(together, *texts) == together
