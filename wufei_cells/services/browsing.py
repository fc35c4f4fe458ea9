"""The reading side: frozen rows for screens, documents and the command line."""

from __future__ import annotations

from datetime import date

from wufei_cells.board.standing import Part
from wufei_cells.domain.checklists import Category, Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import (
    AssessmentRow,
    CertificateRow,
    EditionRow,
    Progress,
    SiteId,
    SiteRow,
    Tally,
)
from wufei_cells.services import blindness, board_reading, edition_choice, reading
from wufei_cells.services.edition_choice import EditionChoice
from wufei_cells.services.reading import Sheet
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, ledger, queries
from wufei_cells.store.ledger import HistoryRow

# --- profile and editions


def profile(workspace: Workspace) -> Profile:
    """Give the city profile in force."""
    with workspace.database.reading() as connection:
        return reading.profile(connection)


def editions(workspace: Workspace, *, of_all_cities: bool = False) -> tuple[EditionRow, ...]:
    """List the editions of the register's city as they stand today, in each category the newest first.

    Args:
        workspace: the register.
        of_all_cities: whether to list also those of cities the register worked with before.
    """
    with workspace.database.reading() as connection:
        return edition_choice.editions(workspace, connection, of_all_cities=of_all_cities)


def current_edition(workspace: Workspace, category: str, district: str = "") -> EditionRow:
    """Give the edition to start an assessment with: the one in force, in a district its own where it has one.

    Raises:
        UserError: the category has none.
    """
    return choose_edition(workspace, category, district).row


def choose_edition(workspace: Workspace, category: str, district: str = "") -> EditionChoice:
    """Give the edition to start an assessment with, and what a person should know about it.

    Raises:
        UserError: the category has none.
    """
    with workspace.database.reading() as connection:
        return edition_choice.choose(workspace, connection, category, district)


def checklist(workspace: Workspace, edition: str) -> Checklist:
    """Give an edition by its identity.

    Raises:
        UserError: there is none.
    """
    known = workspace.checklists.get(edition)
    if known:
        return known
    with workspace.database.reading() as connection:
        return reading.checklist(workspace, connection, edition)


def categories(workspace: Workspace) -> tuple[Category, ...]:
    """List the categories that have a checklist, in the profile's order, others after them."""
    with workspace.database.reading() as connection:
        return reading.categories(workspace, connection)


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
        rows = certificate_queries.with_states(connection, queries.sites(connection), workspace.today())
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
        return reading.site_on(workspace, connection, site_id)


def list_assessments(workspace: Workspace, *, site: str | None = None) -> tuple[AssessmentRow, ...]:
    """List assessments, newest first."""
    with workspace.database.reading() as connection:
        return assessment_queries.assessments(connection, site=site)


def assessment(workspace: Workspace, assessment_id: str) -> AssessmentRow:
    """Give one assessment.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        return blindness.as_seen(workspace, connection, reading.assessment(connection, assessment_id))


def sheet(workspace: Workspace, assessment_id: str) -> Sheet:
    """Give an assessment with its checklist, answers and scorecard."""
    with workspace.database.reading() as connection:
        return reading.sheet(workspace, connection, assessment_id)


# --- certificates, progress, history


def list_certificates(workspace: Workspace, *, on: date | None = None) -> tuple[CertificateRow, ...]:
    """List certificates, newest first, with their state on a day (today)."""
    with workspace.database.reading() as connection:
        return certificate_queries.certificates(connection, on=on or workspace.today())


def sites_holding(workspace: Workspace, on: date | None = None) -> frozenset[SiteId]:
    """Name the sites that hold a certificate valid on a day (today): those that ``progress`` counts as certified."""
    with workspace.database.reading() as connection:
        return queries.sites_holding(connection, on or workspace.today())


def certificate(workspace: Workspace, key: str) -> CertificateRow:
    """Give one certificate by id or number.

    Raises:
        UserError: there is none.
    """
    with workspace.database.reading() as connection:
        return reading.certificate(workspace, connection, key)


def progress(workspace: Workspace, on: date | None = None) -> Progress:
    """Give the progress towards the goal on a day (today), as the board has it: by category and district."""
    found = board_reading.board(workspace, on)
    categories = {key: _tally(part) for key, part in found.categories.items()}
    return Progress(
        on=found.on,
        goal=found.goal or 0,
        by=found.by,
        whole=sum(categories.values(), Tally()),
        categories=categories,
        districts={key: _tally(part) for key, part in found.districts.items()},
        cells={place: _tally(part) for place, part in found.cells.items() if part.sites.count},
        stages={row.stage: row.sites.count for row in found.stages if row.sites.count},
        certified={state: figure.count for state, figure in found.certified.items()},
    )


def _tally(part: Part) -> Tally:
    return Tally(part.sites.count, part.assessed.count, part.passed.count, part.valid.count)


def history(workspace: Workspace, entity: str) -> tuple[HistoryRow, ...]:
    """List every act on a site, assessment or certificate, oldest first."""
    with workspace.database.reading() as connection:
        blindness.refuse_hidden_history(workspace, connection, entity)
        return ledger.history(connection, entity)
