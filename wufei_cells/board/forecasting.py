"""Forecast the valid cells of the months to come, from the city's own past and from nothing that came later.

The number on a day to come is put together from four parts:

1. **Certificates in hand.** When they run out is known. A renewed one counts on; what share is renewed is taken from
   those that have run out, and where these are too few, both ends are told: none renewed, and all of them.
2. **Ways under way.** For each, the chance to be certified by then, from the stage at which it stands, how long it has
   stood there, how long others stood at the stages ahead, and what share of them went on (``stage_times``).
3. **Ways still to begin.** They begin at the rate of the last twelve months, while there are sites left to begin.
4. **Certificates taken back** before they run out, at the rate at which this has happened.

Each part has a mean and a variance; the parts add up, and the range is the mean ∓ 1.28 standard deviations, which
holds eight of ten normal numbers. The variance has what chance alone makes (each way is certified or is not, as many
begin or fewer, certificates come in batches), and what is not known about the rates themselves: the share that passes
(the variance of its Beta distribution), the ways begun per month (Gamma-Poisson, widened where they come in waves), the
days that a way takes (standard error of their mean), the share renewed (Beta), and a twentieth of what comes new for
what the method itself does not see. So few cases in the past make a wide range. There are no random numbers in it: the
same register gives the same forecast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wufei_cells.board.cases import Case
from wufei_cells.board.forecast import Basis, Forecast, ForecastPoint, KeptPoint, Reached, TooLittle
from wufei_cells.board.knowledge import Knowledge, Stand, knowledge_of
from wufei_cells.board.looking_back import Arrivals, Ends, arrivals_by, ends_by
from wufei_cells.board.month_ends import DAYS_PER_MONTH, month_ends
from wufei_cells.board.outlook import Outlook
from wufei_cells.board.papers import Papers
from wufei_cells.board.stage_times import Stay, seen_by
from wufei_cells.domain.lifecycle import CHAIN, CLOSED, Stage

NEEDS_DECIDED = 8
NEEDS_CERTIFIED = 5
NEEDS_MONTHS = 3
LONGEST = 1096
"""Days that are looked ahead at most: three years. Beyond that the past of a campaign says nothing."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How many valid cells are wanted, and by when."""

    count: int | None
    by: date


def forecast(
    cases: Iterable[Case],
    on: date,
    goal_count: int | None,
    goal_by: date,
    until: date,
    *,
    papers: Papers | None = None,
    city: Iterable[Case] | None = None,
) -> Forecast | TooLittle:
    """Forecast the month ends after a day.

    Args:
        cases: the sites that are meant.
        on: the day as of which it is made.
        goal_count: how many valid cells are wanted; ``None``: nobody has said so.
        goal_by: by when.
        until: how far to look, three years at most.
        papers: the certificates of the sites as they were issued, needed to look back at a day without knowing what
            came later, and to see renewals; without them, the days on which sites held one stand for them.
        city: all sites; stage times and shares are taken from them where those that are meant have too little past.
    """
    own = knowledge_of(cases, papers)
    return forecast_from(own, on, goal_count, goal_by, until, city=knowledge_of(city, papers) if city else None)


def forecast_from(
    own: Knowledge, on: date, goal_count: int | None, goal_by: date, until: date, *, city: Knowledge | None = None
) -> Forecast | TooLittle:
    """Forecast from cases that were prepared before, as who asks for many days does."""
    goal = Goal(goal_count, goal_by)
    day, until = on.toordinal(), min(until, on + timedelta(days=LONGEST))
    taught, ends = own, ends_by(own, day)
    if city is not None and _lacks(own, ends, day):
        taught, ends = city, ends_by(city, day)
    if _lacks(taught, ends, day):
        return _too_little(own, _months(taught, day), ends, on, goal, until)
    stands, stays = own.as_of(day), seen_by(taught.visits, day)
    arrivals = arrivals_by(stands, day, taught.first_day or day)
    outlook = Outlook(stands, day, stays, arrivals, ends, _ahead(on, goal_by, until))
    basis = _basis(outlook, stays, arrivals, ends, whole_city=taught is not own, since=taught.first_day or day)
    return _told(outlook, basis, on, goal, until, gained=_gained(stands, day, arrivals))


def _told(outlook: Outlook, basis: Basis, on: date, goal: Goal, until: date, *, gained: float) -> Forecast:
    renewal = outlook.known_renewal or _none
    found, most = outlook.points(renewal), {} if outlook.known_renewal else outlook.points(_all)
    days, left = [(end - on).days for end in month_ends(on, until)], (goal.by - on).days
    sure = outlook.kept(left) + outlook.renewed(renewal, left)
    now, points = outlook.now, tuple(found[one] for one in days)
    return Forecast(
        on=on,
        now=now,
        goal_count=goal.count,
        goal_by=goal.by,
        points=points,
        at_goal=found.get(left),
        reached=_reached(points, now, on, goal.count),
        needed_per_month=_needed(goal.count, sure, left),
        new_per_month=gained,
        basis=basis,
        all_renewed=tuple(most[one] for one in days) if most else (),
        at_goal_all_renewed=most.get(left),
    )


def _ahead(on: date, goal_by: date, until: date) -> list[int]:
    """Give the days that are asked for, counted from the day on which the forecast is made."""
    asked = {*month_ends(on, until), *([goal_by] if on < goal_by <= until else [])}
    return sorted((day - on).days for day in asked)


def _none(_lead: int) -> float:
    return 0.0


def _all(_lead: int) -> float:
    return 1.0


def _lacks(knowledge: Knowledge, ends: Ends, day: int) -> bool:
    few = ends.decided < NEEDS_DECIDED or ends.certified < NEEDS_CERTIFIED
    return few or _months(knowledge, day) < NEEDS_MONTHS


def _months(knowledge: Knowledge, day: int) -> int:
    first = knowledge.first_day
    return max(0, int((day - first + 1) // DAYS_PER_MONTH)) if first is not None else 0


def _too_little(own: Knowledge, months: int, ends: Ends, on: date, goal: Goal, until: date) -> TooLittle:
    day = on.toordinal()
    stands = own.as_of(day)
    outlook = Outlook(stands, day, {}, arrivals_by(stands, day, day), ends, ())
    return TooLittle(
        on=on,
        now=outlook.now,
        goal_count=goal.count,
        goal_by=goal.by,
        decided=ends.decided,
        certified=ends.certified,
        months=months,
        needs_decided=NEEDS_DECIDED,
        needs_certified=NEEDS_CERTIFIED,
        needs_months=NEEDS_MONTHS,
        kept=tuple(KeptPoint(end, outlook.kept((end - on).days)) for end in month_ends(on, until)),
    )


def _reached(points: Sequence[ForecastPoint], now: int, on: date, goal: int | None) -> Reached:
    if goal is None:
        return Reached(None, None, None)
    if now >= goal:
        return Reached(on, on, on)
    return Reached(
        earliest=next((point.on for point in points if point.high >= goal), None),
        likely=next((point.on for point in points if point.likely >= goal), None),
        latest=next((point.on for point in points if point.low >= goal), None),
    )


def _needed(goal: int | None, sure: float, days: int) -> float | None:
    """Give how many are lacking, in each month that is left; in the last one, all of them."""
    if goal is None or days <= 0:
        return None
    return max(0.0, goal - sure) / max(1.0, days / DAYS_PER_MONTH)


def _gained(stands: Iterable[Stand], day: int, arrivals: Arrivals) -> float:
    since = day - arrivals.days
    count = sum(since < first <= day for one in stands for first, _ in one.site.held)
    return count / arrivals.months if arrivals.days else 0.0


def _basis(
    outlook: Outlook, stays: Mapping[Stage, Stay], arrivals: Arrivals, ends: Ends, *, whole_city: bool, since: int
) -> Basis:
    return Basis(
        since=date.fromordinal(since),
        decided=ends.decided,
        certified=ends.certified,
        stages={stage: stays[stage].time for stage in CHAIN if stage in stays and stage not in CLOSED},
        under_way=outlook.under_way,
        waiting=arrivals.waiting,
        begun=arrivals.count,
        begun_months=arrivals.months,
        ended=ends.ended,
        renewed=ends.renewed,
        renewals_known=ends.renewals_known,
        taken_back=ends.taken_back,
        issued=ends.issued,
        batch=ends.batch,
        whole_city=whole_city,
    )
