"""What a forecast says: valid cells to come with a range, and everything that it rests on, so that it can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wufei_cells.domain.lifecycle import Stage


@dataclass(frozen=True, slots=True)
class ForecastPoint:
    """How many valid cells there will be when a day ends."""

    on: date
    low: int
    """In eight of ten futures the number lies from ``low`` to ``high``; in one of ten it is below."""
    likely: int
    """The mean of what may come, rounded."""
    high: int
    kept: int
    """How many of the certificates in hand still hold then: known today, nothing estimated."""


@dataclass(frozen=True, slots=True)
class KeptPoint:
    """How many of the certificates in hand still hold when a day ends; not estimated."""

    on: date
    kept: int


@dataclass(frozen=True, slots=True)
class Reached:
    """The month ends at which the goal is met for the first time; ``None``: not within the months looked at."""

    earliest: date | None
    likely: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class StageTime:
    """How long ways stand at a stage, as far as this is known."""

    left: int
    """How many visits of the stage have ended: the n behind the median."""
    standing: int
    """How many stand there now; that they have stood so long already counts, too."""
    median_days: int | None
    """Half of them go on within so many days; ``None`` where fewer than half have been seen to."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a forecast was made from, every number with the count behind it."""

    since: date
    """The first day on which one of the ways began."""
    decided: int
    """Ways that came to an end: certified, rejected or stopped."""
    certified: int
    """Of these, certified."""
    stages: Mapping[Stage, StageTime]
    under_way: int
    """Ways that are open now, of sites that hold no certificate."""
    waiting: int
    """Sites in the register without a certificate and without an open way: those who could begin."""
    begun: int
    """Ways begun in the months looked back at, by sites that held no certificate."""
    begun_months: float
    """How many months were looked back at."""
    ended: int
    """Certificates that ran out and of which it is known what followed: the n behind the share renewed."""
    renewed: int
    """Of these, followed by another one."""
    renewals_known: bool
    """Whether these are enough to go by."""
    taken_back: int
    """Certificates that were taken back before they ran out."""
    issued: int
    """Of so many that were issued."""
    batch: float
    """How many certificates come on one day, as a certificate sees it."""
    whole_city: bool = False
    """Stage times and shares are the whole city's, since what was asked for has too little history of its own."""

    @property
    def begun_per_month(self) -> float:
        """Give the ways begun in a month."""
        return self.begun / self.begun_months if self.begun_months else 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many valid cells there will be."""

    on: date
    """The day as of which it is made; nothing later was looked at."""
    now: int
    """Valid cells on that day."""
    goal_count: int | None
    """``None``: there is no goal for what was asked for."""
    goal_by: date
    points: tuple[ForecastPoint, ...]
    """Month ends after ``on``; at the known share of renewals, or, where it is not known, with none renewed."""
    at_goal: ForecastPoint | None
    """At the goal's day; ``None``: that is no later than ``on``, or after the months looked at."""
    reached: Reached
    needed_per_month: float | None
    """New certificates per month needed to arrive on the goal's day; ``None``: it has passed, or there is none."""
    new_per_month: float
    """Sites that became valid cells per month lately, over as many months as ``Basis.begun_months``."""
    basis: Basis
    all_renewed: tuple[ForecastPoint, ...] = ()
    """The month ends with every certificate renewed; only where the share renewed is not known."""
    at_goal_all_renewed: ForecastPoint | None = None


@dataclass(frozen=True, slots=True)
class TooLittle:
    """There is too little to go by for a forecast; what is known all the same, and what it takes."""

    on: date
    now: int
    goal_count: int | None
    goal_by: date
    decided: int
    certified: int
    months: int
    """Whole months since the first way began."""
    needs_decided: int
    needs_certified: int
    needs_months: int
    kept: tuple[KeptPoint, ...]
    """How many of the certificates in hand still hold at the month ends to come."""
