"""Put one program folder in the place of another, by renames.

A helper does it: a copy of the program, beside it, that waits for the program's end. The steps are so small that each
leaves a program that runs, and whatever starts next can tell from the folders alone how far they are:

1. PROGRAM → kept beside       from here to 2 there is no program under its name; the kept one runs, and goes on with 2
2. INCOMING → PROGRAM          the new one runs, and goes on with 3 before it looks for its data
3. the data of a portable program → PROGRAM
4. the plan is deleted
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from wufei_cells.errors import WufeiError
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.updates import listing, plan, processes
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import Plan, State

PATIENCE = 600
"""Seconds that the helper waits for the window to close; somebody may be asked first whether to save."""
OTHERS = 20
"""Seconds for other runs of the same program."""
_HELD = 30
"""Seconds to try again what Windows refuses while a virus scanner looks into a new folder."""


def finish(path: Path, pid: int) -> int:
    """Carry out a plan once a process has ended, and open the program again; give the exit code of the helper."""
    gone = processes.wait_until_gone(pid, PATIENCE)
    found = plan.read(path)
    if found is None or found.state is not State.READY:
        return 1
    program = path.parent / found.program
    code, detail = "", ""
    if not (gone and _nobody_runs(program)):
        code = "update.in_use"
    else:
        try:
            _restore(found)
            carry_out(found, path)
        except OSError as error:
            code, detail = "update.not_moved", error.strerror or str(error)
        except WufeiError as error:
            code, detail = error.code, str(error.values.get("path", ""))
    if code:
        plan.fail(found, path, code, detail)
    if found.restart is not None and (program / found.entry).exists():
        processes.start(program / found.entry, found.restart, folder=program.parent)
    return 1 if code else 0


def carry_out(found: Plan, path: Path) -> None:
    """Take the steps that are left of a plan; a step that fails takes those before it back.

    Raises:
        OSError: the machine does not let it happen; the old program is in its place.
    """
    folder = path.parent
    program, incoming, outgoing = (folder / name for name in (found.program, found.incoming, found.outgoing))
    if program.exists() and incoming.exists():
        _rename(program, outgoing)
    if not program.exists():
        try:
            _rename(incoming, program)
        except OSError:
            _rename(outgoing, program)
            raise
    try:
        move_data(outgoing, program)
    except OSError:
        _rename(program, incoming)
        _rename(outgoing, program)
        raise
    plan.settle(folder)
    path.unlink(missing_ok=True)
    listing.show_version(program, found.new)
    for other in Places(program).set_aside():
        if other != outgoing:
            remove_program(other)


def move_data(source: Path, target: Path) -> None:
    """Move the data of a portable program along: one rename, never a copy, and never over other data."""
    data, place = source / PORTABLE_FOLDER, target / PORTABLE_FOLDER
    if data.is_dir() and not place.exists():
        _rename(data, place)
        plan.settle(target)


def discard(found: Plan, path: Path) -> None:
    """Clear away what was prepared; a version that was kept stays."""
    remove_prepared(found, path)
    path.unlink(missing_ok=True)
    _forget_part(Places(path.parent / found.program))


def remove_prepared(found: Plan, path: Path) -> None:
    """Delete what was prepared; the plan, which says why it did not happen, stays."""
    if not found.back:
        remove_program(path.parent / found.incoming)
    remove_program(Places(path.parent / found.program).helper)


def tidy(places: Places) -> None:
    """Clear away what a finished or forgotten update left beside the program."""
    for left in (places.helper, places.incoming):
        if left.exists():
            remove_program(left)
    _forget_part(places)


def _forget_part(places: Places) -> None:
    places.plan.with_name(f"{places.plan.name}.part").unlink(missing_ok=True)


def remove_program(folder: Path) -> None:
    """Delete a program folder, as far as the machine lets it happen; never one with the data of a person in it."""
    if folder.is_dir() and not folder.is_symlink() and not (folder / PORTABLE_FOLDER).exists():
        shutil.rmtree(folder, ignore_errors=True)


def _restore(found: Plan) -> None:
    if found.restore:
        from wufei_cells.updates import registers  # noqa: PLC0415 - loads SQLAlchemy; few plans ask for it

        for one in found.restore:
            registers.restore(one)


def _nobody_runs(program: Path) -> bool:
    until = time.monotonic() + OTHERS
    while processes.others_from(program):
        if time.monotonic() > until:
            return False
        time.sleep(0.2)
    return True


def _rename(source: Path, target: Path) -> None:
    until = time.monotonic() + (_HELD if sys.platform == "win32" else 0)
    while True:
        try:
            source.rename(target)
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(0.5)
        else:
            return


def copy_program(source: Path, target: Path) -> None:
    """Copy a program folder without its data: by hard links where there are any, which costs no room."""

    def leave_data(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name == PORTABLE_FOLDER] if Path(folder) == source else []

    shutil.copytree(source, target, symlinks=True, ignore=leave_data, copy_function=link_or_copy)


def link_or_copy(source: str, target: str) -> None:
    """Make a hard link, or a copy where the file system has none."""
    if os.name == "posix":
        try:
            os.link(source, target, follow_symlinks=False)
        except (OSError, NotImplementedError):
            pass
        else:
            return
    shutil.copy2(source, target)
