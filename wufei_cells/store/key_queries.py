"""Read the announced keys, the lists that were taken in, and the records of certificates."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, or_, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import tables

_key = tables.office_key
_list = tables.status_list
_certificate = tables.certificate


def announcements(connection: Connection) -> tuple[Mapping[str, JsonValue], ...]:
    """Give the announcement of every key, in the order they came into use."""
    rows = connection.execute(select(_key.c.document).order_by(_key.c.since, _key.c.id)).scalars()
    return tuple(json.loads(document) for document in rows)


def status_lists(connection: Connection) -> tuple[Mapping[str, JsonValue], ...]:
    """Give the lists that were taken in, the newest first; of each key there is one."""
    rows = connection.execute(select(_list.c.document).order_by(_list.c.as_of.desc(), _list.c.key)).scalars()
    return tuple(json.loads(document) for document in rows)


def records(connection: Connection, *, certificate: str, number: str) -> dict[str, Mapping[str, JsonValue]]:
    """Give the records of certificates that have an id or a number, by id."""
    named = or_(_certificate.c.id == certificate, _certificate.c.number == number)
    query = select(_certificate.c.id, _certificate.c.record).where(named).order_by(_certificate.c.id)
    return {row.id: json.loads(row.record) for row in connection.execute(query)}
