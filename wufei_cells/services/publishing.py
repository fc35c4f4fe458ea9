"""Put checklist editions and the city profile into the register."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import edition_document, edition_id, with_parameters
from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document
from wufei_cells.checklists.reading import read_checklist, read_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import EditionId, EditionRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.store import queries
from wufei_cells.store.assessment_queries import conflicts
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

REGISTER = "register"
"""The entity of what holds for the whole register, such as the profile in force."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as canonical document: with the city's own numbers, and as its file has it."""

    document: str
    source: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files that were read and found sound, as canonical documents."""

    profile: str
    editions: tuple[Edition, ...]


def prepare(workspace: Workspace, criteria: Criteria) -> Prepared:
    """Read a profile, and checklists under its parameters; a register that works with another city stays with it.

    Raises:
        ProblemsFound: mistakes in any of the files, all of them.
    """
    problems: list[Problem] = []
    profile: Profile | None = None
    name, content = criteria.profile
    try:
        profile = _in_force(workspace, read_profile(content, name))
    except ProblemsFound as found:
        problems += found.problems
    editions: list[Edition] = []
    for name, content in criteria.checklists:
        try:
            checklist = read_checklist(content, name)
            if profile:
                editions.append(_edition(checklist, profile))
        except ProblemsFound as found:
            problems += found.problems
    if problems or profile is None:
        raise ProblemsFound(problems)
    return Prepared(profile_document(profile), tuple(editions))


def publish(workspace: Workspace, prepared: Prepared) -> None:
    """Adopt the profile and publish the editions, all together; what the register has already is left alone."""
    with workspace.database.writing() as connection:
        drafts = _profile_drafts(connection, prepared.profile)
        for edition in prepared.editions:
            drafts += _edition_drafts(connection, edition)
        if drafts:
            workspace.write(connection, drafts)


def publish_file(workspace: Workspace, content: bytes, name: str) -> EditionId:
    """Publish a checklist file under the city's parameters; it becomes the edition that new assessments use.

    Raises:
        ProblemsFound: everything wrong with the file.
        UserError: the register has no profile, or holds this edition with other content.
    """
    checklist = read_checklist(content, name)
    with workspace.database.writing() as connection:
        edition = _edition(checklist, _adopted(connection))
        _refuse_other_content(connection, checklist)
        drafts = _edition_drafts(connection, edition, again=True)
        if drafts:
            workspace.write(connection, drafts)
    return EditionId(edition_id(edition.document))


def adopt_profile_file(workspace: Workspace, content: bytes, name: str) -> Profile:
    """Make a city profile the register's own, and publish the editions in use and to come under its parameters.

    Assessments that are running stay with the edition they were started with.

    Raises:
        ProblemsFound: everything wrong with the file, or numbers of the city that break a checklist.
        UserError: the register holds sites in districts that the profile does not have.
    """
    profile = read_profile(content, name)
    with workspace.database.writing() as connection:
        _refuse_strange_districts(connection, profile)
        drafts = _profile_drafts(connection, profile_document(profile))
        for row in _in_use(queries.editions(connection), workspace.today()):
            checklist = read_document(queries.edition_source(connection, row.id) or "")
            drafts += _edition_drafts(connection, _edition(checklist, profile), again=True)
        if drafts:
            workspace.write(connection, drafts)
    return profile


def _in_force(workspace: Workspace, shipped: Profile) -> Profile:
    """Give the profile to publish under: the register's own when it is another city's, else the shipped one."""
    with workspace.database.reading() as connection:
        document = queries.profile_document(connection)
    own = None if document is None else read_profile_document(document)
    return own if own is not None and own.key != shipped.key else shipped


def _refuse_other_content(connection: Connection, checklist: Checklist) -> None:
    """An edition that is out in the world never changes; only the numbers that a city sets may differ."""
    source = edition_document(checklist)
    for row in queries.editions(connection):
        same = (row.key, row.edition) == (checklist.key, checklist.edition)
        if same and queries.edition_source(connection, row.id) != source:
            raise UserError("publishing.edition_taken", checklist=checklist.key, edition=checklist.edition)


def _refuse_strange_districts(connection: Connection, profile: Profile) -> None:
    """Two cities in one register would count each other's cells."""
    used = {site.district for site in queries.sites(connection)}
    unknown = sorted(used - {district.key for district in profile.districts})
    if unknown:
        raise UserError("publishing.other_city", city=profile.city.zh, districts=", ".join(unknown))


def _adopted(connection: Connection) -> Profile:
    document = queries.profile_document(connection)
    if document is None:
        raise UserError("register.no_profile")
    return read_profile_document(document)


def _edition(checklist: Checklist, profile: Profile) -> Edition:
    adapted = with_parameters(checklist, dict(profile.parameters))
    return Edition(edition_document(adapted), edition_document(checklist))


def _profile_drafts(connection: Connection, document: str) -> list[Draft]:
    if queries.profile_document(connection) == document and not conflicts(connection, REGISTER):
        return []
    return [Draft("profile", REGISTER, "profile", json.loads(document))]


def _edition_drafts(connection: Connection, edition: Edition, *, again: bool = False) -> list[Draft]:
    """Give the acts that publish an edition; one that is there is published anew only when somebody wants it to lead.

    Args:
        connection: the transaction.
        edition: what to publish.
        again: whether it is to lead the editions of its day, also when another came after it.
    """
    key = edition_id(edition.document)
    rows = queries.editions(connection)
    known = next((row for row in rows if row.id == key), None)
    drafts = [Draft("edition", key, "edition", json.loads(edition.document))]
    if known:
        day = (known.category, known.effective_from)
        leading = next(row for row in rows if (row.category, row.effective_from) == day)
        return drafts if again and leading != known else []
    if edition.source != edition.document:
        drafts.append(Draft("edition_source", key, "source", json.loads(edition.source)))
    return drafts


def _in_use(rows: tuple[EditionRow, ...], today: date) -> list[EditionRow]:
    """Choose of each category the edition in effect and those of days to come."""
    chosen: list[EditionRow] = []
    for _category, of_category in groupby(rows, key=lambda row: row.category):
        for _day, of_day in groupby(of_category, key=lambda row: row.effective_from):
            newest = next(of_day)
            chosen.append(newest)
            if newest.effective_from <= today:
                break
    return chosen
