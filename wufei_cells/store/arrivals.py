"""The imports: what came with each, and taking one out of the journal again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import Bundle, Span, without
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.cells import cells_that_name, head_of
from wufei_cells.store.projecting import Row
from wufei_cells.store.projection import project_cells, rebuild
from wufei_cells.store.readable_acts import readable_row
from wufei_cells.store.touched_cells import Cell

_arrival, _bundle, _held, _act, _device = (
    tables.arrival,
    tables.bundle,
    tables.held_bundle,
    tables.act,
    tables.device,
)
MANY = 20_000
"""Cells from which on the readable tables are made anew as a whole, which is quicker."""


@dataclass(frozen=True, slots=True)
class StoredArrival:
    """One import as it is on record."""

    id: str
    at: str
    person: str
    undone_at: str | None
    summary: Mapping[str, JsonValue]


def note(connection: Connection, arrival: str, at: str, person: str, summary: Mapping[str, JsonValue]) -> None:
    """Put an import on record."""
    row = {"id": arrival, "at": at, "person": person, "undone_at": None, "summary": canonical_json(summary)}
    connection.execute(insert(_arrival), row)


def arrivals(connection: Connection) -> tuple[StoredArrival, ...]:
    """List the imports, the last one first."""
    query = select(_arrival).order_by(_arrival.c.at.desc(), _arrival.c.id)
    return tuple(
        StoredArrival(row.id, row.at, row.person, row.undone_at, json.loads(row.summary))
        for row in connection.execute(query)
    )


def acts_here(connection: Connection) -> Mapping[str, int]:
    """Count the acts that are in the journal with each import; what waited and was admitted later is among them."""
    size = func.sum(_bundle.c.last - _bundle.c.first + 1)
    return {
        row[0]: int(row[1]) for row in connection.execute(select(_bundle.c.arrival, size).group_by(_bundle.c.arrival))
    }


def stamp(connection: Connection) -> tuple[int, int]:
    """Give what differs whenever acts of others came or went: their numbers need not be the last of their device."""
    came = select(func.count()).select_from(_bundle).where(_bundle.c.arrival != "").scalar_subquery()
    undone = select(func.count(_arrival.c.undone_at)).scalar_subquery()
    row = connection.execute(select(came, undone)).one()
    return int(row[0]), int(row[1])


# --- bundles that wait


def hold(connection: Connection, bundle: Bundle, reason: str, arrival: str) -> None:
    """Keep a bundle beside the journal; once is enough."""
    if connection.execute(select(_held.c.hash).where(_held.c.hash == bundle.hash)).first():
        return
    connection.execute(
        insert(_held).values(
            hash=bundle.hash,
            device=bundle.run.device,
            first=bundle.run.first,
            last=bundle.run.last,
            signer=bundle.signer,
            name=bundle.name,
            reason=reason,
            content=bundle.content,
            arrival=arrival,
        )
    )


def release(connection: Connection, hashes: Iterable[str]) -> None:
    """Let go of bundles that wait no longer."""
    connection.execute(delete(_held).where(_held.c.hash.in_(list(hashes))))


@dataclass(frozen=True, slots=True)
class HeldBundle:
    """A bundle that waits, without its content."""

    hash: str
    device: str
    signer: str
    name: str
    reason: str
    first: int
    last: int
    arrival: str


def held(connection: Connection) -> tuple[HeldBundle, ...]:
    """List the bundles that wait, by signer and reason."""
    columns = [_held.c[one.name] for one in fields(HeldBundle)]
    query = select(*columns).order_by(_held.c.signer, _held.c.reason, _held.c.device, _held.c.first, _held.c.hash)
    return tuple(HeldBundle(*row) for row in connection.execute(query))


def held_content(connection: Connection, bundle: str) -> bytes:
    """Give a bundle that waits, by its hash."""
    return bytes(connection.execute(select(_held.c.content).where(_held.c.hash == bundle)).scalar_one())


def signed_by(connection: Connection, device: str) -> bytes | None:
    """Give a bundle that a device signed, one that waits or one that is in the journal; ``None`` where none is here."""
    for table in (_held, _bundle):
        query = select(table.c.content).where(table.c.signer == device).limit(1)
        found = connection.execute(query).scalar()
        if found is not None:
            return bytes(found)
    return None


# --- taking an import back


def take_out(connection: Connection, arrival: str, at: str) -> int:
    """Take the acts that came with an import out of the journal; they can come again.

    Acts that another bundle here holds, too, stay.

    Returns:
        How many acts were taken out.
    """
    bundle_rows = connection.execute(
        select(_bundle.c.device, _bundle.c.first, _bundle.c.last).where(_bundle.c.arrival == arrival)
    ).all()
    connection.execute(delete(_bundle).where(_bundle.c.arrival == arrival))
    connection.execute(delete(_held).where(_held.c.arrival == arrival))
    by_device: dict[int, list[Span]] = {}
    for row in bundle_rows:
        by_device.setdefault(row.device, []).append((row.first, row.last))
    cells: dict[Cell, None] = {}
    lost: list[Row] = []
    gone = 0
    for device, spans in by_device.items():
        for span in without(spans, _spans(connection, device)):
            gone += _take_out_span(connection, device, span, cells, lost)
    if len(cells) > MANY:
        rebuild(connection)
    else:
        project_cells(connection, cells, lost)
    connection.execute(update(_arrival).where(_arrival.c.id == arrival).values(undone_at=at))
    return gone


def _spans(connection: Connection, device: int) -> Sequence[Span]:
    query = select(_bundle.c.first, _bundle.c.last).where(_bundle.c.device == device)
    return [(row.first, row.last) for row in connection.execute(query)]


def _take_out_span(connection: Connection, device: int, span: Span, cells: dict[Cell, None], lost: list[Row]) -> int:
    query = select(_act, _device.c.uuid).join(_device, _device.c.id == _act.c.device)
    query = query.where(_act.c.device == device, _act.c.seq.between(*span))
    for act in connection.execute(query).mappings():
        cell = (act["entity"], act["cell"])
        cells[cell] = None
        row, _readable = readable_row(*cell, head_of(act))
        if row and len(cells) <= MANY:
            lost.append(row)
    # A newer program or a forger may have replaced them from other cells, which await them now.
    cells.update(dict.fromkeys(cells_that_name(connection, device, span)))
    further = tables.further_replacement
    connection.execute(delete(further).where(and_(further.c.device == device, further.c.seq.between(*span))))
    return connection.execute(delete(_act).where(_act.c.device == device, _act.c.seq.between(*span))).rowcount
