"""Every guard of the life cycle refuses by its own code; the strict city where only that one has them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.samples import editions
from tests.samples.registers import (
    COLLEAGUE,
    COUNTY,
    FULL_MARKS,
    OFFICE,
    HandClock,
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
from tests.services.life_cycle_ways import (
    DOCUMENT,
    SHUT_OUT,
    bring_to,
    fresh,
    other_device,
    refused,
    take,
)
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import TRANSITIONS, Stage, Step
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    deciding,
    finding_faults,
    naming,
    objecting,
    prechecking,
    retiring,
    returning,
    supervising,
)

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


def guard_reject_disputed(workspace) -> None:
    row = bring_to(workspace, Stage.FINISHED)
    dispute(workspace, row.id)
    deciding.decide(workspace.acting_as(OFFICE), row.id, approve=False, remarks="不符合")


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


def guard_notice_before_decision(workspace) -> None:
    row, day = bring_to(workspace, Stage.APPROVED), workspace.today() - timedelta(days=1)
    naming.publish_notice(
        workspace, [row.id], title="一", notice_from=day, notice_until=day + timedelta(days=9), contact="x"
    )


def guard_named_before_decision(workspace) -> None:
    row, day = bring_to(workspace, Stage.APPROVED), workspace.today() - timedelta(days=1)
    naming.name_sites(workspace, [row.id], title="一", document_number=DOCUMENT, named_on=day)


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
    (Step.REJECT, "assessing.conflicts"): guard_reject_disputed,
    (Step.APPROVE, "deciding.own_review"): guard_own_review,
    (Step.APPROVE, "deciding.open_findings"): guard_open_findings,
    (Step.APPROVE, "deciding.open_appeals"): guard_open_appeals,
    (Step.APPROVE, "deciding.not_passed"): guard_not_passed,
    (Step.APPROVE, "objecting.upheld"): upheld_at(Stage.FINISHED, Step.APPROVE),
    (Step.NAME, "objecting.upheld"): upheld_at(Stage.NOTICED, Step.NAME),
    (Step.CERTIFY, "objecting.upheld"): upheld_at(Stage.APPROVED, Step.CERTIFY),
    (Step.REJECT, "deciding.remarks_needed"): guard_remarks,
    (Step.NOTICE, "noticing.period"): guard_period,
    (Step.NOTICE, "noticing.before_decision"): guard_notice_before_decision,
    (Step.NOTICE, "noticing.contact"): guard_contact,
    (Step.TAKE_OUT, "noticing.reason_needed"): guard_take_out_reason,
    (Step.NAME, "naming.notice_running"): guard_notice_running,
    (Step.NAME, "naming.before_end"): guard_before_end,
    (Step.NAME, "naming.before_decision"): guard_named_before_decision,
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
