"""Read the announced keys, the lists that were taken in, and the records of certificates."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, select

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store import office_tables, tables

_key = office_tables.office_key
_list = office_tables.status_list
_certificate = tables.certificate


def announcements(connection: Connection) -> tuple[Mapping[str, JsonValue], ...]:
    """Give the announcement of every key, in the order they came into use."""
    rows = connection.execute(select(_key.c.document).order_by(_key.c.since, _key.c.id)).scalars()
    return tuple(json.loads(document) for document in rows)


def status_lists(connection: Connection) -> tuple[Mapping[str, JsonValue], ...]:
    """Give the lists that were taken in, the newest first; of each key there is one."""
    rows = connection.execute(select(_list.c.document).order_by(_list.c.as_of.desc(), _list.c.key)).scalars()
    return tuple(json.loads(document) for document in rows)


def records(connection: Connection, number: str) -> tuple[Mapping[str, JsonValue], ...]:
    """Give the records of the certificates of a number; more than one where it was given twice."""
    query = select(_certificate.c.record).where(_certificate.c.number == number).order_by(_certificate.c.id)
    return tuple(json.loads(record) for record in connection.execute(query).scalars())
