"""Read what a seal covers, as plain data in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, bindparam, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import office_tables, tables

_COVERED: dict[Table, tuple[str, ...]] = {
    tables.answer: ("item", "value", "na", "note", "more", "entry_hash"),
    tables.evidence: ("item", "file", "caption", "until"),
    tables.finding: ("id", "item", "severity", "text", "action", "responsible", "due"),
    tables.precheck: ("findings",),
    office_tables.application: ("applied_on", "signatory", "committed_on", "recommended_by", "highlights"),
}
"""What people wrote, without who wrote it when: the journal has that. How a finding was checked is not covered."""

_QUERIES = {
    table: select(*(table.c[name] for name in names))
    .where(table.c.assessment == bindparam("of_assessment"))
    .order_by(*(table.c[name] for name in names))
    for table, names in _COVERED.items()
}
_OF_ALL = {
    table: select(table.c.assessment, *(table.c[name] for name in names)).order_by(*(table.c[name] for name in names))
    for table, names in _COVERED.items()
}


def content_of(connection: Connection, assessment: str) -> JsonValue:
    """Give everything on a sheet that a seal covers, by table."""
    found: dict[str, JsonValue] = {}
    for table, query in _QUERIES.items():
        rows = connection.execute(query, {"of_assessment": assessment})
        found[table.name] = [list[JsonValue](row) for row in rows]
    return found


def contents(connection: Connection, assessments: Iterable[str]) -> dict[str, JsonValue]:
    """Give the same of many sheets, with one reading of each table."""
    found: dict[str, dict[str, list[JsonValue]]] = {
        sheet: {table.name: [] for table in _COVERED} for sheet in assessments
    }
    for table, query in _OF_ALL.items():
        for sheet, *row in connection.execute(query):
            if sheet in found:
                found[sheet][table.name].append(list[JsonValue](row))
    return {sheet: dict[str, JsonValue](content) for sheet, content in found.items()}
