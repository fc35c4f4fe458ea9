"""The frozen program is updated to itself with a raised version, and goes back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from installer import content, release_keys, update_file
from tests.installer.built import built_program
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.updates.versions import current_platform

__all__ = ["built_program"]

pytestmark = [pytest.mark.timeout(400), pytest.mark.skipif(os.name == "nt", reason="run under Unix")]
RAISED = "99.0"


def ask(program: Path, *arguments: str) -> dict:
    environment = {"PATH": "/nowhere", "HOME": str(program.parent), "LANG": "C.UTF-8"}
    told = subprocess.run(
        [program / content.PROGRAM, *arguments, "--json"], capture_output=True, text=True, env=environment, check=False
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def settle(program: Path) -> None:
    for _ in range(600):
        if not program.with_name(f"{program.name}-update.json").exists() and program.exists():
            return
        time.sleep(0.1)
    raise AssertionError(program.with_name(f"{program.name}-update.json").read_text())


def link(source: str, target: str) -> None:
    """Copy 200 MB in no time; nothing of the program is ever written into."""
    try:
        Path(target).hardlink_to(source)
    except OSError:  # the folder of the test is on another disk
        shutil.copy2(source, target)


def raise_version(program: Path) -> None:
    [info] = (program / content.LIBRARIES).glob("wufei_cells-*.dist-info")
    metadata = info / "METADATA"
    said = metadata.read_text("utf-8").replace(f"Version: {content.version()}", f"Version: {RAISED}")
    metadata.unlink()  # a hard link: the shared program keeps its own
    metadata.write_text(said, "utf-8")
    info.rename(info.with_name(f"wufei_cells-{RAISED}.dist-info"))


def test_it_updates_itself_and_goes_back(built_program, tmp_path):
    place = tmp_path / "张三 的电脑"
    place.mkdir()
    key = update_file.make_release_key(tmp_path / "release.pem")
    program = Path(shutil.copytree(built_program, place / content.PROGRAM, copy_function=link))
    release_keys.put_in(program, [key])
    coming = Path(shutil.copytree(program, tmp_path / "coming", copy_function=link))
    raise_version(coming)
    update = update_file.write_update_file(coming, RAISED, current_platform(), key, tmp_path, level=1)
    shutil.rmtree(coming)
    register = program / PORTABLE_FOLDER / "register"
    register.mkdir(parents=True)
    ask(program, "city", "use", "jiaozuo")  # begins a register beside the program
    assert ask(program, "digest")

    assert ask(program, "update", "install", str(update))["to"] == RAISED
    settle(program)
    status = ask(program, "update", "status")
    assert (status["version"], status["kept"]["version"]) == (RAISED, content.version())
    assert (register / "wufei.db").exists()
    assert (register / "backups" / f"wufei-before-{RAISED}.db").exists()

    ask(program, "update", "back")
    settle(program)
    assert ask(program, "update", "status")["version"] == content.version()
    assert (register / "wufei.db").exists()
