"""Write packages: what somebody lacks, what was written since a day, what concerns a site, or everything.

Nothing is sent that was not sealed. What a receiver has is known from what they sent last; where nothing is known,
everything goes, since what is there already does no harm.
"""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from wufei_cells.domain.bundles import Holdings, Span, without
from wufei_cells.domain.exchange import LEAST_LIMIT, Estimate, Order, Photos, Scope
from wufei_cells.errors import UserError
from wufei_cells.exchange.encryption import size_within
from wufei_cells.exchange.manifest import BundleEntry, FileEntry, Manifest, Sender, Wants
from wufei_cells.exchange.packages import Envelope, Written, write_package
from wufei_cells.exchange.parts import divide, package_size
from wufei_cells.progress import Report, silent
from wufei_cells.release import program_version
from wufei_cells.services import content_places, enrolled, exchange_needs, locking, reading, saving
from wufei_cells.services.bundling import seal_pending
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.signing_key import genuine
from wufei_cells.store import bundles, heard, package_queries
from wufei_cells.store.authority import Authority
from wufei_cells.store.bundles import BundleRow
from wufei_cells.store.journal import Connection
from wufei_cells.store.office_queries import devices

CHANGES, REQUEST, RECEIPT = "changes", "request", "receipt"
ENDING = ".wufei"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: a manifest for each part."""

    order: Order
    parts: tuple[Manifest, ...]
    missing_files: int
    unknown: bool

    @property
    def estimate(self) -> Estimate:
        """Say how much it is."""
        acts = [entry for part in self.parts for entry in part.bundles]
        files = [entry for part in self.parts for entry in part.files]
        return Estimate(
            acts=sum(entry.last - entry.first + 1 for entry in acts),
            bundles=len(acts),
            files=len(files),
            act_bytes=sum(entry.size for entry in acts),
            file_bytes=sum(entry.size for entry in files),
            missing_files=self.missing_files,
            parts=len(self.parts),
            size=sum(package_size(part) for part in self.parts),
            unknown=self.unknown,
        )


def plan(workspace: Workspace, order: Order, report: Report = silent) -> Plan:
    """Work out what goes into a package; acts that are not sealed yet are sealed first.

    Raises:
        UserError: the order contradicts itself, the receiver or the site is not known, or a part cannot be as small
            as was asked for.
    """
    _refuse_contradictions(order)
    enrolled.refuse_expired(workspace)
    seal_pending(workspace, report)
    lock = locking.lock(workspace)
    with workspace.database.reading() as connection:
        said = heard.read(connection)
        known, authority = {*devices(connection), *said}, Authority.of(connection)
        if order.to and order.to not in known and not authority.admits(order.to):
            raise UserError("packing.unknown_device", device=order.to)
        gone = authority.statements.revoked.keys() - {order.to}
        holds = {device: one.holds for device, one in said.items() if device not in gone}
        chosen, unknown = _chosen(connection, order, holds)
        asked = frozenset(said[order.to].wanted_files) if order.to in said else frozenset[str]()
        names = _files(connection, order, chosen, asked)
        head = _head(workspace, connection, CHANGES, order.to, lock)
    entries, missing = _file_entries(workspace, sorted(names))
    acts = [BundleEntry(row.hash, row.size, row.device, row.first, row.last) for row in chosen]
    return Plan(order, divide(head, acts, entries, _limit_within(order)), missing, unknown)


def write(workspace: Workspace, planned: Plan, target: Path, report: Report = silent) -> tuple[Written, ...]:
    """Write a package, or its parts beside each other; each is read back before this returns.

    Args:
        workspace: the register.
        planned: what to write.
        target: the file; parts are numbered behind its name.
        report: told how many bytes are done of how many.

    Raises:
        UserError: a register stands there, or the receiver's key is not known.
        EnvironmentFault: the disk does not take it; the part that was being written is not there.
    """
    envelope = _envelope(workspace, planned.order)
    total, done = 2 * sum(package_size(part) for part in planned.parts), 0
    written: list[Written] = []
    for part, path in zip(planned.parts, part_paths(target, len(planned.parts)), strict=True):
        saving.refuse_register(path)
        before = done
        written.append(
            write_package(
                path,
                part,
                _source(workspace),
                workspace.database.identity.key,
                genuine,
                envelope=envelope,
                report=lambda now, _all, before=before: report(before + now, total),
            )
        )
        done += 2 * package_size(part)
    return tuple(written)


def refuse_taken(paths: Iterable[Path]) -> None:
    """Keep a package from taking the place of another file.

    Raises:
        UserError: a file of this name is there.
    """
    for path in paths:
        saving.refuse_taken(path)


def write_page(workspace: Workspace, purpose: str, to: str, target: Path) -> Written:
    """Write a package without acts: a request for what is missing here, or a receipt of what arrived."""
    saving.refuse_register(target)
    lock = locking.lock(workspace)
    with workspace.database.reading() as connection:
        head = _head(workspace, connection, purpose, to, lock)
    return write_package(target, head, _source(workspace), workspace.database.identity.key, genuine)


def part_paths(target: Path, count: int) -> tuple[Path, ...]:
    """Name the files of the parts."""
    stem = target.name.removesuffix(ENDING)
    if count == 1:
        return (target.with_name(f"{stem}{ENDING}"),)
    return tuple(target.with_name(f"{stem}-{number}-{count}{ENDING}") for number in range(1, count + 1))


# --- what goes in


def _limit_within(order: Order) -> int | None:
    """Give the most bytes of a part before it is closed; the envelope takes some, too."""
    if order.limit is None or not (order.passphrase or order.locked):
        return order.limit
    return size_within(order.limit, 1)


def _refuse_contradictions(order: Order) -> None:
    if order.scope is Scope.SINCE and order.since is None:
        raise UserError("packing.no_day")
    if order.scope is Scope.SITE and not order.site:
        raise UserError("packing.no_site")
    if order.limit is not None and order.limit < LEAST_LIMIT:
        raise UserError("packing.limit", least=LEAST_LIMIT)
    if order.locked and not order.to:
        raise UserError("packing.locked_for_nobody")


def _chosen(connection: Connection, order: Order, holds: Mapping[str, Holdings]) -> tuple[tuple[BundleRow, ...], bool]:
    """Choose the bundles; and say whether everything goes because nothing is known of the receiver."""
    rows = bundles.rows(connection)
    match order.scope:
        case Scope.ALL:
            return rows, False
        case Scope.SINCE:
            assert order.since is not None
            hashes = package_queries.bundles_since(connection, order.since.isoformat())
            return tuple(row for row in rows if row.hash in hashes), False
        case Scope.SITE:
            return _about_site(connection, order.site, rows), False
        case Scope.LACKING:
            known = _held_by(order.to, holds)
            if known is None:
                return rows, True
            return tuple(row for row in rows if without([(row.first, row.last)], known.get(row.device, ()))), False


def _held_by(device: str, holds: Mapping[str, Holdings]) -> Holdings | None:
    """Give what a device holds; of everyone: what each device that was heard of holds."""
    if device:
        return holds.get(device)
    if not holds:
        return None
    return {
        of: _common([one.get(of, ()) for one in holds.values()]) for of in {of for one in holds.values() for of in one}
    }


def _common(several: Iterable[Iterable[Span]]) -> tuple[Span, ...]:
    """Give what all of several lists of spans hold."""
    first, *others = (tuple(spans) for spans in several)
    for other in others:
        first = without(first, without(first, other))
    return first


def _about_site(connection: Connection, site: str, rows: Iterable[BundleRow]) -> tuple[BundleRow, ...]:
    reading.site(connection, site)
    wanted: dict[str, set[int]] = {}
    for device, seq in package_queries.acts_about(connection, package_queries.entities_of_site(connection, site)):
        wanted.setdefault(device, set()).add(seq)
    return tuple(row for row in rows if any(row.first <= seq <= row.last for seq in wanted.get(row.device, ())))


def _files(connection: Connection, order: Order, chosen: Iterable[BundleRow], asked: frozenset[str]) -> set[str]:
    if order.photos is Photos.NONE:
        return set()
    named = list(package_queries.named_files(connection))
    if order.photos is Photos.ALL:
        return {file.sha256 for file in named}
    if order.scope is Scope.SITE:
        return package_queries.files_of(connection, package_queries.entities_of_site(connection, order.site))
    spans: dict[str, list[Span]] = {}
    for row in chosen:
        spans.setdefault(row.device, []).append((row.first, row.last))
    within = {
        file.sha256 for file in named if any(first <= file.seq <= last for first, last in spans.get(file.device, ()))
    }
    return within | (asked & {file.sha256 for file in named})


def _file_entries(workspace: Workspace, names: Iterable[str]) -> tuple[list[FileEntry], int]:
    found: list[FileEntry] = []
    missing = 0
    for name in names:
        path = content_places.path_of(workspace, name)
        if path is None:
            missing += 1
        else:
            found.append(FileEntry(name, path.stat().st_size))
    return found, missing


def _head(workspace: Workspace, connection: Connection, purpose: str, to: str, lock: str) -> Manifest:
    """Give the first page: who sends, what is held here, and what is missing here."""
    own = workspace.database.device_uuid
    return Manifest(
        program=program_version(),
        purpose=purpose,
        city=reading.profile(connection).key,
        example=workspace.example,
        sender=Sender(own, devices(connection).get(own, ""), workspace.person.name, lock),
        to=to,
        made_at=workspace.now(),
        set=uuid.uuid4().hex,
        holds=bundles.held(connection),
        wants=Wants(exchange_needs.missing_acts(connection), exchange_needs.missing_files(workspace, connection)),
    )


# --- how it is written


def _source(workspace: Workspace) -> Callable[[BundleEntry | FileEntry], BinaryIO]:
    def give(entry: BundleEntry | FileEntry) -> BinaryIO:
        if isinstance(entry, BundleEntry):
            with workspace.database.reading() as connection:
                return io.BytesIO(bundles.content(connection, entry.sha256))
        path = content_places.path_of(workspace, entry.sha256)
        if path is None:
            raise FileNotFoundError(entry.sha256)
        return path.open("rb")

    return give


def _envelope(workspace: Workspace, order: Order) -> Envelope | None:
    if order.passphrase:
        return Envelope(passphrase=order.passphrase)
    if not order.locked:
        return None
    with workspace.database.reading() as connection:
        said = heard.read(connection).get(order.to)
    if said is None or not said.lock:
        raise UserError("packing.no_lock", device=order.to)
    return Envelope(recipients=(said.lock,))
