"""Bring an older database up to date, one recorded step after the other, on a copy-first basis."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, update

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store import tables
from wufei_cells.store.device_identity import KEYLESS
from wufei_cells.store.projection import rebuild


@dataclass(frozen=True, slots=True, order=True)
class SchemaVersion:
    """Major: older programs must not open it. Minor: they may."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


CURRENT = SchemaVersion(6, 0)

APPLICATION_ID = b"WFCB"
"""Stands in the head of our database files."""

Migration = Callable[[Connection], None]


def sign(connection: Connection) -> None:
    """Write into the head of the file whose it is, so that it is known without being opened."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {int.from_bytes(APPLICATION_ID)}")


def _as_today(connection: Connection) -> None:
    """Give the journal the tables and columns of today, and make the readable tables anew."""
    sign(connection)
    tables.journal_metadata.create_all(connection)
    if "aside" not in {column["name"] for column in inspect(connection).get_columns("act")}:
        connection.exec_driver_sql("ALTER TABLE act ADD COLUMN aside VARCHAR")
        first = select(tables.device.c.uuid).order_by(tables.device.c.id).limit(1).scalar_subquery()
        connection.execute(insert(tables.meta).values(name=KEYLESS, value=first))
    for index in tables.act_indexes:
        index.create(connection, checkfirst=True)
    rebuild(connection)


MIGRATIONS: dict[SchemaVersion, Migration] = {
    # Each is a version whose registers a program of before must not open any more.
    SchemaVersion(2, 0): _as_today,  # it would hold answers to an earlier edition against the rules of a later one
    SchemaVersion(3, 0): _as_today,  # it would answer over bases, and take a sheet of one column for the assessment
    SchemaVersion(4, 0): _as_today,  # it would count withdrawn certificates, and hand out numbers of other devices
    SchemaVersion(5, 0): _as_today,  # it would count acts set aside, and write under the id of a device without a key
    SchemaVersion(6, 0): _as_today,  # it would leave targets, follow-ups and visits that arrive in no table
}
"""By the version each leads to. Each is tried in the tests on a real file of the version before."""


def refuse_newer(written: str, path: Path) -> SchemaVersion:
    """Read the version a file states.

    Raises:
        UserError: it cannot be read, or a newer program wrote it.
    """
    try:
        version = SchemaVersion(*(int(part) for part in written.split(".")))
    except (TypeError, ValueError):
        raise UserError("store.damaged", path=str(path)) from None
    if version.major > CURRENT.major:
        raise UserError("store.newer", path=str(path), found=str(version), known=str(CURRENT))
    return version


def migrate(engine: Engine, path: Path) -> Path | None:
    """Apply what is pending, all of it or nothing; the file as it was is kept beside it first.

    Returns:
        the copy of the file as it was; ``None`` where nothing was pending.

    Raises:
        EnvironmentFault: the copy is not what was copied; nothing was touched.
    """
    with engine.connect() as connection:
        version = _written_version(connection, path)
    pending = sorted(step for step in MIGRATIONS if step > version)
    if not pending:
        return None
    kept = path.with_name(f"{path.stem}.{version}-before-{pending[-1]}{path.suffix}")
    copy_checked(path, kept)
    with engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        reached = _written_version(connection, path)
        for step in pending:
            if step > reached:  # else another process was quicker
                MIGRATIONS[step](connection)
        written = str(max(reached, pending[-1]))
        connection.execute(update(tables.meta).where(tables.meta.c.name == "schema").values(value=written))
    return kept


def _written_version(connection: Connection, path: Path) -> SchemaVersion:
    written = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == "schema")).scalar_one()
    return refuse_newer(str(written), path)


def copy_checked(path: Path, target: Path) -> None:
    """Copy a database and read the copy.

    Raises:
        EnvironmentFault: the disk gave back something else; the copy is thrown away.
    """
    before = _acts(path)
    copy_database(path, target)
    with closing(sqlite3.connect(target)) as connection:
        sound = [row[0] for row in connection.execute("PRAGMA quick_check")] == ["ok"]
    if not sound or _acts(target) < before:  # others may write while it is copied
        target.unlink(missing_ok=True)
        raise EnvironmentFault("store.copy_differs", path=str(path))


def _acts(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM act").fetchone()[0])


def copy_database(path: Path, target: Path) -> None:
    """Copy a database as one consistent file, whatever else has it open: whole under its name, or not there at all."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
