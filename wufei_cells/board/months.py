"""Calendar months as spans of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from wufei_cells.board.cases import Span

DAY = timedelta(days=1)


def month_of(day: date) -> Span:
    """Give the month in which a day lies."""
    first = day.replace(day=1)
    return Span(first, _following(first) - DAY)


def months(first: date, last: date) -> Iterator[Span]:
    """Give the months from that of one day to that of another."""
    month = month_of(first)
    while month.first <= last:
        yield month
        month = month_of(month.last + DAY)


def months_from(day: date, count: int) -> tuple[Span, ...]:
    """Give so many months, the first of them the one in which a day lies."""
    found = [month_of(day)]
    while len(found) < count:
        found.append(month_of(found[-1].last + DAY))
    return tuple(found)


def _following(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
