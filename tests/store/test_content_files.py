"""The contents of evidence on disk: whole or not there, and never anything else than what was stored."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.store import content_files
from wufei_cells.store.content_files import ContentFiles

CONTENT = b"a photo" * 1000
KEY = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def files(tmp_path):
    return ContentFiles.beside(tmp_path / "wufei.db")


def left_in(files):
    return sorted(path.name for path in files.folder.rglob("*") if path.is_file())


def test_a_content_is_called_by_its_hash_and_stored_once(files, monkeypatch):
    assert files.put(CONTENT) == KEY
    monkeypatch.setattr(content_files, "_write", lambda *args, **kwargs: pytest.fail("it was there"))
    assert files.put(CONTENT) == KEY
    assert left_in(files) == [KEY]
    assert files.read(KEY) == CONTENT


def test_it_is_flushed_before_it_gets_its_name(files, monkeypatch):
    order = []
    flush, move = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (order.append("flush"), flush(handle)))
    monkeypatch.setattr(Path, "replace", lambda self, target: (order.append("name"), move(self, target))[1])
    files.put(CONTENT)
    assert order[:2] == ["flush", "name"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_when_the_disk_is_full_nothing_is_left_and_the_person_told(files, monkeypatch, step):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), full)
    with pytest.raises(EnvironmentFault) as error:
        files.put(CONTENT)
    assert error.value.code == "store.disk_full"
    assert left_in(files) == []
    monkeypatch.undo()
    assert files.put(CONTENT) == KEY


def test_an_altered_file_is_mended_by_taking_the_same_content_in_again(files):
    files.put(CONTENT)
    path = files.folder / KEY[:2] / KEY
    path.write_bytes(b"something else")
    assert files.state(KEY) == "altered"
    with pytest.raises(UserError) as error:
        files.read(KEY)
    assert error.value.code == "evidencing.altered"
    files.put(CONTENT)
    assert files.state(KEY) == ""


def test_small_pictures_that_find_no_room_are_no_error(files, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(content_files, "_write", full)
    files.put_thumbnail(KEY, b"small")
    assert files.thumbnail(KEY) is None
