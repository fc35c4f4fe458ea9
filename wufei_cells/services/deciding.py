"""Decide on a finished assessment."""

from __future__ import annotations

from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, steps
from wufei_cells.services.workspace import Workspace


def decide(workspace: Workspace, assessment_id: str, *, approve: bool, remarks: str = "") -> AssessmentRow:
    """Approve or reject; the decision bears the name of the person who makes it.

    Raises:
        UserError: the assessment is not finished, did not pass, is in conflict, or a rejection has no remarks.
    """
    row = browsing.assessment(workspace, assessment_id)
    steps.require(Step.APPROVE if approve else Step.REJECT, row)
    if approve:
        steps.refuse_conflicts(workspace, row)
        if not row.passed:
            raise UserError("deciding.not_passed", site=row.site_name)
    elif not remarks.strip():
        raise UserError("deciding.remarks_needed")
    stage = Stage.APPROVED if approve else Stage.REJECTED
    with workspace.database.writing() as connection:
        state = steps.carry_on(connection, row.id, stage=stage.value, decided=True, remarks=remarks.strip())
        steps.write_state(workspace, connection, row.id, state)
    return browsing.assessment(workspace, row.id)
