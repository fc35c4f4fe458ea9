"""Send an assessment back: remarks by item, and only these items can be answered until it is finished again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Role, Stage, Step
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import blindness, reading, roles, steps
from wufei_cells.services.mending import Mended, mended_of
from wufei_cells.services.naming_entries import named
from wufei_cells.services.text_fields import LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.assessment_queries import Standing
from wufei_cells.store.journal import Connection


def send_back(
    workspace: Workspace, assessment_id: str, remarks: Mapping[str, str], *, reason: str = ""
) -> AssessmentRow:
    """Send a finished, reviewed or decided assessment back to be mended in some items.

    What was reviewed or decided no longer counts; finishing it again gives a new revision. Where it was sent back
    already, the items are added to those that can be answered.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        remarks: by item, what is to be mended.
        reason: what is to be said about it as a whole.

    Raises:
        UserError: it cannot be sent back from where it stands, or by this person, or no item was named.
        ProblemsFound: items that are not asked, and items without a remark.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        further = row.stage is Stage.SCORING and bool(row.returned)
        if further:
            blindness.refuse_part(row)
            roles.require(workspace, connection, Role.REVIEWER, Role.OFFICE)
        else:
            steps.require(workspace, connection, Step.RETURN, row)
        if not remarks:
            raise UserError("returning.nothing", site=row.site_name)
        cleaned = _cleaned(workspace, connection, row, remarks)
        state: JsonValue = {
            "stage": Stage.SCORING.value,
            "remarks": reason or (row.remarks if further else ""),
            "returned": dict[str, JsonValue]({**row.returned, **cleaned}),
            "revision": row.revision + (0 if further else 1),
        }
        steps.write_state(workspace, connection, row.id, state)
        return reading.assessment(connection, row.id)


def mended(workspace: Workspace, assessment_id: str) -> tuple[Mended, ...]:
    """List what became of the items that the standing revision was sent back for; nothing where it was not.

    Raises:
        UserError: there is no such assessment, or it is a sheet that this person may not see yet.
    """
    with workspace.database.reading() as connection:
        blindness.refuse_hidden(workspace, connection, assessment_id)
        return mended_of(workspace, connection, reading.assessment(connection, assessment_id))


def untouched(workspace: Workspace, assessment_id: str) -> tuple[str, ...]:
    """Give the numbers of the items that were sent back and have not been changed since."""
    return tuple(one.number for one in mended(workspace, assessment_id) if not one.touched)


def refuse_locked(
    workspace: Workspace, connection: Connection, row: Standing | AssessmentRow, items: Collection[str]
) -> None:
    """Refuse to write on items that were not sent back; what stands under no item is free.

    Raises:
        UserError: it names them, and those that can be answered.
    """
    problem = locked_problem(workspace, connection, row, items)
    if problem:
        raise UserError(problem.code, **problem.values)


def locked_problem(
    workspace: Workspace, connection: Connection, row: Standing | AssessmentRow, items: Collection[str]
) -> Problem | None:
    """Name the items that were not sent back, where an assessment was; ``None`` when all can be written on."""
    locked = list(dict.fromkeys(item for item in items if item and item not in row.returned)) if row.returned else []
    if not locked:
        return None
    checklist = reading.checklist(workspace, connection, row.edition)
    values = {
        "site": row.site_name,
        "items": tuple(named(checklist, item) for item in locked),
        "open": tuple(named(checklist, item) for item in row.returned),
    }
    return Problem("returning.locked", row.site_name, values)


def _cleaned(
    workspace: Workspace, connection: Connection, row: AssessmentRow, remarks: Mapping[str, str]
) -> dict[str, str]:
    checklist = reading.checklist(workspace, connection, row.edition)
    known = {entry.key for entry in checklist.entries()}
    found: list[Problem] = []
    for item, remark in remarks.items():
        if item not in known:
            found.append(Problem("returning.unknown_item", item, {"item": item}))
        elif not remark.strip():
            found.append(Problem("returning.remark_needed", item, {"item": named(checklist, item)}))
        found += text_problems(item, remark, limit=LONGEST_NOTE, lines=True)
    if found:
        raise ProblemsFound(found)
    return {item: remark.strip() for item, remark in remarks.items()}
