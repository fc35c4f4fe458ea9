"""Teams for tests: one assessment, and people who score it beside each other."""

from __future__ import annotations

from tests.samples.registers import FULL_MARKS, add_site
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.services import assessing, teaming
from wufei_cells.services.workspace import Workspace

LI, ZHAO = "李晓明", "赵强"


def started(workspace: Workspace, name: str = "甲单位") -> AssessmentRow:
    """An assessment that nobody has answered yet."""
    return assessing.start_assessment(workspace, add_site(workspace, name).id)


def alone(workspace: Workspace, whole: str, name: str, **other: Answer) -> AssessmentRow:
    """The sheet of somebody who scores alone, with every item answered."""
    sheet = teaming.add_sheet(workspace, whole, "onsite", [name], alone=True)
    assessing.record_answers(workspace.acting_as(name), sheet.id, {**FULL_MARKS, **other})
    return sheet


def pair(workspace: Workspace, whole: str, **other: Answer) -> tuple[AssessmentRow, AssessmentRow]:
    """Two sheets that are locked; the second one answers some items otherwise."""
    one, two = alone(workspace, whole, LI), alone(workspace, whole, ZHAO, **other)
    teaming.lock(workspace.acting_as(LI), one.id)
    teaming.lock(workspace.acting_as(ZHAO), two.id)
    return one, two
