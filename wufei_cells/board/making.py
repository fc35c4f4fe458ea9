"""Make cases out of what is on record: days as clocks claimed them, certificates and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from wufei_cells.board.cases import Case, Entered, Span, Turn, Way
from wufei_cells.board.months import DAY
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import AssessmentId, SiteId
from wufei_cells.domain.supervision import EventRow, holding

CLOCKS_SET = date(2000, 1, 1)
"""A clock that claims an earlier day was never set; nobody assessed a waste-free cell before it."""

# Thousands of sites share few pairs of a stage and a day: each is made once, which is quicker and smaller.
_DISTINCT = 1 << 16
_entered = lru_cache(maxsize=_DISTINCT)(Entered)
_turn = lru_cache(maxsize=_DISTINCT)(Turn)
_span = lru_cache(maxsize=_DISTINCT)(Span)


class ClaimedWay(NamedTuple):
    """One assessment: its stages in the order in which they were written, each with the day that was claimed."""

    assessment: AssessmentId
    stages: Sequence[tuple[Stage, date | None]]
    """At least one; ``None``: nobody can read what was claimed."""
    put_right: int = 0
    """How many of the days were put right where they were read."""


class HeldCertificate(NamedTuple):
    """The days of one certificate and what happened to it."""

    issued_on: date
    valid_until: date
    events: tuple[EventRow, ...] = ()


class Found(NamedTuple):
    """What is on record about one site."""

    site: SiteId
    category: str
    district: str
    registered: date | None
    """The day that its first act claims."""
    ways: Sequence[ClaimedWay] = ()
    certificates: Sequence[HeldCertificate] = ()
    """The oldest first."""
    put_right: int = 0
    """How many of the days were put right where they were read."""


def case_of(found: Found, today: date) -> Case:
    """Make the case of a site. Days that cannot be are put right: none is after today or before the one before it."""
    turns = turns_of(found.certificates)
    held = held_in(turns)
    registered, wrong = _registered(found, today)
    if held:
        registered = min(registered, held[0].first)  # one who holds a certificate is known, whoever entered it later
    ways: list[Way] = []
    for claimed in found.ways:
        way, moved = _way(claimed, registered, today)
        ways.append(way)
        wrong += moved
    return Case(
        found.site, found.category, found.district, registered, tuple(ways), held, turns, wrong + found.put_right
    )


def _registered(found: Found, today: date) -> tuple[date, int]:
    """Give the day of the first act; where its clock was never set, the next day that is known of the site."""
    claimed = found.registered
    if claimed is None or claimed >= CLOCKS_SET:
        return _right(claimed, date.min, today)
    known = (day for way in found.ways for _stage, day in way.stages if day is not None and day >= CLOCKS_SET)
    return min([*known, today]), 1


def _way(claimed: ClaimedWay, earliest: date, today: date) -> tuple[Way, int]:
    entered: list[Entered] = []
    wrong = claimed.put_right
    for stage, day in claimed.stages:
        if day is not None and earliest <= day <= today:  # as nearly always
            earliest = day
        else:
            earliest = _right(day, earliest, today)[0]
            wrong += 1
        if not entered or entered[-1].stage is not stage:  # a remark that is added later moves nobody
            entered.append(_entered(stage, earliest))
    return Way(claimed.assessment, tuple(entered)), wrong


def _right(day: date | None, earliest: date, today: date) -> tuple[date, int]:
    """Give the day nearest to the claimed one that can be, and 1 where that is another."""
    right = today if day is None and earliest is date.min else min(max(day or earliest, earliest), today)
    return right, int(right != day)


# --- certificates


def turns_of(certificates: Sequence[HeldCertificate]) -> tuple[Turn, ...]:
    """Tell how the certificates of a site stand from which day on: valid when one is, or else as the newest stands."""
    if len(certificates) == 1 and not certificates[0].events:
        only = certificates[0]
        if only.issued_on <= only.valid_until:
            expired = _turn(CertificateState.EXPIRED, only.valid_until + DAY)
            return (_turn(CertificateState.VALID, only.issued_on), expired)
    days = {day for one in certificates for day in (one.issued_on, one.valid_until + DAY)}
    days |= {row.event.on for one in certificates for row in one.events}
    turns: list[Turn] = []
    for day in sorted(days):
        state = _together(certificates, day)
        if not turns or turns[-1].state is not state:
            turns.append(_turn(state, day))
    return tuple(turns)


def _together(certificates: Sequence[HeldCertificate], day: date) -> CertificateState:
    states = [holding(one.events, one.issued_on, one.valid_until, day).state for one in certificates]
    if CertificateState.VALID in states:
        return CertificateState.VALID
    begun = [state for state in states if state is not CertificateState.NOT_YET]
    return begun[-1] if begun else CertificateState.NOT_YET


def held_in(turns: Sequence[Turn]) -> tuple[Span, ...]:
    """Give the days on which a certificate holds; every one of them ends some day."""
    valid = CertificateState.VALID
    return tuple(_span(turn.on, later.on - DAY) for turn, later in pairwise(turns) if turn.state is valid)
