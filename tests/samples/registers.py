"""Registers for tests: small checklists, a clock that is set by hand, and a site on its way to a certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.applications import Application
from wufei_cells.domain.batches import BatchRow
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import Stage, next_stage
from wufei_cells.domain.register import AssessmentRow, SiteRow
from wufei_cells.services import (
    applying,
    assessing,
    browsing,
    certifying,
    deciding,
    naming,
    prechecking,
    registering,
)
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace, open_workspace

SAMPLES = Path(__file__).parent
FULL_MARKS = {
    "G1": Answer("yes"),
    "A1": Answer({"plan": "yes", "staff": "yes"}),
    "A2": Answer({"part": "95", "whole": "100"}),
    "B1": Answer("yes"),
}


PRECHECK = """
precheck:
  - {key: credit, text: {zh: 近三年没有严重失信记录, en: No record of dishonesty}, source: 管理规程}
  - {key: honest, text: {zh: 申报材料真实, en: The material is true}}
  - {key: stopped, text: {zh: 近三年没有长期停办, en: Not closed for long}, categories: [office]}
"""


PROCESS = """
process:
  application: yes
  assessors: 2
  first_review: yes
  four_eyes: yes
  findings_block: yes
  notice_days: 7
  naming: yes
  renewal_months: 6
  report_by: "03-30"
  bar_years: 3
"""
"""Everything a city can ask for on the way from application to withdrawal."""
COUNTY, OFFICE, COLLEAGUE = "钱县", "周主任", "赵敏"
"""Who reviews, who decides and issues, and who assesses beside the person of the register."""


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.yaml").read_bytes()


def criteria(*checklists: str, profile: str = "city") -> Criteria:
    names = checklists or ("small",)
    return Criteria(tuple((f"{name}.yaml", sample(name)) for name in names), (f"{profile}.yaml", sample(profile)))


def criteria_with_precheck(*checklists: str) -> Criteria:
    """The sample city, which also asks what shuts a site out."""
    plain = criteria(*checklists)
    name, profile = plain.profile
    return Criteria(plain.checklists, (name, profile + PRECHECK.encode()))


def criteria_with_process(*checklists: str) -> Criteria:
    """The sample city with a pre-check and the whole way from application to withdrawal."""
    plain = criteria_with_precheck(*checklists)
    name, profile = plain.profile
    return Criteria(plain.checklists, (name, profile + PROCESS.encode()))


@dataclass
class HandClock:
    """A clock that moves only when told."""

    moment: datetime = datetime(2026, 11, 2, 1, 0, 0, 987_654, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    @property
    def second(self) -> datetime:
        """The moment as it is recorded."""
        return self.moment.replace(microsecond=0)

    def forward(self, **by: float) -> None:
        self.moment += timedelta(**by)


def open_register(folder: Path, clock: HandClock, *, person: str = "王敏", given: Criteria | None = None) -> Workspace:
    return open_workspace(folder, given or criteria(), person=person, clock=clock)


def add_site(workspace: Workspace, name: str = "甲单位", district: str = "east", category: str = "office") -> SiteRow:
    facts = {"canteen": "yes"} if category == "office" else {}
    return registering.add_site(workspace, SiteDraft(name, category, district, facts=facts))


def scored(workspace: Workspace, site: SiteRow | None = None, **other: Answer) -> AssessmentRow:
    """An assessment with every item answered, in full unless told otherwise."""
    site = site or add_site(workspace)
    row = assessing.start_assessment(workspace, site.id)
    found_in_order(workspace, row.id)
    assessing.record_answers(workspace, row.id, {**FULL_MARKS, **other})
    return row


def found_in_order(workspace: Workspace, assessment: str) -> None:
    """Look at everything that would shut the site out and find nothing; where nothing is asked, nothing is written."""
    prechecking.record_precheck(
        workspace, assessment, prechecking.all_hold(prechecking.questions(workspace, assessment))
    )


def apply_for(workspace: Workspace, site: str) -> AssessmentRow:
    """Take in a site's application of today."""
    today = workspace.today()
    return applying.apply(workspace, site, Application(today, "孙经理", today))


def brought(workspace: Workspace, assessment: str, stage: Stage) -> AssessmentRow:
    """Bring a scored assessment to a stage by the way its city has laid down.

    What the city does not ask for is done where it is asked for by ``stage``; who reviews and decides did not assess.
    """
    uses = browsing.profile(workspace).process.uses
    row = browsing.assessment(workspace, assessment)
    if stage is Stage.REJECTED:
        brought(workspace, assessment, Stage.FINISHED)
        return deciding.decide(workspace.acting_as(OFFICE), row.id, approve=False, remarks="现场与材料不符")
    while row.stage is not stage:
        following = next_stage(row.stage, lambda one: one is stage or uses(one))
        assert following is not None, (row.stage, stage)
        _go_on(workspace, row, following)
        row = browsing.assessment(workspace, assessment)
    return row


def _go_on(workspace: Workspace, row: AssessmentRow, stage: Stage) -> None:
    office, process, today = workspace.acting_as(OFFICE), browsing.profile(workspace).process, workspace.today()
    match stage:
        case Stage.FINISHED:
            if process.application and applying.application(workspace, row.id) is None:
                apply_for(workspace, row.site)
            if len(row.assessors) < process.assessors:
                assessing.name_assessors(workspace, row.id, (*row.assessors, COLLEAGUE))
            assessing.finish_assessment(workspace, row.id)
        case Stage.REVIEWED:
            deciding.review(workspace.acting_as(COUNTY), row.id)
        case Stage.APPROVED:
            deciding.decide(office, row.id, approve=True)
        case Stage.NOTICED:
            published(office, [row.id], ended=True)
        case Stage.NAMED if row.batch:
            naming.name_batch(office, row.batch, document_number="山无废〔2026〕5号", named_on=today)
        case Stage.NAMED:
            naming.name_sites(office, [row.id], title="第一批", document_number="山无废〔2026〕5号", named_on=today)
        case _:
            certifying.issue_certificate(office, row.id)


def published(
    workspace: Workspace, assessments: Sequence[str], *, title: str = "第一批", ended: bool = False
) -> BatchRow:
    """Publish a notice of seven days from today on; ``ended``: and let these days pass, on a clock set by hand."""
    first = workspace.today()
    last = first + timedelta(days=6)
    batch = naming.publish_notice(
        workspace, assessments, title=title, notice_from=first, notice_until=last, contact="0391-12345"
    )
    if ended:
        assert isinstance(workspace.clock, HandClock)
        workspace.clock.forward(days=7)
    return batch


def words_of(workspace: Workspace, assessment: str, item: str) -> str:
    """The hash of what an item asks, as an answer to it carries it."""
    entry = browsing.sheet(workspace, assessment).checklist.entry(item)
    assert entry is not None
    return entry_hash(entry)


def register_content(workspace: Workspace) -> list[tuple[object, ...]]:
    """The sites with everything known of them, without their ids."""
    return sorted(
        (
            *(getattr(row, name) for name in registering.TEXT_FIELDS),
            *sorted(row.facts.items()),
        )
        for row in browsing.list_sites(workspace)
    )
