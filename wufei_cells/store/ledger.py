"""Readings of the whole journal: history of an entity, digests over what is known, proof of the projection."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, and_, bindparam, func, or_, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.database import Database
from wufei_cells.store.projection import FilledRow, rebuild, rows_from_journal
from wufei_cells.store.queries import people

_DIGESTED = ("seq", "kind", "entity", "cell", "lamport", "at", "author", "value")


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One act as people read it: who set what, when, on which device, from which value to which."""

    at: datetime
    author: str
    device: str
    kind: str
    cell: str
    old: JsonValue
    new: JsonValue


def history(connection: Connection, entity: str) -> tuple[HistoryRow, ...]:
    """List the acts on an entity, oldest first."""
    act, device = tables.act, tables.device
    query = (
        select(act, device.c.uuid, device.c.name.label("device_name"))
        .join(device, device.c.id == act.c.device)
        .where(act.c.entity == entity)
        .order_by(act.c.lamport, device.c.uuid, act.c.seq)
    )
    rows = connection.execute(query).mappings().all()
    values = {(row["device"], row["seq"]): json.loads(row["value"]) for row in rows}
    names = people(connection)
    return tuple(
        HistoryRow(
            at=datetime.fromisoformat(row["at"]),
            author=names.get(row["author"]) or row["author"],
            device=row["device_name"],
            kind=row["kind"],
            cell=row["cell"],
            old=values.get((row["replaced_device"], row["replaced_seq"])),
            new=values[row["device"], row["seq"]],
        )
        for row in rows
    )


def count_acts(connection: Connection) -> int:
    """Count the acts in the journal."""
    return int(connection.execute(select(func.count()).select_from(tables.act)).scalar_one())


def digest(connection: Connection) -> str:
    """Hash everything the journal holds: the same on every machine that holds the same acts."""
    act, device = tables.act, tables.device
    uuids = {row.id: row.uuid for row in connection.execute(select(device.c.id, device.c.uuid))}
    further: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in connection.execute(select(tables.further_replacement)):
        further.setdefault((row.device, row.seq), []).append((row.replaced_device, row.replaced_seq))
    query = select(act).where(act.c.device == bindparam("of_device")).order_by(act.c.seq)
    total = hashlib.sha256()
    for number, uuid in sorted(uuids.items(), key=lambda entry: entry[1]):
        rows = connection.execute(query, {"of_device": number}, execution_options={"yield_per": 1000})
        for row in rows.mappings():
            replaced = [(row["replaced_device"], row["replaced_seq"])] if row["replaced_device"] is not None else []
            replaced += further.get((row["device"], row["seq"]), [])
            fields: dict[str, object] = {name: row[name] for name in _DIGESTED}
            named = sorted([uuids[of], seq] for of, seq in replaced)
            total.update(canonical_json({**fields, "device": uuid, "replaced": named}).encode() + b"\n")
    return total.hexdigest()


def basis(connection: Connection, *, assessment: str, site: str) -> str:
    """Hash the standing acts a result rests on: the assessment's header and answers, and the facts of its site."""
    head, device = tables.head, tables.device
    of_assessment = and_(head.c.entity == assessment, head.c.cell != "state")
    of_site = and_(head.c.entity == site, head.c.cell.startswith("fact."))
    query = (
        select(head.c.entity, head.c.cell, device.c.uuid, head.c.seq)
        .join(device, device.c.id == head.c.device)
        .where(or_(of_assessment, of_site))
    )
    return basis_of((row.entity, row.cell, row.uuid, row.seq) for row in connection.execute(query))


def basis_of(standing: Iterable[tuple[str, str, str, int]]) -> str:
    """Hash standing acts: entity, cell, device and number of each, in whatever order they come."""
    rows = sorted(tuple(str(part) for part in row) for row in standing)
    return hashlib.sha256(canonical_json(rows).encode()).hexdigest()


# --- proof of the projection


def projection_differences(connection: Connection) -> tuple[str, ...]:
    """Make the rows of the readable tables anew from the journal and name the tables that hold others."""
    found = {table: _content(connection, table) for table in tables.projection_metadata.sorted_tables}
    differing: set[str] = set()
    for table, row in rows_from_journal(connection):
        if table.name not in differing and next(found[table], None) != _values(table, row):
            differing.add(table.name)
    differing |= {table.name for table, rest in found.items() if next(rest, None) is not None}
    return tuple(table.name for table in found if table.name in differing)


def repair_projection(database: Database) -> None:
    """Make the readable tables anew from the journal, in one transaction."""
    with database.writing() as connection:
        rebuild(connection)


def _values(table: Table, row: FilledRow) -> tuple[object, ...]:
    return tuple(row[column.name] for column in table.columns)


def _content(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(query, execution_options={"yield_per": 1000}):
        yield tuple(row)
