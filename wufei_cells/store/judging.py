"""Ask again whose acts count, where what has arrived can change the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, not_, or_, select, update

from wufei_cells.domain.authority import JUDGED_BY_VALUE, SHEET_KINDS
from wufei_cells.store import tables
from wufei_cells.store.authority import AFFECTS, AFFECTS_SHEET, CODES, Authority, Mode
from wufei_cells.store.authority_queries import ALL_ACTS, said

_BATCH = 500
_MOST_CLEAR = 200
"""Of what one condition can name."""
_STREAM = {"yield_per": 1000}
_act = tables.act
_SET = (
    update(_act)
    .where(and_(_act.c.device == bindparam("of_device"), _act.c.seq == bindparam("of_seq")))
    .values(aside=bindparam("code"))
)
_VALUE_NEEDED = JUDGED_BY_VALUE | AFFECTS


def judge_arrived(
    connection: Connection, arrived: Iterable[tuple[str, str]], *, signed_again: Collection[str] = ()
) -> set[tuple[str, str]]:
    """Judge what has to be judged again after an import, and give the cells that this touches.

    Args:
        connection: the transaction; the caller projects the cells.
        arrived: kind and entity of the acts that came.
        signed_again: devices of whose acts, here already, another device's signature came.
    """
    found = set(arrived)
    if any(kind in AFFECTS for kind, _entity in found):
        return judge_again(connection)
    entities = {entity for kind, entity in found if kind in AFFECTS_SHEET}
    if (not entities and not signed_again) or Authority.of(connection).mode is Mode.OPEN:
        return set()
    return judge_again(connection, entities=entities, devices=signed_again)


def judge_again(
    connection: Connection, *, entities: Collection[str] | None = None, devices: Collection[str] = ()
) -> set[tuple[str, str]]:
    """Set acts aside that no longer count, let those count that do now, and give the cells that this touches.

    Args:
        connection: the transaction; the caller projects the cells.
        entities: only acts on these, on their findings, and those set aside; ``None``: all acts.
        devices: with ``entities``, acts of these devices, too.
    """
    authority = Authority.of(connection)
    changed: list[dict[str, object]] = []
    touched: set[tuple[str, str]] = set()
    for row in _all(connection, authority) if entities is None else _some(connection, entities, devices):
        if row["aside"] is not None and row["aside"] not in CODES:
            continue
        code = authority.aside(said(row, authority.signers, value=row["kind"] in _VALUE_NEEDED))
        if code != row["aside"]:
            changed.append({"of_device": row["device"], "of_seq": row["seq"], "code": code})
            touched.add((row["entity"], row["cell"]))
    if changed:
        connection.execute(_SET, changed)
    return touched


def _all(connection: Connection, authority: Authority) -> Iterator[RowMapping]:
    """Give all acts but those of which it is clear by device, author and kind that they count, and did so far."""
    plain = [_act.c.kind.in_(sorted(SHEET_KINDS)), _act.c.aside.is_(None)]
    kinds = select(_act.c.device, _act.c.author, tables.device.c.uuid, func.min(_act.c.seq), func.max(_act.c.seq))
    kinds = kinds.join(tables.device, tables.device.c.id == _act.c.device).where(*plain)
    clear = [
        and_(_act.c.device == number, _act.c.author == author, *plain)
        for number, author, uuid, first, last in connection.execute(kinds.group_by(_act.c.device, _act.c.author))
        if authority.signers.only_itself(number, uuid, (first, last))
        and authority.scores_throughout(uuid, uuid, author, (first, last))
    ]
    query = ALL_ACTS.where(not_(or_(*clear[:_MOST_CLEAR]))) if clear else ALL_ACTS
    yield from connection.execute(query, execution_options=_STREAM).mappings()


def _some(connection: Connection, entities: Collection[str], devices: Collection[str]) -> Iterator[RowMapping]:
    seen: set[tuple[int, int]] = set()
    conditions = [tables.set_aside]
    for column, names in ((_act.c.entity, _with_findings(connection, entities)), (tables.device.c.uuid, devices)):
        conditions += [column.in_(part) for part in _parts(names)]
    for condition in conditions:
        for row in connection.execute(ALL_ACTS.where(condition)).mappings().all():
            if (row["device"], row["seq"]) not in seen:
                seen.add((row["device"], row["seq"]))
                yield row


def _with_findings(connection: Connection, entities: Collection[str]) -> set[str]:
    """Add the findings on assessments: whose work they are depends on these."""
    finding, found = tables.finding, {*entities}
    for part in _parts(entities):
        found |= set(connection.execute(select(finding.c.id).where(finding.c.assessment.in_(part))).scalars())
    return found


def _parts(names: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(names)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
