"""The parts of a forecast on days to come, as means and variances; ``forecasting`` says what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from math import ceil, exp, floor, sqrt

from wufei_cells.board.forecast import ForecastPoint
from wufei_cells.board.knowledge import NEVER, Stand
from wufei_cells.board.looking_back import Arrivals, Ends
from wufei_cells.board.stage_times import Course, Stay, about, leaving
from wufei_cells.domain.lifecycle import Stage

EIGHTY = 1.2816
"""So many standard deviations to both sides of the mean hold 80 % of a normal distribution."""


MISFIT = 0.05
"""What comes new is taken to be off by a twentieth for no other reason than that no city is quite like the method."""
Renewal = Callable[[int], float]
"""Gives the share renewed of the certificates in hand that end in so many days; ``NEVER``: of those still to come."""


@dataclass(frozen=True, slots=True)
class _Gains:
    """Sites newly certified within some days."""

    mean: float
    variance: float


class Outlook:
    """What a day's knowledge says about the days after it.

    Args:
        stands: how the sites that are meant stand on the day.
        day: the day as of which is asked.
        stays: what was seen of the stages.
        arrivals: new ways.
        ends: what became of ways and certificates.
        ahead: the days to come that will be asked for, counted from ``day``, rising.
    """

    def __init__(
        self,
        stands: Sequence[Stand],
        day: int,
        stays: Mapping[Stage, Stay],
        arrivals: Arrivals,
        ends: Ends,
        ahead: Sequence[int],
    ) -> None:
        self._day, self._arrivals, self._ends, self._ahead = day, arrivals, ends, ahead
        self._in_hand = Counter(
            (0, one.site.known_until(day) - day) if one.holds else _later(one.site.known_from(day), day)
            for one in stands
            if one.holds or one.site.known_from(day)
        )
        # in an order of their own, so that sums of fractions do not depend on the order of the cases
        self._standing = Counter(sorted(_standing(stands, day)))
        self.now = sum(one.holds for one in stands)
        """Valid cells on the day."""
        self.under_way = self._standing.total()
        """Open ways of sites that hold no certificate and have none in hand for later."""
        self.known_renewal: Renewal | None = ends.still_renewed if ends.renewals_known else None
        self._course = Course(leaving(stays), max(ahead, default=0))
        self._begun = self._running_sums(max(ahead, default=0))

    def kept(self, days: int) -> int:
        """Count the certificates in hand that still hold in some days."""
        return sum(count for (first, last), count in self._in_hand.items() if first <= days <= last)

    def renewed(self, renewal: Renewal, days: int) -> float:
        """Give how many of the certificates that will have run out by then are followed by another one."""
        return sum(count * renewal(last) for last, count in self._ran_out(days))

    def _ran_out(self, days: int) -> Iterable[tuple[int, int]]:
        return ((last, count) for (_, last), count in sorted(self._in_hand.items()) if last < days)

    def points(self, renewal: Renewal) -> dict[int, ForecastPoint]:
        """Give the points, by days ahead."""
        found: dict[int, ForecastPoint] = {}
        before, slope_from = 0, 0.0
        for days in self._ahead:
            gains = self._gains(days, renewal(NEVER))
            slope = max(0.0, gains.mean - slope_from) / (days - before)
            found[days] = self._point(days, renewal, gains, slope * min(days, self._ends.unsure_days))
            before, slope_from = days, gains.mean
        return found

    def _point(self, days: int, renewal: Renewal, gains: _Gains, shifted: float) -> ForecastPoint:
        kept, lost, ends = self.kept(days), self._lost(days), self._ends
        mean = kept + self.renewed(renewal, days) + gains.mean - lost
        spread = gains.variance + lost + shifted**2 + (MISFIT * gains.mean) ** 2
        spread += (gains.mean * ends.decided / ends.certified) ** 2 * _unsure(ends.certified, ends.decided)
        spread += sum(count * renewal(last) * (1 - renewal(last)) for last, count in self._ran_out(days))
        if ends.renewals_known:
            spread += sum(count for _, count in self._ran_out(days)) ** 2 * _unsure(ends.renewed, ends.ended)
        reach = EIGHTY * sqrt(spread)
        likely = round(mean)
        least = kept if not ends.taken_back else 0  # what is in hand is lost only where this has happened before
        low = min(likely, max(least, ceil(mean - reach)))
        return ForecastPoint(date.fromordinal(self._day + days), low, likely, max(likely, floor(mean + reach)), kept)

    def _lost(self, days: int) -> float:
        return self.kept(days) * (1 - exp(-self._ends.loss_per_day * days))

    # --- new certificates

    def _gains(self, days: int, share: float) -> _Gains:
        """Give the sites certified by then and not run out again, those under way and those still to begin."""
        mean = variance = 0.0
        for (stage, stood), count in self._standing.items():
            chance = self._lasting(partial(self._course.from_standing, stage, stood), days, share)
            mean += count * chance
            variance += count * chance * (1 - chance)
        coming, arrivals = self._lasting(self._arrived, days, share), self._arrivals
        variance += coming * arrivals.spread + coming**2 * arrivals.spread / max(1, arrivals.count)
        mean += coming
        return _Gains(mean, variance + _by_batches(mean, self._ends.batch))

    def _lasting(self, certified: Callable[[int], float], days: int, share: float) -> float:
        """Leave out of those certified within some days those that will have run out again and not be renewed."""
        gone = days - self._ends.validity
        return certified(days) - (1 - share) * certified(gone) if gone > 0 else certified(days)

    def _arrived(self, days: int) -> float:
        """Give how many will begin and be certified within some days, as long as there is anybody to begin."""
        arrivals = self._arrivals
        after = max(0, days - ceil(arrivals.turn)) if arrivals.turn < days else 0
        early = self._begun[days] - self._begun[after]
        return arrivals.per_day * early + min(arrivals.per_day, arrivals.registered_per_day) * self._begun[after]

    def _running_sums(self, days: int) -> list[float]:
        """Give by days the sum of the chances of ways that begin one a day."""
        begin_at, course = self._arrivals.begin_at, self._course
        each = (sum(part * course.from_entering(stage, day) for stage, part in begin_at.items()) for day in range(days))
        return [0.0, *accumulate(each)]


def _standing(stands: Iterable[Stand], day: int) -> Iterator[tuple[Stage, int]]:
    """Give stage and about the days stood of the ways that can still add a valid cell."""
    for one in stands:
        if one.visit and one.under_way and not one.holds and one.site.known_from(day) is None:
            yield one.visit.stage, about(day - one.visit.entered)


def _later(known: tuple[int, int] | None, day: int) -> tuple[int, int]:
    first, last = known or (NEVER, NEVER)
    return first - day, last - day


def _unsure(yes: int, count: int) -> float:
    """Give the variance of a share that is known from ``yes`` among ``count``: of Beta(yes + 1/2, no + 1/2)."""
    mean = (yes + 0.5) / (count + 1)
    return mean * (1 - mean) / (count + 2)


def _by_batches(mean: float, batch: float) -> float:
    """Give what batches add to the variance: whether the next one comes just before the day or just after it.

    At most a sixth of the batch squared, the mean over all places of the day between two batches.
    """
    few = mean * (batch - mean) if mean < batch / 2 else batch * batch
    return min(few, batch * batch / 6) if batch > 1 else 0.0
