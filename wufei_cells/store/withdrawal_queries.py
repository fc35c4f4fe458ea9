"""Find what somebody wrote on something that somebody else has taken out of the register without having seen it.

A site leaves the register by an act that empties its name, a finding by an act that says nothing. Other cells of the
same thing (its address, its facts, its assessments) do not notice, since acts replace acts of their own cell only. So
whoever takes something out also writes down which standing acts *of other devices* they had before their eyes, as an
act of its own (kind ``withdrawal``); what their own device wrote, they knew.

The rule: **a standing act of another device that no withdrawal names is an edit against the withdrawal.** It needs no
clock, and no order: an act that stands now stood in every smaller register that held it, since nothing known replaces
it. Hence it was before the eyes of whoever withdrew exactly when it is in their list (or is their own device's). What
the rule looks at are the standing acts alone, which are the same on every device that holds the same acts.

A withdrawal without a list, as older programs wrote it, counts as having seen its own device's acts: there was no
exchange then. Somebody who writes on a thing in full knowledge of its withdrawal is told as well: two people want
different things, and only a person can say which.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, union_all

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import ActRef
from wufei_cells.store import office_tables, tables

KIND = "withdrawal"
_CELL = f"{KIND}."
TAKEN_OUT = {"name": '""', "finding": "null"}
"""The cells that say whether something is there, and what they say when it is not (canonical JSON)."""

_head, _act, _device = tables.head, tables.act, tables.device
_ON = and_(_act.c.device == _head.c.device, _act.c.seq == _head.c.seq)
_STANDING = (
    select(_head.c.entity, _head.c.cell, _head.c.device, _head.c.seq, _device.c.uuid, _act.c.kind, _act.c.value)
    .select_from(_head)
    .join(_act, _ON)
    .join(_device, _device.c.id == _head.c.device)
)
_NOTHING = ('""', "null")
"""What says nothing takes nothing away from a withdrawal."""
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class StandingRef:
    """A standing act and where it stands."""

    entity: str
    cell: str
    kind: str
    act: ActRef


@dataclass(frozen=True, slots=True)
class Against:
    """Something that was taken out, and what others wrote on it unseen."""

    entity: str
    cell: str
    """The cell that says that it is out."""
    withdrawn: tuple[ActRef, ...]
    edits: tuple[StandingRef, ...]
    covered: tuple[ActRef, ...] = ()
    """What whoever took it out had seen."""


@dataclass(slots=True)
class _Known:
    """What those who took one thing out had before their eyes."""

    own: dict[str, int | None] = field(default_factory=dict[str, "int | None"])
    """By device: up to which of its own acts; ``None``: all of them."""
    named: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def told(self, device: str, value: JsonValue) -> None:
        """Take in what a device wrote down; what is not as it should be says nothing."""
        if not isinstance(value, dict):
            return
        own, knew = value.get("own"), value.get("knew")
        self.own[device] = own if isinstance(own, int) else None
        for one in knew if isinstance(knew, list) else []:
            match one:
                case [str(named), int(seq)]:
                    self.named.add((named, seq))
                case _:
                    continue

    def covers(self, act: ActRef) -> bool:
        bound = self.own.get(act.device, -1)
        return bound is None or act.seq <= bound or (act.device, act.seq) in self.named


def cell_of(device: str) -> str:
    """Name the cell in which a device says what it had seen: one for each, so that two never contradict each other."""
    return f"{_CELL}{device}"


def seen_value(acts: Iterable[ActRef], own: int | None = None) -> JsonValue:
    """Write down what was seen; ``own``: up to which act of the device itself, all of them unless told."""
    value: dict[str, JsonValue] = {"knew": [[act.device, act.seq] for act in sorted(acts, key=_order)]}
    return value if own is None else {**value, "own": own}


def against(connection: Connection, entities: Iterable[str] | None = None) -> tuple[Against, ...]:
    """List what was taken out while others wrote on it, by entity; of some entities only.

    Where the cell that says so is itself in conflict, that conflict comes first and this one is not listed.
    """
    out = _taken_out(connection, entities)
    found: list[Against] = []
    for entity, (cell, acts) in sorted(out.items()):
        standing, known = _around(connection, entity, acts)
        edits = tuple(one for one in standing if not known.covers(one.act))
        if edits:
            covered = tuple(one.act for one in standing if known.covers(one.act))
            found.append(Against(entity, cell, acts, edits, covered))
    return tuple(found)


def others_standing(connection: Connection, entity: str, device: str) -> tuple[ActRef, ...]:
    """Give the standing acts of other devices on a thing and what hangs on it: what a withdrawal has to name."""
    return tuple(one.act for one in _cluster_heads(connection, entity) if one.act.device != device)


def emptied_cells(connection: Connection, entity: str) -> tuple[str, ...]:
    """Name the fields and facts of a site in which a standing act says nothing."""
    query = _STANDING.where(
        _head.c.entity == entity, _act.c.kind.in_(("site", "site_fact")), _act.c.value.in_(_NOTHING)
    )
    return tuple(sorted({row.cell for row in connection.execute(query)}))


def _order(act: ActRef) -> tuple[str, int]:
    return act.device, act.seq


def _taken_out(connection: Connection, entities: Iterable[str] | None) -> dict[str, tuple[str, tuple[ActRef, ...]]]:
    """Give what is out of the register and not in conflict about it, if another device wrote anything there at all."""
    site, finding = tables.site, tables.finding
    hanging = select(tables.assessment.c.id).where(tables.assessment.c.site == _head.c.entity).exists()
    # What is out is found by an index: a site without a name, a finding that belongs to no file.
    queries = (
        _STANDING.join(site, site.c.id == _head.c.entity).where(
            site.c.name == "",
            _head.c.cell == "name",
            _act.c.value == TAKEN_OUT["name"],
            or_(_written_elsewhere(), hanging),
        ),
        _STANDING.join(finding, finding.c.id == _head.c.entity).where(
            finding.c.assessment == "",
            _head.c.cell == "finding",
            _act.c.value == TAKEN_OUT["finding"],
            _written_elsewhere(),
        ),
    )
    if entities is not None:
        wanted = list(entities)
        queries = tuple(query.where(_head.c.entity.in_(wanted)) for query in queries)
    found: dict[str, tuple[str, tuple[ActRef, ...]]] = {}
    for row in (row for query in queries for row in connection.execute(query)):
        _cell, acts = found.get(row.entity, (row.cell, ()))
        found[row.entity] = (row.cell, (*acts, ActRef(row.uuid, row.seq)))
    disputed = {
        (row.entity, row.cell)
        for row in connection.execute(
            select(tables.conflict.c.entity, tables.conflict.c.cell).where(tables.conflict.c.cell.in_(list(TAKEN_OUT)))
        )
    }
    return {
        entity: (cell, tuple(sorted(acts, key=_order)))
        for entity, (cell, acts) in found.items()
        if (entity, cell) not in disputed
    }


def _written_elsewhere() -> ColumnElement[bool]:
    """Ask whether another device than that of a standing act has one that stands on the same thing."""
    other = _head.alias("other")
    return select(other.c.seq).where(other.c.entity == _head.c.entity, other.c.device != _head.c.device).exists()


def _around(
    connection: Connection, entity: str, withdrawn: tuple[ActRef, ...]
) -> tuple[tuple[StandingRef, ...], _Known]:
    """Give what stands on a thing and around it, and what those who took it out had seen."""
    known = _Known({act.device: None for act in withdrawn})
    query = _STANDING.where(_head.c.entity == entity, _head.c.cell.startswith(_CELL))
    for row in connection.execute(query):
        if row.kind == KIND:
            known.told(row.uuid, json.loads(row.value))
    gone = set(withdrawn)
    return tuple(one for one in _cluster_heads(connection, entity) if one.act not in gone), known


def _cluster_heads(connection: Connection, entity: str) -> tuple[StandingRef, ...]:
    """Give the standing acts on a thing and on what hangs on it, without those that only say what was seen."""
    keys = sorted({entity, *connection.execute(_hanging_on(entity)).scalars()})
    found: list[StandingRef] = []
    for first in range(0, len(keys), _AT_ONCE):
        some = keys[first : first + _AT_ONCE]
        query = _STANDING.where(
            _head.c.entity.in_(some), ~_head.c.cell.startswith(_CELL), _act.c.value.not_in(_NOTHING)
        )
        found += [
            StandingRef(row.entity, row.cell, row.kind, ActRef(row.uuid, row.seq))
            for row in connection.execute(query.order_by(_head.c.entity, _head.c.cell, _device.c.uuid, _head.c.seq))
        ]
    return tuple(found)


def _hanging_on(site: str) -> Select[tuple[str]]:
    """Ask for what hangs on a site: its assessments with findings, signatures and objections, and its certificates."""
    sheets = select(tables.assessment.c.id).where(tables.assessment.c.site == site)
    hanging = [sheets, select(tables.certificate.c.id).where(tables.certificate.c.site == site)]
    on_sheets = (tables.finding, tables.signature, office_tables.objection)
    hanging += [select(table.c.id).where(table.c.assessment.in_(sheets)) for table in on_sheets]
    return select(union_all(*hanging).subquery().c[0])


def shared(connection: Connection, entities: Sequence[str], device: str) -> tuple[str, ...]:
    """Of things that are being taken out, name those on which other devices wrote or something hangs."""
    others = _head.alias("others")
    elsewhere = (
        select(others.c.seq)
        .join(_device, _device.c.id == others.c.device)
        .where(others.c.entity == _head.c.entity, _device.c.uuid != device)
        .exists()
    )
    hanging = select(tables.assessment.c.id).where(tables.assessment.c.site == _head.c.entity).exists()
    found: set[str] = set()
    for first in range(0, len(entities), _AT_ONCE):
        some = entities[first : first + _AT_ONCE]
        query = select(_head.c.entity).where(_head.c.entity.in_(some), or_(elsewhere, hanging))
        # What this device said of an earlier withdrawal is to be said anew.
        told = select(_head.c.entity).where(_head.c.entity.in_(some), _head.c.cell == cell_of(device))
        found |= {*connection.execute(query.distinct()).scalars(), *connection.execute(told).scalars()}
    return tuple(sorted(found))
