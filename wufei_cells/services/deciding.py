"""Review a finished assessment for the county, and decide on it for the city."""

from __future__ import annotations

from wufei_cells.domain.findings import FindingState, Severity
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.objections import ObjectionKind, Outcome
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import reading, seals, steps
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import finding_queries, office_queries
from wufei_cells.store.journal import Connection


def review(workspace: Workspace, assessment_id: str, *, remarks: str = "") -> AssessmentRow:
    """Recommend a finished assessment for the county; the review bears the name of the person who makes it.

    Raises:
        UserError: it is not finished, changed since, is in conflict, or the person assessed it.
    """
    remarks = require_text("remarks", remarks, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        steps.require(workspace, connection, Step.REVIEW, row)
        steps.refuse_own(workspace, connection, row)
        steps.refuse_changed(workspace, connection, row)
        moment = workspace.now().isoformat(timespec="seconds")
        state = steps.carry_on(
            connection,
            row.id,
            stage=Stage.REVIEWED.value,
            remarks=remarks,
            reviewed_by=workspace.person.id,
            reviewed_at=moment,
        )
        steps.write_state(workspace, connection, row.id, state)
        return reading.assessment(connection, row.id)


def decide(workspace: Workspace, assessment_id: str, *, approve: bool, remarks: str = "") -> AssessmentRow:
    """Approve or reject; the decision bears the name of the person who makes it, and seals what it was taken on.

    Raises:
        UserError: the assessment is not finished, did not pass, changed since, is in conflict, the person assessed or
            reviewed it, something on it is open, or a rejection has no remarks.
    """
    remarks = require_text("remarks", remarks, limit=LONGEST_NOTE, lines=True)
    stage = Stage.APPROVED if approve else Stage.REJECTED
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        steps.require(workspace, connection, Step.APPROVE if approve else Step.REJECT, row)
        steps.refuse_own(workspace, connection, row)
        if approve:
            _refuse_approval(workspace, connection, row)
        elif not remarks:
            raise UserError("deciding.remarks_needed")
        else:
            steps.refuse_conflicts(workspace, connection, row)
        state = steps.carry_on(
            connection,
            row.id,
            stage=stage.value,
            remarks=remarks,
            seal=seals.seal(connection, row),
            batch=None,
            **steps.signed(workspace),
        )
        steps.write_state(workspace, connection, row.id, state)
        return reading.assessment(connection, row.id)


def _refuse_approval(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    steps.refuse_changed(workspace, connection, row)
    if not row.passed:
        raise UserError("deciding.not_passed", site=row.site_name)
    process = reading.profile(connection).process
    if process.four_eyes and row.reviewed_by == workspace.person.name:
        raise UserError("deciding.own_review", site=row.site_name, name=workspace.person.name)
    if process.findings_block:
        _refuse_open_findings(workspace, connection, row)
    appeals = [
        one
        for one in office_queries.objections(connection, assessment=row.id)
        if one.objection.kind is ObjectionKind.APPEAL and one.outcome is Outcome.OPEN
    ]
    if appeals:
        raise UserError("deciding.open_appeals", site=row.site_name, count=len(appeals))


def _refuse_open_findings(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    today = workspace.today()
    waiting = [
        one.finding.text
        for one in finding_queries.of_assessment(connection, row.id)
        if one.state is not FindingState.CLOSED
        and (one.finding.severity is Severity.MAJOR or (one.finding.due and one.finding.due < today))
    ]
    if waiting:
        raise UserError("deciding.open_findings", site=row.site_name, findings=tuple(waiting))
