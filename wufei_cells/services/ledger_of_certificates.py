"""The ledger of certificates: who holds which, since when, until when, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.register import CertificateRow
from wufei_cells.errors import UserError
from wufei_cells.workbooks.ledgers.table import Lines, Look, Row

if TYPE_CHECKING:
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.services.ledger_gathering import Gathering

_COLUMNS = (
    ("order", 6),
    ("category", 13),
    ("site", 32),
    ("district", 11),
    ("leads", 20),
    ("assessed_on", 12),
    ("total", 8),
    ("level", 9),
    ("document", 20),
    ("batch", 16),
    ("number", 20),
    ("valid_until", 12),
    ("state", 10),
)
"""Names and widths in characters, in the order in which they stand."""


def gather(gathering: Gathering) -> Lines:
    """Gather it: certificates, or what was listed by key, sites on their way to a certificate among it.

    Raises:
        UserError: there is nothing of such a key.
    """
    entries = _entries(gathering)
    looks = {"site": Look.TEXT, "leads": Look.TEXT}
    columns = tuple(gathering.column(name, width, looks.get(name, Look.CENTER)) for name, width in _COLUMNS)
    return Lines(columns, _rows(gathering, entries), len(entries), frozen=3)


def _entries(gathering: Gathering) -> list[CertificateRow | AssessmentRow]:
    scope, certificates = gathering.scope, gathering.certificates
    if scope.keys is None:
        found: list[CertificateRow | AssessmentRow] = list(certificates)
    else:
        known: dict[str, CertificateRow | AssessmentRow] = {
            key: row for key, row in gathering.assessments.items() if row.part_of is None
        }
        known |= {key: row for row in certificates for key in (row.id, row.number)}
        unknown = next((key for key in scope.keys if key not in known), None)
        if unknown is not None:
            raise UserError("ledger.unknown", key=unknown)
        found = [known[key] for key in dict.fromkeys(scope.keys)]
    return [entry for entry in found if scope.holds(entry.category, entry.district)]


def _rows(gathering: Gathering, entries: list[CertificateRow | AssessmentRow]) -> Iterator[Row]:
    for order, entry in enumerate(entries, 1):
        if isinstance(entry, CertificateRow):
            yield (order, *_certificate(gathering, entry))
        else:
            yield (order, *_on_its_way(gathering, entry))


def _certificate(gathering: Gathering, row: CertificateRow) -> Row:
    assessment = gathering.assessments.get(row.assessment)
    return (
        gathering.said(row.category_text),
        row.site_name,
        gathering.district(row.district),
        gathering.leads(row.category),
        assessment.on if assessment else None,
        Fraction(row.total),
        gathering.said(row.level),
        row.document_number,
        row.batch,
        row.number,
        row.valid_until,
        gathering.state(row.state),
    )


def _on_its_way(gathering: Gathering, row: AssessmentRow) -> Row:
    batch = gathering.batch(row.batch)
    return (
        gathering.category(row.category),
        row.site_name,
        gathering.district(row.district),
        gathering.leads(row.category),
        row.on,
        row.total,
        gathering.level(row.edition, row.level),
        batch.document_number,
        batch.title,
        "",
        None,
        gathering.say(f"stage.{row.stage.value}"),
    )
