"""Who passed, with the certificate, and who did not, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import DECIDED, PASSED, CertificateState, Stage
from wufei_cells.domain.text import Text
from wufei_cells.services import browsing, explaining

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.board.cases import Case
    from wufei_cells.domain.register import AssessmentId, AssessmentRow, CertificateRow, SiteRow
    from wufei_cells.reports.blocks import Value
    from wufei_cells.services.report_facts import ReportFacts

CLOSED = (Stage.STOPPED, Stage.FINISHED, Stage.REVIEWED, *sorted(DECIDED))


def passed(facts: ReportFacts) -> Iterator[dict[str, Value]]:
    """List exactly the sites that the figure of those who passed counts, and how their certificates stand."""
    results = {row.id: row for row in browsing.list_assessments(facts.workspace)}
    issued = {row.number: row for row in browsing.list_certificates(facts.workspace, on=facts.on)}
    ways = {case.site: _way(case, facts.on) for case in facts.select(stages=PASSED)}
    sites = [site for site in facts.sites.values() if site.id in ways]
    for number, site in enumerate(sites, 1):
        way, stage = ways[site.id]
        held = issued.get(facts.certificates.get(site.id, "")) if stage is Stage.CERTIFIED else None
        assessment = results.get(way)
        yield {
            **_site(facts, site, number),
            "total": assessment.total if assessment else None,
            "level": (facts.said(_level(facts, assessment)) if assessment else "") or None,
            "certificate": facts.fit(held.number) if held else facts.say("not_issued"),
            "until": _until(facts, held) if held else None,
        }


def _way(case: Case, on: date) -> tuple[AssessmentId, Stage]:
    """Give the assessment by which a site stands where it stands on a day."""
    return next((way.assessment, at.stage) for way in reversed(case.ways) if (at := way.at(on)))


def _until(facts: ReportFacts, held: CertificateRow) -> Value:
    """Give the last day of a certificate; one that does not hold says so."""
    if held.state is CertificateState.VALID:
        return held.valid_until
    state = facts.wording.say(f"certificatestate.{held.state.value}")
    return facts.say("until_marked", day=held.valid_until, state=state)


def failed(facts: ReportFacts) -> Iterator[dict[str, Value]]:
    """List those that did not pass."""
    for number, (site, assessment) in enumerate(_failed(facts), 1):
        stopped = assessment.stage is Stage.STOPPED
        yield {
            **_site(facts, site, number),
            "total": None if stopped else assessment.total,
            "reason": facts.fit(_stopped(facts, assessment) if stopped else _verdict(facts, assessment)),
        }


def _failed(facts: ReportFacts) -> Iterator[tuple[SiteRow, AssessmentRow]]:
    results = {row.id: row for row in browsing.list_assessments(facts.workspace)}
    for site in browsing.list_sites(facts.workspace):
        found = results.get(site.assessment) if site.assessment and site.stage in CLOSED else None
        if found and not found.passed and facts.within.holds(site.category, site.district):
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
