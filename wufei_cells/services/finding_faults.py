"""Findings: note what is wanting at a site and what is to be done by when, and check again whether it was done."""

from __future__ import annotations

import uuid
from dataclasses import fields, replace
from datetime import date

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.findings import (
    Finding,
    FindingDraft,
    FindingId,
    FindingRow,
    FindingState,
    ListedFinding,
    Severity,
    SheetFindings,
)
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AssessmentRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import blindness, reading, returning, undoing
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, finding_queries
from wufei_cells.store.journal import Connection, Draft

# --- writing


def record_finding(workspace: Workspace, assessment_id: str, draft: FindingDraft, *, visit: str = "") -> FindingRow:
    """Note a finding while its assessment is open. It is on disk when this returns.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: the assessment is closed, or does not exist.
    """
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        return _write(workspace, connection, row, FindingId(uuid.uuid4().hex), draft, None, visit)


def change_finding(
    workspace: Workspace,
    finding_id: str,
    draft: FindingDraft,
    *,
    seen: tuple[ActRef, ...] | None = None,
    visit: str = "",
) -> FindingRow:
    """Write a finding anew while its assessment is open.

    Args:
        workspace: the register.
        finding_id: the finding.
        draft: what it is to say.
        seen: the acts the form had loaded (see ``assessing.record_answer``).
        visit: names what is taken back together (see ``undoing.write``).

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: the assessment is closed, or there is no such finding.
    """
    with workspace.database.writing() as connection:
        row = _find(workspace, connection, finding_id).row
        assessment = reading.assessment(connection, row.assessment)
        return _write(workspace, connection, assessment, row.id, draft, seen, visit)


def drop_finding(workspace: Workspace, finding_id: str) -> FindingRow:
    """Take a finding off an open assessment: it was a mistake. One that was put right is closed instead.

    Raises:
        UserError: the assessment is closed, or there is no such finding.
    """
    with workspace.database.writing() as connection:
        row = _find(workspace, connection, finding_id).row
        _refuse_closed(workspace, connection, reading.assessment(connection, row.assessment), row.finding.item)
        draft = Draft("finding", row.id, finding_queries.CELL, None)
        undoing.write(workspace, connection, [draft], places=[row.assessment])
        return row


def mark_done(
    workspace: Workspace, finding_id: str, *, note: str = "", on: str = "", seen: tuple[ActRef, ...] | None = None
) -> FindingRow:
    """Note that the unit says it put things right; at any time, also when the assessment is long closed.

    Raises:
        ProblemsFound: everything that is wrong with note and day.
        UserError: the finding was checked and closed already, or there is none.
    """
    return _check(workspace, finding_id, FindingState.DONE, note, on, seen)


def check_again(
    workspace: Workspace,
    finding_id: str,
    *,
    closed: bool,
    note: str = "",
    on: str = "",
    seen: tuple[ActRef, ...] | None = None,
) -> FindingRow:
    """Note what a check of a finding showed: it is closed, or still open; at any time.

    Args:
        workspace: the register.
        finding_id: the finding.
        closed: whether it is in order now.
        note: what was seen.
        on: the day of the check, as 2026-11-21; empty for today.
        seen: the acts the form had loaded.

    Raises:
        ProblemsFound: everything that is wrong with note and day.
        UserError: there is no such finding.
    """
    return _check(workspace, finding_id, FindingState.CLOSED if closed else FindingState.OPEN, note, on, seen)


# --- reading


def findings_of(workspace: Workspace, connection: Connection, assessment_id: str) -> tuple[FindingRow, ...]:
    """List the findings of an assessment within a transaction, the heaviest first."""
    blindness.refuse_hidden(workspace, connection, assessment_id)
    return finding_queries.of_assessment(connection, assessment_id)


def sheet_findings(workspace: Workspace, assessment_id: str) -> SheetFindings:
    """Give the findings of an assessment, and what earlier assessments of its site left open."""
    with workspace.database.reading() as connection:
        row = reading.assessment(connection, assessment_id)
        own = findings_of(workspace, connection, assessment_id)
        earlier = _earlier(connection, row)
        earlier -= blindness.hidden_sheets(workspace, connection) if earlier else set()
        carried = tuple(
            one
            for one in finding_queries.listed(connection, site=row.site)
            if one.row.assessment in earlier and one.row.state is not FindingState.CLOSED
        )
        return SheetFindings(own, carried)


def findings(
    workspace: Workspace,
    *,
    site: str | None = None,
    assessment: str | None = None,
    state: FindingState | None = None,
    overdue: bool | None = None,
) -> tuple[ListedFinding, ...]:
    """List findings of the register, those due first in front; none of a sheet that this person may not see yet.

    Args:
        workspace: the register.
        site: of this site only, by id or name.
        assessment: of this assessment only.
        state: those that stand like this only.
        overdue: those whose day has passed only (``True``), or the others only.

    Raises:
        UserError: there is no such site or assessment, or it is a sheet that this person may not see yet.
    """
    today = workspace.today()
    with workspace.database.reading() as connection:
        of_site = reading.site(connection, site).id if site is not None else None
        if assessment is not None:
            of_site = of_site or reading.assessment(connection, assessment).site
            blindness.refuse_hidden(workspace, connection, assessment)
        found = visible_findings(workspace, connection, site=of_site)
    return tuple(
        one
        for one in found
        if (assessment is None or one.row.assessment == assessment)
        and (state is None or one.row.state is state)
        and (overdue is None or one.row.overdue(today) == overdue)
    )


def visible_findings(
    workspace: Workspace, connection: Connection, *, site: str | None = None
) -> tuple[ListedFinding, ...]:
    """List findings of a site (of all) that this person may see, within a transaction; those due first in front."""
    found = finding_queries.listed(connection, site=site)
    hidden = blindness.hidden_sheets(workspace, connection) if found else ()
    return tuple(one for one in found if one.row.assessment not in hidden)


def finding(workspace: Workspace, finding_id: str) -> ListedFinding:
    """Give one finding, by its id or by the beginning of it as lists show it.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        return _find(workspace, connection, finding_id)


# --- parts


def _write(
    workspace: Workspace,
    connection: Connection,
    assessment: AssessmentRow,
    key: FindingId,
    draft: FindingDraft,
    seen: tuple[ActRef, ...] | None,
    visit: str,
) -> FindingRow:
    _refuse_closed(workspace, connection, assessment, draft.item.strip())
    keys = {entry.key for entry in reading.checklist(workspace, connection, assessment.edition).entries()}
    found = _read(draft, keys, assessment.on)
    value: JsonValue = {
        "assessment": assessment.id,
        "item": found.item,
        "severity": found.severity.value,
        "text": found.text,
        "action": found.action,
        "responsible": found.responsible,
        "due": found.due.isoformat() if found.due else None,
    }
    act = Draft("finding", key, finding_queries.CELL, value, seen)
    undoing.write(workspace, connection, [act], places=[assessment.id], visit=visit)
    return _find(workspace, connection, key).row


def _check(
    workspace: Workspace, finding_id: str, state: FindingState, note: str, on: str, seen: tuple[ActRef, ...] | None
) -> FindingRow:
    with workspace.database.writing() as connection:
        listed = _find(workspace, connection, finding_id)
        if state is FindingState.DONE and listed.row.state is FindingState.CLOSED:
            raise UserError("finding.already_closed", site=listed.site_name)
        note = note.strip()
        problems = text_problems("note", note, limit=LONGEST_NOTE, lines=True)
        day = _day("on", on, listed.on, problems) or workspace.today()
        if problems:
            raise ProblemsFound(problems)
        value: JsonValue = {"state": state.value, "note": note, "on": day.isoformat()}
        act = Draft("finding_check", listed.row.id, finding_queries.CHECK_CELL, value, seen)
        undoing.write(workspace, connection, [act], places=[listed.row.assessment])
        return _find(workspace, connection, listed.row.id).row


def _read(draft: FindingDraft, keys: set[str], visited: date) -> Finding:
    """Read what was typed; refuse it with all that is wrong with it."""
    typed = {field.name: str(getattr(draft, field.name)).strip() for field in fields(draft)}
    draft = replace(draft, **typed)
    problems: list[Problem] = []
    if draft.item and draft.item not in keys:
        problems.append(Problem("finding.unknown_item", "item", {"item": draft.item}))
    if draft.severity not in set(Severity):
        known = ", ".join(Severity)
        problems.append(Problem("finding.unknown_severity", "severity", {"severity": draft.severity, "known": known}))
    if not draft.text:
        problems.append(Problem("finding.text_needed", "text"))
    for name, limit in (("text", LONGEST_NOTE), ("action", LONGEST_NOTE), ("responsible", LONGEST_NAME)):
        lines = name != "responsible"
        problems += text_problems(name, typed[name], limit=limit, lines=lines)
    due = _day("due", draft.due, visited, problems)
    if problems:
        raise ProblemsFound(problems)
    return Finding(draft.item, Severity(draft.severity), draft.text, draft.action, draft.responsible, due)


def _day(place: str, typed: str, visited: date, problems: list[Problem]) -> date | None:
    """Read a day that cannot lie before the visit; note what is wrong with it."""
    if not typed.strip():
        return None
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        problems.append(Problem("finding.not_a_day", place, {"found": typed.strip()[:40]}))
        return None
    if day < visited:
        values = {"day": day.isoformat(), "visited": visited.isoformat()}
        problems.append(Problem("finding.before_visit", place, values))
    return day


def _refuse_closed(workspace: Workspace, connection: Connection, row: AssessmentRow, item: str) -> None:
    blindness.refuse_writing(workspace, connection, row.id)
    if row.stage is not Stage.SCORING:
        raise UserError("finding.assessment_closed", site=row.site_name)
    returning.refuse_locked(workspace, connection, row, [item])


def _find(workspace: Workspace, connection: Connection, key: str) -> ListedFinding:
    found = finding_queries.finding(connection, key)
    if found is None and len(key) >= reading.SHORTEST_ID:
        candidates = finding_queries.beginning(connection, key)
        found = finding_queries.finding(connection, candidates[0]) if len(candidates) == 1 else None
    if found is None:
        raise UserError("finding.unknown", finding=key)
    blindness.refuse_hidden(workspace, connection, found.row.assessment)
    return found


def _earlier(connection: Connection, row: AssessmentRow) -> set[str]:
    """Name the assessments of the site that were started before this one, with the sheets that belong to them."""
    newest_first = [one.id for one in assessment_queries.assessments(connection, site=row.site)]
    whole = row.part_of or row.id
    earlier = newest_first[newest_first.index(whole) + 1 :]
    return {*earlier, *(part.id for one in earlier for part in assessment_queries.parts(connection, one))}
