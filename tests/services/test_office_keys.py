"""The office's keys: announced in the register, kept beside it, opened only with the passphrase."""

from __future__ import annotations

import stat
from datetime import date

import pytest

from tests.samples.registers import open_register
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.services import checking, office_keys
from wufei_cells.signing import key_file
from wufei_cells.signing.announcements import read_announcements
from wufei_cells.signing.trust import trust_in

PASSPHRASE, OTHER = "一二三四五六七八", "另一个足够长的口令"


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The strength of the passphrase's protection is tested with the file itself."""
    monkeypatch.setattr(key_file, "ROUNDS", 1_000)


@pytest.fixture
def key(workspace):
    return office_keys.make_key(workspace, PASSPHRASE)


def files(workspace):
    folder = workspace.database.path.parent / office_keys.FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def refused(action, *arguments, **how):
    with pytest.raises(UserError) as found:
        action(*arguments, **how)
    return found.value.code


def test_a_key_is_announced_and_its_file_is_its_owners_alone(workspace, key):
    [row] = office_keys.list_keys(workspace)
    assert (row.id, row.since, row.until, row.predecessor) == (key.id, date(2026, 11, 2), None, None)
    assert (row.issuer, row.present) == ("山城市无废办", True)
    path = workspace.database.path.parent / "keys" / f"office-{key.id}.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert office_keys.unlock(workspace, PASSPHRASE).public == key.public
    assert office_keys.unlock(workspace, PASSPHRASE, key=key.id[:6]).id == key.id
    assert checking.doctor(workspace).sound


def test_the_secret_never_enters_the_register(workspace, key):
    workspace.close()
    written = b"".join(path.read_bytes() for path in workspace.database.path.parent.iterdir() if path.is_file())
    assert key.public != key.secret()
    assert key.secret() not in written
    assert key.secret().hex().encode() not in written


def test_there_is_one_first_key(workspace, key):
    assert refused(office_keys.make_key, workspace, PASSPHRASE) == "office_key.already"
    assert files(workspace) == [f"office-{key.id}.pem"]


def test_a_weak_passphrase_makes_no_key(workspace):
    assert refused(office_keys.make_key, workspace, "1234567") == "office_key.short_passphrase"
    assert (office_keys.list_keys(workspace), files(workspace)) == ((), [])


def test_a_key_whose_file_cannot_be_written_is_not_announced(workspace):
    (workspace.database.path.parent / office_keys.FOLDER).write_text("in the way")
    with pytest.raises(EnvironmentFault, match=r"file\.not_writable"):
        office_keys.make_key(workspace, PASSPHRASE)
    assert office_keys.list_keys(workspace) == ()


def test_a_wrong_passphrase_opens_nothing(workspace, key):
    assert refused(office_keys.unlock, workspace, OTHER) == "office_key.wrong_passphrase"


def test_another_key_takes_over_and_the_old_one_stays_announced(workspace, key, clock):
    clock.forward(days=400)
    later = office_keys.succeed(workspace, key, OTHER)
    old, new = office_keys.list_keys(workspace)
    assert (old.id, old.until) == (key.id, new.since)
    assert (new.id, new.predecessor, new.until) == (later.id, key.id, None)
    assert office_keys.unlock(workspace, OTHER).id == later.id
    assert office_keys.unlock(workspace, PASSPHRASE, key=key.id).id == key.id
    assert refused(office_keys.succeed, workspace, key, OTHER) == "office_key.given_up"


def test_a_key_cannot_take_over_before_the_one_it_follows(workspace, key):
    code = refused(office_keys.succeed, workspace, key, OTHER, since=date(2026, 11, 1))
    assert code == "office_key.before_predecessor"
    assert len(files(workspace)) == 1


def test_a_machine_without_the_file_cannot_sign_until_it_is_brought(workspace, key, tmp_path):
    copy = office_keys.export_key(workspace, tmp_path / "备份.pem")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (workspace.database.path.parent / "keys" / f"office-{key.id}.pem").unlink()
    assert not office_keys.list_keys(workspace)[0].present
    assert refused(office_keys.unlock, workspace, PASSPHRASE) == "office_key.no_file"
    assert refused(office_keys.export_key, workspace, tmp_path / "x.pem") == "office_key.no_file"
    assert refused(office_keys.import_key, workspace, copy.read_bytes(), OTHER) == "office_key.wrong_passphrase"
    assert office_keys.import_key(workspace, copy.read_bytes(), PASSPHRASE).id == key.id
    assert office_keys.unlock(workspace, PASSPHRASE).id == key.id


def test_a_key_that_the_register_does_not_know_is_refused_or_introduced(workspace, key, clock, tmp_path):
    content = office_keys.export_key(workspace, tmp_path / "copy.pem").read_bytes()
    folder = tmp_path / "another"
    folder.mkdir()
    other = open_register(folder, clock)
    assert refused(office_keys.import_key, other, content, PASSPHRASE) == "office_key.not_announced"
    assert files(other) == []
    office_keys.import_key(other, content, PASSPHRASE, introduce=True)
    assert [row.id for row in office_keys.list_keys(other)] == [key.id]
    other.close()


def test_a_backup_is_not_written_over_a_register(workspace, key):
    assert refused(office_keys.export_key, workspace, workspace.database.path) == "file.is_register"


def test_what_is_announced_is_handed_on_as_a_file(workspace, key):
    later = office_keys.succeed(workspace, key, OTHER)
    read = read_announcements(office_keys.announcements_file(workspace))
    assert set(trust_in(read).keys) == {key.id, later.id}


def test_without_a_key_there_is_nothing_to_hand_on(workspace):
    assert refused(office_keys.announcements_file, workspace) == "office_key.none"
