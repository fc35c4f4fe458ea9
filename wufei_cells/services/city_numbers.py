"""Which numbers of a checklist a city has laid down otherwise: on publication the city's stand in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.profiles import CityNumber, Profile
from wufei_cells.domain.text import Text
from wufei_cells.services import reading
from wufei_cells.store import queries

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class Override:
    """A parameter of a checklist for which the city has another number."""

    key: str
    text: Text
    own: CityNumber
    """What the checklist says."""
    city: CityNumber
    """What counts here."""


def overridden(checklist: Checklist, profile: Profile) -> tuple[Override, ...]:
    """List the parameters whose value or later values the city replaces by others.

    Args:
        checklist: as its file or draft has it, before the city's numbers are put in.
        profile: the city's.
    """
    found: list[Override] = []
    for entry in checklist.parameters:
        own, city = CityNumber(entry.value, entry.phases), profile.parameters.get(entry.key)
        if city is not None and city != own:
            found.append(Override(entry.key, entry.text, own, city))
    return tuple(found)


def overridden_here(workspace: Workspace, checklist: Checklist) -> tuple[Override, ...]:
    """List what the register's city replaces in a checklist that is not published yet.

    Raises:
        UserError: the register has no profile.
    """
    with workspace.database.reading() as connection:
        return overridden(checklist, reading.profile(connection))


def overridden_in_edition(workspace: Workspace, edition: str) -> tuple[Override, ...]:
    """List what the register's city replaced in a published edition: what its file says against what counts."""
    with workspace.database.reading() as connection:
        source = queries.edition_source(connection, edition)
        assert source is not None, edition
        return overridden(read_document(source), reading.profile(connection))


def number_text(number: CityNumber, wording: Wording) -> str:
    """Write a number with those that follow it later."""
    later = (
        wording.say("cli.city_number_later", day=phase.start.isoformat(), value=plain(phase.value))
        for phase in number.phases
    )
    return "".join((plain(number.value), *later))


def override_text(override: Override, wording: Wording) -> str:
    """Say that the city's number will count and not the checklist's own."""
    return wording.say(
        "publishing.overridden",
        name=override.text.in_language("en" if wording.language == "en" else "zh"),
        own=number_text(override.own, wording),
        city=number_text(override.city, wording),
    )
