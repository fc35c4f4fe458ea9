"""Who passed, with the certificate, and who did not, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import DECIDED, Stage
from wufei_cells.domain.text import Text
from wufei_cells.services import browsing, explaining

if TYPE_CHECKING:
    from wufei_cells.domain.register import AssessmentRow, SiteRow
    from wufei_cells.reports.blocks import Value
    from wufei_cells.services.report_facts import ReportFacts

CLOSED = (Stage.STOPPED, Stage.FINISHED, Stage.REVIEWED, *sorted(DECIDED))


def passed(facts: ReportFacts) -> Iterator[dict[str, Value]]:
    """List the sites whose latest assessment is finished and passed, as the register has them today."""
    for number, (site, assessment) in enumerate(_closed(facts, passed=True), 1):
        certified = site.stage is Stage.CERTIFIED
        yield {
            **_site(facts, site, number),
            "total": assessment.total,
            "level": facts.said(_level(facts, assessment)) or None,
            "certificate": (site.certificate_number if certified else None) or facts.say("not_issued"),
            "until": site.valid_until if certified else None,
        }


def failed(facts: ReportFacts) -> Iterator[dict[str, Value]]:
    """List those that did not pass."""
    for number, (site, assessment) in enumerate(_closed(facts, passed=False), 1):
        stopped = assessment.stage is Stage.STOPPED
        yield {
            **_site(facts, site, number),
            "total": None if stopped else assessment.total,
            "reason": facts.fit(_stopped(facts, assessment) if stopped else _verdict(facts, assessment)),
        }


def _closed(facts: ReportFacts, *, passed: bool) -> Iterator[tuple[SiteRow, AssessmentRow]]:
    results = {row.id: row for row in browsing.list_assessments(facts.workspace)}
    for site in browsing.list_sites(facts.workspace):
        found = results.get(site.assessment) if site.assessment and site.stage in CLOSED else None
        if found and bool(found.passed) is passed and facts.within.holds(site.category, site.district):
            yield site, found


def _site(facts: ReportFacts, site: SiteRow, number: int) -> dict[str, Value]:
    return {
        "number": number,
        "site": facts.fit(site.name),
        "category": facts.category(site.category),
        "county": facts.county(site.district),
    }


def _level(facts: ReportFacts, assessment: AssessmentRow) -> Text:
    grades = browsing.checklist(facts.workspace, assessment.edition).grades
    return next((grade.text for grade in grades if grade.key == assessment.level), Text(""))


def _stopped(facts: ReportFacts, assessment: AssessmentRow) -> str:
    return facts.say("stopped", reason=" ".join(assessment.remarks.split()))


def _verdict(facts: ReportFacts, assessment: AssessmentRow) -> str:
    sheet = browsing.sheet(facts.workspace, assessment.id)
    return explaining.verdict(sheet.scorecard, sheet.checklist, facts.wording, on=sheet.on)
