"""Up to where each person has seen an assessment on this machine. It never travels."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from wufei_cells.store import tables

_look = tables.look
_answer = tables.answer

_SEEN = select(_look.c.lamport).where(
    _look.c.person == bindparam("of_person"), _look.c.entity == bindparam("of_entity")
)
_FORGET = delete(_look).where(_look.c.person == bindparam("of_person"), _look.c.entity == bindparam("of_entity"))
_HIGHEST = select(func.max(_answer.c.lamport)).where(_answer.c.assessment == bindparam("of_entity"))
_WRITTEN = select(*(_answer.c[name] for name in ("item", "entry_hash", "author", "lamport"))).where(
    _answer.c.assessment == bindparam("of_entity")
)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """Who wrote an answer, and its place among all acts."""

    item: str
    entry: str
    """Hash of the words that were answered."""
    author: str
    """Id of the person."""
    lamport: int


def seen(connection: Connection, person: str, entity: str) -> int | None:
    """Give the place up to which a person has seen an assessment; ``None`` when they never looked."""
    return connection.execute(_SEEN, {"of_person": person, "of_entity": entity}).scalar()


def note(connection: Connection, person: str, entity: str) -> None:
    """Note that a person has seen everything that is answered now."""
    place = {"of_person": person, "of_entity": entity}
    highest = connection.execute(_HIGHEST, {"of_entity": entity}).scalar() or 0
    connection.execute(_FORGET, place)
    connection.execute(insert(_look), {"person": person, "entity": entity, "lamport": highest})


def step_back(connection: Connection, arrival: str) -> None:
    """Note that nobody has seen the answers that came with an import: they may be older than what was seen."""
    act, bundle = tables.act, tables.bundle
    query = (
        select(act.c.entity, func.min(act.c.lamport).label("first"))
        .join(bundle, and_(bundle.c.device == act.c.device, act.c.seq.between(bundle.c.first, bundle.c.last)))
        .where(bundle.c.arrival == arrival, act.c.kind == "answer", act.c.entity.in_(select(_look.c.entity)))
        .group_by(act.c.entity)
    )
    for row in connection.execute(query).all():
        seen_later = and_(_look.c.entity == row.entity, _look.c.lamport >= row.first)
        connection.execute(update(_look).where(seen_later).values(lamport=row.first - 1))


def written(connection: Connection, assessment: str) -> tuple[WrittenAnswer, ...]:
    """List who wrote the answers of an assessment."""
    rows = connection.execute(_WRITTEN, {"of_entity": assessment})
    return tuple(WrittenAnswer(row.item, row.entry_hash, row.author, row.lamport) for row in rows)
