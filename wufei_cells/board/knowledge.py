"""Cases as plain day numbers, and what of them was known on a day; nothing that came later is let through.

Days are counted as ``date.toordinal`` counts them, since everything here compares and subtracts tens of thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from wufei_cells.board.cases import Case, Way
from wufei_cells.board.papers import Paper, Papers
from wufei_cells.domain.lifecycle import CLOSED, Stage

NEVER = 10**7
"""A day after all days."""
SOON = 31
"""So many days after one certificate ran out the next one may begin, and the site still counts as renewed."""


class Visit(NamedTuple):
    """A way stood at a stage from a day on until it went on to another."""

    entered: int
    left: int
    """``NEVER``: it stands there still."""
    stage: Stage
    onto: Stage | None
    seen_until: int
    """The day on which a newer way of the site took its place, so that this one was followed no longer."""


class Printed(NamedTuple):
    """A certificate as it was issued."""

    issued: int
    first: int
    last: int
    taken: int
    """The day on which it was taken back."""


class Journey(NamedTuple):
    """A way: when it began, whether the site held a certificate then, and its visits."""

    begun: int
    anew: bool
    """Whether the site held no certificate when it began; the others are on their way to a renewal."""
    visits: tuple[Visit, ...]

    @property
    def days(self) -> int:
        """Days from its beginning to where it stands in the end."""
        return self.visits[-1].entered - self.begun

    def at(self, day: int) -> Visit | None:
        """Give where it stood when a day ended."""
        return next((visit for visit in reversed(self.visits) if visit.entered <= day), None)


@dataclass(frozen=True, slots=True)
class Past:
    """One site."""

    registered: int
    held: tuple[tuple[int, int], ...]
    printed: tuple[Printed, ...]
    """In the order of their first days."""
    journeys: tuple[Journey, ...]

    def holds(self, day: int) -> bool:
        """Say whether it was a valid cell."""
        return any(first <= day <= last for first, last in self.held)

    def journey_on(self, day: int) -> Journey | None:
        """Give the latest way that had begun by a day."""
        return next((one for one in reversed(self.journeys) if one.begun <= day), None)

    def known_until(self, day: int) -> int:
        """Give the last day for which certificates were in hand on a day on which the site held one."""
        end = day
        for one in self.printed:
            if one.issued <= day < one.taken and one.first <= end + 1:
                end = max(end, one.last)
        return end

    def known_from(self, day: int) -> tuple[int, int] | None:
        """Give first and last day of a certificate that was in hand on a day and had yet to begin."""
        coming = (one for one in self.printed if one.issued <= day < min(one.first, one.taken))
        return next(((one.first, one.last) for one in coming), None)


class Stand(NamedTuple):
    """How a site stood when a day ended."""

    site: Past
    holds: bool
    """Whether it was a valid cell."""
    visit: Visit | None
    """Where its latest way stood."""

    @property
    def under_way(self) -> bool:
        """Whether its way could still lead to a certificate."""
        return self.visit is not None and self.visit.stage not in CLOSED and self.visit.stage is not Stage.REGISTERED


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All sites that are meant, in one order, with everything on record; ask it for a day."""

    sites: tuple[Past, ...]
    visits: tuple[Visit, ...] = field(repr=False)
    """Of all of them."""

    @property
    def first_day(self) -> int | None:
        """The first day on which a way began; ``None``: none did."""
        return min((site.journeys[0].begun for site in self.sites if site.journeys), default=None)

    def as_of(self, day: int) -> tuple[Stand, ...]:
        """Give how the sites stood that were registered by a day."""
        return tuple(_stand(site, day) for site in self.sites if site.registered <= day)

    def valid_on(self, day: int) -> int:
        """Count the valid cells of a day."""
        return sum(site.holds(day) for site in self.sites)


def knowledge_of(cases: Iterable[Case], papers: Papers | None = None) -> Knowledge:
    """Prepare cases; where nothing is told of a site's certificates, the days on which it held one stand for them."""
    told = papers or {}
    sites = tuple(_past(case, told.get(case.site, ())) for case in cases)
    visits = tuple(visit for site in sites for journey in site.journeys for visit in journey.visits)
    return Knowledge(sites, visits)


def _stand(site: Past, day: int) -> Stand:
    journey = site.journey_on(day)
    return Stand(site, site.holds(day), journey.at(day) if journey else None)


def _past(case: Case, papers: Sequence[Paper]) -> Past:
    held = tuple((span.first.toordinal(), span.last.toordinal()) for span in case.held)
    printed = tuple(_printed(paper) for paper in papers) or tuple(
        Printed(first, first, last, NEVER) for first, last in held
    )
    nexts = [way.entered[0].on.toordinal() for way in case.ways[1:]]
    journeys = tuple(_journey(way, held, until) for way, until in zip(case.ways, [*nexts, NEVER], strict=False))
    return Past(case.registered_on.toordinal(), held, tuple(sorted(printed, key=lambda one: one.first)), journeys)


def _printed(paper: Paper) -> Printed:
    taken = paper.taken_back_on.toordinal() if paper.taken_back_on else NEVER
    return Printed(paper.issued_on.toordinal(), paper.printed.first.toordinal(), paper.printed.last.toordinal(), taken)


def _journey(way: Way, held: Sequence[tuple[int, int]], until: int) -> Journey:
    begun = way.entered[0].on.toordinal()
    visits: list[Visit] = []
    for one, after in zip(way.entered, (*way.entered[1:], None), strict=True):
        if after is not None and after.stage is one.stage:
            continue  # a second act that says the same
        entered = visits[-1].left if visits else begun
        left = after.on.toordinal() if after else NEVER
        visits.append(Visit(entered, left, one.stage, after.stage if after else None, until))
    return Journey(begun, not any(first <= begun <= last for first, last in held), tuple(visits))
