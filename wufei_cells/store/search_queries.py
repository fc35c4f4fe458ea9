"""Read everything that can be searched for: rows of text, and which of them changed since somebody looked last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Row, Select, and_, or_, select

from wufei_cells.store import office_tables, tables
from wufei_cells.store.queries import IS_THERE

AT_ONCE = 5000
"""How many owners one query names; SQLite takes some more."""

Query: TypeAlias = "Select[*tuple[Any, ...]]"
Marks = Mapping[int, int]
"""By device: the number of its last act."""


class TextKind(StrEnum):
    """What a text belongs to."""

    SITE = "site"
    ASSESSMENT = "assessment"
    CERTIFICATE = "certificate"
    NOTE = "note"
    REASON = "reason"
    """Why an item does not apply."""
    BASIS = "basis"
    """What was seen where."""
    FINDING = "finding"
    EVIDENCE = "evidence"
    REMARK = "remark"
    """What was said at a review, a decision, or where something was sent back."""
    OBJECTION = "objection"
    """What was objected or appealed, and why it was settled so; never who objected."""
    EVENT = "event"
    """Why something happened to a certificate."""
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class TextRow:
    """The texts of one thing that people wrote, with where it belongs."""

    id: str
    """Unique within its kind."""
    owner: str
    """The entity whose acts change it."""
    texts: tuple[str, ...]
    """The weightier ones first."""
    site: str = ""
    assessment: str = ""
    item: str = ""
    at: str = ""
    """When it was written, or the day that is on it."""
    category: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """What has to be known of an assessment to show what was found in it."""

    site: str
    edition: str
    column: str
    part_of: str
    assessors: tuple[str, ...]
    stage: str
    batch: str = ""


# Kinds of acts, and the texts they change.
_CHANGES: dict[str, tuple[TextKind, ...]] = {
    "site": (TextKind.SITE,),
    "assessment": (TextKind.ASSESSMENT,),
    "assessment_state": (TextKind.ASSESSMENT, TextKind.REMARK),
    "certificate": (TextKind.CERTIFICATE,),
    "answer": (TextKind.NOTE, TextKind.REASON, TextKind.BASIS),
    "finding": (TextKind.FINDING,),
    "finding_check": (TextKind.FINDING,),
    "evidence": (TextKind.EVIDENCE,),
    "objection": (TextKind.OBJECTION,),
    "objection_settled": (TextKind.OBJECTION,),
    "certificate_event": (TextKind.EVENT,),
    "batch": (TextKind.BATCH,),
}


def marks(connection: Connection) -> dict[int, int]:
    """Give the number of every device's last act: when they are the same as before, nothing was written."""
    last = (
        select(tables.act.c.seq)
        .where(tables.act.c.device == tables.device.c.id)
        .order_by(tables.act.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    return {int(row[0]): int(row[1] or 0) for row in connection.execute(select(tables.device.c.id, last))}


def changed(connection: Connection, since: Marks, until: Marks) -> set[tuple[TextKind, str]]:
    """List the owners of texts that acts were written about since the marks were such."""
    act = tables.act
    found: set[tuple[TextKind, str]] = set()
    for device, last in until.items():
        before = since.get(device, 0)
        if last == before:
            continue
        query = select(act.c.kind, act.c.entity).where(act.c.device == device, act.c.seq > before).distinct()
        found |= {(kind, row.entity) for row in connection.execute(query) for kind in _CHANGES.get(row.kind, ())}
    return found


def texts(connection: Connection, kind: TextKind, owners: Sequence[str] | None = None) -> Iterator[TextRow]:
    """Give the texts of a kind, of all or some owners, the newest last; what says nothing is left out."""
    query, owner, read = _READERS[kind]
    asked = _about(query, owner, owners)
    found = chain.from_iterable(read(row) for one in asked for row in connection.execute(one))
    return (row for row in found if any(row.texts))


def sheets(connection: Connection, owners: Sequence[str] | None = None) -> Iterator[tuple[str, SheetRow]]:
    """Give how assessments stand, by their ids; their parts among them."""
    table = tables.assessment
    names = ("id", "site", "edition", "column", "part_of", "assessors", "stage", "batch")
    query = select(*(table.c[name] for name in names)).where(table.c.site != "")
    for one in _about(query, table.c.id, owners):
        for row in connection.execute(one):
            assessors = tuple(json.loads(row.assessors))
            yield (
                row.id,
                SheetRow(row.site, row.edition, row.column, row.part_of or "", assessors, row.stage, row.batch or ""),
            )


def _about(query: Query, owner: Column[Any], owners: Sequence[str] | None) -> list[Query]:
    if owners is None:
        return [query]
    starts = range(0, len(owners), AT_ONCE)
    return [query.where(owner.in_(owners[start : start + AT_ONCE])) for start in starts]


# --- one reader per kind


def _site(row: Row[Any]) -> Iterator[TextRow]:
    fields = (row.name, row.credit_code, row.address, row.contact, row.phone, row.note)
    yield TextRow(row.id, row.id, fields, site=row.id, category=row.category, district=row.district)


def _assessment(row: Row[Any]) -> Iterator[TextRow]:
    day = row.visited_on or row.started_at[:10]
    fields = (day, *json.loads(row.assessors), row.reviewer or "", row.decider or "")
    yield TextRow(row.id, row.id, fields, site=row.site, assessment=row.id, at=day)


def _certificate_row(row: Row[Any]) -> Iterator[TextRow]:
    yield TextRow(row.id, row.id, (row.number,), site=row.site, at=row.issued_on)


def _note(row: Row[Any]) -> Iterator[TextRow]:
    yield _said(row, row.note)


def _reason(row: Row[Any]) -> Iterator[TextRow]:
    yield _said(row, row.na)


def _basis(row: Row[Any]) -> Iterator[TextRow]:
    """Give what was seen where, and where the numbers come from."""
    said: list[str] = []
    for basis in json.loads(row.more).get("bases", {}).values():
        said += [seen["text"] for seen in basis["rows"] if seen["text"]]
        said += [basis[name] for name in ("source", "period") if basis[name]]
    yield _said(row, *said)


def _said(row: Row[Any], *said: str) -> TextRow:
    key = f"{row.assessment} {row.item}"
    return TextRow(key, row.assessment, said, assessment=row.assessment, item=row.item, at=row.at)


def _finding(row: Row[Any]) -> Iterator[TextRow]:
    fields = (row.text, row.action, row.responsible, row.check_note)
    if row.assessment:  # a check may be known here before the finding is
        yield TextRow(row.id, row.id, fields, assessment=row.assessment, item=row.item, at=row.at)


def _evidence(row: Row[Any]) -> Iterator[TextRow]:
    key = f"{row.assessment} {row.item} {row.file}"
    fields = (row.caption, row.name)
    yield TextRow(key, row.assessment, fields, assessment=row.assessment, item=row.item, at=row.at)


def _remark(row: Row[Any]) -> Iterator[TextRow]:
    """Give what was said as a whole, and what about which item."""
    state = json.loads(row.value)
    for item, said in (("", state.get("remarks", "")), *state.get("returned", {}).items()):
        if said:
            # What one state takes over from the one before is one text.
            key = f"{row.entity} {item} {said}"
            yield TextRow(key, row.entity, (said,), assessment=row.entity, item=item, at=row.at)


def _objection(row: Row[Any]) -> Iterator[TextRow]:
    if row.assessment:  # how it was settled may be known here before the objection is
        yield TextRow(row.id, row.id, (row.text, row.reason), assessment=row.assessment, item=row.item, at=row.at)


def _event(row: Row[Any]) -> Iterator[TextRow]:
    key, fields = f"{row.certificate} {row.id}", (row.reason, row.document_number)
    yield TextRow(key, row.certificate, fields, site=row.site, at=row.on)


def _batch(row: Row[Any]) -> Iterator[TextRow]:
    yield TextRow(row.id, row.id, (row.title, row.document_number), at=row.named_on or row.notice_from or "")


_answer = tables.answer.c
_PLACE = (_answer.assessment, _answer.item, _answer.at)
_NOTES = select(*_PLACE, _answer.note).where(_answer.note != "").order_by(_answer.lamport)
_REASONS = select(*_PLACE, _answer.na).where(_answer.na != "").order_by(_answer.lamport)
_BASES = select(*_PLACE, _answer.more).where(_answer.more.is_not(None)).order_by(_answer.lamport)
_sheet = tables.assessment
# Sheets of another column or assessor are found by what is in them; their whole stands for them here.
_decider, _reviewer = tables.person.alias("decider"), tables.person.alias("reviewer")
_WHOLES = (
    select(_sheet, _decider.c.name.label("decider"), _reviewer.c.name.label("reviewer"))
    .select_from(_sheet)
    .outerjoin(_decider, _decider.c.id == _sheet.c.decided_by)
    .outerjoin(_reviewer, _reviewer.c.id == _sheet.c.reviewed_by)
    .where(_sheet.c.part_of.is_(None), _sheet.c.site != "")
    .order_by(_sheet.c.lamport)
)
# Remarks of earlier rounds stand in the journal only. They are looked for by entity and cell, which an index finds.
_act = tables.act
_REMARKS = (
    select(_act.c.entity, _act.c.at, _act.c.value)
    .select_from(_sheet)
    .join(_act, and_(_act.c.entity == _sheet.c.id, _act.c.cell == "state"))
    .where(
        or_(
            and_(_act.c.value.like('%"remarks":"%'), _act.c.value.not_like('%"remarks":""%')),
            _act.c.value.like('%"returned":{"%'),
        )
    )
    .order_by(_act.c.lamport)
)
_OBJECTIONS = select(office_tables.objection).order_by(office_tables.objection.c.lamport)
_told = office_tables.certificate_event
_EVENTS = (
    select(_told, tables.certificate.c.site)
    .join(tables.certificate, tables.certificate.c.id == _told.c.certificate)
    .order_by(_told.c.lamport)
)
_BATCHES = select(office_tables.batch).order_by(office_tables.batch.c.lamport)
_FINDINGS = select(tables.finding).order_by(tables.finding.c.at)
_EVIDENCE = select(tables.evidence).order_by(tables.evidence.c.at)
_certificate = tables.certificate
_CERTIFICATES = select(_certificate).order_by(_certificate.c.issued_on, _certificate.c.lamport)
Reader = tuple[Query, Column[Any], Callable[[Row[Any]], Iterator[TextRow]]]
_READERS: dict[TextKind, Reader] = {
    TextKind.SITE: (select(tables.site).where(IS_THERE), tables.site.c.id, _site),
    TextKind.ASSESSMENT: (_WHOLES, _sheet.c.id, _assessment),
    TextKind.CERTIFICATE: (_CERTIFICATES, _certificate.c.id, _certificate_row),
    TextKind.NOTE: (_NOTES, _answer.assessment, _note),
    TextKind.REASON: (_REASONS, _answer.assessment, _reason),
    TextKind.BASIS: (_BASES, _answer.assessment, _basis),
    TextKind.FINDING: (_FINDINGS, tables.finding.c.id, _finding),
    TextKind.EVIDENCE: (_EVIDENCE, tables.evidence.c.assessment, _evidence),
    TextKind.REMARK: (_REMARKS, _sheet.c.id, _remark),
    TextKind.OBJECTION: (_OBJECTIONS, office_tables.objection.c.id, _objection),
    TextKind.EVENT: (_EVENTS, _told.c.certificate, _event),
    TextKind.BATCH: (_BATCHES, office_tables.batch.c.id, _batch),
}
