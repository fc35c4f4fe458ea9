"""Read what a seal covers, as plain data in a fixed order."""

from __future__ import annotations

from sqlalchemy import Connection, Table, bindparam, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables

_COVERED: dict[Table, tuple[str, ...]] = {
    tables.answer: ("item", "value", "na", "note", "more", "entry_hash"),
    tables.evidence: ("item", "file", "caption"),
    tables.finding: ("id", "item", "severity", "text", "action", "responsible", "due"),
    tables.precheck: ("findings",),
    tables.application: ("applied_on", "signatory", "committed_on", "recommended_by", "highlights"),
}
"""What people wrote, without who wrote it when: the journal has that. How a finding was checked is not covered."""

_QUERIES = {
    table: select(*(table.c[name] for name in names))
    .where(table.c.assessment == bindparam("of_assessment"))
    .order_by(*(table.c[name] for name in names))
    for table, names in _COVERED.items()
}


def content_of(connection: Connection, assessment: str) -> JsonValue:
    """Give everything on a sheet that a seal covers, by table."""
    found: dict[str, JsonValue] = {}
    for table, query in _QUERIES.items():
        rows = connection.execute(query, {"of_assessment": assessment})
        found[table.name] = [list[JsonValue](row) for row in rows]
    return found
