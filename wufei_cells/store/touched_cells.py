"""Cells that are being worked on, as a table of the connection: many of them are read with one query."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, delete, text
from sqlalchemy.schema import CreateTable

from wufei_cells.store.row_writing import insert_rows, read_lines

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


_MAKE = CreateTable(touched, if_not_exists=True)
_EMPTY = delete(touched)


def touch(connection: Connection, cells: Collection[Cell]) -> None:
    """Let the table hold these cells and no others."""
    connection.execute(_MAKE)
    connection.execute(_EMPTY)
    insert_rows(connection, touched, ("entity", "cell"), sorted(cells))


def read_heads(connection: Connection, cells: Collection[Cell]) -> dict[Cell, list[Name]]:
    """Give the unreplaced acts of cells; those that have none are left out."""
    touch(connection, cells)
    found: dict[Cell, list[Name]] = {}
    for entity, cell, device, seq in read_lines(connection, _HEADS):
        found.setdefault((entity, cell), []).append((device, seq))
    return found


# CROSS JOIN: the few touched cells lead. SQLite knows nothing of how many a table that was just made holds, and would
# go through all heads instead.
_HEADS = text(
    "SELECT head.entity, head.cell, head.device, head.seq FROM touched_cell CROSS JOIN head "
    "WHERE head.entity = touched_cell.entity AND head.cell = touched_cell.cell"
)
