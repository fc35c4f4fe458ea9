"""Take a step of the life cycle: is it allowed from here, does anything stand against it, and write the new state."""

from __future__ import annotations

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Step, transition
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, reading
from wufei_cells.services.naming_entries import named
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries
from wufei_cells.store.journal import Connection, Draft


def require(step: Step, row: AssessmentRow) -> None:
    """Refuse a step that the life cycle does not allow from where the assessment stands."""
    blindness.refuse_part(row)
    if transition(step, row.stage) is None:
        raise UserError(f"step.{step.value}", site=row.site_name, stage=row.stage.value)


def refuse_conflicts(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    """Refuse to go on while different values stand for one thing in the assessment or its site."""
    cells = assessment_queries.conflicts(connection, row.id, row.site)
    if not cells:
        return
    checklist = reading.checklist(workspace, connection, row.edition)
    found = reading.sorted_answers(workspace, connection, row)[1]
    # An answer that no entry of this edition rests on decides nothing, and nobody could settle it.
    settled_by = {*(entry.key for entry in checklist.entries()), *found.current.values()}
    open_ = [cell for cell in cells if cell.removeprefix("answer.") in settled_by or not cell.startswith("answer.")]
    if open_:
        items = tuple(named(checklist, cell) for cell in open_)
        raise UserError("assessing.conflicts", site=row.site_name, items=items)


def write_state(workspace: Workspace, connection: Connection, assessment: str, state: JsonValue) -> None:
    """Write an assessment's new state as an act."""
    workspace.write(connection, [Draft("assessment_state", assessment, "state", state)])


def carry_on(connection: Connection, assessment: str, **changed: JsonValue) -> JsonValue:
    """Give the state as it stands with some fields changed."""
    return {**assessment_queries.state_values(connection, assessment), **changed}


def signed(workspace: Workspace) -> dict[str, JsonValue]:
    """Give who decides and when: kept in the state, since later steps are written by other people."""
    return {"decided_by": workspace.person.id, "decided_at": workspace.now().isoformat(timespec="seconds")}
