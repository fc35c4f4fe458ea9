"""Read assessments and their answers: plain frozen rows, one query each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from wufei_cells.domain.answers import Answer, JsonValue, answer_in
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AnswerRow, AssessmentId, AssessmentRow, EditionId, SiteId, day_of
from wufei_cells.store import tables
from wufei_cells.store.journal import heads
from wufei_cells.store.projecting import Head
from wufei_cells.store.projection import current_head
from wufei_cells.store.queries import day_in, fraction_in, people

_site = tables.site
_assessment = tables.assessment

_reviewer = tables.person.alias("reviewer")
_answered = (
    select(func.count())
    .select_from(tables.answer)
    .where(tables.answer.c.assessment == _assessment.c.id, tables.answer_given)
    .scalar_subquery()
)
# What a sheet belongs to was sent back as a whole: its items are open on the sheet, too, and no others.
_whole = _assessment.alias("whole")
_returned = func.coalesce(_whole.c.returned, _assessment.c.returned).label("returned_items")
_of_whole = _whole.c.id == _assessment.c.part_of
_ASSESSMENTS = (
    select(
        _assessment,
        _returned,
        _site.c.name.label("site_name"),
        _site.c.category,
        _site.c.district,
        tables.person.c.name.label("decider"),
        _reviewer.c.name.label("reviewer"),
        _answered.label("answered"),
    )
    .select_from(_assessment)
    .join(_site, _site.c.id == _assessment.c.site)
    .outerjoin(_whole, _of_whole)
    .outerjoin(tables.person, tables.person.c.id == _assessment.c.decided_by)
    .outerjoin(_reviewer, _reviewer.c.id == _assessment.c.reviewed_by)
)
_NEWEST_FIRST = (_assessment.c.started_at.desc(), _assessment.c.lamport.desc(), _assessment.c.id)
_WHOLE = _assessment.c.part_of.is_(None)
_ALL_ASSESSMENTS = _ASSESSMENTS.where(_WHOLE).order_by(*_NEWEST_FIRST)
_ASSESSMENTS_OF_SITE = _ASSESSMENTS.where(_WHOLE, _assessment.c.site == bindparam("of_site")).order_by(*_NEWEST_FIRST)
_ASSESSMENTS_OF_BATCH = _ASSESSMENTS.where(_assessment.c.batch == bindparam("of_batch")).order_by(
    _site.c.category, _site.c.name, _assessment.c.id
)
_PARTS = _ASSESSMENTS.where(_assessment.c.part_of == bindparam("of_whole")).order_by(
    _assessment.c.lamport, _assessment.c.id
)
_ALL_PARTS = _ASSESSMENTS.where(_assessment.c.part_of.is_not(None)).order_by(_assessment.c.lamport, _assessment.c.id)
_ONE_ASSESSMENT = _ASSESSMENTS.where(_assessment.c.id == bindparam("of_assessment"))
_STANDING = (
    select(
        _assessment.c.site,
        _site.c.name.label("site_name"),
        *(_assessment.c[name] for name in ("edition", "came_from", "visited_on", "started_at", "stage")),
        _returned,
    )
    .select_from(_assessment)
    .join(_site, _site.c.id == _assessment.c.site)
    .outerjoin(_whole, _of_whole)
    .where(_assessment.c.id == bindparam("of_assessment"))
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be known of an assessment before an answer is written."""

    id: AssessmentId
    site: SiteId
    site_name: str
    edition: EditionId
    came_from: tuple[EditionId, ...]
    on: date
    stage: Stage
    returned: Mapping[str, str]
    """Of one that was sent back: the remark by item; only these items can be answered."""


def assessments(
    connection: Connection, *, site: str | None = None, stages: Iterable[Stage] | None = None
) -> tuple[AssessmentRow, ...]:
    """List assessments, newest first, without the sheets that belong to another one; of one site, or at some stages."""
    if stages is not None:
        found = connection.execute(_ALL_ASSESSMENTS.where(_assessment.c.stage.in_(sorted(stages))))
    elif site is None:
        found = connection.execute(_ALL_ASSESSMENTS)
    else:
        found = connection.execute(_ASSESSMENTS_OF_SITE, {"of_site": site})
    return tuple(_assessment_row(row) for row in found.mappings())


def all_parts(connection: Connection) -> tuple[AssessmentRow, ...]:
    """List the sheets that belong to any assessment of the register, in the order they were started."""
    return tuple(_assessment_row(row) for row in connection.execute(_ALL_PARTS).mappings())


def assessments_of_batch(connection: Connection, batch: str) -> tuple[AssessmentRow, ...]:
    """List the assessments that stand in a batch, by category and name."""
    found = connection.execute(_ASSESSMENTS_OF_BATCH, {"of_batch": batch})
    return tuple(_assessment_row(row) for row in found.mappings())


def parts(connection: Connection, assessment: str) -> tuple[AssessmentRow, ...]:
    """List the sheets of other columns and assessors that belong to an assessment, in the order they were started."""
    return tuple(_assessment_row(row) for row in connection.execute(_PARTS, {"of_whole": assessment}).mappings())


def assessment(connection: Connection, key: str) -> AssessmentRow | None:
    """Give one assessment by its id."""
    row = connection.execute(_ONE_ASSESSMENT, {"of_assessment": key}).mappings().first()
    return _assessment_row(row) if row else None


def standing(connection: Connection, assessment: str) -> Standing | None:
    """Give how an assessment stands."""
    row = connection.execute(_STANDING, {"of_assessment": assessment}).first()
    if row is None:
        return None
    return Standing(
        id=AssessmentId(assessment),
        site=SiteId(row.site),
        site_name=row.site_name,
        edition=EditionId(row.edition),
        came_from=tuple(json.loads(row.came_from)),
        on=day_of(day_in(row.visited_on), datetime.fromisoformat(row.started_at)),
        stage=Stage(row.stage),
        returned=json.loads(row.returned_items),
    )


def _assessment_row(row: RowMapping) -> AssessmentRow:
    return AssessmentRow(
        id=AssessmentId(row["id"]),
        site=SiteId(row["site"]),
        site_name=row["site_name"],
        category=row["category"],
        district=row["district"],
        edition=EditionId(row["edition"]),
        column=row["column"],
        part_of=AssessmentId(row["part_of"]) if row["part_of"] else None,
        assessors=tuple(json.loads(row["assessors"])),
        visited_on=day_in(row["visited_on"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        stage=Stage(row["stage"]),
        total=fraction_in(row["total"]),
        level=row["level"],
        passed=None if row["passed"] is None else bool(row["passed"]),
        basis=row["basis"],
        decided_by=row["decider"] or row["decided_by"],
        decided_at=datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
        remarks=row["remarks"],
        answered=row["answered"],
        came_from=tuple(json.loads(row["came_from"])),
        returned=json.loads(row["returned_items"]),
        revision=row["revision"],
        reviewed_by=row["reviewer"] or row["reviewed_by"],
        reviewed_at=datetime.fromisoformat(row["reviewed_at"]) if row["reviewed_at"] else None,
        seal=row["seal"],
        batch=row["batch"],
    )


def header(connection: Connection, assessment: str) -> dict[str, JsonValue]:
    """Give the header of an assessment as it was last written, and which place its start has among all acts."""
    found = heads(connection, assessment, "header")
    if not found:
        return {}
    current = current_head(found)[0]
    assert isinstance(current.value, dict)
    return {"started_at": current.at, "order": current.lamport, **current.value}


def editions_pinned(connection: Connection, assessment: str) -> tuple[EditionId, ...]:
    """List every edition the assessment was ever pinned to, the last one first."""
    written = connection.execute(_HEADERS, {"of_assessment": assessment}).scalars()
    return tuple(dict.fromkeys(EditionId(json.loads(value)["edition"]) for value in written))


def state_values(connection: Connection, assessment: str) -> dict[str, JsonValue]:
    """Give the state of an assessment as it was last written, to be carried on by the next step."""
    found = heads(connection, assessment, "state")
    value = current_head(found)[0].value if found else None
    return dict(value) if isinstance(value, dict) else {}


def sealed_facts(connection: Connection, assessment: str) -> dict[str, str] | None:
    """Give the site's facts as they were when the assessment was finished; ``None`` while it is open."""
    facts = connection.execute(select(_assessment.c.facts).where(_assessment.c.id == assessment)).scalar()
    return None if facts is None else json.loads(facts)


_HEADERS = (
    select(tables.act.c.value)
    .where(tables.act.c.entity == bindparam("of_assessment"), tables.act.c.cell == "header")
    .order_by(tables.act.c.lamport.desc(), tables.act.c.device)
)
_ANSWERS = select(tables.answer).where(tables.answer.c.assessment == bindparam("of_assessment"))
JUDGED = tuple(tables.answer.c[name] for name in ("item", "value", "na", "note", "more", "entry_hash"))
"""The columns that ``judgement_in`` reads."""
_JUDGEMENTS = select(*JUDGED).where(tables.answer.c.assessment == bindparam("of_assessment"))
_ANSWER_HEADS = (
    select(tables.head.c.cell, tables.device.c.uuid, tables.head.c.seq)
    .join(tables.device, tables.device.c.id == tables.head.c.device)
    .where(tables.head.c.entity == bindparam("of_assessment"), tables.head.c.cell.startswith("answer."))
)
_CONFLICTS_IN = select(tables.conflict.c.cell, tables.conflict.c.distinct_values).where(
    tables.conflict.c.entity == bindparam("of_assessment")
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer says, and the hash of the words it answers."""

    answer: Answer
    entry: str


def judgements(connection: Connection, assessment: str) -> dict[str, Judgement]:
    """Give the answers of an assessment by item key: what they say, and nothing about who said it."""
    rows = connection.execute(_JUDGEMENTS, {"of_assessment": assessment})
    return {row["item"]: judgement_in(row) for row in rows.mappings()}


def judgement_in(row: RowMapping) -> Judgement:
    """Read a judgement from the columns of ``JUDGED``."""
    return Judgement(_answer_in(row), row["entry_hash"])


def _answer_in(row: RowMapping) -> Answer:
    value = json.loads(row["value"])
    if row["more"] is None:
        return Answer(value, row["na"], row["note"])
    return answer_in({"value": value, "na": row["na"], "note": row["note"], **json.loads(row["more"])})


def answers(connection: Connection, assessment: str) -> dict[str, AnswerRow]:
    """Give the answers of an assessment by item key, with the acts a new answer would replace."""
    place = {"of_assessment": assessment}
    standing: dict[str, list[ActRef]] = {}
    for row in connection.execute(_ANSWER_HEADS, place):
        standing.setdefault(row.cell.removeprefix("answer."), []).append(ActRef(row.uuid, row.seq))
    conflicts = {row.cell: row.distinct_values for row in connection.execute(_CONFLICTS_IN, place)}
    names = people(connection)
    return {
        row["item"]: AnswerRow(
            item=row["item"],
            answer=_answer_in(row),
            author=names.get(row["author"]) or row["author"],
            at=datetime.fromisoformat(row["at"]),
            heads=tuple(standing.get(row["item"], ())),
            values=conflicts.get(f"answer.{row['item']}", 1),
            entry=row["entry_hash"],
            lamport=row["lamport"],
        )
        for row in connection.execute(_ANSWERS, place).mappings()
    }


def standing_answers(connection: Connection, assessment: str, item: str) -> tuple[AnswerRow, ...]:
    """Give every answer to an item that nobody has replaced, the one that is shown first; each with its own act."""
    standing = sorted(heads(connection, assessment, f"answer.{item}"), key=_rank, reverse=True)
    names = people(connection)
    rows: list[AnswerRow] = []
    for head in standing:
        document = head.value if isinstance(head.value, dict) else {}
        rows.append(
            AnswerRow(
                item=item,
                answer=answer_in(document),
                author=names.get(head.author) or head.author,
                at=datetime.fromisoformat(head.at),
                heads=(ActRef(head.uuid, head.seq),),
                values=len(standing),
                entry=str(document.get("entry", "")),
                lamport=head.lamport,
            )
        )
    return tuple(rows)


def _rank(head: Head) -> tuple[int, str]:
    return head.lamport, head.uuid


def conflicts(connection: Connection, *entities: str) -> tuple[str, ...]:
    """List the cells of some entities that are in conflict."""
    table = tables.conflict
    query = select(table.c.cell).where(table.c.entity.in_(entities)).order_by(table.c.entity, table.c.cell)
    return tuple(row.cell for row in connection.execute(query))


def conflicts_of_sites(connection: Connection) -> dict[str, set[str]]:
    """Name the cells of every site that are in conflict."""
    table = tables.conflict
    found: dict[str, set[str]] = {}
    for row in connection.execute(select(table.c.entity, table.c.cell).where(table.c.kind.in_(("site", "site_fact")))):
        found.setdefault(row.entity, set()).add(row.cell)
    return found


def pinned_editions(connection: Connection) -> dict[str, EditionId]:
    """Give the edition of every assessment."""
    query = select(_assessment.c.id, _assessment.c.edition)
    return {row.id: EditionId(row.edition) for row in connection.execute(query)}
