"""Opening a database: durable, whole, and refusing what is not ours without touching it."""

from __future__ import annotations

import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store import migrations, settings_store, tables
from wufei_cells.store.database import FILE_NAME, integrity_problems, open_database


def bare(path: Path, *statements: str) -> None:
    """Write to a database without our code."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def refusal(path: Path, kind: type[UserError | EnvironmentFault] = UserError) -> str:
    """Open a file that cannot be opened; give the code, after checking that not one byte of it changed."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(kind) as refused:
        open_database(path, device_name="desk")
    assert refused.value.values["path"] == str(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    return refused.value.code


# --- durability


def test_every_connection_is_in_wal_mode_with_full_synchronization(the_disk_is_waited_for, database):
    for _ in range(3):
        with database.reading() as one, database.reading() as other:
            for connection in (one, other):
                assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
                assert connection.execute(text("PRAGMA synchronous")).scalar() == 2
                assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
                assert connection.execute(text("PRAGMA trusted_schema")).scalar() == 0


def test_a_failed_transaction_leaves_nothing(database):
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(insert(tables.site).values(id="s1", name="甲"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as connection:
        assert connection.execute(select(tables.site)).all() == []


def test_a_reader_sees_one_state_while_others_write(database):
    with database.reading() as reader:
        assert reader.execute(select(tables.site)).all() == []
        settings_store.write(database, "x", "1")
        with database.writing() as writer:
            writer.execute(insert(tables.site).values(id="s1", name="甲"))
        assert reader.execute(select(tables.site)).all() == []
        assert reader.execute(select(tables.meta.c.value).where(tables.meta.c.name == "x")).all() == []
    with database.reading() as reader:
        assert len(reader.execute(select(tables.site)).all()) == 1


def test_many_threads_may_read_and_write_one_database(database):
    def work(number: int) -> None:
        for turn in range(10):
            settings_store.write(database, f"{number}", f"{turn}")
            assert settings_store.read(database, f"{number}") == f"{turn}"

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [settings_store.read(database, f"{number}") for number in range(6)] == ["9"] * 6


def test_a_sound_file_has_no_problems_and_a_damaged_one_is_described(database, path):
    with database.writing() as connection:
        rows = [{"id": f"{number:032}", "name": "名" * 400} for number in range(300)]
        connection.execute(insert(tables.site), rows)
    with database.reading() as connection:
        assert integrity_problems(connection) == ()
    database.close()
    content = bytearray(path.read_bytes())
    for page in range(len(content) // 4096 // 2, len(content) // 4096):
        content[page * 4096 + 8 : page * 4096 + 200] = b"\xff" * 192
    path.write_bytes(content)
    damaged = open_database(path, device_name="desk")
    with damaged.reading() as connection:
        assert integrity_problems(connection)
    with pytest.raises(UserError) as refused, damaged.reading() as connection:
        connection.execute(select(tables.site)).all()
    damaged.close()
    assert refused.value.code == "store.damaged"


# --- opening


def test_a_new_database_knows_its_version_and_its_device(database, path):
    assert settings_store.read(database, "schema") == str(migrations.CURRENT)
    again = open_database(path, device_name="another name")
    assert again.device_uuid == database.device_uuid
    again.close()


def test_two_new_databases_are_two_devices(database, tmp_path):
    (tmp_path / "other").mkdir()
    other = open_database(tmp_path / "other" / FILE_NAME, device_name="desk")
    assert other.device_uuid != database.device_uuid
    other.close()


@pytest.mark.parametrize("name", ["空格 与中文", "what?", "50%20off", "a#b", "semi;colon", "it's"])
def test_the_folder_may_have_any_name(tmp_path, name):
    if "?" in name and sys.platform == "win32":
        pytest.skip("Windows has no such names")
    folder = tmp_path / name
    folder.mkdir()
    for _ in range(2):
        open_database(folder / FILE_NAME, device_name="desk").close()
    assert [entry.name for entry in folder.iterdir()] == [FILE_NAME]
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("left", [b"", None], ids=["an empty file", "an empty database"])
def test_what_a_start_that_was_cut_short_left_is_begun_again(path, left):
    if left is None:
        bare(path, "PRAGMA journal_mode=WAL", "CREATE TABLE t (x)", "DROP TABLE t")
    else:
        path.write_bytes(left)
    opened = open_database(path, device_name="desk")
    assert settings_store.read(opened, "schema") == str(migrations.CURRENT)
    opened.close()


def test_a_file_that_is_no_database_is_refused(path):
    path.write_bytes("单位,得分\n甲,90\n".encode() * 50)
    assert refusal(path) == "store.not_a_database"


def test_a_short_text_is_no_database_either(path):
    path.write_text("hello")
    assert refusal(path) == "store.not_a_database"


def test_a_folder_in_its_place_is_no_database(path):
    path.mkdir()
    assert refusal(path) == "store.not_a_database"


def test_the_database_of_another_program_is_refused(path):
    bare(path, "CREATE TABLE bookmarks (url TEXT)", "INSERT INTO bookmarks VALUES ('x')")
    assert refusal(path) == "store.not_ours"


def test_tables_of_our_names_with_other_columns_are_not_ours(path):
    bare(path, "CREATE TABLE meta (x)", "CREATE TABLE act (x)", "CREATE TABLE device (x)")
    assert refusal(path) == "store.not_ours"


@pytest.mark.parametrize("length", [1, 100, 1024, 4096, 8192])
def test_a_truncated_file_is_refused(database, path, length):
    database.close()
    path.write_bytes(path.read_bytes()[:length])
    assert refusal(path) in ("store.damaged", "store.not_a_database")


def test_a_file_without_its_version_is_damaged(database, path):
    database.close()
    bare(path, "DELETE FROM meta WHERE name = 'schema'")
    assert refusal(path) == "store.damaged"


@pytest.mark.parametrize("written", ["", "one", "1", "1.2.3", "1.x"])
def test_a_version_that_cannot_be_read_is_damage(database, path, written):
    database.close()
    bare(path, f"UPDATE meta SET value = '{written}' WHERE name = 'schema'")
    assert refusal(path) == "store.damaged"


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(EnvironmentFault) as refused:
        open_database(tmp_path / "nowhere" / FILE_NAME, device_name="desk")
    assert refused.value.code == "store.no_folder"


# --- versions


def test_a_database_of_a_newer_version_is_refused_with_both_versions(database, path):
    database.close()
    newer = f"{migrations.CURRENT.major + 1}.0"
    bare(path, f"UPDATE meta SET value = '{newer}' WHERE name = 'schema'")
    assert refusal(path) == "store.newer"
    with pytest.raises(UserError) as refused:
        open_database(path, device_name="desk")
    assert refused.value.values == {
        "path": str(path),
        "found": newer,
        "known": str(migrations.CURRENT),
    }
    assert [entry.name for entry in path.parent.iterdir()] == [FILE_NAME]


def test_a_newer_minor_version_is_opened(database, path):
    database.close()
    newer = f"{migrations.CURRENT.major}.9"
    bare(path, f"UPDATE meta SET value = '{newer}' WHERE name = 'schema'")
    opened = open_database(path, device_name="desk")
    assert settings_store.read(opened, "schema") == newer
    opened.close()


def test_half_a_character_is_refused_and_not_a_crash(database):
    with pytest.raises(UserError) as refused, database.writing() as connection:
        connection.execute(insert(tables.site).values(id="s1", name="\ud800"))
    assert refused.value.code == "file.surrogate"
