"""Finish what an update left when it was cut short, or clear it away; the folders alone say how far it came."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from wufei_cells.updates import placing, plan, processes
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import Plan, State

_FORGOTTEN = 3600
"""Seconds after which no helper waits any more."""


def heal(program: Path, folder: Path, arguments: Sequence[str]) -> int | None:
    """Go on with a plan, or clear away what one left; what the machine refuses waits for the next start.

    Args:
        program: the folder whose place it is about.
        folder: the one that this program runs in: the same, or one beside it.
        arguments: what this program was started with.

    Returns:
        an exit code where the program in its place did what this one was started for.
    """
    places = Places(program)
    with suppress(OSError):
        if found := plan.read(places.plan):
            return _go_on(found, places, folder, arguments)
        if folder == program:
            placing.tidy(places)
    return None


def _go_on(found: Plan, places: Places, folder: Path, arguments: Sequence[str]) -> int | None:
    program, path = places.program, places.plan
    incoming, outgoing = path.parent / found.incoming, path.parent / found.outgoing
    if found.state is State.PREPARING:
        if folder == program and not processes.alive(found.pid):
            placing.discard(found, path)
        return None
    if not outgoing.exists():
        if folder == program:
            _clear_if_over(found, path)
        return None
    if program.exists():
        if not incoming.exists():
            placing.carry_out(found, path)
        return None
    if folder == incoming or not incoming.exists():
        outgoing.rename(program)  # no program can rename the folder it runs in, on Windows
    else:
        placing.carry_out(found, path)
    return _relay(program, found, arguments)


def _clear_if_over(found: Plan, path: Path) -> None:
    """Clear away what was made ready and not begun, unless a helper may still wait for its moment."""
    if found.state is State.FAILED:
        placing.remove_prepared(found, path)
    elif not processes.alive(found.pid) and time.time() - path.stat().st_mtime > _FORGOTTEN:
        placing.discard(found, path)


def _relay(program: Path, found: Plan, arguments: Sequence[str]) -> int:
    """Let the program in its place do what this one was started for."""
    own = program / Path(sys.executable).name
    command = own if own.exists() else program / found.entry
    if not arguments:
        processes.start(command, (), folder=program.parent)
        return 0
    return subprocess.call([str(command), *arguments], env=processes.environment())
