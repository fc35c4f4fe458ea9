"""What waits for whom: by role, by name, and by the steps that the city uses."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site, brought, criteria, open_register, scored
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.process import Process
from wufei_cells.domain.register import AssessmentId
from wufei_cells.services import assessing, roles, waiting
from wufei_cells.services.waiting import Case, Worker

PLAIN, WHOLE = Process(), Process(first_review=True, notice_days=7, naming=True)
STRICT = Process(first_review=True, four_eyes=True)
OPEN = waiting.TO_ASSESS | waiting.TO_ISSUE


def case(stage, *named, **more):
    return Case(AssessmentId("a"), stage, frozenset(named), **more)


def stages_for(role, process, *named, **more):
    worker = Worker("甲", frozenset({role}))
    return {stage for stage in Stage if waiting.waits(worker, process, case(stage, *named, **more))}


def test_without_roles_everything_that_is_open_waits_for_everybody():
    worker = Worker("甲")
    assert {stage for stage in Stage if waiting.waits(worker, WHOLE, case(stage, "乙"))} == OPEN


@pytest.mark.parametrize("named", [(), ("甲",), ("乙", "甲")])
def test_an_assessor_has_to_begin_and_to_score_what_is_nobodys_or_theirs(named):
    assert stages_for(Role.ASSESSOR, WHOLE, *named) == {Stage.APPLIED, Stage.SCORING}


def test_what_others_score_waits_for_them_alone():
    assert stages_for(Role.ASSESSOR, WHOLE, "乙") == set()


def test_a_reviewer_has_what_is_finished_where_the_city_reviews():
    assert stages_for(Role.REVIEWER, WHOLE) == {Stage.FINISHED}
    assert stages_for(Role.REVIEWER, PLAIN) == set()


def test_the_office_decides_after_the_review_where_there_is_one():
    assert stages_for(Role.OFFICE, WHOLE) == {Stage.REVIEWED, *waiting.TO_ISSUE}
    assert stages_for(Role.OFFICE, PLAIN) == {Stage.FINISHED, Stage.REVIEWED, *waiting.TO_ISSUE}


def test_a_running_notice_waits_for_its_end_and_not_for_the_office():
    assert Stage.NOTICED not in stages_for(Role.OFFICE, WHOLE, under_notice=True)


def test_with_four_eyes_nobody_is_asked_to_check_their_own_work():
    assert stages_for(Role.REVIEWER, STRICT, "甲") == set()
    assert stages_for(Role.OFFICE, STRICT, "甲") == waiting.TO_ISSUE
    assert Stage.REVIEWED not in stages_for(Role.OFFICE, STRICT, reviewed_by="甲")


def test_somebody_without_any_role_has_nothing_to_do_once_there_are_roles():
    assert not any(waiting.waits(Worker("甲", frozenset()), WHOLE, case(stage)) for stage in Stage)


def test_the_register_tells_what_waits_for_the_person_who_works_there(tmp_path, clock):
    office = open_register(tmp_path, clock, given=criteria("small"))
    open_one = assessing.start_assessment(office, add_site(office, "甲").id)
    approved = brought(office, scored(office, add_site(office, "乙")).id, Stage.APPROVED)
    me = office.person.name
    everything = waiting.waiting(office)
    assert everything == waiting.Waiting(frozenset({open_one.id}), frozenset({approved.id}))
    roles.grant(office, me, Role.OFFICE)
    roles.grant(office, "王芳", Role.ASSESSOR)
    assert waiting.waiting(office) == waiting.Waiting(frozenset(), frozenset({approved.id}))
    assert waiting.waiting(office.acting_as("王芳")) == waiting.Waiting()
    office.close()
