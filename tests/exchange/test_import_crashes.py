"""Imports that are cut short: killed, without room, or two at once. Nothing is half there, and again makes it whole."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile

import pytest

from tests.exchange import cut_power, import_scene, killing
from tests.samples.disks import fill, small_disk
from wufei_cells.errors import EnvironmentFault, ProblemsFound


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return import_scene.make(tmp_path_factory.mktemp("scene") / "scene")


@pytest.mark.skipif(not killing.POSSIBLE, reason="this system cannot fork a program that is loaded already")
def test_a_killed_import_is_whole_or_not_there_and_again_makes_it_whole(scene, tmp_path):
    outcomes = Counter(killing.kill_imports(scene, tmp_path, 6, seed=7))
    assert outcomes.total() == 6


def test_a_cut_of_the_power_leaves_an_import_whole_or_not_there(scene, tmp_path):
    steps = recorded(scene, tmp_path)
    found = cut_power.cut_often(scene, steps, tmp_path, 16, seed=1)
    assert not cut_power.bad(found), found


def test_a_program_that_does_not_wait_for_the_disk_would_be_found_out(scene, tmp_path):
    steps = cut_power.without_syncs(recorded(scene, tmp_path))
    assert cut_power.bad(cut_power.cut_often(scene, steps, tmp_path, 8, seed=1))


def recorded(scene, folder):
    if not cut_power.POSSIBLE:
        pytest.skip("what a program asks the disk to do is recorded with strace, which is not here")
    try:
        return cut_power.record(scene, folder / "recorded")
    except RuntimeError as error:
        pytest.skip(f"no program may be watched here: {error}")


def test_two_programs_take_the_same_package_into_one_register_at_once(scene, tmp_path):
    folder = scene.copy(tmp_path / "shared")
    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(killing.run_import, folder, scene.package) for _ in range(2)]:
            assert done.result() == 0
    done = import_scene.import_into(folder, scene.package)
    assert (done.before, done.after, done.photos) == (scene.after, scene.after, scene.photos)


def test_an_import_without_room_changes_nothing_and_goes_through_once_there_is_some(scene, tmp_path):
    rooms = range(40_000, 3_000_000, 115_000)
    refused = list(takewhile(lambda room: not fits(scene, tmp_path / str(room), room), rooms))
    # It ran out of room on its way into the inbox, among the photos, in the copy before the import, and in the journal.
    assert 6 <= len(refused) < len(rooms)


def fits(scene, folder, room: int) -> bool:
    """Import where there is only so much room, and once more where there is enough."""
    with small_disk(folder, 8000) as disk:
        register = scene.copy(disk / "register")
        filler = fill(disk, leaving=room)
        try:
            import_scene.import_only(register, scene.package)
        except (EnvironmentFault, ProblemsFound) as error:
            codes = [error.code, *(problem.code for problem in getattr(error, "problems", ()))]
            assert any(code.endswith(".disk_full") for code in codes), codes
        filler.unlink()
        done = import_scene.import_into(register, scene.package)
        assert done.before in (scene.before, scene.after)
        assert (done.after, done.photos) == (scene.after, scene.photos)
        return done.before == scene.after
