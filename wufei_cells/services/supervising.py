"""After a certificate was issued: reports, spot checks, deadlines, suspension, withdrawal; and what is due."""

from __future__ import annotations

import uuid
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import CLOSED, CertificateState
from wufei_cells.domain.register import CertificateRow, SiteId
from wufei_cells.domain.supervision import Event, EventId, EventKind, EventRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import certificate_review, reading, roles
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import certificate_queries, queries
from wufei_cells.store.journal import Connection, Draft

REASONED = frozenset(
    {
        EventKind.ORDER,
        EventKind.MENDED,
        EventKind.SUSPEND,
        EventKind.REINSTATE,
        EventKind.WITHDRAW,
        EventKind.CHECK,
        EventKind.RENAME,
    }
)
"""Kinds that say nothing without words; of a renaming they are the new name."""
_IN_ORDER = frozenset({EventKind.ORDER, EventKind.MENDED, EventKind.SUSPEND, EventKind.REINSTATE, EventKind.WITHDRAW})
"""Kinds of which the last one counts: one dated before it would be on record and change nothing."""
_TOLD = frozenset({CertificateState.SUSPENDED, CertificateState.WITHDRAWN})
HELD = frozenset({CertificateState.VALID, CertificateState.NOT_YET})


def record_event(workspace: Workspace, certificate: str, event: Event) -> EventRow:
    """Put on record what happened to a certificate; whether it holds follows from it.

    A withdrawal bars the site from applying for as long as the city's profile says.

    Raises:
        ProblemsFound: what is missing or cannot be so.
        UserError: it does not fit how the certificate stands, or the person is not of the office.
    """
    key = EventId(uuid.uuid4().hex)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "certificate_event")
        row = reading.certificate(workspace, connection, certificate)
        _refuse_unfit(workspace, row, event, certificate_queries.events_of(connection, [row.id])[row.id])
        _refuse_order(row, event)
        if event.kind is EventKind.WITHDRAW:
            event = replace(event, until=_barred_until(connection, event))
        draft = Draft("certificate_event", row.id, f"event.{key}", _document(event))
        workspace.write(connection, [draft])
        return next(one for one in certificate_queries.events_of(connection, [row.id])[row.id] if one.id == key)


def strike(workspace: Workspace, certificate: str, event_id: str, *, reason: str) -> None:
    """Strike an event, named by the beginning of its id, that was a mistake; the record keeps it, with the reason.

    Raises:
        UserError: there is no such event, no reason was given, or the person is not of the office.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "certificate_event")
        row = reading.certificate(workspace, connection, certificate)
        known = certificate_queries.events_of(connection, [row.id])[row.id]
        candidates = [one for one in known if len(event_id) >= reading.SHORTEST_ID and one.id.startswith(event_id)]
        if len(candidates) != 1:
            raise UserError("supervising.unknown_event", event=event_id)
        found = candidates[0]
        if not reason:
            raise UserError("supervising.strike_reason")
        value: JsonValue = {**_document(found.event), "struck": reason}
        workspace.write(connection, [Draft("certificate_event", row.id, f"event.{found.id}", value)])


def events(workspace: Workspace, certificate: str) -> tuple[EventRow, ...]:
    """List what happened to a certificate, in the order of the days."""
    with workspace.database.reading() as connection:
        row = reading.certificate(workspace, connection, certificate)
        return certificate_queries.events_of(connection, [row.id])[row.id]


def standing_states(workspace: Workspace, on: date) -> Mapping[str, tuple[CertificateState, date]]:
    """Give by number how every certificate stands on a day, and since when; of a number given twice, the worse."""
    with workspace.database.reading() as connection:
        rows = certificate_queries.certificates(connection, on=on)
    worst_last = sorted(rows, key=lambda row: (row.state in _TOLD, row.state is CertificateState.WITHDRAWN))
    return {row.number: (row.state, row.since or row.issued_on) for row in worst_last}


# --- what is due


class DueKind(StrEnum):
    """What waits to be done about a certificate."""

    RENEWAL = "renewal"
    """It runs out soon, and no newer assessment of the site is under way or certified."""
    EXPIRED = "expired"
    """It ran out and nothing followed."""
    REPORT = "report"
    """The yearly report has not come."""
    ORDER = "order"
    """What was ordered is past its day."""
    REVIEW = "review"
    """What it rests on changed after it was issued, or is in conflict: something arrived late."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that waits, and the day by which it should be done."""

    kind: DueKind
    certificate: CertificateRow
    by: date
    years: tuple[int, ...] = ()
    """REPORT: every year that was not reported on; ``by`` is the deadline of the first."""


def due(workspace: Workspace, on: date | None = None) -> tuple[Due, ...]:
    """List what waits to be done about the certificates of the register, the most urgent first."""
    day = on or workspace.today()
    with workspace.database.reading() as connection:
        process = reading.profile(connection).process
        rows = certificate_queries.certificates(connection, on=day)
        told = certificate_queries.all_events(connection)
        changed = tuple(certificate_review.needing(connection, rows))
        under_way = {site.id: site.assessment for site in queries.sites(connection) if site.stage not in CLOSED}
    of_site: dict[str, list[CertificateRow]] = {}
    for row in rows:
        of_site.setdefault(row.site, []).append(row)
    found = [Due(DueKind.REVIEW, row, row.issued_on) for row in changed]
    for site, held in of_site.items():
        row = held[0]  # the newest; what it follows has come to its end with it
        if row.state is CertificateState.WITHDRAWN:
            continue
        if under_way.get(SiteId(site)) in (None, row.assessment):
            found += _running_out(row, process.renewal_months, day)
        if row.ordered_until and row.ordered_until < day:
            found.append(Due(DueKind.ORDER, row, row.ordered_until))
        # A report that came in under the number before counts for the unit all the same.
        reports = _reports_due(row, [one for other in held for one in told.get(other.id, ())], process.report_by, day)
        if reports:
            found.append(Due(DueKind.REPORT, row, reports[min(reports)], tuple(sorted(reports))))
    return tuple(sorted(found, key=lambda entry: (entry.by, entry.certificate.number, entry.kind)))


def _running_out(row: CertificateRow, months: int, day: date) -> list[Due]:
    if day > row.valid_until:
        return [Due(DueKind.EXPIRED, row, row.valid_until)]
    return [Due(DueKind.RENEWAL, row, row.valid_until)] if months_before(row.valid_until, months) <= day else []


def months_before(day: date, months: int) -> date:
    """Give the day some months earlier: the same day of the month, or its last where there is none."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _reports_due(row: CertificateRow, told: Iterable[EventRow], report_by: str, day: date) -> Mapping[int, date]:
    """Give the years whose reports are missing and past their day, and these days."""
    if not report_by or row.state not in HELD:
        return {}
    reported = {one.event.year for one in told if one.event.kind is EventKind.REPORT and one.event.on <= day}
    deadlines = {year: date.fromisoformat(f"{year + 1}-{report_by}") for year in range(row.issued_on.year, day.year)}
    return {
        year: deadline
        for year, deadline in deadlines.items()
        if deadline < day and year not in reported and deadline <= row.valid_until
    }


# --- parts


def _barred_until(connection: Connection, event: Event) -> date | None:
    years = reading.profile(connection).process.bar_years
    if not years:
        return None
    return months_before(event.on, -12 * years)


def _refuse_unfit(workspace: Workspace, row: CertificateRow, event: Event, told: Sequence[EventRow]) -> None:
    found: list[Problem] = []
    if event.kind in REASONED and not event.reason.strip():
        found.append(Problem("supervising.reason_needed", "reason"))
    found += text_problems("reason", event.reason, limit=LONGEST_NOTE, lines=True)
    found += text_problems("document_number", event.document_number, limit=LONGEST_NAME)
    if event.on > workspace.today():
        found.append(Problem("applying.day_to_come", "on", {"found": event.on}))
    if event.on < row.issued_on:
        found.append(Problem("supervising.before_issue", "on", {"found": event.on, "issued": row.issued_on}))
    else:
        found += _out_of_order(event, told)
    if event.kind is EventKind.ORDER and (event.until is None or event.until < event.on):
        found.append(Problem("supervising.deadline_needed", "until"))
    if event.kind is EventKind.REPORT and (event.year is None or not row.issued_on.year <= event.year <= event.on.year):
        found.append(Problem("supervising.year_needed", "year", {"first": row.issued_on.year, "last": event.on.year}))
    found += _reported_before(event, told)
    if found:
        raise ProblemsFound(found)


def _out_of_order(event: Event, told: Sequence[EventRow]) -> list[Problem]:
    """Say that something is dated before the last entry that it should follow."""
    later = [one for one in told if one.event.kind in _IN_ORDER and one.event.on > event.on]
    if event.kind not in _IN_ORDER or not later:
        return []
    last = max(later, key=lambda one: (one.event.on, one.lamport))
    values = {"found": event.on, "last": last.event.on}
    return [Problem("supervising.before_last", "on", values)]


def _reported_before(event: Event, told: Sequence[EventRow]) -> list[Problem]:
    if event.kind is not EventKind.REPORT:
        return []
    days = [one.event.on for one in told if one.event.kind is EventKind.REPORT and one.event.year == event.year]
    return [Problem("supervising.reported", "year", {"year": event.year, "on": min(days)})] if days else []


def _refuse_order(row: CertificateRow, event: Event) -> None:
    """Refuse what does not follow from how the certificate stands today."""
    values = {"number": row.number, "site": row.site_name}
    if row.state is CertificateState.WITHDRAWN:
        raise UserError("supervising.withdrawn", **values, since=row.since)
    if event.kind is EventKind.SUSPEND and row.state is CertificateState.SUSPENDED:
        raise UserError("supervising.suspended", **values, since=row.since)
    if event.kind is EventKind.REINSTATE and row.state is not CertificateState.SUSPENDED:
        raise UserError("supervising.not_suspended", **values)
    if event.kind is EventKind.MENDED and row.ordered_until is None:
        raise UserError("supervising.nothing_ordered", **values)


def _document(event: Event) -> dict[str, JsonValue]:
    return {
        "kind": event.kind.value,
        "on": event.on.isoformat(),
        "reason": event.reason.strip(),
        "until": event.until.isoformat() if event.until else None,
        "document_number": event.document_number.strip(),
        "year": event.year,
    }
