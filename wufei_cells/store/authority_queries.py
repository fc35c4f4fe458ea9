"""Read what it takes to tell whose acts count: statements, pins, who signed which act, what an act is written on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, insert, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import Span
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.store import device_identity, tables
from wufei_cells.store.finding_queries import CELL as FINDING

PINS = "office_root"
"""The note of the keys in which this machine's trust begins: the one of today last."""

_act, _device, _bundle = tables.act, tables.device, tables.bundle


class Said(NamedTuple):
    """An act, as far as it matters to whether it counts."""

    device: str
    seq: int
    kind: str
    entity: str
    author: str
    value: JsonValue
    replaces: bool
    """Whether it replaces other acts."""
    signers: tuple[str, ...]
    """The devices whose signature is on it; where it was not sealed yet, the one that this machine is."""


# --- pins


def pins(connection: Connection) -> tuple[str, ...]:
    """Give the names of the office's keys that were pinned here, the one of today last."""
    note = connection.execute(select(tables.meta.c.value).where(tables.meta.c.name == PINS)).scalar()
    return tuple(json.loads(note)) if note else ()


def pin(connection: Connection, key: str) -> None:
    """Let trust begin in a key of the office from now on; what stood under earlier ones is still genuine."""
    known = [*(one for one in pins(connection) if one != key), key]
    connection.execute(delete(tables.meta).where(tables.meta.c.name == PINS))
    connection.execute(insert(tables.meta).values(name=PINS, value=canonical_json(known)))


# --- acts


def statement_acts(connection: Connection) -> Iterator[tuple[str, str, JsonValue]]:
    """Give kind, entity and value of the acts that say whose acts count."""
    query = select(_act.c.kind, _act.c.entity, _act.c.value).where(tables.says_who)
    for row in connection.execute(query):
        yield row.kind, row.entity, json.loads(row.value)


ALL_ACTS = select(_act, _device.c.uuid).join(_device, _device.c.id == _act.c.device)
"""Asks for acts with the ids of their devices."""

_OF_CELL = ALL_ACTS.where(_act.c.entity == bindparam("of_entity"), _act.c.cell == bindparam("of_cell"))
HEADER = "header"
PROFILE = ("register", "profile")


def said(row: RowMapping, signers: Signers, *, value: bool = True) -> Said:
    """Read an act from a row of ``ALL_ACTS``; its value only where it is asked for, for that takes the most time."""
    read = json.loads(row["value"]) if value else None
    replaces = row["replaced_device"] is not None
    by = signers.of(row["device"], row["seq"])
    return Said(row["uuid"], row["seq"], row["kind"], row["entity"], row["author"], read, replaces, by)


_LAST = select(func.max(_act.c.seq)).join(_device, _device.c.id == _act.c.device)


def last_number(connection: Connection, device: str) -> int:
    """Give the number of the last act of a device that is here."""
    return int(connection.execute(_LAST.where(_device.c.uuid == device)).scalar() or 0)


def last_numbers(connection: Connection) -> dict[str, int]:
    """Give how far the acts of each device reach here, with all who signed any."""
    query = (
        select(_device.c.uuid, func.max(_act.c.seq)).join(_act, _act.c.device == _device.c.id).group_by(_device.c.id)
    )
    found = {str(signer): 0 for signer in connection.execute(select(_bundle.c.signer).distinct()).scalars()}
    return {**found, **{str(uuid): int(last) for uuid, last in connection.execute(query)}}


def handed_on(connection: Connection, signer: str) -> dict[str, int]:
    """Give how far a device has handed on what others wrote, whose place it took."""
    query = select(_device.c.uuid, func.max(_bundle.c.last)).join(_bundle, _bundle.c.device == _device.c.id)
    query = query.where(_bundle.c.signer == signer, _device.c.uuid != signer).group_by(_device.c.id)
    return {str(uuid): int(last) for uuid, last in connection.execute(query)}


def dated_after(connection: Connection, device: str, author: str, day: date) -> tuple[str, str, int]:
    """Give the first and the last claimed time of what somebody wrote on a device after a day, and how much it is."""
    query = select(func.min(_act.c.at), func.max(_act.c.at), func.count())
    query = query.join(_device, _device.c.id == _act.c.device).where(_device.c.uuid == device, _act.c.author == author)
    row = connection.execute(query.where(_act.c.at >= (day + timedelta(days=1)).isoformat())).one()
    return str(row[0] or ""), str(row[1] or ""), int(row[2])


def acts_of_cell(connection: Connection, entity: str, cell: str, signers: Signers) -> list[Said]:
    """Give all acts of a cell, replaced ones as well."""
    rows = connection.execute(_OF_CELL, {"of_entity": entity, "of_cell": cell}).mappings()
    return [said(row, signers) for row in rows]


def assessments_of_finding(connection: Connection, finding: str) -> set[str]:
    """Give the assessments that the acts of a finding name: one, unless somebody is up to something."""
    query = select(_act.c.value).where(_act.c.entity == finding, _act.c.cell == FINDING)
    values: list[JsonValue] = [json.loads(value) for value in connection.execute(query).scalars()]
    return {str(value.get("assessment")) for value in values if isinstance(value, dict)}


class Signers:
    """Who signed which act."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._own = device_identity.own_device(connection)
        self._bundles: dict[int, list[tuple[int, int, str]]] = {}

    def of(self, number: int, seq: int) -> tuple[str, ...]:
        """Give the devices that signed an act of the device that has this number here."""
        bundles = self._bundles.get(number)
        if bundles is None:
            bundles = self._bundles[number] = self._read(number)
        found = dict.fromkeys(signer for first, last, signer in bundles if first <= seq <= last)
        return tuple(found) or (self._own,)

    def only_itself(self, number: int, device: str, span: Span) -> bool:
        """Tell whether a device itself signed all acts of a span: in one stretch, or not yet where it is this one."""
        self.of(number, span[0])
        by_itself = [one for one in self._bundles[number] if one[2] == device]
        covered = any(first <= span[0] and span[1] <= last for first, last, _signer in by_itself)
        return covered or (device == self._own and len(by_itself) == len(self._bundles[number]))

    def _read(self, number: int) -> list[tuple[int, int, str]]:
        """Give stretches of numbers and who signed them; those that the device signed itself as one where they join."""
        query = select(_bundle.c.first, _bundle.c.last, _bundle.c.signer).where(_bundle.c.device == number)
        joined: list[tuple[int, int, str]] = []
        for first, last, signer in self._connection.execute(query.order_by(_bundle.c.signer, _bundle.c.first)):
            if joined and joined[-1][2] == signer and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]), signer)
            else:
                joined.append((first, last, signer))
        return joined
