"""Follow-ups (督办): what was done about a site, a county or a category that lags behind, step by step sharper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from wufei_cells.domain.register import SiteId
from wufei_cells.domain.text import Text

FollowUpId = NewType("FollowUpId", str)


@dataclass(frozen=True, slots=True)
class FollowUpLevel:
    """One level of the city, such as a reminder; the profile lists them in rising order."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Subject:
    """What a follow-up is about: a site; or a county, a category, or the one within the other."""

    site: SiteId | None = None
    district: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done, and what came of it."""

    subject: Subject
    level: str
    """Key of a level of the profile."""
    on: date
    text: str
    document_number: str = ""
    due: date | None = None
    """By when an answer is asked for."""
    done_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up on record."""

    id: FollowUpId
    said: FollowUp
    author: str
    at: datetime

    def open_on(self, day: date) -> bool:
        """Tell whether it waited for an end on a day."""
        return self.said.on <= day and (self.said.done_on is None or self.said.done_on > day)

    def overdue_on(self, day: date) -> bool:
        """Tell whether its day had passed without an end."""
        return self.open_on(day) and self.said.due is not None and self.said.due < day
