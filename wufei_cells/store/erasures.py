"""Contents that were erased for good: their bytes are gone, their hash stays, and they never come back."""

from __future__ import annotations

from sqlalchemy import Connection, select

from wufei_cells.store.office_tables import erasure


def erased(connection: Connection) -> frozenset[str]:
    """Give the hashes of what was erased."""
    return frozenset(connection.execute(select(erasure.c.file)).scalars())
