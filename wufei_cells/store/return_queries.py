"""Read from the record what was said on sheets before and after an assessment was sent back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, or_, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables

_act = tables.act
_SAID = (
    select(_act.c.entity, _act.c.cell, _act.c.value)
    .join(tables.device, tables.device.c.id == _act.c.device)
    .where(
        _act.c.entity.in_(bindparam("sheets", expanding=True)),
        or_(_act.c.cell == "state", _act.c.cell.startswith("answer."), _act.c.cell.startswith("evidence.")),
    )
    .order_by(_act.c.lamport, tables.device.c.uuid)
)


@dataclass(frozen=True, slots=True)
class Said:
    """One act on a sheet: its state, an answer, or a piece of evidence."""

    sheet: str
    cell: str
    value: JsonValue


def said_on(connection: Connection, sheets: Sequence[str]) -> tuple[Said, ...]:
    """List the acts on some sheets that say how they stand, what was answered and what stands under items, in order."""
    rows = connection.execute(_SAID, {"sheets": list(sheets)})
    return tuple(Said(row.entity, row.cell, json.loads(row.value)) for row in rows)
