"""Open the register that a person works in."""

from __future__ import annotations

import platform
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.criteria import Cities, Criteria
from wufei_cells.domain.register import PersonId, PersonRow
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.progress import Report, silent
from wufei_cells.services import cities as cities_service
from wufei_cells.services import counting, text_fields
from wufei_cells.services.board_memory import BoardMemory
from wufei_cells.services.edition_memory import EditionMemory
from wufei_cells.services.search_memory import SearchMemory
from wufei_cells.store import queries, settings_store
from wufei_cells.store.authority import Authority
from wufei_cells.store.bulk_writing import append_many
from wufei_cells.store.database import FILE_NAME, Database, open_database
from wufei_cells.store.faults import faults
from wufei_cells.store.journal import Connection, Draft, Written, append

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open register and the person working in it. Complete from the start; every service takes it first."""

    database: Database
    person: PersonRow
    clock: Clock
    example: bool
    """Whether the register holds example data, which everything made from it says."""
    newcomer: bool = False
    """Whether the person was not in the register when it was opened; the first act they write enters them."""
    checklists: dict[str, Checklist] = field(default_factory=dict[str, Checklist])
    """Editions that were read already, by identity; they never change."""
    memory: EditionMemory = field(default_factory=EditionMemory, repr=False)
    """What was worked out from them."""
    search_memory: SearchMemory = field(default_factory=SearchMemory, repr=False)
    """What was read for searching."""
    board_memory: BoardMemory = field(default_factory=BoardMemory, repr=False)
    """What was read for counting."""
    cities: Cities = field(default_factory=dict[str, Callable[[], Criteria]])
    """The cities that come with the program."""
    as_of: date | None = None
    """Of a register as it was on an earlier day: the day. Nothing can be written into it."""

    def now(self) -> datetime:
        """Give the current time, in UTC."""
        return self.clock()

    def today(self) -> date:
        """Give the current day where the person is."""
        return self.clock().astimezone().date()

    def write(self, connection: Connection, drafts: Iterable[Draft]) -> tuple[Written, ...]:
        """Write acts in the person's name, within the caller's transaction.

        Raises:
            UserError: they would count nowhere.
        """
        entering = self._entering(connection)
        acts = [*entering, *drafts]
        counting.refuse_aside(connection, self.person, acts)
        written = append(self.database, connection, acts, author=self.person.id, at=self.now())
        return written[len(entering) :]

    def write_many(self, connection: Connection, drafts: Iterable[Draft], report: Report = silent) -> None:
        """Write thousands of acts on as many cells, each of them once and replacing whatever stands there now.

        Raises:
            UserError: they would count nowhere.
        """
        acts = [*self._entering(connection), *drafts]
        counting.refuse_aside(connection, self.person, acts)
        append_many(self.database, connection, acts, author=self.person.id, at=self.now(), report=report)

    def _entering(self, connection: Connection) -> list[Draft]:
        if self.newcomer and not queries.knows_person(connection, self.person.id):
            return [Draft("person", self.person.id, "person", {"name": self.person.name})]
        return []

    def acting_as(self, name: str) -> Workspace:
        """Give the same register in another person's hands."""
        person, newcomer = _person(self.database, name)
        return replace(self, person=person, newcomer=newcomer)

    def refuse_past(self) -> None:
        """Refuse what begins to write before it opens a transaction.

        Raises:
            UserError: this is the register of an earlier day.
        """
        if self.as_of is not None:
            raise UserError("time_machine.read_only", day=self.as_of.isoformat())

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
    cities: Cities | None = None,
    create_folder: bool = False,
    example: bool = False,
    clock: Clock = system_clock,
    devices: Path | None = None,
) -> Workspace:
    """Open the register in a folder, creating the database when the folder has none.

    Shipped checklists of the register's city that it does not have yet are published in it; what it has stays as it
    is.

    Args:
        folder: the data folder.
        criteria: the files of the city a new register starts with.
        person: who is working.
        cities: all cities that come with the program.
        create_folder: whether to make the folder when it is not there.
        example: whether a new register is one of example data.
        clock: tells the time.
        devices: where the machine keeps the keys of its devices; ``None``: the register keeps its key itself.

    Raises:
        EnvironmentFault: the folder is not there, or cannot be written.
        UserError: the database is not ours, is damaged, or was written by a newer version; nobody is named.
        ProblemsFound: a shipped checklist has mistakes.
    """
    text_fields.refuse_person(person)
    with faults(folder):
        if create_folder:
            folder.mkdir(parents=True, exist_ok=True)
        if not folder.is_dir():
            raise EnvironmentFault("workspace.no_folder", path=str(folder))
    database = open_database(folder / FILE_NAME, device_name=platform.node() or "device", devices=devices)
    try:
        who, newcomer = _person(database, person)
        workspace = Workspace(database, who, clock, example=False, newcomer=newcomer, cities=cities or {})
        cities_service.follow(workspace, criteria, example=example)
        return replace(workspace, example=settings_store.read(database, "example") == "yes")
    except BaseException:
        database.close()
        raise


def _person(database: Database, name: str) -> tuple[PersonRow, bool]:
    """Find the person by name; somebody new is entered with the first act they write, never by mere looking."""
    text_fields.refuse_person(name)
    name = " ".join(unicodedata.normalize("NFC", name).split())
    with database.reading() as connection:
        enrolled = Authority.of(connection).enrolled_here(name)
        known = PersonRow(PersonId(enrolled), name) if enrolled else queries.find_person(connection, name)
    return (known, False) if known else (PersonRow(PersonId(uuid.uuid4().hex), name), True)
