"""Read certificates and what happened to them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import CertificateId, CertificateRow, SiteRow
from wufei_cells.domain.supervision import Event, EventId, EventKind, EventRow, holding
from wufei_cells.store import office_tables, tables
from wufei_cells.store.queries import day_in, people

LAST_CHARACTER = "\U0010ffff"

_certificate = tables.certificate
_event = office_tables.certificate_event
# What only newer programs know how to read stays in the journal, unread.
_READABLE = _event.c.kind.in_([kind.value for kind in EventKind])
_EVENTS = select(_event).where(_READABLE).order_by(_event.c.on, _event.c.lamport, _event.c.id)
_EVENTS_OF = _EVENTS.where(_event.c.certificate == bindparam("of_certificate"))


def certificates(connection: Connection, *, on: date, certificate: str | None = None) -> tuple[CertificateRow, ...]:
    """List certificates, newest first, with their state on a day; one only when named by id or number."""
    query = select(_certificate.c.id, _certificate.c.record)
    query = query.order_by(_certificate.c.issued_on.desc(), _certificate.c.number.desc(), _certificate.c.id)
    if certificate is not None:
        query = query.where((_certificate.c.id == certificate) | (_certificate.c.number == certificate))
    found = [(row.id, json.loads(row.record)) for row in connection.execute(query)]
    told = events_of(connection, [found[0][0]]) if certificate and len(found) == 1 else all_events(connection)
    return tuple(certificate_row(key, record, told.get(key, ()), on) for key, record in found)


def certificate_row(key: str, record: Mapping[str, object], told: Iterable[EventRow], on: date) -> CertificateRow:
    """Read the record of a certificate, with its state on a day."""
    fields = dict(record)
    issued, until = (date.fromisoformat(str(fields.pop(name))) for name in ("issued_on", "valid_until"))
    named = fields.pop("named_on", None)
    standing = holding(told, issued, until, on)
    # What is left are plain values as ``issue_certificate`` wrote them; fields of newer programs stay unread.
    known: dict[str, Any] = {name: fields[name] for name in fields if name in CertificateRow.__dataclass_fields__}
    return CertificateRow(
        id=CertificateId(key),
        issued_on=issued,
        valid_until=until,
        named_on=day_in(str(named)) if named else None,
        state=standing.state,
        since=standing.since,
        ordered_until=standing.ordered_until,
        **known,
    )


def record_of(connection: Connection, certificate: str) -> dict[str, Any]:
    """Give the record of a certificate as it was written."""
    return json.loads(
        connection.execute(select(_certificate.c.record).where(_certificate.c.id == certificate)).scalar_one()
    )


def numbers_like(connection: Connection, prefix: str) -> tuple[str, ...]:
    """List the certificate numbers that begin with a prefix, each as often as it was given."""
    # A range, which an index finds; LIKE would read every certificate, and would not tell small from capital letters.
    number = _certificate.c.number
    query = select(number).where(number >= prefix, number < f"{prefix}{LAST_CHARACTER}").order_by(number)
    return tuple(connection.execute(query).scalars())


# --- how the certificates of sites stand

_DAYS = select(_certificate.c.id, _certificate.c.issued_on, _certificate.c.valid_until)
_DAYS_OF = _DAYS.where(_certificate.c.id == bindparam("of_certificate"))


def with_states(connection: Connection, sites: Sequence[SiteRow], on: date) -> tuple[SiteRow, ...]:
    """Tell of sites how their newest certificates stand on a day."""
    held = [row.certificate for row in sites if row.certificate]
    one = held[0] if len(sites) == 1 and held else None
    states = _states(connection, _DAYS_OF if one else _DAYS, on, one) if held else {}
    return tuple(replace(row, certificate_state=states[row.certificate]) if row.certificate else row for row in sites)


def _states(
    connection: Connection, query: Select[*tuple[Any, ...]], on: date, one: CertificateId | None = None
) -> dict[CertificateId, CertificateState]:
    told = events_of(connection, [one]) if one else all_events(connection)
    found = connection.execute(query, {"of_certificate": one} if one else {})
    days = ((CertificateId(row.id), day_in(row.issued_on), day_in(row.valid_until)) for row in found)
    return {key: holding(told.get(key, ()), first, last, on).state for key, first, last in days if first and last}


# --- what happened


def all_events(connection: Connection) -> dict[str, tuple[EventRow, ...]]:
    """Give what happened to certificates, by certificate, in the order of the days."""
    names = people(connection)
    found: dict[str, list[EventRow]] = {}
    for row in connection.execute(_EVENTS):
        found.setdefault(row.certificate, []).append(_event_row(row, names))
    return {key: tuple(rows) for key, rows in found.items()}


def events_of(connection: Connection, certificates: Iterable[str]) -> dict[str, tuple[EventRow, ...]]:
    """Give what happened to some certificates, by certificate, in the order of the days."""
    names = people(connection)
    return {
        key: tuple(_event_row(row, names) for row in connection.execute(_EVENTS_OF, {"of_certificate": key}))
        for key in certificates
    }


def _event_row(row: Any, names: Mapping[str, str]) -> EventRow:
    said = Event(
        kind=EventKind(row.kind),
        on=date.fromisoformat(row.on),
        reason=row.reason,
        until=day_in(row.until),
        document_number=row.document_number,
        year=row.year,
    )
    return EventRow(
        id=EventId(row.id),
        certificate=CertificateId(row.certificate),
        event=said,
        author=names.get(row.author) or row.author,
        at=datetime.fromisoformat(row.at),
        lamport=row.lamport,
    )


def with_a_day(connection: Connection, first: date, last: date, *, on: date) -> tuple[CertificateRow, ...]:
    """List certificates that run out between two days, or of whose holders something was ordered by one of them.

    Args:
        connection: the transaction.
        first: the first day.
        last: the last day.
        on: the day of their states.
    """
    days = (first.isoformat(), last.isoformat())
    ordered = select(_event.c.certificate).where(_event.c.kind == EventKind.ORDER.value, _event.c.until.between(*days))
    query = select(_certificate.c.id, _certificate.c.record).order_by(_certificate.c.id)
    query = query.where(_certificate.c.valid_until.between(*days) | _certificate.c.id.in_(ordered))
    found = [(row.id, json.loads(row.record)) for row in connection.execute(query)]
    told = events_of(connection, [key for key, _record in found])
    return tuple(certificate_row(key, record, told[key], on) for key, record in found)


def certificates_of(connection: Connection, site: str) -> tuple[CertificateId, ...]:
    """Name all certificates a site ever had, the newest first."""
    query = select(_certificate.c.id).where(_certificate.c.site == site)
    query = query.order_by(_certificate.c.issued_on.desc(), _certificate.c.lamport.desc(), _certificate.c.id)
    return tuple(CertificateId(key) for key in connection.execute(query).scalars())


def resting_plainly(connection: Connection, bases: Mapping[str, str]) -> frozenset[str]:
    """Give those of some certified assessments that rest on the very acts they were issued on, and on no other sheet.

    Args:
        connection: the transaction.
        bases: by assessment, what ``ledger.basis`` gives today.
    """
    file, part = tables.assessment, tables.assessment.alias("part")
    alone = ~select(part.c.id).where(part.c.part_of == file.c.id).exists()
    query = select(file.c.id, file.c.basis).where(
        file.c.id.in_(list(bases)), file.c.stage == Stage.CERTIFIED.value, alone
    )
    return frozenset(row.id for row in connection.execute(query) if row.basis == bases[row.id])
