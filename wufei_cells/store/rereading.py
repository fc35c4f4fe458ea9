"""Read the whole journal again when another program opens the register: it may read what the last one could not.

What a program could not read waits in the journal, set aside, and acts of kinds that it did not know fill no table. A
newer one reads both; an older one must not take for granted what only a newer one can read.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from wufei_cells.domain.canonical import content_hash
from wufei_cells.release import program_version
from wufei_cells.store import judging, tables
from wufei_cells.store.cells import head_of
from wufei_cells.store.merging import UNREADABLE
from wufei_cells.store.projection import rebuild
from wufei_cells.store.projectors import PROJECTORS
from wufei_cells.store.readable_acts import readable_row

NOTE = "read_by"
_act, _meta = tables.act, tables.meta
_SET = (
    update(_act)
    .where(_act.c.device == bindparam("of_device"), _act.c.seq == bindparam("of_seq"))
    .values(aside=bindparam("code"))
)


def due(connection: Connection) -> bool:
    """Tell whether a program that reads otherwise has worked here last."""
    return connection.execute(select(_meta.c.value).where(_meta.c.name == NOTE)).scalar() != _reader()


def note_reader(connection: Connection) -> None:
    """Note that the readable tables are as this program makes them."""
    connection.execute(delete(_meta).where(_meta.c.name == NOTE))
    connection.execute(insert(_meta).values(name=NOTE, value=_reader()))


def read_again(connection: Connection) -> None:
    """Ask of every act whether it can be read and counts, and make the readable tables anew; within a transaction."""
    changed = list(_changed(connection))
    if changed:
        connection.execute(_SET, changed)
        judging.judge_again(connection)
    rebuild(connection)
    note_reader(connection)


def _reader() -> str:
    return content_hash([program_version(), sorted(PROJECTORS)])


def _changed(connection: Connection) -> Iterator[dict[str, object]]:
    query = select(_act, tables.device.c.uuid).join(tables.device, tables.device.c.id == _act.c.device)
    for row in connection.execute(query, execution_options={"yield_per": 1000}).mappings():
        if row["aside"] in (None, UNREADABLE):
            _row, readable = readable_row(row["entity"], row["cell"], head_of(row))
            code = None if readable else UNREADABLE
            if code != row["aside"]:
                yield {"of_device": row["device"], "of_seq": row["seq"], "code": code}
