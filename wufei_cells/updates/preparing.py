"""Make everything ready beside the program, so that only renames are left: nothing of the old one is touched here."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wufei_cells.errors import EnvironmentFault, Problem, ProblemsFound, UserError
from wufei_cells.progress import Report, silent
from wufei_cells.signing.signing_key import key_id
from wufei_cells.store.faults import file_fault
from wufei_cells.updates import placing, plan, processes, registers, unpacking
from wufei_cells.updates.opening import Running, Update
from wufei_cells.updates.path_names import OURS, RECORD
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import Plan, Restore, State
from wufei_cells.updates.record import Record, RegisterCopy, stored, write_record
from wufei_cells.updates.registers import Kept
from wufei_cells.updates.trying import try_program

_SPARE = 32 * 1024 * 1024

Step = Callable[[str], None]
"""Told which step begins, by the key of its sentence."""


def no_step(_key: str) -> None:
    """Take a step that nobody shows."""


def refuse_here(program: Path) -> None:
    """Refuse where a person cannot put one program in the place of another.

    Raises:
        UserError: the program is not theirs, or this system has another way.
    """
    if sys.platform == "darwin":
        raise UserError("update.on_mac")
    for folder in (program, program.parent):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            raise UserError("update.by_administrator", path=str(program)) from None


def refuse_running(places: Places) -> None:
    """Refuse while another process prepares an update, or is about to end for one.

    Raises:
        UserError: it does.
    """
    found = plan.read(places.plan)
    if found and found.state is not State.FAILED and found.pid != os.getpid() and processes.alive(found.pid):
        raise UserError("update.under_way")


def prepare(
    update: Update,
    places: Places,
    running: Running,
    known: Sequence[Path],
    at: datetime,
    *,
    report: Report = silent,
    step: Step = no_step,
) -> Plan:
    """Unpack an update, try whether it starts, copy the registers, and write down what is to happen.

    Args:
        update: the checked file.
        places: the program and what lies beside it.
        running: the program.
        known: the registers that the person works in.
        at: the time, for the record.
        report: told how far each step is; may raise to stop, which leaves nothing behind.
        step: told which step begins.

    Raises:
        UserError: the program is not the person's, a register is damaged, or the new program does not start.
        EnvironmentFault: there is no room, or the disk fails.
    """
    refuse_here(places.program)
    refuse_running(places)
    _refuse_no_room(update, places, known)
    _clear(places)
    begun = _begun(update, places, running)
    with _cleared_away(begun, places):
        plan.write(begun, places.plan)
        _unpack(update, places, report, step)
        step("update.step.backup")
        copies = [registers.back_up(one, begun.new) for one in known if one.is_file()]
        write_record(_record(begun, update, copies, places, running, at), places.incoming / RECORD)
        report(0, 1)
        step("update.step.helper")
        placing.copy_program(places.program, places.helper)
        report(1, 1)  # the last moment to stop
        ready = replace(begun, state=State.READY)
        plan.write(ready, places.plan)
    return ready


def prepare_back(places: Places, record: Record, restoring: Iterable[Restore]) -> Plan:
    """Make the way back to the kept version ready.

    Raises:
        UserError: the program is not the person's, or both versions have data in their folders.
        EnvironmentFault: the disk does not take the helper.
    """
    refuse_here(places.program)
    refuse_running(places)
    _clear(places)
    kept = Places(places.program.with_name(record.kept))
    if kept.data.exists():
        raise UserError("update.data_twice", path=str(kept.data))
    ready = Plan(
        state=State.READY,
        pid=os.getpid(),
        back=True,
        old=record.new,
        new=record.old,
        program=places.program.name,
        incoming=record.kept,
        outgoing=places.newer(record.new).name,
        entry=record.entry,
        terminal=record.terminal,
        restore=tuple(restoring),
    )
    with _cleared_away(ready, places):
        _carry(places.program, kept.program)
        placing.copy_program(places.program, places.helper)
        plan.write(ready, places.plan)
    return ready


def hand_over(ready: Plan, places: Places, restart: Sequence[str] | None, finish: str) -> None:
    """Start the helper, which waits for the end of this process.

    Args:
        ready: what it is to do.
        places: where.
        restart: arguments for the window afterwards; ``None`` to open none.
        finish: the helper's first argument.
    """
    begun = replace(ready, restart=None if restart is None else tuple(restart), pid=os.getpid())
    plan.write(begun, places.plan)
    helper = places.helper / Path(sys.executable).name
    processes.start(helper, (finish, str(places.plan), str(os.getpid())), folder=places.program.parent)


def _begun(update: Update, places: Places, running: Running) -> Plan:
    stated = update.manifest
    return Plan(
        state=State.PREPARING,
        pid=os.getpid(),
        back=False,
        old=running.version,
        new=stated.version,
        program=places.program.name,
        incoming=places.incoming.name,
        outgoing=places.kept(stated.version).name,
        entry=stated.entry,
        terminal=stated.terminal,
    )


@contextmanager
def _cleared_away(begun: Plan, places: Places) -> Generator[None]:
    """Leave nothing of what was prepared when it is not prepared to the end."""
    try:
        yield
    except OSError as error:
        placing.discard(begun, places.plan)
        raise file_fault(error, Path(error.filename) if error.filename else places.program.parent) from error
    except BaseException:
        placing.discard(begun, places.plan)
        raise


def _unpack(update: Update, places: Places, report: Report, step: Step) -> None:
    """Unpack the new program, look at every file of it on the disk, and start it once."""
    stated = update.manifest
    step("update.step.unpack")
    unpacking.unpack(update, places.incoming, report)
    step("update.step.verify")
    _refuse_different(update, places, report)
    step("update.step.try")
    report(0, 1)
    try_program(places.incoming / stated.terminal, stated.check, stated.version)
    _carry(places.program, places.incoming)


def _clear(places: Places) -> None:
    """Clear away what an earlier attempt left."""
    found = plan.read(places.plan)
    if found is not None:
        placing.discard(found, places.plan)
    placing.tidy(places)
    for left in (places.incoming, places.helper):
        if left.exists():
            raise UserError("update.left_behind", path=str(left))


def _refuse_no_room(update: Update, places: Places, known: Sequence[Path]) -> None:
    linked = 0 if os.name == "posix" else update.manifest.size  # the helper
    copies = sum(one.stat().st_size for one in known if one.is_file())
    needed = update.manifest.size + linked + copies + _SPARE
    with suppress(OSError):
        free = shutil.disk_usage(places.program.parent).free
        if free < needed:
            values = {"needed": needed // 1_000_000 + 1, "free": free // 1_000_000}
            raise EnvironmentFault("update.no_room", path=str(places.program.parent), **values)


def _refuse_different(update: Update, places: Places, report: Report) -> None:
    name = update.path.name
    if wrong := unpacking.different(update, places.incoming, report):
        raise ProblemsFound([Problem("update.damaged", name, {"path": one}) for one in wrong[:20]], subject=name)


def _carry(source: Path, target: Path) -> None:
    """Copy along what no release brought: an installer's uninstaller, and what a person put into the folder."""
    for path in source.iterdir():
        place = target / path.name
        if path.name in OURS or place.exists() or path.is_symlink():
            continue
        if path.is_dir():
            shutil.copytree(path, place, symlinks=True, copy_function=placing.link_or_copy)
        else:
            shutil.copy2(path, place)


def _record(
    begun: Plan, update: Update, copies: Sequence[Kept], places: Places, running: Running, at: datetime
) -> Record:
    kept = [
        RegisterCopy(
            stored(one.register, places.program), stored(one.backup, places.program),
            one.content.schema, one.content.acts,
        )
        for one in copies
    ]  # fmt: skip
    entry, terminal = plan_entry(places)
    return Record(
        old=begun.old,
        new=begun.new,
        kept=begun.outgoing,
        entry=entry,
        terminal=terminal,
        schema=running.schema,
        signer=key_id(update.signer),
        at=at.isoformat(),
        registers=tuple(kept),
    )


def plan_entry(places: Places) -> tuple[str, str]:
    """Give what opens the window and what answers in the terminal, in the program that runs now."""
    own = Path(sys.executable).name
    for ending in ("-cli.exe",):
        if own.lower().endswith(ending):
            window = f"{own[: -len(ending)]}.exe"
            return (window if (places.program / window).exists() else own), own
    terminal = f"{own[:-4]}-cli.exe" if own.lower().endswith(".exe") else own
    return own, (terminal if (places.program / terminal).exists() else own)
