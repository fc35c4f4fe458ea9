"""Four eyes: who assessed neither reviews nor decides, by name and by what was written; and what a decision seals."""

from __future__ import annotations

import pytest

from tests.samples.registers import (
    COLLEAGUE,
    COUNTY,
    FULL_MARKS,
    OFFICE,
    brought,
    criteria_with_process,
    open_register,
    scored,
)
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, browsing, deciding, finding_faults, seals, teaming


@pytest.fixture
def workspace(tmp_path, clock):
    opened = open_register(tmp_path, clock, given=criteria_with_process())
    yield opened
    opened.close()


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    return error.value.code


OWN = "deciding.own_assessment"


def test_who_is_named_as_an_assessor_does_not_review_however_the_name_is_typed(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    assert refusal(deciding.review, workspace.acting_as(f" {COLLEAGUE} "), row.id) == OWN
    assert deciding.review(workspace.acting_as(COUNTY), row.id).reviewed_by == COUNTY


def test_who_wrote_an_answer_that_stands_does_not_review_without_being_named(workspace):
    row = scored(workspace)
    county = workspace.acting_as(COUNTY)
    assessing.record_answer(county, row.id, "B1", Answer("yes", note="看过"))
    brought(workspace, row.id, Stage.FINISHED)
    assert refusal(deciding.review, county, row.id) == OWN
    assert refusal(deciding.decide, county, row.id, approve=False, remarks="不符合") == OWN


def test_who_scored_alone_beside_it_assessed_it_too(workspace):
    row = scored(workspace)
    part = teaming.add_sheet(workspace, row.id, row.column, [COUNTY], alone=True)
    county = workspace.acting_as(COUNTY)
    assessing.record_answers(county, part.id, FULL_MARKS)
    teaming.lock(county, part.id)
    finished = brought(workspace, row.id, Stage.FINISHED)
    assert finished.assessors == ("王敏", COLLEAGUE)
    assert refusal(deciding.review, county, row.id) == OWN


def test_those_who_scored_alone_count_among_the_assessors(workspace):
    row = scored(workspace)
    part = teaming.add_sheet(workspace, row.id, row.column, ["李丽"], alone=True)
    teaming.drop(workspace, part.id, reason="没有来")
    brought_up = "assessing.too_few"
    with pytest.raises(UserError) as error:
        assessing.finish_assessment(workspace, row.id)
    assert brought_up in {problem.code for problem in error.value.problems}


def test_the_reviewer_does_not_decide_but_may_when_it_was_reviewed_by_another(workspace):
    row = brought(workspace, scored(workspace).id, Stage.REVIEWED)
    assert refusal(deciding.decide, workspace.acting_as(COUNTY), row.id, approve=True) == "deciding.own_review"
    decided = deciding.decide(workspace.acting_as(OFFICE), row.id, approve=True, remarks="同意")
    assert (decided.reviewed_by, decided.decided_by, decided.remarks) == (COUNTY, OFFICE, "同意")


def test_open_findings_hold_an_approval_up_when_they_are_heavy_or_late(workspace, clock):
    row = scored(workspace)
    minor = FindingDraft("B1", "minor", "标识褪色", due="2026-11-05")
    finding = finding_faults.record_finding(workspace, row.id, minor)
    brought(workspace, row.id, Stage.REVIEWED)
    office = workspace.acting_as(OFFICE)
    clock.forward(days=4)
    assert refusal(deciding.decide, office, row.id, approve=True) == "deciding.open_findings"
    finding_faults.mark_done(workspace, finding.id, note="已换")
    assert refusal(deciding.decide, office, row.id, approve=True) == "deciding.open_findings"
    finding_faults.check_again(office, finding.id, closed=True, note="看过")
    assert deciding.decide(office, row.id, approve=True).stage is Stage.APPROVED


# --- the seal


def test_the_seal_is_set_when_it_is_finished_and_stands_through_the_decision(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    assert row.seal
    later = brought(workspace, row.id, Stage.NAMED)
    assert later.seal == row.seal
    with workspace.database.reading() as connection:
        assert seals.seal(connection, later) == row.seal
    opened = brought(workspace, row.id, Stage.CERTIFIED)
    assert opened.seal == row.seal


def test_every_word_that_was_written_changes_the_seal(workspace):
    row = scored(workspace)
    first = brought(workspace, row.id, Stage.FINISHED)
    seen = {first.seal}
    for change in (
        lambda: assessing.record_answer(workspace, row.id, "B1", Answer("yes", note="联单已看")),
        lambda: finding_faults.record_finding(workspace, row.id, FindingDraft("B1", "minor", "标识褪色")),
        lambda: assessing.name_assessors(workspace, row.id, ("王敏", "李丽")),
    ):
        assessing.reopen_assessment(workspace, row.id, reason="补充")
        change()
        seen.add(assessing.finish_assessment(workspace, row.id).seal)
    assert len(seen) == 4
    assert browsing.assessment(workspace, row.id).revision == 4
