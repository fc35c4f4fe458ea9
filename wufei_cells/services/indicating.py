"""Indicators of the city's plan: what was reached year by year, and how that stands to what is aimed at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from wufei_cells.domain.amounts import plain
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.indicators import (
    Indicator,
    IndicatorStatus,
    IndicatorValue,
    IndicatorValueRow,
    Trend,
    YearValue,
    status_of,
    trend_of,
)
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import conflict_guards, reading, roles, undoing
from wufei_cells.services.text_fields import LONGEST_LINE, LONGEST_NOTE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import steering_queries
from wufei_cells.store.journal import Connection, Draft

PLACE = "indicators"
"""What ``undoing`` calls the steps that are taken here."""
KIND = "indicator_value"
FIRST_YEAR = 2000
MOST = Decimal(10) ** 12
MOST_DECIMALS = 6
SHARE = "%"
WHOLE = Decimal(100)
CHANGES = ("幅度", "增长", "增幅", "降幅", "变化")
"""Words in the names of what changed against another year: such a number is no share, and it may go the wrong way."""
COUNTED = frozenset("家座个处户项")
"""Units, in Chinese, of what is counted one by one."""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator, and where the city stands with it."""

    indicator: Indicator
    values: tuple[IndicatorValueRow, ...]
    """In the order of the years, up to the one asked about."""
    status: IndicatorStatus
    trend: Trend
    target: YearValue | None
    """What is worked toward."""

    @property
    def latest(self) -> IndicatorValue | None:
        """The newest value."""
        return self.values[-1].said if self.values else None


def indicators(workspace: Workspace, year: int | None = None) -> tuple[IndicatorView, ...]:
    """Give the indicators of the profile, in its order, as they stand in a year (the current one).

    Values of indicators that the profile no longer has stay on record and are not shown.
    """
    asked = year or workspace.today().year
    with workspace.database.reading() as connection:
        return indicators_within(connection, asked)


def indicators_within(connection: Connection, year: int) -> tuple[IndicatorView, ...]:
    """Give the indicators as they stand in a year, within a transaction."""
    rows = steering_queries.indicator_values(connection)
    return tuple(_view(one, rows, year) for one in reading.profile(connection).indicators)


def indicator(workspace: Workspace, key: str) -> IndicatorView:
    """Give one indicator, by its key or name, as it stands in the current year.

    Raises:
        UserError: there is no such indicator.
    """
    with workspace.database.reading() as connection:
        found = _require(connection, key)
        return _view(found, steering_queries.indicator_values(connection), workspace.today().year)


def record_value(workspace: Workspace, key: str, said: IndicatorValue) -> IndicatorView:
    """Put what was reached in a year on record, or put it right.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: there is no such indicator, it is not this person's work, or two people recorded different values.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        indicator = _require(connection, key)
        found = [*_problems(indicator, said, workspace.today().year)]
        if found:
            raise ProblemsFound(found)
        _write(workspace, connection, indicator, said.year, _document(said))
        return _view(indicator, steering_queries.indicator_values(connection), workspace.today().year)


def remove_value(workspace: Workspace, key: str, year: int) -> IndicatorView:
    """Take the value of a year off the record.

    Raises:
        UserError: there is none, or as ``record_value``.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, KIND)
        indicator = _require(connection, key)
        rows = steering_queries.indicator_values(connection)
        if not any((row.indicator, row.said.year) == (indicator.key, year) for row in rows):
            raise UserError("indicating.no_value", name=indicator.text, year=year)
        _write(workspace, connection, indicator, year, None)
        return _view(indicator, steering_queries.indicator_values(connection), workspace.today().year)


def _write(workspace: Workspace, connection: Connection, indicator: Indicator, year: int, value: JsonValue) -> None:
    entity, cell = steering_queries.indicator_cell(indicator.key, year)
    conflict_guards.refuse_disputed(connection, entity, cell)
    undoing.write(workspace, connection, [Draft(KIND, entity, cell, value)], places=[PLACE])


def _view(indicator: Indicator, rows: Iterable[IndicatorValueRow], year: int) -> IndicatorView:
    own = tuple(row for row in rows if row.indicator == indicator.key and row.said.year <= year)
    values = [row.said for row in own]
    return IndicatorView(
        indicator, own, status_of(indicator, values, year), trend_of(indicator, values), indicator.target_for(year)
    )


def _require(connection: Connection, key: str) -> Indicator:
    profile = reading.profile(connection)
    by_name = (one for one in profile.indicators if key and key in (one.text.zh, one.text.en))
    indicator = profile.indicator(key) or next(by_name, None)
    if indicator is None:
        known = tuple(one.text for one in profile.indicators)
        raise UserError("indicating.unknown", indicator=key, known=known)
    return indicator


def _problems(indicator: Indicator, said: IndicatorValue, this_year: int) -> Iterable[Problem]:
    if not FIRST_YEAR <= said.year <= this_year:
        yield Problem("indicating.year", "year", {"first": FIRST_YEAR, "last": this_year})
    if not said.value.is_finite() or abs(said.value) >= MOST or said.value != round(said.value, MOST_DECIMALS):
        yield Problem("indicating.value", "value")
    else:
        yield from _unit_problems(indicator, said.value)
    if not said.source.strip():
        yield Problem("indicating.source_needed", "source")
    yield from text_problems("source", said.source, limit=LONGEST_LINE)
    yield from text_problems("note", said.note, limit=LONGEST_NOTE, lines=True)


def _unit_problems(indicator: Indicator, value: Decimal) -> Iterable[Problem]:
    """Find what a number in this unit can never be."""
    unit = indicator.unit.zh
    if any(word in indicator.text.zh for word in CHANGES):
        return
    told = {"name": indicator.text, "found": plain(value), "unit": indicator.unit}
    if unit == SHARE and not 0 <= value <= WHOLE:
        yield Problem("indicating.share", "value", told)
    elif value < 0:
        yield Problem("indicating.negative", "value", told)
    elif unit in COUNTED and value != round(value):
        yield Problem("indicating.whole", "value", told)


def _document(said: IndicatorValue) -> JsonValue:
    return {
        "value": plain(said.value),
        "preliminary": said.preliminary,
        "source": said.source.strip(),
        "note": said.note.strip(),
    }
