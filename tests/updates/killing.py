"""Kill a program before any of its steps on the disk, one after the other, and see what is left."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.updates.made_programs import NAME
from wufei_cells.store.database import open_database
from wufei_cells.updates import opening, placing, plan, preparing, registers
from wufei_cells.updates.opening import Running
from wufei_cells.updates.places import Places
from wufei_cells.updates.record import read_record

_FORKED = "forkserver"
POSSIBLE = _FORKED in multiprocessing.get_all_start_methods()
WHEN = datetime(2026, 11, 22, tzinfo=UTC)
_STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "shutil.copyfile"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def killed_before(number: int, work: Callable[..., None], folder: Path, *arguments: object) -> bool:
    """Do some work in a process of its own and kill it before its step of a number; tell whether it came so far."""
    return _died(_counted, number, work, folder, *arguments)


def killed_while_opening(register: Path, number: int) -> bool:
    """Open a register in a process of its own and kill it before its statement of a number."""
    return _died(_opened, number, register)


def _died(target: Callable[..., None], *arguments: object) -> bool:
    context = multiprocessing.get_context(_FORKED)
    context.set_forkserver_preload(["tests.updates.killing"])
    process = context.Process(target=target, args=arguments)
    process.start()
    process.join(60)
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _opened(number: int, register: Path) -> None:
    left = number

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_told: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    open_database(register, device_name="desk").close()


def _counted(number: int, work: Callable[..., None], folder: Path, *arguments: object) -> None:
    left = number

    def watch(event: str, values: tuple[object, ...]) -> None:
        nonlocal left
        written = event == "open" and isinstance(values[2], int) and bool(values[2] & _WRITES)
        if (written or event in _STEPS or event == "sqlite3.connect") and str(folder) in str(values[0]):
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(watch)
    work(folder, *arguments)


def finish(folder: Path) -> None:
    """Do what the helper does."""
    if placing.finish(Places(folder / NAME).plan, 0):
        raise SystemExit(1)


def prepare(folder: Path, update: Path, trusted: dict[str, bytes], running: Running, register: Path | None) -> None:
    """Make an update ready."""
    checked = opening.check(update, trusted, running)
    preparing.prepare(checked, Places(folder / NAME), running, [register] if register else [], WHEN)


def prepare_back(folder: Path, restoring: tuple[plan.Restore, ...] = ()) -> None:
    """Make the way back ready."""
    record = read_record(folder / NAME)
    assert record
    preparing.prepare_back(Places(folder / NAME), record, restoring)


def restore(folder: Path, wanted: plan.Restore) -> None:
    """Bring the copy of a register back."""
    del folder
    registers.restore(wanted)
