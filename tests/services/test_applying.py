"""Applications: they open a file or join the one that is being scored, and hold as long as nothing was finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.samples import editions
from tests.samples.registers import (
    FULL_MARKS,
    add_site,
    apply_for,
    brought,
    criteria_with_process,
    found_in_order,
    open_register,
    scored,
)
from tests.store.foreign import Act, take_in
from wufei_cells.domain.applications import Application
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import applying, assessing, browsing, returning


@pytest.fixture
def workspace(tmp_path, clock):
    opened = open_register(tmp_path, clock, given=criteria_with_process())
    yield opened
    opened.close()


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    problems = error.value.problems if isinstance(error.value, ProblemsFound) else [error.value]
    return [problem.code for problem in problems]


def test_an_application_opens_a_file_that_nobody_scores_yet(workspace):
    site = add_site(workspace)
    row = apply_for(workspace, site.id)
    assert (row.stage, row.assessors, row.column) == (Stage.APPLIED, (), "")
    assert refusal(assessing.record_answers, workspace, row.id, FULL_MARKS) == ["assessing.not_open"]
    found = applying.application(workspace, row.id)
    assert (found.application.signatory, found.author) == ("孙经理", "王敏")
    assert browsing.site(workspace, site.id).stage is Stage.APPLIED


def test_it_is_scored_under_the_edition_in_force_when_it_is_begun(workspace, clock):
    row = apply_for(workspace, add_site(workspace).id)
    edition = editions.publish(workspace, editions.small("2"))
    clock.forward(days=4)
    begun = assessing.start_assessment(workspace, row.site, assessors=("李丽", "李丽", "赵敏"))
    assert (begun.id, begun.edition, begun.on, begun.assessors) == (
        row.id,
        edition,
        workspace.today(),
        ("李丽", "赵敏"),
    )
    assert applying.application(workspace, row.id) is not None


def test_it_can_come_while_the_site_is_being_scored_and_be_corrected_until_the_end(workspace):
    row = scored(workspace)
    assert apply_for(workspace, row.site).id == row.id
    today = workspace.today()
    applying.apply(workspace, row.site, Application(today, " 钱经理 ", today, "东区", "无纸化"))
    found = applying.application(workspace, row.id)
    assert (found.application.signatory, len(found.heads)) == ("钱经理", 1)
    brought(workspace, row.id, Stage.FINISHED)
    assert refusal(apply_for, workspace, row.site) == ["applying.too_late"]
    returning.send_back(workspace, row.id, {"B1": "补联单"})
    assert refusal(apply_for, workspace, row.site) == ["applying.sent_back"]


def test_everything_wrong_with_it_is_told_at_once(workspace):
    site, tomorrow = add_site(workspace), workspace.today() + timedelta(days=1)
    bad = Application(tomorrow, " ", tomorrow, "长" * 500)
    codes = refusal(applying.apply, workspace, site.id, bad)
    assert codes[0] == "applying.signatory_needed"
    assert codes.count("applying.day_to_come") == 2
    assert len(codes) == 4
    assert browsing.site(workspace, site.id).stage is Stage.REGISTERED


def test_after_a_rejection_a_unit_applies_anew(workspace):
    row = brought(workspace, scored(workspace).id, Stage.REJECTED)
    again = apply_for(workspace, row.site)
    assert again.id != row.id
    assert (again.stage, again.revision) == (Stage.APPLIED, 1)


def test_two_forms_that_were_open_at_once_stand_as_a_conflict_that_the_next_settles(workspace):
    row = scored(workspace)
    apply_for(workspace, row.site)
    other = {"applied_on": "2026-11-01", "signatory": "别人", "committed_on": "2026-11-01"}
    other |= {"recommended_by": "", "highlights": ""}
    take_in(workspace.database, [Act("laptop", 1, "application", row.id, "application", 900, other, ())])
    assert applying.application(workspace, row.id).application.signatory == "别人"
    assessing.name_assessors(workspace, row.id, ("王敏", "赵敏"))
    assert refusal(assessing.finish_assessment, workspace, row.id) == ["assessing.conflicts"]
    standing = applying.application(workspace, row.id)
    chosen = replace(standing.application, signatory="孙经理")
    applying.apply(workspace, row.site, chosen, seen=standing.heads)
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED


def test_assessors_are_named_anew_while_it_is_open(workspace):
    row = scored(workspace)
    started = row.started_at
    named = assessing.name_assessors(workspace, row.id, (" 李丽 ", "赵敏", "李丽"))
    assert (named.assessors, named.started_at) == (("李丽", "赵敏"), started)
    assert refusal(assessing.name_assessors, workspace, row.id, (" ",)) == ["assessing.nobody"]
    brought(workspace, row.id, Stage.FINISHED)
    assert refusal(assessing.name_assessors, workspace, row.id, ("李丽",)) == ["assessing.not_open"]


def test_a_renewal_is_a_file_of_its_own_while_the_certificate_holds(workspace):
    row = brought(workspace, scored(workspace).id, Stage.CERTIFIED)
    again = apply_for(workspace, row.site)
    assessing.start_assessment(workspace, row.site)
    found_in_order(workspace, again.id)
    site = browsing.site(workspace, row.site)
    assert (site.stage, site.certificate_number) == (Stage.SCORING, "SC-JG-2026-001")
    assert browsing.assessment(workspace, row.id).stage is Stage.CERTIFIED
