"""What other devices said of themselves when they were heard of last: who works there, what they have and ask for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from wufei_cells.domain.bundles import Holdings, Span
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import tables
from wufei_cells.store.merging import number_devices

_heard, _device = tables.heard, tables.device


@dataclass(frozen=True, slots=True)
class Heard:
    """What one device said of itself."""

    device: str
    name: str
    person: str
    at: str
    """When, by its own clock."""
    received_at: str
    holds: Holdings
    wanted_files: tuple[str, ...]
    lock: str = ""
    """The public key with which packages for it can be closed."""


def note(connection: Connection, heard: Heard) -> None:
    """Note what a device said; what it said earlier gives way, what came late does not take its place."""
    before = read(connection).get(heard.device)
    if before and _reach(before.holds) > _reach(heard.holds):
        return
    document = {
        "name": heard.name,
        "person": heard.person,
        "holds": {device: [list(span) for span in spans] for device, spans in heard.holds.items()},
        "files": list(heard.wanted_files),
        "lock": heard.lock,
    }
    connection.execute(delete(_heard).where(_heard.c.device == heard.device))
    row = {"device": heard.device, "at": heard.at, "received_at": heard.received_at}
    connection.execute(insert(_heard), {**row, "document": canonical_json(document)})


def name_device(connection: Connection, uuid: str, name: str) -> None:
    """Note what people call a device."""
    number_devices(connection, [uuid])
    connection.execute(update(_device).where(_device.c.uuid == uuid, _device.c.name != name).values(name=name))


def read(connection: Connection) -> Mapping[str, Heard]:
    """Give what devices said, by device."""
    found: dict[str, Heard] = {}
    for row in connection.execute(select(_heard)):
        said = json.loads(row.document)
        holds = {device: tuple(_span(one) for one in spans) for device, spans in said["holds"].items()}
        files = tuple(said["files"])
        found[row.device] = Heard(
            row.device, said["name"], said["person"], row.at, row.received_at, holds, files, said.get("lock", "")
        )
    return found


def _span(pair: list[int]) -> Span:
    return pair[0], pair[1]


def _reach(holds: Holdings) -> int:
    """Tell how much somebody has: a device forgets nothing, so what it said later holds more."""
    return sum(last - first + 1 for spans in holds.values() for first, last in spans)
