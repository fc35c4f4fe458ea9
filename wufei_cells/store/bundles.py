"""The signed bundles that this register holds, and the acts of its own that are not sealed yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select

from wufei_cells.domain.bundles import ActName, ActRun, Bundle, Span, united
from wufei_cells.store import tables
from wufei_cells.store.merging import Contradiction, number_devices
from wufei_cells.store.row_writing import lines_of

_bundle, _device, _act, _further = tables.bundle, tables.device, tables.act, tables.further_replacement
_READ = (  # the value last
    *(_act.c.seq, _act.c.replaced_device, _act.c.replaced_seq),
    *(_act.c.kind, _act.c.entity, _act.c.cell, _act.c.lamport, _act.c.at, _act.c.author, _act.c.value),
)
LARGEST_RUN = 8 * 1024 * 1024
"""Characters of values after which a run ends, however few its acts."""


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A stored bundle, without its content."""

    hash: str
    device: str
    first: int
    last: int
    size: int


def rows(connection: Connection) -> tuple[BundleRow, ...]:
    """List the bundles, by device and number."""
    size = func.length(_bundle.c.content).label("size")
    query = (
        select(_bundle.c.hash, _device.c.uuid, _bundle.c.first, _bundle.c.last, size)
        .join(_device, _device.c.id == _bundle.c.device)
        .order_by(_device.c.uuid, _bundle.c.first, _bundle.c.last, _bundle.c.hash)
    )
    return tuple(BundleRow(row.hash, row.uuid, row.first, row.last, row.size) for row in connection.execute(query))


def content(connection: Connection, bundle: str) -> bytes:
    """Give a bundle byte for byte, by its hash."""
    return bytes(connection.execute(select(_bundle.c.content).where(_bundle.c.hash == bundle)).scalar_one())


def known(connection: Connection, hashes: Collection[str]) -> frozenset[str]:
    """Tell which of some bundles are here."""
    return frozenset(connection.execute(select(_bundle.c.hash).where(_bundle.c.hash.in_(hashes))).scalars())


def held(connection: Connection) -> dict[str, tuple[Span, ...]]:
    """Say which acts of which device the bundles cover."""
    found: dict[str, list[Span]] = {}
    for row in rows(connection):
        found.setdefault(row.device, []).append((row.first, row.last))
    return {device: united(spans) for device, spans in found.items()}


def keep(connection: Connection, bundle: Bundle, arrival: str = "") -> None:
    """Keep a bundle.

    Raises:
        Contradiction: it does not follow the bundle before it, or is not what the one behind it follows.
    """
    device = number_devices(connection, [bundle.run.device])[bundle.run.device]
    _refuse_broken_chain(connection, device, bundle)
    connection.execute(
        insert(_bundle).values(
            device=device,
            first=bundle.run.first,
            last=bundle.run.last,
            hash=bundle.hash,
            previous=bundle.previous,
            signer=bundle.signer,
            content=bundle.content,
            arrival=arrival,
        )
    )


def _refuse_broken_chain(connection: Connection, device: int, bundle: Bundle) -> None:
    if bundle.signer != bundle.run.device:
        return  # its successor saw the chain as it was when it took the place; the device went on without knowing
    own = and_(_bundle.c.device == device, _bundle.c.signer == bundle.signer)
    before = select(_bundle.c.hash).where(own, _bundle.c.last == bundle.run.first - 1)
    ends = set(connection.execute(before).scalars())
    if ends and bundle.previous not in ends:
        raise Contradiction(bundle.run.first)
    behind = select(_bundle.c.previous).where(own, _bundle.c.first == bundle.run.last + 1)
    expected = set(connection.execute(behind).scalars())
    if expected and bundle.hash not in expected:
        raise Contradiction(bundle.run.last + 1)


# --- acts that are not sealed yet


def unsealed(connection: Connection) -> Mapping[str, Span]:
    """Say which acts no bundle holds yet: those of this device, and of devices whose place it took."""
    last_act = select(func.max(_act.c.seq)).where(_act.c.device == _device.c.id).scalar_subquery()
    last_sealed = select(func.max(_bundle.c.last)).where(_bundle.c.device == _device.c.id).scalar_subquery()
    found: dict[str, Span] = {}
    for uuid, last, sealed in connection.execute(select(_device.c.uuid, last_act, last_sealed)):
        if (last or 0) > (sealed or 0):
            found[uuid] = ((sealed or 0) + 1, last)
    return found


def last_hash(connection: Connection, device: str, before: int) -> str:
    """Give the hash of the bundle of a device that ends right before an act; empty where there is none."""
    query = (
        select(_bundle.c.hash)
        .join(_device, _device.c.id == _bundle.c.device)
        .where(_device.c.uuid == device, _bundle.c.last == before - 1)
        .order_by(_bundle.c.signer == device, _bundle.c.hash)
    )
    hashes = list(connection.execute(query).scalars())
    return hashes[-1] if hashes else ""


def runs(connection: Connection, device: str, span: Span, most: int) -> Iterator[ActRun]:
    """Give acts of a device as runs of no more than so many, and not much more text than a bundle should hold."""
    first, last = span
    while first <= last:
        run = _run(connection, device, first, min(last, first + most - 1))
        yield run
        first = run.last + 1


def _run(connection: Connection, device: str, first: int, last: int) -> ActRun:
    number = number_devices(connection, [device])[device]
    uuids = {row.id: row.uuid for row in connection.execute(select(_device.c.id, _device.c.uuid))}
    query = select(*_READ).where(_act.c.device == number, _act.c.seq.between(first, last)).order_by(_act.c.seq)
    found: list[tuple[Any, ...]] = []
    length = 0
    for row in lines_of(connection, query):
        found.append(row)
        length += len(row[-1])
        if length > LARGEST_RUN:
            break
    seqs, *named, kinds, entities, cells, lamports, times, authors, texts = map(list, zip(*found, strict=True))
    further = _further_of(connection, number, (first, last), uuids)
    replaced: list[tuple[ActName, ...]] = [
        (*(((uuids[of], name),) if of is not None else ()), *further.get(seq, ()))
        for seq, of, name in zip(seqs, *named, strict=True)
    ]
    values = json.loads(f"[{','.join(texts)}]")  # our own, so one text cannot reach into the next
    return ActRun(device, first, kinds, entities, cells, lamports, times, authors, values, texts, replaced)


def _further_of(connection: Connection, device: int, span: Span, uuids: Mapping[int, str]) -> dict[int, list[ActName]]:
    query = select(_further).where(and_(_further.c.device == device, _further.c.seq.between(*span)))
    found: dict[int, list[ActName]] = {}
    for row in connection.execute(query.order_by(_further.c.seq)):
        found.setdefault(row.seq, []).append((uuids[row.replaced_device], row.replaced_seq))
    return found
