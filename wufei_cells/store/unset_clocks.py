"""Days for acts of a device whose clock was not set: it began anew in 1970 or 1980, as after an empty battery.

What a device wrote it wrote in the order of its numbers, so such an act was written no earlier than the one before it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, select

from wufei_cells.board.making import CLOCKS_SET
from wufei_cells.store import tables

_act, _device = tables.act, tables.device
UNSET = CLOCKS_SET.isoformat()
"""Claimed times that sort before this text come from such clocks."""
_END = 1 << 63
"""Beyond every number of an act."""


class UnsetClocks:
    """Tells for single acts, few as they are, what the acts before them claim."""

    def __init__(self, connection: Connection, today: date) -> None:
        """Ask in a register; claims from after today are not believed either."""
        self._connection = connection
        self._until = date.fromordinal(min(today.toordinal() + 1, date.max.toordinal())).isoformat()
        self._devices: dict[str, int] = {}
        self._runs: dict[int, list[tuple[int, int, str | None]]] = defaultdict(list)

    def first_of(self, entity: str, cell: str) -> str | None:
        """Give the time claimed before the first act that stands in a cell was written, on the same device."""
        query = select(_act.c.device, _act.c.seq).where(
            _act.c.entity == entity, _act.c.cell == cell, _act.c.aside.is_(None)
        )
        row = self._connection.execute(query.order_by(_act.c.lamport, _act.c.device, _act.c.seq).limit(1)).first()
        return None if row is None else self._before(row.device, row.seq)

    def before(self, uuid: str, number: int) -> str | None:
        """Give the last credible time that a device claimed before it wrote an act; ``None``: there is none."""
        if uuid not in self._devices:
            query = select(_device.c.id).where(_device.c.uuid == uuid)
            self._devices[uuid] = self._connection.execute(query).scalar_one()
        return self._before(self._devices[uuid], number)

    def _before(self, device: int, number: int) -> str | None:
        # A clock stays unset for a run of acts, thousands perhaps; each run is walked through once.
        for first, last, at in self._runs[device]:
            if first < number <= last:
                return at
        credible = select(_act.c.seq, _act.c.at).where(
            _act.c.device == device, _act.c.at >= UNSET, _act.c.at < self._until
        )
        earlier = credible.where(_act.c.seq < number).order_by(_act.c.seq.desc()).limit(1)
        later = credible.where(_act.c.seq >= number).order_by(_act.c.seq).limit(1)
        before, after = self._connection.execute(earlier).first(), self._connection.execute(later).first()
        at = None if before is None else str(before.at)
        self._runs[device].append((before.seq if before else -1, after.seq if after else _END, at))
        return at
