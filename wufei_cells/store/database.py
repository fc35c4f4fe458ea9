"""Open the database file: durable settings, schema version, and faults of the machine told apart from our own."""

from __future__ import annotations

import errno
import sqlite3
import uuid
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from wufei_cells.errors import EnvironmentFault, UserError, WufeiError
from wufei_cells.store import migrations, tables

FILE_NAME = "wufei.db"


@dataclass(slots=True)
class Database:
    """One open database. Writing is serialised; reading runs beside it."""

    engine: Engine
    path: Path | None
    device: int
    device_uuid: str
    _writing: Lock

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Give a connection that sees one consistent state."""
        with faults(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Give a transaction: all of it is on disk when the block ends, or none of it."""
        with self._writing, faults(self.path), self.engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_database(path: Path, *, device_name: str) -> Database:
    """Open a database file, creating it when there is none.

    Raises:
        UserError: the file is no database of ours, or was written by a newer version.
        EnvironmentFault: it cannot be read or written.
    """
    with faults(path):
        fresh = not path.exists() or path.stat().st_size == 0
        if not fresh:
            _refuse_strangers(path)
        engine = _engine(path)
        if fresh:
            _create(engine, device_name)
        else:
            migrations.migrate(engine, path)
        number, name = _this_device(engine)
    return Database(engine, path, number, name, Lock())


def memory_database() -> Database:
    """Open an empty database in memory, with the tables and no device: for rebuilding the projection beside the real one."""
    engine = create_engine("sqlite://")
    _manage_transactions(engine)
    _create(engine, "memory")
    number, name = _this_device(engine)
    return Database(engine, None, number, name, Lock())


# --- opening


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
    _manage_transactions(engine)

    @event.listens_for(engine, "connect")
    def durable(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:  # pyright: ignore[reportUnusedFunction]
        # FULL, not NORMAL: with NORMAL the last answers before a power cut could be gone.
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")

    return engine


def _manage_transactions(engine: Engine) -> None:
    """Let this module say BEGIN itself; the driver's own begin is late and lets two writers collide at commit."""

    @event.listens_for(engine, "connect")
    def own_transactions(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:  # pyright: ignore[reportUnusedFunction]
        connection.isolation_level = None


def _refuse_strangers(path: Path) -> None:
    """Look at a file without changing it, and refuse what is not ours."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not {"meta", "act", "device"} <= names:
            raise UserError("store.not_ours", path=str(path))
        version = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        raise _classified(error, path) from error
    finally:
        connection.close()
    migrations.refuse_newer(str(version[0]) if version else "", path)


def _create(engine: Engine, device_name: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        if inspect(connection).has_table("meta"):
            return  # another process was quicker
        tables.journal_metadata.create_all(connection)
        tables.projection_metadata.create_all(connection)
        connection.execute(insert(tables.meta).values(name="schema", value=str(migrations.CURRENT)))
        connection.execute(insert(tables.device).values(id=1, uuid=uuid.uuid4().hex, name=device_name))


def _this_device(engine: Engine) -> tuple[int, str]:
    with engine.connect() as connection:
        row = connection.execute(select(tables.device.c.id, tables.device.c.uuid).order_by(tables.device.c.id)).first()
    assert row is not None
    return int(row[0]), str(row[1])


# --- faults


@contextmanager
def faults(path: Path | None) -> Generator[None]:
    """Turn what the machine and the driver raise into errors with a sentence."""
    try:
        yield
    except WufeiError:
        raise
    except DBAPIError as error:
        original = error.orig if error.orig is not None else error
        known = _classified(original, path)
        if known is original:
            raise
        raise known from error
    except sqlite3.DatabaseError as error:
        known = _classified(error, path)
        if known is error:
            raise
        raise known from error
    except OSError as error:
        raise file_fault(error, path) from error


def file_fault(error: OSError, path: Path | None) -> EnvironmentFault:
    """Say what the operating system refused."""
    place = str(path or error.filename or "")
    codes = {errno.ENOSPC: "store.disk_full", errno.EDQUOT: "store.disk_full", errno.EROFS: "store.read_only"}
    codes |= {errno.EACCES: "store.read_only", errno.EPERM: "store.read_only", errno.ENOENT: "store.no_folder"}
    return EnvironmentFault(codes.get(error.errno or 0, "store.file_failed"), path=place, detail=error.strerror or "")


def _classified(error: BaseException, path: Path | None) -> BaseException:
    message = str(error).lower()
    place = str(path or "")
    for fragment, code in (
        ("readonly", "store.read_only"),
        ("unable to open", "store.read_only"),
        ("disk is full", "store.disk_full"),
        ("disk i/o", "store.disk_failed"),
        ("locked", "store.locked"),
    ):
        if fragment in message:
            return EnvironmentFault(code, path=place)
    for fragment, code in (("not a database", "store.not_a_database"), ("malformed", "store.damaged")):
        if fragment in message:
            return UserError(code, path=place)
    return error


def integrity_problems(connection: Connection) -> tuple[str, ...]:
    """Ask SQLite for damage in the file; nothing when it is sound."""
    try:
        rows = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    except OperationalError as error:
        return (str(error.orig),)
    return () if rows == ["ok"] else tuple(rows)
