"""Read the register: plain frozen rows, one query each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import Connection, RowMapping, Select, and_, func, select

from wufei_cells.domain.answers import Answer, Column, JsonValue
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import (
    ActRef,
    AnswerRow,
    AssessmentId,
    AssessmentRow,
    CertificateId,
    CertificateRow,
    EditionId,
    EditionRow,
    PersonId,
    PersonRow,
    SiteId,
    SiteRow,
    Tally,
)
from wufei_cells.store import tables
from wufei_cells.store.journal import heads

_site = tables.site
_assessment = tables.assessment
_certificate = tables.certificate

_latest = (
    select(
        _assessment,
        func.row_number()
        .over(partition_by=_assessment.c.site, order_by=(_assessment.c.started_at.desc(), _assessment.c.id.desc()))
        .label("rank"),
    )
    .subquery("latest_assessment")
)  # fmt: skip
_newest = (
    select(
        _certificate.c.site,
        _certificate.c.id,
        _certificate.c.number,
        _certificate.c.valid_until,
        func.row_number()
        .over(partition_by=_certificate.c.site, order_by=(_certificate.c.issued_on.desc(), _certificate.c.id.desc()))
        .label("rank"),
    )
    .subquery("newest_certificate")
)  # fmt: skip


# --- people, editions, profile


def find_person(connection: Connection, name: str) -> PersonRow | None:
    """Find a person by name."""
    row = connection.execute(select(tables.person).where(tables.person.c.name == name)).first()
    return PersonRow(PersonId(row.id), row.name) if row else None


def people(connection: Connection) -> dict[str, str]:
    """Give everybody's name by id."""
    return {row.id: row.name for row in connection.execute(select(tables.person))}


def editions(connection: Connection) -> tuple[EditionRow, ...]:
    """List the stored editions, the one in effect longest last within each category."""
    table = tables.edition
    columns = (table.c.id, table.c.key, table.c.edition, table.c.category, table.c.effective_from)
    order = (table.c.category, table.c.effective_from.desc(), table.c.edition.desc(), table.c.id)
    return tuple(
        EditionRow(EditionId(row.id), row.key, row.edition, row.category, date.fromisoformat(row.effective_from))
        for row in connection.execute(select(*columns).order_by(*order))
    )


def edition_document(connection: Connection, edition: str) -> str | None:
    """Give the canonical document of an edition."""
    table = tables.edition
    return connection.execute(select(table.c.document).where(table.c.id == edition)).scalar()


def profile_document(connection: Connection) -> tuple[str, str] | None:
    """Give the key and document of the profile adopted last."""
    table = tables.profile
    row = connection.execute(select(table).order_by(table.c.adopted_at.desc(), table.c.id.desc())).first()
    return (row.id, row.document) if row else None


# --- sites


def sites(connection: Connection, *, site: str | None = None) -> tuple[SiteRow, ...]:
    """List sites with the state of their latest assessment and certificate; one site only when named."""
    query = (
        select(
            _site,
            _latest.c.id.label("assessment"),
            _latest.c.stage,
            _latest.c.total,
            _latest.c.level,
            _newest.c.id.label("certificate"),
            _newest.c.number,
            _newest.c.valid_until,
        )
        .outerjoin(_latest, and_(_latest.c.site == _site.c.id, _latest.c.rank == 1))
        .outerjoin(_newest, and_(_newest.c.site == _site.c.id, _newest.c.rank == 1))
        .order_by(_site.c.name, _site.c.id)
    )
    facts_query = select(tables.site_fact)
    if site is not None:
        query, facts_query = query.where(_site.c.id == site), facts_query.where(tables.site_fact.c.site == site)
    facts: dict[str, dict[str, str]] = {}
    for row in connection.execute(facts_query):
        facts.setdefault(row.site, {})[row.fact] = row.value
    return tuple(_site_row(row, facts.get(row["id"], {})) for row in connection.execute(query).mappings())


def _site_row(row: RowMapping, facts: Mapping[str, str]) -> SiteRow:
    texts = {name: str(row[name]) for name in ("name", "category", "district", "address", "credit_code")}
    texts |= {name: str(row[name]) for name in ("contact", "phone", "note")}
    return SiteRow(
        id=SiteId(row["id"]),
        **texts,
        facts=facts,
        stage=Stage(row["stage"]) if row["stage"] else Stage.REGISTERED,
        assessment=AssessmentId(row["assessment"]) if row["assessment"] else None,
        total=_fraction(row["total"]),
        level=row["level"],
        certificate=CertificateId(row["certificate"]) if row["certificate"] else None,
        certificate_number=row["number"],
        valid_until=_day(row["valid_until"]),
    )


def site_facts(connection: Connection, site: str) -> dict[str, str]:
    """Give the facts of one site."""
    table = tables.site_fact
    return {row.fact: row.value for row in connection.execute(select(table).where(table.c.site == site))}


def sites_named(connection: Connection, name: str) -> tuple[SiteId, ...]:
    """Find sites by their exact name."""
    query = select(_site.c.id).where(_site.c.name == name)
    return tuple(SiteId(row.id) for row in connection.execute(query))


# --- assessments


def assessments(
    connection: Connection, *, assessment: str | None = None, site: str | None = None
) -> tuple[AssessmentRow, ...]:
    """List assessments, newest first."""
    query: Select[tuple[object, ...]] = (
        select(_assessment, _site.c.name.label("site_name"), _site.c.category, _site.c.district)
        .join(_site, _site.c.id == _assessment.c.site)
        .order_by(_assessment.c.started_at.desc(), _assessment.c.id)
    )
    counting = select(tables.answer.c.assessment, func.count().label("answered")).group_by(tables.answer.c.assessment)
    counting = counting.where((tables.answer.c.value != "null") | tables.answer.c.na.is_not(None))
    if assessment is not None:
        query = query.where(_assessment.c.id == assessment)
        counting = counting.where(tables.answer.c.assessment == assessment)
    if site is not None:
        query = query.where(_assessment.c.site == site)
    answered = {row.assessment: int(row.answered) for row in connection.execute(counting)}
    names = people(connection)
    return tuple(
        _assessment_row(row, answered.get(row["id"], 0), names) for row in connection.execute(query).mappings()
    )


def _assessment_row(row: RowMapping, answered: int, names: Mapping[str, str]) -> AssessmentRow:
    return AssessmentRow(
        id=AssessmentId(row["id"]),
        site=SiteId(row["site"]),
        site_name=row["site_name"],
        category=row["category"],
        district=row["district"],
        edition=EditionId(row["edition"]),
        column=Column(row["column"]),
        assessors=tuple(json.loads(row["assessors"])),
        visited_on=_day(row["visited_on"]),
        started_at=datetime.fromisoformat(row["started_at"]),
        stage=Stage(row["stage"]),
        total=_fraction(row["total"]),
        level=row["level"],
        passed=None if row["passed"] is None else bool(row["passed"]),
        basis=row["basis"],
        decided_by=names.get(row["decided_by"], row["decided_by"]),
        decided_at=datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
        remarks=row["remarks"],
        answered=answered,
    )


def state_values(connection: Connection, assessment: str) -> dict[str, JsonValue]:
    """Give the state of an assessment as it was last written, to be carried on by the next step."""
    found = [head.value for head in heads(connection, assessment, "state")]
    return dict(found[0]) if found and isinstance(found[0], dict) else {}


def sealed_facts(connection: Connection, assessment: str) -> dict[str, str] | None:
    """Give the site's facts as they were when the assessment was finished; ``None`` while it is open."""
    facts = connection.execute(select(_assessment.c.facts).where(_assessment.c.id == assessment)).scalar()
    return None if facts is None else json.loads(facts)


def answers(connection: Connection, assessment: str) -> dict[str, AnswerRow]:
    """Give the answers of an assessment by item key, with the acts a new answer would replace."""
    table, head, device = tables.answer, tables.head, tables.device
    standing: dict[str, list[ActRef]] = {}
    query = select(head.c.cell, device.c.uuid, head.c.seq).join(device, device.c.id == head.c.device)
    for row in connection.execute(query.where(head.c.entity == assessment, head.c.cell.startswith("answer."))):
        standing.setdefault(row.cell.removeprefix("answer."), []).append(ActRef(row.uuid, row.seq))
    conflicts = {row.cell: row.distinct_values for row in connection.execute(_conflicts_in(assessment))}
    names = people(connection)
    return {
        row.item: AnswerRow(
            item=row.item,
            answer=Answer(json.loads(row.value), row.na, row.note),
            author=names.get(row.author, row.author),
            at=datetime.fromisoformat(row.at),
            heads=tuple(standing.get(row.item, ())),
            values=conflicts.get(f"answer.{row.item}", 1),
        )
        for row in connection.execute(select(table).where(table.c.assessment == assessment))
    }


def _conflicts_in(entity: str) -> Select[tuple[str, int]]:
    return select(tables.conflict.c.cell, tables.conflict.c.distinct_values).where(tables.conflict.c.entity == entity)


def conflicts(connection: Connection, *entities: str) -> tuple[str, ...]:
    """List the cells of some entities that are in conflict."""
    table = tables.conflict
    query = select(table.c.cell).where(table.c.entity.in_(entities)).order_by(table.c.entity, table.c.cell)
    return tuple(row.cell for row in connection.execute(query))


# --- certificates


def certificates(
    connection: Connection, *, on: date, certificate: str | None = None, assessment: str | None = None
) -> tuple[CertificateRow, ...]:
    """List certificates, newest first, with their state on a day; one only when named by id or number."""
    query = select(_certificate.c.id, _certificate.c.record)
    query = query.order_by(_certificate.c.issued_on.desc(), _certificate.c.number.desc(), _certificate.c.id)
    if certificate is not None:
        query = query.where((_certificate.c.id == certificate) | (_certificate.c.number == certificate))
    if assessment is not None:
        query = query.where(_certificate.c.assessment == assessment)
    return tuple(_certificate_row(row.id, json.loads(row.record), on) for row in connection.execute(query))


def _certificate_row(key: str, record: dict[str, object], on: date) -> CertificateRow:
    fields = dict(record)
    issued = date.fromisoformat(str(fields.pop("issued_on")))
    until = date.fromisoformat(str(fields.pop("valid_until")))
    state = CertificateState.VALID if on <= until else CertificateState.EXPIRED
    known = {name: value for name, value in fields.items() if name in CertificateRow.__dataclass_fields__}
    return CertificateRow(id=CertificateId(key), issued_on=issued, valid_until=until, state=state, **known)  # pyright: ignore[reportArgumentType]


def numbers_like(connection: Connection, prefix: str) -> tuple[str, ...]:
    """List the certificate numbers that begin with a prefix."""
    query = select(_certificate.c.number).where(_certificate.c.number.startswith(prefix, autoescape=True))
    return tuple(row.number for row in connection.execute(query))


# --- progress


def tallies(connection: Connection, on: date) -> dict[tuple[str, str], Tally]:
    """Count by (category, district): sites, assessed, passed, and sites that hold a certificate valid on a day."""
    day = on.isoformat()
    holding = (
        select(_certificate.c.site)
        .where(_certificate.c.issued_on <= day, _certificate.c.valid_until >= day)
        .distinct()
        .subquery("holding")
    )
    finished = _latest.c.stage.in_([Stage.FINISHED, Stage.APPROVED, Stage.REJECTED, Stage.CERTIFIED])
    query = (
        select(
            _site.c.category,
            _site.c.district,
            func.count().label("sites"),
            func.count().filter(finished).label("assessed"),
            func.count().filter(_latest.c.stage.in_([Stage.APPROVED, Stage.CERTIFIED])).label("passed"),
            func.count(holding.c.site).label("certified"),
        )
        .select_from(_site)
        .outerjoin(_latest, and_(_latest.c.site == _site.c.id, _latest.c.rank == 1))
        .outerjoin(holding, holding.c.site == _site.c.id)
        .group_by(_site.c.category, _site.c.district)
    )
    return {
        (row.category, row.district): Tally(row.sites, row.assessed, row.passed, row.certified)
        for row in connection.execute(query)
    }


def stages(connection: Connection) -> dict[Stage, int]:
    """Count sites by stage."""
    query = (
        select(func.coalesce(_latest.c.stage, Stage.REGISTERED.value).label("stage"), func.count().label("sites"))
        .select_from(_site)
        .outerjoin(_latest, and_(_latest.c.site == _site.c.id, _latest.c.rank == 1))
        .group_by("stage")
    )
    return {Stage(row.stage): int(row.sites) for row in connection.execute(query)}


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
