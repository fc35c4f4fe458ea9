"""Read one entry over the latest assessments of a category: who answered it how, in a fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, or_, select

from wufei_cells.domain.lifecycle import DECIDED, Stage
from wufei_cells.domain.register import ActRef, AnswerRow, AssessmentId, EditionId, SiteId, day_of
from wufei_cells.store import tables
from wufei_cells.store.assessment_queries import JUDGED, judgement_in
from wufei_cells.store.queries import day_in, is_latest, people

_site = tables.site
_assessment = tables.assessment
_answer = tables.answer
_fact = tables.site_fact
_head = tables.head
_conflict = tables.conflict
_evidence = tables.evidence

_IN_DISTRICT = or_(bindparam("of_district", None).is_(None), _site.c.district == bindparam("of_district"))
_OF_CATEGORY = (_site.c.category == bindparam("of_category")) & _IN_DISTRICT
_IN_STAGE = _assessment.c.stage.in_(bindparam("stages", expanding=True))
_CHOSEN = (
    select(_assessment.c.id)
    .join(_site, _site.c.id == _assessment.c.site)
    .where(_OF_CATEGORY, _IN_STAGE, is_latest)
    .scalar_subquery()
)
_PINNED = (
    select(
        *(_assessment.c[name] for name in ("id", "site", "edition", "stage", "came_from", "assessors")),
        *(_assessment.c[name] for name in ("visited_on", "started_at", "facts", "returned")),
        _site.c.name.label("site_name"),
        _site.c.district,
    )
    .join(_site, _site.c.id == _assessment.c.site)
    .where(_OF_CATEGORY, _IN_STAGE, is_latest)
    .order_by(_site.c.name, _assessment.c.id)
)
_ANSWERS = select(_answer.c.assessment, *JUDGED, *(_answer.c[name] for name in ("author", "at", "lamport"))).where(
    _answer.c.assessment.in_(_CHOSEN), _answer.c.item.in_(bindparam("keys", expanding=True))
)
_AUTHORS = select(_answer.c.assessment, _answer.c.item, _answer.c.author).where(_answer.c.assessment.in_(_CHOSEN))
_HEADS = (
    select(_head.c.entity, _head.c.cell, tables.device.c.uuid, _head.c.seq)
    .join(tables.device, tables.device.c.id == _head.c.device)
    .where(_head.c.entity.in_(_CHOSEN), _head.c.cell.in_(bindparam("cells", expanding=True)))
)
_CONFLICTS = select(_conflict.c.entity, _conflict.c.cell, _conflict.c.distinct_values).where(
    _conflict.c.cell.in_(bindparam("cells", expanding=True))
)
_COUNTS = (
    select(_evidence.c.assessment, _evidence.c.item, func.count().label("pieces"))
    .where(_evidence.c.assessment.in_(_CHOSEN), _evidence.c.item.in_(bindparam("keys", expanding=True)))
    .group_by(_evidence.c.assessment, _evidence.c.item)
)
_FACTS = (
    select(_fact)
    .join(_site, _site.c.id == _fact.c.site)
    .where(_OF_CATEGORY, _fact.c.fact.in_(bindparam("keys", expanding=True)))
)


COMPARED = (Stage.SCORING, Stage.FINISHED, Stage.REVIEWED, *sorted(DECIDED))
"""The stages at which an assessment has something to say; what was stopped has not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which assessments are meant: the latest of each site of a category that is at one of these stages."""

    category: str
    stages: tuple[Stage, ...]
    district: str | None = None

    def values(self, **more: object) -> dict[str, object]:
        """Give what the queries ask for."""
        stages = [stage.value for stage in self.stages]
        return {"of_category": self.category, "of_district": self.district, "stages": stages, **more}


@dataclass(frozen=True, slots=True)
class PinnedRow:
    """The latest assessment of a site, without its answers."""

    id: AssessmentId
    site: SiteId
    site_name: str
    district: str
    stage: Stage
    edition: EditionId
    came_from: tuple[EditionId, ...]
    assessors: tuple[str, ...]
    on: date
    sealed: Mapping[str, str] | None
    """What was known of the site when the assessment was finished; ``None`` while it is open."""
    returned: frozenset[str] = frozenset()
    """Of one that was sent back: the items that can be answered."""


def pinned(connection: Connection, choice: Choice) -> tuple[PinnedRow, ...]:
    """List the assessments, by the names of their sites."""
    return tuple(
        PinnedRow(
            id=AssessmentId(row.id),
            site=SiteId(row.site),
            site_name=row.site_name,
            district=row.district,
            stage=Stage(row.stage),
            edition=EditionId(row.edition),
            came_from=tuple(EditionId(edition) for edition in _listed(row.came_from)),
            assessors=_listed(row.assessors),
            on=day_of(day_in(row.visited_on), datetime.fromisoformat(row.started_at)),
            sealed=json.loads(row.facts) if row.facts else None,
            returned=frozenset(json.loads(row.returned)),
        )
        for row in connection.execute(_PINNED, choice.values())
    )


@lru_cache(maxsize=1024)
def _listed(document: str) -> tuple[str, ...]:
    """Read a JSON list; most rows have one of a few."""
    return tuple(json.loads(document))


def answers_to(connection: Connection, choice: Choice, keys: Iterable[str]) -> dict[tuple[str, str], AnswerRow]:
    """Give the stored answers to some entries, by assessment and key, with the acts a new answer would replace."""
    wanted = list(keys)
    cells = [f"answer.{key}" for key in wanted]
    standing: dict[tuple[str, str], list[ActRef]] = {}
    for entity, cell, device, seq in connection.execute(_HEADS, choice.values(cells=cells)):
        standing.setdefault((entity, cell), []).append(ActRef(device, seq))
    conflicts = {(entity, cell): values for entity, cell, values in connection.execute(_CONFLICTS, {"cells": cells})}
    names = people(connection)
    found: dict[tuple[str, str], AnswerRow] = {}
    for row in connection.execute(_ANSWERS, choice.values(keys=wanted)).mappings():
        judgement = judgement_in(row)
        assessment, item = row["assessment"], row["item"]
        place = (assessment, f"answer.{item}")
        found[assessment, item] = AnswerRow(
            item=item,
            answer=judgement.answer,
            author=names.get(row["author"]) or row["author"],
            at=datetime.fromisoformat(row["at"]),
            heads=tuple(standing.get(place, ())),
            values=conflicts.get(place, 1),
            entry=judgement.entry,
            lamport=row["lamport"],
        )
    return found


def evidence_counts(connection: Connection, choice: Choice, keys: Iterable[str]) -> dict[tuple[str, str], int]:
    """Count the pieces of evidence under some entries, by assessment and key."""
    rows = connection.execute(_COUNTS, choice.values(keys=list(keys)))
    return {(assessment, item): int(pieces) for assessment, item, pieces in rows}


def facts_of_sites(connection: Connection, choice: Choice, facts: Iterable[str]) -> dict[str, dict[str, str]]:
    """Give some facts of the sites as they are today, by site."""
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(_FACTS, choice.values(keys=list(facts))):
        found.setdefault(row.site, {})[row.fact] = row.value
    return found


def authors(connection: Connection, choice: Choice) -> Iterator[tuple[str, str, str]]:
    """Give who wrote each answer: assessment, key, and the person's name."""
    names = people(connection)
    for assessment, item, author in connection.execute(_AUTHORS, choice.values()):
        yield assessment, item, names.get(author) or author
