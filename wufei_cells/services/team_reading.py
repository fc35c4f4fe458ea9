"""Read an assessment together with the sheets that belong to it, within a transaction."""

from __future__ import annotations

from collections.abc import Sequence

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentRow, EditionId
from wufei_cells.services import reading
from wufei_cells.services.reading import Sheet
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries
from wufei_cells.store.journal import Connection


def of_team(connection: Connection, assessment_id: str) -> tuple[AssessmentRow, tuple[AssessmentRow, ...]]:
    """Give the whole assessment and the sheets that belong to it, by the id of any of them."""
    row = reading.assessment(connection, assessment_id)
    whole = row if row.part_of is None else reading.assessment(connection, row.part_of)
    return whole, assessment_queries.parts(connection, whole.id)


def sheet_under(workspace: Workspace, connection: Connection, row: AssessmentRow, edition: EditionId) -> Sheet:
    """Give a sheet as it counts under the edition of its assessment.

    A locked sheet stays pinned to the edition it was locked under; what it says counts where the words are the same.
    The caller has made sure that it may be seen.
    """
    pin = reading.pin_of(row)
    stored = assessment_queries.answers(connection, row.id)
    return reading.sheet_of(
        workspace, connection, row, pin if row.edition == edition else pin.moved_to(edition), stored
    )


def standing(parts: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    """Leave out the sheets that were dropped."""
    return [part for part in parts if part.stage is not Stage.STOPPED]
