"""Registers are copied before an update, and a copy goes back into place without the work since then being lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.updates import killing
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store import migrations, settings_store
from wufei_cells.store.database import open_database
from wufei_cells.updates import registers
from wufei_cells.updates.plan import Restore

forked = pytest.mark.skipif(not killing.POSSIBLE, reason="needs a server of forked processes")


@pytest.fixture
def register(tmp_path) -> Path:
    """A register that says of itself that it is the old one."""
    path = tmp_path / "台账" / "wufei.db"
    path.parent.mkdir()
    _write(path, "old")
    return path


def _write(path: Path, word: str) -> None:
    opened = open_database(path, device_name="desk")
    settings_store.write(opened, "word", word)
    opened.close()


def _add_act(connection: sqlite3.Connection) -> None:
    columns = [row[1:] for row in connection.execute("PRAGMA table_info(act)")]
    names = [name for name, _kind, needed, *_rest in columns if needed]
    values = ", ".join("1" for _name in names)
    connection.execute(f"INSERT INTO act ({', '.join(names)}) VALUES ({values})")


def word(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return str(connection.execute("SELECT value FROM meta WHERE name = 'word'").fetchone()[0])


@pytest.fixture
def wanted(register) -> Restore:
    """A copy from before the update, and a register with work since."""
    kept = registers.back_up(register, "0.8.0")
    _write(register, "new")
    return Restore(str(register), str(kept.backup), str(registers.kept_name(register, "0.8.0")))


def test_the_copy_lies_beside_the_register_and_is_read_back(register):
    kept = registers.back_up(register, "0.8.0")
    assert kept.backup == register.parent / "backups" / "wufei-before-0.8.0.db"
    assert kept.content == registers.look(register)
    assert word(kept.backup) == "old"


def test_no_copy_is_written_over(register):
    first = registers.back_up(register, "0.8.0")
    second = registers.back_up(register, "0.8.0")
    assert second.backup.name == "wufei-before-0.8.0-2.db"
    assert first.backup.exists()


def test_what_is_still_in_the_log_is_in_the_copy(register):
    opened = open_database(register, device_name="desk")
    settings_store.write(opened, "word", "just now")
    kept = registers.back_up(register, "0.8.0")
    opened.close()
    assert word(kept.backup) == "just now"


def test_a_damaged_register_stops_the_update(register):
    with register.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (register.stat().st_size - 4096))
    with pytest.raises((UserError, EnvironmentFault)):
        registers.back_up(register, "0.8.0")


def test_what_is_no_register_stops_the_update(tmp_path):
    with closing(sqlite3.connect(tmp_path / "other.db")) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    with pytest.raises(UserError, match=r"store\.not_ours"):
        registers.back_up(tmp_path / "other.db", "0.8.0")


def test_a_copy_that_differs_is_thrown_away(register, monkeypatch):
    def copy_half(_source: Path, target: Path) -> None:
        with closing(sqlite3.connect(target)) as connection, connection:
            connection.execute("CREATE TABLE act (id INTEGER)")

    with closing(sqlite3.connect(register)) as connection, connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        _add_act(connection)
    monkeypatch.setattr(migrations, "copy_database", copy_half)
    with pytest.raises(EnvironmentFault, match=r"store\.copy_differs"):
        registers.back_up(register, "0.8.0")
    assert not list((register.parent / "backups").iterdir())


def test_going_back_keeps_the_register_as_it_is_now_beside(wanted):
    registers.restore(wanted)
    assert word(Path(wanted.register)) == "old"
    assert word(Path(wanted.newer)) == "new"
    assert Path(wanted.newer).name == "wufei.written-by-0.8.0.db"
    opened = open_database(Path(wanted.register), device_name="desk")
    opened.close()


def test_a_register_that_somebody_has_open_stays(wanted):
    opened = open_database(Path(wanted.register), device_name="desk")
    with opened.reading(), pytest.raises(EnvironmentFault, match=r"store\.locked"):
        registers.restore(wanted)
    opened.close()
    assert word(Path(wanted.register)) == "new"


@forked
def test_killed_before_any_step_of_going_back_one_register_stands_and_both_are_there(wanted, tmp_path):
    register, backup, newer = Path(wanted.register), Path(wanted.backup), Path(wanted.newer)
    now, then = register.read_bytes(), backup.read_bytes()
    for number in count():
        register.write_bytes(now)
        newer.unlink(missing_ok=True)
        cut = killing.killed_before(number, killing.restore, register.parent, wanted)
        assert word(register) in ("old", "new")
        assert backup.read_bytes() == then
        assert word(register) == "new" or word(newer) == "new"
        registers.restore(wanted)  # and it can be done again
        assert (word(register), word(newer)) == ("old", "new")
        if not cut:
            break
    assert number > 3
