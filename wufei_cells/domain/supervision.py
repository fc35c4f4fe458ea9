"""What happens to a certificate after it was issued: reports, spot checks, deadlines, suspension, withdrawal.

Each is an event of its own, so two people who note something at the same time never overwrite each other. Whether a
certificate holds on a day is computed from its dates and its events, for any day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.domain.register import CertificateId

EventId = NewType("EventId", str)


class EventKind(StrEnum):
    """What can happen to a certificate."""

    REPORT = "report"
    """年度报告: the holder reported on a year."""
    CHECK = "check"
    """抽查: it was looked at again and found in order."""
    ORDER = "order"
    """限期整改: something is to be put right by a day."""
    MENDED = "mended"
    """整改完成: what was ordered was done and checked."""
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    RENAME = "rename"
    """更名: the unit bears another name now; the certificate keeps the one it was issued to."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a certificate; written as a whole."""

    kind: EventKind
    on: date
    """The day from which it holds."""
    reason: str = ""
    """Why, or what was found or reported."""
    until: date | None = None
    """ORDER: by when; WITHDRAW: the last day on which the site cannot apply."""
    document_number: str = ""
    year: int | None = None
    """REPORT: the year it is about."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event on record."""

    id: EventId
    certificate: CertificateId
    event: Event
    author: str
    at: datetime
    lamport: int


@dataclass(frozen=True, slots=True)
class Holding:
    """How a certificate stands on a day, and since when."""

    state: CertificateState
    since: date
    ordered_until: date | None = None
    """By when something is to be put right; ``None`` when nothing is."""


def holding(events: Iterable[EventRow], issued_on: date, valid_until: date, on: date) -> Holding:
    """Tell how a certificate stands on a day.

    Withdrawn is for good, whatever is noted after it, and is told even when the certificate would have run out by now.
    Suspended lasts until it is reinstated or has run out. Events of one day count in the order in which they were
    written.
    """
    past = sorted((row for row in events if row.event.on <= on), key=lambda row: (row.event.on, row.lamport, row.id))
    state, since, ordered = CertificateState.VALID, issued_on, None
    for row in past:
        kind = row.event.kind
        if kind is EventKind.WITHDRAW:
            return Holding(CertificateState.WITHDRAWN, row.event.on)
        if kind is EventKind.ORDER:
            ordered = row.event.until
        elif kind is EventKind.MENDED:
            ordered = None
        elif kind is EventKind.SUSPEND:
            state, since = CertificateState.SUSPENDED, row.event.on
        elif kind is EventKind.REINSTATE:
            state, since = CertificateState.VALID, row.event.on
    if on > valid_until:
        return Holding(CertificateState.EXPIRED, valid_until, ordered)
    if state is CertificateState.VALID and on < issued_on:
        return Holding(CertificateState.NOT_YET, issued_on, ordered)
    return Holding(state, since, ordered)
