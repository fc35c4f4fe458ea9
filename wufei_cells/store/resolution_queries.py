"""Read why conflicts were settled as they were: a note beside the act that settled one, an act of its own."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import ActRef
from wufei_cells.store import tables
from wufei_cells.store.journal import Draft

KIND = "resolution"


def entity_of(conflict: str) -> str:
    """Name what the notes on a conflict are written on; no thing of the register is called so."""
    return f"{KIND}.{conflict}"


def draft(conflict: str, act: ActRef, note: str) -> Draft:
    """Give the act that notes why; each has a cell of its own, so two notes never contradict each other."""
    value: JsonValue = {"act": [act.device, act.seq], "note": note}
    return Draft(KIND, entity_of(conflict), f"{KIND}.{act.device}.{act.seq}", value)


def notes(connection: Connection, conflict: str) -> dict[ActRef, str]:
    """Give the notes on a conflict, by the act that each speaks of."""
    query = select(tables.act.c.value).where(tables.act.c.entity == entity_of(conflict), tables.act.c.kind == KIND)
    found: dict[ActRef, str] = {}
    for text in connection.execute(query).scalars():
        value = json.loads(text)
        device, seq = value["act"]
        found[ActRef(str(device), int(seq))] = str(value["note"])
    return found
