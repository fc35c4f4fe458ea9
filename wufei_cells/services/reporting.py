"""Gather what the progress report says."""

from __future__ import annotations

from collections.abc import Callable

from wufei_cells.documents.progress_data import FailedSite, PassedSite, ReportData
from wufei_cells.domain.lifecycle import DECIDED, Stage
from wufei_cells.domain.register import AssessmentRow, SiteRow
from wufei_cells.domain.text import Text
from wufei_cells.services import browsing, explaining
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

Printable = Callable[[str], str]
CLOSED = (Stage.STOPPED, Stage.FINISHED, Stage.REVIEWED, *sorted(DECIDED))


def report_data(workspace: Workspace, wording: Wording, printable: Printable) -> ReportData:
    """Gather the progress of today, with the sites that passed and the reasons of those that did not.

    Args:
        printable: makes a name fit for paper. One site with an odd character must not keep the whole report back.
    """
    profile = browsing.profile(workspace)
    closed = [row for row in browsing.list_sites(workspace) if row.stage in CLOSED]
    results = {row.id: row for row in browsing.list_assessments(workspace)}
    passed: list[PassedSite] = []
    failed: list[FailedSite] = []
    for site in closed:
        assessment = results[site.assessment] if site.assessment else None
        if assessment is None:
            continue
        if assessment.passed:
            passed.append(_passed(workspace, site, assessment, printable(site.name)))
        else:
            failed.append(_failed(workspace, site, assessment, wording, printable))
    return ReportData(
        city=profile.city,
        issuer=profile.issuer,
        progress=browsing.progress(workspace),
        categories={category.key: category.text for category in browsing.categories(workspace)},
        districts={district.key: district.text for district in profile.districts},
        targets={plan.category: plan.target for plan in profile.categories if plan.target is not None},
        passed=tuple(passed),
        failed=tuple(failed),
        example=workspace.example,
    )


def _passed(workspace: Workspace, site: SiteRow, assessment: AssessmentRow, name: str) -> PassedSite:
    grades = browsing.checklist(workspace, assessment.edition).grades
    level = next((grade.text for grade in grades if grade.key == assessment.level), Text(""))
    certified = site.stage is Stage.CERTIFIED
    return PassedSite(
        name=name,
        category=site.category,
        district=site.district,
        total=assessment.total,
        level=level,
        certificate=site.certificate_number or "" if certified else "",
        valid_until=site.valid_until if certified else None,
    )


def _failed(
    workspace: Workspace, site: SiteRow, assessment: AssessmentRow, wording: Wording, printable: Printable
) -> FailedSite:
    name = printable(site.name)
    if assessment.stage is Stage.STOPPED:
        stopped = wording.say("report.stopped", reason=printable(" ".join(assessment.remarks.split())))
        return FailedSite(name, site.category, site.district, None, stopped)
    sheet = browsing.sheet(workspace, assessment.id)
    reason = explaining.verdict(sheet.scorecard, sheet.checklist, wording, on=sheet.on)
    return FailedSite(name, site.category, site.district, assessment.total, reason)
