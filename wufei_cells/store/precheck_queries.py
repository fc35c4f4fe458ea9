"""Read the pre-check of an assessment."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from wufei_cells.domain.prechecks import PrecheckFinding, PrecheckRow
from wufei_cells.domain.register import ActRef
from wufei_cells.store import tables
from wufei_cells.store.journal import heads

CELL = "precheck"

_precheck = tables.precheck
_assessment = tables.assessment
_OF_WHOLE = (
    select(_precheck.c.findings)
    .join(_assessment, func.coalesce(_assessment.c.part_of, _assessment.c.id) == _precheck.c.assessment)
    .where(_assessment.c.id == bindparam("of_assessment"))
)
_ONE = (
    select(_precheck, tables.person.c.name)
    .select_from(_precheck)
    .outerjoin(tables.person, tables.person.c.id == _precheck.c.author)
    .where(_precheck.c.assessment == bindparam("of_assessment"))
)


def failing(connection: Connection, assessment: str) -> dict[str, str]:
    """Give why the whole assessment that a sheet belongs to fails, by question; nothing where all was found right."""
    written = connection.execute(_OF_WHOLE, {"of_assessment": assessment}).scalar()
    found: dict[str, dict[str, Any]] = json.loads(written) if written else {}
    return {key: finding["reason"] for key, finding in found.items() if not finding["holds"]}


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
