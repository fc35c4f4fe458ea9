"""Read findings: of one assessment, of a site, or of the whole register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, select

from wufei_cells.domain.findings import Finding, FindingId, FindingRow, FindingState, ListedFinding, Severity
from wufei_cells.domain.register import ActRef, SiteId, day_of
from wufei_cells.store import tables
from wufei_cells.store.queries import day_in, people

CELL = "finding"
CHECK_CELL = "check"

_finding = tables.finding
_assessment = tables.assessment
_site = tables.site
_head = tables.head

_LISTED = (
    select(
        _finding,
        _assessment.c.visited_on,
        _assessment.c.started_at,
        _site.c.id.label("site"),
        *(_site.c[name].label(f"site_{name}") for name in ("name", "category", "district")),
    )
    .select_from(_finding)
    .join(_assessment, _assessment.c.id == _finding.c.assessment)
    .join(_site, _site.c.id == _assessment.c.site)
    .where(_finding.c.severity != "")  # one that was dropped keeps its row and says nothing
)
_OF_ASSESSMENT = _finding.c.assessment == bindparam("of_assessment")
_OF_SITE = _assessment.c.site == bindparam("of_site")
_ONE = _finding.c.id == bindparam("of_finding")
_HEADS = (
    select(_finding.c.id, _head.c.cell, tables.device.c.uuid, _head.c.seq)
    .select_from(_finding)
    .join(_assessment, _assessment.c.id == _finding.c.assessment)
    .join(_head, _head.c.entity == _finding.c.id)
    .join(tables.device, tables.device.c.id == _head.c.device)
    .order_by(tables.device.c.uuid, _head.c.seq)
)
_CONFLICTS = (
    select(_finding.c.id, tables.conflict.c.cell, tables.conflict.c.distinct_values)
    .select_from(_finding)
    .join(_assessment, _assessment.c.id == _finding.c.assessment)
    .join(tables.conflict, tables.conflict.c.entity == _finding.c.id)
)
_IDS_BEGINNING = select(_finding.c.id).where(
    _finding.c.severity != "",
    _finding.c.id >= bindparam("beginning"),
    _finding.c.id < bindparam("beyond"),
)
_LAST_CHARACTER = "\U0010ffff"


def of_assessment(connection: Connection, assessment: str) -> tuple[FindingRow, ...]:
    """List the findings of an assessment, the heaviest first, then in the order they were made."""
    place = {"of_assessment": assessment}
    rows = [listed.row for listed in _listed(connection, place, _OF_ASSESSMENT)]
    order = list(Severity)
    return tuple(sorted(rows, key=lambda row: (order.index(row.finding.severity), row.at, row.id)))


def listed(connection: Connection, *, site: str | None = None) -> tuple[ListedFinding, ...]:
    """List the findings of a site, or of all, those that are due first in front."""
    found = _listed(connection, {}) if site is None else _listed(connection, {"of_site": site}, _OF_SITE)
    found.sort(key=lambda one: (one.row.finding.due or date.max, one.site_name, one.row.at, one.row.id))
    return tuple(found)


def due_within(connection: Connection, first: date, last: date) -> tuple[ListedFinding, ...]:
    """List the findings that are due between two days, both counted."""
    days = {"first_day": first.isoformat(), "last_day": last.isoformat()}
    return tuple(_listed(connection, days, _finding.c.due.between(bindparam("first_day"), bindparam("last_day"))))


def finding(connection: Connection, key: str) -> ListedFinding | None:
    """Give one finding by its id."""
    return next(iter(_listed(connection, {"of_finding": key}, _ONE)), None)


def beginning(connection: Connection, key: str) -> tuple[str, ...]:
    """Give the ids that begin as lists show them."""
    return tuple(connection.execute(_IDS_BEGINNING, {"beginning": key, "beyond": f"{key}{_LAST_CHARACTER}"}).scalars())


def _listed(connection: Connection, place: Mapping[str, str], *wanted: ColumnElement[bool]) -> list[ListedFinding]:
    rows = connection.execute(_LISTED.where(*wanted), place).mappings().all()
    if not rows:
        return []
    standing: dict[tuple[str, str], list[ActRef]] = {}
    for row in connection.execute(_HEADS.where(*wanted), place):
        standing.setdefault((row.id, row.cell), []).append(ActRef(row.uuid, row.seq))
    values = {
        (row.id, row.cell): int(row.distinct_values) for row in connection.execute(_CONFLICTS.where(*wanted), place)
    }
    names = people(connection)
    return [_row(row, standing, values, names) for row in rows]


def _row(
    row: RowMapping,
    standing: Mapping[tuple[str, str], list[ActRef]],
    values: Mapping[tuple[str, str], int],
    names: Mapping[str, str],
) -> ListedFinding:
    key = row["id"]
    said = Finding(
        item=row["item"],
        severity=Severity(row["severity"]),
        text=row["text"],
        action=row["action"],
        responsible=row["responsible"],
        due=day_in(row["due"]),
    )
    found = FindingRow(
        id=FindingId(key),
        assessment=row["assessment"],
        finding=said,
        author=names.get(row["author"]) or row["author"],
        at=datetime.fromisoformat(row["at"]),
        state=FindingState(row["state"]),
        check_note=row["check_note"],
        checked_by=names.get(row["checked_by"]) or row["checked_by"],
        checked_on=day_in(row["checked_on"]),
        heads=tuple(standing.get((key, CELL), ())),
        check_heads=tuple(standing.get((key, CHECK_CELL), ())),
        values=values.get((key, CELL), 1),
        check_values=values.get((key, CHECK_CELL), 1),
    )
    day = day_of(day_in(row["visited_on"]), datetime.fromisoformat(row["started_at"]))
    return ListedFinding(found, SiteId(row["site"]), row["site_name"], row["site_category"], row["site_district"], day)
