"""From acts to readable tables: cell by cell as acts are written, or all of them anew from the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DefaultClause,
    Delete,
    Insert,
    Integer,
    RowMapping,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.progress import Report, silent
from wufei_cells.store import tables
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projectors import row_of

FilledRow = dict[str, JsonValue]

_BATCH = 1000

_CLEAR_CONFLICT = delete(tables.conflict).where(
    tables.conflict.c.entity == bindparam("of_entity"), tables.conflict.c.cell == bindparam("of_cell")
)


def project_cell(
    connection: Connection, entity: str, cell: str, heads: Sequence[Head], *, had_conflict: bool = True
) -> int:
    """Write what a cell says now: the value of its heads, or a provisional one and the conflict between them.

    Args:
        connection: the transaction.
        entity: whose cell it is.
        cell: its name.
        heads: its unreplaced acts, at least one.
        had_conflict: ``False`` when it is known that no conflict is on record, which spares a look.

    Returns:
        How many different values stand.
    """
    current, distinct = current_head(heads)
    if had_conflict:
        connection.execute(_CLEAR_CONFLICT, {"of_entity": entity, "of_cell": cell})
    if distinct > 1:
        connection.execute(insert(tables.conflict), _conflict_row(entity, cell, current, distinct))
    row = row_of(entity, cell, current)
    if row:
        _write(connection, row)
    return distinct


def current_head(heads: Sequence[Head]) -> tuple[Head, int]:
    """Choose the head whose value is shown, the same on every machine, and count the different values that stand."""
    if len(heads) == 1:
        return heads[0], 1
    current = max(heads, key=lambda head: (head.lamport, head.uuid))
    return current, len({canonical_json(head.value) for head in heads})


def _conflict_row(entity: str, cell: str, current: Head, distinct: int) -> FilledRow:
    return {"entity": entity, "cell": cell, "kind": current.kind, "distinct_values": distinct}


# --- from the journal


def rebuild(connection: Connection, report: Report = silent) -> None:
    """Make all readable tables anew from the journal, table by table in bulk; acts are what is reported."""
    tables.projection_metadata.drop_all(connection)
    tables.projection_metadata.create_all(connection)
    acts = int(connection.execute(select(func.count()).select_from(tables.act)).scalar_one())
    standing = 0
    waiting: dict[Table, list[FilledRow]] = {}
    for table, row in rows_from_journal(connection):
        rows = waiting.setdefault(table, [])
        rows.append(row)
        if len(rows) >= _BATCH:
            connection.execute(insert(table), rows)
            rows.clear()
            if table is tables.head:
                standing += _BATCH
                report(standing, acts)
    for table, rows in waiting.items():
        if rows:
            connection.execute(insert(table), rows)


def rows_from_journal(connection: Connection) -> Iterator[tuple[Table, FilledRow]]:
    """Give every row that the readable tables should hold, those of each table in the order of its primary key."""
    for entity, cells in groupby(_cells_in_journal(connection), key=lambda cell: cell[0]):
        merged: dict[tuple[JsonValue, ...], tuple[Table, FilledRow]] = {}
        for _entity, cell, heads in cells:
            for head in heads:
                yield tables.head, {"entity": entity, "cell": cell, "device": head.device, "seq": head.seq}
            current, distinct = current_head(heads)
            if distinct > 1:
                yield tables.conflict, _conflict_row(entity, cell, current, distinct)
            row = row_of(entity, cell, current)
            if row and row.values is not None:
                place = (row.table.name, *row.key.values())
                filled = merged.setdefault(place, (row.table, {**_defaults(row.table.name), **row.key}))
                filled[1].update(row.values)
        yield from merged.values()


def project_cells(connection: Connection, cells: Iterable[tuple[str, str]]) -> None:
    """Bring some cells up to date with the journal: for acts that came to it in any order."""
    for entity, cell in cells:
        [heads] = [found for _entity, _cell, found in _cells_in_journal(connection, entity, cell)]
        connection.execute(delete(tables.head).where(tables.head.c.entity == entity, tables.head.c.cell == cell))
        rows = [{"entity": entity, "cell": cell, "device": head.device, "seq": head.seq} for head in heads]
        connection.execute(insert(tables.head), rows)
        project_cell(connection, entity, cell, heads)


def _cells_in_journal(
    connection: Connection, entity: str | None = None, cell: str | None = None
) -> Iterator[tuple[str, str, list[Head]]]:
    """Give each cell with its heads: an act replaces acts of its own cell only, so a cell is told by its own acts."""
    act, device = tables.act, tables.device
    query = select(act, device.c.uuid).join(device, device.c.id == act.c.device).where(act.c.aside.is_(None))
    query = query.order_by(act.c.entity, act.c.cell, act.c.device, act.c.seq)
    if entity is not None:
        query = query.where(act.c.entity == entity, act.c.cell == cell)
    further = _further_replacements(connection, entity, cell)
    rows = connection.execute(query, execution_options={"yield_per": _BATCH}).mappings()
    for (of_entity, of_cell), group in groupby(rows, key=lambda row: (str(row["entity"]), str(row["cell"]))):
        acts = list(group)
        replaced = {(row["replaced_device"], row["replaced_seq"]) for row in acts}
        replaced |= {other for row in acts for other in further.get((row["device"], row["seq"]), ())}
        yield of_entity, of_cell, [head_of(row) for row in acts if (row["device"], row["seq"]) not in replaced]


def _further_replacements(
    connection: Connection, entity: str | None, cell: str | None
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    further, act = tables.further_replacement, tables.act
    query = select(further)
    if entity is not None:
        of_act = and_(act.c.device == further.c.device, act.c.seq == further.c.seq)
        query = query.join(act, of_act).where(act.c.entity == entity, act.c.cell == cell)
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in connection.execute(query):
        found.setdefault((row.device, row.seq), []).append((row.replaced_device, row.replaced_seq))
    return found


@cache
def _defaults(table: str) -> FilledRow:
    """Give what the columns of a table hold while no act has filled them."""
    return {
        column.name: _default(column)
        for column in tables.projection_metadata.tables[table].columns
        if not column.primary_key
    }


def _default(column: Column[Any]) -> JsonValue:
    if not isinstance(column.server_default, DefaultClause):
        return None
    written = str(column.server_default.arg)
    return int(written) if isinstance(column.type, Integer) else written


def head_of(row: RowMapping) -> Head:
    """Read a head from a row of the journal joined with its device."""
    return Head(
        device=row["device"],
        seq=row["seq"],
        uuid=row["uuid"],
        kind=row["kind"],
        lamport=row["lamport"],
        at=row["at"],
        author=row["author"],
        value=json.loads(row["value"]),
    )


# --- writing


def _write(connection: Connection, row: Row) -> None:
    """Update a row, or insert it when it is not there: portable statements instead of a dialect's own upsert."""
    key = {f"of_{name}": value for name, value in row.key.items()}
    if row.values is None:
        connection.execute(_delete(row.table, tuple(row.key)), key)
        return
    changed = connection.execute(_update(row.table, tuple(row.key), tuple(row.values)), {**key, **row.values})
    if not changed.rowcount:
        connection.execute(_insert(row.table), {**row.key, **row.values})


# Built once for each table and set of columns; building them takes longer than running them.


@cache
def _delete(table: Table, key: tuple[str, ...]) -> Delete:
    return delete(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in key))


@cache
def _update(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> Update:
    matches = and_(*(table.c[name] == bindparam(f"of_{name}") for name in key))
    return update(table).where(matches).values({name: bindparam(name) for name in columns})


@cache
def _insert(table: Table) -> Insert:
    return insert(table)
