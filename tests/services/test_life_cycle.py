"""Every step of the life cycle from every stage: done, or refused by its own code."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest

from tests.samples import editions
from tests.samples.registers import (
    COLLEAGUE,
    COUNTY,
    FULL_MARKS,
    OFFICE,
    HandClock,
    add_site,
    apply_for,
    brought,
    criteria_with_precheck,
    criteria_with_process,
    found_in_order,
    open_register,
    published,
    scored,
    words_of,
)
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import CLOSED, TRANSITIONS, Role, Stage, Step, transition
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    checking,
    deciding,
    finding_faults,
    naming,
    objecting,
    prechecking,
    registering,
    retiring,
    returning,
    roles,
    supervising,
)

STAGES = tuple(stage for stage in Stage if stage is not Stage.REGISTERED)
SHUT_OUT = {"credit": PrecheckFinding(holds=False, reason="平台上有一条严重失信记录")}
DOCUMENT = "山无废〔2026〕5号"


# A register serves all tests of this file: each test registers a unit of its own in it.


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A register of a city that asks what shuts a site out, and for none of the steps that a city may do without."""
    opened = open_register(tmp_path_factory.mktemp("plain"), HandClock(), given=criteria_with_precheck())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def strict(tmp_path_factory):
    """A register of a city that goes the whole way."""
    opened = open_register(tmp_path_factory.mktemp("strict"), HandClock(), given=criteria_with_process())
    yield opened
    opened.close()


NUMBERS = count(1)


def other_device() -> str:
    """A device of which nothing came in yet."""
    return f"laptop {next(NUMBERS)}"


def fresh(workspace) -> SiteRow:
    """A unit that no other test knows."""
    return add_site(workspace, f"单位{next(NUMBERS)}")


def bring_to(workspace, stage: Stage):
    """An assessment in full marks, brought to a stage."""
    if stage is Stage.APPLIED:
        return apply_for(workspace, fresh(workspace).id)
    row = scored(workspace, fresh(workspace))
    if stage is Stage.STOPPED:
        prechecking.record_precheck(workspace, row.id, SHUT_OUT)
        return browsing.assessment(workspace, row.id)
    return brought(workspace, row.id, stage)


def take(workspace, step: Step, assessment: str) -> None:  # noqa: C901, PLR0912 - a line for each step
    row, today = browsing.assessment(workspace, assessment), workspace.today()
    match step:
        case Step.START:
            assessing.start_assessment(workspace, row.site)
        case Step.STOP:
            prechecking.record_precheck(workspace, assessment, SHUT_OUT)
        case Step.FINISH:
            assessing.finish_assessment(workspace, assessment)
        case Step.REOPEN:
            assessing.reopen_assessment(workspace, assessment, reason="补充材料")
        case Step.RETURN:
            returning.send_back(workspace, assessment, {"B1": "请补转运联单"})
        case Step.REVIEW:
            deciding.review(workspace, assessment)
        case Step.APPROVE:
            deciding.decide(workspace, assessment, approve=True)
        case Step.REJECT:
            deciding.decide(workspace, assessment, approve=False, remarks="不符合")
        case Step.NOTICE:
            published(workspace, [assessment], ended=True)
        case Step.TAKE_OUT:
            naming.take_out(workspace, assessment, reason="名称有误")
        case Step.NAME if row.stage is Stage.NOTICED:
            naming.name_batch(workspace, str(row.batch), document_number=DOCUMENT, named_on=today)
        case Step.NAME:
            naming.name_sites(workspace, [assessment], title="第一批", document_number=DOCUMENT, named_on=today)
        case Step.CERTIFY:
            certifying.issue_certificate(workspace, assessment)


def refused(work) -> str:
    """Run something that must be refused; give the code, of the problems where there are some."""
    with pytest.raises(UserError) as error:
        work()
    codes = {problem.code for problem in error.value.problems} if isinstance(error.value, ProblemsFound) else set()
    return codes.pop() if len(codes) == 1 else error.value.code


ALLOWED = [(stage, step) for stage in STAGES for step in Step if transition(step, stage)]


@pytest.mark.parametrize(("stage", "step"), ALLOWED)
def test_a_step_of_the_table_leads_where_it_says(workspace, stage, step):
    row = bring_to(workspace, stage)
    assert row.stage is stage
    take(workspace, step, row.id)
    after = browsing.assessment(workspace, row.id)
    assert after.stage is transition(step, stage).target
    assert browsing.site(workspace, row.site).stage is after.stage


@pytest.mark.parametrize("stage", STAGES)
def test_every_other_step_is_refused_by_its_name_and_nothing_moves(workspace, stage):
    row = bring_to(workspace, stage)
    for step in Step:
        if transition(step, stage) is None and step is not Step.START:
            assert refused(lambda step=step: take(workspace, step, row.id)) == f"step.{step.value}"
    assert browsing.assessment(workspace, row.id) == row


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
    if stage in CLOSED:
        assert assessing.start_assessment(workspace, row.site).id != row.id
    elif stage is Stage.APPLIED:
        assert assessing.start_assessment(workspace, row.site).id == row.id
    else:
        assert refused(lambda: assessing.start_assessment(workspace, row.site)) == "assessing.already_open"


# --- a stage that the city uses cannot be passed over


@pytest.mark.parametrize(
    ("stage", "step", "first"),
    [
        (Stage.FINISHED, Step.APPROVE, Stage.REVIEWED),
        (Stage.APPROVED, Step.NAME, Stage.NOTICED),
        (Stage.APPROVED, Step.CERTIFY, Stage.NOTICED),
        (Stage.NOTICED, Step.CERTIFY, Stage.NAMED),
    ],
)
def test_a_stage_that_the_city_uses_is_never_passed_over(strict, stage, step, first):
    row = bring_to(strict, stage)
    with pytest.raises(UserError) as error:
        take(strict.acting_as(OFFICE), step, row.id)
    assert error.value.code == "step.passed_over" or error.value.problems[0].code == "step.passed_over"
    values = getattr(error.value, "problems", [error.value])[0].values
    assert values["first"] is first
    assert browsing.assessment(strict, row.id) == row


def test_what_does_not_pass_can_be_rejected_without_a_review(strict):
    assert bring_to(strict, Stage.REJECTED).reviewed_by is None


# --- the guards, each by its code; the strict city where only that one has them


def guard_missing(workspace) -> None:
    row = assessing.start_assessment(workspace, fresh(workspace).id)
    found_in_order(workspace, row.id)
    assessing.finish_assessment(workspace, row.id)


def guard_precheck_missing(workspace) -> None:
    row = scored(workspace, fresh(workspace))
    prechecking.record_precheck(workspace, row.id, {"credit": None})
    assessing.finish_assessment(workspace, row.id)


def guard_precheck_failed(workspace) -> None:
    row = scored(workspace, fresh(workspace))
    prechecking.record_precheck(workspace, row.id, SHUT_OUT, stop=False)
    assessing.finish_assessment(workspace, row.id)


def guard_evidence(workspace) -> None:
    asking = editions.small("2")
    editions.entry(asking, "B1")["evidence_required"] = "full"
    edition = editions.publish(workspace, asking)
    try:
        row = scored(workspace, fresh(workspace))
        assessing.finish_assessment(workspace, row.id)
    finally:  # the other tests go on with the edition before
        retiring.retire_edition(workspace, edition, reason="只用来试")


def guard_conflicts_at_finish(workspace) -> None:
    row = scored(workspace, fresh(workspace))
    dispute(workspace, row.id)
    assessing.finish_assessment(workspace, row.id)


def guard_application(strict) -> None:
    row = scored(strict, fresh(strict))
    assessing.name_assessors(strict, row.id, ("王敏", COLLEAGUE))
    assessing.finish_assessment(strict, row.id)


def guard_too_few(strict) -> None:
    row = scored(strict, fresh(strict))
    apply_for(strict, row.site)
    assessing.finish_assessment(strict, row.id)


def guard_reopen_reason(workspace) -> None:
    assessing.reopen_assessment(workspace, bring_to(workspace, Stage.FINISHED).id, reason=" ")


def guard_reopen_newer(workspace) -> None:
    row = bring_to(workspace, Stage.REJECTED)
    assessing.start_assessment(workspace, row.site)
    take(workspace, Step.REOPEN, row.id)


def guard_return_newer(workspace) -> None:
    row = bring_to(workspace, Stage.REJECTED)
    assessing.start_assessment(workspace, row.site)
    take(workspace, Step.RETURN, row.id)


def guard_return_nothing(workspace) -> None:
    returning.send_back(workspace, bring_to(workspace, Stage.FINISHED).id, {})


def guard_return_remark(workspace) -> None:
    returning.send_back(workspace, bring_to(workspace, Stage.FINISHED).id, {"B1": " \n"})


def guard_return_item(workspace) -> None:
    returning.send_back(workspace, bring_to(workspace, Stage.FINISHED).id, {"Z9": "补材料"})


def guard_review_own(strict) -> None:
    deciding.review(strict, bring_to(strict, Stage.FINISHED).id)


def guard_approve_own(strict) -> None:
    deciding.decide(strict, bring_to(strict, Stage.REVIEWED).id, approve=True)


def guard_reject_own(strict) -> None:
    deciding.decide(strict, bring_to(strict, Stage.FINISHED).id, approve=False, remarks="不符合")


def guard_own_review(strict) -> None:
    deciding.decide(strict.acting_as(COUNTY), bring_to(strict, Stage.REVIEWED).id, approve=True)


def guard_open_findings(strict) -> None:
    row = scored(strict, fresh(strict))
    finding_faults.record_finding(strict, row.id, FindingDraft("B1", "major", "餐厨垃圾混入其他垃圾"))
    brought(strict, row.id, Stage.APPROVED)


def appeal(workspace, assessment: str, kind: ObjectionKind = ObjectionKind.APPEAL):
    put = Objection(browsing.assessment(workspace, assessment).id, kind, "台账在库里", workspace.today(), item="A2")
    return objecting.take_in(workspace, put)


def guard_open_appeals(workspace) -> None:
    row = bring_to(workspace, Stage.FINISHED)
    appeal(workspace, row.id)
    take(workspace, Step.APPROVE, row.id)


def upheld_at(stage: Stage, step: Step):
    def guard(workspace) -> None:
        row = bring_to(workspace, stage)
        kind = ObjectionKind.OBJECTION if stage is Stage.NOTICED else ObjectionKind.APPEAL
        objecting.settle(workspace, appeal(workspace, row.id, kind).id, Outcome.UPHELD, "台账属实")
        take(workspace, step, row.id)

    return guard


def barred_at(stage: Stage, step: Step):
    """A renewal is under way when the certificate before is withdrawn."""

    def guard(strict) -> None:
        row = bring_to(strict, Stage.CERTIFIED)
        again = apply_for(strict, row.site)
        if stage is not Stage.APPLIED:
            assessing.start_assessment(strict, row.site)
            found_in_order(strict, again.id)
            assessing.record_answers(strict, again.id, FULL_MARKS)
            brought(strict, again.id, stage)
        withdraw = Event(EventKind.WITHDRAW, strict.today(), reason="弄虚作假")
        supervising.record_event(strict, browsing.site(strict, row.site).certificate, withdraw)
        take(strict.acting_as(OFFICE), step, again.id)

    return guard


def guard_not_passed(workspace) -> None:
    row = scored(workspace, fresh(workspace), G1=Answer("no"))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)


def guard_remarks(workspace) -> None:
    deciding.decide(workspace, bring_to(workspace, Stage.FINISHED).id, approve=False, remarks=" \n ")


def guard_period(strict) -> None:
    row, today = bring_to(strict, Stage.APPROVED), strict.today()
    naming.publish_notice(
        strict, [row.id], title="一", notice_from=today, notice_until=today + timedelta(days=5), contact="x"
    )


def guard_contact(workspace) -> None:
    row, today = bring_to(workspace, Stage.APPROVED), workspace.today()
    naming.publish_notice(workspace, [row.id], title="一", notice_from=today, notice_until=today, contact=" ")


def guard_take_out_reason(workspace) -> None:
    naming.take_out(workspace, bring_to(workspace, Stage.NOTICED).id, reason="")


def running(workspace):
    row = bring_to(workspace, Stage.APPROVED)
    batch = published(workspace, [row.id])
    return row, batch


def guard_notice_running(workspace) -> None:
    _row, batch = running(workspace)
    naming.name_batch(workspace, batch.id, document_number=DOCUMENT, named_on=workspace.today())


def guard_certify_running(workspace) -> None:
    certifying.issue_certificate(workspace, running(workspace)[0].id)


def guard_before_end(workspace) -> None:
    row = bring_to(workspace, Stage.NOTICED)
    last = naming.batch(workspace, str(row.batch)).batch.notice_until
    naming.name_batch(workspace, str(row.batch), document_number=DOCUMENT, named_on=last)


def objected_at(step: Step):
    def guard(workspace) -> None:
        row = bring_to(workspace, Stage.NOTICED)
        appeal(workspace, row.id, ObjectionKind.OBJECTION)
        take(workspace, step, row.id)

    return guard


def guard_document(workspace) -> None:
    row = bring_to(workspace, Stage.NOTICED)
    naming.name_batch(workspace, str(row.batch), document_number=" ", named_on=workspace.today())


def guard_batch_disputed(workspace) -> None:
    row = bring_to(workspace, Stage.NAMED)
    other = {
        **dict.fromkeys(("notice_from", "notice_until")),
        "title": "第一批",
        "contact": "",
        "document_number": "另一个文号",
        "named_on": "2026-11-02",
    }
    take_in(workspace.database, [Act(other_device(), 1, "batch", str(row.batch), "batch", 90_000, other, ())])
    take(workspace, Step.CERTIFY, row.id)


def dispute(workspace, assessment: str) -> None:
    other = {"value": "no", "na": None, "note": "", "entry": words_of(workspace, assessment, "B1")}
    take_in(workspace.database, [Act(other_device(), 1, "answer", assessment, "answer.B1", 90_000, other, ())])


def disputed_at(stage: Stage, step: Step):
    def guard(workspace) -> None:
        row = bring_to(workspace, stage)
        dispute(workspace, row.id)
        take(workspace, step, row.id)

    return guard


def changed_at(stage: Stage, step: Step):
    """An answer that was changed on another device, before this one was finished, comes in."""

    def guard(workspace) -> None:
        row = bring_to(workspace, stage)
        standing = browsing.sheet(workspace, row.id).answers["B1"].heads[0]
        late = {"value": "no", "na": None, "note": "", "entry": words_of(workspace, row.id, "B1")}
        replaced = ((standing.device, standing.seq),)
        take_in(workspace.database, [Act(other_device(), 1, "answer", row.id, "answer.B1", 90_000, late, replaced)])
        take(workspace, step, row.id)

    return guard


def unsealed_at(stage: Stage, step: Step):
    """A finding that was noted on another device comes in: the seal covers it."""

    def guard(workspace) -> None:
        row = bring_to(workspace, stage)
        value = {"assessment": row.id, "item": "", "severity": "minor", "text": "标识褪色", "action": ""}
        value |= {"responsible": "", "due": None}
        take_in(workspace.database, [Act(other_device(), 1, "finding", uuid4().hex, "finding", 90_000, value, ())])
        take(workspace, step, row.id)

    return guard


GUARDS = {
    (Step.START, "applying.barred"): barred_at(Stage.APPLIED, Step.START),
    (Step.FINISH, "assessing.missing"): guard_missing,
    (Step.FINISH, "prechecking.missing"): guard_precheck_missing,
    (Step.FINISH, "prechecking.failed"): guard_precheck_failed,
    (Step.FINISH, "evidencing.required"): guard_evidence,
    (Step.FINISH, "assessing.conflicts"): guard_conflicts_at_finish,
    (Step.FINISH, "applying.missing"): guard_application,
    (Step.FINISH, "assessing.too_few"): guard_too_few,
    (Step.REOPEN, "assessing.reason_needed"): guard_reopen_reason,
    (Step.REOPEN, "assessing.newer_one"): guard_reopen_newer,
    (Step.RETURN, "assessing.newer_one"): guard_return_newer,
    (Step.RETURN, "returning.nothing"): guard_return_nothing,
    (Step.RETURN, "returning.remark_needed"): guard_return_remark,
    (Step.RETURN, "returning.unknown_item"): guard_return_item,
    (Step.REVIEW, "deciding.own_assessment"): guard_review_own,
    (Step.APPROVE, "deciding.own_assessment"): guard_approve_own,
    (Step.REJECT, "deciding.own_assessment"): guard_reject_own,
    (Step.APPROVE, "deciding.own_review"): guard_own_review,
    (Step.APPROVE, "deciding.open_findings"): guard_open_findings,
    (Step.APPROVE, "deciding.open_appeals"): guard_open_appeals,
    (Step.APPROVE, "deciding.not_passed"): guard_not_passed,
    (Step.APPROVE, "objecting.upheld"): upheld_at(Stage.FINISHED, Step.APPROVE),
    (Step.NAME, "objecting.upheld"): upheld_at(Stage.NOTICED, Step.NAME),
    (Step.CERTIFY, "objecting.upheld"): upheld_at(Stage.APPROVED, Step.CERTIFY),
    (Step.REJECT, "deciding.remarks_needed"): guard_remarks,
    (Step.NOTICE, "noticing.period"): guard_period,
    (Step.NOTICE, "noticing.contact"): guard_contact,
    (Step.TAKE_OUT, "noticing.reason_needed"): guard_take_out_reason,
    (Step.NAME, "naming.notice_running"): guard_notice_running,
    (Step.NAME, "naming.before_end"): guard_before_end,
    (Step.NAME, "naming.open_objections"): objected_at(Step.NAME),
    (Step.NAME, "naming.document_needed"): guard_document,
    (Step.CERTIFY, "certifying.notice_running"): guard_certify_running,
    (Step.CERTIFY, "naming.open_objections"): objected_at(Step.CERTIFY),
    (Step.CERTIFY, "naming.batch_disputed"): guard_batch_disputed,
    **{
        (step, "applying.barred"): barred_at(stage, step)
        for step, stage in (
            (Step.APPROVE, Stage.REVIEWED),
            (Step.NOTICE, Stage.APPROVED),
            (Step.NAME, Stage.NOTICED),
            (Step.CERTIFY, Stage.NAMED),
        )
    },
}
GOING_ON = {
    Step.REVIEW: Stage.FINISHED,
    Step.APPROVE: Stage.FINISHED,
    Step.NOTICE: Stage.APPROVED,
    Step.NAME: Stage.NOTICED,
    Step.CERTIFY: Stage.NAMED,
}
for going, source in GOING_ON.items():
    GUARDS[going, "assessing.conflicts"] = disputed_at(source, going)
    GUARDS[going, "deciding.basis_changed"] = changed_at(source, going)
    GUARDS[going, "deciding.seal_broken"] = unsealed_at(source, going)
OF_STRICT = {
    *("applying.missing", "assessing.too_few", "deciding.own_assessment", "deciding.own_review"),
    *("deciding.open_findings", "applying.barred", "noticing.period"),
}
"""Guards of what only a city that asks for it has."""


def test_every_guard_of_the_table_is_tried_here():
    assert set(GUARDS) == {(entry.step, guard) for entry in TRANSITIONS for guard in entry.guards}


@pytest.mark.parametrize(("step", "guard"), sorted(GUARDS))
def test_a_guard_refuses_by_its_code(request, step, guard):
    workspace = request.getfixturevalue("strict" if guard in OF_STRICT else "workspace")
    assert refused(lambda: GUARDS[step, guard](workspace)) == guard


# --- who decided


def test_a_decision_bears_the_name_of_who_made_it_also_after_others_have_gone_on(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    row = bring_to(workspace, Stage.FINISHED)
    clock.forward(hours=3)
    decided_at = clock.second
    decided = deciding.decide(workspace.acting_as("周主任"), row.id, approve=True, remarks=" 同意 ")
    assert (decided.decided_by, decided.decided_at, decided.remarks) == ("周主任", decided_at, "同意")
    clock.forward(days=2)
    certifying.issue_certificate(workspace, row.id)
    after = browsing.assessment(workspace, row.id)
    assert (after.decided_by, after.decided_at, after.total) == ("周主任", decided_at, decided.total)
    workspace.close()


def test_opening_again_forgets_review_and_decision_but_the_history_does_not(workspace):
    row = bring_to(workspace, Stage.FINISHED)
    deciding.review(workspace, row.id)
    deciding.decide(workspace, row.id, approve=False, remarks="不符合")
    opened = assessing.reopen_assessment(workspace, row.id, reason="整改完成")
    assert (opened.decided_by, opened.decided_at, opened.reviewed_by, opened.seal) == (None, None, None, None)
    assert (opened.revision, opened.returned, opened.remarks) == (2, {}, "整改完成")
    stages = [entry.new["stage"] for entry in browsing.history(workspace, row.id) if entry.cell == "state"]
    assert stages == ["finished", "reviewed", "rejected", "scoring"]


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


# --- the whole way


@pytest.fixture
def whole_way(tmp_path, clock):
    """A register of its own in a city that goes the whole way."""
    opened = open_register(tmp_path, clock, given=criteria_with_process())
    yield opened
    opened.close()


def test_a_site_goes_the_whole_way_from_its_application_to_its_certificate(whole_way):
    assessor, clock = whole_way, whole_way.clock
    county, office = assessor.acting_as(COUNTY), assessor.acting_as(OFFICE)
    site = add_site(assessor)
    file = apply_for(assessor, site.id)
    assert file.stage is Stage.APPLIED
    clock.forward(days=3)
    row = assessing.start_assessment(assessor, site.id, assessors=("王敏", COLLEAGUE))
    assert (row.id, row.on) == (file.id, assessor.today())
    found_in_order(assessor, row.id)
    assessing.record_answers(assessor, row.id, {**FULL_MARKS, "A2": Answer({"part": "80", "whole": "100"})})
    assert assessing.finish_assessment(assessor, row.id).total == 10  # ten percent short of 90
    returning.send_back(county, row.id, {"A2": "请按整改后的抽样重新核"}, reason="其余符合")
    assert refused(lambda: assessing.record_answer(assessor, row.id, "B1", Answer("no"))) == "returning.locked"
    assessing.record_answer(assessor, row.id, "A2", Answer({"part": "95", "whole": "100"}))
    again = assessing.finish_assessment(assessor, row.id)
    assert (again.revision, again.returned, again.total) == (2, {}, 20)
    deciding.review(county, row.id, remarks="推荐")
    approved = deciding.decide(office, row.id, approve=True)
    assert (approved.reviewed_by, approved.decided_by) == (COUNTY, OFFICE)
    batch = published(office, [row.id])
    assert (
        refused(lambda: naming.name_batch(office, batch.id, document_number=DOCUMENT, named_on=office.today()))
        == "naming.notice_running"
    )
    said = Objection(row.id, ObjectionKind.OBJECTION, "听说用的是别人的台账", office.today(), name="匿名")
    objection = objecting.take_in(office, said)
    clock.forward(days=7)
    assert (
        refused(lambda: naming.name_batch(office, batch.id, document_number=DOCUMENT, named_on=office.today()))
        == "naming.open_objections"
    )
    objecting.settle(office, objection.id, Outcome.DISMISSED, "经核实，台账属实")
    named = naming.name_batch(office, batch.id, document_number=DOCUMENT, named_on=office.today())
    assert (named.noticed, named.named) == (0, 1)
    certificate = certifying.issue_certificate(office, row.id)
    assert (certificate.document_number, certificate.batch) == (DOCUMENT, "第一批")
    assert certificate.named_on == office.today()


def test_a_certificate_is_watched_over_until_it_is_withdrawn_and_the_unit_is_barred(whole_way):
    assessor, office, clock = whole_way, whole_way.acting_as(OFFICE), whole_way.clock
    site = add_site(assessor)
    row = brought(assessor, scored(assessor, site).id, Stage.CERTIFIED)
    [certificate] = browsing.list_certificates(assessor)
    assert certificate.assessment == row.id
    last = certificate.valid_until

    def note(kind: EventKind, **more):
        return supervising.record_event(office, certificate.number, Event(kind, office.today(), **more))

    clock.forward(days=200)
    note(EventKind.REPORT, year=2026)
    note(EventKind.ORDER, reason="危废间没有标识", until=office.today() + timedelta(days=30))
    note(EventKind.MENDED, reason="已补")
    note(EventKind.SUSPEND, reason="被投诉，待查")
    assert browsing.certificate(office, certificate.number).state.value == "suspended"
    assert browsing.progress(office).whole.certified == 0
    note(EventKind.REINSTATE, reason="查无此事")
    assert browsing.progress(office).whole.certified == 1
    clock.forward(days=1)
    gone = note(EventKind.WITHDRAW, reason="弄虚作假")
    held = browsing.certificate(office, certificate.number)
    assert (held.state.value, held.since, held.valid_until) == ("withdrawn", office.today(), last)
    assert browsing.progress(office).whole.certified == 0
    assert gone.event.until == office.today().replace(year=office.today().year + 3)
    assert refused(lambda: apply_for(assessor, site.id)) == "applying.barred"
    assert refused(lambda: assessing.start_assessment(assessor, site.id)) == "applying.barred"
    clock.forward(days=3 * 366 + 1)
    assert apply_for(assessor, site.id).stage is Stage.APPLIED
    assert checking.doctor(assessor).sound


def test_roles_say_who_may_take_which_step(whole_way):
    workspace = whole_way
    office, county, colleague = (workspace.acting_as(name) for name in (OFFICE, COUNTY, COLLEAGUE))
    row = bring_to(workspace, Stage.FINISHED)
    roles.grant(office, OFFICE, Role.OFFICE)
    roles.grant(office, COUNTY, Role.REVIEWER)
    roles.grant(office, COLLEAGUE, Role.ASSESSOR)
    assert refused(lambda: deciding.review(office, row.id)) == "roles.not_yours"
    assert refused(lambda: deciding.review(colleague, row.id)) == "roles.not_yours"
    deciding.review(county, row.id)
    assert refused(lambda: deciding.decide(county, row.id, approve=True)) == "roles.not_yours"
    assert refused(lambda: assessing.start_assessment(county, fresh(workspace).id)) == "roles.not_yours"
    returning.send_back(office, row.id, {"B1": "请补照片"})
    assessing.finish_assessment(colleague, row.id)
