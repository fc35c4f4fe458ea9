"""From acts to readable tables: cell by cell as acts are written, or all of them anew from the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
from wufei_cells.store.cells import CellActs, cells_in_journal, head_of
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projectors import row_of
from wufei_cells.store.readable_acts import readable_row
from wufei_cells.store.row_writing import write_rows
from wufei_cells.store.touched_cells import Cell, touch

FilledRow = dict[str, JsonValue]

_BATCH = 1000

_CELLS_OF = select(tables.head.c.cell).distinct().where(tables.head.c.entity == bindparam("of_entity"))


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
        connection.execute(_delete_cell(tables.conflict), {"of_entity": entity, "of_cell": cell})
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
    current = max(heads, key=lambda head: (head.lamport, head.uuid, head.seq))
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
    for entity, cells in groupby(cells_in_journal(connection), key=lambda cell: cell.entity):
        merged: dict[tuple[JsonValue, ...], tuple[Table, FilledRow]] = {}
        for cell in cells:
            yield from _rows_of_cell(cell)
            row = row_of(entity, cell.cell, current_head(cell.heads)[0]) if cell.heads else None
            if row and row.values is not None:
                place = (row.table.name, *row.key.values())
                filled = merged.setdefault(place, (row.table, {**_defaults(row.table.name), **row.key}))
                filled[1].update(row.values)
        yield from merged.values()


def project_cells(connection: Connection, cells: Iterable[Cell], lost: Iterable[Row] = ()) -> None:
    """Bring some cells up to date with the journal: for acts that came to it in any order, or left it.

    Args:
        connection: the transaction.
        cells: entities and names.
        lost: what acts contributed that are no longer in the journal.
    """
    cells = sorted(set(cells))
    vanished = list(lost)
    for start in range(0, len(cells), _BATCH):
        vanished += _project_part(connection, cells[start : start + _BATCH])
    if vanished:
        write_rows(connection, [Row(row.table, row.key, None) for row in vanished])
        _project_again(connection, {str(value) for row in vanished for value in row.key.values()})


def _project_part(connection: Connection, cells: Sequence[Cell]) -> list[Row]:
    """Bring cells up to date; give the rows that they may have filled and do not fill any more."""
    touch(connection, cells)
    for table in (tables.head, tables.awaited, tables.conflict):
        connection.execute(_delete_cell(table), [{"of_entity": entity, "of_cell": cell} for entity, cell in cells])
    vanished: list[Row] = []
    rows: list[Row] = []
    waiting: dict[Table, list[FilledRow]] = {}
    for found in cells_in_journal(connection, touched_only=True):
        for table, filled in _rows_of_cell(found):
            waiting.setdefault(table, []).append(filled)
        shown = current_head(found.heads)[0] if found.heads else None
        row = row_of(found.entity, found.cell, shown) if shown else None
        rows += [row] if row else []
        vanished += _no_longer_filled(found, shown)
    for table, filled_rows in waiting.items():
        connection.execute(insert(table), filled_rows)
    write_rows(connection, rows)
    return vanished


def _no_longer_filled(cell: CellActs, shown: Head | None) -> Iterator[Row]:
    """Give the rows of kinds that are not shown: each kind fills one row from a cell, whichever of its acts stands."""
    for act in cell.acts:
        if shown is None or act["kind"] != shown.kind:
            row, _readable = readable_row(cell.entity, cell.cell, head_of(act))
            if row:
                yield row


def _project_again(connection: Connection, entities: Collection[str]) -> None:
    """Write the rows of some entities once more, from the cells of theirs in which something stands."""
    cells: set[Cell] = set()
    for entity in entities:
        cells |= {(entity, cell) for cell in connection.execute(_CELLS_OF, {"of_entity": entity}).scalars()}
    for start in range(0, len(cells), _BATCH):
        touch(connection, sorted(cells)[start : start + _BATCH])
        found = (cell for cell in cells_in_journal(connection, touched_only=True) if cell.heads)
        rows = (row_of(cell.entity, cell.cell, current_head(cell.heads)[0]) for cell in found)
        write_rows(connection, [row for row in rows if row])


def _rows_of_cell(cell: CellActs) -> Iterator[tuple[Table, FilledRow]]:
    place: FilledRow = {"entity": cell.entity, "cell": cell.cell}
    for head in cell.heads:
        yield tables.head, {**place, "device": head.device, "seq": head.seq}
    for device, seq in cell.awaited:
        yield tables.awaited, {**place, "device": device, "seq": seq}
    if cell.heads:
        current, distinct = current_head(cell.heads)
        if distinct > 1:
            yield tables.conflict, _conflict_row(cell.entity, cell.cell, current, distinct)


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
def _delete_cell(table: Table) -> Delete:
    return delete(table).where(table.c.entity == bindparam("of_entity"), table.c.cell == bindparam("of_cell"))


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
