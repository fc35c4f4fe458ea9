"""The journal: append acts, and know which acts of a cell nobody has replaced.

An act says who wrote what where, and which acts it replaces: those that the person had before their eyes. The
current value of a cell is what its unreplaced acts say; when they say different things, that is a conflict for a
person to settle. No clock decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import HIGHEST
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.register import ActRef
from wufei_cells.store import tables
from wufei_cells.store.cells import head_of, is_here
from wufei_cells.store.database import Database
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projection import current_head, project_cell, project_cells
from wufei_cells.store.row_writing import write_rows

_act = tables.act
_awaited = tables.awaited
_head = tables.head


@dataclass(frozen=True, slots=True)
class Draft:
    """An act about to be written. ``seen``: the acts the form had loaded; ``None``: whatever stands now."""

    kind: str
    entity: str
    cell: str
    value: JsonValue
    seen: tuple[ActRef, ...] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An act that was written, and how its cell stands with it: the unreplaced acts, and how many values they say."""

    act: ActRef
    heads: tuple[ActRef, ...]
    values: int
    lamport: int


_INSERT_ACT = insert(_act)
_INSERT_HEAD = insert(_head)
_INSERT_FURTHER = insert(tables.further_replacement)
_OF_DEVICE = _act.c.device == tables.device.c.id
_LAST_OF_EACH_DEVICE = select(
    tables.device.c.id,
    # A device's counters only rise, so its last act carries its highest; a plain max() would read the whole journal.
    select(_act.c.seq).where(_OF_DEVICE).order_by(_act.c.seq.desc()).limit(1).scalar_subquery(),
    select(_act.c.lamport).where(_OF_DEVICE).order_by(_act.c.seq.desc()).limit(1).scalar_subquery(),
)
_DELETE_HEAD = delete(_head).where(
    _head.c.entity == bindparam("of_entity"),
    _head.c.cell == bindparam("of_cell"),
    _head.c.device == bindparam("of_device"),
    _head.c.seq == bindparam("of_seq"),
)
_HEADS = (
    select(
        _head.c.device,
        _head.c.seq,
        tables.device.c.uuid,
        _act.c.kind,
        _act.c.lamport,
        _act.c.at,
        _act.c.author,
        _act.c.value,
    )
    .select_from(_head)
    .join(_act, and_(_act.c.device == _head.c.device, _act.c.seq == _head.c.seq))
    .join(tables.device, tables.device.c.id == _head.c.device)
    .where(_head.c.entity == bindparam("of_entity"), _head.c.cell == bindparam("of_cell"))
)


def append(
    database: Database, connection: Connection, drafts: Iterable[Draft], *, author: str, at: datetime
) -> tuple[Written, ...]:
    """Write acts and bring the readable tables up to date, within the caller's transaction."""
    seq, lamport = counters(connection, database.device)
    moment = at.isoformat(timespec="seconds")
    written: list[Written] = []
    announced = foretold(connection, database.device, seq)
    for offset, draft in enumerate(drafts, 1):
        act = Head(
            device=database.device,
            seq=seq + offset,
            uuid=database.device_uuid,
            kind=draft.kind,
            lamport=lamport_after(lamport, offset),
            at=moment,
            author=author,
            value=draft.value,
        )
        written.append(_append_one(connection, draft, act, announced=act.seq in announced))
    database.unsettled += len(written)
    return tuple(written)


def last_numbers(connection: Connection) -> int:
    """Add up the last numbers of all devices: it rises with every act, whoever writes it, and is quick to ask."""
    return sum(int(seq or 0) for _device, seq, _lamport in connection.execute(_LAST_OF_EACH_DEVICE))


def counters(connection: Connection, device: int) -> tuple[int, int]:
    """Give the last number this device used, and the highest Lamport counter seen."""
    last, lamport = 0, 0
    for number, seq, highest in connection.execute(_LAST_OF_EACH_DEVICE):
        if number == device:
            last = int(seq or 0)
        lamport = max(lamport, int(highest or 0))
    return last, lamport


def lamport_after(lamport: int, steps: int) -> int:
    """Count on, up to what every program can hold: somebody may have signed an act with the highest number there is."""
    return min(lamport + steps, HIGHEST)


def heads(connection: Connection, entity: str, cell: str) -> list[Head]:
    """Give the unreplaced acts of a cell."""
    rows = connection.execute(_HEADS, {"of_entity": entity, "of_cell": cell})
    return [head_of(row) for row in rows.mappings()]


def foretold(connection: Connection, device: int, last: int) -> frozenset[int]:
    """Give numbers of a device behind its last that somebody else's acts replace already; honest ones never do."""
    query = select(_awaited.c.seq).where(_awaited.c.device == device, _awaited.c.seq > last)
    return frozenset(connection.execute(query).scalars())


def meet(connection: Connection, device: int, numbers: Iterable[int]) -> None:
    """Note that acts are here which were foretold."""
    connection.execute(delete(_awaited).where(_awaited.c.device == device, _awaited.c.seq.in_(list(numbers))))


def _append_one(connection: Connection, draft: Draft, act: Head, *, announced: bool) -> Written:
    standing = heads(connection, draft.entity, draft.cell)
    replaced = _replaced(connection, standing, draft.seen)
    _insert_act(connection, draft, act, replaced)
    _await_missing(connection, draft, standing, replaced)
    kept = _move_head(connection, draft, act, standing, replaced)
    if announced:
        meet(connection, act.device, [act.seq])
    if announced or any(head.kind != act.kind for head in standing) or (kept and len(standing) > 1):
        # Another kind may fill another row, and where acts name each other in a circle, those kept may stand no more.
        project_cells(connection, [(draft.entity, draft.cell)])
        now = heads(connection, draft.entity, draft.cell)
        values = current_head(now)[1]
    else:
        now = [*kept, act]
        values = project_cell(connection, draft.entity, draft.cell, now, had_conflict=len(standing) > 1)
    return Written(ActRef(act.uuid, act.seq), tuple(ActRef(head.uuid, head.seq) for head in now), values, act.lamport)


def _replaced(
    connection: Connection, standing: Sequence[Head], seen: tuple[ActRef, ...] | None
) -> list[tuple[int, int]]:
    """Give what the form had loaded, as this database numbers devices; acts of devices unknown here fall away."""
    if seen is None:
        return [(entry.device, entry.seq) for entry in standing]
    numbers = {entry.uuid: entry.device for entry in standing}
    if not numbers.keys() >= {ref.device for ref in seen}:
        device = tables.device
        numbers = {str(row.uuid): int(row.id) for row in connection.execute(select(device.c.uuid, device.c.id))}
    return list(dict.fromkeys((numbers[ref.device], ref.seq) for ref in seen if ref.device in numbers))


def act_row(draft: Draft, act: Head, replaced: Sequence[tuple[int, int]]) -> dict[str, JsonValue]:
    """Give an act as a row of the journal, with the first of the acts that it replaces."""
    return {
        "device": act.device,
        "seq": act.seq,
        "kind": act.kind,
        "entity": draft.entity,
        "cell": draft.cell,
        "lamport": act.lamport,
        "at": act.at,
        "author": act.author,
        "value": canonical_json(act.value),
        "replaced_device": replaced[0][0] if replaced else None,
        "replaced_seq": replaced[0][1] if replaced else None,
    }


def further_rows(act: Head, replaced: Sequence[tuple[int, int]]) -> list[dict[str, JsonValue]]:
    """Give the other acts that an act replaces, as rows of the journal."""
    return [
        {"device": act.device, "seq": act.seq, "replaced_device": device, "replaced_seq": seq}
        for device, seq in replaced[1:]
    ]


def _insert_act(connection: Connection, draft: Draft, act: Head, replaced: Sequence[tuple[int, int]]) -> None:
    connection.execute(_INSERT_ACT, act_row(draft, act, replaced))
    for row in further_rows(act, replaced):
        connection.execute(_INSERT_FURTHER, row)


def _await_missing(
    connection: Connection, draft: Draft, standing: Sequence[Head], replaced: Sequence[tuple[int, int]]
) -> None:
    """Note what a form had loaded that has left the journal since, with an import that was taken back."""
    known = {(head.device, head.seq) for head in standing}
    missing = [name for name in replaced if name not in known and not is_here(connection, name)]
    place: dict[str, JsonValue] = {"entity": draft.entity, "cell": draft.cell}
    # Another act of the cell may await it, too.
    write_rows(connection, [Row(_awaited, {**place, "device": device, "seq": seq}, {}) for device, seq in missing])


def _move_head(
    connection: Connection, draft: Draft, act: Head, standing: Sequence[Head], replaced: Sequence[tuple[int, int]]
) -> list[Head]:
    """Take replaced acts from the heads, put the new one there, and give the others that still stand."""
    place = {"of_entity": draft.entity, "of_cell": draft.cell}
    gone = set(replaced)
    for head in standing:
        if (head.device, head.seq) in gone:
            connection.execute(_DELETE_HEAD, {**place, "of_device": head.device, "of_seq": head.seq})
    connection.execute(_INSERT_HEAD, {"entity": draft.entity, "cell": draft.cell, "device": act.device, "seq": act.seq})
    return [head for head in standing if (head.device, head.seq) not in gone]
