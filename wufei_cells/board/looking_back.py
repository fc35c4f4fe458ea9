"""What the past tells of things other than stages: arrivals, renewals, certificates taken back, batches."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, variance

from wufei_cells.board.knowledge import NEVER, SOON, Knowledge, Past, Printed, Stand
from wufei_cells.board.month_ends import DAYS_PER_MONTH
from wufei_cells.domain.lifecycle import CLOSED, Stage

WINDOW = 365
"""So many days are looked back at for what comes per month."""
ENOUGH_ENDED = 5
"""Certificates that ran out, below which nothing is said about the share renewed."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """New ways, of sites that held no certificate."""

    count: int
    days: int
    """Looked back at."""
    spread: float
    """Variance of the months' counts over their mean; 1 where they come one by one, more where they come in waves."""
    begin_at: Mapping[Stage, float]
    """Shares of the stages at which they begin."""
    waiting: int
    """Sites without a certificate and without an open way."""
    registered_per_day: float

    @property
    def per_day(self) -> float:
        """Ways begun in a day."""
        return self.count / self.days if self.days else 0.0

    @property
    def months(self) -> float:
        """Months looked back at."""
        return self.days / DAYS_PER_MONTH

    @property
    def turn(self) -> float:
        """Give the days after which all who wait will have begun; from then on no more begin than are registered."""
        surplus = self.per_day - self.registered_per_day
        return self.waiting / surplus if surplus > 0 else float(NEVER)


def arrivals_by(stands: Sequence[Stand], day: int, first: int) -> Arrivals:
    """Count what began in the year before a day, or since the first way of all began."""
    days = min(WINDOW, day - first + 1)
    since = day - days
    began = [way for one in stands for way in one.site.journeys if since < way.begun <= day and way.anew]
    registered = sum(one.site.registered > max(first, since) for one in stands)
    return Arrivals(
        count=len(began),
        days=days,
        spread=_spread([one.begun for one in began], day, days),
        begin_at=_shares(one.visits[0].stage for one in began),
        waiting=sum(not one.holds and not one.under_way for one in stands),
        registered_per_day=registered / days,
    )


def _spread(begun: Sequence[int], day: int, days: int) -> float:
    months = int(days // DAYS_PER_MONTH)
    if months < 3:
        return 2.0  # too short to see waves: not taken for granted that there are none
    counts = Counter(int((day - one) // DAYS_PER_MONTH) for one in begun)
    each = [counts[month] for month in range(months)]
    mean = fmean(each)
    return max(1.0, variance(each) / mean) if mean else 1.0


def _shares(stages: Iterable[Stage]) -> dict[Stage, float]:
    counts = Counter(stages)
    return {stage: counts[stage] / counts.total() for stage in Stage if stage in counts}


@dataclass(frozen=True, slots=True)
class Ends:
    """What became of ways and certificates by a day."""

    certified: int
    failed: int
    ended: int
    """Certificates that ran out, long enough ago to know what followed."""
    leads: tuple[int, ...]
    """Of those that were followed by another one, how many days before their end it was in hand, rising."""
    issued: int
    taken_back: int
    days_held: int
    """Of all certificates together, as long as they ran and were not taken back."""
    batch: float
    """Certificates issued on one day, as a certificate sees it: the mean over certificates, not over days."""
    unsure_days: float
    """Standard error of the mean days from the beginning of a way to its certificate."""
    validity: int
    """Days for which a certificate is issued, in the middle; ``NEVER`` while there is none."""

    @property
    def decided(self) -> int:
        """Ways that came to an end."""
        return self.certified + self.failed

    @property
    def renewed(self) -> int:
        """Certificates that ran out and were followed by another one."""
        return len(self.leads)

    def still_renewed(self, lead: int) -> float:
        """Give the share renewed of those that end in so many days, when no other one is in hand yet.

        Who has nothing in hand a week before the end is less likely to renew than who has a year to go.
        """
        later = bisect_left(self.leads, lead)
        never = self.ended - self.renewed
        return later / (later + never) if later else 0.0

    @property
    def renewals_known(self) -> bool:
        """Whether enough ran out to tell the share renewed."""
        return self.ended >= ENOUGH_ENDED

    @property
    def loss_per_day(self) -> float:
        """Share of the certificates in force that are taken back in a day."""
        return self.taken_back / self.days_held if self.days_held else 0.0


def ends_by(knowledge: Knowledge, day: int) -> Ends:
    """Count what had come to an end by a day."""
    stands = [(way, way.at(day)) for site in knowledge.sites for way in site.journeys if way.begun <= day]
    closed = Counter(at.stage for _, at in stands if at and at.stage in CLOSED)
    took = [at.entered - way.begun for way, at in stands if at and at.stage is Stage.CERTIFIED]
    known = [one for site in knowledge.sites for one in site.printed if one.issued <= day]
    leads = [_lead(site, one, day) for site in knowledge.sites for one in site.printed if _ran_out(one, day)]
    sizes = Counter(one.first for one in known)
    return Ends(
        certified=closed[Stage.CERTIFIED],
        failed=closed[Stage.REJECTED] + closed[Stage.STOPPED],
        unsure_days=sqrt(variance(took) / len(took)) if len(took) > 1 else 0.0,
        ended=len(leads),
        leads=tuple(sorted(lead for lead in leads if lead is not None)),
        issued=len(known),
        taken_back=sum(one.taken <= min(day, one.last) for one in known),
        days_held=sum(max(0, min(day, one.last, one.taken) - one.first + 1) for one in known),
        batch=sum(size * size for size in sizes.values()) / len(known) if known else 1.0,
        validity=int(median(one.last - one.first + 1 for one in known)) if known else NEVER,
    )


def _ran_out(one: Printed, day: int) -> bool:
    return one.last + SOON <= day and one.taken > one.last


def _lead(site: Past, one: Printed, day: int) -> int | None:
    """Give how many days before its end the next certificate was in hand; ``None``: none followed."""
    following = (
        other.issued
        for other in site.printed
        if other.issued <= day and other.first <= one.last + SOON and other.last > one.last
    )
    first = min(following, default=None)
    return None if first is None else one.last - first
