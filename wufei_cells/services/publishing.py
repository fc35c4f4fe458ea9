"""Put checklist editions and the city profile into the register."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from wufei_cells.checklists.document import edition_document, edition_id, with_parameters
from wufei_cells.checklists.draft_entries import key_paths
from wufei_cells.checklists.overlay_marks import weaker_marks
from wufei_cells.checklists.profile_reading import profile_document, read_profile, read_profile_document
from wufei_cells.checklists.reading import read_checklist, read_document, read_source
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.canonical import content_hash
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.editions import CLOSED, state_by_itself
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import EditionId, EditionRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services.key_reuse import key_problems
from wufei_cells.store import queries, settings_store
from wufei_cells.store.assessment_queries import conflicts
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.queries import REGISTER

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

PROFILE_NOTE = "profile"
"""The name under which the register notes which profile came with the program last."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as canonical document: with the city's own numbers, and as its file has it."""

    document: str
    source: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files of a city that were read and found sound, as canonical documents."""

    profile: str
    """The profile to work under."""
    editions: tuple[Edition, ...]
    note: str
    """What the register keeps in mind of the profile that came with the program."""


@dataclass(frozen=True, slots=True)
class _CityFiles:
    """What the files of a city say."""

    profile: Profile
    checklists: tuple[Checklist, ...]
    editions: tuple[Edition, ...]


def prepare(workspace: Workspace, criteria: Criteria) -> Prepared:
    """Read a city's checklists for a register that works with this city or has none yet.

    A profile that the city changed for itself stays in force, and the checklists take its numbers.

    Raises:
        ProblemsFound: mistakes in any of the files, all of them.
    """
    shipped = _read(criteria)
    own = _own_profile(workspace, shipped.profile)
    document = profile_document(shipped.profile)
    if own is None:
        return Prepared(document, shipped.editions, _note_of(document))
    return Prepared(profile_document(own), tuple(_fitting(shipped.checklists, own)), _note_of(document))


def publish(workspace: Workspace, prepared: Prepared) -> None:
    """Adopt the profile and publish the editions, all together; what the register has already is left alone."""
    with workspace.database.writing() as connection:
        drafts = _profile_drafts(connection, prepared.profile)
        for edition in prepared.editions:
            drafts += _edition_drafts(connection, edition)
        if drafts:
            workspace.write(connection, drafts)
    settings_store.write(workspace.database, PROFILE_NOTE, prepared.note)


def adopt_city(workspace: Workspace, criteria: Criteria) -> Profile:
    """Work with another city that comes with the program: adopt its profile and publish its checklists, all together.

    What an earlier city's checklists were is kept for the assessments that rest on them, and offered no longer.

    Raises:
        ProblemsFound: mistakes in any of the files, all of them.
        UserError: the register holds sites in districts that the city does not have.
    """
    city = _read(criteria)
    profile, document = city.profile, profile_document(city.profile)
    with workspace.database.writing() as connection:
        _refuse_strange_districts(connection, profile)
        other = _works_elsewhere(connection, profile)
        drafts = _profile_drafts(connection, document)
        for edition in city.editions:
            drafts += _edition_drafts(connection, edition, again=True, other_city=other)
        if drafts:
            workspace.write(connection, drafts)
    settings_store.write(workspace.database, PROFILE_NOTE, _note_of(document))
    return profile


def publish_file(workspace: Workspace, content: bytes, name: str) -> EditionId:
    """Publish a checklist file under the city's parameters; it becomes the edition that new assessments use.

    Raises:
        ProblemsFound: everything wrong with the file, or keys in it that meant something else before.
        UserError: the register has no profile, or holds this edition with other content.
    """
    source = parse_yaml(content, name)
    checklist = read_source(source)
    if checklist.overlay:
        raise ProblemsFound([Problem("publishing.made_by_overlay", name)], subject=name)
    with workspace.database.writing() as connection:
        paths = key_paths(source.data)
        reused = key_problems(workspace, connection, checklist, lambda key: source.place((*paths.get(key, ()), "key")))
        if reused:
            raise ProblemsFound(source.in_order(reused), subject=name)
        key, drafts = acts_to_publish(workspace, connection, checklist)
        if drafts:
            workspace.write(connection, drafts)
    return key


def acts_to_publish(
    workspace: Workspace, connection: Connection, checklist: Checklist
) -> tuple[EditionId, list[Draft]]:
    """Give the identity of a checklist under the city's parameters, and the acts by which it comes to lead.

    Raises:
        ProblemsFound: with the city's numbers it makes no sense.
        UserError: the register has no profile, holds this edition with other content, or has retired it.
    """
    edition = _edition(checklist, _adopted(connection))
    if is_taken(connection, checklist):
        raise UserError("publishing.edition_taken", checklist=checklist.key, edition=checklist.edition)
    key = EditionId(edition_id(edition.document))
    known = next((row for row in queries.editions(connection) if row.id == key), None)
    if known and known.retired_on is not None and known.retired_on <= workspace.today():
        raise UserError("publishing.retired", edition=f"{known.key} {known.edition}", reason=known.reason)
    return key, _edition_drafts(connection, edition, again=True)


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
        other = _works_elsewhere(connection, profile)
        drafts = _profile_drafts(connection, profile_document(profile))
        renewed: dict[str, str] = {}
        in_use = _in_use(queries.editions(connection), workspace.today())
        sources = {row.id: read_document(queries.edition_source(connection, row.id) or "") for row in in_use}
        for row in in_use:
            checklist = sources[row.id]
            if _overtaken(checklist, sources, profile):
                continue  # until the county raises its marks, the city's edition is used
            edition = _edition(_standing_on(checklist, renewed), profile)
            renewed[row.id] = edition_id(edition.document)
            drafts += _edition_drafts(connection, edition, again=True, other_city=other)
        if drafts:
            workspace.write(connection, drafts)
    return profile


def _read(criteria: Criteria) -> _CityFiles:
    """Read a city's files.

    Raises:
        ProblemsFound: mistakes in any of them, also where the city's numbers break a checklist: all of them.
    """
    problems: list[Problem] = []
    profile: Profile | None = None
    checklists: list[Checklist] = []
    editions: list[Edition] = []
    name, content = criteria.profile
    try:
        profile = read_profile(content, name)
    except ProblemsFound as found:
        problems += found.problems
    for name, content in criteria.checklists:
        try:
            checklists.append(read_checklist(content, name))
            if profile:
                editions.append(_edition(checklists[-1], profile))
        except ProblemsFound as found:
            problems += found.problems
    if problems or profile is None:
        raise ProblemsFound(problems)
    return _CityFiles(profile, tuple(checklists), tuple(editions))


def _fitting(checklists: tuple[Checklist, ...], own: Profile) -> Iterator[Edition]:
    """Give the editions under a city's own numbers; one that these break is left out.

    A new version of the program must not lock people out of their register: it goes on with the editions it has.
    """
    for checklist in checklists:
        with contextlib.suppress(ProblemsFound):
            yield _edition(checklist, own)


def _own_profile(workspace: Workspace, shipped: Profile) -> Profile | None:
    """Give the register's profile when the city made it its own: it is neither what the program brought nor brings."""
    with workspace.database.reading() as connection:
        document = queries.profile_document(connection)
        changes = len(queries.profile_history(connection))
    if document is None or document == profile_document(shipped):
        return None
    noted = settings_store.read(workspace.database, PROFILE_NOTE)
    # A register without a note was made by the first version of the program, which brought one profile: any later one
    # was adopted from a file.
    brought = noted == _note_of(document) if noted else changes == 1
    return None if brought else read_profile_document(document)


def _note_of(document: str) -> str:
    return content_hash(json.loads(document))


def _works_elsewhere(connection: Connection, profile: Profile) -> bool:
    """Whether the register works with another city than this one."""
    document = queries.profile_document(connection)
    return document is not None and json.loads(document)["key"] != profile.key


def is_taken(connection: Connection, checklist: Checklist) -> bool:
    """Whether the name of an edition stands for other content: what is out in the world never changes.

    Only the numbers that a city sets may differ.
    """
    source = edition_document(checklist)
    rows = queries.editions(connection, of_all_cities=True)
    same = [row for row in rows if (row.key, row.edition) == (checklist.key, checklist.edition)]
    return any(queries.edition_source(connection, row.id) != source for row in same)


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
    adapted = with_parameters(checklist, profile.parameters)
    return Edition(edition_document(adapted), edition_document(checklist))


def _profile_drafts(connection: Connection, document: str) -> list[Draft]:
    if queries.profile_document(connection) == document and not conflicts(connection, REGISTER):
        return []
    return [Draft("profile", REGISTER, "profile", json.loads(document))]


def _edition_drafts(
    connection: Connection, edition: Edition, *, again: bool = False, other_city: bool = False
) -> list[Draft]:
    """Give the acts that publish an edition; one that is there is published anew only when somebody wants it to lead.

    Args:
        connection: the transaction.
        edition: what to publish.
        again: whether it is to lead the editions of its day, also when another came after it.
        other_city: whether the same acts give the register another city, for which nothing is published yet.
    """
    key = edition_id(edition.document)
    stored = {row.id for row in queries.editions(connection, of_all_cities=True)}
    rows = () if other_city else queries.editions(connection)
    known = next((row for row in rows if row.id == key), None)
    drafts = [Draft("edition", key, "edition", json.loads(edition.document))]
    if known:
        leading = next(row for row in rows if _rank(row) == _rank(known))
        return drafts if again and leading != known else []
    if edition.source != edition.document and key not in stored:
        drafts.append(Draft("edition_source", key, "source", json.loads(edition.source)))
    return drafts


def _rank(row: EditionRow) -> tuple[str, tuple[str, ...], date]:
    """Editions of one rank are used in the same places from the same day on: of these the one published last leads."""
    return row.category, row.districts, row.effective_from


def _in_use(rows: tuple[EditionRow, ...], today: date) -> list[EditionRow]:
    """Choose of each category and district the edition in effect and those of days to come, the city's first."""
    open_rows = [row for row in rows if state_by_itself(row, today) not in CLOSED]
    chosen: list[EditionRow] = []
    for _place, of_place in groupby(sorted(open_rows, key=_place_of), key=_place_of):
        for _day, of_day in groupby(of_place, key=lambda row: row.effective_from):
            newest = next(of_day)
            chosen.append(newest)
            if newest.effective_from <= today:
                break
    return chosen


def _place_of(row: EditionRow) -> tuple[tuple[str, ...], str]:
    return row.districts, row.category


def _overtaken(checklist: Checklist, cities: Mapping[EditionId, Checklist], profile: Profile) -> bool:
    """Whether a county's own edition would ask for less than its city's does under the city's new numbers."""
    city = cities.get(EditionId(checklist.overlay.extends)) if checklist.overlay else None
    return city is not None and bool(weaker_marks(city, checklist, profile.parameters))


def _standing_on(checklist: Checklist, renewed: dict[str, str]) -> Checklist:
    """Let a county's own edition stand on what the city's edition has become."""
    overlay = checklist.overlay
    if overlay is None:
        return checklist
    return replace(checklist, overlay=replace(overlay, extends=renewed.get(overlay.extends, overlay.extends)))
