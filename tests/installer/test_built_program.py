"""The built program does its work where there is no Python, no network and no right to write beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version

import pytest

from installer import content, trying
from tests.installer.built import built_program

__all__ = ["built_program"]

pytestmark = pytest.mark.timeout(400)  # it may have to be frozen first
LARGEST = 196_000_000
"""Bytes of the folder, a little above what it has (docs/installing.md tells the figures): who adds to it says why."""


@pytest.fixture(scope="module")
def runs(built_program, tmp_path_factory):
    """What the built program said in a clean environment, by its first argument; and the place where it ran."""
    scratch = tmp_path_factory.mktemp("tried")
    yield {run.arguments[0]: run for run in trying.tried_out(built_program, scratch)}, scratch / trying.PLACE
    trying.allow_writing(scratch)
    shutil.rmtree(scratch)


def test_it_knows_its_version(runs):
    assert runs[0]["--version"].output.strip().endswith(content.version())


def test_it_plays_the_demo_into_a_folder_with_a_chinese_name(runs):
    done, place = runs
    papers = list((place / "示例 数据" / "certificates").glob("*.pdf"))
    assert papers, done["demo"].output
    assert all(paper.read_bytes().startswith(b"%PDF-") for paper in papers)


def test_it_writes_nothing_into_its_own_folder(runs, built_program):
    _done, place = runs
    before = {path.relative_to(built_program) for path in built_program.rglob("*")}
    copied = place / content.PROGRAM
    assert {path.relative_to(copied) for path in copied.rglob("*")} == before


def test_packages_that_the_about_page_names_are_known_by_their_versions(built_program):
    inside = built_program / content.LIBRARIES
    released = {path.parent.name for path in inside.glob("*.dist-info/METADATA")}
    wanted = {f"{name.replace('-', '_').replace('.', '_')}-{version(name)}.dist-info" for name in content.locked()}
    assert wanted <= released


def test_nothing_of_the_machine_that_built_it_is_told(built_program):
    prefix = sys.prefix.encode()
    texts = [path for path in built_program.rglob("*") if path.suffix in {"", ".txt", ".json", ".yaml"}]
    assert [path.name for path in texts if path.is_file() and prefix in path.read_bytes()] == []


def test_its_folder_does_not_grow_unnoticed(built_program):
    files = [path for path in built_program.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LARGEST
    assert [path for path in built_program.rglob("*") if path.is_symlink()] == [], "memory sticks hold no links"


@pytest.mark.skipif(sys.platform != "linux", reason="reads files of Linux")
def test_every_library_it_refers_to_is_in_it_or_on_every_desktop(built_program):
    from installer.linux import glibc  # noqa: PLC0415 - its reader is only installed on Linux

    needs = glibc.needs_of(built_program)
    assert needs.unknown == ()
    assert set(needs.system) == content.SYSTEM_LIBRARIES.keys()


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("Xvfb") is None, reason="needs an X server of its own")
def test_its_window_opens_on_an_x_server_with_the_input_method_of_chinese(built_program, tmp_path):
    """Qt says which plugins it loads; nothing else of the machine than the X server takes part."""
    started = _started_under_x(built_program, tmp_path)
    for plugin in ("platforms/libqxcb.so", "platforminputcontexts/libibusplatforminputcontextplugin.so"):
        assert f'{plugin}" loaded library' in started, started[-2000:]
    assert "cannot load" not in started.lower()


def _started_under_x(program, folder) -> str:
    environment = {
        "HOME": str(folder),
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "C.UTF-8",
        "QT_DEBUG_PLUGINS": "1",
        "QT_IM_MODULE": "ibus",
        "PATH": "/usr/bin:/bin",
    }
    command = ["xvfb-run", "-a", "timeout", "6", str(program / content.PROGRAM)]
    done = subprocess.run(command, check=False, env=environment, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 124, done.stderr[-2000:]  # it stayed open until it was ended
    return done.stderr


def test_its_answers_to_other_programs_are_json(runs, built_program):
    _done, place = runs
    database = place / "示例 数据" / "database"
    said = trying.run(built_program, ["progress", "--json", "--data", str(database)], place / "主目录")
    assert json.loads(said.output)
