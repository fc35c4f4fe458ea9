"""Cells that are being worked on, as a table of the connection: many of them are read with one query."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, delete, select

from wufei_cells.store import tables
from wufei_cells.store.row_writing import insert_rows

Cell = tuple[str, str]
"""Entity and name of a cell."""
Name = tuple[int, int]
"""Device, as this database numbers it, and number of an act."""

touched = Table(
    "touched_cell",
    MetaData(),
    Column("entity", String, nullable=False),
    Column("cell", String, nullable=False),
    PrimaryKeyConstraint("entity", "cell"),
    prefixes=["TEMPORARY"],
    sqlite_with_rowid=False,
)


def touch(connection: Connection, cells: Collection[Cell]) -> None:
    """Let the table hold these cells and no others."""
    touched.create(connection, checkfirst=True)
    connection.execute(delete(touched))
    insert_rows(connection, touched, ("entity", "cell"), sorted(cells))


def read_heads(connection: Connection, cells: Collection[Cell]) -> dict[Cell, list[Name]]:
    """Give the unreplaced acts of cells; those that have none are left out."""
    touch(connection, cells)
    head = tables.head
    # The few touched cells lead; the planner knows nothing of a table that was just made.
    query = (
        select(head)
        .select_from(touched)
        .join(head, (head.c.entity == touched.c.entity) & (head.c.cell == touched.c.cell))
    )
    found: dict[Cell, list[Name]] = {}
    for row in connection.execute(query):
        found.setdefault((row.entity, row.cell), []).append((row.device, row.seq))
    return found
