"""Visits that are planned: who goes where, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NewType

from wufei_cells.domain.register import AssessmentId, SiteId

VisitId = NewType("VisitId", str)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to one site."""

    site: SiteId
    on: date
    people: tuple[str, ...] = ()
    """The names of those who go."""
    time: time | None = None
    """When, on the spot; ``None``: on that day."""
    note: str = ""
    assessment: AssessmentId | None = None
    cancelled: str | None = None
    """Why it does not take place, or did not; ``None``: it does."""

    def meets(self, other: Visit) -> tuple[str, ...]:
        """Name the people whom another visit asks for at the same time; a visit without a time takes none."""
        if self.on != other.on or self.time is None or self.time != other.time or self.site == other.site:
            return ()
        if self.cancelled is not None or other.cancelled is not None:
            return ()
        return tuple(name for name in self.people if name in other.people)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit on record."""

    id: VisitId
    said: Visit
    author: str
    at: datetime
