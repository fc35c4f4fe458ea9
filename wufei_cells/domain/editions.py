"""Which of the published editions is used on a day: the one place that says what supersedes what.

An edition is in force from its first day to its last one, unless it is retired or a newer one has taken its place. A
county's own edition stands on one of the city's; it wins in its districts, as long as the city has not gone on to
another edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from wufei_cells.domain.register import EditionRow, EditionState

CLOSED = (EditionState.EXPIRED, EditionState.RETIRED)
"""With these no assessment is started any more."""


def state_by_itself(row: EditionRow, on: date) -> EditionState:
    """Tell how an edition stands on a day, whatever other editions there are."""
    if row.retired_on is not None and row.retired_on <= on:
        return EditionState.RETIRED
    if on < row.effective_from:
        return EditionState.TO_COME
    if row.effective_until is not None and on > row.effective_until:
        return EditionState.EXPIRED
    return EditionState.IN_FORCE


def leading(rows: Iterable[EditionRow], on: date, district: str = "") -> EditionRow | None:
    """Choose the edition that is used in a district, among those of one category, the newest first."""
    usable = [row for row in rows if state_by_itself(row, on) is EditionState.IN_FORCE]
    city = next((row for row in usable if not row.districts), None)
    if city is None:
        return None
    own = (row for row in usable if district in row.districts and row.extends == city.id)
    return next(own, city)


def outdated_overlay(rows: Iterable[EditionRow], on: date, district: str) -> EditionRow | None:
    """Find the county's own edition that would be used, had the city not gone on to an edition it does not stand on."""
    found = list(rows)
    city = leading(found, on)
    own = [row for row in found if district in row.districts and state_by_itself(row, on) is EditionState.IN_FORCE]
    current = [row for row in own if city and row.extends == city.id]
    return own[0] if own and not current else None


def with_states(rows: Iterable[EditionRow], on: date) -> tuple[EditionRow, ...]:
    """Say of each edition how it stands on a day; rows come by category, the newest first."""
    told: list[EditionRow] = []
    for _category, group in groupby(rows, key=lambda row: row.category):
        of_category = list(group)
        districts = {"", *(district for row in of_category for district in row.districts)}
        used = {row.id for district in districts if (row := leading(of_category, on, district))}
        told += [replace(row, state=_state(row, on, used)) for row in of_category]
    return tuple(told)


def _state(row: EditionRow, on: date, used: Iterable[str]) -> EditionState:
    state = state_by_itself(row, on)
    return EditionState.SUPERSEDED if state is EditionState.IN_FORCE and row.id not in used else state
