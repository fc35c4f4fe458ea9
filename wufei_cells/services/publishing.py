"""Put checklist editions and the city profile into the register."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import edition_document, edition_id, with_parameters
from wufei_cells.checklists.profile_reading import profile_document, read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.profiles import Profile
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.store import queries
from wufei_cells.store.assessment_queries import conflicts
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

REGISTER = "register"
"""The entity of what holds for the whole register, such as the profile in force."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that were read and found sound, as canonical documents."""

    profile: str
    editions: tuple[str, ...]


def prepare(criteria: Criteria) -> Prepared:
    """Read a profile, and checklists under its parameters.

    Raises:
        ProblemsFound: mistakes in any of the files, all of them.
    """
    problems: list[Problem] = []
    profile: Profile | None = None
    name, content = criteria.profile
    try:
        profile = read_profile(content, name)
    except ProblemsFound as found:
        problems += found.problems
    editions: list[str] = []
    for name, content in criteria.checklists:
        try:
            checklist = read_checklist(content, name)
            if profile:
                editions.append(_document(checklist, profile))
        except ProblemsFound as found:
            problems += found.problems
    if problems or profile is None:
        raise ProblemsFound(problems)
    return Prepared(profile_document(profile), tuple(editions))


def publish(workspace: Workspace, prepared: Prepared) -> None:
    """Adopt the profile and publish the editions, all together; what the register has already is left alone."""
    with workspace.database.writing() as connection:
        drafts = _profile_drafts(connection, prepared.profile)
        for document in prepared.editions:
            drafts += _edition_drafts(connection, document)
        if drafts:
            workspace.write(connection, drafts)


def _document(checklist: Checklist, profile: Profile) -> str:
    return edition_document(with_parameters(checklist, dict(profile.parameters)))


def _profile_drafts(connection: Connection, document: str) -> list[Draft]:
    if queries.profile_document(connection) == document and not conflicts(connection, REGISTER):
        return []
    return [Draft("profile", REGISTER, "profile", json.loads(document))]


def _edition_drafts(connection: Connection, document: str) -> list[Draft]:
    edition = edition_id(document)
    if queries.edition_document(connection, edition) is not None:
        return []
    return [Draft("edition", edition, "edition", json.loads(document))]
