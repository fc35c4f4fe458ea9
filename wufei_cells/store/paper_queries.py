"""Read certificates as they were issued: what a look back to a day may know of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime

from sqlalchemy import Connection, and_, func, select

from wufei_cells.board.cases import Span
from wufei_cells.board.papers import Paper
from wufei_cells.domain.register import SiteId
from wufei_cells.domain.supervision import EventKind
from wufei_cells.store import office_tables, tables
from wufei_cells.store.row_writing import read_lines

_certificate, _act = tables.certificate, tables.act
_event = office_tables.certificate_event
_PAPERS = (
    select(_certificate.c.id, _certificate.c.site, _certificate.c.issued_on, _certificate.c.valid_until, _act.c.at)
    .select_from(_certificate)
    .outerjoin(_act, and_(_act.c.entity == _certificate.c.id, _act.c.cell == "record", _act.c.aside.is_(None)))
    .order_by(_certificate.c.issued_on, _certificate.c.id)
)
_TAKEN_BACK = (
    select(_event.c.certificate, func.min(_event.c.on))
    .where(_event.c.kind == EventKind.WITHDRAW.value)
    .group_by(_event.c.certificate)
)


def papers(connection: Connection) -> dict[SiteId, list[Paper]]:
    """Give the certificates of all sites, by site, by their first days."""
    taken = {certificate: date.fromisoformat(on) for certificate, on in read_lines(connection, _TAKEN_BACK)}
    found: dict[SiteId, dict[str, Paper]] = defaultdict(dict)
    for key, site, issued_on, valid_until, at in read_lines(connection, _PAPERS):
        first, last = date.fromisoformat(issued_on), date.fromisoformat(valid_until)
        if first <= last:
            known = found[SiteId(site)].get(key)
            issued = min(_issued(at, first), known.issued_on if known else first)
            found[SiteId(site)][key] = Paper(issued, Span(first, last), taken.get(key))
    return {site: list(of_site.values()) for site, of_site in found.items()}


def _issued(at: str | None, first: date) -> date:
    """Give the day on which it was issued: its first day, or the day of the act where it begins only later."""
    if not at or at[:10] >= first.isoformat():
        return first
    try:
        moment = datetime.fromisoformat(at)
        return min(first, (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment).astimezone().date())
    except (ValueError, OverflowError, OSError):
        return first
