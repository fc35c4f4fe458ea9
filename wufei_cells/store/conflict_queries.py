"""Read what stands side by side: the cells in conflict, and every act of a cell with what it replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.register import ActRef
from wufei_cells.store import tables
from wufei_cells.store.queries import people

_act, _head, _device, _conflict = tables.act, tables.head, tables.device, tables.conflict
_further = tables.further_replacement


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell of which several values stand."""

    entity: str
    cell: str
    kind: str
    values: int


@dataclass(frozen=True, slots=True)
class CellAct:
    """One act of a cell, as people read it."""

    ref: ActRef
    kind: str
    lamport: int
    at: datetime
    """As its device's clock had it."""
    author: str
    device: str
    value: JsonValue
    replaces: tuple[ActRef, ...]
    standing: bool

    @property
    def said(self) -> str:
        """What it says, for comparing."""
        return canonical_json(self.value)


_OPEN = select(_conflict).order_by(_conflict.c.entity, _conflict.c.cell)
_OF_CELL = and_(_act.c.entity == bindparam("of_entity"), _act.c.cell == bindparam("of_cell"))
_ACTS = (
    select(_act, _device.c.uuid, _device.c.name.label("device_name"), _head.c.seq.label("standing"))
    .join(_device, _device.c.id == _act.c.device)
    .outerjoin(
        _head,
        and_(
            _head.c.entity == _act.c.entity,
            _head.c.cell == _act.c.cell,
            _head.c.device == _act.c.device,
            _head.c.seq == _act.c.seq,
        ),
    )
    .where(_OF_CELL)
    .order_by(_act.c.lamport, _device.c.uuid, _act.c.seq)
)
_REPLACED = (
    select(_further).join(_act, and_(_act.c.device == _further.c.device, _act.c.seq == _further.c.seq)).where(_OF_CELL)
)


def open_cells(connection: Connection, entities: Iterable[str] | None = None) -> tuple[OpenCell, ...]:
    """List the cells in conflict, by entity and cell; of some entities only."""
    query = _OPEN if entities is None else _OPEN.where(_conflict.c.entity.in_(list(entities)))
    rows = connection.execute(query)
    return tuple(OpenCell(row.entity, row.cell, row.kind, int(row.distinct_values)) for row in rows)


def acts_of(connection: Connection, entity: str, cell: str) -> tuple[CellAct, ...]:
    """Give all acts of a cell, oldest first, in the same order on every machine."""
    place = {"of_entity": entity, "of_cell": cell}
    rows = connection.execute(_ACTS, place).mappings().all()
    uuids = {int(row.id): str(row.uuid) for row in connection.execute(select(_device.c.id, _device.c.uuid))}
    further: dict[tuple[int, int], list[ActRef]] = {}
    for row in connection.execute(_REPLACED, place):
        further.setdefault((row.device, row.seq), []).append(ActRef(uuids[row.replaced_device], row.replaced_seq))
    names = people(connection)
    found: list[CellAct] = []
    for row in rows:
        first = () if row["replaced_device"] is None else (ActRef(uuids[row["replaced_device"]], row["replaced_seq"]),)
        found.append(
            CellAct(
                ref=ActRef(row["uuid"], row["seq"]),
                kind=row["kind"],
                lamport=row["lamport"],
                at=datetime.fromisoformat(row["at"]),
                author=names.get(row["author"]) or row["author"],
                device=row["device_name"],
                value=json.loads(row["value"]),
                replaces=(*first, *further.get((row["device"], row["seq"]), ())),
                standing=row["standing"] is not None,
            )
        )
    return tuple(found)
