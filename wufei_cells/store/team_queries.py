"""Read what several people do on one assessment: the sheets that belong to it, whose value stands, who signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, bindparam, func, select

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId
from wufei_cells.domain.signatures import SignatureRow, Signer
from wufei_cells.store import tables
from wufei_cells.store.queries import people

_part = tables.assessment
_whole = tables.assessment.alias("whole")
_other = tables.assessment.alias("other")
_act = tables.act
_head = tables.head
_signature = tables.signature

_OPEN_BESIDE = (
    select(func.count())
    .where(_other.c.part_of == _whole.c.id, _other.c.column == _whole.c.column, _other.c.stage == Stage.SCORING.value)
    .scalar_subquery()
)
_ALL_PARTS = (
    select(
        _part.c.id,
        _part.c.part_of,
        _part.c.column,
        _part.c.assessors,
        _part.c.stage,
        _whole.c.column.label("whole_column"),
        _whole.c.stage.label("whole_stage"),
        tables.site.c.name.label("site_name"),
        _OPEN_BESIDE.label("open_beside"),
    )
    .select_from(_part)
    .outerjoin(_whole, _whole.c.id == _part.c.part_of)
    .outerjoin(tables.site, tables.site.c.id == _part.c.site)
    .where(_part.c.part_of.is_not(None))
)
_PART = _ALL_PARTS.where(_part.c.id == bindparam("of_part"))
_MOVES = (
    select(_act.c.entity, _act.c.cell, _act.c.author, _act.c.value)
    .join(tables.device, tables.device.c.id == _act.c.device)
    .where(_act.c.entity.in_(bindparam("entities", expanding=True)), _act.c.cell.in_(("header", "state")))
    .order_by(_act.c.lamport, tables.device.c.uuid)
)
_STANDING_ANSWERS = (
    select(_head.c.cell, _act.c.value)
    .join(_act, and_(_act.c.device == _head.c.device, _act.c.seq == _head.c.seq))
    .where(_head.c.entity == bindparam("of_assessment"), _head.c.cell.startswith("answer."))
    .order_by(_act.c.lamport)
)
_WRITTEN = (
    select(func.max(_act.c.lamport))
    .join(_head, and_(_act.c.device == _head.c.device, _act.c.seq == _head.c.seq))
    .where(_head.c.entity == _signature.c.id)
    .scalar_subquery()
)
_SIGNATURES = (
    select(_signature).where(_signature.c.assessment == bindparam("of_assessment")).order_by(_signature.c.at, _WRITTEN)
)


@dataclass(frozen=True, slots=True)
class PartStanding:
    """How a sheet stands that belongs to an assessment."""

    id: AssessmentId
    whole: AssessmentId
    column: str
    assessors: tuple[str, ...]
    stage: Stage
    whole_column: str | None
    """``None``: the assessment it belongs to is not known here."""
    whole_stage: Stage
    site_name: str
    open_beside: int
    """How many of the assessors who score alone, this one among them, are not ready."""

    @property
    def blind(self) -> bool:
        """Whether it is of somebody who scores alone what the others score too."""
        return self.whole_column in (None, self.column)


@dataclass(frozen=True, slots=True)
class Move:
    """One change of a sheet's stage, in the order of the record."""

    sheet: str
    author: str
    stage: Stage | None
    """``None``: its header was written; the first time that is its beginning."""


def part(connection: Connection, sheet: str) -> PartStanding | None:
    """Give how a sheet stands that belongs to an assessment; ``None`` for everything else."""
    row = connection.execute(_PART, {"of_part": sheet}).mappings().first()
    return _standing(row) if row is not None else None


def all_parts(connection: Connection) -> Iterator[PartStanding]:
    """Give how all sheets stand that belong to assessments."""
    return map(_standing, connection.execute(_ALL_PARTS).mappings())


def _standing(row: RowMapping) -> PartStanding:
    return PartStanding(
        id=AssessmentId(row["id"]),
        whole=AssessmentId(row["part_of"]),
        column=row["column"],
        assessors=tuple(json.loads(row["assessors"])),
        stage=Stage(row["stage"]),
        whole_column=row["whole_column"],
        whole_stage=Stage(row["whole_stage"] or Stage.SCORING.value),
        site_name=row["site_name"] or "",
        open_beside=row["open_beside"],
    )


def moves(connection: Connection, sheets: Sequence[str]) -> tuple[Move, ...]:
    """List how the stages of some sheets changed, oldest first."""
    names = people(connection)
    rows = connection.execute(_MOVES, {"entities": list(sheets)})
    return tuple(
        Move(
            row.entity,
            names.get(row.author) or row.author,
            Stage(json.loads(row.value)["stage"]) if row.cell == "state" else None,
        )
        for row in rows
    )


def origins(connection: Connection, assessment: str) -> dict[str, AssessmentId]:
    """Give the sheets that answers were taken over from, by item; what was changed since comes from none."""
    found: dict[str, AssessmentId] = {}
    for row in connection.execute(_STANDING_ANSWERS, {"of_assessment": assessment}):
        value, item = json.loads(row.value), row.cell.removeprefix("answer.")
        found.pop(item, None)
        if "origin" in value:
            found[item] = AssessmentId(value["origin"])
    return found


def signatures(connection: Connection, assessment: str) -> tuple[SignatureRow, ...]:
    """List the signatures under an assessment, in the order they were given."""
    names = people(connection)
    rows = connection.execute(_SIGNATURES, {"of_assessment": assessment}).mappings()
    return tuple(
        SignatureRow(
            id=row["id"],
            assessment=row["assessment"],
            name=row["name"],
            part=Signer(row["part"]),
            strokes=tuple(tuple((x, y) for x, y in stroke) for stroke in json.loads(row["strokes"])),
            signed_at=datetime.fromisoformat(row["at"]),
            author=names.get(row["author"]) or row["author"],
            basis=row["basis"],
        )
        for row in rows
    )


def signature_place(connection: Connection, signature: str) -> str | None:
    """Give the assessment that a signature stands under."""
    query = select(_signature.c.assessment).where(_signature.c.id == signature)
    return connection.execute(query).scalar()


def place_of(connection: Connection, entity: str) -> str | None:
    """Give the assessment that a finding or a signature belongs to."""
    finding = tables.finding
    found = connection.execute(select(finding.c.assessment).where(finding.c.id == entity)).scalar()
    return found or signature_place(connection, entity)


_answer = tables.answer
_AUTHORS = (
    select(_answer.c.author)
    .join(_part, _part.c.id == _answer.c.assessment)
    .join(_whole, _whole.c.id == func.coalesce(_part.c.part_of, _part.c.id))
    .where(_whole.c.id == bindparam("of_whole"), _part.c.column == _whole.c.column)
    .distinct()
)


def authors(connection: Connection, assessment: str) -> frozenset[str]:
    """Give who wrote the answers of an assessment that stand, and those on the sheets of assessors who score alone."""
    return frozenset(connection.execute(_AUTHORS, {"of_whole": assessment}).scalars())
