"""Whether what an act says can be read into the tables: acts of others may say anything."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from sqlalchemy import Integer, Table

from wufei_cells.domain.answers import JsonValue
from wufei_cells.store.projecting import Head, Row
from wufei_cells.store.projectors import row_of

NOT_AS_WE_WRITE = (AssertionError, AttributeError, KeyError, TypeError, ValueError)

CELLS_OF_KIND = {
    "answer": r"answer\..+",
    "application": "application",
    "assessment": "header",
    "assessment_state": "state",
    "batch": "batch",
    "certificate": "record",
    "certificate_event": r"event\..+",
    "draft": "document",
    "drawing": "record",
    "edition": "edition",
    "edition_source": "source",
    "edition_state": "state",
    "erasure": "erasure",
    "evidence": r"evidence\.[^.]+\..*",
    "evidence_file": "file",
    "finding": "finding",
    "finding_check": "check",
    "follow_up": "follow_up",
    "indicator_value": r"year\.[0-9]{4}",
    "number_block": "block",
    "number_keeper": "number_keeper",
    "objection": "objection",
    "objection_settled": "settled",
    "office_key": "announcement",
    "person": "person",
    "precheck": "precheck",
    "profile": "profile",
    "role": r"role\..+",
    "signature": "signature",
    "site": r"(?!id$|fact\.)[^.]+",
    "site_fact": r"fact\..+",
    "status_list": "[0-9a-f]+",
    "target": r"target\.[^.]+\.[^.]+\.[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "template": "document",
    "template_choice": "certificate_template",
    "visit": "visit",
}
"""By kind: how its cells are called. An act elsewhere would fill a row that belongs to another cell."""
_ONE_ENTITY = {"status_list": "status_list", "target": "register"}
"""Kinds whose rows are told apart by the cell alone."""
_USES = Counter(CELLS_OF_KIND.values())


def belongs(kind: str, entity: str, cell: str) -> bool:
    """Tell whether acts of a kind may stand in a cell; those of kinds that only newer programs know stand anywhere."""
    return _may_be_called(kind, cell) and _ONE_ENTITY.get(kind, entity) == entity


@lru_cache(maxsize=4096)
def _may_be_called(kind: str, cell: str) -> bool:
    shape = CELLS_OF_KIND.get(kind)
    return shape is None or re.fullmatch(shape, cell, re.DOTALL) is not None


@cache
def fills_alone(kind: str) -> bool:
    """Tell whether no other kind can fill a row from the cells of this one."""
    return _USES[CELLS_OF_KIND.get(kind, "")] == 1


def readable_row(entity: str, cell: str, head: Head) -> tuple[Row | None, bool]:
    """Ask the act's projector; the second value tells whether the act can be read.

    An act of a kind that only newer programs know can be read: it says nothing to us.
    """
    if not belongs(head.kind, entity, cell):
        return None, False
    try:
        row = row_of(entity, cell, head)
    except NOT_AS_WE_WRITE:  # the projectors take for granted what our own services write
        return None, False
    if row is None:
        return None, True
    kinds = kinds_of_columns(row.table)
    for said in (row.key, row.values or {}):
        for name, value in said.items():  # a plain loop: this is asked of every act that arrives
            if type(value) not in kinds[name]:
                return row, False
    return row, True


@cache
def kinds_of_columns(table: Table) -> dict[str, frozenset[type[JsonValue]]]:
    """Say of each column what it takes."""
    found: dict[str, frozenset[type[JsonValue]]] = {}
    for column in table.columns:
        kind: type[JsonValue] = int if isinstance(column.type, Integer) else str
        found[column.name] = frozenset({kind, type(None)} if column.nullable else {kind})
    return found
