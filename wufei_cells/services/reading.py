"""Read within a transaction: for services that act on what they read, and must not act on what was true before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wufei_cells.checklists.profile_reading import read_profile_document
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Category, Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import AnswerRow, AssessmentRow, CertificateRow, EditionId, EditionRow, SiteRow
from wufei_cells.errors import UserError
from wufei_cells.scoring.conditions import read_facts
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, queries
from wufei_cells.store.journal import Connection

SHORTEST_ID = 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """One assessment with everything on it."""

    assessment: AssessmentRow
    site: SiteRow
    edition_id: EditionId
    checklist: Checklist
    facts: Mapping[str, str]
    answers: Mapping[str, AnswerRow]
    scorecard: Scorecard

    @property
    def editable(self) -> bool:
        """Whether answers may still be changed."""
        return self.assessment.stage is Stage.SCORING


def profile(connection: Connection) -> Profile:
    """Give the city profile in force."""
    document = queries.profile_document(connection)
    if document is None:
        raise UserError("register.no_profile")
    return _profile_in(document)


def current_edition(workspace: Workspace, connection: Connection, category: str) -> EditionRow:
    """Give the newest edition of a category that is in effect."""
    of_category = [row for row in queries.editions(connection) if row.category == category]
    in_effect = [row for row in of_category if row.effective_from <= workspace.today()]
    if not in_effect:
        raise UserError("register.no_edition", category=category)
    return in_effect[0]


def checklist(workspace: Workspace, connection: Connection, edition: str) -> Checklist:
    """Give an edition by its identity."""
    known = workspace.checklists.get(edition)
    if known:
        return known
    document = queries.edition_document(connection, edition)
    if document is None:
        raise UserError("register.unknown_edition", edition=edition)
    return workspace.checklists.setdefault(edition, read_document(document))


def categories(workspace: Workspace, connection: Connection) -> tuple[Category, ...]:
    """List the categories that have a checklist, in the profile's order, others after them."""
    order = {plan.category: index for index, plan in enumerate(profile(connection).categories)}
    newest = {row.category: row for row in reversed(queries.editions(connection))}
    found = [checklist(workspace, connection, row.id).category for row in newest.values()]
    return tuple(sorted(found, key=lambda category: (order.get(category.key, len(order)), category.key)))


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
    edition = checklist(workspace, connection, row.edition)
    of_site = site(connection, row.site)
    sealed = assessment_queries.sealed_facts(connection, assessment_id)
    answers = assessment_queries.answers(connection, assessment_id)
    facts = fitting_facts(edition, of_site.facts) if sealed is None else sealed
    scorecard = evaluate(edition, facts, {key: entry.answer for key, entry in answers.items()})
    return Sheet(row, of_site, row.edition, edition, facts, answers, scorecard)


def certificate(workspace: Workspace, connection: Connection, key: str) -> CertificateRow:
    """Give one certificate by id or number, with its state today."""
    rows = queries.certificates(connection, on=workspace.today(), certificate=key)
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
