"""Who may see and write which sheet while several people score one assessment.

Assessors who score alone do not see each other's answers, nor what they add up to, until all of them have locked
their sheets: otherwise the second one scores what the first one wrote. Every service that reads or writes a sheet
goes through here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, team_queries
from wufei_cells.store.journal import Connection
from wufei_cells.store.team_queries import PartStanding


def refuse_hidden(workspace: Workspace, connection: Connection, assessment_id: str) -> None:
    """Refuse to open a sheet that this person may not see yet; everything else passes.

    Raises:
        UserError: somebody scores alone on it, and not everybody who does is ready.
    """
    part = team_queries.part(connection, assessment_id)
    if part is not None and hidden(workspace, part):
        raise UserError("teaming.hidden", site=part.site_name, names=names(part.assessors))


def hidden(workspace: Workspace, part: PartStanding) -> bool:
    """Tell whether a sheet is kept from the person who works here."""
    if not part.blind or is_one_of(workspace, part.assessors):
        return False
    return part.open_beside > 0 or part.stage is not Stage.FINISHED


def as_seen(workspace: Workspace, connection: Connection, row: AssessmentRow) -> AssessmentRow:
    """Give an assessment without its result where this person may not see it yet."""
    part = team_queries.part(connection, row.id)
    if part is None or not hidden(workspace, part):
        return row
    return replace(row, total=None, level=None, passed=None, basis=None)


def refuse_writing(workspace: Workspace, connection: Connection, assessment_id: str) -> None:
    """Refuse answers on somebody else's sheet, and on any sheet of an assessment that is closed.

    Raises:
        UserError: it is one of these.
    """
    part = team_queries.part(connection, assessment_id)
    if part is None:
        return
    if part.blind and not is_one_of(workspace, part.assessors):
        raise UserError("teaming.not_yours", site=part.site_name, names=names(part.assessors))
    if part.whole_stage is not Stage.SCORING:
        raise UserError("teaming.whole_closed", site=part.site_name, stage=part.whole_stage.value)


def refuse_part(row: AssessmentRow) -> None:
    """Refuse a step that only the whole assessment takes.

    Raises:
        UserError: it is the sheet of one column or one assessor.
    """
    if row.part_of is not None:
        raise UserError("teaming.part_step", site=row.site_name, names=names(row.assessors))


def refuse_open_sheets(connection: Connection, whole: AssessmentRow) -> None:
    """Refuse to close an assessment while assessors who score alone are not ready.

    Raises:
        UserError: some are not; it names them.
    """
    waiting = [row for row in blind_parts(whole, assessment_queries.parts(connection, whole.id)) if _is_open(row)]
    if waiting:
        who = names(name for row in waiting for name in row.assessors)
        raise UserError("teaming.sheets_open", site=whole.site_name, names=who)


def blind_parts(whole: AssessmentRow, parts: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    """Pick the sheets of assessors who score alone."""
    return [part for part in parts if part.column == whole.column]


def opened_at(connection: Connection, blind: Sequence[AssessmentRow]) -> int | None:
    """Give the place in the record from which on the sheets of those who score alone could be seen by all.

    That is where, for the first time, every such sheet there was had been locked; ``None``: nobody could yet.
    """
    stages: dict[str, Stage] = {}
    for move in team_queries.moves(connection, [part.id for part in blind]):
        if move.stage is None and move.sheet in stages:
            continue  # pinned to another edition
        stages[move.sheet] = move.stage or Stage.SCORING
        if Stage.FINISHED in stages.values() and Stage.SCORING not in stages.values():
            return move.lamport
    return None


def is_one_of(workspace: Workspace, assessors: Iterable[str]) -> bool:
    """Tell whether the person who works here is among some assessors."""
    return _folded(workspace.person.name) in {_folded(name) for name in assessors}


def names(assessors: Iterable[str]) -> str:
    """Write the names of people one after the other."""
    return "、".join(dict.fromkeys(assessors))


def _is_open(row: AssessmentRow) -> bool:
    return row.stage is Stage.SCORING


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
