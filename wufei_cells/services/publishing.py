"""Put checklist editions and the city profile into the register."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import edition_document, edition_id, with_parameters
from wufei_cells.checklists.profile_reading import profile_document, read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import EditionId
from wufei_cells.errors import ProblemsFound
from wufei_cells.store import queries
from wufei_cells.store.journal import Draft, append

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

NamedFile = tuple[str, bytes]


def publish_shipped(workspace: Workspace, checklists: tuple[NamedFile, ...], profile_file: NamedFile) -> None:
    """Adopt a profile and publish checklists under its parameters; what the register has already is left alone.

    Raises:
        ProblemsFound: mistakes in any of the files, all of them.
    """
    profile = read_profile(profile_file[1], profile_file[0])
    read: list[Checklist] = []
    problems: list[ProblemsFound] = []
    for name, content in checklists:
        try:
            read.append(read_checklist(content, name))
        except ProblemsFound as found:
            problems.append(found)
    if problems:
        raise ProblemsFound(problem for found in problems for problem in found.problems)
    adopt_profile(workspace, profile)
    for checklist in read:
        publish_checklist(workspace, checklist, profile)


def adopt_profile(workspace: Workspace, profile: Profile) -> None:
    """Make a profile the register's own; adopting the same one again changes nothing."""
    document = profile_document(profile)
    with workspace.database.writing() as connection:
        current = queries.profile_document(connection)
        if current == (profile.key, document):
            return
        draft = Draft("profile", profile.key, "profile", json.loads(document))
        append(workspace.database, connection, [draft], author=workspace.person.id, at=workspace.now())


def publish_checklist(workspace: Workspace, checklist: Checklist, profile: Profile) -> EditionId:
    """Publish an edition with the city's own numbers; an edition that is there already stays the same one."""
    document = edition_document(with_parameters(checklist, dict(profile.parameters)))
    edition = EditionId(edition_id(document))
    with workspace.database.writing() as connection:
        if queries.edition_document(connection, edition) is None:
            draft = Draft("edition", edition, "edition", json.loads(document))
            append(workspace.database, connection, [draft], author=workspace.person.id, at=workspace.now())
    return edition
