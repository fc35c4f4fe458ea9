"""What is in conflict and touches a file: while anything does, nobody goes on from it."""

from __future__ import annotations

from collections.abc import Iterator

from wufei_cells.domain.conflicts import ConflictRow
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import reading
from wufei_cells.services.conflict_places import Places
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, conflict_queries, withdrawal_queries
from wufei_cells.store.conflict_queries import OpenCell
from wufei_cells.store.journal import Connection
from wufei_cells.store.queries import REGISTER

_OF_THINGS = frozenset({"finding", "finding_check", "signature", "objection", "objection_settled"})
"""Kinds of things with ids of their own: which file each belongs to has to be asked."""


def touching(workspace: Workspace, connection: Connection, row: AssessmentRow) -> tuple[ConflictRow, ...]:
    """List the conflicts that a file rests on.

    These are those of its site with its facts, of all its sheets with what stands on them, of its batch and its
    certificate, of the edition and the city's profile, and whether the person who works here holds a role.
    """
    open_cells = conflict_queries.open_cells(connection)
    withdrawn = withdrawal_queries.against(connection)
    if not open_cells and not withdrawn:
        return ()
    places = Places(workspace, connection)
    sheets: set[str] = {row.id, *(part.id for part in assessment_queries.parts(connection, row.id))}
    found = [
        places.row(cell)
        for cell in open_cells
        if _named_by(workspace, connection, row, sheets, cell) and not _idle(workspace, connection, row, cell)
    ]
    things = [places.row(cell) for cell in open_cells if cell.kind in _OF_THINGS]
    things += [places.withdrawn(one) for one in withdrawn if one.entity == row.site or one.cell == "finding"]
    found += [one for one in things if one.assessment in sheets or one.entity == row.site]
    return tuple(dict.fromkeys(found))


def _named_by(
    workspace: Workspace, connection: Connection, row: AssessmentRow, sheets: set[str], cell: OpenCell
) -> bool:
    """Tell whether a cell stands on what the file names itself."""
    if cell.entity == REGISTER:
        return cell.cell == "profile"
    if cell.entity == workspace.person.id:
        return cell.kind == "role"
    if cell.kind in ("certificate", "certificate_event"):
        return cell.entity in _papers(connection, row)
    return cell.entity in {row.site, row.edition, row.batch or "", *sheets}


def _papers(connection: Connection, row: AssessmentRow) -> Iterator[str]:
    for key in certificate_queries.certificates_of(connection, row.site):
        if certificate_queries.record_of(connection, key).get("assessment") == row.id:
            yield key


def _idle(workspace: Workspace, connection: Connection, row: AssessmentRow, cell: OpenCell) -> bool:
    """Tell whether a cell is an answer that no entry of the edition rests on: it decides nothing."""
    if cell.kind != "answer" or cell.entity != row.id:
        return False
    checklist = reading.checklist(workspace, connection, row.edition)
    found = reading.sorted_answers(workspace, connection, row)[1]
    counting = {*(entry.key for entry in checklist.entries()), *found.current.values()}
    return cell.cell.removeprefix("answer.") not in counting


def refuse_disputed(connection: Connection, entity: str, cell: str) -> None:
    """Refuse to write over a cell that two people filled differently: that would settle it unseen.

    Raises:
        UserError: ``conflict.settle_first``.
    """
    if any((found.entity, found.cell) == (entity, cell) for found in conflict_queries.open_cells(connection)):
        raise UserError("conflict.settle_first")
