"""How good the forecast would have been: made again as of past month ends, and compared with what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wufei_cells.board.cases import Case
from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.board.forecasting import forecast_from
from wufei_cells.board.knowledge import Knowledge, knowledge_of
from wufei_cells.board.month_ends import month_ends
from wufei_cells.board.papers import Papers
from wufei_cells.progress import Report, silent

AHEAD = (1, 3, 6)
"""Months ahead at which a forecast is held against what came."""
LONGEST = 36
"""Month ends that are gone back at most."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One forecast of the past, and what came.

    Where it was not known then what share of the certificates would be renewed, the range is from the low end with none
    renewed to the high end with all of them, and the middle of the two is what was likely.
    """

    made_on: date
    on: date
    """The month end that was forecast."""
    months_ahead: int
    low: int
    likely: int
    high: int
    came: int

    @property
    def inside(self) -> bool:
        """Whether the number that came lay in the range."""
        return self.low <= self.came <= self.high

    @property
    def error(self) -> int:
        """How much more came than was thought likely; below nothing: less."""
        return self.came - self.likely


@dataclass(frozen=True, slots=True)
class Hits:
    """How the forecasts of so many months ahead did."""

    months_ahead: int
    count: int
    """How many could be compared: the n behind the other numbers."""
    inside: int
    mean_error: float | None
    """How much more came than was thought likely, on average; ``None``: none could be compared."""
    mean_off: float | None
    """How far off they were, on average, to either side."""

    @property
    def share(self) -> float | None:
        """Share of the numbers that came inside the range; it is meant to be 0.8."""
        return self.inside / self.count if self.count else None


@dataclass(frozen=True, slots=True)
class BackTest:
    """What became of forecasts of the past."""

    tried: tuple[Tried, ...]
    by_months: Mapping[int, Hits]
    too_little: int
    """Month ends as of which there was too little to go by."""

    @property
    def together(self) -> Hits:
        """All of them, however far ahead (``months_ahead`` is 0)."""
        return hits(0, self.tried)


def back_test(
    cases: Iterable[Case],
    on: date,
    *,
    papers: Papers | None = None,
    city: Iterable[Case] | None = None,
    report: Report = silent,
) -> BackTest:
    """Forecast again as of each past month end, and compare with what is on record up to a day.

    Args:
        cases: the sites that are meant.
        on: the last day that is looked at.
        papers: their certificates as they were issued; without them a forecast of the past knows of certificates that
            were taken back or renewed later, and looks better than it was.
        city: all sites, for what the others have too little past for.
        report: told how far it is; it may raise to stop.
    """
    own = knowledge_of(cases, papers)
    return back_test_from(own, on, city=knowledge_of(city, papers) if city else None, report=report)


def back_test_from(own: Knowledge, on: date, *, city: Knowledge | None = None, report: Report = silent) -> BackTest:
    """Try cases that were prepared before."""
    first = own.first_day
    ends = list(month_ends(date.fromordinal(first), on))[-LONGEST - 1 :] if first is not None else []
    came = {end: own.valid_on(end.toordinal()) for end in ends}
    tried: list[Tried] = []
    too_little = 0
    for number, made_on in enumerate(ends[:-1]):
        report(number, len(ends) - 1)
        following = ends[number + 1 : number + 1 + max(AHEAD)]
        found = forecast_from(own, made_on, 0, made_on, following[-1], city=city)
        if isinstance(found, TooLittle):
            too_little += 1
        else:
            tried += _compared(found, came)
    report(len(ends), len(ends))
    by_months = {months: hits(months, [one for one in tried if one.months_ahead == months]) for months in AHEAD}
    return BackTest(tuple(tried), by_months, too_little)


def _compared(found: Forecast, came: Mapping[date, int]) -> list[Tried]:
    most = found.all_renewed or found.points
    return [
        Tried(found.on, point.on, months, point.low, (point.likely + best.likely) // 2, best.high, came[point.on])
        for months, (point, best) in enumerate(zip(found.points, most, strict=True), 1)
        if months in AHEAD
    ]


def hits(months_ahead: int, tried: Sequence[Tried]) -> Hits:
    """Count how some of them did."""
    count = len(tried)
    return Hits(
        months_ahead,
        count,
        inside=sum(one.inside for one in tried),
        mean_error=sum(one.error for one in tried) / count if count else None,
        mean_off=sum(abs(one.error) for one in tried) / count if count else None,
    )
