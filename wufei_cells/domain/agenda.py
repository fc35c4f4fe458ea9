"""What stands in the office's calendar: visits, notices, deadlines, what runs out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from wufei_cells.domain.register import SiteId
from wufei_cells.domain.text import Text


class AgendaKind(StrEnum):
    """What an entry is."""

    VISIT = "visit"
    NOTICE = "notice"
    """Names stand in public; objections are taken."""
    FINDING = "finding"
    """Something found on site is to be put right."""
    ORDER = "order"
    """Something ordered of the holder of a certificate is to be done."""
    OBJECTION = "objection"
    """An objection or an appeal is to be settled."""
    FOLLOW_UP = "follow_up"
    """An answer to a follow-up is due."""
    REPORT = "report"
    """Holders report on the year before."""
    TARGET = "target"
    """A target's day, or the goal's."""
    RENEWAL = "renewal"
    """From this day on a certificate can be renewed."""
    EXPIRY = "expiry"
    """Its last day."""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One entry, on one day or several."""

    key: str
    """Names it for good, within its kind: the same entry has the same key whenever it is asked for."""
    kind: AgendaKind
    first: date
    last: date
    about: Text
    """Which site, batch, county or city."""
    time: time | None = None
    site: SiteId | None = None
    category: str = ""
    district: str = ""
    people: tuple[str, ...] = ()
    place: str = ""
    contact: str = ""
    phone: str = ""
    note: str = ""
    """In somebody's own words, or a number."""
    parts: tuple[tuple[Text, int], ...] = ()
    """Of a target's day: what is to be reached, the whole first."""


@dataclass(frozen=True, slots=True)
class AgendaFilter:
    """Which entries are wanted; what is left open does not matter."""

    kinds: frozenset[AgendaKind] | None = None
    category: str | None = None
    district: str | None = None
    person: str | None = None
    """Whoever goes, or has to do it."""

    def takes(self, entry: AgendaEntry) -> bool:
        """Tell whether an entry is wanted; what belongs to the whole city belongs to every part of it."""
        return (
            (self.kinds is None or entry.kind in self.kinds)
            and (self.category is None or entry.category in ("", self.category))
            and (self.district is None or entry.district in ("", self.district))
            and (self.person is None or self.person in entry.people)
        )
