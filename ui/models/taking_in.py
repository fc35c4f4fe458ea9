"""Taking packages in, step by step in the worker thread: receive, look, take; what is stopped leaves nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from ui.context import Desk
    from ui.tasks import TaskProgress
    from wufei_cells.services.import_telling import PreviewTold
    from wufei_cells.services.receiving import Received
    from wufei_cells.services.taking_packages import TakenIn
    from wufei_cells.wording import Wording

RECEIVING, LOOKING = 700, 1000
"""Thousandths of the progress after which files are in the inbox, and everything is looked at."""


class Stopped(Exception):
    """Raised within the work when the person has cancelled it."""


@dataclass(frozen=True, slots=True)
class Came:
    """A file, and what became of it."""

    path: Path
    received: Received

    @property
    def closed(self) -> bool:
        """Whether a passphrase is wanted that was not given yet, or not the right one."""
        return any(problem.code in PASSPHRASE for problem in self.received.problems)


PASSPHRASE = ("package.needs_passphrase", "package.wrong_passphrase")


@dataclass(frozen=True, slots=True)
class Look:
    """Files in the inbox, and what they would do."""

    came: tuple[Came, ...]
    told: PreviewTold
    repeated: int
    """Files that were the same as others."""

    @property
    def received(self) -> tuple[Received, ...]:
        """The files as the services know them."""
        return tuple(one.received for one in self.came)

    @property
    def closed(self) -> int:
        """How many wait for a passphrase."""
        return sum(one.closed for one in self.came)


def look(
    before: Look | None,
    paths: Sequence[Path],
    passphrase: str,
    wording: Wording,
    stop: Event,
    desk: Desk,
    progress: TaskProgress,
) -> Look | None:
    """Bring files into the inbox, beside those that are there, and tell what all of them would do.

    With a passphrase those that are closed are opened with it. ``None`` when it was stopped: the inbox is as it was.
    """
    report = stopping(stop, progress)
    kept = list(before.came) if before else []
    again = [one.path for one in kept if passphrase and one.closed]
    new: list[Came] = []
    try:
        _receive([*again, *paths], passphrase, new, desk, report)
        came, repeated = _joined([one for one in kept if not (passphrase and one.closed)], new)
        received = [one.received for one in came]
        told = desk.import_telling.preview(
            desk.workspace, received, wording, lambda done, total: _tell(report, RECEIVING, LOOKING, done, total)
        )
    except BaseException as error:
        _discard([one for one in new if not _among(one, kept)], desk)
        if isinstance(error, Stopped):
            return None
        raise
    return Look(tuple(came), told, (before.repeated if before else 0) + repeated)


def take(found: Look, stop: Event, desk: Desk, progress: TaskProgress) -> TakenIn | None:
    """Take the files in for good; ``None`` when it was stopped, and nothing is in the register."""
    try:
        return desk.taking_packages.take_in(desk.workspace, found.received, stopping(stop, progress))
    except Stopped:
        return None


def put_away(found: Look, desk: Desk) -> None:
    """Remove the copies of files that nobody took in."""
    _discard(found.came, desk)


def stopping(stop: Event, progress: TaskProgress) -> Callable[[int, int], None]:
    """Give a report that stops the work once somebody has cancelled it."""

    def report(done: int, total: int) -> None:
        if stop.is_set():
            raise Stopped
        progress.report(done, total)

    return report


# --- parts


def _receive(
    paths: Sequence[Path], passphrase: str, new: list[Came], desk: Desk, report: Callable[[int, int], None]
) -> None:
    """Receive one file after the other, so that it is known which are in the inbox whenever it is stopped."""
    for number, path in enumerate(paths):

        def part(done: int, total: int, number: int = number) -> None:
            share = done / total if total else 0.0
            _tell(report, 0, RECEIVING, round(1000 * (number + share)), 1000 * len(paths))

        part(0, 1)
        found = desk.receiving.receive(desk.workspace, [path], passphrase=passphrase, report=part)
        new += [Came(path, one) for one in found]


def _joined(kept: Sequence[Came], new: Sequence[Came]) -> tuple[list[Came], int]:
    """Put new files to those that are there; the same file twice is one file. Names that are taken get a number."""
    joined, repeated = list(kept), 0
    for one in new:
        if _among(one, joined):
            repeated += 1
            continue
        names = {other.received.name for other in joined}
        name, number = one.received.name, 1
        while name in names:
            number += 1
            name = f"{one.path.stem} ({number}){one.path.suffix}"
        joined.append(Came(one.path, replace(one.received, name=name)))
    return joined, repeated


def _among(one: Came, others: Sequence[Came]) -> bool:
    taken = one.received.taken
    if taken is None:
        return any(other.path == one.path for other in others)
    return any(other.received.taken and other.received.taken.sha256 == taken.sha256 for other in others)


def _discard(came: Sequence[Came], desk: Desk) -> None:
    desk.receiving.discard([one.received for one in came])


def _tell(report: Callable[[int, int], None], start: int, end: int, done: int, total: int) -> None:
    report(start + (end - start) * done // max(total, 1), LOOKING)
