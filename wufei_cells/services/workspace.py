"""Open the register that a person works in."""

from __future__ import annotations

import platform
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.register import PersonId, PersonRow
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.services import publishing
from wufei_cells.store import queries, settings_store
from wufei_cells.store.database import FILE_NAME, Database, faults, open_database
from wufei_cells.store.journal import Draft, append

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open register and the person working in it. Complete from the start; every service takes it first."""

    database: Database
    person: PersonRow
    clock: Clock
    example: bool
    """Whether the register holds example data, which everything made from it says."""

    def now(self) -> datetime:
        """Give the current time, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Give the current day where the person is."""
        return self.clock().astimezone().date()

    def acting_as(self, name: str) -> Workspace:
        """Give the same register in another person's hands."""
        return replace(self, person=_person(self.database, name, self.clock))

    def close(self) -> None:
        """Close the register."""
        self.database.close()


def system_clock() -> datetime:
    """Give the machine's time, in UTC."""
    return datetime.now(UTC)


def open_workspace(
    folder: Path,
    criteria: Criteria,
    *,
    person: str,
    create_folder: bool = False,
    example: bool = False,
    clock: Clock = system_clock,
) -> Workspace:
    """Open the register in a folder, creating the database when the folder has none.

    Shipped checklists that the register does not have yet are published in it; what it has stays as it is.

    Raises:
        EnvironmentFault: the folder is not there, or cannot be written.
        UserError: the database is not ours, is damaged, or was written by a newer version.
        ProblemsFound: a shipped checklist has mistakes.
    """
    if create_folder:
        with faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir():
        raise EnvironmentFault("workspace.no_folder", path=str(folder))
    fresh = not (folder / FILE_NAME).exists()
    database = open_database(folder / FILE_NAME, device_name=platform.node() or "device")
    try:
        workspace = Workspace(database, _person(database, person, clock), clock, example=False)
        if fresh and example:
            settings_store.write(database, "example", "yes")
        if settings_store.read(database, "criteria") != criteria.fingerprint:
            publishing.publish_shipped(workspace, criteria.checklists, criteria.profile)
            settings_store.write(database, "criteria", criteria.fingerprint)
        return replace(workspace, example=settings_store.read(database, "example") == "yes")
    except BaseException:
        database.close()
        raise


def _person(database: Database, name: str, clock: Clock) -> PersonRow:
    """Find the person by name, or enter them; their own act is the first that bears their name."""
    name = " ".join(name.split())
    if not name:
        raise UserError("workspace.no_person")
    with database.reading() as connection:
        known = queries.find_person(connection, name)
    if known:
        return known
    person = PersonRow(PersonId(uuid.uuid4().hex), name)
    with database.writing() as connection:
        draft = Draft("person", person.id, "person", {"name": name})
        append(database, connection, [draft], author=person.id, at=clock())
    return person
