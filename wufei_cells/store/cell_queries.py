"""Read the latest assessments of a category whole, with facts and answers: many at a time, never all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, bindparam, select

from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, EditionId, SiteId, day_of
from wufei_cells.store import tables
from wufei_cells.store.assessment_queries import JUDGED, Judgement, judgement_in
from wufei_cells.store.queries import day_in, is_latest

_site = tables.site
_assessment = tables.assessment
_answer = tables.answer
_fact = tables.site_fact

_CELLS = (
    select(_assessment, _site.c.name.label("site_name"), _site.c.district)
    .join(_site, _site.c.id == _assessment.c.site)
    .where(
        _site.c.category == bindparam("of_category"),
        _assessment.c.stage.in_(bindparam("stages", expanding=True)),
        is_latest,
    )
    .order_by(_site.c.name, _assessment.c.id)
)
_ANSWERS = select(_answer.c.assessment, *JUDGED).where(
    _answer.c.assessment.in_(bindparam("assessments", expanding=True))
)
_FACTS = select(_fact).join(_site, _site.c.id == _fact.c.site).where(_site.c.category == bindparam("of_category"))
AT_ONCE = 250
"""Assessments whose answers are read by one query."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """The latest assessment of a site, with everything that scoring it takes."""

    assessment: AssessmentId
    site: SiteId
    site_name: str
    district: str
    stage: Stage
    edition: EditionId
    came_from: tuple[EditionId, ...]
    on: date
    facts: Mapping[str, str]
    """What is known of the site today."""
    sealed: Mapping[str, str] | None
    """What was known when the assessment was finished; ``None`` while it is open."""
    judgements: Mapping[str, Judgement]
    """Every answer on record, by the key it was given under."""

    @property
    def id(self) -> AssessmentId:
        """The assessment's id."""
        return self.assessment


def cells(connection: Connection, category: str, stages: Iterable[Stage]) -> Iterator[CellRow]:
    """Give the latest assessments of a category that are at some stages, by the names of their sites."""
    place = {"of_category": category, "stages": [stage.value for stage in stages]}
    facts: dict[str, dict[str, str]] = {}
    for row in connection.execute(_FACTS, {"of_category": category}):
        facts.setdefault(row.site, {})[row.fact] = row.value
    found = connection.execute(_CELLS, place).mappings().all()
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        judgements = _judgements(connection, [row["id"] for row in some])
        for row in some:
            yield _cell(row, facts.get(row["site"], {}), judgements.get(row["id"], {}))


def _cell(row: RowMapping, facts: Mapping[str, str], judgements: Mapping[str, Judgement]) -> CellRow:
    return CellRow(
        assessment=AssessmentId(row["id"]),
        site=SiteId(row["site"]),
        site_name=row["site_name"],
        district=row["district"],
        stage=Stage(row["stage"]),
        edition=EditionId(row["edition"]),
        came_from=tuple(json.loads(row["came_from"])),
        on=day_of(day_in(row["visited_on"]), datetime.fromisoformat(row["started_at"])),
        facts=facts,
        sealed=json.loads(row["facts"]) if row["facts"] else None,
        judgements=judgements,
    )


def _judgements(connection: Connection, assessments: list[str]) -> dict[str, dict[str, Judgement]]:
    found: dict[str, dict[str, Judgement]] = {}
    for row in connection.execute(_ANSWERS, {"assessments": assessments}).mappings():
        found.setdefault(row["assessment"], {})[row["item"]] = judgement_in(row)
    return found
