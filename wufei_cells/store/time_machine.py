"""The register as of an earlier moment: a copy that holds only the acts of before, to be read and thrown away.

In the register itself no clock decides anything. Here a person asks about a day, so the claimed times of acts are all
there is to go by, and a clock may have been wrong. What holds all the same: each device's acts were written in the
order of their numbers. So a device's acts are cut at one number, never with a hole, and what a device had not written
yet is not there. Where its claimed times do not rise with the numbers, the fewest acts that explain it are taken to be
*out of order* (all but a longest rising run); so is every act that claims to be from the future, or claims nothing
readable. Such an act counts as written right after the one before it. One wrong clock therefore moves its own acts
only, and the register as of today is the register as it is.
"""

from __future__ import annotations

import sqlite3
import tempfile
from bisect import bisect_right
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from threading import Lock
from typing import NoReturn

from sqlalchemy import URL, Connection, Engine, create_engine, event, select
from sqlalchemy.pool import ConnectionPoolEntry

from wufei_cells.errors import UserError
from wufei_cells.progress import Report, silent
from wufei_cells.store import tables
from wufei_cells.store.database import FILE_NAME, Database
from wufei_cells.store.device_identity import KEY_INSIDE, LOCK
from wufei_cells.store.faults import faults
from wufei_cells.store.projection import rebuild

_COPIED_WHOLE = ("meta", "device")
_CUT = ("act", "further_replacement")
_BUILDING = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "temp_store=MEMORY")
"""A copy that was cut short is thrown away, so nothing of it has to survive a power cut."""


@dataclass(frozen=True, slots=True)
class DeviceTimes:
    """When the acts of one device were written, as far as its claimed times tell."""

    numbers: Sequence[int]
    """The acts' numbers, rising."""
    moments: Sequence[datetime]
    """When each counts as written; these rise, too."""
    out_of_order: int
    """How many acts claim another time than the one they count as written at."""

    def last_before(self, moment: datetime) -> int:
        """Give the number of the last act written before a moment, or at it; -1 when there is none."""
        written = bisect_right(self.moments, moment)
        return self.numbers[written - 1] if written else -1

    def written_at(self, number: int) -> datetime:
        """Say when one act counts as written."""
        return self.moments[bisect_right(self.numbers, number) - 1]


def times_of_device(claims: Sequence[tuple[int, str]], present: datetime) -> DeviceTimes:
    """Work out when acts were written.

    Args:
        claims: of each act of one device its number and its claimed time, in the order of the numbers.
        present: the moment of asking; nothing was written after it.
    """
    read: dict[str, datetime | None] = {}
    claimed: list[datetime | None] = []
    for _number, at in claims:
        if at not in read:
            moment = _read_time(at)
            read[at] = None if moment is None or moment > present else moment
        claimed.append(read[at])
    kept = _longest_rising(claimed)
    moments: list[datetime] = []
    # What no act in order stands before counts as written with the first of those; with none at all, at the latest now.
    before = claimed[kept[0]] if kept else present
    assert before is not None
    following = iter([*kept, -1])
    awaited = next(following)
    for index, moment in enumerate(claimed):
        if index == awaited:
            before = moment or before
            awaited = next(following)
        moments.append(before)
    return DeviceTimes([number for number, _at in claims], moments, len(claims) - len(kept))


def _read_time(at: str) -> datetime | None:
    """Read a claimed time, in whatever form a device wrote it; one without a zone is in UTC."""
    try:
        moment = datetime.fromisoformat(at)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _longest_rising(claimed: Sequence[datetime | None]) -> list[int]:
    """Give the places of a longest run of times none of which is before the one that precedes it."""
    places = [index for index, moment in enumerate(claimed) if moment is not None]
    values = [moment for moment in claimed if moment is not None]
    if all(earlier <= later for earlier, later in pairwise(values)):
        return places  # clocks are right nearly always
    ends: list[datetime] = []  # of the best run of each length its last time, and where that stands
    ends_at: list[int] = []
    came_after: list[int] = []
    for index, moment in enumerate(values):
        length = bisect_right(ends, moment)
        came_after.append(ends_at[length - 1] if length else -1)
        ends[length : length + 1] = [moment]
        ends_at[length : length + 1] = [index]
    run: list[int] = []
    index = ends_at[-1]
    while index >= 0:
        run.append(places[index])
        index = came_after[index]
    return run[::-1]


# --- the copy


class PastDatabase(Database):
    """The register as of a moment. It is only read; its file goes when it is closed."""

    def __init__(
        self, engine: Engine, present: Database, folder: tempfile.TemporaryDirectory[str], day: date, out_of_order: int
    ) -> None:
        """Take over a finished copy; ``path`` stays that of the register, beside which the evidence lies."""
        super().__init__(engine, present.path, present.device, present.device_uuid, Lock(), present.identity)
        self.day = day
        self.out_of_order = out_of_order
        """How many acts of the register, of any day, have claimed times that cannot be right."""
        self._folder = folder

    def writing(self) -> NoReturn:
        """Refuse: what was is not changed any more.

        Raises:
            UserError: always.
        """
        raise UserError("time_machine.read_only", day=self.day.isoformat())

    def close(self) -> None:
        """Close every connection and remove the copy."""
        super().close()
        self._folder.cleanup()


def copy_as_of(
    database: Database, moment: datetime, day: date, *, present: datetime, report: Report = silent
) -> PastDatabase:
    """Make a copy of a register that holds only what had been written at a moment.

    Args:
        database: the register as it is.
        moment: the last moment that counts.
        day: the day a person asked about, for the sentence that refuses to write.
        present: the moment of asking.
        report: told how far the work is; what it raises stops the work and leaves nothing behind.

    Raises:
        EnvironmentFault: there is no room for the copy.
    """
    # A file, not memory: a large register fits, and each thread reads through a connection of its own.
    folder = tempfile.TemporaryDirectory(prefix="wufei-", ignore_cleanup_errors=True)
    path = Path(folder.name) / FILE_NAME
    engine: Engine | None = None
    try:
        with faults(path):
            building = _engine(path, _BUILDING)
            try:
                with building.connect() as connection:
                    report(0, 1)
                    out_of_order = _copy_acts(connection, database.path, moment, present)
                    with _transaction(connection):
                        rebuild(connection, report)
            finally:
                building.dispose()
            engine = _engine(path, ("query_only=ON", "trusted_schema=OFF"))
            return PastDatabase(engine, database, folder, day, out_of_order)
    except BaseException:
        if engine is not None:
            engine.dispose()
        folder.cleanup()
        raise


def began(database: Database, *, present: datetime) -> datetime | None:
    """Say when a register got its profile, before which there was nothing to work with; ``None`` when it has none."""
    act = tables.act
    profiles = select(act.c.device, act.c.seq).where(act.c.kind == "profile")
    with database.reading() as connection:
        times = dict(_times(connection, act.name, present))
        return min((times[row.device].written_at(row.seq) for row in connection.execute(profiles)), default=None)


def _copy_acts(connection: Connection, source: Path, moment: datetime, present: datetime) -> int:
    """Fill the journal of a new database with the acts that count; tell how many acts are out of order."""
    connection.exec_driver_sql("ATTACH DATABASE ? AS source", (str(source),))
    with _transaction(connection):  # one consistent state of the register, whoever writes meanwhile
        tables.journal_metadata.create_all(connection, checkfirst=False)
        for name in _COPIED_WHOLE:
            connection.exec_driver_sql(f"INSERT INTO main.{name} SELECT * FROM source.{name}")  # noqa: S608 - our own names
        connection.exec_driver_sql("DELETE FROM main.meta WHERE name IN (?, ?)", (KEY_INSIDE, LOCK))
        out_of_order = 0
        for device, times in _times(connection, "source.act", present):
            out_of_order += times.out_of_order
            for name in _CUT:
                connection.exec_driver_sql(
                    f"INSERT INTO main.{name} SELECT * FROM source.{name} WHERE device = ? AND seq <= ?",  # noqa: S608
                    (device, times.last_before(moment)),
                )
    connection.exec_driver_sql("DETACH DATABASE source")
    return out_of_order


def _times(connection: Connection, table: str, present: datetime) -> Iterator[tuple[int, DeviceTimes]]:
    rows = connection.exec_driver_sql(f"SELECT device, seq, at FROM {table} ORDER BY device, seq")  # noqa: S608
    for device, claims in groupby(rows, key=lambda row: int(row[0])):
        yield device, times_of_device([(int(row[1]), str(row[2])) for row in claims], present)


@contextmanager
def _transaction(connection: Connection) -> Generator[None]:
    connection.exec_driver_sql("BEGIN")
    yield
    connection.exec_driver_sql("COMMIT")


def _engine(path: Path, settings: Sequence[str]) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def dress(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:  # pyright: ignore[reportUnusedFunction] - the decorator hands it over
        connection.isolation_level = None  # this module says BEGIN itself
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")

    return engine
