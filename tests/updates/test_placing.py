"""One program takes the place of another by renames; wherever it is cut short, a program runs and no data is lost."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

import pytest

from tests.updates import killing
from tests.updates.made_programs import NAME, PHOTO, STARTS, content, make_portable, make_update, run
from wufei_cells.errors import UserError
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.updates import healing, opening, placing, plan, preparing
from wufei_cells.updates.places import Places, base_name
from wufei_cells.updates.plan import State
from wufei_cells.updates.record import read_record
from wufei_cells.updates.trying import try_program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the small programs are scripts of Unix")
forked = pytest.mark.skipif(not killing.POSSIBLE, reason="needs a server of forked processes")


@pytest.fixture
def of_a_user(program, update_file, trusted, running) -> Places:
    """A program whose data lies elsewhere, and an update that is ready."""
    killing.prepare(program.parent, update_file, trusted, running, None)
    return Places(program)


@pytest.fixture
def prepared(program, update_file, trusted, running) -> Places:
    """The program with its data, and an update that is ready."""
    make_portable(program)
    killing.prepare(program.parent, update_file, trusted, running, None)
    return Places(program)


def version_of(program: Path) -> str:
    return (program / "_internal" / "version.txt").read_text()


def photos(folder: Path) -> list[Path]:
    return sorted(folder.rglob("photo"))


def beside(program: Path) -> set[str]:
    return {path.name for path in program.parent.iterdir()}


def test_preparing_touches_nothing_of_the_program(program, update_file, trusted, running):
    make_portable(program)
    before = content(program)
    killing.prepare(program.parent, update_file, trusted, running, None)
    assert content(program) == before
    ready = plan.read(Places(program).plan)
    assert ready
    assert (ready.state, ready.old, ready.new) == (State.READY, "0.7.0", "0.8.0")
    assert beside(program) == {NAME, f"{NAME}-next", f"{NAME}-helper", f"{NAME}-update.json"}
    assert photos(program.parent) == [program / PORTABLE_FOLDER / "register" / "photo"]


def test_the_new_program_has_the_place_the_data_and_the_record(prepared):
    killing.finish(prepared.program.parent)
    kept = prepared.program.with_name(f"{NAME}-before-0.8.0")
    assert (version_of(prepared.program), version_of(kept)) == ("0.8.0", "0.7.0")
    assert photos(prepared.program.parent) == [prepared.data / "register" / "photo"]
    assert (prepared.data / "register" / "photo").read_bytes() == PHOTO
    record = read_record(prepared.program)
    assert record
    assert (record.old, record.new, record.kept) == ("0.7.0", "0.8.0", kept.name)
    told = run(prepared.program, "where")
    assert told.stdout.strip() == f"0.8.0 {prepared.data}"
    assert beside(prepared.program) == {NAME, kept.name}


def test_a_program_without_data_in_it_is_replaced_just_the_same(of_a_user):
    killing.finish(of_a_user.program.parent)
    kept = of_a_user.program.with_name(f"{NAME}-before-0.8.0")
    assert beside(of_a_user.program) == {NAME, kept.name, f"{NAME}-helper"}
    assert run(of_a_user.program, "where").stdout == "0.8.0 None\n"
    assert beside(of_a_user.program) == {NAME, kept.name}
    killing.prepare_back(of_a_user.program.parent)
    killing.finish(of_a_user.program.parent)
    assert run(of_a_user.program, "where").stdout == "0.7.0 None\n"


@forked
def test_killed_before_any_step_a_program_without_data_in_it_runs(of_a_user, tmp_path):
    for number in count():
        folder = Path(shutil.copytree(of_a_user.program.parent, tmp_path / str(number), symlinks=True))
        cut = killing.killed_before(number, killing.finish, folder)
        told = run(folder / runnable(folder)[0], "where")
        assert told.stdout in ("0.7.0 None\n", "0.8.0 None\n")
        assert run(folder / NAME, "where").stdout == told.stdout
        if not cut:
            break


def test_what_came_out_is_what_was_released(prepared, update_file):
    built = content(update_file.parent / "built-0.8.0")
    came_out = content(prepared.incoming)
    assert came_out.pop("update-record.json")
    assert came_out == built
    assert os.access(prepared.incoming / NAME, os.X_OK)
    assert not os.access(prepared.incoming / "_internal" / "lib.so", os.X_OK)


def test_what_no_release_brought_is_carried_along_both_ways(program, update_file, trusted, running):
    (program / "uninstall.exe").write_bytes(b"MZ")
    (program / "我的笔记").mkdir()
    (program / "我的笔记" / "一.txt").write_text("mine")
    killing.prepare(program.parent, update_file, trusted, running, None)
    killing.finish(program.parent)
    assert (program / "uninstall.exe").read_bytes() == b"MZ"
    (program / "二.txt").write_text("since")
    killing.prepare_back(program.parent)
    killing.finish(program.parent)
    assert [(program / name).read_text() for name in ("我的笔记/一.txt", "二.txt")] == ["mine", "since"]


def test_a_new_program_that_finds_a_fault_in_itself_is_not_put_in_place(tmp_path, program, key, trusted, running):
    update = make_update(tmp_path, "0.8.13", key)
    with pytest.raises(UserError, match=r"update\.does_not_start"):
        killing.prepare(program.parent, update, trusted, running, None)
    assert beside(program) == {NAME}


def test_the_window_opens_again_in_the_new_version(prepared):
    ready = plan.read(prepared.plan)
    assert ready
    preparing_arguments = ("--data", "台账 一")
    plan.write(replace(ready, restart=preparing_arguments), prepared.plan)
    killing.finish(prepared.program.parent)
    starts = prepared.program.with_name(STARTS)
    for _ in range(200):
        if starts.exists() and starts.read_text():
            break
        time.sleep(0.05)
    assert starts.read_text() == "0.8.0 --data 台账 一\n"


def test_going_back_brings_the_old_program_and_the_same_data(prepared):
    killing.finish(prepared.program.parent)
    (prepared.data / "since").write_text("new work")
    killing.prepare_back(prepared.program.parent)
    killing.finish(prepared.program.parent)
    newer = prepared.program.with_name(f"{NAME}-newer-0.8.0")
    assert (version_of(prepared.program), version_of(newer)) == ("0.7.0", "0.8.0")
    assert (prepared.data / "since").read_text() == "new work"
    assert photos(prepared.program.parent) == [prepared.data / "register" / "photo"]
    assert run(prepared.program, "where").stdout.strip() == f"0.7.0 {prepared.data}"
    assert beside(prepared.program) == {NAME, newer.name}


def test_only_one_version_is_kept(tmp_path, prepared, key, trusted, running):
    killing.finish(prepared.program.parent)
    following = make_update(tmp_path, "0.9.0", key)
    killing.prepare(prepared.program.parent, following, trusted, replace(running, version="0.8.0"), None)
    killing.finish(prepared.program.parent)
    assert version_of(prepared.program) == "0.9.0"
    assert beside(prepared.program) - {f"{NAME}-helper"} == {NAME, f"{NAME}-before-0.9.0"}


def test_what_lies_beside_is_told_from_what_is_kept(tmp_path):
    kept = [tmp_path / f"p{ending}" for ending in ("-before-0.8.0", "-before-0.8.0-2", "-newer-1.10")]
    others = [tmp_path / name for name in ("p", "p-next", "p-helper", "p-before-lunch", "pp-before-0.8.0", "q")]
    for folder in (*kept, *others):
        folder.mkdir()
    (tmp_path / "p-before-0.7.0").touch()
    assert Places(tmp_path / "p").set_aside() == tuple(kept)
    assert {base_name(folder.name) for folder in kept} == {"p"}
    assert [base_name(name) for name in ("p-next", "p-helper", "p", "p-before-lunch")] == [
        "p",
        "p",
        "p",
        "p-before-lunch",
    ]


def test_a_kept_folder_with_data_in_it_is_never_deleted(prepared):
    stray = prepared.program.with_name(f"{NAME}-before-0.6.0")
    make_portable(stray)
    killing.finish(prepared.program.parent)
    assert (stray / PORTABLE_FOLDER / "register" / "photo").read_bytes() == PHOTO


def test_going_back_is_refused_where_there_are_two_sets_of_data(prepared):
    killing.finish(prepared.program.parent)
    make_portable(prepared.program.with_name(f"{NAME}-before-0.8.0"))
    with pytest.raises(UserError, match=r"update\.data_twice"):
        killing.prepare_back(prepared.program.parent)


@forked
def test_killed_before_any_step_of_the_change_a_program_runs_with_its_data(prepared, tmp_path):
    """Whichever of the folders is started next: it heals the rest, and what runs then sees the same data."""
    for number in count():
        folder = Path(shutil.copytree(prepared.program.parent, tmp_path / f"刀 {number}", symlinks=True))
        cut = killing.killed_before(number, killing.finish, folder)
        assert len(photos(folder)) == 1
        for way, started in enumerate(runnable(folder)):
            copy = Path(shutil.copytree(folder, tmp_path / f"{number}-{way}", symlinks=True))
            told = run(copy / started, "where")
            assert told.returncode == 0, told.stderr
            version, data = told.stdout.strip().split(" ", 1)
            assert version in ("0.7.0", "0.8.0")
            assert (Path(data) / "register" / "photo").read_bytes() == PHOTO, (number, started)
            assert photos(copy) == [copy / NAME / PORTABLE_FOLDER / "register" / "photo"]
            assert run(copy / NAME, "where").stdout == told.stdout
        if not cut:
            break
    assert number > 3  # two renames, the data, the plan


def runnable(folder: Path) -> list[str]:
    """What somebody could start: the program, or where it is not there what lies beside it."""
    if (folder / NAME).exists():
        return [NAME]
    found = [f"{NAME}-before-0.8.0", f"{NAME}-next"]
    assert all((folder / name / NAME).exists() for name in found)
    return found


@forked
def test_killed_before_many_a_step_of_preparing_the_program_is_as_it_was(
    program, update_file, trusted, running, tmp_path
):
    make_portable(program)
    before = content(program)
    for number in chain(range(8), count(8, 4)):
        folder = Path(shutil.copytree(program.parent, tmp_path / f"刀 {number}", symlinks=True))
        cut = killing.killed_before(number, killing.prepare, folder, update_file, trusted, running, None)
        assert content(folder / NAME) == before
        if not cut:
            break
        assert healing.heal(folder / NAME, folder / NAME, ()) is None
        assert content(folder / NAME) == before
        if plan.read(Places(folder / NAME).plan) is None:
            assert beside(folder / NAME) == {NAME}
        if number % 20 == 0:
            killing.prepare(folder, update_file, trusted, running, None)  # and it can be done again
        shutil.rmtree(folder)
    assert number > 40


@forked
def test_killed_before_any_step_of_going_back(prepared, tmp_path):
    killing.finish(prepared.program.parent)
    killing.prepare_back(prepared.program.parent)
    for number in count():
        folder = Path(shutil.copytree(prepared.program.parent, tmp_path / f"刀 {number}", symlinks=True))
        cut = killing.killed_before(number, killing.finish, folder)
        started = next(name for name in (NAME, f"{NAME}-newer-0.8.0") if (folder / name).exists())
        told = run(folder / started, "where")
        assert told.stdout.split()[0] in ("0.7.0", "0.8.0"), told.stderr
        assert photos(folder) == [folder / NAME / PORTABLE_FOLDER / "register" / "photo"]
        if not cut:
            break


def test_a_machine_that_refuses_the_second_rename_leaves_the_old_program(prepared, monkeypatch):
    rename = Path.rename

    def refuse(source: Path, target: Path) -> Path:
        if source == prepared.incoming:
            raise PermissionError(13, "Permission denied")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert placing.finish(prepared.plan, 0) == 1
    failed = plan.read(prepared.plan)
    assert failed
    assert (failed.state, failed.failed) == (State.FAILED, "update.not_moved")
    assert version_of(prepared.program) == "0.7.0"
    assert photos(prepared.program.parent) == [prepared.data / "register" / "photo"]


def test_data_that_cannot_be_moved_takes_the_whole_change_back(prepared, monkeypatch):
    rename = Path.rename

    def refuse(source: Path, target: Path) -> Path:
        if source.name == PORTABLE_FOLDER:
            raise PermissionError(13, "Permission denied")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert placing.finish(prepared.plan, 0) == 1
    assert version_of(prepared.program) == "0.7.0"
    assert photos(prepared.program.parent) == [prepared.data / "register" / "photo"]


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("#!/bin/sh\nexit 3\n", "update.does_not_start"),
        ("#!/nowhere/to/be/found\n", "update.does_not_start"),
        ("#!/bin/sh\necho 0.8.1\n", "update.other_version"),
    ],
)
def test_a_new_program_that_does_not_start_is_not_put_in_place(tmp_path, program, key, trusted, running, script, code):
    before = content(program)
    update = make_update(tmp_path, "0.8.0", key, script=script)
    with pytest.raises(UserError, match=re.escape(code)):
        killing.prepare(program.parent, update, trusted, running, None)
    assert content(program) == before
    assert beside(program) == {NAME}


def test_what_the_new_program_leaves_running_does_not_hold_up_its_trial(tmp_path):
    program = tmp_path / f"{NAME}-next" / NAME
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nsleep 20 &\necho 0.8.0\n")  # it keeps what the program prints to open
    program.chmod(0o755)
    begun = time.monotonic()
    try_program(program, ("--self-check",), "0.8.0")
    assert time.monotonic() - begun < 10


def test_a_file_that_changes_after_the_check_is_not_unpacked(tmp_path, program, key, trusted, running):
    update = make_update(tmp_path, "0.8.0", key)
    checked = opening.check(update, trusted, running)
    make_update(tmp_path / "other", "0.8.0", key, script="#!/bin/sh\necho other\n").replace(update)
    with pytest.raises(UserError):
        preparing.prepare(checked, Places(program), running, [], killing.WHEN)
    assert beside(program) == {NAME}


def test_stopping_leaves_nothing_behind(program, update_file, trusted, running):
    class StoppedError(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done:
            raise StoppedError

    checked = opening.check(update_file, trusted, running)
    with pytest.raises(StoppedError):
        preparing.prepare(checked, Places(program), running, [], killing.WHEN, report=stop)
    assert beside(program) == {NAME}


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write into, not even root")
def test_a_program_of_the_administrators_is_left_to_them():
    with pytest.raises(UserError, match=r"update\.by_administrator"):
        preparing.refuse_here(Path("/proc/sys"))


def test_two_updates_at_once(program, update_file, trusted, running, monkeypatch):
    killing.prepare(program.parent, update_file, trusted, running, None)
    ready = plan.read(Places(program).plan)
    assert ready
    plan.write(replace(ready, pid=1), Places(program).plan)  # the first process of the machine always lives
    with pytest.raises(UserError, match=r"update\.under_way"):
        killing.prepare(program.parent, update_file, trusted, running, None)


def test_a_folder_without_links_gets_copies(tmp_path, program, update_file, trusted, running, monkeypatch):
    def no_links(_path: Path, _target: str) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", no_links)
    killing.prepare(program.parent, update_file, trusted, running, None)
    copy = Places(program).incoming / "_internal" / "lib.so.1"
    assert not copy.is_symlink()
    assert copy.read_bytes() == b"code" * 2000


def test_what_failed_is_cleared_away_and_still_told(prepared):
    ready = plan.read(prepared.plan)
    assert ready
    plan.fail(ready, prepared.plan, "update.in_use")
    assert run(prepared.program, "where").stdout.startswith("0.7.0")
    assert beside(prepared.program) == {NAME, f"{NAME}-update.json"}


def test_what_nobody_came_back_for_is_cleared_away(prepared):
    ready = plan.read(prepared.plan)
    assert ready
    plan.write(replace(ready, pid=0), prepared.plan)
    healing.heal(prepared.program, prepared.program, ())
    assert prepared.incoming.exists()  # a helper may be about to do it
    os.utime(prepared.plan, (0, 0))
    healing.heal(prepared.program, prepared.program, ())
    assert beside(prepared.program) == {NAME}


def test_a_plan_that_cannot_be_read_stops_no_program(prepared):
    for garbage in (b"", b"{", b"[]", b'{"state": "ready"}', b"\xff"):
        prepared.plan.write_bytes(garbage)
        assert run(prepared.program, "where").stdout.startswith("0.7.0")
