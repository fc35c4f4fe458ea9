"""Objections and appeals: when they are taken, who settles them, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.samples.registers import (
    COLLEAGUE,
    COUNTY,
    OFFICE,
    brought,
    criteria_with_process,
    open_register,
    published,
    scored,
)
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, deciding, naming, objecting, returning

DAY = timedelta(days=1)


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


def put(workspace, row, kind=ObjectionKind.APPEAL, text="台账在库里", **more):
    return objecting.take_in(workspace, Objection(row.id, kind, text, more.pop("on", workspace.today()), **more))


def test_an_objection_needs_a_notice_and_an_appeal_a_result(workspace):
    row = scored(workspace)
    assert refusal(put, workspace, row) == ["objecting.not_now_appeal"]
    assert refusal(put, workspace, row, ObjectionKind.OBJECTION) == ["objecting.not_now_objection"]
    brought(workspace, row.id, Stage.APPROVED)
    assert refusal(put, workspace, row, ObjectionKind.OBJECTION) == ["objecting.not_now_objection"]
    put(workspace, row)
    published(workspace.acting_as(OFFICE), [row.id])
    put(workspace, row, ObjectionKind.OBJECTION)
    assert [one.objection.kind.value for one in objecting.objections(workspace, row.id)] == ["appeal", "objection"]


def test_everything_wrong_with_one_is_told_at_once(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    bad = {"on": workspace.today() + DAY, "due": workspace.today(), "item": "Z9", "text": " "}
    assert refusal(put, workspace, row, **bad) == [
        "objecting.text_needed",
        "returning.unknown_item",
        "applying.day_to_come",
        "objecting.due_before",
    ]


def test_it_is_settled_once_with_a_reason_by_somebody_else(workspace):
    row = brought(workspace, scored(workspace).id, Stage.REJECTED)
    said = put(workspace, row, item="A2")
    for name in ("王敏", COLLEAGUE, OFFICE):
        assert refusal(objecting.settle, workspace.acting_as(name), said.id, Outcome.DISMISSED, "属实") == [
            "objecting.own"
        ]
    county = workspace.acting_as(COUNTY)
    assert refusal(objecting.settle, county, said.id, Outcome.DISMISSED, " ") == ["objecting.reason_needed"]
    assert refusal(objecting.settle, county, said.id, Outcome.OPEN, "x") == ["objecting.reason_needed"]
    assert refusal(objecting.settle, county, "f" * 32, Outcome.UPHELD, "x") == ["objecting.unknown"]
    settled = objecting.settle(county, said.id[:8], Outcome.DISMISSED, "台账缺三个月")
    assert (settled.settled_by, settled.settled_on) == (COUNTY, workspace.today())
    assert refusal(objecting.settle, county, said.id, Outcome.UPHELD, "再想想") == ["objecting.settled"]


def test_an_appeal_that_is_upheld_sends_the_file_back_and_the_next_revision_is_free_of_it(workspace):
    row = brought(workspace, scored(workspace).id, Stage.REVIEWED)
    office, third = workspace.acting_as(OFFICE), workspace.acting_as("吴科长")
    said = put(workspace, row, item="A2")
    assert refusal(deciding.decide, office, row.id, approve=True) == ["deciding.open_appeals"]
    objecting.settle(third, said.id, Outcome.UPHELD, "抽样确有遗漏")
    assert refusal(deciding.decide, office, row.id, approve=True) == ["objecting.upheld"]
    returning.send_back(office, row.id, {"A2": "按申诉重新抽样"})
    assessing.finish_assessment(workspace, row.id)
    deciding.review(workspace.acting_as(COUNTY), row.id)
    assert deciding.decide(office, row.id, approve=True).stage is Stage.APPROVED


def test_an_objection_that_is_upheld_stays_with_the_result_also_in_another_notice(workspace, clock):
    row = brought(workspace, scored(workspace).id, Stage.APPROVED)
    office = workspace.acting_as(OFFICE)
    batch = published(office, [row.id])
    said = put(office, row, ObjectionKind.OBJECTION)
    objecting.settle(office, said.id, Outcome.UPHELD, "台账是借的")
    naming.take_out(office, row.id, reason="异议成立")
    again = published(office, [row.id], title="第二批", ended=True)
    today = workspace.today()
    named = {"document_number": "5号", "named_on": today}
    assert refusal(naming.name_batch, office, again.id, **named) == ["objecting.upheld"]
    assert naming.batch(office, batch.id).members == 0
    assert deciding.decide(office, row.id, approve=False, remarks="台账不实").stage is Stage.REJECTED
