"""Publish what a county adds to its city's checklist, as an edition for its own districts."""

from __future__ import annotations

from dataclasses import dataclass

from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.overlay_reading import OverlayFile, read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import EditionId, EditionRow
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services import publishing, reading
from wufei_cells.services.key_reuse import key_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import queries
from wufei_cells.store.journal import Connection, Draft


@dataclass(frozen=True, slots=True)
class CountyEdition:
    """A county's edition beside the city's that it stands on, both under the city's own numbers."""

    id: EditionId
    city: Checklist
    county: Checklist


def check_overlay_file(workspace: Workspace, content: bytes, name: str) -> CountyEdition:
    """Put an overlay file on the city's edition that it names, and publish nothing.

    Raises:
        ProblemsFound: everything wrong with the file, and everything that the city's edition does not allow.
        UserError: the register has no profile.
    """
    overlay = read_overlay(content, name)
    with workspace.database.reading() as connection:
        return _applied(workspace, connection, overlay)[0]


def publish_overlay_file(workspace: Workspace, content: bytes, name: str) -> CountyEdition:
    """Publish an overlay file; assessments started from its first day on in its districts use the result.

    Raises:
        ProblemsFound: everything wrong with the file, and everything that the city's edition does not allow.
        UserError: the register has no profile, or holds this edition with other content.
    """
    overlay = read_overlay(content, name)
    with workspace.database.writing() as connection:
        edition, drafts = _applied(workspace, connection, overlay)
        if drafts:
            workspace.write(connection, drafts)
    return edition


def _applied(workspace: Workspace, connection: Connection, overlay: OverlayFile) -> tuple[CountyEdition, list[Draft]]:
    """Give the county's edition, and the acts that publish it."""
    profile = reading.profile(connection)
    problems = _unknown_districts(overlay, profile)
    row = _parent(connection, overlay)
    if row is None:
        extends = overlay.extends
        values = {"key": extends.key, "edition": extends.edition}
        problems.append(Problem("overlay.unknown_parent", overlay.source.place(("extends",)), values))
        raise ProblemsFound(overlay.source.in_order(problems), subject=overlay.source.name)
    city = read_document(queries.edition_source(connection, row.id) or "")
    try:
        county = apply_overlay(city, row.id, overlay, profile.parameters)
    except ProblemsFound as found:
        problems += found.problems
        raise ProblemsFound(overlay.source.in_order(problems), subject=overlay.source.name) from None
    problems += key_problems(workspace, connection, county, lambda key: f"{overlay.source.name} {key}")
    if problems:
        raise ProblemsFound(overlay.source.in_order(problems), subject=overlay.source.name)
    in_force = with_parameters(county, profile.parameters)
    key, drafts = publishing.acts_to_publish(workspace, connection, county)
    return CountyEdition(key, reading.checklist(workspace, connection, row.id), in_force), drafts


def _parent(connection: Connection, overlay: OverlayFile) -> EditionRow | None:
    """Find the edition that an overlay names; else another one of that name, to say what is there instead."""
    extends = overlay.extends
    named = [row for row in queries.editions(connection) if (row.key, row.edition) == (extends.key, extends.edition)]
    return next((row for row in named if row.id.startswith(extends.id)), next(iter(named), None))


def _unknown_districts(overlay: OverlayFile, profile: Profile) -> list[Problem]:
    known = {district.key for district in profile.districts}
    return [
        Problem(
            "overlay.unknown_district",
            overlay.source.place(("districts", index)),
            {"name": key, "known": ", ".join(sorted(known))},
        )
        for index, key in enumerate(overlay.districts)
        if key not in known
    ]
