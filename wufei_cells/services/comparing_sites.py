"""One item over many sites: see how it was answered everywhere, answer it for several, and who scores strictly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer, State
from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AssessmentId, EditionId
from wufei_cells.domain.turning import cleared, set_aside, taken_up, turned
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring.one_entry import EntryScorer, Outcome
from wufei_cells.services import edition_choice, reading, returning, roles, undoing
from wufei_cells.services.across_reading import AcrossReading
from wufei_cells.services.assessing import answer_drafts, unfit
from wufei_cells.services.calibrating import calibration
from wufei_cells.services.site_answers import Across
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, item_queries, queries
from wufei_cells.store.item_queries import COMPARED, Choice
from wufei_cells.store.journal import Draft

if TYPE_CHECKING:
    from wufei_cells.store.journal import Connection

__all__ = ["across", "calibration", "record_across", "retyped"]

_STATES = {
    Outcome.MET: State.MET,
    Outcome.DEDUCTED: State.DEDUCTED,
    Outcome.NOT_APPLICABLE: State.NOT_APPLICABLE,
}
"""The outcomes that have a note of their own."""


def across(
    workspace: Workspace,
    edition_or_category: str,
    item_key: str,
    *,
    district: str | None = None,
    stages: Iterable[Stage] = COMPARED,
) -> Across:
    """Show how the sites of a category stand at one item, each by its latest assessment.

    Assessments under other editions are shown where they have the item, under whatever key; where its words differ
    the row says so and is not compared.

    Args:
        workspace: the register.
        edition_or_category: the edition whose words are the measure, or a category: the one in force.
        item_key: key or printed number of the item or condition in it.
        district: only sites of this one.
        stages: only assessments at these.

    Raises:
        UserError: there is no such edition, or it has no such item.
    """
    with workspace.database.reading() as connection:
        edition = _edition(workspace, connection, edition_or_category)
        checklist = reading.checklist(workspace, connection, edition)
        entry = _entry(checklist, item_key)
        choice = Choice(checklist.category.key, tuple(stages), district)
        reader = AcrossReading(workspace, connection, edition, entry.key)
        pinned = [(row, reader.place(row.edition)) for row in item_queries.pinned(connection, choice)]
        asked = [(row, place) for row, place in pinned if place is not None]
        return reader.across(choice, asked)


def record_across(
    workspace: Workspace,
    item_key: str,
    given: Mapping[AssessmentId, Answer],
    *,
    keys: Mapping[AssessmentId, str] | None = None,
    seen: Mapping[AssessmentId, tuple[ActRef, ...]] | None = None,
    visit: str = "",
) -> None:
    """Answer one item for several sites, in one transaction and as one step that can be taken back.

    Args:
        workspace: the register.
        item_key: the item.
        given: the judgements by assessment.
        keys: by assessment, what the item is called there where its edition calls it otherwise.
        seen: by assessment, the acts the form had loaded (as in ``assessing.record_answer``).
        visit: names what is taken back together (see ``undoing.write``).

    Raises:
        ProblemsFound: every answer that does not fit and every assessment that is not open; nothing was written.
    """
    named, loaded = keys or {}, seen or {}
    problems: list[Problem] = []
    drafts: list[Draft] = []
    with workspace.database.writing() as connection:
        roles.require_writer(workspace, connection, "", part=False)
        for assessment, answer in given.items():
            key = named.get(assessment, item_key)
            acts_seen = {key: loaded[assessment]} if assessment in loaded else {}
            written = _answered(workspace, connection, assessment, key, answer, acts_seen)
            drafts += [one for one in written if isinstance(one, Draft)]
            problems += [one for one in written if isinstance(one, Problem)]
        if problems:
            raise ProblemsFound(problems)
        if drafts:
            undoing.write(workspace, connection, drafts, places=list(given), visit=visit)


def _answered(
    workspace: Workspace,
    connection: Connection,
    assessment: AssessmentId,
    key: str,
    answer: Answer,
    seen: Mapping[str, tuple[ActRef, ...]],
) -> Sequence[Draft | Problem]:
    """Give the acts that write one site's answer, or what keeps it from being written."""
    standing = assessment_queries.standing(connection, assessment)
    if standing is None:
        return [Problem("register.unknown_assessment", "", {"assessment": assessment})]
    if standing.stage is not Stage.SCORING:
        values = {"site": standing.site_name, "stage": standing.stage.value}
        return [Problem("assessing.not_open", standing.site_name, values)]
    locked = returning.locked_problem(workspace, connection, standing, [key])
    shut_out = locked or _shut_out(connection, assessment)
    if shut_out:
        return [shut_out]
    checklist = reading.checklist(workspace, connection, standing.edition)
    found = unfit(checklist, key, answer, standing.on)
    if found:
        return [replace(problem, place=f"{standing.site_name} {problem.place}") for problem in found]
    return answer_drafts(checklist, assessment, {key: answer}, seen)


def _shut_out(connection: Connection, assessment: str) -> Problem | None:
    row = reading.assessment(connection, assessment)
    reasons = reading.reasons_against(connection, row)
    values = {"site": row.site_name, "reason": "；".join(reasons)}
    return Problem("prechecking.shut_out", row.site_name, values) if reasons else None


def retyped(workspace: Workspace, found: Across, given: Mapping[AssessmentId, Answer]) -> dict[AssessmentId, Answer]:
    """Give the whole answers that values or reasons mean which were typed over those that stand; no note is lost.

    Args:
        workspace: the register.
        found: the rows that were before the person's eyes.
        given: by assessment, what was typed: a value, a reason for setting aside, or nothing (which clears).
    """
    scorers: dict[EditionId, EntryScorer] = {}
    answers: dict[AssessmentId, Answer] = {}
    for row in found.rows:
        if row.assessment not in given:
            continue
        if row.edition not in scorers:
            scorers[row.edition] = EntryScorer(workspace.checklists[row.edition], row.item)
        typed = _typed_over(row.answer, given[row.assessment])
        now = scorers[row.edition].score(found.facts.get(row.assessment, {}), typed, row.on).outcome
        answers[row.assessment] = turned(typed, _STATES.get(row.outcome), _STATES.get(now))
    return answers


def _typed_over(standing: Answer, typed: Answer) -> Answer:
    if not typed.given:
        return cleared(standing)
    if typed.na is not None:
        return replace(set_aside(standing), na=typed.na)
    shown = taken_up(standing)
    # What the old number rested on says nothing about another one.
    return shown if shown.value == typed.value else replace(shown, value=typed.value, bases={})


# --- one item


def _edition(workspace: Workspace, connection: Connection, named: str) -> EditionId:
    if named in workspace.checklists or queries.edition_document(connection, named) is not None:
        return EditionId(named)
    return edition_choice.choose(workspace, connection, named).row.id


def _entry(checklist: Checklist, wanted: str) -> Gate | Item:
    entry = checklist.entry(wanted)
    if entry is None:
        entry = next((entry for entry in checklist.entries() if entry.number == wanted), None)
    if entry is None:
        raise UserError("answer.unknown_item", item=wanted)
    return entry
