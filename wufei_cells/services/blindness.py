"""Who may see and write which sheet while several people score one assessment.

Assessors who score alone do not see each other's answers, nor what they add up to, until all of them have locked
their sheets: otherwise the second one scores what the first one wrote. Every service that reads or writes a sheet
goes through here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import roles
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


def refuse_hidden_history(workspace: Workspace, connection: Connection, entity: str) -> None:
    """Refuse the history of a sheet, or of a finding or signature on it, that this person may not see yet."""
    for place in (entity, team_queries.place_of(connection, entity)):
        if place:
            refuse_hidden(workspace, connection, place)


def hidden_sheets(workspace: Workspace, connection: Connection) -> frozenset[str]:
    """List all sheets of the register that are kept from the person who works here."""
    return frozenset(part.id for part in team_queries.all_parts(connection) if hidden(workspace, part))


def as_seen(workspace: Workspace, connection: Connection, row: AssessmentRow) -> AssessmentRow:
    """Give an assessment without its result where this person may not see it yet."""
    part = team_queries.part(connection, row.id)
    if part is None or not hidden(workspace, part):
        return row
    return replace(row, total=None, level=None, passed=None, basis=None)


def refuse_writing(workspace: Workspace, connection: Connection, assessment_id: str) -> None:
    """Refuse to write on somebody else's sheet, on a locked one, and on any sheet of an assessment that is closed.

    Raises:
        UserError: it is one of these, or writing on it is the work of a role that the person does not hold.
    """
    part = team_queries.part(connection, assessment_id)
    if part is None:
        roles.require_writer(workspace, connection, "", part=False)
        return
    if part.blind and not is_one_of(workspace, part.assessors):
        raise UserError("teaming.not_yours", site=part.site_name, names=names(part.assessors))
    roles.require_writer(workspace, connection, part.column, part=True)
    if part.whole_stage is not Stage.SCORING:
        raise UserError("teaming.whole_closed", site=part.site_name, stage=part.whole_stage.value)
    if part.stage is not Stage.SCORING:
        raise UserError("teaming.locked", site=part.site_name, names=names(part.assessors))


def refuse_outsider(workspace: Workspace, whole: AssessmentRow, row: AssessmentRow) -> None:
    """Refuse to decide about a sheet to whoever neither scores on it nor works on the whole assessment.

    Raises:
        UserError: the person who works here does neither.
    """
    if not may_decide(workspace, whole, row):
        raise UserError("teaming.outsider", names=names(row.assessors), others=names(whole.assessors))


def may_decide(workspace: Workspace, whole: AssessmentRow, row: AssessmentRow) -> bool:
    """Tell whether this person may leave a sheet out: it is their own, or they work on the whole assessment."""
    return is_one_of(workspace, (*row.assessors, *whole.assessors))


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


@dataclass(frozen=True, slots=True)
class Openness:
    """What the record tells of the sheets of those who score alone: whether and when they could be looked into."""

    opened: bool
    """Whether all of them were ready once, so that everybody could see what is in them."""
    late: frozenset[str]
    """Sheets that were begun or opened again by somebody who could have seen the others' by then."""


def openness(connection: Connection, blind: Sequence[AssessmentRow]) -> Openness:
    """Follow the sheets of those who score alone through the record.

    Somebody can have seen the others' sheets from the moment on when all are locked or left out, and counts as having
    seen them once they left their own open sheet out.
    """
    owners: dict[str, frozenset[str]] = {part.id: frozenset(_folded(name) for name in part.assessors) for part in blind}
    stages: dict[str, Stage] = {}
    shown: set[str] = set()
    left: set[str] = set()
    late: set[str] = set()
    for move in team_queries.moves(connection, [*owners]):
        before, owner = stages.get(move.sheet), owners[move.sheet]
        if move.stage is None and before is not None:
            continue  # pinned to another edition
        stage = stages[move.sheet] = move.stage or Stage.SCORING
        if stage is Stage.SCORING and (left & owner or any(not owner & owners[sheet] for sheet in shown)):
            late.add(move.sheet)
        if stage is Stage.STOPPED and before is Stage.SCORING and _folded(move.author) in owner:
            left |= owner
        if Stage.SCORING not in stages.values():
            shown |= {sheet for sheet, standing in stages.items() if standing is Stage.FINISHED}
    return Openness(bool(shown), frozenset(late))


def is_one_of(workspace: Workspace, assessors: Iterable[str]) -> bool:
    """Tell whether the person who works here is among some assessors."""
    return _folded(workspace.person.name) in {_folded(name) for name in assessors}


def names(assessors: Iterable[str]) -> tuple[str, ...]:
    """List the names of people for a sentence, each once."""
    return tuple(dict.fromkeys(assessors))


def _is_open(row: AssessmentRow) -> bool:
    return row.stage is Stage.SCORING


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())
