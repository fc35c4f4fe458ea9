"""What belongs into a package: which acts concern a site or a day, and which photos and papers acts name."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, func, select, text

from wufei_cells.store import tables
from wufei_cells.store.row_writing import read_lines

_act, _device, _bundle = tables.act, tables.device, tables.bundle
_READ_WITH = (
    "person",
    "profile",
    "edition",
    "edition_source",
    "edition_state",
    "template",
    "template_choice",
    "office_key",
    "enrolment",
    "revocation",
    "role",
)
"""Kinds of acts that it takes to read any other."""

_OF_SITE = (
    select(tables.assessment.c.id).where(tables.assessment.c.site == bindparam("of_site")),
    select(tables.certificate.c.id).where(tables.certificate.c.site == bindparam("of_site")),
)
_OF_ASSESSMENTS = (
    select(tables.finding.c.id).where(tables.finding.c.assessment.in_(bindparam("of", expanding=True))),
    select(tables.signature.c.id).where(tables.signature.c.assessment.in_(bindparam("of", expanding=True))),
    select(tables.assessment.c.id).where(tables.assessment.c.part_of.in_(bindparam("of", expanding=True))),
    select(tables.evidence.c.file).where(tables.evidence.c.assessment.in_(bindparam("of", expanding=True))),
)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A photo or a paper, and an act that names it."""

    sha256: str
    device: str
    seq: int
    paper: bool


def entities_of_site(connection: Connection, site: str) -> set[str]:
    """Give what acts about a site are about: itself, its assessments, and what hangs on these."""
    found = {site}
    for query in _OF_SITE:
        found |= set(connection.execute(query, {"of_site": site}).scalars())
    for query in _OF_ASSESSMENTS:
        found |= set(connection.execute(query, {"of": sorted(found)}).scalars())
    return found


def acts_about(connection: Connection, entities: Collection[str]) -> Iterator[tuple[str, int]]:
    """Give the acts about some entities, and those that it takes to read them, by device and number."""
    about = _act.c.entity.in_(sorted(entities))
    query = select(_device.c.uuid, _act.c.seq).join(_device, _device.c.id == _act.c.device)
    for row in connection.execute(query.where(about)):
        yield row.uuid, row.seq
    for row in connection.execute(query.where(_act.c.kind.in_(_READ_WITH))):
        yield row.uuid, row.seq


def bundles_since(connection: Connection, day: str) -> frozenset[str]:
    """Give the bundles with an act that claims to be of a day or later, by hash.

    Args:
        connection: the transaction.
        day: ISO 8601; times are in UTC.
    """
    holds = and_(_act.c.device == _bundle.c.device, _act.c.seq.between(_bundle.c.first, _bundle.c.last))
    latest = select(func.max(_act.c.at)).where(holds).scalar_subquery()
    return frozenset(connection.execute(select(_bundle.c.hash).where(latest >= day)).scalars())


def named_files(connection: Connection) -> Iterator[NamedFile]:
    """Give every photo and paper that acts name; what was sent for it travels with the act."""
    for sha256, original, device, seq in read_lines(connection, _PIECES):
        yield NamedFile(sha256, device, seq, paper=False)
        if original:
            yield NamedFile(original, device, seq, paper=False)
    for record, device, seq in read_lines(connection, _PAPERS):
        if paper := json.loads(record).get("paper"):
            yield NamedFile(paper, device, seq, paper=True)


def files_of(connection: Connection, assessments: Collection[str]) -> set[str]:
    """Give the photos that stand under some assessments."""
    piece = tables.evidence
    return set(connection.execute(select(piece.c.file).where(piece.c.assessment.in_(sorted(assessments)))).scalars())


# CROSS JOIN: the few files and certificates lead, and not the whole journal.
_PIECES = text(
    "SELECT evidence_file.id, evidence_file.original, device.uuid, act.seq "
    "FROM evidence_file CROSS JOIN act CROSS JOIN device "
    "WHERE act.entity = evidence_file.id AND act.cell = 'file' AND act.aside IS NULL AND device.id = act.device"
)
_PAPERS = text(
    "SELECT certificate.record, device.uuid, act.seq FROM certificate CROSS JOIN act CROSS JOIN device "
    "WHERE act.entity = certificate.id AND act.cell = 'record' AND act.aside IS NULL AND device.id = act.device"
)
