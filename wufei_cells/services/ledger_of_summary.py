"""The summary: every site with its latest assessment, its certificate and what is still open, on one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.findings import FindingState
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services import finding_faults
from wufei_cells.services.counted_cells import counted_cells, scorecard_of
from wufei_cells.services.measure_wording import score_text
from wufei_cells.workbooks.ledgers.table import Lines, Look, Row

if TYPE_CHECKING:
    from wufei_cells.domain.register import AssessmentRow, CertificateRow, SiteRow
    from wufei_cells.services.ledger_gathering import Gathering

_COLUMNS = (
    ("order", 6, Look.CENTER),
    ("site", 24, Look.TEXT),
    ("category", 11, Look.CENTER),
    ("district", 9, Look.CENTER),
    ("credit_code", 12, Look.CENTER),
    ("edition", 10, Look.CENTER),
    ("stage", 9, Look.CENTER),
    ("assessors", 11, Look.TEXT),
    ("assessed_on", 12, Look.CENTER),
    ("total", 8, Look.CENTER),
    ("range", 12, Look.CENTER),
    ("level", 9, Look.CENTER),
    ("verdict", 9, Look.CENTER),
    ("document", 14, Look.CENTER),
    ("batch", 12, Look.CENTER),
    ("number", 13, Look.CENTER),
    ("valid_until", 12, Look.CENTER),
    ("certificate_state", 8, Look.CENTER),
    ("open_findings", 8, Look.CENTER),
    ("leads", 16, Look.TEXT),
)
"""Names, widths in characters and looks, in the order in which they stand."""


@dataclass(frozen=True, slots=True)
class _Result:
    """How far an assessment has come."""

    total: Span | None = None
    level: str | None = None
    """Key of the level that is reached."""
    passed: bool | None = None


def gather(gathering: Gathering) -> Lines:
    """Gather it; what is open is scored as far as it is answered."""
    columns = tuple(gathering.column(*column) for column in _COLUMNS)
    return Lines(columns, _rows(gathering), len(gathering.sites))


def _rows(gathering: Gathering) -> Iterator[Row]:
    certificates = {row.id: row for row in gathering.certificates}
    waiting = _open_findings(gathering)
    category, under_way = None, dict[str, _Result]()
    for order, site in enumerate(gathering.sites, 1):
        if site.category != category:  # sites come by category: what is scored of one is let go before the next
            category, under_way = site.category, _under_way(gathering, site.category)
        assessment = gathering.assessments.get(site.assessment or "")
        certificate = certificates.get(site.certificate) if site.certificate else None
        result = under_way.get(site.assessment or "") if site.stage is Stage.SCORING else _stored(assessment)
        yield (
            order,
            site.name,
            gathering.category(site.category),
            gathering.district(site.district),
            site.credit_code,
            *_assessed(gathering, site, assessment, result or _Result()),
            *_certified(gathering, site, assessment, certificate),
            waiting.get(site.id, 0),
            gathering.leads(site.category),
        )


def _assessed(gathering: Gathering, site: SiteRow, row: AssessmentRow | None, result: _Result) -> Row:
    total = result.total
    return (
        gathering.edition(row.edition) if row else "",
        gathering.say(f"stage.{site.stage.value}"),
        gathering.joined(row.assessors) if row else "",
        row.on if row else None,
        total.low if total and total.settled else None,
        score_text(total) if total and not total.settled else "",
        gathering.level(row.edition, result.level) if row else "",
        _verdict(gathering, result),
    )


def _verdict(gathering: Gathering, result: _Result) -> str:
    if result.total is None:
        return ""
    word = {True: "passed", False: "failed", None: "open"}[result.passed]
    return gathering.say(f"scoresheet.verdict.{word}")


def _certified(
    gathering: Gathering, site: SiteRow, row: AssessmentRow | None, certificate: CertificateRow | None
) -> Row:
    """Give the naming on its way, else the one that the newest certificate rests on; and that certificate."""
    batch = gathering.batch(row.batch if row else None)
    document, title = batch.document_number, batch.title
    if certificate and (not title or (row and row.id == certificate.assessment)):
        document, title = certificate.document_number, certificate.batch
    return document, title, site.certificate_number, site.valid_until, gathering.state(site.certificate_state)


def _stored(row: AssessmentRow | None) -> _Result:
    """Give the result as it was when the assessment was finished."""
    if row is None or row.total is None:
        return _Result()
    return _Result(Span.exactly(row.total), row.level, row.passed)


def _under_way(gathering: Gathering, category: str) -> Mapping[str, _Result]:
    """Score the open assessments of a category as far as they are answered."""
    found: dict[str, _Result] = {}
    for cell in counted_cells(gathering.workspace, gathering.connection, category, (Stage.SCORING,)):
        if gathering.scope.holds(category, cell.row.district):
            card = scorecard_of(gathering.checklist(cell.row.edition), cell.facts, cell.answers, cell.row.on)
            found[cell.row.assessment] = _Result(card.total, card.level, card.passed)
            gathering.report(0, len(gathering.sites))  # nothing is written yet, but it may be given up
    return found


def _open_findings(gathering: Gathering) -> Mapping[str, int]:
    """Count by site what was found and is not closed, of all its assessments."""
    seen = finding_faults.visible_findings(gathering.workspace, gathering.connection)
    return Counter(one.site for one in seen if one.row.state is not FindingState.CLOSED)
