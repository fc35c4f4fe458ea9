"""Disks that are full or read-only: nothing is half-written, and the error says what it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from tests.samples.disks import fill, read_only, small_disk
from wufei_cells.errors import EnvironmentFault
from wufei_cells.store import migrations, settings_store, tables
from wufei_cells.store.database import FILE_NAME, Database, integrity_problems, open_database

ROWS = [{"id": f"{number:032}", "name": "名" * 400} for number in range(100)]


def site_names(database: Database) -> int:
    with database.reading() as connection:
        assert integrity_problems(connection) == ()
        return len(connection.execute(select(tables.site)).all())


def test_a_write_that_does_not_fit_is_not_there_and_later_ones_are(tmp_path):
    with small_disk(tmp_path / "disk", 1500) as disk:
        database = open_database(disk / FILE_NAME, device_name="desk")
        settings_store.write(database, "kept", "yes")
        filler = fill(disk, leaving=20_000)
        with pytest.raises(EnvironmentFault) as refused, database.writing() as connection:
            connection.execute(insert(tables.site), ROWS)
        assert refused.value.code == "store.disk_full"
        assert refused.value.values["path"] == str(disk / FILE_NAME)
        assert site_names(database) == 0
        assert settings_store.read(database, "kept") == "yes"
        filler.unlink()
        with database.writing() as connection:
            connection.execute(insert(tables.site), ROWS)
        database.close()
        database = open_database(disk / FILE_NAME, device_name="desk")
        assert site_names(database) == len(ROWS)
        database.close()


def test_every_transaction_that_was_answered_is_there_when_the_disk_fills_up(tmp_path):
    with small_disk(tmp_path / "disk", 1200) as disk:
        database = open_database(disk / FILE_NAME, device_name="desk")
        answered: list[int] = []
        with pytest.raises(EnvironmentFault) as refused:
            write_until_it_fails(database, answered)
        assert refused.value.code == "store.disk_full"
        database.close()
        content = (disk / FILE_NAME).read_bytes()
        log = disk / f"{FILE_NAME}-wal"
        (tmp_path / FILE_NAME).write_bytes(content)
        if log.exists():
            (tmp_path / log.name).write_bytes(log.read_bytes())
    database = open_database(tmp_path / FILE_NAME, device_name="desk")
    assert 0 < len(answered) == site_names(database)
    database.close()


def write_until_it_fails(database: Database, answered: list[int]) -> None:
    """Write a row at a time, noting each that was answered."""
    for number in range(5000):
        with database.writing() as connection:
            connection.execute(insert(tables.site).values(id=f"{number:032}", name="名" * 200))
        answered.append(number)


def test_no_database_is_begun_where_there_is_no_room(tmp_path):
    with small_disk(tmp_path / "disk", 200) as disk:
        filler = fill(disk, leaving=8192)
        with pytest.raises(EnvironmentFault) as refused:
            open_database(disk / FILE_NAME, device_name="desk")
        assert refused.value.code == "store.disk_full"
        filler.unlink()
    with small_disk(tmp_path / "disk", 4000) as disk:
        open_database(disk / FILE_NAME, device_name="desk").close()


def test_what_was_begun_without_room_is_finished_once_there_is_some(tmp_path):
    with small_disk(tmp_path / "disk", 1500) as disk:
        filler = fill(disk, leaving=30_000)
        with pytest.raises(EnvironmentFault):
            open_database(disk / FILE_NAME, device_name="desk")
        filler.unlink()
        database = open_database(disk / FILE_NAME, device_name="desk")
        assert settings_store.read(database, "schema") == str(migrations.CURRENT)
        database.close()


def test_a_copy_before_a_migration_is_whole_or_not_there(tmp_path):
    with small_disk(tmp_path / "disk", 1500) as disk:
        database = open_database(disk / FILE_NAME, device_name="desk")
        with database.writing() as connection:
            connection.execute(insert(tables.site), ROWS)
        database.close()
        fill(disk, leaving=60_000)
        with pytest.raises(Exception, match="full"):
            migrations.copy_database(disk / FILE_NAME, disk / "copy.db")
        assert [entry.name for entry in disk.iterdir() if entry.name.startswith("copy")] == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import insert
from wufei_cells.errors import EnvironmentFault
from wufei_cells.store import tables
from wufei_cells.store.database import open_database

database = open_database(Path(sys.argv[1]), device_name="desk")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
try:
    for number in range(5000):
        with database.writing() as connection:
            connection.execute(insert(tables.site).values(id=f"{number:032}", name="x" * 300))
        print(number, flush=True)
except EnvironmentFault as fault:
    print(fault.code, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_that_may_not_grow_loses_nothing_that_was_answered(path):
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True)
    *numbers, code = done.stdout.split()
    assert code == "store.disk_failed"
    database = open_database(path, device_name="desk")
    assert site_names(database) == len(numbers) > 0
    database.close()


# --- read-only


def test_a_read_only_file_can_be_read_and_says_so_when_written(database, path):
    settings_store.write(database, "x", "1")
    database.close()
    before = path.read_bytes()
    with read_only(path):
        opened = open_database(path, device_name="desk")
        assert settings_store.read(opened, "x") == "1"
        with pytest.raises(EnvironmentFault) as refused:
            settings_store.write(opened, "x", "2")
        assert refused.value.code == "store.read_only"
        opened.close()
    assert path.read_bytes() == before


def test_in_a_read_only_folder_no_database_is_begun(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with read_only(folder):
        with pytest.raises(EnvironmentFault) as refused:
            open_database(folder / FILE_NAME, device_name="desk")
        assert refused.value.code == "store.read_only"
        assert refused.value.values["path"] == str(folder / FILE_NAME)
        assert list(folder.iterdir()) == []


def test_a_database_in_a_read_only_folder_is_refused_and_unchanged(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    open_database(folder / FILE_NAME, device_name="desk").close()
    before = (folder / FILE_NAME).read_bytes()
    with read_only(folder), pytest.raises(EnvironmentFault) as refused:
        open_database(folder / FILE_NAME, device_name="desk")
    assert refused.value.code == "store.read_only"
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_newer_database_is_recognized_even_where_nothing_can_be_written(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    database = open_database(folder / FILE_NAME, device_name="desk")
    settings_store.write(database, "schema", "9.0")
    database.close()
    with read_only(folder), pytest.raises(Exception, match=r"store\.newer"):
        open_database(folder / FILE_NAME, device_name="desk")


def test_a_folder_that_goes_away_while_the_database_is_open(database, path: Path):
    database.close()
    path.unlink()
    path.parent.rename(path.parent.with_name("elsewhere"))
    with pytest.raises(EnvironmentFault) as refused:
        settings_store.write(database, "x", "1")
    assert refused.value.code == "store.no_folder"
    path.parent.with_name("elsewhere").rename(path.parent)
