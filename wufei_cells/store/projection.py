"""From acts to readable tables: one small function per kind of act.

A function gets the cell and its current value and writes the row; it looks at nothing else, so that the same
heads always give the same rows, in whatever order acts arrived.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, bindparam, delete, exists, insert, or_, select, update

from wufei_cells.checklists.document import canonical_json
from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables


@dataclass(frozen=True, slots=True)
class Head:
    """An unreplaced act of a cell."""

    device: int
    seq: int
    uuid: str
    kind: str
    lamport: int
    at: str
    author: str
    value: JsonValue


Fields = Mapping[str, JsonValue]
Projector = Callable[[Connection, str, str, Head], None]


_CLEAR_CONFLICT = delete(tables.conflict).where(
    tables.conflict.c.entity == bindparam("of_entity"), tables.conflict.c.cell == bindparam("of_cell")
)


def project_cell(connection: Connection, entity: str, cell: str, heads: Sequence[Head]) -> None:
    """Write what a cell says now: the value of its heads, or a provisional one and the conflict between them."""
    current = max(heads, key=lambda head: (head.lamport, head.uuid))
    values = {canonical_json(head.value) for head in heads}
    connection.execute(_CLEAR_CONFLICT, {"of_entity": entity, "of_cell": cell})
    if len(values) > 1:
        row = {"entity": entity, "cell": cell, "kind": current.kind, "distinct_values": len(values)}
        connection.execute(insert(tables.conflict), row)
    projector = PROJECTORS.get(current.kind)
    if projector:  # an act of a kind only newer programs know stays in the journal, unread
        projector(connection, entity, cell, current)


# --- one projector per kind


def _person(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    _write(connection, tables.person, {"id": entity}, {"name": _fields(head)["name"]})


def _edition(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    document = _fields(head)
    category = document["category"]
    assert isinstance(category, dict)
    values = {
        "key": document["key"],
        "edition": document["edition"],
        "category": category["key"],
        "effective_from": document["effective_from"],
        "document": canonical_json(head.value),
    }
    _write(connection, tables.edition, {"id": entity}, values)


def _profile(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    _write(connection, tables.profile, {"id": entity}, {"adopted_at": head.at, "document": canonical_json(head.value)})


def _site(connection: Connection, entity: str, cell: str, head: Head) -> None:
    _write(connection, tables.site, {"id": entity}, {cell: head.value})


def _site_fact(connection: Connection, entity: str, cell: str, head: Head) -> None:
    fact = cell.removeprefix("fact.")
    key = {"site": entity, "fact": fact}
    if head.value is None:
        connection.execute(delete(tables.site_fact).where(*_matches(tables.site_fact, key)))
    else:
        _write(connection, tables.site_fact, key, {"value": head.value})


def _assessment(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    fields = _fields(head)
    values = {
        "site": fields["site"],
        "edition": fields["edition"],
        "column": fields["column"],
        "assessors": canonical_json(fields["assessors"]),
        "visited_on": fields["visited_on"],
        "started_at": head.at,
    }
    _write(connection, tables.assessment, {"id": entity}, values)


def _assessment_state(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    fields = _fields(head)
    finished = "basis" in fields
    values: dict[str, JsonValue] = {
        "stage": fields["stage"],
        "facts": canonical_json(fields["facts"]) if finished else None,
        "total": fields.get("total"),
        "level": fields.get("level"),
        "passed": int(bool(fields["passed"])) if finished else None,
        "basis": fields.get("basis"),
        "decided_by": head.author if "decided" in fields else None,
        "decided_at": head.at if "decided" in fields else None,
        "remarks": fields.get("remarks", ""),
    }
    _write(connection, tables.assessment, {"id": entity}, values)


def _answer(connection: Connection, entity: str, cell: str, head: Head) -> None:
    fields = _fields(head)
    values = {
        "value": canonical_json(fields["value"]),
        "na": fields["na"],
        "note": fields["note"],
        "entry_hash": fields["entry"],
        "author": head.author,
        "at": head.at,
    }
    _write(connection, tables.answer, {"assessment": entity, "item": cell.removeprefix("answer.")}, values)


def _certificate(connection: Connection, entity: str, _cell: str, head: Head) -> None:
    fields = _fields(head)
    names = ("number", "site", "assessment", "category", "district", "issued_on", "valid_until")
    values = {name: fields[name] for name in names} | {"record": canonical_json(head.value)}
    _write(connection, tables.certificate, {"id": entity}, values)


PROJECTORS: dict[str, Projector] = {
    "person": _person,
    "edition": _edition,
    "profile": _profile,
    "site": _site,
    "site_fact": _site_fact,
    "assessment": _assessment,
    "assessment_state": _assessment_state,
    "answer": _answer,
    "certificate": _certificate,
}


# --- rebuilding


def rebuild(connection: Connection) -> None:
    """Make all readable tables anew from the journal."""
    tables.projection_metadata.drop_all(connection)
    tables.projection_metadata.create_all(connection)
    for entity, cell, heads in _all_heads(connection):
        rows = [{"entity": entity, "cell": cell, "device": head.device, "seq": head.seq} for head in heads]
        connection.execute(insert(tables.head), rows)
        project_cell(connection, entity, cell, heads)


def _all_heads(connection: Connection) -> Iterator[tuple[str, str, list[Head]]]:
    act, further = tables.act, tables.further_replacement
    later = act.alias("later")
    replaced = or_(
        exists().where(
            later.c.entity == act.c.entity,  # an act replaces acts of its own cell, which the index finds at once
            later.c.cell == act.c.cell,
            later.c.replaced_device == act.c.device,
            later.c.replaced_seq == act.c.seq,
        ),
        exists().where(further.c.replaced_device == act.c.device, further.c.replaced_seq == act.c.seq),
    )
    query = (
        select(act, tables.device.c.uuid)
        .join(tables.device, tables.device.c.id == act.c.device)
        .where(~replaced)
        .order_by(act.c.entity, act.c.cell)
    )
    rows = connection.execute(query).mappings().all()
    for (entity, cell), group in groupby(rows, key=lambda row: (str(row["entity"]), str(row["cell"]))):
        yield entity, cell, [head_of(row) for row in group]


def head_of(row: RowMapping) -> Head:
    """Read a head from a row of the journal joined with its device."""
    return Head(
        device=int(row["device"]),
        seq=int(row["seq"]),
        uuid=str(row["uuid"]),
        kind=str(row["kind"]),
        lamport=int(row["lamport"]),
        at=str(row["at"]),
        author=str(row["author"]),
        value=json.loads(str(row["value"])),
    )


# --- writing


def _fields(head: Head) -> Fields:
    assert isinstance(head.value, dict), head
    return head.value


def _matches(table: Table, key: Mapping[str, JsonValue]) -> list[ColumnElement[bool]]:
    return [table.c[name] == value for name, value in key.items()]


def _write(connection: Connection, table: Table, key: Mapping[str, JsonValue], values: Mapping[str, JsonValue]) -> None:
    """Update a row, or insert it when it is not there: two portable statements instead of a dialect's own upsert."""
    changed = connection.execute(update(table).where(*_matches(table, key)).values(**values))
    if not changed.rowcount:
        connection.execute(insert(table).values(**key, **values))
