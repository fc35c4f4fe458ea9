"""Several people, one assessment: sheets of other columns, and assessors who each score alone.

The whole assessment holds the record. A sheet that belongs to it is a column beside it (自评, 初评, or a column that
the checklist names), or one assessor's own opinion on what the whole scores. Two opinions are two sheets, never a
conflict. What the sheets say is compared in ``comparing_sheets`` and put together by weight in ``column_results``.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import Stage, Step, transition
from wufei_cells.domain.register import AssessmentId, AssessmentRow, EditionId
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, reading, sealing, steps
from wufei_cells.services.carrying_over import pinned
from wufei_cells.services.column_results import (
    TeamResult,
    column_to_score,
    composite,
    composite_lines,
)
from wufei_cells.services.comparing_sheets import (
    Difference,
    Opinion,
    SideBySide,
    agreement_lines,
    differences,
    side_by_side,
    take_over,
    take_over_agreed,
    words_of,
)
from wufei_cells.services.team_list import SheetRow, Team, column_name, sheets, team
from wufei_cells.services.team_reading import of_team
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries
from wufei_cells.store.journal import Connection, Draft

__all__ = [
    "Difference",
    "Opinion",
    "SheetRow",
    "SideBySide",
    "Team",
    "TeamResult",
    "add_each_alone",
    "add_sheet",
    "agreement_lines",
    "column_name",
    "composite",
    "composite_lines",
    "differences",
    "drop",
    "lock",
    "sheets",
    "side_by_side",
    "take_over",
    "take_over_agreed",
    "team",
    "unlock",
    "words_of",
]


# --- sheets


def add_sheet(
    workspace: Workspace, assessment_id: str, column: str, assessors: Iterable[str] = (), *, alone: bool = False
) -> AssessmentRow:
    """Add a sheet to a running assessment, for the same site under the same edition.

    Args:
        workspace: the register.
        assessment_id: the assessment, or another sheet of it.
        column: whose opinion it is; for somebody who scores alone the column of the assessment itself.
        assessors: who scores on it; nobody named: the person who works here.
        alone: one assessor scores what the others score too, and nobody sees it until all are ready.

    Raises:
        UserError: the assessment is closed, there is no such column, or there is such a sheet already.
        ProblemsFound: a name cannot be one.
    """
    who = _people(workspace, assessors)
    with workspace.database.writing() as connection:
        return _add(workspace, connection, assessment_id, column, who, alone=alone)


def add_each_alone(workspace: Workspace, assessment_id: str, assessors: Iterable[str]) -> tuple[AssessmentRow, ...]:
    """Add a sheet for each of several assessors who score alone: all of them, or none.

    Raises:
        UserError: the assessment is closed, or somebody has such a sheet already.
        ProblemsFound: a name cannot be one.
    """
    who = _people(workspace, assessors)
    with workspace.database.writing() as connection:
        column = of_team(connection, assessment_id)[0].column
        return tuple(_add(workspace, connection, assessment_id, column, [name], alone=True) for name in who)


def _people(workspace: Workspace, assessors: Iterable[str]) -> list[str]:
    """Give the names, or the person who works here where nobody is named."""
    who = [require_text("assessors", " ".join(name.split()), limit=LONGEST_NAME) for name in assessors]
    return list(dict.fromkeys(name for name in who if name)) or [workspace.person.name]


def _add(
    workspace: Workspace, connection: Connection, assessment_id: str, column: str, who: list[str], *, alone: bool
) -> AssessmentRow:
    whole, parts = of_team(connection, assessment_id)
    _refuse_closed(whole)
    checklist = reading.checklist(workspace, connection, whole.edition)
    _refuse_sheet(whole, parts, checklist, column, who, alone=alone)
    sheet = AssessmentId(uuid.uuid4().hex)
    header: JsonValue = {
        "site": whole.site,
        "edition": whole.edition,
        "column": column,
        "assessors": [*who],
        # The numbers of the day of the whole hold, whenever the sheet was begun.
        "visited_on": whole.on.isoformat(),
        "part_of": whole.id,
    }
    workspace.write(connection, [Draft("assessment", sheet, "header", header)])
    return reading.assessment(connection, sheet)


def _refuse_sheet(
    whole: AssessmentRow,
    parts: Iterable[AssessmentRow],
    checklist: Checklist,
    column: str,
    who: list[str],
    *,
    alone: bool,
) -> None:
    column_to_score(checklist, column)
    if alone and column != whole.column:
        raise UserError("teaming.alone_column", found=column, column=whole.column)
    if column == whole.column and not alone:
        raise UserError("teaming.own_column", site=whole.site_name, column=column)
    if alone and len(who) > 1:
        raise UserError("teaming.one_alone", names=blindness.names(who))
    standing = [part for part in parts if part.column == column and part.stage is not Stage.STOPPED]
    if any(not alone or part.assessors == tuple(who) for part in standing):
        raise UserError(
            "teaming.taken", site=whole.site_name, column=column, names=blindness.names(standing[0].assessors)
        )


def lock(workspace: Workspace, sheet_id: str) -> AssessmentRow:
    """Close a sheet: everything is answered, and nothing in it changes from now on.

    Raises:
        ProblemsFound: what is still missing, item by item.
        UserError: it is no sheet of an assessment, is not open, or is somebody else's who scores alone.
    """
    with workspace.database.writing() as connection:
        row, whole = _part(workspace, connection, sheet_id)
        _refuse_closed(whole)
        if row.stage is not Stage.SCORING:
            raise UserError("teaming.not_open", site=row.site_name, names=blindness.names(row.assessors))
        steps.refuse_conflicts(workspace, connection, row)
        sheet = reading.sheet(workspace, connection, row.id)
        sealing.refuse_gaps(sheet)
        steps.write_state(workspace, connection, row.id, sealing.finished_state(connection, sheet))
        return reading.assessment(connection, row.id)


def unlock(workspace: Workspace, sheet_id: str, *, reason: str = "") -> AssessmentRow:
    """Open a locked sheet, or one that was left out, again.

    Where all who score alone were ready once, each could have seen what the others wrote: then a reason is asked for,
    stays on record, and the sheet is marked as late. So is that of somebody who left their own open sheet out.

    Raises:
        UserError: it is open, the assessment is closed, the sheet may not be seen, the reason is missing, or it is of
            somebody who scores alone and the person works neither on it nor on the whole.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row, whole = _part(workspace, connection, sheet_id)
        _refuse_closed(whole)
        if transition(Step.REOPEN, row.stage) is None:
            raise UserError("teaming.not_locked", site=row.site_name, names=blindness.names(row.assessors))
        blind = blindness.blind_parts(whole, assessment_queries.parts(connection, whole.id))
        alone = row.column == whole.column
        if alone:
            blindness.refuse_outsider(workspace, whole, row)
        left_out = row.stage is Stage.STOPPED
        if alone and not reason and (left_out or blindness.openness(connection, blind).opened):
            raise UserError("teaming.reason_needed", names=blindness.names(row.assessors))
        state: JsonValue = {"stage": Stage.SCORING.value, "remarks": reason}
        acts = [Draft("assessment_state", row.id, "state", state)]
        if row.edition != whole.edition:
            acts.append(_follow(connection, row, whole.edition))
        workspace.write(connection, acts)
        return reading.assessment(connection, row.id)


def drop(workspace: Workspace, sheet_id: str, *, reason: str) -> AssessmentRow:
    """Leave a sheet out: nobody waits for it, and it is compared with nothing. What is in it stays on record.

    Raises:
        UserError: the assessment is closed, it was left out already, no reason was given, or the person works neither
            on it nor on the whole.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row, whole = _part(workspace, connection, sheet_id, see=False)
        _refuse_closed(whole)
        blindness.refuse_outsider(workspace, whole, row)
        if row.stage is Stage.STOPPED:
            raise UserError("teaming.not_open", site=row.site_name, names=blindness.names(row.assessors))
        if not reason:
            raise UserError("teaming.reason_needed", names=blindness.names(row.assessors))
        steps.write_state(workspace, connection, row.id, {"stage": Stage.STOPPED.value, "remarks": reason})
        return blindness.as_seen(workspace, connection, reading.assessment(connection, row.id))


def _part(
    workspace: Workspace, connection: Connection, sheet_id: str, *, see: bool = True
) -> tuple[AssessmentRow, AssessmentRow]:
    """Give a sheet and the assessment it belongs to."""
    row = reading.assessment(connection, sheet_id)
    if row.part_of is None:
        raise UserError("teaming.no_part", site=row.site_name)
    if see:
        blindness.refuse_hidden(workspace, connection, sheet_id)
    return row, reading.assessment(connection, row.part_of)


def _refuse_closed(whole: AssessmentRow) -> None:
    if whole.stage is not Stage.SCORING:
        raise UserError("teaming.whole_closed", site=whole.site_name, stage=whole.stage.value)


def _follow(connection: Connection, row: AssessmentRow, edition: EditionId) -> Draft:
    """Give the act that pins a sheet to the edition its assessment was carried over to meanwhile."""
    return pinned(connection, row.id, edition, (*row.came_from, row.edition))
