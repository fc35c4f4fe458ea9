"""Read the pre-check of an assessment."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from wufei_cells.domain.prechecks import PrecheckFinding, PrecheckRow
from wufei_cells.domain.register import ActRef
from wufei_cells.store import tables
from wufei_cells.store.journal import heads

CELL = "precheck"

_precheck = tables.precheck
_ONE = (
    select(_precheck, tables.person.c.name)
    .select_from(_precheck)
    .outerjoin(tables.person, tables.person.c.id == _precheck.c.author)
    .where(_precheck.c.assessment == bindparam("of_assessment"))
)


def precheck(connection: Connection, assessment: str) -> PrecheckRow:
    """Give what was found; empty when nobody has looked yet, with the acts that a new one would replace."""
    standing = tuple(ActRef(head.uuid, head.seq) for head in heads(connection, assessment, CELL))
    row = connection.execute(_ONE, {"of_assessment": assessment}).mappings().first()
    if row is None:
        return PrecheckRow(heads=standing)
    findings = {
        key: PrecheckFinding(bool(found["holds"]), found["reason"], found["text"])
        for key, found in json.loads(row["findings"]).items()
    }
    return PrecheckRow(findings, row["name"] or row["author"], datetime.fromisoformat(row["at"]), heads=standing)
