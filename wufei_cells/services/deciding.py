"""Decide on a finished assessment."""

from __future__ import annotations

from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import reading, steps
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace


def decide(workspace: Workspace, assessment_id: str, *, approve: bool, remarks: str = "") -> AssessmentRow:
    """Approve or reject; the decision bears the name of the person who makes it.

    Raises:
        UserError: the assessment is not finished, did not pass, is in conflict, or a rejection has no remarks.
    """
    remarks = require_text("remarks", remarks, limit=LONGEST_NOTE, lines=True)
    stage = Stage.APPROVED if approve else Stage.REJECTED
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        steps.require(Step.APPROVE if approve else Step.REJECT, row)
        if approve:
            steps.refuse_conflicts(workspace, connection, row)
            if not row.passed:
                raise UserError("deciding.not_passed", site=row.site_name)
        elif not remarks:
            raise UserError("deciding.remarks_needed")
        state = steps.carry_on(connection, row.id, stage=stage.value, remarks=remarks, **steps.signed(workspace))
        steps.write_state(workspace, connection, row.id, state)
        return reading.assessment(connection, row.id)
