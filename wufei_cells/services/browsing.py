"""The reading side: frozen rows for screens, documents and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wufei_cells.checklists.profile_reading import read_profile_document
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Category, Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import (
    AnswerRow,
    AssessmentRow,
    CertificateRow,
    EditionId,
    EditionRow,
    Progress,
    SiteRow,
    Tally,
)
from wufei_cells.errors import UserError
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import ledger, queries
from wufei_cells.store.database import Database
from wufei_cells.store.ledger import HistoryRow


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


# --- profile and editions


def profile(workspace: Workspace) -> Profile:
    """Give the city profile in force."""
    with workspace.database.reading() as connection:
        found = queries.profile_document(connection)
    if found is None:
        raise UserError("register.no_profile")
    return _read_profile(found[1])


def editions(workspace: Workspace) -> tuple[EditionRow, ...]:
    """List the stored editions, in each category the newest first."""
    with workspace.database.reading() as connection:
        return queries.editions(connection)


def current_edition(workspace: Workspace, category: str) -> EditionRow:
    """Give the edition to start an assessment with: the newest that is in effect.

    Raises:
        UserError: the category has none.
    """
    of_category = [row for row in editions(workspace) if row.category == category]
    in_effect = [row for row in of_category if row.effective_from <= workspace.today()]
    if not in_effect:
        raise UserError("register.no_edition", category=category)
    return in_effect[0]


def checklist(workspace: Workspace, edition: str) -> Checklist:
    """Give an edition by its identity."""
    found = _cached_checklist(workspace.database, edition)
    if found is None:
        raise UserError("register.unknown_edition", edition=edition)
    return found


def categories(workspace: Workspace) -> tuple[Category, ...]:
    """List the categories that have a checklist, in the profile's order, others after them."""
    order = {plan.category: index for index, plan in enumerate(profile(workspace).categories)}
    newest = {row.category: row for row in reversed(editions(workspace))}
    found = [checklist(workspace, row.id).category for row in newest.values()]
    return tuple(sorted(found, key=lambda category: (order.get(category.key, len(order)), category.key)))


@lru_cache(maxsize=8)
def _read_profile(document: str) -> Profile:
    return read_profile_document(document)


@lru_cache(maxsize=64)
def _read_checklist(document: str) -> Checklist:
    return read_document(document)


def _cached_checklist(database: Database, edition: str) -> Checklist | None:
    with database.reading() as connection:
        document = queries.edition_document(connection, edition)
    return None if document is None else _read_checklist(document)


# --- sites and assessments


def list_sites(
    workspace: Workspace,
    *,
    search: str = "",
    category: str | None = None,
    district: str | None = None,
    stage: Stage | None = None,
) -> tuple[SiteRow, ...]:
    """List sites that fit; ``search`` looks in name, address, credit code, contact and certificate number."""
    with workspace.database.reading() as connection:
        rows = queries.sites(connection)
    words = search.casefold().split()
    return tuple(
        row
        for row in rows
        if (category is None or row.category == category)
        and (district is None or row.district == district)
        and (stage is None or row.stage is stage)
        and all(word in _searched(row) for word in words)
    )


def _searched(row: SiteRow) -> str:
    parts = (row.name, row.address, row.credit_code, row.contact, row.certificate_number or "")
    return "\n".join(parts).casefold()


def site(workspace: Workspace, site_id: str) -> SiteRow:
    """Give one site by id or by its whole name.

    Raises:
        UserError: there is none, or several bear the name.
    """
    with workspace.database.reading() as connection:
        rows = queries.sites(connection, site=site_id)
        if not rows:
            named = queries.sites_named(connection, site_id)
            if len(named) > 1:
                raise UserError("register.several_sites", name=site_id, count=len(named))
            rows = queries.sites(connection, site=named[0]) if named else ()
    if not rows:
        raise UserError("register.unknown_site", site=site_id)
    return rows[0]


def list_assessments(workspace: Workspace, *, site: str | None = None) -> tuple[AssessmentRow, ...]:
    """List assessments, newest first."""
    with workspace.database.reading() as connection:
        return queries.assessments(connection, site=site)


def assessment(workspace: Workspace, assessment_id: str) -> AssessmentRow:
    """Give one assessment.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        rows = queries.assessments(connection, assessment=assessment_id)
    if not rows:
        raise UserError("register.unknown_assessment", assessment=assessment_id)
    return rows[0]


def sheet(workspace: Workspace, assessment_id: str) -> Sheet:
    """Give an assessment with its checklist, answers and scorecard."""
    row = assessment(workspace, assessment_id)
    edition = checklist(workspace, row.edition)
    with workspace.database.reading() as connection:
        of_site = queries.sites(connection, site=row.site)[0]
        sealed = queries.sealed_facts(connection, assessment_id)
        answers = queries.answers(connection, assessment_id)
    facts = of_site.facts if sealed is None else sealed
    scorecard = evaluate(edition, facts, {key: entry.answer for key, entry in answers.items()})
    return Sheet(row, of_site, row.edition, edition, facts, answers, scorecard)


# --- certificates, progress, history


def list_certificates(workspace: Workspace, *, on: date | None = None) -> tuple[CertificateRow, ...]:
    """List certificates, newest first, with their state on a day (today)."""
    with workspace.database.reading() as connection:
        return queries.certificates(connection, on=on or workspace.today())


def certificate(workspace: Workspace, key: str) -> CertificateRow:
    """Give one certificate by id or number.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        rows = queries.certificates(connection, on=workspace.today(), certificate=key)
    if not rows:
        raise UserError("register.unknown_certificate", certificate=key)
    return rows[0]


def progress(workspace: Workspace, on: date | None = None) -> Progress:
    """Give the progress towards the goal: valid certificates on a day, by category and district."""
    day = on or workspace.today()
    city = profile(workspace)
    with workspace.database.reading() as connection:
        cells = queries.tallies(connection, day)
        stages = queries.stages(connection)
    known = [category.key for category in categories(workspace)]
    by_category = {key: Tally() for key in known}
    by_district = {district.key: Tally() for district in city.districts}
    whole = Tally()
    for (category, district), tally in cells.items():
        by_category[category] = by_category.get(category, Tally()) + tally
        by_district[district] = by_district.get(district, Tally()) + tally
        whole += tally
    return Progress(day, city.goal.count, city.goal.by, whole, by_category, by_district, cells, stages)


def history(workspace: Workspace, entity: str) -> tuple[HistoryRow, ...]:
    """List every act on a site, assessment or certificate, oldest first."""
    with workspace.database.reading() as connection:
        return ledger.history(connection, entity)
