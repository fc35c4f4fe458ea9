"""Read what steers: targets, indicator values, follow-ups, visits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from wufei_cells.domain.follow_ups import FollowUp, FollowUpId, FollowUpRow, Subject
from wufei_cells.domain.indicators import IndicatorKey, IndicatorValue, IndicatorValueRow
from wufei_cells.domain.register import AssessmentId, SiteId
from wufei_cells.domain.visits import Visit, VisitId, VisitRow
from wufei_cells.store import steering_tables
from wufei_cells.store.queries import day_in, people

EVERY = "*"
"""Stands for all categories, or all counties, in the cell of a target."""
FOLLOW_UP, VISIT = "follow_up", "visit"
"""Kinds of acts, and their cells."""
_INDICATOR = "indicator."


# --- targets


@dataclass(frozen=True, slots=True)
class TargetSaid:
    """What the office laid down for a category (or all) in a county (or all) by a day."""

    category: str | None
    district: str | None
    by: date
    count: int | None
    """``None``: what the profile says there does not hold."""
    author: str
    at: datetime


_target = steering_tables.target
_TARGETS = select(_target).order_by(_target.c.by, _target.c.category, _target.c.district)


def targets(connection: Connection) -> tuple[TargetSaid, ...]:
    """List the targets that the office laid down, by day."""
    names = people(connection)
    return tuple(
        TargetSaid(
            None if row["category"] == EVERY else row["category"],
            None if row["district"] == EVERY else row["district"],
            date.fromisoformat(row["by"]),
            row["count"],
            *_who(row, names),
        )
        for row in connection.execute(_TARGETS).mappings()
    )


def target_cell(category: str | None, district: str | None, by: date) -> str:
    """Name the cell of a target."""
    return f"target.{category or EVERY}.{district or EVERY}.{by.isoformat()}"


# --- indicators

_value = steering_tables.indicator_value
_VALUES = select(_value).order_by(_value.c.indicator, _value.c.year)


def indicator_values(connection: Connection) -> tuple[IndicatorValueRow, ...]:
    """List the values of all indicators, those of each in the order of the years."""
    names = people(connection)
    return tuple(
        IndicatorValueRow(
            IndicatorKey(row["indicator"].removeprefix(_INDICATOR)),
            IndicatorValue(
                int(row["year"]), Decimal(row["value"]), bool(row["preliminary"]), row["source"], row["note"]
            ),
            *_who(row, names),
        )
        for row in connection.execute(_VALUES).mappings()
        if row["indicator"].startswith(_INDICATOR)
    )


def indicator_cell(key: str, year: int) -> tuple[str, str]:
    """Name the entity and the cell of an indicator's value."""
    return f"{_INDICATOR}{key}", f"year.{year:04d}"


# --- follow-ups

_follow_up = steering_tables.follow_up
_FOLLOW_UPS = select(_follow_up).order_by(_follow_up.c.on.desc(), _follow_up.c.lamport.desc(), _follow_up.c.id)


def follow_ups(connection: Connection, *, site: str | None = None) -> tuple[FollowUpRow, ...]:
    """List the follow-ups of a site, or all of the register, newest first."""
    asked = _FOLLOW_UPS if site is None else _FOLLOW_UPS.where(_follow_up.c.site == site)
    names = people(connection)
    return tuple(_follow_up_row(row, names) for row in connection.execute(asked).mappings())


def _follow_up_row(row: RowMapping, names: Mapping[str, str]) -> FollowUpRow:
    said = FollowUp(
        Subject(row["site"] and SiteId(row["site"]), row["district"], row["category"]),
        row["level"],
        date.fromisoformat(row["on"]),
        row["text"],
        row["document_number"],
        day_in(row["due"]),
        day_in(row["done_on"]),
        row["outcome"],
    )
    return FollowUpRow(FollowUpId(row["id"]), said, *_who(row, names))


# --- visits

_visit = steering_tables.visit
_VISITS = select(_visit).order_by(_visit.c.on, _visit.c.time, _visit.c.lamport, _visit.c.id)


def visits(
    connection: Connection, *, first: date | None = None, last: date | None = None, site: str | None = None
) -> tuple[VisitRow, ...]:
    """List the visits between two days, both counted, in their order; those that were cancelled, too."""
    asked = _VISITS
    if first is not None:
        asked = asked.where(_visit.c.on >= first.isoformat())
    if last is not None:
        asked = asked.where(_visit.c.on <= last.isoformat())
    if site is not None:
        asked = asked.where(_visit.c.site == site)
    names = people(connection)
    return tuple(_visit_row(row, names) for row in connection.execute(asked).mappings())


def _visit_row(row: RowMapping, names: Mapping[str, str]) -> VisitRow:
    going: Any = json.loads(row["people"])
    said = Visit(
        site=SiteId(row["site"]),
        on=date.fromisoformat(row["on"]),
        people=tuple(going),
        time=time.fromisoformat(row["time"]) if row["time"] else None,
        note=row["note"],
        assessment=row["assessment"] and AssessmentId(row["assessment"]),
        cancelled=row["cancelled"],
    )
    return VisitRow(VisitId(row["id"]), said, *_who(row, names))


def _who(row: RowMapping, names: Mapping[str, str]) -> tuple[str, datetime]:
    return names.get(row["author"]) or row["author"], datetime.fromisoformat(row["at"])
