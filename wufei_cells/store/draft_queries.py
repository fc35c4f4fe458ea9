"""Read the checklists that are being written."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import ActRef, DraftId, DraftRow, EditionId
from wufei_cells.store import tables
from wufei_cells.store.journal import heads

CELL = "document"

_draft = tables.draft
_values = func.coalesce(tables.conflict.c.distinct_values, 1).label("values")
_DRAFTS = (
    select(*(column for column in _draft.c if column.name != "document"), tables.person.c.name, _values)
    .select_from(_draft)
    .outerjoin(tables.person, tables.person.c.id == _draft.c.author)
    .outerjoin(tables.conflict, (tables.conflict.c.entity == _draft.c.id) & (tables.conflict.c.cell == CELL))
)
_ALL = _DRAFTS.order_by(_draft.c.at.desc(), _draft.c.id)
_ONE = _DRAFTS.where(_draft.c.id == bindparam("of_draft"))
_DOCUMENT = select(_draft.c.document).where(_draft.c.id == bindparam("of_draft"))


def drafts(connection: Connection) -> tuple[DraftRow, ...]:
    """List the drafts, the one that was saved last first."""
    return tuple(_row(connection, row) for row in connection.execute(_ALL).mappings().all())


def draft(connection: Connection, key: str) -> DraftRow | None:
    """Give one draft by its id."""
    row = connection.execute(_ONE, {"of_draft": key}).mappings().first()
    return _row(connection, row) if row else None


def draft_data(connection: Connection, key: str) -> JsonValue:
    """Give what a draft says, as plain data."""
    document = connection.execute(_DOCUMENT, {"of_draft": key}).scalar()
    return None if document is None else json.loads(document)


def _row(connection: Connection, found: RowMapping) -> DraftRow:
    return DraftRow(
        id=DraftId(found["id"]),
        title=found["title"],
        category=found["category"],
        based_on=EditionId(found["based_on"]) if found["based_on"] else None,
        author=found["name"] or found["author"],
        at=datetime.fromisoformat(found["at"]),
        heads=tuple(ActRef(head.uuid, head.seq) for head in heads(connection, found["id"], CELL)),
        values=found["values"],
    )
