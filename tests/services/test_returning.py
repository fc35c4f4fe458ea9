"""What was sent back: the items that were named can be written on, nothing else, by whatever service."""

from __future__ import annotations

import pytest

from tests.samples import editions
from tests.samples.registers import COLLEAGUE, FULL_MARKS, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    carrying_over,
    comparing_sites,
    deciding,
    evidencing,
    finding_faults,
    prechecking,
    registering,
    returning,
    teaming,
    undoing,
)

NOTE = ("说明.txt", "九月的联单在后勤处".encode())


@pytest.fixture
def returned(workspace):
    """An assessment with evidence and findings on two items, sent back for one of them."""
    row = scored(workspace)
    evidencing.attach(workspace, row.id, ["A1", "B1"], [NOTE])
    for item in ("A1", "B1"):
        finding_faults.record_finding(workspace, row.id, FindingDraft(item, "minor", f"{item} 有缺项"))
    assessing.record_answer(workspace, row.id, "A1", Answer({"plan": "yes", "staff": "no"}))
    assessing.finish_assessment(workspace, row.id)
    return returning.send_back(workspace, row.id, {"B1": " 请补联单 "}, reason="其余符合")


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    problems = error.value.problems if isinstance(error.value, ProblemsFound) else [error.value]
    return {problem.code for problem in problems}


LOCKED = {"returning.locked"}


def test_it_says_what_is_to_be_mended_and_in_which_revision(workspace, returned):
    assert (returned.stage, returned.returned, returned.revision) == (Stage.SCORING, {"B1": "请补联单"}, 2)
    assert (returned.remarks, returned.decided_by, returned.total) == ("其余符合", None, None)
    sheet = browsing.sheet(workspace, returned.id)
    assert (sheet.unlocked("B1"), sheet.unlocked("A1")) == (True, False)


def test_answers_evidence_and_findings_of_its_items_are_open(workspace, returned):
    assessing.record_answer(workspace, returned.id, "B1", Answer("no"))
    [piece] = {row.file.id for row in evidencing.list_evidence(workspace, returned.id)}
    evidencing.caption(workspace, returned.id, piece, "B1", "联单")
    evidencing.detach(workspace, returned.id, piece, ["B1"])
    evidencing.link(workspace, returned.id, piece, ["B1", evidencing.WHOLE])
    finding_faults.record_finding(workspace, returned.id, FindingDraft("B1", "minor", "联单缺一张"))
    finding_faults.record_finding(workspace, returned.id, FindingDraft("", "minor", "全场标识不齐"))


def test_everything_else_is_locked_by_every_service(workspace, returned):
    row = returned.id
    [piece] = {one.file.id for one in evidencing.list_evidence(workspace, row)}
    [of_a1] = [one for one in finding_faults.sheet_findings(workspace, row).own if one.finding.item == "A1"]
    assert refusal(assessing.record_answer, workspace, row, "A1", Answer({"plan": "yes"})) == LOCKED
    assert refusal(assessing.record_answers, workspace, row, {"B1": Answer("no"), "G1": Answer("no")}) == LOCKED
    assert refusal(evidencing.attach, workspace, row, ["A1"], [NOTE]) == LOCKED
    assert refusal(evidencing.caption, workspace, row, piece, "A1", "x") == LOCKED
    assert refusal(evidencing.detach, workspace, row, piece) == LOCKED
    assert refusal(finding_faults.record_finding, workspace, row, FindingDraft("A1", "minor", "x")) == LOCKED
    assert refusal(finding_faults.drop_finding, workspace, of_a1.id) == LOCKED
    given = {row: Answer({"part": "1", "whole": "100"})}
    assert refusal(comparing_sites.record_across, workspace, "A2", given) == LOCKED
    assert browsing.sheet(workspace, row).answers["A1"].answer == Answer({"plan": "yes", "staff": "no"})


def test_undo_takes_back_what_was_done_on_its_items_and_stops_before_the_others(workspace, returned):
    assessing.record_answer(workspace, returned.id, "B1", Answer("no"))
    assert undoing.undo(workspace, returned.id).cells == ((returned.id, "answer.B1"),)
    assert refusal(undoing.undo, workspace, returned.id) == LOCKED
    assert undoing.redo(workspace, returned.id).cells == ((returned.id, "answer.B1"),)


def test_undo_does_not_take_a_finding_off_an_assessment_that_is_closed(workspace):
    row = scored(workspace)
    finding_faults.record_finding(workspace, row.id, FindingDraft("B1", "minor", "缺一张联单"))
    deciding.decide(workspace, assessing.finish_assessment(workspace, row.id).id, approve=True)
    assert refusal(undoing.undo, workspace, row.id) == {"assessing.not_open"}
    assert len(finding_faults.sheet_findings(workspace, row.id).own) == 1


def test_undo_of_nothing_is_nothing(workspace, returned):
    assert undoing.undo(workspace.acting_as(COLLEAGUE), returned.id) is None
    assert undoing.redo(workspace, returned.id) is None


def test_facts_stay_and_it_is_not_carried_over(workspace, returned):
    assert refusal(assessing.record_answers, workspace, returned.id, {}, facts={"canteen": "no"}) == {
        "returning.facts_locked"
    }
    edition = editions.publish(workspace, editions.small("2"))
    assert refusal(carrying_over.carry_over, workspace, returned.id, edition) == {"returning.carry_locked"}


def test_it_can_still_be_stopped_by_the_pre_check_and_opened_again_as_a_whole(workspace, returned):
    assert prechecking.questions(workspace, returned.id) == ()
    again = assessing.finish_assessment(workspace, returned.id)
    opened = assessing.reopen_assessment(workspace, again.id, reason="全部重看")
    assert (opened.returned, opened.revision) == ({}, 3)
    assessing.record_answers(workspace, opened.id, FULL_MARKS)


def test_items_that_need_an_answer_since_the_facts_changed_are_sent_back_too(workspace, returned):
    """Otherwise nobody could finish it: what is asked now is locked, and what is open is answered."""
    registering.edit_site(workspace, returned.site, facts={"canteen": "no"})
    assessing.finish_assessment(workspace, returned.id)
    back = returning.send_back(workspace, returned.id, {"A1": "请核对"})
    registering.edit_site(workspace, returned.site, facts={"canteen": "yes"})
    assessing.record_answer(workspace, back.id, "A1", Answer({"plan": "yes", "staff": "yes"}))
    assert refusal(assessing.record_answer, workspace, back.id, "B1", Answer("yes")) == LOCKED
    wider = returning.send_back(workspace, back.id, {"B1": "现在有食堂了"})
    assert (wider.returned, wider.revision) == ({"A1": "请核对", "B1": "现在有食堂了"}, 3)
    assessing.record_answer(workspace, back.id, "B1", Answer("yes"))
    assert assessing.finish_assessment(workspace, back.id).total == 20


def test_a_sheet_that_belongs_to_it_is_open_in_the_same_items(workspace):
    row = scored(workspace)
    part = teaming.add_sheet(workspace, row.id, row.column, [COLLEAGUE], alone=True)
    colleague = workspace.acting_as(COLLEAGUE)
    assessing.record_answers(colleague, part.id, FULL_MARKS)
    teaming.lock(colleague, part.id)
    assessing.finish_assessment(workspace, row.id)
    returning.send_back(workspace, row.id, {"B1": "请再看"})
    teaming.unlock(colleague, part.id, reason="退回")
    assert refusal(assessing.record_answer, colleague, part.id, "A1", Answer({"plan": "no"})) == LOCKED
    assessing.record_answer(colleague, part.id, "B1", Answer("no"))


def test_what_became_of_the_items_is_told_from_the_record(workspace, returned):
    returning.send_back(workspace, returned.id, {"A2": "抽样太少"})
    assert returning.untouched(workspace, returned.id) == ("A2", "B1")
    assessing.record_answer(workspace, returned.id, "A2", Answer({"part": 80, "whole": 100}, note="重抽"))
    evidencing.attach(workspace, returned.id, ["A2"], [NOTE])
    found = {one.item: one for one in returning.mended(workspace, returned.id)}
    sampled = found["A2"]
    assert (sampled.before, sampled.remark) == (FULL_MARKS["A2"], "抽样太少")
    assert (sampled.rescored, sampled.reworded, sampled.added, sampled.removed) == (True, True, 1, 0)
    assert (found["B1"].remark, found["B1"].touched) == ("请补联单", False)
    assessing.finish_assessment(workspace, returned.id)
    assert returning.untouched(workspace, returned.id) == ("B1",), "also when it was finished all the same"
    assessing.reopen_assessment(workspace, returned.id, reason="再看")
    assert returning.mended(workspace, returned.id) == (), "this revision came about otherwise"


def test_evidence_is_asked_for_only_where_something_was_sent_back(workspace):
    asking = editions.small("2")
    for item in ("A1", "A2"):
        editions.entry(asking, item)["evidence"] = "照片"
    editions.publish(workspace, asking)
    row = scored(workspace)
    assert assessing.wanting_evidence(workspace, row.id) == ("A1", "A2")
    assessing.finish_assessment(workspace, row.id)
    returning.send_back(workspace, row.id, {"A2": "请补照片"})
    assert assessing.wanting_evidence(workspace, row.id) == ("A2",)
