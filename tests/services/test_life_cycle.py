"""Every step of the life cycle from every stage: done, or refused by its own code."""

from __future__ import annotations

import pytest

from tests.samples import editions
from tests.samples.registers import (
    FULL_MARKS,
    add_site,
    criteria_with_precheck,
    found_in_order,
    open_register,
    scored,
    words_of,
)
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import TRANSITIONS, Stage, Step, transition
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, certifying, deciding, prechecking, registering

STAGES = (Stage.SCORING, Stage.STOPPED, Stage.FINISHED, Stage.APPROVED, Stage.REJECTED, Stage.CERTIFIED)


SHUT_OUT = {"credit": PrecheckFinding(holds=False, reason="平台上有一条严重失信记录")}


@pytest.fixture
def workspace(tmp_path, clock):
    """A register of a city that asks what shuts a site out."""
    opened = open_register(tmp_path, clock, given=criteria_with_precheck())
    yield opened
    opened.close()


def bring_to(workspace, stage: Stage):
    """An assessment in full marks, brought to a stage."""
    row = scored(workspace)
    if stage is Stage.SCORING:
        return row
    if stage is Stage.STOPPED:
        prechecking.record_precheck(workspace, row.id, SHUT_OUT)
        return browsing.assessment(workspace, row.id)
    assessing.finish_assessment(workspace, row.id)
    if stage in (Stage.APPROVED, Stage.CERTIFIED):
        deciding.decide(workspace, row.id, approve=True)
    if stage is Stage.REJECTED:
        deciding.decide(workspace, row.id, approve=False, remarks="现场与材料不符")
    if stage is Stage.CERTIFIED:
        certifying.issue_certificate(workspace, row.id)
    return browsing.assessment(workspace, row.id)


def take(workspace, step: Step, assessment: str) -> None:
    match step:
        case Step.STOP:
            prechecking.record_precheck(workspace, assessment, SHUT_OUT)
        case Step.FINISH:
            assessing.finish_assessment(workspace, assessment)
        case Step.REOPEN:
            assessing.reopen_assessment(workspace, assessment, reason="补充材料")
        case Step.APPROVE:
            deciding.decide(workspace, assessment, approve=True)
        case Step.REJECT:
            deciding.decide(workspace, assessment, approve=False, remarks="不符合")
        case Step.CERTIFY:
            certifying.issue_certificate(workspace, assessment)


def refused(work) -> str:
    """Run something that must be refused; give the code, of the problems where there are some."""
    with pytest.raises(UserError) as error:
        work()
    codes = {problem.code for problem in error.value.problems} if isinstance(error.value, ProblemsFound) else set()
    return codes.pop() if len(codes) == 1 else error.value.code


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", STAGES)
def test_each_step_leads_where_the_table_says_or_nowhere(workspace, stage, step):
    row = bring_to(workspace, stage)
    assert row.stage is stage
    allowed = transition(step, stage)
    if allowed is None:
        assert refused(lambda: take(workspace, step, row.id)) == f"step.{step.value}"
    else:
        take(workspace, step, row.id)
    after = browsing.assessment(workspace, row.id)
    assert after.stage is (allowed.target if allowed else stage)
    assert browsing.site(workspace, row.site).stage is after.stage


@pytest.mark.parametrize("stage", STAGES)
def test_answers_are_taken_while_it_is_being_scored_and_never_after(workspace, stage):
    row = bring_to(workspace, stage)
    if stage is Stage.SCORING:
        assessing.record_answers(workspace, row.id, FULL_MARKS)
    else:
        assert refused(lambda: assessing.record_answers(workspace, row.id, FULL_MARKS)) == "assessing.not_open"
        assert refused(lambda: assessing.record_answers(workspace, row.id, {}, facts={"canteen": "no"})) == (
            "assessing.not_open"
        )


@pytest.mark.parametrize("stage", STAGES)
def test_another_assessment_starts_only_when_the_last_one_has_come_to_its_end(workspace, stage):
    row = bring_to(workspace, stage)
    if stage in (Stage.STOPPED, Stage.REJECTED, Stage.CERTIFIED):
        assert assessing.start_assessment(workspace, row.site).stage is Stage.SCORING
    else:
        assert refused(lambda: assessing.start_assessment(workspace, row.site)) == "assessing.already_open"


# --- the guards, each by its code


def guard_missing(workspace) -> None:
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    found_in_order(workspace, row.id)
    assessing.finish_assessment(workspace, row.id)


def guard_precheck_missing(workspace) -> None:
    row = scored(workspace)
    prechecking.record_precheck(workspace, row.id, {"credit": None})
    assessing.finish_assessment(workspace, row.id)


def guard_precheck_failed(workspace) -> None:
    row = scored(workspace)
    prechecking.record_precheck(workspace, row.id, SHUT_OUT, stop=False)
    assessing.finish_assessment(workspace, row.id)


def guard_evidence(workspace) -> None:
    asking = editions.small("2")
    editions.entry(asking, "B1")["evidence_required"] = "full"
    editions.publish(workspace, asking)
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)


def guard_conflicts_at_finish(workspace) -> None:
    row = scored(workspace)
    dispute(workspace, row.id)
    assessing.finish_assessment(workspace, row.id)


def guard_conflicts_at_approval(workspace) -> None:
    row = bring_to(workspace, Stage.FINISHED)
    dispute(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)


def guard_not_passed(workspace) -> None:
    row = scored(workspace, G1=Answer("no"))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)


def guard_remarks(workspace) -> None:
    deciding.decide(workspace, bring_to(workspace, Stage.FINISHED).id, approve=False, remarks=" \n ")


def guard_basis(workspace) -> None:
    row = bring_to(workspace, Stage.APPROVED)
    standing = browsing.sheet(workspace, row.id).answers["B1"].heads[0]
    late = {"value": "no", "na": None, "note": "", "entry": words_of(workspace, row.id, "B1")}
    replaced = ((standing.device, standing.seq),)
    take_in(workspace.database, [Act("laptop", 1, "answer", row.id, "answer.B1", 900, late, replaced)])
    certifying.issue_certificate(workspace, row.id)


def dispute(workspace, assessment: str) -> None:
    other = {"value": "no", "na": None, "note": "", "entry": words_of(workspace, assessment, "B1")}
    take_in(workspace.database, [Act("laptop", 1, "answer", assessment, "answer.B1", 900, other, ())])


GUARDS = {
    (Step.FINISH, "assessing.missing"): guard_missing,
    (Step.FINISH, "prechecking.missing"): guard_precheck_missing,
    (Step.FINISH, "prechecking.failed"): guard_precheck_failed,
    (Step.FINISH, "evidencing.required"): guard_evidence,
    (Step.FINISH, "assessing.conflicts"): guard_conflicts_at_finish,
    (Step.APPROVE, "assessing.conflicts"): guard_conflicts_at_approval,
    (Step.APPROVE, "deciding.not_passed"): guard_not_passed,
    (Step.REJECT, "deciding.remarks_needed"): guard_remarks,
    (Step.CERTIFY, "deciding.basis_changed"): guard_basis,
}


def test_every_guard_of_the_table_is_tried_here():
    assert set(GUARDS) == {(entry.step, guard) for entry in TRANSITIONS for guard in entry.guards}


@pytest.mark.parametrize(("guard", "work"), [(key[1], work) for key, work in GUARDS.items()])
def test_a_guard_refuses_by_its_code_and_nothing_moves(workspace, guard, work):
    assert refused(lambda: work(workspace)) == guard
    [row] = browsing.list_assessments(workspace)
    assert row.stage in (Stage.SCORING, Stage.FINISHED, Stage.APPROVED)
    assert browsing.list_certificates(workspace) == ()


# --- who decided


def test_a_decision_bears_the_name_of_who_made_it_also_after_others_have_gone_on(workspace, clock):
    row = bring_to(workspace, Stage.FINISHED)
    clock.forward(hours=3)
    decided_at = clock.second
    decided = deciding.decide(workspace.acting_as("周主任"), row.id, approve=True, remarks=" 同意 ")
    assert (decided.decided_by, decided.decided_at, decided.remarks) == ("周主任", decided_at, "同意")
    clock.forward(days=2)
    certifying.issue_certificate(workspace, row.id)
    after = browsing.assessment(workspace, row.id)
    assert (after.decided_by, after.decided_at, after.total) == ("周主任", decided_at, decided.total)


def test_opening_again_forgets_the_decision_but_the_history_does_not(workspace):
    row = bring_to(workspace, Stage.REJECTED)
    opened = assessing.reopen_assessment(workspace, row.id, reason="整改完成")
    assert (opened.decided_by, opened.decided_at) == (None, None)
    stages = [entry.new["stage"] for entry in browsing.history(workspace, row.id) if entry.cell == "state"]
    assert stages == ["finished", "rejected", "scoring"]


def test_nothing_is_decided_about_an_assessment_that_is_not_there(workspace):
    for approve in (True, False):
        assert refused(lambda approve=approve: deciding.decide(workspace, "x", approve=approve, remarks="x")) == (
            "register.unknown_assessment"
        )


def test_facts_of_the_site_that_change_after_the_result_hold_its_certificate_up(workspace):
    row = bring_to(workspace, Stage.APPROVED)
    registering.edit_site(workspace, row.site, phone="0391-1")
    registering.edit_site(workspace, row.site, facts={"canteen": "no"})
    assert refused(lambda: certifying.issue_certificate(workspace, row.id)) == "deciding.basis_changed"
