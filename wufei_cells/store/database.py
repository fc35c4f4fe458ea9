"""Open the database file: durable settings, schema version, and transactions that are whole or nothing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from wufei_cells import paths
from wufei_cells.errors import UserError
from wufei_cells.store import device_identity, migrations, rereading, tables
from wufei_cells.store.device_identity import Identity
from wufei_cells.store.faults import PRIMARY_CODE, faults

FILE_NAME = paths.REGISTER
_SQLITE_FILE = b"SQLite format 3\0"
PATIENCE = 10
"""Seconds to wait for another program that is writing."""
DURABLE = "PRAGMA synchronous=FULL"
"""FULL, not NORMAL: with NORMAL the last answers before a power cut could be gone."""


@dataclass(slots=True, eq=False)
class Database:
    """One open database. Writing is serialised; reading runs beside it."""

    engine: Engine
    path: Path
    device: int
    device_uuid: str
    _writing: Lock
    identity: Identity
    """The device that this register is on this machine, with its private key."""
    devices: Path | None = None
    """The machine's folder for the keys of its devices; none where the register keeps its key itself."""
    stands_for: frozenset[str] = frozenset()
    """The ids under which it has worked, its own among them; numbers handed out to any of them are its own."""
    written: int = 0
    """How many acts were written through this object; what the journal has more of came from elsewhere."""
    copied: Path | None = None
    """The file as it was, where opening it brought it up to date."""
    unsettled: int = 0
    """Those of them that stand in the transaction under way."""

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Give a connection that sees one consistent state, whatever is written meanwhile."""
        with faults(self.path), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Give a transaction: all of it is on disk when the block ends, or none of it."""
        with self._writing:
            self.unsettled = 0
            with faults(self.path), self.engine.begin() as connection:
                _begin_to_write(connection)
                yield connection
            self.written += self.unsettled

    @contextmanager
    def trying(self) -> Generator[Connection]:
        """Give a transaction of which nothing is kept: to see what something would do."""
        with self._writing, faults(self.path), self.engine.connect() as connection:
            _begin_to_write(connection)
            yield connection
            connection.rollback()

    def written_elsewhere(self, count: Callable[[Connection], int]) -> int:
        """Give how many acts others wrote, by a count of all; none of this program's own is half counted."""
        with self._writing, self.reading() as connection:
            return count(connection) - self.written

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(path: Path, *, device_name: str, devices: Path | None = None) -> Database:
    """Open a database file, creating it when there is none.

    Args:
        path: the file.
        device_name: how people call this machine.
        devices: where the machine keeps the keys of its devices; ``None``: the register keeps its key itself.

    Raises:
        UserError: the file is no database of ours, is damaged, or was written by a newer version.
        EnvironmentFault: it cannot be read or written.
    """
    with faults(path):
        ours = path.exists() and _holds_our_tables(path)
        engine = _engine(path)
        copied: Path | None = None
        try:
            if ours:
                copied = migrations.migrate(engine, path)
                _read_again(engine)
            else:
                _create(engine, path, device_name, devices)
            identity = _this_device(engine, path, device_name, devices)
            with engine.connect() as connection:
                number = device_number(connection, identity.uuid)
                former = device_identity.stands_for(connection)
        except BaseException:
            engine.dispose()
            raise
    return Database(engine, path, number, identity.uuid, Lock(), identity, devices, former, copied=copied)


def refuse_foreign(path: Path) -> None:
    """Look at a file without changing it.

    Raises:
        UserError: it is no register of ours, is damaged, or was written by a newer version.
        EnvironmentFault: it cannot be read.
    """
    with faults(path):
        if not _holds_our_tables(path):
            raise UserError("store.not_ours", path=str(path))


def device_number(connection: Connection, uuid: str) -> int:
    """Give the number by which this database knows a device."""
    return int(connection.execute(select(tables.device.c.id).where(tables.device.c.uuid == uuid)).scalar_one())


def integrity_problems(connection: Connection) -> tuple[str, ...]:
    """Ask SQLite for damage in the file; nothing when it is sound."""
    try:
        rows = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    except DatabaseError as error:
        return (str(error.orig),)
    return () if rows == ["ok"] else tuple(rows)


# --- opening


def _engine(path: Path) -> Engine:
    # Not a URL in one string: a folder's name may hold "?" or "%".
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": PATIENCE})

    @event.listens_for(engine, "connect")
    def durable(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:  # pyright: ignore[reportUnusedFunction] - the decorator hands it over
        # This module says BEGIN itself; the driver's own begin is late and lets two writers collide at commit.
        connection.isolation_level = None
        _use_log(connection)
        connection.execute(DURABLE)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")

    return engine


def _use_log(connection: sqlite3.Connection) -> None:
    """Write ahead to a log. For the switch to it SQLite does not wait while others make the same new database."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_to_write(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.dialect.name == "sqlite" else "BEGIN")


def _holds_our_tables(path: Path) -> bool:
    """Look at a file without changing it, and refuse what is not ours; an empty database is nobody's yet."""
    if path.is_dir():
        raise UserError("store.not_a_database", path=str(path))
    with path.open("rb") as file:
        beginning = file.read(len(_SQLITE_FILE))
    if beginning not in (b"", _SQLITE_FILE):  # SQLite itself would take a file of a few bytes for an empty database
        raise UserError("store.not_a_database", path=str(path))
    with closing(_looking(path)) as connection:
        names = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not names:
            return False  # a start that was cut short leaves this
        if not {"meta", "act", "device"} <= names:
            raise UserError("store.not_ours", path=str(path))
        try:
            version = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            raise UserError("store.not_ours", path=str(path)) from error  # tables of our names with other columns
    migrations.refuse_newer(str(version[0]) if version else "", path)
    return True


def _looking(path: Path) -> sqlite3.Connection:
    """Open a file to look at it only. Nobody has it open unless there is a log beside it; then no files are made."""
    in_use = path.with_name(f"{path.name}-wal").exists()
    uri = f"{path.absolute().as_uri()}?{'mode=ro' if in_use else 'immutable=1'}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE)


def _create(engine: Engine, path: Path, device_name: str, devices: Path | None) -> None:
    with engine.begin() as connection:
        _begin_to_write(connection)
        if inspect(connection).has_table("meta"):
            return  # another process was quicker
        migrations.sign(connection)
        tables.journal_metadata.create_all(connection)
        tables.projection_metadata.create_all(connection)
        connection.execute(insert(tables.meta).values(name="schema", value=str(migrations.CURRENT)))
        rereading.note_reader(connection)
        device_identity.enter(connection, devices, device_identity.make(devices, path), device_name)


def _read_again(engine: Engine) -> None:
    with engine.connect() as connection:
        if not rereading.due(connection):
            return
    try:
        with engine.begin() as connection:
            _begin_to_write(connection)
            if rereading.due(connection):  # another process may have been quicker
                rereading.read_again(connection)
    except DatabaseError as error:
        # What cannot be written can still be looked at, as the other program left it.
        if getattr(error.orig, "sqlite_errorcode", 0) & PRIMARY_CODE != sqlite3.SQLITE_READONLY:
            raise


def _this_device(engine: Engine, path: Path, device_name: str, devices: Path | None) -> Identity:
    """Tell which device this is; a register that is not this machine's, or no longer what it was, becomes a new one."""
    with engine.connect() as connection:
        found = device_identity.recognized(connection, devices, path)
    if found:
        return found
    with engine.begin() as connection:
        _begin_to_write(connection)
        found = device_identity.recognized(connection, devices, path)  # another process may have been quicker
        if found is None:
            found = device_identity.make(devices, path)
            device_identity.enter(connection, devices, found, device_name)
    return found
