"""Which cells the tests of the journal write, and what the tables of a database say about them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tests.store import edition_cells
from tests.store.foreign import Name
from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables
from wufei_cells.store.database import Database

Cell = tuple[str, str, str]

ANSWER = ("answer", "assessment-1", "answer.A1")
OTHER_ANSWER = ("answer", "assessment-1", "answer.A2")
NAME = ("site", "site-1", "name")
PHONE = ("site", "site-1", "phone")
FACT = ("site_fact", "site-1", "fact.canteen")
STATE = ("assessment_state", "assessment-1", "state")
UNKNOWN = ("poem", "poem-1", "line")  # a kind that only a newer program knows
NEWER_FIELD = ("site", "site-1", "mood")
CELLS = (ANSWER, OTHER_ANSWER, NAME, PHONE, FACT, STATE, UNKNOWN, NEWER_FIELD, *edition_cells.EDITION_CELLS)

HEADS = select(tables.head.c.entity, tables.head.c.cell, tables.device.c.uuid, tables.head.c.seq).join(
    tables.device, tables.device.c.id == tables.head.c.device
)


@dataclass(frozen=True)
class Said:
    """What the tables say at one moment, read in one go."""

    heads: dict[tuple[str, str], set[Name]]
    distinct: dict[tuple[str, str], int]
    values: dict[Cell, JsonValue]


def said_by(database: Database) -> Said:
    heads: dict[tuple[str, str], set[Name]] = defaultdict(set)
    with database.reading() as connection:
        for row in connection.execute(HEADS):
            heads[row.entity, row.cell].add((row.uuid, row.seq))
        distinct = {(row.entity, row.cell): row.distinct_values for row in connection.execute(select(tables.conflict))}
        values = {cell: shown_in(connection, cell) for cell in CELLS if cell not in (UNKNOWN, NEWER_FIELD)}
    return Said(heads, distinct, values)


def heads_in(database: Database, cell: Cell) -> set[Name]:
    return said_by(database).heads.get(cell[1:], set())


def conflict_in(database: Database, cell: Cell) -> int:
    return said_by(database).distinct.get(cell[1:], 1)


def value_in(database: Database, cell: Cell) -> JsonValue:
    return said_by(database).values[cell]


def shown_in(connection: Connection, cell: Cell) -> JsonValue:
    """The value as the readable tables show it."""
    kind, entity, name = cell
    if kind == "answer":
        query = select(tables.answer).where(tables.answer.c.assessment == entity)
        row = connection.execute(query.where(tables.answer.c.item == name.removeprefix("answer."))).first()
        return None if row is None else (row.value, row.na, row.note)
    if kind == "site_fact":
        query = select(tables.site_fact.c.value).where(tables.site_fact.c.site == entity)
        return connection.execute(query).scalar()
    if kind == "assessment_state":
        row = connection.execute(select(tables.assessment).where(tables.assessment.c.id == entity)).first()
        return None if row is None else (row.stage, row.remarks, row.passed)
    if cell in edition_cells.EDITION_CELLS:
        return edition_cells.value_in(connection, cell)
    # An empty text is what stands in a row that another cell has made.
    return connection.execute(select(tables.site.c[name]).where(tables.site.c.id == entity)).scalar() or None
