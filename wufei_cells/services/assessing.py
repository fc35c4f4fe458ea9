"""Score a site: start, answer, finish, open again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.answers import Answer, JsonValue, answer_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import CLOSED, Role, Stage, Step
from wufei_cells.domain.register import ActRef, AnswerRow, AssessmentId, AssessmentRow, EditionId
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring.evaluate import answer_problems, evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import (
    applying,
    blindness,
    column_results,
    edition_choice,
    evidence_proof,
    prechecking,
    reading,
    registering,
    returning,
    roles,
    sealing,
    seals,
    steps,
    undoing,
)
from wufei_cells.services.text_fields import LONGEST_NAME, LONGEST_NOTE, require_text, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, queries
from wufei_cells.store.assessment_queries import Standing
from wufei_cells.store.journal import Connection, Draft


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """What one answer changed."""

    item: str
    row: AnswerRow
    scorecard: Scorecard


def start_assessment(
    workspace: Workspace,
    site_id: str,
    *,
    edition: EditionId | None = None,
    column: str | None = None,
    assessors: tuple[str, ...] = (),
    visited_on: date | None = None,
) -> AssessmentRow:
    """Start an assessment of a site, pinned to an edition (the one in effect).

    Its column is the one on site, or the first of those that the checklist puts together.

    Raises:
        UserError: the site has one open already or may not apply yet, its category has no checklist in force, the
            edition is none to start with, or there is no such column.
        ProblemsFound: an assessor's name cannot be one.
    """
    names = _names(assessors)
    with workspace.database.writing() as connection:
        roles.require(workspace, connection, Role.ASSESSOR)
        site = reading.site(connection, site_id)
        applied = site.stage is Stage.APPLIED
        if not applied and site.assessment and site.stage not in CLOSED:
            raise UserError("assessing.already_open", site=site.name, stage=site.stage.value)
        today = workspace.today()
        applying.refuse_barred(connection, site, min(visited_on or today, today))
        pinned = edition_choice.edition_to_use(workspace, connection, site, edition).id
        checklist = reading.checklist(workspace, connection, pinned)
        header: dict[str, JsonValue] = {
            "site": site.id,
            "edition": pinned,
            "column": column_results.column_to_score(checklist, column),
            "assessors": [*names] or [workspace.person.name],
            "visited_on": visited_on.isoformat() if visited_on else None,
        }
        if applied and site.assessment:
            row = reading.assessment(connection, site.assessment)
            steps.require(workspace, connection, Step.START, row)
            workspace.write(connection, applying.pinned_anew(connection, row, header))
            return reading.assessment(connection, row.id)
        assessment = AssessmentId(uuid.uuid4().hex)
        workspace.write(connection, [Draft("assessment", assessment, "header", header)])
        return reading.assessment(connection, assessment)


def name_assessors(workspace: Workspace, assessment_id: str, assessors: tuple[str, ...]) -> AssessmentRow:
    """Say anew who assesses, while the assessment is open.

    Raises:
        UserError: it is not open, nobody is named, or the person is no assessor.
        ProblemsFound: a name cannot be one.
    """
    names = _names(assessors)
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        blindness.refuse_part(row)
        if row.stage is not Stage.SCORING:
            raise UserError("assessing.not_open", site=row.site_name, stage=row.stage.value)
        roles.require(workspace, connection, Role.ASSESSOR)
        if not names:
            raise UserError("assessing.nobody", site=row.site_name)
        header = assessment_queries.header(connection, row.id)
        header["assessors"] = [*names]
        workspace.write(connection, [Draft("assessment", row.id, "header", header)])
        return reading.assessment(connection, row.id)


def _names(assessors: tuple[str, ...]) -> list[str]:
    """Give the names of people, each once."""
    cleaned = [require_text("assessors", " ".join(name.split()), limit=LONGEST_NAME) for name in assessors]
    return list(dict.fromkeys(name for name in cleaned if name))


# --- answers


def record_answer(
    workspace: Workspace,
    assessment_id: str,
    item: str,
    answer: Answer,
    *,
    seen: tuple[ActRef, ...] | None = None,
    visit: str = "",
) -> AnswerChange:
    """Save one answer and say what changed. It is on disk when this returns.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        item: key of the item or gate.
        answer: the judgement; an empty one clears the item.
        seen: the acts the form had loaded; if someone answered since, both stand as a conflict. ``None``: replace
            whatever stands now.
        visit: names what is taken back together (see ``undoing.write``).

    Raises:
        ProblemsFound: the answer does not fit the item.
        UserError: the assessment is finished, does not exist, its pre-check fails, or it was sent back for other items.
    """
    known = {item: seen} if seen is not None else {}
    return record_answers(workspace, assessment_id, {item: answer}, seen=known, visit=visit)[0]


def record_answers(
    workspace: Workspace,
    assessment_id: str,
    given: Mapping[str, Answer],
    *,
    seen: Mapping[str, tuple[ActRef, ...]] | None = None,
    facts: Mapping[str, str | None] | None = None,
    visit: str = "",
) -> tuple[AnswerChange, ...]:
    """Save several answers, and facts of the site, together: all of them or, if any does not fit, none."""
    with workspace.database.writing() as connection:
        blindness.refuse_writing(workspace, connection, assessment_id)
        standing = _open_to_answers(connection, assessment_id)
        prechecking.refuse_shut_out(connection, assessment_id)
        returning.refuse_locked(workspace, connection, standing, given)
        if facts and standing.returned:
            raise UserError("returning.facts_locked", site=standing.site_name)
        checklist = reading.checklist(workspace, connection, standing.edition)
        _refuse_unfit(checklist, given, standing.on)
        if facts:
            registering.change_site(workspace, connection, reading.site(connection, standing.site), facts)
        drafts = answer_drafts(checklist, assessment_id, given, seen or {})
        acts = undoing.write(workspace, connection, drafts, places=[assessment_id], visit=visit)
        known = reading.fitting_facts(checklist, queries.site_facts(connection, standing.site))
        answers = reading.answers_that_count(workspace, connection, standing)
    scorecard = evaluate(checklist, known, answers, on=standing.on)
    at = workspace.now().replace(microsecond=0)
    hashes = {draft.cell: str(draft.value["entry"]) for draft in drafts if isinstance(draft.value, dict)}
    rows = [
        # An act written here is the newest that is known here, so its cell shows what it says.
        AnswerRow(item, answer, workspace.person.name, at, act.heads, act.values, hashes[f"answer.{item}"], act.lamport)
        for (item, answer), act in zip(given.items(), acts, strict=True)
    ]
    return tuple(AnswerChange(row.item, row, scorecard) for row in rows)


def _open_to_answers(connection: Connection, assessment_id: str) -> Standing:
    standing = assessment_queries.standing(connection, assessment_id)
    if standing is None:
        raise UserError("register.unknown_assessment", assessment=assessment_id)
    if standing.stage is not Stage.SCORING:
        raise UserError("assessing.not_open", site=standing.site_name, stage=standing.stage.value)
    return standing


def _refuse_unfit(checklist: Checklist, given: Mapping[str, Answer], on: date) -> None:
    problems = [problem for item, answer in given.items() for problem in unfit(checklist, item, answer, on)]
    if problems:
        raise ProblemsFound(problems)


def unfit(checklist: Checklist, item: str, answer: Answer, on: date) -> list[Problem]:
    """List what keeps an answer from being written: it does not fit the rule, or a text cannot be stored."""
    problems = [*answer_problems(checklist, item, answer, on=on)]
    for text in (answer.note, answer.na or "", answer.kept.na or "", *answer.kept.notes.values()):
        problems += text_problems(item, text, limit=LONGEST_NOTE, lines=True)
    return problems


def answer_drafts(
    checklist: Checklist, assessment: str, given: Mapping[str, Answer], seen: Mapping[str, tuple[ActRef, ...]]
) -> list[Draft]:
    """Give the acts that write answers; ``seen`` as in ``record_answer``, by item."""
    hashes = {entry.key: entry_hash(entry) for entry in checklist.entries() if entry.key in given}
    return [
        Draft(
            "answer",
            assessment,
            f"answer.{item}",
            {**answer_document(answer), "entry": hashes[item]},
            seen.get(item),
        )
        for item, answer in given.items()
    ]


# --- steps


def finish_assessment(workspace: Workspace, assessment_id: str) -> AssessmentRow:
    """Close an assessment: the result, the facts it rests on and their digest are written together.

    Raises:
        ProblemsFound: what is still missing, item by item.
        UserError: it is not open, or cells are in conflict.
    """
    with workspace.database.writing() as connection:
        sheet = reading.sheet(workspace, connection, assessment_id)
        state = _result(workspace, connection, sheet)
        state["seal"] = seals.seal_of_result(connection, sheet.assessment, state)
        steps.write_state(workspace, connection, assessment_id, state)
        return reading.assessment(connection, assessment_id)


def wanting_evidence(workspace: Workspace, assessment_id: str) -> tuple[str, ...]:
    """Say before an assessment is finished which answered items had better have evidence: their numbers.

    Of one that was sent back, only of the items that were: nothing can be put under the others.

    Raises:
        ProblemsFound: it cannot be finished at all (see ``finish_assessment``).
        UserError: the same.
    """
    with workspace.database.reading() as connection:
        sheet = reading.sheet(workspace, connection, assessment_id)
        _result(workspace, connection, sheet)
        bare = set(evidence_proof.without_evidence(sheet, evidence_proof.proven_items(connection, assessment_id)))
    return tuple(entry.number for entry in sheet.checklist.entries() if entry.key in bare and sheet.unlocked(entry.key))


def _result(workspace: Workspace, connection: Connection, sheet: reading.Sheet) -> dict[str, JsonValue]:
    """Give the state that finishing an assessment writes, or refuse with everything that is missing."""
    row = sheet.assessment
    steps.require(workspace, connection, Step.FINISH, row)
    steps.refuse_conflicts(workspace, connection, row)
    blindness.refuse_open_sheets(connection, row)
    columns = column_results.result_of(workspace, connection, row.id)
    problems = applying.problems(connection, row)
    problems += _too_few(connection, row)
    problems += prechecking.problems(connection, row)
    problems += sealing.gaps(sheet)
    problems += columns.gaps if columns else []
    problems += evidence_proof.proof_problems(connection, sheet)
    if problems:
        raise ProblemsFound(problems)
    verdict = columns.verdict if columns else {}
    return {**sealing.finished_state(connection, sheet), **verdict, "revision": row.revision}


def _too_few(connection: Connection, row: AssessmentRow) -> list[Problem]:
    """Say so where fewer people assessed than the city wants."""
    least, found = reading.profile(connection).process.assessors, len(steps.assessors_of(connection, row))
    return [Problem("assessing.too_few", "assessors", {"least": least, "found": found})] if found < least else []


def reopen_assessment(workspace: Workspace, assessment_id: str, *, reason: str) -> AssessmentRow:
    """Open a finished or rejected assessment again, with the reason.

    Raises:
        UserError: it cannot be opened from where it stands, or no reason was given.
    """
    reason = require_text("reason", reason, limit=LONGEST_NOTE, lines=True)
    with workspace.database.writing() as connection:
        row = reading.assessment(connection, assessment_id)
        steps.require(workspace, connection, Step.REOPEN, row)
        if not reason:
            raise UserError("assessing.reason_needed")
        state: JsonValue = {"stage": Stage.SCORING.value, "remarks": reason, "revision": row.revision + 1}
        steps.write_state(workspace, connection, assessment_id, state)
        return reading.assessment(connection, assessment_id)
