"""Month ends, and months as a length of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wufei_cells.board.months import months

DAYS_PER_MONTH = 365 / 12


def month_ends(after: date, until: date) -> Iterator[date]:
    """Give the month ends after a day, up to another."""
    return (month.last for month in months(after, until) if after < month.last <= until)
