"""What support needs to know of a register: how much is in it; and what must never be told: the names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

from sqlalchemy import func, inspect, select, text

from wufei_cells.store import tables
from wufei_cells.store.database import Database
from wufei_cells.store.journal import Connection

_act = tables.act
_NAMED = {
    "person": frozenset({"person", "name"}),
    "site": frozenset({"name", "address", "credit_code", "contact", "phone", "note"}),
    "assessment": frozenset({"header"}),
}
"""Cells whose texts say who or where, by kind of act."""


def row_counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that has any."""
    names = sorted(inspect(connection).get_table_names())
    counts = {name: _count(connection, name) for name in names}
    return {name: count for name, count in counts.items() if count}


def sizes(database: Database) -> dict[str, int]:
    """Give how large the database is and how much stands in it, in the few figures that are quick to get."""
    with database.reading() as connection:
        found = {name: _count(connection, name) for name in ("act", "site", "assessment", "certificate")}
    return {"bytes": size(database), **found}


def size(database: Database) -> int:
    """Give how large the database is, with what its log still holds, in bytes."""
    beside = database.path.with_name(f"{database.path.name}-wal")
    return sum(file.stat().st_size for file in (database.path, beside) if file.exists())


def names(connection: Connection) -> frozenset[str]:
    """Give every text by which a person, a site or a machine was ever known here."""
    found = set(connection.execute(select(tables.device.c.name)).scalars())
    query = select(_act.c.kind, _act.c.cell, _act.c.value).where(_act.c.kind.in_(_NAMED))
    for kind, cell, value in connection.execute(query):
        if cell in _NAMED[kind]:
            found.update(_texts(json.loads(value), cell))
    return frozenset(one.strip() for one in found if one.strip())


def _texts(value: object, cell: str) -> Iterator[str]:
    """Go through the texts in a value; of a header only the names of people."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        for name in ("name", "assessors") if cell in ("header", "person") else fields:
            yield from _texts(fields.get(name), "")
    elif isinstance(value, list):
        for one in cast("list[object]", value):
            yield from _texts(one, "")


def _count(connection: Connection, name: str) -> int:
    table = tables.journal_metadata.tables.get(name, tables.projection_metadata.tables.get(name))
    if table is not None:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    return int(connection.execute(select(func.count()).select_from(text(f'"{name}"'))).scalar_one())
