"""The databases of simulated exchanges."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store import device_identity
from wufei_cells.store.database import FILE_NAME, Database, open_database


class Desks:
    """Databases that are used for one history after the other: making them takes longer than a history."""

    def __init__(self, folder: Path, count: int) -> None:
        self._folder = folder
        self._keys = folder / "keys"
        self._made_keys = 0
        self.databases = [self._made(folder / str(number)) for number in range(count)]
        self._blank = [_kept(database) for database in self.databases]
        self._copies: list[Database] = []

    def _made(self, folder: Path) -> Database:
        folder.mkdir()
        return self._opened(folder)

    def _opened(self, folder: Path) -> Database:
        with _keys_by_number(self._made_keys):
            self._made_keys += 1
            return open_database(folder / FILE_NAME, device_name=folder.name, devices=self._keys)

    def cleared(self) -> list[Database]:
        """Give the databases as they were when they were made."""
        self._drop_copies()
        for database, blank in zip(self.databases, self._blank, strict=True):
            with _driver(database) as raw:
                blank.backup(raw)
        return list(self.databases)

    def copied(self, database: Database) -> Database:
        """Copy a register on this machine, as a person would who does not think of sync, and open the copy."""
        folder = self._folder / f"copy-{len(self._copies)}"
        folder.mkdir()
        with _driver(database) as raw, closing(sqlite3.connect(folder / FILE_NAME)) as target:
            raw.backup(target)
        self._copies.append(self._opened(folder))
        return self._copies[-1]

    def close(self) -> None:
        """Close them all."""
        self._drop_copies()
        for database in self.databases:
            database.close()

    def _drop_copies(self) -> None:
        for database in self._copies:
            database.close()
            for file in database.path.parent.iterdir():
                file.unlink()
            database.path.parent.rmdir()
            self._made_keys -= 1
        self._copies.clear()


def _kept(database: Database) -> sqlite3.Connection:
    kept = sqlite3.connect(":memory:")
    with _driver(database) as raw:
        raw.backup(kept)
    return kept


@contextmanager
def _keys_by_number(number: int) -> Generator[None]:
    """Let the next device have a key that says nothing but a number: what fails must fail again in the same way."""
    made = device_identity.generate
    device_identity.generate = lambda: SigningKey(bytes([100 + number]) * 32)
    try:
        yield
    finally:
        device_identity.generate = made


@contextmanager
def _driver(database: Database) -> Generator[sqlite3.Connection]:
    pooled = database.engine.raw_connection()
    try:
        raw = pooled.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        yield raw
    finally:
        pooled.close()
