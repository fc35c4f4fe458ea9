"""Indicators of a city's plan: what is aimed at, what was reached, and how the one stands to the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from wufei_cells.domain.text import Text

IndicatorKey = NewType("IndicatorKey", str)


class Better(StrEnum):
    """Which way an indicator should go."""

    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class YearValue:
    """A number of a year, in the indicator's unit."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the plan."""

    key: IndicatorKey
    text: Text
    unit: Text
    better: Better
    targets: tuple[YearValue, ...]
    """In the order of their years."""
    source: Text
    """Where the plan says so."""
    leads: tuple[Text, ...] = ()
    baseline: YearValue | None = None

    def target_for(self, year: int) -> YearValue | None:
        """Give the target that a year works toward: its own, or the next one; after the last, the last."""
        return next((one for one in self.targets if one.year >= year), self.targets[-1] if self.targets else None)

    def reaches(self, value: Decimal, wanted: Decimal) -> bool:
        """Tell whether a value is as good as is wanted, or better."""
        return value >= wanted if self.better is Better.MORE else value <= wanted


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """What was reached in a year."""

    year: int
    value: Decimal
    preliminary: bool = False
    """Whether the number may still be put right by whoever reported it."""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorValueRow:
    """A value on record."""

    indicator: IndicatorKey
    said: IndicatorValue
    author: str
    at: datetime


class IndicatorStatus(StrEnum):
    """How the latest value stands to the target of its time."""

    MET = "met"
    ON_THE_WAY = "on_the_way"
    """Not there, but the target's year has not passed."""
    MISSED = "missed"
    UNKNOWN = "unknown"
    """No value, or no target."""


class Trend(StrEnum):
    """How the latest value stands to the one before it, or to the baseline."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


def status_of(indicator: Indicator, values: Sequence[IndicatorValue], year: int) -> IndicatorStatus:
    """Judge an indicator in a year by the latest value up to it.

    A target is missed when its year has gone by and the latest value does not reach it; a preliminary value can meet
    a target, too, since nobody knows better yet.
    """
    known = sorted((one for one in values if one.year <= year), key=lambda one: one.year)
    if not known or not indicator.targets:
        return IndicatorStatus.UNKNOWN
    latest = known[-1]
    past = [one for one in indicator.targets if one.year < year or (one.year == latest.year == year)]
    if past and not indicator.reaches(latest.value, past[-1].value):
        # A year that is not over, or whose number is not final, can still come out well.
        running = past[-1].year == year and latest.preliminary
        unreported = past[-1].year > latest.year
        return IndicatorStatus.ON_THE_WAY if running or unreported else IndicatorStatus.MISSED
    target = indicator.target_for(year)
    assert target is not None
    return IndicatorStatus.MET if indicator.reaches(latest.value, target.value) else IndicatorStatus.ON_THE_WAY


def trend_of(indicator: Indicator, values: Sequence[IndicatorValue]) -> Trend:
    """Compare the latest value with the one before it."""
    numbers = [one.value for one in sorted(values, key=lambda one: one.year)]
    if indicator.baseline is not None:
        numbers = [indicator.baseline.value, *numbers]
    if len(numbers) < 2:
        return Trend.UNKNOWN
    before, latest = numbers[-2:]
    if before == latest:
        return Trend.SAME
    return Trend.BETTER if indicator.reaches(latest, before) else Trend.WORSE
