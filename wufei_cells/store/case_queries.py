"""Read what the board counts: of every site the days of its stages and of its certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, TextClause, bindparam, select, text

from wufei_cells.board.cases import Case
from wufei_cells.board.making import ClaimedWay, Found, HeldCertificate, case_of
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, CertificateId, SiteId
from wufei_cells.domain.supervision import Event, EventId, EventKind, EventRow
from wufei_cells.store import office_tables, tables
from wufei_cells.store.queries import IS_THERE, is_whole
from wufei_cells.store.row_writing import read_lines
from wufei_cells.store.search_queries import Marks
from wufei_cells.store.unset_clocks import UNSET, UnsetClocks

AT_ONCE = 5000
"""How many sites one query names; SQLite takes some more."""

_site, _assessment, _certificate, _act = tables.site, tables.assessment, tables.certificate, tables.act
_event = office_tables.certificate_event

Query = Select[*tuple[Any, ...]]


# The name of a site is written when it is registered. Asked site by site, so that an index finds it: the planner would
# read the index of all acts instead, most of which are answers.
_REGISTERED = (
    select(_act.c.at)
    .where(_act.c.entity == _site.c.id, _act.c.cell == "name", _act.c.aside.is_(None))
    .order_by(_act.c.lamport)
    .limit(1)
    .scalar_subquery()
)
_SITES = select(_site.c.id, _site.c.category, _site.c.district, _REGISTERED).where(IS_THERE)
_WAYS = select(
    _assessment.c.id, _assessment.c.site, _assessment.c.lamport, _assessment.c.started_at, _assessment.c.stage
).where(is_whole)
_CERTIFICATES = select(
    _certificate.c.id,
    _certificate.c.site,
    _certificate.c.issued_on,
    _certificate.c.valid_until,
    _certificate.c.lamport,
)
_NAMED = {stage.value: stage for stage in Stage}
_TELLING = (EventKind.WITHDRAW.value, EventKind.SUSPEND.value, EventKind.REINSTATE.value)
"""Events that say whether a certificate holds."""
_EVENTS = select(_event.c.certificate, _event.c.id, _event.c.kind, _event.c.on, _event.c.lamport).where(
    _event.c.kind.in_(_TELLING)
)


def cases(connection: Connection, today: date, sites: Sequence[str] | None = None) -> Iterator[Case]:
    """Give the cases of all sites, or of some; sites that were taken out again are left out."""
    if sites is None:
        yield from _cases(connection, today, None)
        return
    for start in range(0, len(sites), AT_ONCE):
        yield from _cases(connection, today, sites[start : start + AT_ONCE])


def touched(connection: Connection, since: Marks, until: Marks) -> set[str] | None:
    """List the sites whose cases acts may have changed since the marks were such; ``None``: any may have changed."""
    found: dict[str, set[str]] = defaultdict(set)
    for device, last in until.items():
        before = since.get(device, 0)
        if last != before:
            query = select(_act.c.kind, _act.c.entity).where(_act.c.device == device, _act.c.seq > before).distinct()
            for kind, entity in connection.execute(query):
                found[kind].add(entity)
    if found.keys() & _SAYS_WHO:
        return None
    sites = found["site"]
    for kinds, table in ((_OF_ASSESSMENTS, _assessment), (_OF_CERTIFICATES, _certificate)):
        entities = sorted({entity for kind in kinds for entity in found[kind]})
        for start in range(0, len(entities), AT_ONCE):
            part = entities[start : start + AT_ONCE]
            sites |= set(connection.execute(select(table.c.site).where(table.c.id.in_(part))).scalars())
    return sites - {""}


_SAYS_WHO = {"enrolment", "office_key", "revocation"}
"""Acts that can change which acts of others count."""
_OF_ASSESSMENTS = ("assessment", "assessment_state")
_OF_CERTIFICATES = ("certificate", "certificate_event")


def _cases(connection: Connection, today: date, sites: Sequence[str] | None) -> Iterator[Case]:
    days = _Days()
    clocks = UnsetClocks(connection, today)
    ways = _ways(connection, days, clocks, sites)
    certificates = _certificates(connection, sites)
    for key, category, district, claimed in _lines(connection, _SITES, _site.c.id, sites):
        at, moved = _first(key, "name", claimed or "", clocks)
        registered = days[at] if at else None
        held = certificates.get(key, ())
        yield case_of(Found(SiteId(key), category, district, registered, ways.get(key, ()), held, moved), today)


def _ways(
    connection: Connection, days: _Days, clocks: UnsetClocks, sites: Sequence[str] | None
) -> dict[str, list[ClaimedWay]]:
    """Give the ways by site, those of a site in the order in which the register has them."""
    wholes = sorted(_lines(connection, _WAYS, _assessment.c.site, sites), key=lambda row: (row[2], row[0]))
    written = _stages(connection, None if sites is None else [row[0] for row in wholes])
    ways: dict[str, list[ClaimedWay]] = {}
    for key, site, _lamport, started_at, shown in wholes:
        lines, moved = _credible(written.get(key, []), clocks)
        stages = [(_NAMED[stage], days[at]) for *_order, at, stage in lines]
        if not stages or stages[0][0] is not Stage.APPLIED:  # what begins with being scored says so by its header
            at, first_moved = _first(key, "header", started_at, clocks)
            stages.insert(0, (Stage.SCORING, days[at]))
            moved += first_moved
        if stages[-1][0] != shown:  # an act that lies about its place in the order must not say where the site stands
            stages.append((Stage(shown), stages[-1][1]))
        ways.setdefault(site, []).append(ClaimedWay(AssessmentId(key), stages, moved))
    return ways


def _first(entity: str, cell: str, at: str, clocks: UnsetClocks) -> tuple[str, int]:
    """Give when the first act of a cell was written, and 1 where its clock was not set."""
    return (clocks.first_of(entity, cell) or at, 1) if at and at < UNSET else (at, 0)


def _credible(lines: list[tuple[Any, ...]], clocks: UnsetClocks) -> tuple[list[tuple[Any, ...]], int]:
    """Put in place of times from clocks that were not set those of the acts before; tell how many these are."""
    if all(at >= UNSET for *_order, at, _stage in lines):  # as nearly always
        return lines, 0
    right: list[tuple[Any, ...]] = []
    for lamport, uuid, number, at, stage in lines:
        known = clocks.before(uuid, number) or at if at < UNSET else at
        right.append((lamport, uuid, number, known, stage))
    return right, sum(line[3] < UNSET for line in lines)


_STAGE_IN = {"sqlite": "json_extract(act.value, '$.stage')", "postgresql": "(act.value::json ->> 'stage')"}


def _stage_query(connection: Connection, assessments: Sequence[str] | None) -> TextClause:
    """Ask for the acts that state a stage; as in ``touched_cells``, the few assessments have to lead."""
    query = text(
        f"SELECT act.entity, act.lamport, device.uuid, act.seq, act.at, {_STAGE_IN[connection.dialect.name]} "  # noqa: S608 - our own names
        "FROM assessment CROSS JOIN act CROSS JOIN device "
        "WHERE act.entity = assessment.id AND act.cell = 'state' AND act.kind = 'assessment_state' "
        "AND act.aside IS NULL AND device.id = act.device AND assessment.part_of IS NULL AND assessment.site <> ''"
        + ("" if assessments is None else " AND assessment.id IN :assessments")
    )
    if assessments is None:
        return query
    return query.bindparams(bindparam("assessments", list(assessments), expanding=True))


def _stages(connection: Connection, assessments: Sequence[str] | None) -> dict[str, list[tuple[Any, ...]]]:
    """Give the stages of assessments in the order in which they were written: Lamport, device, number, time, stage."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for part in [None] if assessments is None else _parts(assessments):
        for line in read_lines(connection, _stage_query(connection, part)):
            found.setdefault(line[0], []).append(line[1:])
    for acts in found.values():
        acts.sort()
    return found


def _certificates(connection: Connection, sites: Sequence[str] | None) -> dict[str, list[HeldCertificate]]:
    rows = sorted(
        _lines(connection, _CERTIFICATES, _certificate.c.site, sites), key=lambda row: (row[2], row[4], row[0])
    )
    events = _events(connection, None if sites is None else [row[0] for row in rows])
    found: dict[str, list[HeldCertificate]] = {}
    for key, site, issued_on, valid_until, _lamport in rows:
        held = HeldCertificate(
            date.fromisoformat(issued_on), date.fromisoformat(valid_until), tuple(events.get(key, ()))
        )
        found.setdefault(site, []).append(held)
    return found


def _events(connection: Connection, certificates: Sequence[str] | None) -> Mapping[str, list[EventRow]]:
    found: dict[str, list[EventRow]] = {}
    for part in [None] if certificates is None else _parts(certificates):
        for certificate, key, kind, on, lamport in _lines(connection, _EVENTS, _event.c.certificate, part):
            event = Event(EventKind(kind), date.fromisoformat(on))
            row = EventRow(EventId(key), CertificateId(certificate), event, "", _NO_TIME, lamport)
            found.setdefault(certificate, []).append(row)
    return found


_NO_TIME = datetime.min.replace(tzinfo=UTC)
"""When an event was written does not matter here; its day and its place in the order do."""


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def _lines(
    connection: Connection, query: Query, column: ColumnElement[Any], keys: Sequence[str] | None
) -> list[tuple[Any, ...]]:
    return read_lines(connection, query if keys is None else query.where(column.in_(keys)))


class _Days(dict[str, date | None]):
    """The day of a claimed time where the person is; ``None`` for what cannot be read."""

    def __missing__(self, at: str) -> date | None:
        minute = at[:_MINUTE] + at[_SECOND:]  # thousands of acts of one day share few minutes
        if minute not in self:
            self[minute] = _day(minute) or _day(at)
        day = self[at] = self[minute]
        return day


_MINUTE, _SECOND = len("2026-11-02T01:00"), len("2026-11-02T01:00:00")


def _day(at: str) -> date | None:
    try:
        moment = datetime.fromisoformat(at)
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone().date()
    except (ValueError, OverflowError, OSError):
        return None
