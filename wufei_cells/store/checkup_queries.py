"""Read what the X-rays need, of some sheets or of all of the register, in a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, func, or_, select

from wufei_cells.domain.signatures import Signer
from wufei_cells.store import office_tables, tables
from wufei_cells.store.assessment_queries import JUDGED, Judgement, judgement_in
from wufei_cells.store.ledger import basis_of
from wufei_cells.store.queries import day_in

_assessment = tables.assessment
_answer = tables.answer
_piece = tables.evidence
_file = tables.evidence_file
_head = tables.head
_act = tables.act

Wanted = Collection[str] | None
"""The ids that are asked for; ``None``: all."""


def _of(query: Select[*tuple[Any, ...]], column: Column[Any], wanted: Wanted) -> Select[*tuple[Any, ...]]:
    return query if wanted is None else query.where(column.in_(list(wanted)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence where it stands."""

    sheet: str
    item: str
    file: str
    name: str
    until: date | None
    is_photo: bool
    taken_at: datetime | None
    likeness: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, without what was drawn."""

    sheet: str
    name: str
    part: Signer
    basis: str


def judgements(connection: Connection, sheets: Wanted) -> dict[str, dict[str, Judgement]]:
    """Give the answers of sheets, by sheet and item."""
    found: dict[str, dict[str, Judgement]] = {}
    query = _of(select(_answer.c.assessment, *JUDGED), _answer.c.assessment, sheets)
    for row in connection.execute(query).mappings():
        found.setdefault(row["assessment"], {})[row["item"]] = judgement_in(row)
    return found


def sealed_facts(connection: Connection, sheets: Wanted) -> dict[str, Mapping[str, str]]:
    """Give the facts on which finished sheets rest, by sheet."""
    query = _of(select(_assessment.c.id, _assessment.c.facts), _assessment.c.id, sheets)
    return {row.id: json.loads(row.facts) for row in connection.execute(query.where(_assessment.c.facts.is_not(None)))}


def pieces(connection: Connection, sheets: Wanted) -> dict[str, list[Piece]]:
    """Give the evidence of sheets, by sheet."""
    query = select(
        *(_piece.c[name] for name in ("assessment", "item", "file", "name", "until")),
        *(_file.c[name] for name in ("media_type", "taken_at", "likeness")),
    ).outerjoin_from(_piece, _file, _file.c.id == _piece.c.file)
    found: dict[str, list[Piece]] = {}
    ordered = _of(query, _piece.c.assessment, sheets).order_by(_piece.c.item, _piece.c.at, _piece.c.file)
    for row in connection.execute(ordered):
        piece = Piece(
            sheet=row.assessment,
            item=row.item,
            file=row.file,
            name=row.name,
            until=day_in(row.until),
            is_photo=(row.media_type or "").startswith("image/"),
            taken_at=datetime.fromisoformat(row.taken_at) if row.taken_at else None,
            likeness=row.likeness or "",
        )
        found.setdefault(row.assessment, []).append(piece)
    return found


def signatures(connection: Connection, sheets: Wanted) -> dict[str, list[Signed]]:
    """Give who has signed sheets, by sheet."""
    table = tables.signature
    query = _of(select(table.c.assessment, table.c.name, table.c.part, table.c.basis), table.c.assessment, sheets)
    found: dict[str, list[Signed]] = {}
    for row in connection.execute(query.order_by(table.c.at, table.c.id)):
        found.setdefault(row.assessment, []).append(Signed(row.assessment, row.name, Signer(row.part), row.basis))
    return found


def authors(connection: Connection, sheets: Wanted) -> dict[str, frozenset[str]]:
    """Give the names of those who wrote the answers that stand, by sheet."""
    person = tables.person
    name = func.coalesce(person.c.name, _answer.c.author).label("name")
    query = select(_answer.c.assessment, name).outerjoin_from(_answer, person, person.c.id == _answer.c.author)
    found: dict[str, set[str]] = {}
    for row in connection.execute(_of(query, _answer.c.assessment, sheets).distinct()):
        found.setdefault(row.assessment, set()).add(row.name)
    return {sheet: frozenset(names) for sheet, names in found.items()}


def applied(connection: Connection, sheets: Wanted) -> frozenset[str]:
    """Give the assessments that go back to an application."""
    table = office_tables.application
    return frozenset(connection.execute(_of(select(table.c.assessment), table.c.assessment, sheets)).scalars())


def conflicts(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Give the cells of which several values stand, by entity; what was written of a finding goes by its assessment."""
    table, finding = tables.conflict, tables.finding
    entity = func.coalesce(func.nullif(finding.c.assessment, ""), table.c.entity).label("place")
    query = (
        select(entity, table.c.cell, finding.c.item)
        .select_from(table)
        .outerjoin(finding, finding.c.id == table.c.entity)
        .order_by(table.c.entity, table.c.cell)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in connection.execute(query):
        cell = row.cell if row.item is None else f"finding.{row.item}"
        found[row.place] = (*found.get(row.place, ()), cell)
    return found


def last_written(connection: Connection, sheets: Wanted) -> dict[str, date]:
    """Give the day of the latest standing act on sheets, as its writer's clock had it."""
    query = select(_head.c.entity, func.max(_act.c.at).label("at")).join(
        _act, and_(_act.c.device == _head.c.device, _act.c.seq == _head.c.seq)
    )
    chosen = select(_assessment.c.id) if sheets is None else list(sheets)
    rows = connection.execute(query.where(_head.c.entity.in_(chosen)).group_by(_head.c.entity))
    return {row.entity: datetime.fromisoformat(row.at).date() for row in rows}


def bases(connection: Connection, sites: Mapping[str, str]) -> dict[str, str]:
    """Give what ``ledger.basis`` gives, for many sheets at once.

    Args:
        connection: the transaction.
        sites: by sheet, its site.
    """
    if not sites:
        return {}
    query = (
        select(_head.c.entity, _head.c.cell, tables.device.c.uuid, _head.c.seq)
        .join(tables.device, tables.device.c.id == _head.c.device)
        .where(_head.c.cell != "state")
    )
    few = len(sites) <= _FEW
    if few:
        query = query.where(_head.c.entity.in_([*sites, *set(sites.values())]))
    else:
        known = or_(_head.c.entity.in_(select(_assessment.c.id)), _head.c.cell.startswith("fact."))
        query = query.where(known)
    by_entity: dict[str, list[tuple[str, str, str, int]]] = {}
    for entity, cell, device, seq in connection.execute(query):
        by_entity.setdefault(entity, []).append((entity, cell, device, seq))
    of_sites = {site: [row for row in by_entity.get(site, ()) if row[1].startswith("fact.")] for site in sites.values()}
    return {sheet: basis_of([*by_entity.get(sheet, ()), *of_sites[site]]) for sheet, site in sites.items()}


_FEW = 500
"""More ids than this are not worth naming one by one."""
