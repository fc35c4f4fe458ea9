"""The cities that come with the program: which there are, work with another, follow what a new version brings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.domain.authority import roles_needed
from wufei_cells.domain.criteria import Cities, Criteria
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.services import publishing
from wufei_cells.store import queries, settings_store
from wufei_cells.store.authority import Authority

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

FOLLOWED = "criteria"
"""The name under which the register notes the fingerprint of the files it followed last."""


@dataclass(frozen=True, slots=True)
class CityRow:
    """A city that comes with the program."""

    key: str
    city: Text
    version: str
    checklists: int
    in_use: bool
    """Whether the register works with it, be it with numbers of its own."""


def name_cities(cities: Cities) -> tuple[tuple[str, Text], ...]:
    """Name cities by their keys, before there is any register."""
    profiles = ((key, get().profile) for key, get in cities.items())
    return tuple((key, read_profile(content, name).city) for key, (name, content) in profiles)


def files_of(known: Cities, city: str) -> Criteria:
    """Give the files of a city that comes with the program.

    Raises:
        UserError: no such city comes with it.
    """
    get = known.get(city)
    if get is None:
        raise UserError("city.unknown", city=city, known=", ".join(known))
    return get()


def list_cities(workspace: Workspace) -> tuple[CityRow, ...]:
    """List the cities that come with the program."""
    return describe_cities(workspace.cities, in_use=_city_of(workspace))


def describe_cities(known: Cities, *, in_use: str | None = None) -> tuple[CityRow, ...]:
    """List cities that come with the program, also before there is any register."""
    rows: list[CityRow] = []
    for key, get in known.items():
        criteria = get()
        name, content = criteria.profile
        profile = read_profile(content, name)
        rows.append(CityRow(key, profile.city, profile.version, len(criteria.checklists), key == in_use))
    return tuple(rows)


def use_city(workspace: Workspace, city: str) -> Profile:
    """Work with a city that comes with the program: its profile and its checklists from now on.

    Raises:
        UserError: no such city comes with it, or the register holds sites in districts of another city.
        ProblemsFound: a file of the city has mistakes.
    """
    criteria = files_of(workspace.cities, city)
    profile = publishing.adopt_city(workspace, criteria)
    _note(workspace, criteria)
    return profile


def follow(workspace: Workspace, start: Criteria, *, example: bool = False) -> None:
    """Take over what the program brings along and the register does not have yet.

    A register follows the files of its own city; one that has no city yet begins with ``start``, and one whose city
    does not come with the program keeps what it has. Where the office enrols devices, what it published arrives with
    its acts, and everybody else's machine publishes nothing by itself.

    Args:
        workspace: the register.
        start: the files a new register starts with.
        example: whether a register that has nothing yet is to be one of example data.

    Raises:
        ProblemsFound: a file has mistakes.
    """
    noted = settings_store.read(workspace.database, FOLLOWED)
    city = _city_of(workspace)
    get = workspace.cities.get(city or "")
    criteria = get() if get else start
    if noted == criteria.fingerprint or not _may_publish(workspace):
        return
    if get or city is None or read_profile(start.profile[1], start.profile[0]).key == city:
        prepared = publishing.prepare(workspace, criteria)
        if example and not noted:  # before anything is in it, so that nothing ever passes for real
            settings_store.write(workspace.database, "example", "yes")
        publishing.publish(workspace, prepared)
    _note(workspace, criteria)


def _may_publish(workspace: Workspace) -> bool:
    with workspace.database.reading() as connection:
        held = Authority.of(connection).signed_roles(workspace.person.id)
    return held is None or bool(held & {*roles_needed("profile", None)})


def _note(workspace: Workspace, criteria: Criteria) -> None:
    settings_store.write(workspace.database, FOLLOWED, criteria.fingerprint)


def _city_of(workspace: Workspace) -> str | None:
    with workspace.database.reading() as connection:
        document = queries.profile_document(connection)
    return None if document is None else str(json.loads(document)["key"])
