"""What projectors work with: an act that stands, and the columns of a readable table that it fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from wufei_cells.domain.answers import JsonValue


@dataclass(frozen=True, slots=True)
class Head:
    """An unreplaced act of a cell."""

    device: int
    seq: int
    uuid: str
    kind: str
    lamport: int
    at: str
    author: str
    value: JsonValue


@dataclass(frozen=True, slots=True)
class Row:
    """What a cell contributes to a readable table: some columns of one row, or (``None``) that the row is gone."""

    table: Table
    key: Mapping[str, JsonValue]
    values: Mapping[str, JsonValue] | None


Fields = Mapping[str, JsonValue]
Projector = Callable[[str, str, Head], Row | None]


def fields_of(head: Head) -> Fields:
    """Give the fields of an act that says several things."""
    assert isinstance(head.value, dict), head
    return head.value


def record(table: Table, *names: str) -> Projector:
    """Make the projector of an entity that one act says as a whole: a row of these fields, with author and time.

    Args:
        table: the readable table; its key is ``id``, the entity.
        names: fields that are columns of the same name.
    """

    def project(entity: str, _cell: str, head: Head) -> Row:
        if head.value is None:  # taken back
            return Row(table, {"id": entity}, None)
        fields = fields_of(head)
        values: dict[str, JsonValue] = {name: fields[name] for name in names}
        own: dict[str, JsonValue] = {"author": head.author, "at": head.at, "lamport": head.lamport}
        return Row(table, {"id": entity}, values | {name: own[name] for name in own if name in table.c})

    return project
