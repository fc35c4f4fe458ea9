"""An older database is brought up to date; the file as it was is kept first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store import migrations, settings_store
from wufei_cells.store.database import open_database
from wufei_cells.store.migrations import SchemaVersion

TODAY = migrations.CURRENT
NEXT = SchemaVersion(TODAY.major, TODAY.minor + 1)
THEN = SchemaVersion(TODAY.major, TODAY.minor + 2)
AFTER_NEXT = SchemaVersion(TODAY.major + 1, 0)


def add_color(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE site ADD COLUMN color TEXT NOT NULL DEFAULT 'green'")


def add_shape(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE site ADD COLUMN shape TEXT NOT NULL DEFAULT 'round'")


def stumble(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE site ADD COLUMN half TEXT")
    raise RuntimeError


@pytest.fixture
def older(database, path):
    """A database of today's version, seen by the program of tomorrow."""
    database.close()
    return path


@pytest.fixture
def known_steps(monkeypatch):
    def know(steps: dict[SchemaVersion, migrations.Migration]) -> None:
        monkeypatch.setattr(migrations, "MIGRATIONS", steps)
        monkeypatch.setattr(migrations, "CURRENT", max(steps))

    return know


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(site)")}


def copies(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir() if entry != path)


def test_nothing_is_copied_when_nothing_is_pending(older):
    open_database(older, device_name="desk").close()
    assert copies(older) == []


def test_pending_steps_are_taken_in_order_and_the_file_before_is_kept(older, known_steps):
    before = older.read_bytes()
    known_steps({AFTER_NEXT: add_shape, NEXT: add_color})
    opened = open_database(older, device_name="desk")
    assert settings_store.read(opened, "schema") == str(AFTER_NEXT)
    opened.close()
    assert {"color", "shape"} <= columns(older)
    name = f"wufei.{TODAY}-before-{AFTER_NEXT}.db"
    assert copies(older) == [name]
    copy = older.with_name(name)
    assert not {"color", "shape"} & columns(copy)
    assert len(copy.read_bytes()) == len(before)


def test_the_program_of_before_refuses_what_was_brought_up_to_date(older, known_steps, monkeypatch):
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(migrations, "MIGRATIONS", {AFTER_NEXT: add_shape})
        tomorrow.setattr(migrations, "CURRENT", AFTER_NEXT)
        open_database(older, device_name="desk").close()
    with pytest.raises(UserError) as refused:
        open_database(older, device_name="desk")
    assert refused.value.code == "store.newer"


def test_a_step_that_fails_leaves_the_file_as_it_was(older, known_steps):
    known_steps({NEXT: add_color, THEN: stumble})
    with pytest.raises(RuntimeError):
        open_database(older, device_name="desk")
    assert not {"color", "half"} & columns(older)
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (str(TODAY),)


def test_trying_again_makes_the_same_copy(older, known_steps):
    known_steps({NEXT: add_color, THEN: stumble})
    for _ in range(2):
        with pytest.raises(RuntimeError):
            open_database(older, device_name="desk")
    assert copies(older) == [f"wufei.{TODAY}-before-{THEN}.db"]
    assert "color" not in columns(older.with_name(copies(older)[0]))


def test_who_opens_it_is_told_where_the_copy_is(older, known_steps):
    known_steps({NEXT: add_color})
    opened = open_database(older, device_name="desk")
    assert opened.copied == older.with_name(f"wufei.{TODAY}-before-{NEXT}.db")
    opened.close()
    again = open_database(older, device_name="desk")
    assert again.copied is None
    again.close()


def test_what_a_program_of_a_later_minor_version_wrote_opens_and_stays_its(older):
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (str(NEXT),))
    opened = open_database(older, device_name="desk")
    assert settings_store.read(opened, "schema") == str(NEXT)
    assert opened.copied is None
    opened.close()


def test_without_a_copy_nothing_is_touched(older, known_steps, monkeypatch):
    def no_room(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    known_steps({NEXT: add_color})
    monkeypatch.setattr(migrations, "copy_database", no_room)
    before = older.read_bytes()
    with pytest.raises(EnvironmentFault) as refused:
        open_database(older, device_name="desk")
    assert refused.value.code == "store.disk_full"
    assert older.read_bytes() == before


def test_a_copy_is_one_sound_file_even_while_the_database_is_written(database, path, tmp_path):
    settings_store.write(database, "x", "1")
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    migrations.copy_database(path, tmp_path / "copy.db")
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.name.startswith("copy")) == ["copy.db"]
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'x'").fetchone() == ("1",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
