"""Every step of the life cycle from every stage: done, or refused by its own code."""

from __future__ import annotations

from datetime import timedelta

import pytest

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
)
from tests.services.life_cycle_ways import (
    DOCUMENT,
    STAGES,
    bring_to,
    fresh,
    refused,
    take,
)
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import CLOSED, Role, Stage, Step, transition
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    checking,
    deciding,
    naming,
    objecting,
    registering,
    returning,
    roles,
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
