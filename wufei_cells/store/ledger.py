"""Readings of the whole journal: history of an entity, digests over what is known, proof of the projection."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Table, and_, func, insert, or_, select

from wufei_cells.checklists.document import canonical_json
from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables
from wufei_cells.store.database import Database, memory_database
from wufei_cells.store.projection import rebuild
from wufei_cells.store.queries import people


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
        .order_by(act.c.lamport, device.c.uuid)
    )
    rows = connection.execute(query).mappings().all()
    values = {(row["device"], row["seq"]): json.loads(row["value"]) for row in rows}
    names = people(connection)
    return tuple(
        HistoryRow(
            at=datetime.fromisoformat(row["at"]),
            author=names.get(row["author"], row["author"]),
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
    act = tables.act
    uuids, further = _uuids(connection), _further(connection)
    total = hashlib.sha256()
    lines = (
        _act_line(row, uuids, further)
        for row in connection.execution_options(yield_per=5000).execute(select(act)).mappings()
    )
    for line in sorted(lines):
        total.update(line.encode())
        total.update(b"\n")
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
    rows = sorted(tuple(str(part) for part in row) for row in connection.execute(query))
    return hashlib.sha256(canonical_json(rows).encode()).hexdigest()


def _act_line(row: RowMapping, uuids: dict[int, str], further: dict[tuple[int, int], list[list[str | int]]]) -> str:
    replaced: list[list[str | int]] = list(further.get((row["device"], row["seq"]), []))
    if row["replaced_device"] is not None:
        replaced.append([uuids[row["replaced_device"]], row["replaced_seq"]])
    names = ("seq", "kind", "entity", "cell", "lamport", "at", "author", "value")
    fields: dict[str, object] = {name: row[name] for name in names}
    return canonical_json({**fields, "device": uuids[row["device"]], "replaced": sorted(replaced, key=str)})


def _uuids(connection: Connection) -> dict[int, str]:
    return {row.id: row.uuid for row in connection.execute(select(tables.device.c.id, tables.device.c.uuid))}


def _further(connection: Connection) -> dict[tuple[int, int], list[list[str | int]]]:
    uuids = _uuids(connection)
    found: dict[tuple[int, int], list[list[str | int]]] = {}
    for row in connection.execute(select(tables.further_replacement)):
        found.setdefault((row.device, row.seq), []).append([uuids[row.replaced_device], row.replaced_seq])
    return found


# --- proof of the projection


def projection_differences(database: Database) -> tuple[str, ...]:
    """Rebuild the readable tables from the journal beside the real ones and name the tables that differ."""
    copy = memory_database()
    with database.reading() as source, copy.writing() as target:
        for table in tables.journal_metadata.sorted_tables:
            target.execute(table.delete())
            rows = [dict(row) for row in source.execute(select(table)).mappings()]
            if rows:
                target.execute(insert(table), rows)
        rebuild(target)
        return tuple(
            table.name
            for table in tables.projection_metadata.sorted_tables
            if _content(source, table) != _content(target, table)
        )


def repair_projection(database: Database) -> None:
    """Make the readable tables anew from the journal, in one transaction."""
    with database.writing() as connection:
        rebuild(connection)


def _content(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    query = select(table).order_by(*table.primary_key.columns)
    return [tuple(row) for row in connection.execute(query)]
