"""Notes about this database only, which do not travel: schema version, published files, whether it is an example."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from wufei_cells.store.database import Database
from wufei_cells.store.tables import meta


def read(database: Database, name: str) -> str:
    """Give a note; empty when there is none."""
    with database.reading() as connection:
        return str(connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar() or "")


def write(database: Database, name: str, value: str) -> None:
    """Set a note."""
    with database.writing() as connection:
        connection.execute(delete(meta).where(meta.c.name == name))
        connection.execute(insert(meta).values(name=name, value=value))
