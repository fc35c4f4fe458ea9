"""What comes is copied once, whole or not at all, and the place it came from is never written to."""

from __future__ import annotations

import io
import os
import sys

import pytest

from tests.exchange.made_packages import NAME, Content, codes, placed, written
from tests.samples.disks import fill, read_only, small_disk
from wufei_cells.errors import EnvironmentFault, ProblemsFound
from wufei_cells.exchange.encryption import Lock
from wufei_cells.exchange.inbox import copy_in, take_in
from wufei_cells.exchange.limits import Limits


class StoppedError(Exception):
    """A person changed their mind."""


@pytest.fixture
def inbox(tmp_path):
    return tmp_path / "数据 文件夹" / "inbox"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "优盘 E"
    folder.mkdir()
    return folder


def left(inbox) -> list[str]:
    return sorted(entry.name for entry in inbox.iterdir()) if inbox.exists() else []


def refusal(source, inbox, **named) -> str:
    with pytest.raises(ProblemsFound) as refused:
        take_in(source, inbox, **named)
    assert left(inbox) == []
    (problem,) = refused.value.problems
    return problem.code.removeprefix("package.")


def test_a_package_is_copied_under_the_hash_of_its_content(stick, inbox):
    done = written(stick)
    taken = take_in(done.path, inbox)
    assert (taken.name, taken.sha256, taken.size, taken.lock) == (NAME, done.sha256, done.size, Lock.NONE)
    assert taken.path == inbox / f"{done.sha256}.wufei"
    assert taken.path.read_bytes() == done.path.read_bytes()
    assert codes(taken.path) == []
    assert take_in(done.path, inbox) == taken
    assert left(inbox) == [taken.path.name]


def test_a_stick_that_cannot_be_written_will_do(stick, inbox):
    done = written(stick)
    with read_only(stick):
        assert codes(take_in(done.path, inbox).path) == []
    assert [entry.name for entry in stick.iterdir()] == [NAME]


def test_how_far_it_is_is_told_and_it_can_be_stopped(stick, inbox):
    content = Content()
    content.file(b"x" * 5_000_000)
    path, told = written(stick, content).path, []
    take_in(path, inbox, report=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1] == (path.stat().st_size,) * 2

    def stop(done: int, _total: int) -> None:
        if done > 2_000_000:
            raise StoppedError

    before = left(inbox)
    with pytest.raises(StoppedError):
        take_in(path, inbox, report=stop)
    assert left(inbox) == before


class Pulled(io.BytesIO):
    """A file on a stick that is pulled out in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 1_500_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_stick_that_is_pulled_out_in_the_middle_leaves_nothing(inbox):
    content = b"PK\3\4" + bytes(4_000_000)
    with pytest.raises(EnvironmentFault) as failed:
        copy_in(Pulled(content), len(content), content[:100], inbox, name=NAME)
    assert failed.value.code == "package.not_read"
    assert failed.value.values["path"] == NAME
    assert left(inbox) == []


@pytest.mark.parametrize("size", [99, 101])
def test_a_file_that_is_still_growing_or_was_cut_off_meanwhile_is_refused(inbox, size):
    with pytest.raises(ProblemsFound) as refused:
        copy_in(io.BytesIO(bytes(100)), size, b"PK\3\4", inbox, name=NAME)
    assert refused.value.problems[0].code == "package.changing"
    assert left(inbox) == []


def test_a_full_disk_here_is_told_and_nothing_is_left(stick, tmp_path):
    content = Content()
    content.file(b"x" * 400_000)
    path = written(stick, content).path
    with small_disk(tmp_path / "disk", 500) as disk:
        (disk / "inbox").mkdir()
        fill(disk, leaving=100_000)
        with pytest.raises(EnvironmentFault) as failed:
            take_in(path, disk / "inbox")
        assert failed.value.code == "package.disk_full"
        assert left(disk / "inbox") == []


def test_an_inbox_that_cannot_be_made_is_named(stick, tmp_path):
    (tmp_path / "taken").write_bytes(b"a file")
    with pytest.raises(EnvironmentFault) as failed:
        take_in(written(stick).path, tmp_path / "taken" / "inbox")
    assert failed.value.code == "package.not_written"


def test_what_is_no_package_is_refused_before_it_is_copied(stick, inbox):
    assert refusal(placed(stick, b"%PDF-1.7"), inbox) == "is_pdf"
    assert refusal(placed(stick, b""), inbox) == "is_empty"
    assert refusal(stick, inbox) == "is_folder"
    assert not inbox.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_or_a_device_is_not_read(stick, inbox):
    os.mkfifo(stick / "pipe.wufei")
    assert refusal(stick / "pipe.wufei", inbox) == "is_unknown"
    (stick / "zero.wufei").symlink_to("/dev/zero")
    assert refusal(stick / "zero.wufei", inbox) == "is_unknown"


def test_a_file_that_is_too_large_is_refused_by_its_size(stick, inbox):
    path = written(stick).path
    assert refusal(path, inbox, limits=Limits(package=100)) == "too_large"
    with pytest.raises(ProblemsFound) as refused:  # and by what really comes, when the size was a lie
        copy_in(io.BytesIO(bytes(5000)), 10, b"", inbox, name=NAME, limits=Limits(package=1000))
    assert refused.value.problems[0].code == "package.too_large"
    assert left(inbox) == []


def test_a_file_that_is_not_there_is_an_error_of_the_machine(stick, inbox):
    with pytest.raises(EnvironmentFault) as failed:
        take_in(stick / "gone.wufei", inbox)
    assert failed.value.code == "package.not_read"
