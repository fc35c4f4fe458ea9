"""Read what the office keeps: roles, applications, objections, batches, numbers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from wufei_cells.domain.applications import Application, ApplicationRow
from wufei_cells.domain.batches import Batch, BatchId, BatchRow
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.numbering import BlockId, NumberBlock
from wufei_cells.domain.objections import Objection, ObjectionId, ObjectionKind, ObjectionRow, Outcome
from wufei_cells.domain.register import ActRef, AssessmentId, PersonId, PersonRow
from wufei_cells.store import office_tables, tables
from wufei_cells.store.journal import heads
from wufei_cells.store.projection import current_head
from wufei_cells.store.queries import day_in, people

# --- roles

_ROLES = (
    select(office_tables.role.c.role, tables.person)
    .join(tables.person, tables.person.c.id == office_tables.role.c.person)
    .order_by(tables.person.c.name, tables.person.c.id)
)


def holders(connection: Connection) -> dict[Role, tuple[PersonRow, ...]]:
    """Give who holds which role, by name; roles of newer programs are left out."""
    found: dict[Role, tuple[PersonRow, ...]] = {}
    for row in connection.execute(_ROLES):
        if row.role in set(Role):
            role = Role(row.role)
            found[role] = (*found.get(role, ()), PersonRow(PersonId(row.id), row.name))
    return found


# --- applications

APPLICATION = "application"

_APPLICATION = select(office_tables.application).where(
    office_tables.application.c.assessment == bindparam("of_assessment")
)


def application(connection: Connection, assessment: str) -> ApplicationRow | None:
    """Give the application that an assessment goes back to."""
    row = connection.execute(_APPLICATION, {"of_assessment": assessment}).mappings().first()
    if row is None:
        return None
    said = Application(
        date.fromisoformat(row["applied_on"]),
        row["signatory"],
        date.fromisoformat(row["committed_on"]),
        row["recommended_by"],
        row["highlights"],
    )
    standing = tuple(ActRef(head.uuid, head.seq) for head in heads(connection, assessment, APPLICATION))
    author = people(connection).get(row["author"]) or row["author"]
    return ApplicationRow(said, author, datetime.fromisoformat(row["at"]), standing)


# --- objections

_objection = office_tables.objection
_OBJECTIONS = select(_objection).order_by(_objection.c.received_on, _objection.c.lamport, _objection.c.id)
_OF_ASSESSMENT = _OBJECTIONS.where(_objection.c.assessment == bindparam("of_assessment"))
_ONE_OBJECTION = _OBJECTIONS.where(_objection.c.id == bindparam("of_objection"))


def objections(connection: Connection, *, assessment: str | None = None) -> tuple[ObjectionRow, ...]:
    """List the objections to an assessment, or all of the register, in the order they came in."""
    if assessment is None:
        found = connection.execute(_OBJECTIONS)
    else:
        found = connection.execute(_OF_ASSESSMENT, {"of_assessment": assessment})
    names = people(connection)
    return tuple(_objection_row(row, names) for row in found.mappings() if row["kind"])


def objection(connection: Connection, key: str) -> ObjectionRow | None:
    """Give one objection by its id."""
    row = connection.execute(_ONE_OBJECTION, {"of_objection": key}).mappings().first()
    return _objection_row(row, people(connection)) if row and row["kind"] else None


def _objection_row(row: RowMapping, names: dict[str, str]) -> ObjectionRow:
    said = Objection(
        assessment=AssessmentId(row["assessment"]),
        kind=ObjectionKind(row["kind"]),
        text=row["text"],
        received_on=date.fromisoformat(row["received_on"]),
        item=row["item"],
        name=row["name"],
        contact=row["contact"],
        due=day_in(row["due"]),
    )
    return ObjectionRow(
        id=ObjectionId(row["id"]),
        objection=said,
        author=names.get(row["author"]) or row["author"],
        at=datetime.fromisoformat(row["at"]),
        revision=row["revision"],
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        settled_by=names.get(row["settled_by"] or "") or row["settled_by"] or "",
        settled_on=day_in(row["settled_on"]),
    )


# --- batches

BATCH = "batch"

_batch = office_tables.batch
_assessment = tables.assessment
_standing_in = func.count(_assessment.c.id)
_BATCHES = (
    select(
        _batch,
        *(
            _standing_in.filter(_assessment.c.stage == stage.value).label(stage.value)
            for stage in (Stage.NOTICED, Stage.NAMED, Stage.CERTIFIED)
        ),
    )
    .select_from(_batch)
    .outerjoin(_assessment, _assessment.c.batch == _batch.c.id)
    .group_by(*_batch.c)
    .order_by(_batch.c.lamport.desc(), _batch.c.id)
)
_ONE_BATCH = _BATCHES.where(_batch.c.id == bindparam("of_batch"))


def batches(connection: Connection) -> tuple[BatchRow, ...]:
    """List the batches, newest first."""
    names = people(connection)
    return tuple(_batch_row(connection, row, names) for row in connection.execute(_BATCHES).mappings())


def batch(connection: Connection, key: str) -> BatchRow | None:
    """Give one batch by its id."""
    row = connection.execute(_ONE_BATCH, {"of_batch": key}).mappings().first()
    return _batch_row(connection, row, people(connection)) if row else None


def _batch_row(connection: Connection, row: RowMapping, names: dict[str, str]) -> BatchRow:
    standing = heads(connection, row["id"], BATCH)
    said = Batch(
        title=row["title"],
        notice_from=day_in(row["notice_from"]),
        notice_until=day_in(row["notice_until"]),
        contact=row["contact"],
        document_number=row["document_number"],
        named_on=day_in(row["named_on"]),
    )
    return BatchRow(
        id=BatchId(row["id"]),
        batch=said,
        author=names.get(row["author"]) or row["author"],
        at=datetime.fromisoformat(row["at"]),
        heads=tuple(ActRef(head.uuid, head.seq) for head in standing),
        values=current_head(standing)[1],
        noticed=row["noticed"],
        named=row["named"],
        certified=row["certified"],
    )


# --- numbers

_block = office_tables.number_block
_BLOCKS = (
    select(_block, tables.device.c.name)
    .outerjoin(tables.device, tables.device.c.uuid == _block.c.device)
    .order_by(_block.c.series, _block.c.first, _block.c.id)
)


def number_keeper(connection: Connection) -> str | None:
    """Give the device that hands out certificate numbers; ``None`` when none was ever issued."""
    return connection.execute(select(office_tables.number_keeper.c.device)).scalar()


def number_blocks(connection: Connection) -> tuple[NumberBlock, ...]:
    """List the blocks that were handed out."""
    return tuple(
        NumberBlock(BlockId(row.id), row.series, row.first, row.last, row.device, row.name or row.device[:8])
        for row in connection.execute(_BLOCKS)
    )


def devices(connection: Connection) -> dict[str, str]:
    """Give the names of all devices that are known here, by uuid."""
    return {row.uuid: row.name for row in connection.execute(select(tables.device).order_by(tables.device.c.id))}
