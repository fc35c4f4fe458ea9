"""What the X-rays look for, brought about on a real register: each cause, and after it what mends it."""

from __future__ import annotations

import json
from datetime import date

from tests.evidence.conftest import camera_tags, scene, written
from tests.samples import editions
from tests.samples.registers import add_site, scored, words_of
from tests.services.teams import LI, pair, started
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.applications import Application
from wufei_cells.domain.checkups import DAYS_STILL, Check
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.signatures import Signer
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import (
    applying,
    assessing,
    browsing,
    carrying_over,
    certifying,
    checkups,
    deciding,
    evidencing,
    finding_faults,
    objecting,
    signing_off,
    supervising,
    teaming,
)
from wufei_cells.store import queries
from wufei_cells.store.journal import Draft

TODAY = date(2026, 11, 2)
STROKES = (((10, 20), (300, 180)),)
OFFICE, COUNTY = "周主任", "吴科长"


def lay_down(workspace, **process: str) -> None:
    """Change the city's way of certifying."""
    with workspace.database.writing() as connection:
        profile = json.loads(queries.profile_document(connection))
        changed = {**profile, "process": {**profile.get("process", {}), **process}}
        workspace.write(connection, [Draft("profile", queries.REGISTER, "profile", changed)])


def found(workspace, assessment) -> set[Check]:
    return {hint.check for hint in checkups.of_file(workspace, assessment)}


def finished(workspace, **other):
    row = scored(workspace, **other)
    assessing.finish_assessment(workspace, row.id)
    return row


def approved(workspace):
    row = finished(workspace)
    deciding.decide(workspace.acting_as(OFFICE), row.id, approve=True)
    return row


def certified(workspace):
    row = approved(workspace)
    certificate = certifying.issue_certificate(workspace, row.id)
    return row, certificate.id


def late_answer(workspace, assessment, value="no", *, seq=1, replaces=None):
    """An answer of another device that takes the place of the one that stands."""
    standing = browsing.sheet(workspace, assessment).answers["B1"].heads[0]
    said = {"value": value, "na": None, "note": "", "entry": words_of(workspace, assessment, "B1")}
    replaced = ((standing.device, standing.seq),) if replaces is None else replaces
    take_in(workspace.database, [Act("laptop", seq, "answer", assessment, "answer.B1", 900 + seq, said, replaced)])


def photo(seed=1, taken="2026:11:02 09:00:00", **how) -> bytes:
    return written(scene(seed), exif=camera_tags(taken, place=None), **how)


def put(workspace, assessment, *contents, item="B1"):
    named = [(f"{at}.jpg" if one[:2] == b"\xff\xd8" else f"{at}.pdf", one) for at, one in enumerate(contents)]
    return evidencing.attach(workspace, assessment, [item], named).taken


# --- the causes, each with what mends it


def evidence_missing(workspace, _clock):
    asking = editions.small("2")
    editions.entry(asking, "B1")["evidence_required"] = "full"
    editions.publish(workspace, asking)
    row = scored(workspace)
    yield row.id
    put(workspace, row.id, b"%PDF-1.7")


def evidence_named(workspace, _clock):
    asking = editions.small("2")
    editions.entry(asking, "B1")["evidence"] = {"zh": "收运合同", "en": "Contract"}
    editions.publish(workspace, asking)
    row = scored(workspace)
    yield row.id
    put(workspace, row.id, b"%PDF-1.7")


def evidence_expired(workspace, clock):
    row = scored(workspace)
    [piece] = put(workspace, row.id, b"%PDF-1.7")
    evidencing.set_until(workspace, row.id, piece, TODAY)
    assert found(workspace, row.id) == set()
    clock.forward(days=1)
    yield row.id
    evidencing.set_until(workspace, row.id, piece, date(2027, 11, 2))


def photo_time(workspace, _clock):
    row = assessing.start_assessment(workspace, add_site(workspace).id, visited_on=TODAY)
    [piece] = put(workspace, row.id, photo(taken="2026:10:30 09:00:00"))
    yield row.id
    evidencing.detach(workspace, row.id, piece)
    put(workspace, row.id, photo())


def photo_same(workspace, _clock):
    row, other = started(workspace), started(workspace, "乙单位")
    for one in (row, other):
        put(workspace, one.id, photo())
    yield row.id
    [piece] = {one.file.id for one in evidencing.list_evidence(workspace, other.id)}
    evidencing.detach(workspace, other.id, piece)


def photo_alike(workspace, _clock):
    row, other = started(workspace), started(workspace, "乙单位")
    put(workspace, row.id, photo())
    [piece] = put(workspace, other.id, photo(quality=60))
    yield row.id
    evidencing.detach(workspace, other.id, piece)


def edge_mark(workspace, _clock):
    row = scored(workspace, A2=Answer({"part": "85", "whole": "100"}))
    yield row.id
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "86", "whole": "100"}))


def edge_level(workspace, _clock):
    row = scored(workspace, A2=Answer({"part": "89", "whole": "100"}))
    yield row.id
    assessing.record_answer(workspace, row.id, "A2", Answer({"part": "90", "whole": "100"}))


def na_share(workspace, _clock):
    row = scored(workspace, B1=Answer(None, "没有食堂"))
    yield row.id
    assessing.record_answer(workspace, row.id, "B1", Answer("yes"))


def reviewed_own(workspace, _clock):
    row = finished(workspace)
    deciding.review(workspace, row.id)
    yield row.id
    assessing.reopen_assessment(workspace, row.id, reason="换人初审")
    assessing.finish_assessment(workspace, row.id)
    deciding.review(workspace.acting_as(COUNTY), row.id)


def decided_own(workspace, _clock):
    row = finished(workspace)
    deciding.decide(workspace, row.id, approve=True)
    yield row.id
    assessing.reopen_assessment(workspace, row.id, reason="换人认定")
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace.acting_as(OFFICE), row.id, approve=True)


def decided_reviewed(workspace, _clock):
    row = finished(workspace)
    deciding.review(workspace.acting_as(COUNTY), row.id)
    deciding.decide(workspace.acting_as(COUNTY), row.id, approve=True)
    yield row.id
    assessing.reopen_assessment(workspace, row.id, reason="换人认定")
    assessing.finish_assessment(workspace, row.id)
    deciding.review(workspace.acting_as(COUNTY), row.id)
    deciding.decide(workspace.acting_as(OFFICE), row.id, approve=True)


def assessors_few(workspace, _clock):
    row = scored(workspace)
    lay_down(workspace, assessors="2")
    yield row.id
    lay_down(workspace, assessors="1")


def basis_changed(workspace, _clock):
    row = finished(workspace)
    late_answer(workspace, row.id)
    yield row.id
    assessing.reopen_assessment(workspace, row.id, reason="重新核对")
    assessing.finish_assessment(workspace, row.id)


def seal_broken(workspace, _clock):
    row = approved(workspace)
    late_answer(workspace, row.id)
    yield row.id
    late_answer(workspace, row.id, "yes", seq=2)


def signature_stale(workspace, _clock):
    row = scored(workspace)
    given = signing_off.sign(workspace, row.id, LI, Signer.UNIT, STROKES)
    assert found(workspace, row.id) == set()
    assessing.record_answer(workspace, row.id, "B1", Answer("yes", note="看过台账"))
    yield row.id
    signing_off.remove(workspace, given.id)
    signing_off.sign(workspace, row.id, LI, Signer.UNIT, STROKES)


def signatures_few(workspace, _clock):
    row = finished(workspace)
    signing_off.sign(workspace, row.id, LI, Signer.UNIT, STROKES)
    yield row.id
    signing_off.sign(workspace, row.id, workspace.person.name, Signer.ASSESSOR, STROKES)


def blind_unused(workspace, _clock):
    row = started(workspace)
    pair(workspace, row.id)
    yield row.id
    teaming.take_over_agreed(workspace, row.id)


def conflict(workspace, _clock):
    row = scored(workspace)
    late_answer(workspace, row.id, replaces=())
    yield row.id
    assessing.record_answer(workspace, row.id, "B1", Answer("yes"))


def edition_outdated(workspace, _clock):
    row = scored(workspace)
    editions.publish(workspace, editions.small("2"))
    yield row.id
    carrying_over.carry_over(workspace, row.id)


def finding_overdue(workspace, clock):
    row = scored(workspace)
    said = FindingDraft(text="没有台账", due="2026-11-03")
    finding = finding_faults.record_finding(workspace, row.id, said)
    clock.forward(days=1)
    assert found(workspace, row.id) == set()
    clock.forward(days=1)
    yield row.id
    finding_faults.check_again(workspace, finding.id, closed=True)


def finding_major(workspace, _clock):
    row = scored(workspace)
    finding = finding_faults.record_finding(workspace, row.id, FindingDraft(text="焚烧垃圾", severity="major"))
    yield row.id
    finding_faults.check_again(workspace, finding.id, closed=True)


def objection_overdue(workspace, clock):
    row = finished(workspace)
    said = Objection(row.id, ObjectionKind.APPEAL, "分数偏低", TODAY, due=date(2026, 11, 9))
    appeal = objecting.take_in(workspace, said)
    clock.forward(days=8)
    yield row.id
    objecting.settle(workspace.acting_as(OFFICE), appeal.id, Outcome.DISMISSED, "复核无误")


def application_missing(workspace, _clock):
    row = scored(workspace)
    lay_down(workspace, application="yes")
    yield row.id
    applying.apply(workspace, row.site, Application(TODAY, "赵院长", TODAY))


def stands_still(workspace, clock):
    row = scored(workspace)
    clock.forward(days=DAYS_STILL)
    assert found(workspace, row.id) == set()
    clock.forward(days=1)
    yield row.id
    assessing.record_answer(workspace, row.id, "B1", Answer("no"))


def certificate_due(workspace, clock):
    row, certificate = certified(workspace)
    clock.forward(days=365 * 3 - 100)
    yield row.id
    event = Event(EventKind.WITHDRAW, on=clock.moment.date(), reason="单位撤销")
    supervising.record_event(workspace, certificate, event)


def certificate_expired(workspace, clock):
    row, certificate = certified(workspace)
    clock.forward(days=365 * 4)
    yield row.id
    event = Event(EventKind.WITHDRAW, on=clock.moment.date(), reason="单位撤销")
    supervising.record_event(workspace, certificate, event)


def report_overdue(workspace, clock):
    row, certificate = certified(workspace)
    lay_down(workspace, report_by="03-30")
    clock.forward(days=200)
    yield row.id
    event = Event(EventKind.REPORT, on=clock.moment.date(), year=2026)
    supervising.record_event(workspace, certificate, event)


def order_overdue(workspace, clock):
    row, certificate = certified(workspace)
    order = Event(EventKind.ORDER, on=TODAY, until=date(2026, 11, 20), reason="台账不全")
    supervising.record_event(workspace, certificate, order)
    clock.forward(days=30)
    yield row.id
    event = Event(EventKind.MENDED, on=clock.moment.date(), reason="已补齐")
    supervising.record_event(workspace, certificate, event)


def certificate_review(workspace, clock):
    row, certificate = certified(workspace)
    take_in(workspace.database, [Act("e" * 32, 1, "evidence", row.id, f"evidence.{'c' * 64}.A1", 900, PIECE, ())])
    yield row.id
    clock.forward(days=1)
    event = Event(EventKind.WITHDRAW, on=clock.moment.date(), reason="单位撤销")
    supervising.record_event(workspace, certificate, event)


PIECE = {"name": "a.jpg", "caption": "门口"}
MENDED = (
    *(evidence_missing, evidence_named, evidence_expired, photo_time, photo_same, photo_alike),
    *(edge_mark, edge_level, na_share, reviewed_own, decided_own, decided_reviewed, assessors_few),
    *(basis_changed, seal_broken, signature_stale, signatures_few, blind_unused, conflict, edition_outdated),
    *(finding_overdue, finding_major, objection_overdue, application_missing, stands_still),
    *(certificate_due, certificate_expired, report_overdue, order_overdue, certificate_review),
)
LASTING = {Check.CERTIFICATE_TWICE, Check.CERTIFICATE_LOST, Check.CERTIFICATE_UNSIGNED, Check.NOT_CHECKED}
"""What is on record for good, or cannot be looked at; each has a test of its own."""
