"""The list of a team: which sheets belong to an assessment, who works on them, and how far they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wufei_cells.domain.answers import Column
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, AssessmentRow
from wufei_cells.scoring.scorecard import Span
from wufei_cells.services import blindness, reading
from wufei_cells.services.column_results import known_columns
from wufei_cells.services.team_reading import of_team, sheet_under
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import team_queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet as the list of a team shows it."""

    id: AssessmentId
    column: str
    assessors: tuple[str, ...]
    stage: Stage
    whole: bool
    blind: bool
    """Of somebody who scores alone."""
    mine: bool
    hidden: bool
    """Whether it is kept from the person who works here."""
    answered: int
    entries: int
    total: Span | None
    """``None`` while it may not be seen."""
    late: bool = False
    """Of somebody who scores alone, begun or opened again when the others' sheets could be seen already."""
    decidable: bool = False
    """Whether this person may leave it out."""

    @property
    def locked(self) -> bool:
        """Whether it is finished, so that nothing in it changes."""
        return self.stage is Stage.FINISHED

    @property
    def dropped(self) -> bool:
        """Whether it was left out."""
        return not self.whole and self.stage is Stage.STOPPED


@dataclass(frozen=True, slots=True)
class Team:
    """An assessment with all sheets that belong to it."""

    whole: SheetRow
    sheets: tuple[SheetRow, ...]
    checklist: Checklist
    site_name: str
    open: bool
    """Whether the assessment is being scored, so that sheets may be added, locked and opened again."""
    columns: tuple[str, ...]
    """Columns for which a sheet can be added."""
    opened: bool
    """Whether the sheets of those who score alone can be seen by all, or could before."""

    @property
    def waiting(self) -> tuple[SheetRow, ...]:
        """The sheets of those who score alone and are not ready."""
        return tuple(row for row in self.sheets if row.blind and row.stage is Stage.SCORING)


def column_name(checklist: Checklist, column: str, wording: Wording) -> str:
    """Give the name of a column: as the checklist has it, or as everybody calls it."""
    named = next((one.text for one in checklist.scoring.columns if one.key == column), None)
    if named is not None:
        return named.in_language("en" if wording.language == "en" else "zh")
    return wording.say(f"ui.column.{column}") if column in list(Column) else column


# --- reading


def sheets(workspace: Workspace, assessment_id: str) -> tuple[SheetRow, ...]:
    """List the sheets that belong to an assessment, in the order they were started."""
    return team(workspace, assessment_id).sheets


def team(workspace: Workspace, assessment_id: str) -> Team:
    """Give an assessment with the sheets that belong to it; a sheet's own id leads to the same."""
    with workspace.database.reading() as connection:
        whole, parts = of_team(connection, assessment_id)
        blind = blindness.blind_parts(whole, parts)
        found = blindness.openness(connection, blind)
        checklist = reading.checklist(workspace, connection, whole.edition)
        rows = [_row(workspace, connection, whole, row, checklist) for row in (whole, *parts)]
    listed = tuple(replace(row, late=row.id in found.late) for row in rows[1:])
    taken = {whole.column, *(row.column for row in parts if row.stage is not Stage.STOPPED)}
    free = tuple(key for key in known_columns(checklist) if key not in taken)
    return Team(rows[0], listed, checklist, whole.site_name, whole.stage is Stage.SCORING, free, found.opened)


def _row(
    workspace: Workspace, connection: Connection, whole: AssessmentRow, row: AssessmentRow, checklist: Checklist
) -> SheetRow:
    part = team_queries.part(connection, row.id)
    hidden = part is not None and blindness.hidden(workspace, part)
    total = None if hidden else sheet_under(workspace, connection, row, whole.edition).scorecard.total
    return SheetRow(
        id=row.id,
        column=row.column,
        assessors=row.assessors,
        stage=row.stage,
        whole=part is None,
        blind=part is not None and part.blind,
        mine=blindness.is_one_of(workspace, row.assessors),
        decidable=part is not None and blindness.may_decide(workspace, whole, row),
        hidden=hidden,
        answered=row.answered,
        entries=sum(1 for _entry in checklist.entries()),
        total=total,
    )
