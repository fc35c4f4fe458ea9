"""Two programs, each on a screen and a register of its own, that know nothing of each other but files."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.ui.two_desks import Machine
from tests.ui.two_programs import Program, Screen
from wufei_cells.command_line.main import main
from wufei_cells.domain.exchange import Scope

ATTEMPTS = 3
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]


@pytest.fixture
def machines(tmp_path, monkeypatch):
    """Two machines whose people have compared their words, and who have both worked on since."""
    monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "devices"))
    office = Machine(tmp_path / "office", "市办", "周主任")
    laptop = Machine(tmp_path / "laptop", "审核组", "李晓明")
    office.add_sites("焦作市第一中学")
    laptop.take(*office.write(tmp_path / "first.wufei", scope=Scope.ALL))
    office.take(*laptop.write(tmp_path / "back.wufei"))
    office.add_sites("解放区龙源湖公园")
    laptop.add_sites("修武县云台山景区")
    return office, laptop


def asked(machine: Machine, *command: str) -> Any:
    """What the command line says of a machine."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        assert main(["--data", str(machine.folder), "--as", machine.person, "sync", *command, "--json"]) == 0
    return json.loads(said.getvalue())


def status(machine: Machine) -> dict[str, Any]:
    """Who has what, with the digest over all acts."""
    return asked(machine, "status", "--digest")


def write_out(program: Program) -> Path:
    """Write a package for everyone, where the program proposes it."""
    dialog = program.command("Write out a package", "Write out")
    there = {*program.documents.glob("*.wufei")}

    def written() -> set[Path]:
        return {*program.documents.glob("*.wufei")} - there

    program.press_until(lambda: {dialog}, "Return", written, "the package is written")
    program.press_until(lambda: {dialog}, "Return", lambda: not program.windows("Write out"), "the window is closed")
    return written().pop()


def choose(program: Program, package: Path) -> None:
    """Type the path of a package where files are chosen."""
    asking = program.command("Take packages in", "Take in")
    program.type(asking, str(package))
    # Twice where the field proposes how the path goes on.
    program.press_until(lambda: {asking}, "Return", lambda: asking not in program.windows("Take in"), "it is chosen")


def gone(program: Program) -> bool:
    """Whether the dialog is closed."""
    return not program.windows("Take in")


def take_in(program: Program, machine: Machine, package: Path) -> None:
    """Take a package in, from a stick on which it has a name that this keyboard can type."""
    before = asked(machine, "imports")
    for _ in range(ATTEMPTS):  # a key that was pressed too early may have cancelled it
        choose(program, package)
        program.wait(lambda: program.windows("Take in"), "the package is shown")
        # The button for what comes next has the keyboard: take in, and then done.
        program.press_until(partial(program.windows, "Take in"), "space", partial(gone, program), "it is taken in")
        if asked(machine, "imports") != before:
            return
    raise AssertionError(f"{package} was not taken in: {program.said}")


@pytest.mark.skipif(sys.platform != "linux" or bool(MISSING), reason=f"needs Linux, and is not here: {MISSING}")
def test_two_real_windows_exchange_files_and_end_equal(machines, tmp_path):
    office, laptop = machines
    assert status(office)["digest"] != status(laptop)["digest"]
    with contextlib.ExitStack() as stack:
        programs = []
        for machine in machines:
            screen = Screen()
            stack.callback(screen.close)
            programs.append(Program(screen, machine.folder, tmp_path / f"home-{machine.folder.name}", machine.person))
            stack.callback(programs[-1].close)
        at_office, at_laptop = programs
        take_in(at_laptop, laptop, shutil.move(write_out(at_office), tmp_path / "to-laptop.wufei"))
        take_in(at_office, office, shutil.move(write_out(at_laptop), tmp_path / "to-office.wufei"))
    both = [status(machine) for machine in machines]
    assert both[0]["digest"] == both[1]["digest"]
    assert office.sites() == laptop.sites() == {"焦作市第一中学", "解放区龙源湖公园", "修武县云台山景区"}
    assert not any(row["missing"] for one in both for row in one["devices"])
    for program in programs:
        assert "Traceback" not in program.said
