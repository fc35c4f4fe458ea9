"""The search over what the office writes: remarks, objections, events of certificates, batches, and who decided."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.samples.registers import COUNTY, OFFICE, brought, criteria_with_process, open_register, published, scored
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import browsing, deciding, objecting, returning, searching, supervising
from wufei_cells.services.searching import HitKind


@pytest.fixture
def workspace(tmp_path, clock):
    """A register of a city with the whole way."""
    opened = open_register(tmp_path, clock, given=criteria_with_process("small"))
    yield opened
    opened.close()


def only(workspace, words):
    """The one hit for some words."""
    hits = searching.search(workspace, words)
    assert len(hits) == 1, hits
    return hits[0]


def test_remarks_are_found_also_after_the_next_round(workspace):
    row = brought(workspace, scored(workspace).id, Stage.FINISHED)
    searching.prepare(workspace)
    county = workspace.acting_as(COUNTY)
    returning.send_back(county, row.id, {"A1": "台账缺三月"}, reason="请补齐后再报")
    found = only(workspace, "缺三月")
    assert (found.kind, found.target.assessment, found.target.item) == (HitKind.REMARK, row.id, "A1")
    assert only(workspace, "补齐").target.assessment == row.id
    brought(workspace, row.id, Stage.FINISHED)
    deciding.review(county, row.id, remarks="已经补齐")
    assert only(workspace, "缺三月").target.item == "A1"
    assert {hit.kind for hit in searching.search(workspace, "补齐")} == {HitKind.REMARK}
    assert HitKind.ASSESSMENT in {hit.kind for hit in searching.search(workspace, COUNTY)}


def test_an_objection_is_found_by_its_words_and_never_by_who_objected(workspace):
    row = brought(workspace, scored(workspace).id, Stage.APPROVED)
    published(workspace.acting_as(OFFICE), [row.id], title="2026年第一批")
    text = Objection(
        row.id, ObjectionKind.OBJECTION, "夜间有异味", workspace.today(), name="赵某某", contact="13900000000"
    )
    taken = objecting.take_in(workspace.acting_as(OFFICE), text)
    assert only(workspace, "异味").kind is HitKind.OBJECTION
    assert searching.search(workspace, "赵某某") == searching.search(workspace, "13900000000") == ()
    objecting.settle(workspace.acting_as("孙主任"), taken.id, Outcome.DISMISSED, "现场没有发现")
    assert only(workspace, "现场没有").target.assessment == row.id
    batch = only(workspace, "2026年第一批")
    assert (batch.kind, batch.target.assessment, batch.target.certificate) == (HitKind.BATCH, row.id, "")


def test_what_happened_to_a_certificate_leads_to_it(workspace, clock):
    row = brought(workspace, scored(workspace).id, Stage.CERTIFIED)
    certificate = browsing.list_certificates(workspace)[0]
    searching.prepare(workspace)
    clock.forward(days=1)
    event = Event(EventKind.SUSPEND, certificate.issued_on + timedelta(days=1), reason="垃圾混收")
    supervising.record_event(workspace.acting_as(OFFICE), certificate.id, event)
    found = only(workspace, "混收")
    assert (found.kind, found.target.certificate) == (HitKind.EVENT, certificate.id)
    assert [part.zh for part in found.where[:2]] == [row.site_name, certificate.number]
    assert only(workspace, "混收 甲单位") == found
    named = only(workspace, "山无废〔2026〕5号")
    assert (named.kind, named.target.certificate) == (HitKind.BATCH, certificate.id)
