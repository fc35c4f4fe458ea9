"""The registers that a person works in: a checked copy of each before an update, and the way back to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store.faults import faults
from wufei_cells.store.migrations import copy_checked, copy_database
from wufei_cells.updates.plan import Restore, settle

FOLDER = "backups"


@dataclass(frozen=True, slots=True)
class Content:
    """What a register states of itself."""

    schema: str
    acts: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A register and the copy of it that was made before an update."""

    register: Path
    backup: Path
    content: Content
    """Of the copy."""


def look(register: Path) -> Content:
    """Read the schema of a register and count what was ever written into it.

    Raises:
        UserError: it cannot be read as a register.
        EnvironmentFault: the machine does not let it be read.
    """
    with faults(register), closing(sqlite3.connect(f"{register.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        try:
            schema = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
            acts = connection.execute("SELECT count(*) FROM act").fetchone()
        except sqlite3.OperationalError as error:
            if "no such" in str(error):
                raise UserError("store.not_ours", path=str(register)) from error
            raise
    return Content(str(schema[0]) if schema else "", int(acts[0]))


def back_up(register: Path, version: str) -> Kept:
    """Copy a register before an update to a version, and read the copy.

    Raises:
        UserError: the register is damaged, or none of ours.
        EnvironmentFault: the disk does not take the copy, or gives back something else.
    """
    look(register)
    backup = _free(register.parent / FOLDER, f"{register.stem}-before-{version}", register.suffix)
    with faults(backup):
        backup.parent.mkdir(exist_ok=True)
        copy_checked(register, backup)
    return Kept(register, backup, look(backup))


def restore(wanted: Restore) -> None:
    """Put the copy of a register in its place; the register as it is is kept beside it first.

    Raises:
        UserError: one of them is damaged.
        EnvironmentFault: somebody has the register open, or the disk is full; then nothing has changed.
    """
    register, backup, newer = Path(wanted.register), Path(wanted.backup), Path(wanted.newer)
    look(backup)
    with faults(register):
        if not newer.exists():
            copy_database(register, newer)
        coming = register.with_name(f"{register.name}.coming")
        copy_database(backup, coming)
        _close_log(register)
        coming.replace(register)
        settle(register.parent)


def kept_name(register: Path, version: str) -> Path:
    """Give a free name for a register that a newer version wrote."""
    return _free(register.parent, f"{register.stem}.written-by-{version}", register.suffix)


def _close_log(register: Path) -> None:
    """Bring everything into the one file: a log that stays behind would be read into the register that comes."""
    with closing(sqlite3.connect(register, timeout=2)) as connection:
        mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    if mode != ("delete",) or register.with_name(f"{register.name}-wal").exists():
        raise EnvironmentFault("store.locked", path=str(register))


def _free(folder: Path, stem: str, ending: str) -> Path:
    wanted = folder / f"{stem}{ending}"
    number = 2
    while wanted.exists():
        wanted = folder / f"{stem}-{number}{ending}"
        number += 1
    return wanted
