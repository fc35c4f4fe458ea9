"""Choose the edition for an assessment: the one in force, or one that a person names, if it will do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from wufei_cells.domain.editions import leading, outdated_overlay, state_by_itself, with_states
from wufei_cells.domain.register import EditionRow, EditionState, SiteRow
from wufei_cells.errors import Problem, UserError
from wufei_cells.services.edition_memory import stored_checklist
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries
from wufei_cells.store.journal import Connection

SHORTEST_ID = 8


@dataclass(frozen=True, slots=True)
class EditionChoice:
    """The edition to start an assessment with, and what a person should know about the choice."""

    row: EditionRow
    cautions: tuple[Problem, ...] = ()


def editions(workspace: Workspace, connection: Connection, *, of_all_cities: bool = False) -> tuple[EditionRow, ...]:
    """List the editions as they stand today, in each category the newest first."""
    rows = with_states(queries.editions(connection), workspace.today())
    if not of_all_cities:
        return rows
    own = {row.id: row for row in rows}
    stored = queries.editions(connection, of_all_cities=True)
    # What was published for another city is offered no longer.
    return tuple(own.get(row.id) or replace(row, state=EditionState.SUPERSEDED) for row in stored)


def choose(workspace: Workspace, connection: Connection, category: str, district: str = "") -> EditionChoice:
    """Give the edition in force, and say so when a district's own one was left behind by the city's."""
    of_category = [row for row in editions(workspace, connection) if row.category == category]
    chosen = leading(of_category, workspace.today(), district)
    if chosen is None:
        raise _none_in_force(category, of_category)
    outdated = outdated_overlay(of_category, workspace.today(), district)
    if outdated is None:
        return EditionChoice(chosen)
    values = {"own": outdated.edition, "city": chosen.edition, "district": district}
    return EditionChoice(chosen, (Problem("editions.overlay_outdated", outdated.key, values),))


def edition_to_use(workspace: Workspace, connection: Connection, of: SiteRow, edition: str | None) -> EditionRow:
    """Give the edition for an assessment of a site: the one in force, or one that was chosen, if it will do.

    Raises:
        UserError: none is in force, or the chosen one is closed, or for another category or district.
    """
    if edition is None:
        return choose(workspace, connection, of.category, of.district).row
    row = edition_row(workspace, connection, edition)
    if row.category != of.category:
        title = stored_checklist(workspace, connection, row.id).title.zh
        raise UserError("assessing.other_category", site=of.name, checklist=title)
    if row.districts and of.district not in row.districts:
        raise UserError("editions.other_district", site=of.name, edition=f"{row.key} {row.edition}")
    refuse_closed(row, workspace.today())
    return row


def used_instead(workspace: Workspace, edition: str) -> EditionRow | None:
    """Give the edition that is used on the first day on which a published one could be; ``None``: it is used itself.

    Of a county's own edition the first of its districts that uses another one tells.
    """
    with workspace.database.reading() as connection:
        own = edition_row(workspace, connection, edition)
        rows = [row for row in queries.editions(connection) if row.category == own.category]
    day = max(workspace.today(), own.effective_from)
    leaders = (leading(rows, day, district) for district in own.districts or ("",))
    return next((leader for leader in leaders if leader and leader.id != own.id), None)


def refuse_closed(row: EditionRow, on: date) -> None:
    """Refuse to start with an edition that nobody may start with any more.

    Raises:
        UserError: it was retired, or its last day has passed.
    """
    match state_by_itself(row, on):
        case EditionState.RETIRED:
            raise UserError("editions.retired", edition=f"{row.key} {row.edition}", reason=row.reason)
        case EditionState.EXPIRED:
            raise UserError("editions.expired", edition=f"{row.key} {row.edition}", day=row.effective_until)
        case _:
            return


def edition_row(workspace: Workspace, connection: Connection, edition: str) -> EditionRow:
    """Give the row of an edition by its identity, or by the beginning of it as lists show it."""
    rows = editions(workspace, connection)
    found = [row for row in rows if row.id == edition]
    if not found and len(edition) >= SHORTEST_ID:
        found = [row for row in rows if row.id.startswith(edition)]
    if len(found) != 1:
        raise UserError("register.unknown_edition", edition=edition)
    return found[0]


def _none_in_force(category: str, rows: list[EditionRow]) -> UserError:
    """Say why no assessment can be started; the edition that was used last tells it best."""
    closed = [row for row in rows if row.state in (EditionState.RETIRED, EditionState.EXPIRED) and not row.districts]
    if not closed:
        return UserError("register.no_edition", category=category)
    last = closed[0]
    edition = f"{last.key} {last.edition}"
    if last.state is EditionState.RETIRED:
        return UserError("editions.none_but_retired", category=category, edition=edition, reason=last.reason)
    return UserError("editions.none_but_expired", category=category, edition=edition, day=last.effective_until)
