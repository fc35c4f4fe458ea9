"""Take files from wherever they lie into the inbox and open them; nothing of the register is touched.

Each file is copied once, under its hash, and only the copy is read. What is no package, or not sound, or not for this
register, is told with all its problems; the other files go on.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from wufei_cells.errors import EnvironmentFault, Problem, ProblemsFound, UserError, WufeiError
from wufei_cells.exchange.encryption import Lock
from wufei_cells.exchange.inbox import Taken, take_in, unlock
from wufei_cells.exchange.manifest import Manifest
from wufei_cells.exchange.opening import Package, open_package
from wufei_cells.progress import Report, silent
from wufei_cells.services import locking, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.signing_key import genuine

FOLDER = "inbox"
LEFT_BEHIND = 24 * 3600
"""Seconds after which copies that nobody took in are swept away."""


@dataclass(frozen=True, slots=True)
class Received:
    """One file: its copy in the inbox, and what it says; or what is wrong with it."""

    name: str
    taken: Taken | None = None
    manifest: Manifest | None = None
    problems: tuple[Problem, ...] = ()
    needs: str = ""
    """``passphrase`` or ``key`` where it is closed and could not be opened."""

    @property
    def sound(self) -> bool:
        """Whether it can be taken in."""
        return self.manifest is not None and not self.problems


def receive(
    workspace: Workspace, paths: Sequence[Path], *, passphrase: str = "", report: Report = silent
) -> tuple[Received, ...]:
    """Copy files into the inbox and check them whole.

    Args:
        workspace: the register.
        paths: the files.
        passphrase: for those that are closed with one.
        report: told how many bytes are read; what it raises stops it.
    """
    _sweep(inbox_of(workspace))
    # A folder for each time: another program may be taking in the same file, and lets go of its copy when it is done.
    inbox = inbox_of(workspace) / token_hex(8)
    found: list[Received] = []
    seen: set[str] = set()
    try:
        for number, path in enumerate(paths):
            one = _receive(workspace, path, inbox, passphrase, _part_of(report, number, len(paths)))
            if one.taken is None or one.taken.sha256 not in seen:  # one file laid down twice is one file
                found.append(one)
            if one.taken:
                seen.add(one.taken.sha256)
    except BaseException:
        shutil.rmtree(inbox, ignore_errors=True)
        raise
    return tuple(found)


@contextmanager
def opened(received: Sequence[Received]) -> Generator[list[tuple[Received, Package]]]:
    """Open the sound ones of some files; they were checked when they were received."""
    with ExitStack() as stack:
        yield [
            (one, stack.enter_context(open_package(one.taken.path, name=one.name, genuine=genuine, whole=False)))
            for one in received
            if one.sound and one.taken
        ]


def discard(received: Sequence[Received]) -> None:
    """Remove copies from the inbox: what they held is in the register, or nobody wants it."""
    for folder in {one.taken.path.parent for one in received if one.taken}:
        shutil.rmtree(folder, ignore_errors=True)


def inbox_of(workspace: Workspace) -> Path:
    """Give the folder of copies."""
    return workspace.database.path.parent / FOLDER


def _sweep(inbox: Path) -> None:
    """Take away what was left behind where a program was killed; another one may be at work right now."""
    before = time.time() - LEFT_BEHIND
    with contextlib.suppress(OSError):
        for folder in inbox.iterdir():
            if folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)


def _receive(workspace: Workspace, path: Path, inbox: Path, passphrase: str, report: Report) -> Received:
    taken: Taken | None = None
    try:
        taken = take_in(path, inbox, report=report)
        if taken.lock is not Lock.NONE:
            taken = _unlocked(workspace, taken, inbox, passphrase)
        with open_package(taken.path, name=path.name, genuine=genuine) as package:
            manifest = package.manifest
        return Received(path.name, taken, manifest, _foreign(workspace, manifest, path.name))
    except ProblemsFound as found:
        return Received(path.name, taken, problems=found.problems)
    except (UserError, EnvironmentFault) as error:
        needs = "passphrase" if error.code == "package.needs_passphrase" else ""
        return Received(path.name, taken, problems=(_problem(error, path.name),), needs=needs)


def _unlocked(workspace: Workspace, closed: Taken, inbox: Path, passphrase: str) -> Taken:
    key = locking.secret(workspace)
    found = unlock(closed, inbox, identities=[key] if key else [], passphrase=passphrase)
    closed.path.unlink(missing_ok=True)
    return found


def _foreign(workspace: Workspace, manifest: Manifest, name: str) -> tuple[Problem, ...]:
    """Say why a sound package has no place in this register."""
    with workspace.database.reading() as connection:
        city = reading.profile(connection).key
    if manifest.example != workspace.example:
        return (Problem("receiving.example" if manifest.example else "receiving.not_example", name),)
    if manifest.city != city:
        return (Problem("receiving.other_city", name, {"found": manifest.city, "here": city}),)
    return ()


def _problem(error: WufeiError, place: str) -> Problem:
    return Problem(error.code, place, error.values)


def _part_of(report: Report, number: int, count: int) -> Report:
    """Give what tells of one file as a part of all of them, in thousandths."""
    return lambda done, total: report(1000 * number + (1000 * done // total if total else 0), 1000 * count)
