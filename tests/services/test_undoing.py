"""What a person did can be taken back and done again, step by step, also after a restart; nothing is erased."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.registers import add_site, open_register, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, browsing, checking, undoing


@pytest.fixture
def running(workspace):
    return assessing.start_assessment(workspace, add_site(workspace).id).id


def said(workspace, assessment):
    return {key: row.answer for key, row in browsing.sheet(workspace, assessment).answers.items() if row.answer.given}


def test_a_step_is_taken_back_and_done_again(workspace, running):
    assessing.record_answer(workspace, running, "B1", Answer("yes", note="看过"))
    assert undoing.undo(workspace, running).cells == ((running, "answer.B1"),)
    assert said(workspace, running) == {}
    undoing.redo(workspace, running)
    assert said(workspace, running) == {"B1": Answer("yes", note="看过")}
    assert undoing.redo(workspace, running) is None


def test_several_answers_given_together_are_taken_back_together(workspace, running):
    assessing.record_answers(workspace, running, {"B1": Answer("yes"), "G1": Answer("yes")})
    undoing.undo(workspace, running)
    assert said(workspace, running) == {}
    assert undoing.undo(workspace, running) is None


def test_what_was_typed_in_one_visit_is_one_step(workspace, running):
    for note in ("三", "三楼", "三楼缺一桶"):
        assessing.record_answer(workspace, running, "B1", Answer("no", note=note), visit="1")
    assessing.record_answer(workspace, running, "B1", Answer("yes"), visit="2")
    undoing.undo(workspace, running)
    assert said(workspace, running)["B1"].note == "三楼缺一桶"
    undoing.undo(workspace, running)
    assert said(workspace, running) == {}


def test_it_survives_a_restart(workspace, running, clock, tmp_path):
    assessing.record_answer(workspace, running, "B1", Answer("yes"))
    assessing.record_answer(workspace, running, "B1", Answer("no"))
    folder = workspace.database.path.parent
    workspace.close()
    again = open_register(folder, clock)
    undoing.undo(again, running)
    assert said(again, running) == {"B1": Answer("yes")}
    again.close()
    once_more = open_register(folder, clock)
    undoing.redo(once_more, running)
    assert said(once_more, running) == {"B1": Answer("no")}
    once_more.close()


def test_doing_something_else_forgets_what_was_taken_back_here_and_nowhere_else(workspace, running):
    other = assessing.start_assessment(workspace, add_site(workspace, "乙单位").id).id
    for assessment in (running, other):
        assessing.record_answer(workspace, assessment, "B1", Answer("yes"))
        undoing.undo(workspace, assessment)
    assessing.record_answer(workspace, running, "G1", Answer("yes"))
    assert undoing.redo(workspace, running) is None
    assert undoing.redo(workspace, other) is not None


def test_nobody_takes_back_what_another_person_did(workspace, running):
    assessing.record_answer(workspace, running, "B1", Answer("yes"))
    assert undoing.undo(workspace.acting_as("李娜"), running) is None


def test_what_another_person_changed_since_is_left_alone_and_passed_over(workspace, running):
    assessing.record_answer(workspace, running, "G1", Answer("yes"))
    assessing.record_answer(workspace, running, "B1", Answer("yes"))
    assessing.record_answer(workspace.acting_as("李娜"), running, "B1", Answer("no"))
    assert undoing.undo(workspace, running).left == ("answer.B1",)
    assert said(workspace, running) == {"G1": Answer("yes"), "B1": Answer("no")}
    assert undoing.undo(workspace, running).left == (), "the step before is not blocked by it"
    assert said(workspace, running) == {"B1": Answer("no")}
    assert undoing.depth(workspace, running) == (0, 1)


def test_a_finished_assessment_is_not_changed_by_taking_back(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    with pytest.raises(UserError) as refused:
        undoing.undo(workspace, row.id)
    assert refused.value.code == "assessing.not_open"


def test_the_record_shows_the_answer_and_its_taking_back(workspace, running):
    assessing.record_answer(workspace, running, "B1", Answer("yes"))
    undoing.undo(workspace, running)
    values = [row.new["value"] for row in browsing.history(workspace, running) if row.cell == "answer.B1"]
    assert values == ["yes", None]


numbers = itertools.count(1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["B1", "G1"]), st.sampled_from(["yes", "no", None])),
        st.sampled_from(["undo", "redo"]),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_it_is_a_line_of_states_that_one_walks_back_and_forth(workspace, steps):
    """Whatever is done in whatever order, the register says what a list of states with a pointer says."""
    running = assessing.start_assessment(workspace, add_site(workspace, f"第{next(numbers)}号").id).id
    states: list[dict[str, Answer]] = [{}]
    here = 0
    for step in steps:
        if step == "undo":
            assert (undoing.undo(workspace, running) is None) == (here == 0)
            here = max(0, here - 1)
        elif step == "redo":
            assert (undoing.redo(workspace, running) is None) == (here == len(states) - 1)
            here = min(len(states) - 1, here + 1)
        else:
            key, value = step
            assessing.record_answer(workspace, running, key, Answer(value))
            states = [*states[: here + 1], {**states[here], key: Answer(value)}]
            here += 1
        assert said(workspace, running) == {key: answer for key, answer in states[here].items() if answer.given}
    assert undoing.depth(workspace, running) == (here, len(states) - 1 - here)


def test_the_register_stays_sound(workspace, running):
    assessing.record_answer(workspace, running, "B1", replace(Answer("yes"), note="甲"))
    undoing.undo(workspace, running)
    undoing.redo(workspace, running)
    assert checking.doctor(workspace).sound
