"""Registers for tests: small checklists, a clock that is set by hand, and a site on its way to a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.register import AssessmentRow, SiteRow
from wufei_cells.services import assessing, browsing, prechecking, registering
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


def words_of(workspace: Workspace, assessment: str, item: str) -> str:
    """The hash of what an item asks, as an answer to it carries it."""
    entry = browsing.sheet(workspace, assessment).checklist.entry(item)
    assert entry is not None
    return entry_hash(entry)
