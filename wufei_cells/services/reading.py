"""Read within a transaction: for services that act on what they read, and must not act on what was true before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from wufei_cells.checklists.profile_reading import read_profile_document
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Category, Checklist, Gate, Item, Relation
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import (
    AnswerRow,
    AssessmentRow,
    CertificateRow,
    EditionId,
    EditionRow,
    SiteRow,
)
from wufei_cells.errors import UserError
from wufei_cells.scoring.conditions import read_facts
from wufei_cells.scoring.disputed import evaluate_disputed
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import blindness, edition_choice
from wufei_cells.services.answer_sorting import Pin, SortedAnswers, sort_answers
from wufei_cells.services.edition_memory import stored_checklist
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, precheck_queries, queries
from wufei_cells.store.assessment_queries import Judgement, Standing
from wufei_cells.store.cell_queries import CellRow
from wufei_cells.store.journal import Connection, heads

SHORTEST_ID = 8


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer to an entry as an earlier edition had it."""

    row: AnswerRow
    """As it is stored, under the key it was given under."""
    entry: Gate | Item | None
    """What was answered; ``None`` when the register does not know those words."""
    relation: Relation | None = None
    """How the entry of today goes back to it; ``None`` when it lives on nowhere."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment with everything on it."""

    assessment: AssessmentRow
    site: SiteRow
    edition_id: EditionId
    checklist: Checklist
    facts: Mapping[str, str]
    answers: Mapping[str, AnswerRow]
    """Those that count: to the very words of this edition."""
    scorecard: Scorecard
    rechecks: Mapping[str, tuple[EarlierAnswer, ...]] = field(default_factory=dict[str, tuple[EarlierAnswer, ...]])
    """By entry that counts as not answered: the answers to its earlier words, to be looked at again."""
    archived: Mapping[str, EarlierAnswer] = field(default_factory=dict[str, EarlierAnswer])
    """Answers to entries that are gone, by the key they were given under."""
    conflicts: Mapping[str, tuple[AnswerRow, ...]] = field(default_factory=dict[str, tuple[AnswerRow, ...]])
    """By entry at odds: all answers that stand, the one that is shown first."""
    shut_out: tuple[str, ...] = ()
    """Why the pre-check shuts the site out; while anything stands here, no answer is taken."""

    @property
    def on(self) -> date:
        """The day whose numbers hold, where parameters change with the years."""
        return self.assessment.on

    @property
    def editable(self) -> bool:
        """Whether answers may still be changed."""
        return self.assessment.stage is Stage.SCORING

    def unlocked(self, item: str) -> bool:
        """Whether an item may be answered: where the assessment was sent back, only those that were named."""
        returned = self.assessment.returned
        return self.answerable and (not returned or item in returned)

    @property
    def answerable(self) -> bool:
        """Whether answers are taken: it is being scored, and the pre-check does not shut the site out."""
        return self.editable and not self.shut_out


def profile(connection: Connection) -> Profile:
    """Give the city profile in force."""
    document = queries.profile_document(connection)
    if document is None:
        raise UserError("register.no_profile")
    return _profile_in(document)


def current_edition(workspace: Workspace, connection: Connection, category: str, district: str = "") -> EditionRow:
    """Give the edition in force for a category, in a district its own where it has one."""
    return edition_choice.choose(workspace, connection, category, district).row


def checklist(workspace: Workspace, connection: Connection, edition: str) -> Checklist:
    """Give an edition by its identity."""
    return stored_checklist(workspace, connection, edition)


def categories(workspace: Workspace, connection: Connection) -> tuple[Category, ...]:
    """List the categories that have a checklist, in the profile's order, others after them."""
    order = {plan.category: index for index, plan in enumerate(profile(connection).categories)}
    newest = {row.category: row for row in reversed(queries.editions(connection))}
    found = [checklist(workspace, connection, row.id).category for row in newest.values()]
    return tuple(sorted(found, key=lambda category: (order.get(category.key, len(order)), category.key)))


def site_on(workspace: Workspace, connection: Connection, key: str) -> SiteRow:
    """Give one site as ``site`` does, with how its certificate stands today."""
    return certificate_queries.with_states(connection, [site(connection, key)], workspace.today())[0]


def site(connection: Connection, key: str) -> SiteRow:
    """Give one site by id, by its whole name, or by the beginning of an id as lists show it."""
    row = queries.site(connection, key)
    if row:
        return row
    found = queries.sites_named(connection, key)
    if not found and len(key) >= SHORTEST_ID:
        found = queries.sites_beginning(connection, key)
    if len(found) > 1:
        raise UserError("register.several_sites", name=key, count=len(found))
    row = queries.site(connection, found[0]) if found else None
    if row is None:
        raise UserError("register.unknown_site", site=key)
    return row


def assessment(connection: Connection, assessment_id: str) -> AssessmentRow:
    """Give one assessment."""
    row = assessment_queries.assessment(connection, assessment_id)
    if row is None:
        raise UserError("register.unknown_assessment", assessment=assessment_id)
    return row


def sheet(workspace: Workspace, connection: Connection, assessment_id: str) -> Sheet:
    """Give an assessment with its checklist, answers and scorecard."""
    row = assessment(connection, assessment_id)
    blindness.refuse_hidden(workspace, connection, assessment_id)
    stored = assessment_queries.answers(connection, assessment_id)
    return sheet_of(workspace, connection, row, pin_of(row), stored)


def sheet_of(
    workspace: Workspace, connection: Connection, row: AssessmentRow, pin: Pin, stored: Mapping[str, AnswerRow]
) -> Sheet:
    """Give an assessment as it is, or as it would be under another pin."""
    edition = checklist(workspace, connection, pin.edition)
    of_site = site(connection, row.site)
    sealed = assessment_queries.sealed_facts(connection, row.id)
    facts = fitting_facts(edition, of_site.facts) if sealed is None else sealed
    found = sort_answers(workspace, connection, pin, {key: entry.entry for key, entry in stored.items()})
    answers = {key: _moved(stored, key, origin) for key, origin in found.current.items()}
    conflicts = {
        key: assessment_queries.standing_answers(connection, row.id, found.current[key])
        for key, answer in answers.items()
        if answer.values > 1
    }
    said = {key: entry.answer for key, entry in answers.items()}
    disputed = _disputed_facts(connection, edition, row.site) if sealed is None else {}
    if conflicts or disputed:
        standing = {key: [one.answer for one in rows] for key, rows in conflicts.items()}
        scorecard = evaluate_disputed(
            edition, facts, said, on=row.on, disputed_answers=standing, disputed_facts=disputed
        )
    else:
        scorecard = evaluate(edition, facts, said, on=row.on)
    rechecks, archived = _earlier(found, stored)
    shut_out = reasons_against(connection, row)
    return Sheet(row, of_site, pin.edition, edition, facts, answers, scorecard, rechecks, archived, conflicts, shut_out)


def _disputed_facts(connection: Connection, edition: Checklist, site: str) -> dict[str, list[object]]:
    """Give the values that stand for each fact of a site that is in conflict and that the edition asks for."""
    asked = {f"fact.{fact.key}": fact.key for fact in edition.facts}
    cells = [cell for cell in assessment_queries.conflicts(connection, site) if cell in asked]
    return {asked[cell]: [head.value for head in heads(connection, site, cell)] for cell in cells}


def reasons_against(connection: Connection, row: AssessmentRow) -> tuple[str, ...]:
    """Give why the pre-check shuts the site out; a sheet that belongs to an assessment follows it."""
    failing = precheck_queries.failing(connection, row.id)
    if not failing:
        return ()
    asked = {question.key for question in profile(connection).precheck if question.concerns(row.category)}
    return tuple(reason for key, reason in failing.items() if key in asked)


def rechecks_that_apply(sheet: Sheet) -> list[str]:
    """List the entries that wait to be looked at again, without those that the facts of the site exclude."""
    excluded = {score.key for score in sheet.scorecard.items if not score.applies}
    gates = {gate.key for gate in sheet.scorecard.gates}
    excluded |= {gate.key for gate in sheet.checklist.gates if gate.key not in gates}
    return [key for key in sheet.rechecks if key not in excluded]


def pin_of(row: AssessmentRow | Standing | CellRow) -> Pin:
    """Give the edition an assessment is pinned to, and those it came from."""
    return Pin(row.id, row.edition, row.came_from)


def answers_that_count(
    workspace: Workspace, connection: Connection, row: AssessmentRow | Standing
) -> dict[str, Answer]:
    """Give the answers of an assessment that count under its edition."""
    stored, found = sorted_answers(workspace, connection, row)
    return {key: stored[origin].answer for key, origin in found.current.items()}


def sorted_answers(
    workspace: Workspace, connection: Connection, row: AssessmentRow | Standing
) -> tuple[dict[str, Judgement], SortedAnswers]:
    """Give what is stored of an assessment, and where it belongs under its edition."""
    stored = assessment_queries.judgements(connection, row.id)
    words = {key: judgement.entry for key, judgement in stored.items()}
    return stored, sort_answers(workspace, connection, pin_of(row), words)


def _moved(stored: Mapping[str, AnswerRow], key: str, origin: str) -> AnswerRow:
    """Give an answer under the key its entry has now; who wrote it and when stays."""
    if key == origin:
        return stored[key]
    return replace(stored[origin], item=key, heads=stored[key].heads if key in stored else ())


def _earlier(
    found: SortedAnswers, stored: Mapping[str, AnswerRow]
) -> tuple[dict[str, tuple[EarlierAnswer, ...]], dict[str, EarlierAnswer]]:
    """Give what is to be looked at again, and what is kept only; answers that say nothing are neither."""
    said = {key for key, row in stored.items() if row.answer != Answer()}
    rechecks = {
        key: tuple(EarlierAnswer(stored[one.key], one.entry, one.relation) for one in origins if one.key in said)
        for key, origins in found.rechecks.items()
    }
    archived = {key: EarlierAnswer(stored[key], entry) for key, entry in found.archived.items() if key in said}
    return {key: answers for key, answers in rechecks.items() if answers}, archived


def certificate(workspace: Workspace, connection: Connection, key: str) -> CertificateRow:
    """Give one certificate by id or number, with its state today."""
    rows = certificate_queries.certificates(connection, on=workspace.today(), certificate=key)
    if not rows:
        raise UserError("register.unknown_certificate", certificate=key)
    return rows[0]


def fitting_facts(checklist: Checklist, facts: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out facts that were noted for another edition and that this one cannot read: they count as unknown."""
    problems = read_facts(checklist.facts, facts)[1]
    unread = {problem.place.removeprefix("facts.") for problem in problems}
    return {key: value for key, value in facts.items() if key not in unread} if unread else facts


@lru_cache(maxsize=8)
def _profile_in(document: str) -> Profile:
    return read_profile_document(document)
