"""Cells about editions for tests of the journal: which there are, what they may say, and how their rows show it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables

Cell = tuple[str, str, str]

HEADER = ("assessment", "assessment-2", "header")
DRAFT = ("draft", "draft-1", "document")
RETIRED = ("edition_state", "edition-1", "state")
EDITION_CELLS = (HEADER, DRAFT, RETIRED)
_ROWS = {
    HEADER: (tables.assessment, ("edition", "came_from")),
    DRAFT: (tables.draft, ("title", "document")),
    RETIRED: (tables.edition_state, ("retired_on", "reason")),
}


def value_for(cell: Cell, number: int) -> JsonValue:
    """One of a few values, so that two people often mean the same."""
    if cell is HEADER:
        header = {"site": "site-1", "edition": f"edition-{number % 3}", "column": "onsite", "assessors": ["甲"]}
        carried = {"came_from": ["edition-0"], "started_at": "2026-11-01T00:00:00+00:00", "order": 1}
        return {**header, "visited_on": None, **(carried if number % 2 else {})}
    if cell is RETIRED:
        return {"retired_on": (None, "2026-11-02")[number % 2], "reason": str(number % 3)}
    draft = {"title": "草稿", "category": "office", "based_on": None, "data": {"edition": str(number % 3)}}
    return draft if number % 3 else None


def value_in(connection: Connection, cell: Cell) -> tuple[str, ...] | None:
    """The value as the readable table shows it."""
    table, columns = _ROWS[cell]
    row = connection.execute(select(table).where(table.c.id == cell[1])).first()
    return None if row is None else tuple(getattr(row, column) for column in columns)


def as_shown(cell: Cell, value: dict[str, JsonValue]) -> tuple[JsonValue, ...]:
    """The value of an act as its row shows it."""
    written = {"came_from": canonical_json(value.get("came_from", [])), "document": canonical_json(value.get("data"))}
    return tuple({**value, **written}[column] for column in _ROWS[cell][1])
