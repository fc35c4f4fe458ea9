"""The whole way by the commands: status, check, install, work in the new version, and back."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.updates.made_programs import NAME, make_portable, make_update, run
from wufei_cells.command_line.main import main
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.signing import release_key
from wufei_cells.store.database import FILE_NAME, open_database
from wufei_cells.store.migrations import CURRENT
from wufei_cells.updates import plan, signatures
from wufei_cells.updates.path_names import RECORD
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import Plan, State
from wufei_cells.updates.record import Record, write_record

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the small programs are scripts of Unix")
AFTER = f"{CURRENT.major + 1}.0"


def settled(program: Path, version: str) -> str:
    """Wait until the helper is done, and ask the program for itself."""
    for _ in range(300):
        if not program.with_name(f"{NAME}-update.json").exists() and program.exists():
            break
        time.sleep(0.05)
    told = run(program, "where").stdout.split(" ", 1)
    assert told[0] == version
    return told[1].strip()


def ask(program: Path, *arguments: str) -> dict:
    told = run(program, "update", *arguments, "--json")
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def schema(register: Path, value: str = "") -> str:
    """The schema of a register; the program of tomorrow would write another."""
    with closing(sqlite3.connect(register)) as connection, connection:
        if value:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (value,))
        return connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()[0]


@pytest.fixture
def portable(program):
    """A portable program with a register."""
    data = make_portable(program)
    open_database(data / "register" / FILE_NAME, device_name="desk").close()
    return program


def test_an_update_and_the_way_back(portable, update_file):
    register = portable / PORTABLE_FOLDER / "register" / FILE_NAME
    done = ask(portable, "install", str(update_file))
    assert (done["from"], done["to"], done["kept"]) == ("0.7.0", "0.8.0", f"{NAME}-before-0.8.0")
    assert settled(portable, "0.8.0") == str(portable / PORTABLE_FOLDER)
    assert schema(register.parent / "backups" / "wufei-before-0.8.0.db") == str(CURRENT)

    schema(register, AFTER)
    refused = run(portable, "update", "back", "--language", "en")
    assert refused.returncode == 1
    assert "cannot open the register" in refused.stdout
    assert "--restore-registers" in refused.stderr
    done = ask(portable, "back", "--restore-registers")
    assert done["to"] == "0.7.0"
    assert settled(portable, "0.7.0") == str(portable / PORTABLE_FOLDER)
    assert schema(register) == str(CURRENT)
    assert schema(Path(done["registers_kept"][0])) == AFTER
    assert (portable.with_name(f"{NAME}-newer-0.8.0") / NAME).exists()


@pytest.fixture
def here(portable, monkeypatch):
    """This process takes itself for the program, version and all."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(portable / NAME))
    monkeypatch.syspath_prepend(portable / "_internal")
    return portable


def test_status_says_what_runs_and_what_is_kept(here, capsys):
    kept = here.with_name(f"{NAME}-before-0.7.0")
    kept.mkdir()
    write_record(Record("0.6.0", "0.7.0", kept.name, NAME, NAME, "5.0", "k", "2026-11-22"), here / RECORD)
    assert main(["update", "status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["version"], status["program"]) == ("0.7.0", str(here))
    assert (status["kept"], status["pending"]) == ({"version": "0.6.0", "folder": kept.name}, None)
    assert main(["update", "status", "--language", "en"]) == 0
    assert "Can go back to 0.6.0" in capsys.readouterr().out


@pytest.mark.parametrize("state", list(State))
def test_status_says_what_became_of_an_update(here, capsys, state):
    failed = "update.not_moved" if state is State.FAILED else ""
    pending = Plan(state, 1, False, "0.7.0", "0.8.0", NAME, "n", "o", NAME, NAME, failed=failed, detail="Zugriff")
    plan.write(pending, Places(here).plan)
    assert main(["update", "status", "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "0.7.0 to 0.8.0" in told
    assert ("Zugriff" in told) == bool(failed)


def test_an_older_update_is_refused_with_every_reason(tmp_path, here, key, capsys):
    older = make_update(tmp_path, "0.6.0", key, platform="windows-x64")
    assert main(["update", "install", str(older), "--language", "zh"]) == 1
    told = capsys.readouterr().err
    assert "这是旧版本 0.6.0" in told
    assert "给 windows-x64 的" in told
    assert {path.name for path in here.parent.iterdir()} == {NAME}


def test_a_program_without_a_kept_version_has_no_way_back(here, capsys):
    assert main(["update", "back"]) == 1
    assert "没有可以换回的版本" in capsys.readouterr().err


def test_a_program_that_is_told_no_keys_takes_no_update(here, update_file, capsys):
    for pem in (here / signatures.FOLDER).iterdir():
        pem.unlink()
    assert main(["update", "install", str(update_file), "--language", "en"]) == 1
    assert "no public keys" in capsys.readouterr().err


def test_from_its_sources_it_checks_and_replaces_nothing(tmp_path, update_file, key, capsys):
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "release.pem").write_bytes(release_key.public_to_pem(key.public))
    newer = make_update(tmp_path, "99.0", key)
    assert main(["update", "check", str(newer), "--release-keys", str(keys), "--language", "en"]) == 0
    assert "runs from its sources" in capsys.readouterr().out
    assert main(["update", "check", str(newer)]) == 1
    assert "公钥" in capsys.readouterr().err
    for command in (["install", str(newer)], ["back"]):
        assert main(["update", *command, "--language", "en"]) == 1
        assert "runs from its sources" in capsys.readouterr().err
    assert main(["update", "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["program"] is None
