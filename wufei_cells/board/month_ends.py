"""Month ends, and months as a length of time."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

DAYS_PER_MONTH = 365.25 / 12


def month_end(day: date) -> date:
    """Give the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_ends(after: date, until: date) -> Iterator[date]:
    """Give the month ends after a day, up to another."""
    end = month_end(after)
    if end == after:
        end = month_end(end + timedelta(days=1))
    while end <= until:
        yield end
        end = month_end(end + timedelta(days=1))
