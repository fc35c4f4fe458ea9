"""Acts of other devices, put into a journal the way an import would: in any order, with whatever they replace."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.database import Database
from wufei_cells.store.projection import project_cells

Name = tuple[str, int]
"""Names an act anywhere: the device's uuid and the number there."""


@dataclass(frozen=True)
class Act:
    """One act as every device knows it."""

    device: str
    seq: int
    kind: str
    entity: str
    cell: str
    lamport: int
    value: JsonValue
    replaces: tuple[Name, ...]
    author: str = "somebody elsewhere"
    at: str = "2026-11-02T00:00:00+00:00"

    @property
    def name(self) -> Name:
        return self.device, self.seq


def take_in(database: Database, acts: Iterable[Act]) -> None:
    """Write acts into the journal and bring the cells they touch up to date."""
    arrived = list(acts)
    with database.writing() as connection:
        for act in arrived:
            _write(connection, act)
        project_cells(connection, sorted({(act.entity, act.cell) for act in arrived}))


def acts_in(database: Database) -> dict[Name, Act]:
    """Read a journal back."""
    with database.reading() as connection:
        uuids = {row.id: row.uuid for row in connection.execute(select(tables.device))}
        further: dict[tuple[int, int], list[Name]] = {}
        for row in connection.execute(select(tables.further_replacement)):
            further.setdefault((row.device, row.seq), []).append((uuids[row.replaced_device], row.replaced_seq))
        acts: dict[Name, Act] = {}
        for row in connection.execute(select(tables.act)):
            first = [(uuids[row.replaced_device], row.replaced_seq)] if row.replaced_device is not None else []
            replaces = tuple(first + further.get((row.device, row.seq), []))
            place = (row.kind, row.entity, row.cell, row.lamport)
            act = Act(uuids[row.device], row.seq, *place, json.loads(row.value), replaces, row.author, row.at)
            acts[act.name] = act
    return acts


def _write(connection: Connection, act: Act) -> None:
    first, *others = [(_number(connection, uuid), seq) for uuid, seq in act.replaces] or [(None, None)]
    number = _number(connection, act.device)
    connection.execute(
        insert(tables.act).values(
            device=number,
            seq=act.seq,
            kind=act.kind,
            entity=act.entity,
            cell=act.cell,
            lamport=act.lamport,
            at=act.at,
            author=act.author,
            value=canonical_json(act.value),
            replaced_device=first[0],
            replaced_seq=first[1],
        )
    )
    for device, seq in others:
        further = {"device": number, "seq": act.seq, "replaced_device": device, "replaced_seq": seq}
        connection.execute(insert(tables.further_replacement).values(**further))


def _number(connection: Connection, uuid: str) -> int:
    found = connection.execute(select(tables.device.c.id).where(tables.device.c.uuid == uuid)).scalar()
    if found is None:
        connection.execute(insert(tables.device).values(uuid=uuid, name=uuid))
        return _number(connection, uuid)
    return found
