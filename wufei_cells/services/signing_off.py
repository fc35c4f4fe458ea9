"""Signatures drawn on the screen at the end of a visit, each with the digest of what stood when it was given."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.domain.signatures import SignatureRow, Signer, Stroke
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import blindness, reading, undoing
from wufei_cells.services.text_fields import LONGEST_NAME, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import ledger, team_queries
from wufei_cells.store.journal import Connection, Draft

MOST_STROKES = 200
MOST_POINTS = 20_000
FIELD = 1000
"""Thousandths of the field's width."""


def sign(workspace: Workspace, assessment_id: str, name: str, part: Signer, strokes: Sequence[Stroke]) -> SignatureRow:
    """Put a signature under an assessment as it stands now.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        name: who signs.
        part: for whom.
        strokes: what was drawn, in thousandths of the field's width.

    Raises:
        ProblemsFound: the name or the drawing cannot be one.
        UserError: there is no such assessment, it was stopped, or it may not be seen.
    """
    name = " ".join(name.split())
    problems = text_problems("name", name, limit=LONGEST_NAME)
    if not name:
        problems.append(Problem("signing.no_name", "name"))
    problems += _stroke_problems(strokes)
    if problems:
        raise ProblemsFound(problems)
    key = uuid.uuid4().hex
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        blindness.refuse_hidden(workspace, connection, assessment_id)
        if row.stage is Stage.STOPPED:
            raise UserError("signing.stopped", site=row.site_name)
        drawn: list[JsonValue] = [[[x, y] for x, y in stroke] for stroke in strokes]
        basis = _basis(connection, row)
        at = workspace.now().isoformat(timespec="seconds")
        value: JsonValue = {"assessment": row.id, "name": name, "part": part.value, "basis": basis}
        value |= {"strokes": drawn, "at": at}
        undoing.write(workspace, connection, [Draft("signature", key, "signature", value)], places=[row.id])
        return next(one for one in signatures_of(workspace, connection, row.id) if one.id == key)


def signatures(workspace: Workspace, assessment_id: str) -> tuple[SignatureRow, ...]:
    """List the signatures under an assessment, and whether what each signed is still what stands."""
    with workspace.database.reading() as connection:
        return signatures_of(workspace, connection, assessment_id)


def signatures_of(workspace: Workspace, connection: Connection, assessment_id: str) -> tuple[SignatureRow, ...]:
    """List the signatures under an assessment within a transaction."""
    row = reading.assessment(connection, assessment_id)
    blindness.refuse_hidden(workspace, connection, assessment_id)
    found = team_queries.signatures(connection, assessment_id)
    now = _basis(connection, row) if found else ""
    return tuple(replace(one, holds=one.basis == now) for one in found)


def remove(workspace: Workspace, signature_id: str) -> None:
    """Take a signature away; this can be taken back.

    Raises:
        UserError: there is no such signature.
    """
    with workspace.database.writing() as connection:
        place = team_queries.signature_place(connection, signature_id)
        if place is None:
            raise UserError("signing.unknown", signature=signature_id)
        blindness.refuse_hidden(workspace, connection, place)
        undoing.write(workspace, connection, [Draft("signature", signature_id, "signature", None)], places=[place])


def _basis(connection: Connection, row: AssessmentRow) -> str:
    return ledger.basis(connection, assessment=row.id, site=row.site)


def _stroke_problems(strokes: Sequence[Stroke]) -> list[Problem]:
    count = sum(len(stroke) for stroke in strokes)
    if count < 2:
        return [Problem("signing.empty", "strokes")]
    if len(strokes) > MOST_STROKES or count > MOST_POINTS:
        return [Problem("signing.too_long", "strokes", {"strokes": MOST_STROKES, "points": MOST_POINTS})]
    if any(not stroke or not _inside(stroke) for stroke in strokes):
        return [Problem("signing.outside", "strokes")]
    return []


def _inside(stroke: Stroke) -> bool:
    return all(type(number) is int and 0 <= number <= FIELD for point in stroke for number in point)
