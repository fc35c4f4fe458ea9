"""Objections to a public notice and appeals of units: take them in, and settle them by somebody else's hand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.objections import Objection, ObjectionKind, ObjectionRow, Outcome
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import blindness, reading, roles
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import office_queries
from wufei_cells.store.journal import Connection, Draft

OBJECTIONABLE = {
    ObjectionKind.OBJECTION: frozenset({Stage.NOTICED}),
    ObjectionKind.APPEAL: frozenset({Stage.FINISHED, Stage.REVIEWED, Stage.APPROVED, Stage.REJECTED, Stage.NOTICED}),
}
"""From which stages on something can be put forward."""


def take_in(workspace: Workspace, objection: Objection) -> ObjectionRow:
    """Put an objection or an appeal on record.

    Raises:
        ProblemsFound: what is missing or cannot be so.
        UserError: nothing can be put forward against an assessment that stands where this one does.
    """
    key = uuid.uuid4().hex
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, objection.assessment)
        if row.stage not in OBJECTIONABLE[objection.kind]:
            appeal = objection.kind is ObjectionKind.APPEAL
            code = "objecting.not_now_appeal" if appeal else "objecting.not_now_objection"
            raise UserError(code, site=row.site_name, stage=row.stage.value)
        _refuse_unfit(workspace, connection, row, objection)
        workspace.write(connection, [Draft("objection", key, "objection", _document(objection, row.revision))])
        return _require(connection, key)


def settle(workspace: Workspace, key: str, outcome: Outcome, reason: str) -> ObjectionRow:
    """Uphold or dismiss an objection, with the reason. What follows from it is a step of its own.

    Raises:
        UserError: it is settled already, there is none, no reason was given, or the person assessed or decided what it
            is about.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = _require(connection, key)
        roles.require_for(workspace, connection, "objection_settled")
        if row.outcome is not Outcome.OPEN:
            raise UserError("objecting.settled", name=row.settled_by, on=row.settled_on)
        if outcome is Outcome.OPEN or not reason:
            raise UserError("objecting.reason_needed")
        assessment = reading.assessment(connection, row.objection.assessment)
        if row.objection.kind is ObjectionKind.APPEAL:
            _refuse_own(workspace, connection, assessment)
        value: JsonValue = {"outcome": outcome.value, "reason": reason, "on": workspace.today().isoformat()}
        workspace.write(connection, [Draft("objection_settled", row.id, "settled", value)])
        return _require(connection, key)


def objections(workspace: Workspace, assessment_id: str | None = None) -> tuple[ObjectionRow, ...]:
    """List the objections and appeals to an assessment, or all of the register, in the order they came in."""
    with workspace.database.reading() as connection:
        return office_queries.objections(connection, assessment=assessment_id)


def open_against(connection: Connection, rows: Sequence[AssessmentRow]) -> dict[str, int]:
    """Count the objections that wait to be settled, by assessment."""
    keys = {row.id for row in rows}
    found: dict[str, int] = {}
    for one in office_queries.objections(connection):
        if one.objection.assessment in keys and one.outcome is Outcome.OPEN:
            found[one.objection.assessment] = found.get(one.objection.assessment, 0) + 1
    return found


def refuse_open(connection: Connection, row: AssessmentRow) -> None:
    """Refuse to go on while an objection or an appeal waits to be settled.

    Raises:
        UserError: it says how many.
    """
    waiting = open_against(connection, [row])
    if waiting:
        raise UserError("naming.open_objections", site=row.site_name, count=waiting[row.id])


def refuse_upheld(connection: Connection, row: AssessmentRow) -> None:
    """Refuse to go on with the very result that an objection or an appeal was upheld against.

    Sending the assessment back gives a new revision, which starts afresh.

    Raises:
        UserError: it says how many.
    """
    upheld = [
        one
        for one in office_queries.objections(connection, assessment=row.id)
        if one.outcome is Outcome.UPHELD and one.revision >= row.revision
    ]
    if upheld:
        raise UserError("objecting.upheld", site=row.site_name, count=len(upheld))


def _refuse_own(workspace: Workspace, connection: Connection, row: AssessmentRow) -> None:
    if not reading.profile(connection).process.four_eyes:
        return
    if blindness.is_one_of(workspace, (row.decided_by or "", *row.assessors)):
        raise UserError("objecting.own", site=row.site_name, name=workspace.person.name)


def _refuse_unfit(workspace: Workspace, connection: Connection, row: AssessmentRow, objection: Objection) -> None:
    found: list[Problem] = []
    if not objection.text.strip():
        found.append(Problem("objecting.text_needed", "text"))
    texts = (("text", objection.text, LONGEST_NOTE), ("name", objection.name, LONGEST_NAME))
    for place, text, limit in (*texts, ("contact", objection.contact, LONGEST_NAME)):
        found += text_problems(place, text, limit=limit, lines=place == "text")
    known = {entry.key for entry in reading.checklist(workspace, connection, row.edition).entries()}
    if objection.item and objection.item not in known:
        found.append(Problem("returning.unknown_item", "item", {"item": objection.item}))
    if objection.received_on > workspace.today():
        found.append(Problem("applying.day_to_come", "received_on", {"found": objection.received_on}))
    if objection.due and objection.due < objection.received_on:
        found.append(Problem("objecting.due_before", "due", {"found": objection.due}))
    if found:
        raise ProblemsFound(found)


def _require(connection: Connection, key: str) -> ObjectionRow:
    """Give an objection by its id, or by the beginning of it as lists show it."""
    row = office_queries.objection(connection, key)
    if row is None and len(key) >= reading.SHORTEST_ID:
        found = [one for one in office_queries.objections(connection) if one.id.startswith(key)]
        row = found[0] if len(found) == 1 else None
    if row is None:
        raise UserError("objecting.unknown", objection=key)
    return row


def _document(objection: Objection, revision: int) -> JsonValue:
    return {
        "assessment": objection.assessment,
        "revision": revision,
        "kind": objection.kind.value,
        "item": objection.item,
        "text": objection.text.strip(),
        "name": objection.name.strip(),
        "contact": objection.contact.strip(),
        "received_on": objection.received_on.isoformat(),
        "due": objection.due.isoformat() if objection.due else None,
    }
