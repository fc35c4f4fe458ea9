"""Read the drawings by lot, and what keeps people from visiting a site."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from wufei_cells.domain.drawing_document import drawing_in
from wufei_cells.domain.drawings import DrawingId, DrawingRow
from wufei_cells.errors import UserError
from wufei_cells.store import office_tables, tables
from wufei_cells.store.queries import people

CELL = "record"
LAST_CHARACTER = "\U0010ffff"

_drawing = office_tables.drawing
_DRAWINGS = select(_drawing).order_by(_drawing.c.drawn_on.desc(), _drawing.c.at.desc(), _drawing.c.id)
_BEGINNING = _DRAWINGS.where(_drawing.c.id >= bindparam("beginning"), _drawing.c.id < bindparam("beyond"))
_sheet = tables.assessment
_whole = func.coalesce(_sheet.c.part_of, _sheet.c.id).label("whole")
_AUTHORS = select(_whole, tables.answer.c.author).join(_sheet, _sheet.c.id == tables.answer.c.assessment).distinct()
_SIGNATORIES = select(office_tables.application.c.assessment, office_tables.application.c.signatory)


def drawings(connection: Connection) -> tuple[DrawingRow, ...]:
    """List the drawings, newest first; those that only newer programs can read are left out."""
    return _rows(connection, connection.execute(_DRAWINGS).all())


def beginning(connection: Connection, key: str) -> tuple[DrawingRow, ...]:
    """Give the drawings whose id begins so."""
    place = {"beginning": key, "beyond": f"{key}{LAST_CHARACTER}"}
    return _rows(connection, connection.execute(_BEGINNING, place).all())


def authors(connection: Connection) -> dict[str, set[str]]:
    """Give by assessment who wrote answers in it, or on a sheet that belongs to it; one query for all."""
    found: dict[str, set[str]] = {}
    for row in connection.execute(_AUTHORS):
        found.setdefault(row.whole, set()).add(row.author)
    return found


def signatories(connection: Connection) -> dict[str, str]:
    """Give by assessment who signed the application for the unit."""
    return {row.assessment: row.signatory for row in connection.execute(_SIGNATORIES)}


def _rows(connection: Connection, rows: Any) -> tuple[DrawingRow, ...]:
    names = people(connection)
    found = (_row(row, names) for row in rows)
    return tuple(row for row in found if row is not None)


def _row(row: Row[Any], names: dict[str, str]) -> DrawingRow | None:
    try:
        drawing = drawing_in(json.loads(row.record))
    except UserError:
        return None
    author = names.get(row.author) or row.author
    return DrawingRow(DrawingId(row.id), drawing, author, datetime.fromisoformat(row.at))
