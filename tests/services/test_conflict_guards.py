"""While anything that a file rests on is in conflict, nobody goes on from it; and late arrivals are not overlooked."""

from __future__ import annotations

import pytest

from tests.samples.registers import OFFICE, HandClock, brought, criteria_with_process, open_register, scored
from tests.services.conftest import WORDS
from tests.services.disagreements import (
    COUNTY,
    ELSEWHERE,
    new_site,
    standing,
    value_of,
    written_elsewhere,
)
from tests.services.life_cycle_ways import bring_to, refused, take
from wufei_cells.domain.conflicts import Choice, How
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Role, Stage, Step
from wufei_cells.domain.signatures import Signer
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import UserError, WufeiError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    checkups,
    conflicts,
    finding_faults,
    roles,
    signing_off,
    supervising,
)
from wufei_cells.services.conflict_guards import touching
from wufei_cells.services.supervising import DueKind
from wufei_cells.store.queries import REGISTER


def differ(workspace, kind, entity, cell, *values):
    """Let two devices write different values over what stands."""
    over = standing(workspace, entity, cell)
    for device, value in zip((ELSEWHERE, "d" * 32), values, strict=True):
        written_elsewhere(workspace, kind, entity, cell, value, over=over, device=device)


def answers(workspace, row):
    said = value_of(workspace, row.id, "answer.A1")
    differ(workspace, "answer", row.id, "answer.A1", {**said, "note": "一"}, {**said, "note": "二"})


def site_phone(workspace, row):
    differ(workspace, "site", row.site, "phone", "1", "2")


def facts(workspace, row):
    differ(workspace, "site_fact", row.site, "fact.staff", "1", "2")


def header(workspace, row):
    said = value_of(workspace, row.id, "header")
    differ(
        workspace, "assessment", row.id, "header", {**said, "visited_on": "2026-11-01"}, {**said, "assessors": [COUNTY]}
    )


def evidence(workspace, row):
    cell = f"evidence.{'c' * 64}.A1"
    differ(workspace, "evidence", row.id, cell, {"name": "a", "caption": "门"}, {"name": "a", "caption": "窗"})


def finding(workspace, row):
    found = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="桶盖没盖"))
    said = value_of(workspace, found.id, "finding")
    differ(workspace, "finding", found.id, "finding", {**said, "text": "三个桶"}, None)


def finding_against_its_check(workspace, row):
    found = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="桶盖没盖"))
    finding_faults.drop_finding(workspace, found.id)
    written_elsewhere(workspace, "finding_check", found.id, "check", {"state": "done", "note": "", "on": "2026-11-03"})


def signature(workspace, row):
    strokes = (((0, 0), (100, 100)),)
    signed = signing_off.sign(workspace, row.id, "王敏", Signer.ASSESSOR, strokes)
    said = value_of(workspace, signed.id, "signature")
    differ(workspace, "signature", signed.id, "signature", None, {**said, "name": "王  敏"})


def precheck(workspace, row):
    holds = {"holds": True, "reason": "", "text": "x"}
    found = [{"findings": {"credit": {**holds, "holds": one}}} for one in (True, False)]
    differ(workspace, "precheck", row.id, "precheck", *found)


def profile(workspace, row):
    said = value_of(workspace, REGISTER, "profile")
    differ(workspace, "profile", REGISTER, "profile", {**said, "validity_years": 2}, {**said, "validity_years": 5})


def edition(workspace, row):
    differ(
        workspace,
        "edition_state",
        row.edition,
        "state",
        {"retired_on": "2026-11-01", "reason": "改版"},
        {"retired_on": None, "reason": ""},
    )


TOUCHING = (
    *(answers, site_phone, facts, header, evidence, finding, finding_against_its_check, signature, precheck),
    *(profile, edition),
)
GOING_ON = {Step.FINISH: Stage.SCORING, Step.REVIEW: Stage.FINISHED, Step.APPROVE: Stage.FINISHED}


@pytest.mark.parametrize("what", TOUCHING, ids=lambda one: one.__name__)
def test_finishing_waits_for_every_conflict_that_touches_the_file(workspace, what):
    row = scored(workspace, new_site(workspace))
    what(workspace, row)
    assert_refused(workspace, row, Step.FINISH)
    settle_all(workspace)
    if what is not precheck:  # which may shut the site out
        assessing.finish_assessment(workspace, row.id)


@pytest.mark.parametrize("what", [site_phone, answers, header, profile, edition], ids=lambda one: one.__name__)
@pytest.mark.parametrize("step", [Step.REVIEW, Step.APPROVE, Step.REJECT, Step.NOTICE, Step.NAME, Step.CERTIFY])
def test_so_do_all_steps_that_follow(workspace, what, step):
    stage = Stage.FINISHED if step in (Step.REVIEW, Step.APPROVE, Step.REJECT) else Stage.APPROVED
    row = brought(workspace, scored(workspace, new_site(workspace)).id, stage)
    what(workspace, row)
    assert_refused(workspace.acting_as(OFFICE), row, step)


def assert_refused(workspace, row, step):
    assert refused(lambda: take(workspace, step, row.id)) == "assessing.conflicts"
    with pytest.raises(WufeiError) as error:
        take(workspace, step, row.id)
    said = WORDS.error(error.value)
    assert "处理冲突" in said
    assert "disputed" not in said


def settle_all(workspace):
    for row in conflicts.list_conflicts(workspace):
        conflicts.resolve(workspace, row, Choice(How.TAKE, 1), WORDS)


def test_a_disputed_stage_stops_every_step(workspace):
    row = brought(workspace, scored(workspace, new_site(workspace)).id, Stage.FINISHED)
    said = value_of(workspace, row.id, "state")
    returned = {"stage": "scoring", "returned": {"A1": "x"}, "revision": 2}
    differ(workspace, "assessment_state", row.id, "state", {**said, "remarks": "二"}, returned)
    for work in (
        lambda: assessing.reopen_assessment(workspace, row.id, reason="补"),
        lambda: take(workspace, Step.APPROVE, row.id),
        lambda: take(workspace, Step.REJECT, row.id),
    ):
        with pytest.raises(UserError, match=r"step\.disputed"):
            work()
    assert len(conflicts.list_conflicts(workspace)) == 1, "and none of them settled it by the way"


def test_whether_one_holds_a_role_must_not_be_in_doubt(workspace):
    row = scored(workspace, new_site(workspace))
    roles.grant(workspace, "王敏", Role.OFFICE)
    roles.grant(workspace, "王敏", Role.ASSESSOR)
    over = standing(workspace, workspace.person.id, "role.assessor")
    for device, value in ((ELSEWHERE, None), ("d" * 32, True)):
        written_elsewhere(workspace, "role", workspace.person.id, "role.assessor", value, over=over, device=device)
    with workspace.database.reading() as connection:
        found = touching(workspace, connection, browsing.assessment(workspace, row.id))
    assert [one.kind for one in found] == ["role"]


def test_a_conflict_of_another_site_stands_in_nobodys_way(workspace):
    row = scored(workspace, new_site(workspace))
    other = scored(workspace, new_site(workspace))
    for what in (answers, site_phone, finding, evidence, header):
        what(workspace, other)
    assessing.finish_assessment(workspace, row.id)


def test_naming_waits_for_its_batch(tmp_path):
    workspace = open_register(tmp_path, HandClock(), given=criteria_with_process())
    row = bring_to(workspace, Stage.NOTICED)
    said = value_of(workspace, row.batch, "batch")
    differ(workspace, "batch", row.batch, "batch", {**said, "contact": "1"}, {**said, "contact": "2"})
    assert refused(lambda: take(workspace, Step.NAME, row.id)) == "assessing.conflicts"
    workspace.close()


# --- certificates


@pytest.fixture
def certified(workspace):
    """A certificate in good order, and its file."""
    row = brought(workspace, scored(workspace, new_site(workspace)).id, Stage.CERTIFIED)
    assert review(workspace) == []
    return row


def review(workspace):
    return [one for one in supervising.due(workspace) if one.kind is DueKind.REVIEW]


def test_a_late_answer_puts_a_certificate_up_for_review(workspace, certified):
    over = standing(workspace, certified.id, "answer.A1")
    said = value_of(workspace, certified.id, "answer.A1")
    written_elsewhere(workspace, "answer", certified.id, "answer.A1", {**said, "note": "补记"}, over=over)
    [found] = review(workspace)
    assert found.certificate.assessment == certified.id
    hints = [hint for hint in checkups.of_register(workspace) if hint.check.value == "certificate_review"]
    assert [hint.certificate for hint in hints] == [found.certificate.id]


@pytest.mark.parametrize("what", [answers, header, evidence], ids=lambda one: one.__name__)
def test_so_does_a_conflict_in_what_it_rests_on(workspace, certified, what):
    what(workspace, certified)
    assert [one.certificate.assessment for one in review(workspace)] == [certified.id]


def test_a_stage_that_arrives_late_does_too(workspace, certified):
    over = standing(workspace, certified.id, "state")
    returned = {"stage": "scoring", "returned": {"A1": "x"}, "revision": 2}
    written_elsewhere(workspace, "assessment_state", certified.id, "state", returned, over=over)
    assert len(review(workspace)) == 1


def test_what_becomes_of_the_facts_afterwards_does_not(workspace, certified):
    written_elsewhere(workspace, "site_fact", certified.site, "fact.staff", "99")
    assert review(workspace) == []


def test_a_withdrawn_certificate_is_not_reviewed(workspace, certified):
    [paper] = browsing.list_certificates(workspace)
    event = Event(EventKind.WITHDRAW, workspace.today(), "查实", document_number="1 号")
    supervising.record_event(workspace, paper.id, event)
    answers(workspace, certified)
    assert review(workspace) == []


def test_issuing_waits_for_the_template_to_be_settled(workspace):
    row = brought(workspace, scored(workspace, new_site(workspace)).id, Stage.APPROVED)
    differ(
        workspace, "template_choice", REGISTER, "certificate_template", {"template": "a" * 64}, {"template": "b" * 64}
    )
    with pytest.raises(UserError, match=r"conflict\.template_disputed"):
        certifying.issue_certificate(workspace.acting_as(OFFICE), row.id)
