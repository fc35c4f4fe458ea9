"""How long ways stand at their stages and where they go on to, learned from what was seen by a day.

A stage's time is described by the rate at which ways leave it, by how long they have stood there already: in each band
of days the ways that left divided by the days that ways stood there (the life-table estimate). Ways that still stand
count with the days they have stood, so that a stage in which many wait for long is not taken for a quick one. Where few
were seen, a band is drawn towards the stage's own mean rate, as if half a way more had been seen at that rate; longer
than anybody ever stood, ways are taken to leave no more slowly than just before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from wufei_cells.board.forecast import StageTime
from wufei_cells.board.knowledge import Visit
from wufei_cells.domain.lifecycle import CHAIN, CLOSED, Stage

BANDS = (0, 1, 3, 7, 10, 14, 18, 22, 27, 33, 40, 50, 60, 75, 90, 120, 150, 180, 240, 365)
"""First days of the bands; the last has no end."""
OLDEST = BANDS[-1]
"""From this age on nothing changes any more."""
_PRIOR = 0.5
"""So many ways are added to each band, at the mean rate of the stage."""


@dataclass(slots=True)
class Stay:
    """What was seen of one stage."""

    left: Counter[int] = field(default_factory=Counter[int])
    """By days stood: the ways that went on."""
    standing: Counter[int] = field(default_factory=Counter[int])
    """By days stood so far: the ways that were not seen to go on."""
    onto: Counter[Stage] = field(default_factory=Counter[Stage])
    now: int = 0
    """How many stand there on the day itself."""

    @property
    def time(self) -> StageTime:
        """Give the number that people are told."""
        return StageTime(self.left.total(), self.now, self._median())

    def _median(self) -> int | None:
        """Give the day by which half have left, by the product-limit estimate of Kaplan and Meier."""
        if not self.standing:
            return median_low(self.left.elements()) if self.left else None
        there, share = self.left.total() + self.standing.total(), 1.0
        for day in sorted({*self.left, *self.standing}):
            if there and self.left[day]:
                share *= 1 - self.left[day] / there
                if share <= 0.5:
                    return day
            there -= self.left[day] + self.standing[day]
        return None


def seen_by(visits: Iterable[Visit], day: int) -> dict[Stage, Stay]:
    """Count what was seen of the stages when a day ended."""
    found: dict[Stage, Stay] = defaultdict(Stay)
    for entered, left, stage, onto, seen_until in visits:
        if entered > day:
            continue
        stay = found[stage]
        if left <= day and onto is not None:
            stay.left[left - entered] += 1
            stay.onto[onto] += 1
        else:
            stay.standing[max(0, min(day, seen_until) - entered)] += 1
            stay.now += seen_until > day
    return dict(found)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The time at one stage as numbers to reckon with."""

    rates: tuple[float, ...]
    """By band, the share of the ways standing there that leave in one day."""
    onto: Mapping[Stage, float]
    """Shares of the stages that follow."""

    def density(self, days: int) -> list[float]:
        """Give by day the share that leaves on it, from the day of coming on."""
        found: list[float] = []
        there = 1.0
        for first, rate in zip(BANDS, self.rates, strict=True):
            end = next((band for band in BANDS if band > first), days + 1)
            for _ in range(first, min(end, days + 1)):
                found.append(there * rate)
                there *= 1 - rate
        return found


def leaving(stays: Mapping[Stage, Stay]) -> dict[Stage, Leaving]:
    """Turn what was seen into rates, for all stages of the way that somebody ever came to.

    A stage that nobody has left yet is taken to be left at the mean rate of all of them, for the next one of the way.
    """
    seen = {stage for stage in stays if stage in CHAIN} | {
        onto for one in stays.values() for onto in one.onto if onto in CHAIN
    }
    every = [one for stage, one in stays.items() if stage in CHAIN and stage not in CLOSED]
    events = sum(one.left.total() for one in every)
    mean = events / max(1, sum(map(_days, every)))
    chain = [stage for stage in CHAIN if stage in seen or stage is Stage.CERTIFIED]
    return {
        stage: _leaving(stays.get(stage, Stay()), mean, after)
        for stage, after in pairwise(chain)
        if stage not in CLOSED
    }


def _leaving(stay: Stay, mean: float, after: Stage) -> Leaving:
    left = stay.left.total()
    rates = _rates(stay, left / _days(stay) if left else mean)
    return Leaving(
        rates, {onto: stay.onto[onto] / left for onto in Stage if onto in stay.onto} if left else {after: 1.0}
    )


def _days(stay: Stay) -> int:
    """Count the days that ways stood there, the first and the last included."""
    gone = sum((days + 1) * count for days, count in stay.left.items())
    return gone + sum((days + 1) * count for days, count in stay.standing.items())


def _rates(stay: Stay, mean: float) -> tuple[float, ...]:
    events, days = [0] * len(BANDS), [0] * len(BANDS)
    for stood, count in stay.left.items():
        events[bisect_right(BANDS, stood) - 1] += count
    ends = [*BANDS[1:], 10**9]
    for stood, count in (stay.left + stay.standing).items():
        for band, (first, end) in enumerate(zip(BANDS, ends, strict=True)):
            if stood < first:
                break
            days[band] += count * (min(stood + 1, end) - first)
    found: list[float] = []
    for e, d in zip(events, days, strict=True):
        rate = min(1.0, (e + _PRIOR) / (d + _PRIOR / mean)) if mean else 0.0
        found.append(max(rate, found[-1]) if found and not d else rate)
    return tuple(found)


class Course:
    """How likely a way is certified within so many days, from wherever it stands.

    It is reckoned day by day as a semi-Markov process: a stage is left after a time of its own, onto a stage that does
    not depend on that time, and what happened before does not matter.
    """

    def __init__(self, stages: Mapping[Stage, Leaving], days: int) -> None:
        self.days = days
        self._stages = stages
        self._density = {stage: one.density(days + OLDEST) for stage, one in stages.items()}
        self._after: dict[Stage, list[float]] = {stage: [] for stage in stages}
        self._from: dict[Stage, list[float]] = {stage: [] for stage in stages}
        self._known: dict[tuple[Stage, int, int], float] = {}
        self._reckon()

    def _reckon(self) -> None:
        """Fill in day by day, the last stages first: on the day itself only what lies ahead can be come to."""
        backwards = list(self._stages)[::-1]
        places = {stage: CHAIN.index(stage) for stage in self._stages}
        for day in range(self.days + 1):
            for stage in backwards:
                after = self._after[stage]
                after.append(sum(share * self._came(stage, onto, day, places) for onto, share in self._onto(stage)))
                # days 0 to ``day`` of standing, ``day`` to 0 of what comes after
                self._from[stage].append(_folded(self._density[stage], after))

    def _onto(self, stage: Stage) -> Iterable[tuple[Stage, float]]:
        return self._stages[stage].onto.items()

    def _came(self, stage: Stage, onto: Stage, day: int, places: Mapping[Stage, int]) -> float:
        if onto is Stage.CERTIFIED:
            return 1.0
        if onto not in places:
            return 0.0
        # what goes back takes a day at least, or the same day would turn in a circle
        at = day if places[onto] > places[stage] else day - 1
        return self._from[onto][at] if at >= 0 else 0.0

    def from_entering(self, stage: Stage, days: int) -> float:
        """Give the share certified within some days of coming to a stage."""
        if stage is Stage.CERTIFIED:
            return 1.0
        known = self._from.get(stage)
        return known[min(days, self.days)] if known is not None and days >= 0 else 0.0

    def from_standing(self, stage: Stage, stood: int, days: int) -> float:
        """Give the share certified within some days, of those that have stood at a stage for some days already."""
        if stage not in self._stages or days <= 0:
            return 0.0
        key = stage, about(stood), days
        if key not in self._known:
            self._known[key] = self._standing(*key)
        return self._known[key]

    def _standing(self, stage: Stage, stood: int, days: int) -> float:
        density = self._density[stage]
        there = 1 - sum(density[: stood + 1])
        if there < 1e-9:  # all that were ever seen had gone by then: it is held to go the next day
            return self._after[stage][days - 1]
        ahead = density[stood + 1 : stood + 1 + days]
        return min(1.0, _folded(ahead, self._after[stage][:days]) / there)


def _folded(density: Sequence[float], after: Sequence[float]) -> float:
    """Sum over the days of leaving: the share that leaves, times what becomes of it in the days that are left."""
    return sum(map(float.__mul__, density, reversed(after)))


def about(stood: int) -> int:
    """Give an age that stands for those about it, so that ten thousand ways need few sums."""
    if stood <= 14:
        return max(stood, 0)
    return min(stood - stood % 7 + 3 if stood < 120 else stood - stood % 30 + 15, OLDEST)
