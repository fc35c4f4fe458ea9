"""Read the register: plain frozen rows, one query each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, exists, func, select, tuple_

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import (
    AssessmentId,
    CertificateId,
    EditionId,
    EditionRow,
    PersonId,
    PersonRow,
    SiteId,
    SiteRow,
)
from wufei_cells.domain.supervision import EventKind
from wufei_cells.store import office_tables, tables

REGISTER = "register"
"""The entity of what holds for the whole register, such as the profile in force."""

_LAST_CHARACTER = "\U0010ffff"

_site = tables.site
_assessment = tables.assessment
_certificate = tables.certificate

IS_THERE = _site.c.name != ""
"""Of a site: it is in the register. One whose entry was taken back keeps its acts in the journal and has no name."""

_site_stage = func.coalesce(_assessment.c.stage, Stage.REGISTERED.value)

# A site's latest assessment and newest certificate, by keys that an index finds: nothing else is looked at when one
# site is asked for. The Lamport counter says which came later; a machine's clock may be wrong.
_other = _assessment.alias("other")
is_whole = _assessment.c.part_of.is_(None) & (_assessment.c.site != "")
"""Of an assessment: it is a site's own, and no sheet that belongs to another."""
is_latest = _assessment.c.part_of.is_(None) & ~exists().where(
    _other.c.site == _assessment.c.site,
    _other.c.part_of.is_(None),
    tuple_(_other.c.lamport, _other.c.id) > tuple_(_assessment.c.lamport, _assessment.c.id),
)
_other_certificate = _certificate.alias("other_certificate")
is_newest = ~exists().where(
    _other_certificate.c.site == _certificate.c.site,
    tuple_(_other_certificate.c.issued_on, _other_certificate.c.lamport, _other_certificate.c.id)
    > tuple_(_certificate.c.issued_on, _certificate.c.lamport, _certificate.c.id),
)
_with_latest = and_(_assessment.c.site == _site.c.id, is_latest)


# --- people, editions, profile


_PERSON_NAMED = (
    select(tables.person).where(tables.person.c.name == bindparam("of_name")).order_by(tables.person.c.id).limit(1)
)
_PERSON_KNOWN = select(tables.person.c.id).where(tables.person.c.id == bindparam("of_id"))


def find_person(connection: Connection, name: str) -> PersonRow | None:
    """Find a person by name."""
    row = connection.execute(_PERSON_NAMED, {"of_name": name}).first()
    return PersonRow(PersonId(row.id), row.name) if row else None


def knows_person(connection: Connection, person: str) -> bool:
    """Tell whether a person has been entered."""
    return connection.execute(_PERSON_KNOWN, {"of_id": person}).first() is not None


def people(connection: Connection) -> dict[str, str]:
    """Give everybody's name by id."""
    return {row.id: row.name for row in connection.execute(select(tables.person))}


_edition = tables.edition
_EDITIONS = (
    select(
        *(column for column in _edition.c if column.name not in ("lamport", "document")),
        tables.edition_state.c.retired_on,
        tables.edition_state.c.reason,
    )
    .select_from(_edition)
    .outerjoin(tables.edition_state, tables.edition_state.c.id == _edition.c.id)
    .order_by(_edition.c.category, _edition.c.effective_from.desc(), _edition.c.lamport.desc(), _edition.c.id)
)


def editions(connection: Connection, *, of_all_cities: bool = False) -> tuple[EditionRow, ...]:
    """List the editions by category, the newest first: by day of effect, then by when it was published.

    Args:
        connection: the transaction.
        of_all_cities: whether to list also what was published for cities the register worked with before.
    """
    query = _EDITIONS
    if not of_all_cities:
        query = query.where(_edition.c.lamport > _city_since(connection))
    return tuple(
        EditionRow(
            id=EditionId(row.id),
            key=row.key,
            edition=row.edition,
            category=row.category,
            effective_from=date.fromisoformat(row.effective_from),
            effective_until=day_in(row.effective_until),
            retired_on=day_in(row.retired_on),
            reason=row.reason or "",
            districts=tuple(json.loads(row.districts)),
            extends=EditionId(row.extends) if row.extends else None,
        )
        for row in connection.execute(query)
    )


_PROFILE_ACTS = (
    select(tables.act.c.lamport, tables.act.c.value)
    .where(tables.act.c.entity == REGISTER, tables.act.c.cell == "profile")
    .order_by(tables.act.c.lamport, tables.act.c.device)
)


def profile_history(connection: Connection) -> tuple[tuple[int, str], ...]:
    """List the profiles the register has had, the first one first: the Lamport counter of the act, and the document."""
    return tuple((int(row.lamport), str(row.value)) for row in connection.execute(_PROFILE_ACTS))


def _city_since(connection: Connection) -> int:
    """Give the Lamport counter of the act by which the city in force took over; 0 for a register's first city."""
    cities = [(lamport, json.loads(document)["key"]) for lamport, document in profile_history(connection)]
    changes = [later for (_, before), (later, after) in pairwise(cities) if before != after]
    return changes[-1] if changes else 0


def edition_document(connection: Connection, edition: str) -> str | None:
    """Give the canonical document of an edition."""
    table = tables.edition
    return connection.execute(select(table.c.document).where(table.c.id == edition)).scalar()


def edition_source(connection: Connection, edition: str) -> str | None:
    """Give the document an edition was made from: with the checklist's own numbers, not a city's."""
    table = tables.edition_source
    made_from = connection.execute(select(table.c.document).where(table.c.id == edition)).scalar()
    return made_from or edition_document(connection, edition)


def profile_document(connection: Connection) -> str | None:
    """Give the canonical document of the profile in force."""
    return connection.execute(select(tables.profile.c.document)).scalar()


# --- sites


_SITES = (
    select(
        _site,
        _assessment.c.id.label("assessment"),
        _assessment.c.stage,
        _assessment.c.total,
        _assessment.c.level,
        _certificate.c.id.label("certificate"),
        _certificate.c.number,
        _certificate.c.valid_until,
    )
    .select_from(_site)
    .outerjoin(_assessment, _with_latest)
    .outerjoin(_certificate, and_(_certificate.c.site == _site.c.id, is_newest))
)
_ALL_SITES = _SITES.where(IS_THERE).order_by(_site.c.name, _site.c.id)
_ONE_SITE = _SITES.where(_site.c.id == bindparam("of_site"), IS_THERE)
_ALL_FACTS = select(tables.site_fact)
_FACTS = _ALL_FACTS.where(tables.site_fact.c.site == bindparam("of_site"))


def sites(connection: Connection) -> tuple[SiteRow, ...]:
    """List all sites with the state of their latest assessment and newest certificate."""
    facts: dict[str, dict[str, str]] = {}
    for row in connection.execute(_ALL_FACTS):
        facts.setdefault(row.site, {})[row.fact] = row.value
    return tuple(_site_row(row, facts.get(row["id"], {})) for row in connection.execute(_ALL_SITES).mappings())


def site(connection: Connection, key: str) -> SiteRow | None:
    """Give one site by its id."""
    row = connection.execute(_ONE_SITE, {"of_site": key}).mappings().first()
    return _site_row(row, site_facts(connection, key)) if row else None


def _site_row(row: RowMapping, facts: Mapping[str, str]) -> SiteRow:
    texts = {name: str(row[name]) for name in ("name", "category", "district", "address", "credit_code")}
    texts |= {name: str(row[name]) for name in ("contact", "phone", "note")}
    return SiteRow(
        id=SiteId(row["id"]),
        **texts,
        facts=facts,
        stage=Stage(row["stage"]) if row["stage"] else Stage.REGISTERED,
        assessment=AssessmentId(row["assessment"]) if row["assessment"] else None,
        total=fraction_in(row["total"]),
        level=row["level"],
        certificate=CertificateId(row["certificate"]) if row["certificate"] else None,
        certificate_number=row["number"],
        valid_until=day_in(row["valid_until"]),
        certificate_state=None,
    )


def site_facts(connection: Connection, site: str) -> dict[str, str]:
    """Give the facts of one site."""
    return {row.fact: row.value for row in connection.execute(_FACTS, {"of_site": site})}


def site_names(connection: Connection) -> dict[SiteId, str]:
    """Give the names of all sites by their ids."""
    return {SiteId(row.id): row.name for row in connection.execute(select(_site.c.id, _site.c.name).where(IS_THERE))}


def sites_named(connection: Connection, name: str) -> tuple[SiteId, ...]:
    """Find sites by their exact name."""
    query = select(_site.c.id).where(_site.c.name == name)
    return tuple(SiteId(row.id) for row in connection.execute(query))


def sites_beginning(connection: Connection, start: str) -> tuple[SiteId, ...]:
    """Find the sites whose ids begin with some characters."""
    query = select(_site.c.id).where(_site.c.id >= start, _site.c.id < f"{start}{_LAST_CHARACTER}", IS_THERE).limit(2)
    return tuple(SiteId(row.id) for row in connection.execute(query))


# --- valid cells


def sites_holding(connection: Connection, on: date) -> frozenset[SiteId]:
    """Name the sites that hold a certificate valid on a day, whatever stage a newer assessment of theirs is at."""
    found = connection.execute(select(_certificate.c.site).where(_holds_on(on.isoformat())).distinct())
    return frozenset(SiteId(key) for key in found.scalars())


def _holds_on(day: str) -> ColumnElement[bool]:
    """Give the condition that a certificate holds on a day: ``supervision.holding`` in the words of the database."""
    event, later = office_tables.certificate_event, office_tables.certificate_event.alias("later")

    def happened(kind: EventKind) -> ColumnElement[bool]:
        of_it = and_(event.c.certificate == _certificate.c.id, event.c.on <= day)
        return and_(of_it, event.c.kind == kind.value)

    reinstated = exists().where(
        later.c.certificate == event.c.certificate,
        later.c.on <= day,
        later.c.kind == EventKind.REINSTATE.value,
        tuple_(later.c.on, later.c.lamport, later.c.id) > tuple_(event.c.on, event.c.lamport, event.c.id),
    )
    return and_(
        _certificate.c.issued_on <= day,
        _certificate.c.valid_until >= day,
        ~exists().where(happened(EventKind.WITHDRAW)),
        ~exists().where(happened(EventKind.SUSPEND), ~reinstated),
    )


def fraction_in(text: str | None) -> Fraction | None:
    """Read an exact number from a column."""
    return None if text is None else Fraction(text)


def day_in(text: str | None) -> date | None:
    """Read a day from a column."""
    return date.fromisoformat(text) if text else None
