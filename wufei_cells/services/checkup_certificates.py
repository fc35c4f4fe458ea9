"""X-rays of certificates: numbers twice or lost, what is due, and what was issued without a signature."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.checkups import Check, Hint, Weight
from wufei_cells.domain.numbering import NumberUse
from wufei_cells.domain.register import CertificateRow
from wufei_cells.services import numbering, supervising
from wufei_cells.services.supervising import DueKind
from wufei_cells.store import certificate_queries, key_queries

if TYPE_CHECKING:
    from wufei_cells.services.checkup_reading import RegisterReading
    from wufei_cells.services.workspace import Workspace

DUE = {
    DueKind.RENEWAL: (Check.CERTIFICATE_DUE, Weight.NOTE),
    DueKind.EXPIRED: (Check.CERTIFICATE_EXPIRED, Weight.WARNING),
    DueKind.REPORT: (Check.REPORT_OVERDUE, Weight.WARNING),
    DueKind.ORDER: (Check.ORDER_OVERDUE, Weight.WARNING),
    DueKind.REVIEW: (Check.CERTIFICATE_REVIEW, Weight.ERROR),
}
"""What each thing that waits is called here."""


def numbers_twice(register: RegisterReading) -> Iterator[Hint]:
    """Find certificates that share their number with another one."""
    rows = certificate_queries.certificates(register.connection, on=register.today)
    times = Counter(row.number for row in rows)
    for row in rows:
        if times[row.number] > 1:
            yield _hint(row, Check.CERTIFICATE_TWICE, Weight.ERROR, times=times[row.number])


def unsigned(register: RegisterReading) -> Iterator[Hint]:
    """Find certificates that were issued without a signature when the office had announced a key."""
    since = min(
        (date.fromisoformat(str(one["since"])) for one in key_queries.announcements(register.connection)), default=None
    )
    if since is None:
        return
    for row in certificate_queries.certificates(register.connection, on=register.today):
        if not row.proof and row.issued_on >= since:
            yield _hint(row, Check.CERTIFICATE_UNSIGNED, Weight.NOTE, since=since)


def due(workspace: Workspace) -> Iterator[Hint]:
    """Find certificates about which something waits to be done."""
    for one in supervising.due(workspace):
        check, weight = DUE[one.kind]
        yield _hint(one.certificate, check, weight, by=one.by)


def numbers_lost(workspace: Workspace) -> Iterator[Hint]:
    """Find numbers that were passed over and that nothing explains."""
    for gap in numbering.ledger(workspace):
        if gap.use is NumberUse.LOST:
            values = {"series": gap.series, "first": gap.first, "last": gap.last, "count": gap.last - gap.first + 1}
            yield Hint(Check.CERTIFICATE_LOST, Weight.WARNING, values=values)


def _hint(row: CertificateRow, check: Check, weight: Weight, **values: object) -> Hint:
    return Hint(
        check,
        weight,
        site=row.site,
        site_name=row.site_name,
        assessment=row.assessment,
        certificate=row.id,
        values={"number": row.number, **values},
    )
