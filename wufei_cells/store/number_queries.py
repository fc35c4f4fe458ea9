"""Read which certificate a site held on a day, by its number alone; thousands of them without their records."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from wufei_cells.domain.register import SiteId
from wufei_cells.store import tables

_certificate = tables.certificate
_COLUMNS = select(_certificate.c.site, _certificate.c.number, _certificate.c.valid_until)


def numbers_on(connection: Connection, day: date) -> dict[SiteId, str]:
    """Give of each site the number of the certificate that had been issued last by a day and runs to it or beyond.

    Where all had run out, it is the one that ran out last.
    """
    asked = _COLUMNS.where(_certificate.c.issued_on <= day.isoformat()).order_by(
        _certificate.c.issued_on, _certificate.c.valid_until, _certificate.c.number
    )
    found: dict[SiteId, tuple[bool, str]] = {}
    for site, number, until in connection.execute(asked):
        runs = str(until) >= day.isoformat()
        if runs or site not in found or not found[SiteId(site)][0]:
            found[SiteId(site)] = (runs, str(number))
    return {site: number for site, (_runs, number) in found.items()}
