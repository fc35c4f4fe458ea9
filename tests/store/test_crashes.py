"""Killed programs and programs side by side: what was answered is there, and the file is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from wufei_cells.store import ledger, tables
from wufei_cells.store.database import FILE_NAME, Database, integrity_problems, open_database

WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from wufei_cells.store.database import open_database
from wufei_cells.store.journal import Draft, append

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
database = open_database(path, device_name="desk")
for number in range(count):
    answer = {"value": str(number), "na": None, "note": "备注" * 40, "entry": "hash"}
    drafts = [
        Draft("answer", "assessment", f"answer.{name}{number % 7}", answer),
        Draft("site", "site", "note", f"{name}{number}"),
    ]
    with database.writing() as connection:
        written = append(database, connection, drafts, author=name, at=datetime.now(UTC))
    print(*(act.act.seq for act in written), flush=True)
"""

OPENER = """
import sys
from pathlib import Path
from wufei_cells.store.database import open_database
import sqlalchemy.dialects.sqlite

print("ready", flush=True)
sys.stdin.readline()
for number in range(1000):
    folder = Path(sys.argv[1]) / str(number)
    folder.mkdir()
    open_database(folder / "wufei.db", device_name="desk").close()
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def killed_after(process: subprocess.Popen[str], seconds: float) -> list[int]:
    """Kill without warning; give the numbers of the acts that were answered before."""
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    answered, _errors = process.communicate()
    assert process.returncode == -signal.SIGKILL
    whole = answered[: answered.rfind("\n") + 1]
    return [int(number) for number in whole.split()]


def acts(database: Database) -> set[int]:
    with database.reading() as connection:
        assert integrity_problems(connection) == ()
        assert ledger.projection_differences(connection) == ()
        return set(connection.execute(select(tables.act.c.seq)).scalars())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_program_loses_nothing_that_was_answered_and_leaves_no_half_transaction(path):
    chance = random.Random(1)
    answered: set[int] = set()
    for _ in range(4):
        writer = start(WRITER, path, "a", 100_000)
        go(writer)
        answered |= set(killed_after(writer, 0.25 + chance.random() / 4))
        database = open_database(path, device_name="desk")
        found = acts(database)
        database.close()
        assert answered <= found
        assert found == set(range(1, len(found) + 1))
        assert len(found) % 2 == 0  # two acts were written together each time
    assert len(answered) > 50


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_program_killed_while_it_makes_databases_leaves_none_that_cannot_be_opened(tmp_path):
    for turn in range(3):
        folder = tmp_path / str(turn)
        folder.mkdir()
        opener = start(OPENER, folder)
        go(opener)
        killed_after(opener, 0.15 + turn / 10)
        made = list(folder.iterdir())
        assert made
        for entry in made:
            open_database(entry / FILE_NAME, device_name="desk").close()


def test_two_programs_that_make_and_write_one_database_at_once_lose_nothing(path: Path):
    writers = [start(WRITER, path, name, 60) for name in ("a", "b", "c")]
    go(*writers)
    answered: list[int] = []
    for writer in writers:
        output, _errors = writer.communicate(timeout=120)
        assert writer.returncode == 0
        answered += [int(number) for number in output.split()]
    assert sorted(answered) == list(range(1, 3 * 60 * 2 + 1))
    database = open_database(path, device_name="desk")
    assert acts(database) == set(answered)
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.device)).scalar() == 1
        # Each replaced what stood, so nothing is in conflict although nobody waited for anybody.
        assert connection.execute(select(tables.conflict)).all() == []
    database.close()
