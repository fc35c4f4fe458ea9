"""A program that is killed while it brings a register up to date leaves the old one whole, or the new one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.samples.registers import SAMPLES
from tests.updates import killing
from wufei_cells.store import migrations
from wufei_cells.store.database import FILE_NAME, open_database

pytestmark = pytest.mark.skipif(not killing.POSSIBLE, reason="needs a server of forked processes")
EARLIER = sorted(path.stem.removeprefix("register-") for path in SAMPLES.glob("register-*.sql"))
FIRST_AND_LAST = (EARLIER[0], EARLIER[-1])


def acts(path: Path) -> tuple[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        version = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0]
        return str(version), connection.execute("SELECT device, seq, value FROM act ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize("earlier", FIRST_AND_LAST)
def test_killed_at_many_moments_it_is_whole_and_opens_the_next_time(tmp_path, earlier):
    script = (SAMPLES / f"register-{earlier}.sql").read_text("utf-8")
    seen: set[str] = set()
    number = 0
    while True:
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / FILE_NAME
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(script)
        before = acts(path)
        if not killing.killed_while_opening(path, number):
            break
        version, now = acts(path)
        assert version in (earlier, str(migrations.CURRENT))
        assert now == before[1]
        seen.add(version)
        opened = open_database(path, device_name="desk")
        opened.close()
        version, now = acts(path)
        assert (version, now) == (str(migrations.CURRENT), before[1])
        copy = folder / f"wufei.{earlier}-before-{migrations.CURRENT}.db"
        assert not copy.exists() or acts(copy) == before
        number = number * 3 + 1
    assert number > 20
    assert earlier in seen
