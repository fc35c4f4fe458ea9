"""What stands in each cell, read from the journal: the one home of the rule which acts count and which are replaced.

An act is replaced when an act of the same cell that counts names it. Acts that were set aside neither stand nor
replace. Acts that name each other in a circle, which no honest program writes, all stand.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, RowMapping, and_, select, text

from wufei_cells.domain.bundles import Span
from wufei_cells.store import tables
from wufei_cells.store.projecting import Head
from wufei_cells.store.touched_cells import Cell, Name

_AT_ONCE = 1000
_act, _further = tables.act, tables.further_replacement


@dataclass(frozen=True, slots=True)
class CellActs:
    """One cell."""

    entity: str
    cell: str
    heads: Sequence[Head]
    """The acts that stand, by device and number; none where all were set aside."""
    acts: Sequence[RowMapping]
    """All of them, whether they stand, are replaced, or do not count: rows for ``head_of``."""
    awaited: Sequence[Name]
    """What acts that count replace and the journal does not have, in order."""


def cells_in_journal(connection: Connection, *, touched_only: bool = False) -> Iterator[CellActs]:
    """Give the cells of the journal, by entity and name.

    Args:
        connection: the transaction.
        touched_only: only those that ``touched_cells.touch`` was told of.
    """
    further = _further_replacements(connection, touched_only=touched_only)
    query = _TOUCHED if touched_only else _ALL
    rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE}).mappings()
    for (entity, cell), group in groupby(rows, key=lambda row: (str(row["entity"]), str(row["cell"]))):
        yield _cell(connection, entity, cell, list(group), further)


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


def _cell(
    connection: Connection, entity: str, cell: str, acts: Sequence[RowMapping], further: Mapping[Name, Sequence[Name]]
) -> CellActs:
    counting = [row for row in acts if row["aside"] is None]
    replaced = {(row["replaced_device"], row["replaced_seq"]) for row in counting if row["replaced_device"] is not None}
    replaced |= {name for row in counting for name in further.get((row["device"], row["seq"]), ())}
    standing = [row for row in counting if (row["device"], row["seq"]) not in replaced] or counting
    elsewhere = replaced - {(row["device"], row["seq"]) for row in acts}
    return CellActs(
        entity,
        cell,
        heads=[head_of(row) for row in standing],
        acts=acts,
        awaited=[name for name in sorted(elsewhere) if not is_here(connection, name)],
    )


def cells_that_name(connection: Connection, device: int, span: Span) -> set[Cell]:
    """Give the cells in which acts stand or stood that replace some acts of a device, whichever cells those are in."""
    first = select(_act.c.entity, _act.c.cell).where(
        _act.c.replaced_device == device, _act.c.replaced_seq.between(*span)
    )
    same = and_(_act.c.device == _further.c.device, _act.c.seq == _further.c.seq)
    others = select(_act.c.entity, _act.c.cell).join(_further, same)
    others = others.where(_further.c.replaced_device == device, _further.c.replaced_seq.between(*span))
    return {(row.entity, row.cell) for query in (first, others) for row in connection.execute(query)}


def is_here(connection: Connection, name: Name) -> bool:
    """Tell whether an act is in the journal."""
    query = select(_act.c.seq).where(_act.c.device == name[0], _act.c.seq == name[1])
    return connection.execute(query).first() is not None


def _further_replacements(connection: Connection, *, touched_only: bool) -> dict[Name, list[Name]]:
    query = _TOUCHED_FURTHER if touched_only else select(_further)
    found: dict[Name, list[Name]] = {}
    for row in connection.execute(query):
        found.setdefault((row.device, row.seq), []).append((row.replaced_device, row.replaced_seq))
    return found


_ALL = (
    select(_act, tables.device.c.uuid)
    .join(tables.device, tables.device.c.id == _act.c.device)
    .order_by(_act.c.entity, _act.c.cell, _act.c.device, _act.c.seq)
)
# As in ``touched_cells``: the few touched cells have to lead.
_TOUCHED = text(
    f"SELECT {', '.join(f'act.{column.name}' for column in _act.columns)}, device.uuid "  # noqa: S608 - our own names
    "FROM touched_cell CROSS JOIN act CROSS JOIN device "
    "WHERE act.entity = touched_cell.entity AND act.cell = touched_cell.cell AND device.id = act.device "
    "ORDER BY act.entity, act.cell, act.device, act.seq"
).columns(*_act.columns, tables.device.c.uuid)
_TOUCHED_FURTHER = text(
    f"SELECT {', '.join(f'further_replacement.{column.name}' for column in _further.columns)} "  # noqa: S608 - the same
    "FROM touched_cell CROSS JOIN act CROSS JOIN further_replacement "
    "WHERE act.entity = touched_cell.entity AND act.cell = touched_cell.cell "
    "AND further_replacement.device = act.device AND further_replacement.seq = act.seq"
).columns(*_further.columns)
