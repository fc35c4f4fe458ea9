"""Taking the step to another edition back: what stood before it stands again, whatever was answered since."""

from __future__ import annotations

from tests.samples.editions import publish, small
from tests.samples.registers import FULL_MARKS
from tests.services.test_carry_over import many, reworded, sheet, started
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, carrying_over, checking


def test_taking_the_step_back_gives_the_total_of_before_under_the_name_of_who_takes_it(workspace):
    row = started(workspace, **{**FULL_MARKS, "A1": Answer({"plan": "yes", "staff": "no"})})
    before = sheet(workspace, row)
    publish(workspace, reworded(small()))
    carrying_over.carry_over(workspace, row.id)
    assessing.record_answers(workspace, row.id, {"A1": FULL_MARKS["A1"]})
    back = carrying_over.undo_carry_over(workspace.acting_as("周主任"), row.id)
    assert back.scorecard == before.scorecard
    assert (back.answers["A1"].answer, back.answers["A1"].author) == (before.answers["A1"].answer, "周主任")
    assert checking.doctor(workspace).sound


def test_each_of_several_steps_is_taken_back_to_what_stood_before_it(workspace):
    row = started(workspace)
    given = [FULL_MARKS["A1"], Answer({"plan": "no", "staff": "yes"}), Answer({"plan": "no", "staff": "no"})]
    for edition, answer in zip(("2", "3"), given[1:], strict=True):
        publish(workspace, reworded(small(edition), text=f"领导机构{edition}"))
        carrying_over.carry_over(workspace, row.id)
        assessing.record_answers(workspace, row.id, {"A1": answer})
    for answer in reversed(given[:-1]):
        back = carrying_over.undo_carry_over(workspace, row.id)
        assert back.answers["A1"].answer == answer


def test_what_waited_before_the_step_waits_again_and_does_not_count(workspace):
    row = started(workspace)
    publish(workspace, reworded(small(), text="领导机构"))
    waiting = carrying_over.carry_over(workspace, row.id).after
    publish(workspace, reworded(small("3"), text="领导小组"))
    carrying_over.carry_over(workspace, row.id)
    assessing.record_answers(workspace, row.id, {"A1": Answer({"plan": "no", "staff": "no"})})
    back = carrying_over.undo_carry_over(workspace, row.id)
    assert "A1" not in back.answers
    assert [one.row.answer for one in back.rechecks["A1"]] == [one.row.answer for one in waiting.rechecks["A1"]]


def test_many_taken_back_together_get_their_answers_back_too(workspace):
    rows = many(workspace)
    publish(workspace, reworded(small()))
    moved = carrying_over.carry_over_all(workspace, "office")
    assessing.record_answers(workspace, rows[1].id, {"A1": Answer({"plan": "no", "staff": "no"})})
    assert set(carrying_over.undo_carry_over_all(workspace, moved)) == set(moved)
    assert sheet(workspace, rows[1]).answers["A1"].answer == FULL_MARKS["A1"]
