"""From approved to named: a public notice with a time for objections, and naming in batches by a document."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.batches import Batch, BatchId, BatchRow
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import objecting, reading, roles, steps
from wufei_cells.services.text_fields import LONGEST_LINE, LONGEST_NAME, LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, office_queries
from wufei_cells.store.journal import Connection, Draft


def publish_notice(
    workspace: Workspace,
    assessments: Sequence[str],
    *,
    title: str,
    notice_from: date,
    notice_until: date,
    contact: str,
) -> BatchRow:
    """Put approved sites into a public notice, as one batch: all of them or, if any cannot be, none.

    Raises:
        ProblemsFound: every site that cannot be in it, and what is missing or too short about the notice.
        UserError: no site was named.
    """
    batch = Batch(title.strip(), notice_from, notice_until, contact.strip())
    with workspace.database.writing() as connection:
        days = reading.profile(connection).process.notice_days
        found = _unfit(batch)
        if not contact.strip():
            found.append(Problem("noticing.contact", "contact"))
        if (notice_until - notice_from).days + 1 < max(days, 1):
            least = notice_from + timedelta(days=max(days, 1) - 1)
            found.append(Problem("noticing.period", "notice_until", {"days": max(days, 1), "least": least}))
        rows = [reading.assessment(connection, key) for key in dict.fromkeys(assessments)]
        found += _before_decision("noticing.before_decision", rows, notice_from)
        found += _refusals(rows, lambda row: _may(workspace, connection, Step.NOTICE, row))
        return _written(workspace, connection, batch, rows, Stage.NOTICED, found)


def take_out(workspace: Workspace, assessment_id: str, *, reason: str) -> AssessmentRow:
    """Take a site out of a public notice; it is approved as before and can be sent back, rejected or noticed anew.

    What was decided stays as it was decided; only the notice is without it from now on.

    Raises:
        UserError: it is in none, or no reason was given.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        steps.require(workspace, connection, Step.TAKE_OUT, row)
        if not reason:
            raise UserError("noticing.reason_needed")
        state = steps.carry_on(connection, row.id, stage=Stage.APPROVED.value, batch=None, remarks=reason)
        steps.write_state(workspace, connection, row.id, state)
        return reading.assessment(connection, row.id)


def name_batch(workspace: Workspace, batch_id: str, *, document_number: str, named_on: date) -> BatchRow:
    """Name every site of a batch whose notice is over, by a document.

    Raises:
        ProblemsFound: sites with open objections, those that changed since, and a missing document number.
        UserError: the notice still runs, or there is no such batch.
    """
    with workspace.database.writing() as connection:
        row = require_batch(connection, batch_id)
        until = row.batch.notice_until
        if until is not None and workspace.today() <= until:
            raise UserError("naming.notice_running", title=row.batch.title, until=until)
        rows = [
            one for one in assessment_queries.assessments_of_batch(connection, row.id) if one.stage is Stage.NOTICED
        ]
        batch = replace(row.batch, document_number=document_number.strip(), named_on=named_on)
        return _named(workspace, connection, batch, rows, BatchId(row.id))


def correct_batch(workspace: Workspace, batch_id: str, *, document_number: str, named_on: date) -> BatchRow:
    """Correct the document of a named batch; this also settles that two people named it differently.

    Certificates that were issued keep what is printed on them.

    Raises:
        ProblemsFound: the number is missing, or the day cannot be right.
        UserError: it was not named yet, there is no such batch, or the person is not of the office.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "batch")
        row = require_batch(connection, batch_id)
        if row.batch.named_on is None:
            raise UserError("naming.not_named", title=row.batch.title)
        batch = replace(row.batch, document_number=document_number.strip(), named_on=named_on)
        found = _unfit_naming(workspace, batch)
        if found:
            raise ProblemsFound(found)
        workspace.write(connection, [Draft("batch", row.id, office_queries.BATCH, _document(batch))])
        return require_batch(connection, row.id)


def name_sites(
    workspace: Workspace, assessments: Sequence[str], *, title: str, document_number: str, named_on: date
) -> BatchRow:
    """Name approved sites as one batch in a city that gives no public notice: all of them or none.

    Raises:
        ProblemsFound: every site that cannot be named, and a missing document number.
    """
    with workspace.database.writing() as connection:
        rows = [reading.assessment(connection, key) for key in dict.fromkeys(assessments)]
        batch = Batch(title.strip(), document_number=document_number.strip(), named_on=named_on)
        return _named(workspace, connection, batch, rows, None)


def batches(workspace: Workspace) -> tuple[BatchRow, ...]:
    """List the batches, newest first."""
    with workspace.database.reading() as connection:
        return office_queries.batches(connection)


def batch(workspace: Workspace, batch_id: str) -> BatchRow:
    """Give one batch by its id, the beginning of it, or its title.

    Raises:
        UserError: there is none, or several bear the title.
    """
    with workspace.database.reading() as connection:
        return require_batch(connection, batch_id)


def members(workspace: Workspace, batch_id: str) -> tuple[AssessmentRow, ...]:
    """List the assessments that stand in a batch, by category and name."""
    with workspace.database.reading() as connection:
        return assessment_queries.assessments_of_batch(connection, require_batch(connection, batch_id).id)


def require_batch(connection: Connection, key: str) -> BatchRow:
    """Give a batch by its id, the beginning of it, or its title, within a transaction."""
    row = office_queries.batch(connection, key)
    if row is not None:
        return row
    long_enough = len(key) >= reading.SHORTEST_ID
    found = [
        one
        for one in office_queries.batches(connection)
        if one.batch.title == key or (long_enough and one.id.startswith(key))
    ]
    if len(found) != 1:
        raise UserError("naming.several_batches" if found else "naming.unknown_batch", batch=key, count=len(found))
    return found[0]


# --- parts


def _named(
    workspace: Workspace, connection: Connection, batch: Batch, rows: Sequence[AssessmentRow], known: BatchId | None
) -> BatchRow:
    found = _unfit_naming(workspace, batch)
    if batch.named_on:
        found += _before_decision("naming.before_decision", rows, batch.named_on)
    found += _refusals(rows, lambda row: _may(workspace, connection, Step.NAME, row))
    waiting = objecting.open_against(connection, rows)
    found += [
        Problem("naming.open_objections", row.site_name, {"site": row.site_name, "count": waiting[row.id]})
        for row in rows
        if row.id in waiting
    ]
    return _written(workspace, connection, batch, rows, Stage.NAMED, found, known)


def _written(
    workspace: Workspace,
    connection: Connection,
    batch: Batch,
    rows: Sequence[AssessmentRow],
    stage: Stage,
    found: Sequence[Problem],
    known: BatchId | None = None,
) -> BatchRow:
    """Write a batch and the new state of each of its sites, unless something stands against it."""
    if found:
        raise ProblemsFound(found)
    if not rows:
        raise UserError("naming.nobody")
    key = known or BatchId(uuid.uuid4().hex)
    drafts = [Draft("batch", key, office_queries.BATCH, _document(batch))]
    for row in rows:
        state = steps.carry_on(connection, row.id, stage=stage.value, batch=key)
        drafts.append(Draft("assessment_state", row.id, "state", state))
    workspace.write(connection, drafts)
    return require_batch(connection, key)


def _may(workspace: Workspace, connection: Connection, step: Step, row: AssessmentRow) -> None:
    steps.require(workspace, connection, step, row)
    steps.refuse_changed(workspace, connection, row)


def _refusals(rows: Sequence[AssessmentRow], refuse: Callable[[AssessmentRow], None]) -> list[Problem]:
    """Collect what stands against each site, so that all of it is told at once."""
    found: list[Problem] = []
    for row in rows:
        try:
            refuse(row)
        except UserError as error:
            found.append(Problem(error.code, row.site_name, error.values))
    return found


def _before_decision(code: str, rows: Sequence[AssessmentRow], day: date) -> list[Problem]:
    """Name the sites that were decided on after a day: what follows a decision cannot come before it."""
    decided = {row.site_name: row.decided_at.astimezone().date() for row in rows if row.decided_at}
    return [
        Problem(code, site, {"site": site, "found": day, "earliest": earliest})
        for site, earliest in decided.items()
        if day < earliest
    ]


def _unfit_naming(workspace: Workspace, batch: Batch) -> list[Problem]:
    found = _unfit(batch)
    if not batch.document_number:
        found.append(Problem("naming.document_needed", "document_number"))
    if batch.named_on and batch.named_on > workspace.today():
        found.append(Problem("applying.day_to_come", "named_on", {"found": batch.named_on}))
    if batch.named_on and batch.notice_until and batch.named_on <= batch.notice_until:
        values = {"found": batch.named_on, "until": batch.notice_until}
        found.append(Problem("naming.before_end", "named_on", values))
    return found


def _unfit(batch: Batch) -> list[Problem]:
    found = [] if batch.title else [Problem("naming.title_needed", "title")]
    found += text_problems("title", batch.title, limit=LONGEST_NAME)
    found += text_problems("contact", batch.contact, limit=LONGEST_LINE, lines=True)
    return found + text_problems("document_number", batch.document_number, limit=LONGEST_NAME)


def _document(batch: Batch) -> JsonValue:
    return {
        "title": batch.title,
        "notice_from": batch.notice_from.isoformat() if batch.notice_from else None,
        "notice_until": batch.notice_until.isoformat() if batch.notice_until else None,
        "contact": batch.contact,
        "document_number": batch.document_number,
        "named_on": batch.named_on.isoformat() if batch.named_on else None,
    }
