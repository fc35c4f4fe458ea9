"""Whether what an act says can be read into the tables: acts of others may say anything."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Integer, Table

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projectors import row_of

_NOT_AS_WE_WRITE = (AssertionError, AttributeError, KeyError, TypeError, ValueError)


def readable_row(entity: str, cell: str, head: Head) -> tuple[Row | None, bool]:
    """Ask the act's projector; the second value tells whether the act can be read.

    An act of a kind that only newer programs know can be read: it says nothing to us.
    """
    try:
        row = row_of(entity, cell, head)
    except _NOT_AS_WE_WRITE:  # the projectors take for granted what our own services write
        return None, False
    if row is None:
        return None, True
    said = {**row.key, **(row.values or {})}
    kinds = _kinds(row.table)
    return row, all(isinstance(value, kinds[name]) for name, value in said.items())


@cache
def _kinds(table: Table) -> dict[str, tuple[type[JsonValue], ...]]:
    """Say of each column what it takes."""
    found: dict[str, tuple[type[JsonValue], ...]] = {}
    for column in table.columns:
        kind: type[JsonValue] = int if isinstance(column.type, Integer) else str
        found[column.name] = (kind, type(None)) if column.nullable else (kind,)
    return found
