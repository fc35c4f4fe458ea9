"""Append thousands of acts in one go: what ``journal.append`` does act by act, in few statements over many rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.progress import Report, silent
from wufei_cells.store import tables
from wufei_cells.store.database import Database
from wufei_cells.store.journal import Draft, act_row, counters, foretold, further_rows, lamport_after, meet
from wufei_cells.store.projecting import Head
from wufei_cells.store.projection import project_cells
from wufei_cells.store.projectors import row_of
from wufei_cells.store.readable_acts import fills_alone
from wufei_cells.store.row_writing import write_rows

T = TypeVar("T")
Standing = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""By entity and cell: device and number of the acts that nobody replaced."""

_AT_ONCE = 500
"""How many keys one query names."""
_BATCH = 5000

_head = tables.head
_STANDING = (
    select(_head.c.entity, _head.c.cell, _head.c.device, _head.c.seq)
    .where(_head.c.entity.in_(bindparam("entities", expanding=True)))
    .order_by(_head.c.entity, _head.c.cell, _head.c.device, _head.c.seq)
)
_VALUES = (
    select(_head.c.entity, _head.c.cell, tables.act.c.value)
    .join(tables.act, and_(tables.act.c.device == _head.c.device, tables.act.c.seq == _head.c.seq))
    .where(_head.c.entity.in_(bindparam("entities", expanding=True)))
)
_DELETE_HEADS, _CLEAR_CONFLICT = (
    delete(table).where(*(table.c[name] == bindparam(f"of_{name}") for name in ("entity", "cell")))
    for table in (_head, tables.conflict)
)


def append_many(
    database: Database,
    connection: Connection,
    drafts: Sequence[Draft],
    *,
    author: str,
    at: datetime,
    report: Report = silent,
) -> None:
    """Write acts on cells that differ, each replacing whatever stands in its cell, within the caller's transaction.

    Raises:
        ValueError: two acts are on one cell, or one names what it replaces; ``journal.append`` is for those.
    """
    cells = {(draft.entity, draft.cell) for draft in drafts}
    if len(cells) < len(drafts) or any(draft.seen is not None for draft in drafts):
        raise ValueError("acts that are written in bulk are on cells of their own and replace whatever stands")
    seq, lamport = counters(connection, database.device)
    device, uuid = database.device, database.device_uuid
    moment, done = at.isoformat(timespec="seconds"), 0
    announced = foretold(connection, device, seq)
    for part in _parts(drafts, _BATCH):
        acts = [
            Head(device, seq + number, uuid, draft.kind, lamport_after(lamport, number), moment, author, draft.value)
            for number, draft in enumerate(part, done + 1)
        ]
        _append_part(connection, part, acts, announced)
        done += len(part)
        report(done, len(drafts))
    database.unsettled += len(drafts)


def standing_acts(connection: Connection, entities: Iterable[str]) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Give the unreplaced acts of all cells of some entities."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for part in _parts(list(dict.fromkeys(entities)), _AT_ONCE):
        for row in connection.execute(_STANDING, {"entities": part}):
            found.setdefault((row.entity, row.cell), []).append((row.device, row.seq))
    return found


def standing_values(connection: Connection, entities: Iterable[str]) -> dict[tuple[str, str], list[JsonValue]]:
    """Give what the unreplaced acts of all cells of some entities say."""
    found: dict[tuple[str, str], list[JsonValue]] = {}
    for part in _parts(list(dict.fromkeys(entities)), _AT_ONCE):
        for row in connection.execute(_VALUES, {"entities": part}):
            found.setdefault((row.entity, row.cell), []).append(json.loads(row.value))
    return found


def _append_part(
    connection: Connection, drafts: Sequence[Draft], acts: Sequence[Head], announced: frozenset[int]
) -> None:
    standing = standing_acts(connection, (draft.entity for draft in drafts))
    _insert_acts(connection, drafts, acts, standing)
    _move_heads(connection, drafts, acts, standing)
    _project(connection, drafts, acts)
    met = announced & {act.seq for act in acts}
    if met:
        meet(connection, acts[0].device, met)
    # Where another kind may have filled another row, or the act is replaced already, the journal is asked.
    cells = [(draft.entity, draft.cell, act) for draft, act in zip(drafts, acts, strict=True)]
    doubtful = [
        cell for *cell, act in cells if act.seq in met or (tuple(cell) in standing and not fills_alone(act.kind))
    ]
    project_cells(connection, [(entity, cell) for entity, cell in doubtful])


def _insert_acts(connection: Connection, drafts: Sequence[Draft], acts: Sequence[Head], standing: Standing) -> None:
    rows: list[dict[str, JsonValue]] = []
    further: list[dict[str, JsonValue]] = []
    for draft, act in zip(drafts, acts, strict=True):
        replaced = standing.get((draft.entity, draft.cell), ())
        rows.append(act_row(draft, act, replaced))
        further += further_rows(act, replaced)
    connection.execute(insert(tables.act), rows)
    if further:
        connection.execute(insert(tables.further_replacement), further)


def _move_heads(connection: Connection, drafts: Sequence[Draft], acts: Sequence[Head], standing: Standing) -> None:
    """Put the new acts in the place of those they replace; with one act in each cell, no conflict is left."""
    cells = [(draft.entity, draft.cell) for draft in drafts]
    replacing = [cell for cell in cells if cell in standing]
    settled = [cell for cell in replacing if len(standing[cell]) > 1]
    for statement, places in ((_DELETE_HEADS, replacing), (_CLEAR_CONFLICT, settled)):
        if places:
            connection.execute(statement, [{"of_entity": entity, "of_cell": cell} for entity, cell in places])
    rows = [
        {"entity": entity, "cell": cell, "device": act.device, "seq": act.seq}
        for (entity, cell), act in zip(cells, acts, strict=True)
    ]
    connection.execute(insert(_head), rows)


# --- the readable tables


def _project(connection: Connection, drafts: Sequence[Draft], acts: Sequence[Head]) -> None:
    rows = (row_of(draft.entity, draft.cell, act) for draft, act in zip(drafts, acts, strict=True))
    write_rows(connection, (row for row in rows if row is not None))


def _parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))
