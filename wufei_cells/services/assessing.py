"""Score a site: start, answer, finish, open again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.answers import Answer, Column, JsonValue
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.register import ActRef, AnswerRow, AssessmentId, AssessmentRow, EditionId
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring.conditions import written
from wufei_cells.scoring.evaluate import answer_problems, evaluate, usable_facts
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import browsing, steps
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import ledger, queries
from wufei_cells.store.journal import Draft, append

LONGEST_NOTE = 4000


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
    column: Column = Column.ONSITE,
    assessors: tuple[str, ...] = (),
    visited_on: date | None = None,
) -> AssessmentRow:
    """Start an assessment of a site, pinned to an edition (the one in effect).

    Raises:
        UserError: the site has one open already, or its category has no checklist in effect.
    """
    site = browsing.site(workspace, site_id)
    if site.stage in (Stage.SCORING, Stage.FINISHED, Stage.APPROVED):
        raise UserError("assessing.already_open", site=site.name, stage=site.stage.value)
    pinned = edition or browsing.current_edition(workspace, site.category).id
    checklist = browsing.checklist(workspace, pinned)
    if checklist.category.key != site.category:
        raise UserError("assessing.other_category", site=site.name, checklist=checklist.title.zh)
    assessment = AssessmentId(uuid.uuid4().hex)
    header: JsonValue = {
        "site": site.id,
        "edition": pinned,
        "column": column.value,
        "assessors": list(assessors) or [workspace.person.name],
        "visited_on": visited_on.isoformat() if visited_on else None,
    }
    with workspace.database.writing() as connection:
        draft = Draft("assessment", assessment, "header", header)
        append(workspace.database, connection, [draft], author=workspace.person.id, at=workspace.now())
    return browsing.assessment(workspace, assessment)


def record_answer(
    workspace: Workspace,
    assessment_id: str,
    item: str,
    answer: Answer,
    *,
    seen: tuple[ActRef, ...] | None = None,
) -> AnswerChange:
    """Save one answer and say what changed. It is on disk when this returns.

    Args:
        seen: the acts the form had loaded; if someone answered since, both stand as a conflict. ``None``: replace
            whatever stands now.

    Raises:
        ProblemsFound: the answer does not fit the item.
        UserError: the assessment is finished, or does not exist.
    """
    changes = record_answers(workspace, assessment_id, {item: answer}, seen={item: seen} if seen is not None else {})
    return changes[0]


def record_answers(
    workspace: Workspace,
    assessment_id: str,
    given: Mapping[str, Answer],
    *,
    seen: Mapping[str, tuple[ActRef, ...]] | None = None,
) -> tuple[AnswerChange, ...]:
    """Save several answers together: all of them or, if any does not fit, none."""
    row = browsing.assessment(workspace, assessment_id)
    if row.stage is not Stage.SCORING:
        raise UserError("assessing.not_open", site=row.site_name, stage=row.stage.value)
    checklist = browsing.checklist(workspace, row.edition)
    problems = [problem for item, answer in given.items() for problem in answer_problems(checklist, item, answer)]
    problems += [
        Problem("field.too_long", item, {"limit": LONGEST_NOTE})
        for item, answer in given.items()
        if max(len(answer.note), len(answer.na or "")) > LONGEST_NOTE
    ]
    if problems:
        raise ProblemsFound(problems)
    hashes = {entry.key: entry_hash(entry) for entry in checklist.entries() if entry.key in given}
    loaded = seen or {}
    drafts = [
        Draft(
            "answer",
            assessment_id,
            f"answer.{item}",
            {"value": answer.value, "na": answer.na, "note": answer.note, "entry": hashes[item]},
            loaded.get(item),
        )
        for item, answer in given.items()
    ]
    with workspace.database.writing() as connection:
        append(workspace.database, connection, drafts, author=workspace.person.id, at=workspace.now())
    with workspace.database.reading() as connection:
        facts = queries.site_facts(connection, row.site)
        answers = queries.answers(connection, assessment_id)
    scorecard = evaluate(checklist, facts, {key: entry.answer for key, entry in answers.items()})
    return tuple(AnswerChange(item, answers[item], scorecard) for item in given)


def finish_assessment(workspace: Workspace, assessment_id: str) -> AssessmentRow:
    """Close an assessment: the result, the facts it rests on and their digest are written together.

    Raises:
        ProblemsFound: what is still missing, item by item.
        UserError: it is not open, or cells are in conflict.
    """
    sheet = browsing.sheet(workspace, assessment_id)
    steps.require(Step.FINISH, sheet.assessment)
    steps.refuse_conflicts(workspace, sheet.assessment)
    card = sheet.scorecard
    if card.missing:
        raise ProblemsFound([Problem("assessing.missing", key, {"item": key}) for key in card.missing])
    with workspace.database.writing() as connection:
        state: JsonValue = {
            "stage": Stage.FINISHED.value,
            "facts": dict[str, JsonValue](written(usable_facts(sheet.checklist, sheet.facts))),
            "total": str(card.total.low),
            "level": card.level,
            "passed": card.passed is True,
            "basis": ledger.basis(connection, assessment=assessment_id, site=sheet.site.id),
        }
        steps.write_state(workspace, connection, assessment_id, state)
    return browsing.assessment(workspace, assessment_id)


def reopen_assessment(workspace: Workspace, assessment_id: str, *, reason: str) -> AssessmentRow:
    """Open a finished or rejected assessment again, with the reason.

    Raises:
        UserError: it cannot be opened from where it stands, or no reason was given.
    """
    row = browsing.assessment(workspace, assessment_id)
    steps.require(Step.REOPEN, row)
    if not reason.strip():
        raise UserError("assessing.reason_needed")
    with workspace.database.writing() as connection:
        state: JsonValue = {"stage": Stage.SCORING.value, "remarks": reason.strip()}
        steps.write_state(workspace, connection, assessment_id, state)
    return browsing.assessment(workspace, assessment_id)
