"""Take packages in: what they would do first, then for good, and back again as a whole.

The preview is the import itself in a transaction that is rolled back, so it cannot promise anything else. For good, the
order is such that a machine that dies at any point has lost nothing: a copy of the database, photos and papers (each
whole under its hash), then one transaction with everything else, then the copies in the inbox go. Doing it all again
after that changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from wufei_cells.collector import uncollected
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import Holdings
from wufei_cells.domain.exchange import ArrivalRow, ImportPreview, IncomingFile
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.exchange.opening import Package
from wufei_cells.progress import Report, silent
from wufei_cells.services import backing_up, content_places, erasing, exchange_needs, receiving, stating
from wufei_cells.services.bundling import seal_pending
from wufei_cells.services.import_watching import Watching
from wufei_cells.services.package_merging import FileOutcome, Merging
from wufei_cells.services.receiving import Received
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import arrivals, erasures, heard, look_memory
from wufei_cells.store.exchange_queries import conflict_cells
from wufei_cells.store.heard import Heard
from wufei_cells.store.journal import Connection

Packages = Sequence[tuple[Received, Package]]


def _look_away(_connection: Connection, _found: ImportPreview) -> None:
    """Need not see the register as it would be."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What an import did."""

    arrival: str
    preview: ImportPreview
    """As it turned out."""
    files: int
    """Photos and papers that are new on this machine."""


def preview(
    workspace: Workspace,
    received: Sequence[Received],
    report: Report = silent,
    look: Callable[[Connection, ImportPreview], object] = _look_away,
) -> ImportPreview:
    """Tell what taking in some files would do; nothing is written.

    Args:
        workspace: the register.
        received: the files, in the inbox.
        report: told how far the work is; what it raises stops it.
        look: sees the register as it would be, while it is.

    Raises:
        UserError: this is the register of an earlier day.
    """
    workspace.refuse_past()
    with receiving.opened(received) as packages, workspace.database.trying() as connection:
        found = _merge(workspace, connection, "", received, packages, report)
        look(connection, found)
        return found


def take_in(workspace: Workspace, received: Sequence[Received], report: Report = silent) -> TakenIn:
    """Take files in for good.

    Args:
        workspace: the register.
        received: the files, in the inbox.
        report: told how far the work is; what it raises stops it, and nothing is in the journal.

    Raises:
        UserError: this is the register of an earlier day, or there is nothing to take in.
        EnvironmentFault: the disk does not take it; the journal is as it was, the copies in the inbox stay.
    """
    workspace.refuse_past()
    if not any(one.sound for one in received):
        raise ProblemsFound([problem for one in received for problem in one.problems])
    # What is here and not sealed can come back to us, sealed by a copy of this register. Sealed here first, it is not
    # what came with the import, and stays when that is taken back.
    seal_pending(workspace)
    arrival = uuid.uuid4().hex
    with receiving.opened(received) as packages:
        backing_up.before_import(workspace)
        files = _take_files(workspace, packages, report)
        with workspace.database.writing() as connection, uncollected():
            done = _merge(workspace, connection, arrival, received, packages, report, files)
            _note(workspace, connection, arrival, packages, done, files)
            look_memory.step_back(connection, arrival)
    erasing.carry_out(workspace)
    receiving.discard(received)
    return TakenIn(arrival, done, len(files))


def undo(workspace: Workspace, arrival: str) -> int:
    """Take a whole import back: its acts leave the register, photos stay. It can be taken in again.

    What was written here since stays as it is, even where it builds on what leaves.

    Returns:
        How many acts left.

    Raises:
        UserError: there is no such import, or it was taken back.
    """
    workspace.refuse_past()
    with workspace.database.writing() as connection:
        standing = {one.id: one for one in arrivals.arrivals(connection)}
        if arrival not in standing:
            raise UserError("exchange.unknown_import", id=arrival)
        if standing[arrival].undone_at is not None:
            raise UserError("exchange.undone_already", id=arrival)
        left = arrivals.take_out(connection, arrival, workspace.now().isoformat(timespec="seconds"))
        stating.judge(connection)  # what left may have said whose acts count
        return left


def find_arrival(workspace: Workspace, key: str) -> str:
    """Find an import by its id, or by the beginning of it.

    Raises:
        UserError: there is none, or there are several.
    """
    found = [row.id for row in list_arrivals(workspace) if row.id.startswith(key)]
    if len(found) != 1 or not key:
        raise UserError("exchange.unknown_import", id=key)
    return found[0]


def list_arrivals(workspace: Workspace) -> tuple[ArrivalRow, ...]:
    """List the imports, the last one first."""
    with workspace.database.reading() as connection:
        rows, here = arrivals.arrivals(connection), arrivals.acts_here(connection)
    return tuple(_arrival(row, here.get(row.id, 0)) for row in rows)


def _arrival(row: arrivals.StoredArrival, here: int) -> ArrivalRow:
    said = row.summary
    files, senders = said["files"], said["senders"]
    assert isinstance(files, list)
    assert isinstance(senders, list)
    return ArrivalRow(
        row.id,
        datetime.fromisoformat(row.at),
        row.person,
        datetime.fromisoformat(row.undone_at) if row.undone_at else None,
        tuple(map(str, files)),
        tuple(map(str, senders)),
        max(int(str(said["acts"])), here),
        int(str(said["photos"])),
        int(str(said["conflicts"])),
    )


# --- the work


def _merge(
    workspace: Workspace,
    connection: Connection,
    arrival: str,
    received: Sequence[Received],
    packages: Packages,
    report: Report,
    taken: Collection[str] = (),
) -> ImportPreview:
    before = conflict_cells(connection)
    watching = Watching(connection)
    merging = Merging(connection, arrival, watching.watch if not arrival else None)
    merging.take([(one.name, package) for one, package in packages], report)
    holds: dict[str, Holdings] = {one.manifest.sender.device: one.manifest.holds for _received, one in packages}
    after = conflict_cells(connection)
    return ImportPreview(
        files=tuple(_told(workspace, one, merging.outcomes.get(one.name), taken) for one in received),
        counts=dict(merging.counts),
        changes=watching.changes(after),
        changed=merging.changed,
        new_conflicts=len(after - before),
        settled_conflicts=len(before - after),
        aside=merging.aside,
        missing=exchange_needs.missing_acts(connection, holds),
        missing_parts=_missing_parts(connection, received),
    )


def _told(workspace: Workspace, one: Received, outcome: FileOutcome | None, taken: Collection[str]) -> IncomingFile:
    outcome = outcome or FileOutcome()
    manifest = one.manifest
    problems = (*one.problems, *outcome.problems)
    if manifest is None:
        return IncomingFile(one.name, problems=problems, needs=one.needs)
    names = [file.sha256 for file in manifest.files]
    new_files = sum(name in taken or content_places.path_of(workspace, name) is None for name in names)
    return IncomingFile(
        name=one.name,
        sender=manifest.sender.name,
        person=manifest.sender.person,
        purpose=manifest.purpose,
        made_at=manifest.made_at,
        part=manifest.part,
        new_acts=outcome.new_acts,
        known_acts=outcome.known_acts,
        new_files=new_files,
        held_back=outcome.held_back,
        problems=problems,
        device=manifest.sender.device,
        wanted_files=len(manifest.wants.files),
    )


def _missing_parts(connection: Connection, received: Sequence[Received]) -> dict[str, tuple[int, ...]]:
    """Say which parts of a set are neither among the files nor came before."""
    earlier = [one.summary.get("parts") for one in arrivals.arrivals(connection) if one.undone_at is None]
    here = {
        (str(part[0]), part[1])
        for parts in earlier
        if isinstance(parts, list)
        for part in parts
        if isinstance(part, list)
    }
    sets: dict[str, tuple[str, int, set[int]]] = {}
    for one in received:
        if one.manifest:
            number, count = one.manifest.part
            sets.setdefault(one.manifest.set, (one.name, count, set()))[2].add(number)
    found = {
        name: tuple(part for part in range(1, count + 1) if part not in there and (key, part) not in here)
        for key, (name, count, there) in sets.items()
    }
    return {name: parts for name, parts in found.items() if parts}


def _take_files(workspace: Workspace, packages: Packages, report: Report) -> frozenset[str]:
    """Bring photos and papers in, and name them; what is here, or was erased for good, is not read again."""
    with workspace.database.reading() as connection:
        erased = erasures.erased(connection)
    evidence, _papers = content_places.places(workspace)
    wanted = [
        (package, file)
        for _one, package in packages
        for file in package.manifest.files
        if file.sha256 not in erased and content_places.path_of(workspace, file.sha256) is None
    ]
    taken: set[str] = set()
    for number, (package, file) in enumerate(wanted):
        report(number, len(wanted))
        if file.sha256 not in taken:
            pieces: list[bytes] = []
            package.pour(file, pieces.append)
            taken.add(evidence.put(b"".join(pieces)))
    return frozenset(taken)


def _note(
    workspace: Workspace,
    connection: Connection,
    arrival: str,
    packages: Packages,
    done: ImportPreview,
    files: Collection[str],
) -> None:
    now = workspace.now().isoformat(timespec="seconds")
    for _one, package in packages:
        manifest, sender = package.manifest, package.manifest.sender
        if sender.device == workspace.database.device_uuid:
            continue  # what came back to us says nothing of anybody else
        said = Heard(
            sender.device,
            sender.name,
            sender.person,
            manifest.made_at.isoformat(),
            now,
            manifest.holds,
            manifest.wants.files,
            sender.lock,
        )
        heard.note(connection, said)
    senders = dict.fromkeys(package.manifest.sender.name for _one, package in packages)
    summary: dict[str, JsonValue] = {
        "files": [one.name for one, _package in packages],
        "senders": [*senders],
        "acts": sum(one.new_acts for one in done.files),
        "photos": len(files),
        "parts": [[package.manifest.set, package.manifest.part[0]] for _one, package in packages],
        "conflicts": done.new_conflicts,
    }
    arrivals.note(connection, arrival, now, workspace.person.name, summary)
