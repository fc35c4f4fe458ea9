"""Notices and naming in batches: all of a batch or none, with everything that stands against it told at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.samples.registers import (
    OFFICE,
    add_site,
    brought,
    criteria_with_process,
    open_register,
    published,
    scored,
)
from tests.store.foreign import Act, take_in
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import browsing, certifying, checking, naming, returning

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path, clock):
    """The office's hands in the strict city."""
    opened = open_register(tmp_path, clock, given=criteria_with_process())
    yield opened.acting_as(OFFICE)
    opened.close()


@pytest.fixture
def three(office):
    """Three approved assessments."""
    assessor = office.acting_as("王敏")
    sites = [add_site(assessor, name) for name in ("甲单位", "乙单位", "丙单位")]
    return [brought(assessor, scored(assessor, site).id, Stage.APPROVED) for site in sites]


def problems(work, *arguments, **named):
    with pytest.raises(ProblemsFound) as error:
        work(*arguments, **named)
    return [(problem.code, problem.place) for problem in error.value.problems]


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    return error.value.code


def named(office, batch, **changed):
    said = {"document_number": "山无废〔2026〕5号", "named_on": office.today(), **changed}
    return naming.name_batch(office, batch.id, **said)


def test_a_notice_runs_its_days_and_all_of_it_is_told_that_is_wrong(office, three):
    first = office.today()
    bad = {"title": " ", "notice_from": first, "notice_until": first + 5 * DAY, "contact": " "}
    keys = [row.id for row in three]
    assert problems(naming.publish_notice, office, keys, **bad) == [
        ("naming.title_needed", "title"),
        ("noticing.contact", "contact"),
        ("noticing.period", "notice_until"),
    ]
    batch = published(office, keys)
    assert (batch.noticed, batch.members, batch.batch.notice_until) == (3, 3, first + 6 * DAY)
    assert [row.site_name for row in naming.members(office, batch.batch.title)] == ["丙单位", "乙单位", "甲单位"]


def test_one_site_that_cannot_be_in_it_keeps_all_out_and_is_named(office, three):
    returning.send_back(office, three[1].id, {"B1": "补联单"})
    assert problems(published, office, [row.id for row in three]) == [("step.notice", "乙单位")]
    assert naming.batches(office) == ()
    assert refusal(published, office, []) == "naming.nobody"


def test_a_site_that_is_taken_out_is_not_named_with_the_others_and_can_be_in_the_next(office, three, clock):
    batch = published(office, [row.id for row in three])
    naming.take_out(office, three[0].id, reason="名称要更正")
    returning.send_back(office, three[1].id, {"B1": "补联单"})
    assert naming.batch(office, batch.id).members == 1
    clock.forward(days=6)
    assert refusal(named, office, batch) == "naming.notice_running"
    clock.forward(days=1)
    assert named(office, batch).named == 1
    assert [browsing.assessment(office, row.id).stage for row in three] == [
        Stage.APPROVED,
        Stage.SCORING,
        Stage.NAMED,
    ]
    again = published(office, [three[0].id], title="第二批")
    assert [one.id for one in naming.batches(office)] == [again.id, batch.id]
    assert refusal(named, office, batch) == "naming.nobody"


def test_naming_tells_everything_that_is_wrong(office, three):
    batch = published(office, [three[0].id], ended=True)
    assert problems(named, office, batch, document_number=" ", named_on=office.today() + DAY) == [
        ("naming.document_needed", "document_number"),
        ("applying.day_to_come", "named_on"),
    ]


def test_batches_of_one_title_are_told_apart_by_their_ids(office, three):
    one, two = (published(office, [row.id]) for row in three[:2])
    assert refusal(naming.batch, office, "第一批") == "naming.several_batches"
    assert refusal(naming.batch, office, "没有") == "naming.unknown_batch"
    assert naming.batch(office, one.id[:8]).id == one.id
    assert naming.batch(office, two.id).id == two.id


def test_two_devices_that_name_a_batch_differently_are_a_conflict_on_it_until_it_is_corrected(office, three):
    batch = published(office, [three[0].id], ended=True)
    done = named(office, batch)
    other = {"title": "第一批", "notice_from": None, "notice_until": None, "contact": "0391-12345"}
    other |= {"document_number": "6号", "named_on": office.today().isoformat()}
    take_in(office.database, [Act("laptop", 1, "batch", batch.id, "batch", 900, other, ())])
    assert naming.batch(office, batch.id).values == 2
    assert refusal(certifying.issue_certificate, office, three[0].id) == "naming.batch_disputed"
    settled = naming.correct_batch(
        office, batch.id, document_number=done.batch.document_number, named_on=office.today()
    )
    assert (settled.values, settled.batch.document_number) == (1, "山无废〔2026〕5号")
    assert certifying.issue_certificate(office, three[0].id).document_number == "山无废〔2026〕5号"
    assert naming.batch(office, batch.id).certified == 1
    assert checking.doctor(office).sound


def test_only_a_named_batch_has_a_document_to_correct(office, three):
    batch = published(office, [three[0].id])
    again = {"document_number": "6号", "named_on": office.today()}
    assert refusal(naming.correct_batch, office, batch.id, **again) == "naming.not_named"
