"""The forecast: what it is made from, what it must never know, and how it behaves at the edges."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.simulated_cases import FIRST, City, Simulated, known_on, simulated
from wufei_cells.board.cases import Case, Entered, Span, Way
from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.board.forecasting import LONGEST, forecast
from wufei_cells.board.knowledge import knowledge_of
from wufei_cells.board.looking_back import arrivals_by, ends_by
from wufei_cells.board.outlook import Outlook
from wufei_cells.board.papers import Paper
from wufei_cells.board.stage_times import seen_by
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, SiteId

ON = date(2025, 6, 15)
GOAL_BY = date(2026, 3, 31)
UNTIL = date(2026, 6, 30)
FAST = settings(max_examples=12, deadline=None)
CITIES = st.builds(
    City,
    months=st.just(18),
    begun_per_month=st.sampled_from([2.0, 5.0, 9.0]),
    pass_share=st.sampled_from([0.3, 0.7, 1.0]),
    batch_every=st.sampled_from([0, 45]),
    validity=st.sampled_from([200, 365, 1095]),
    taken_back=st.sampled_from([0.0, 0.2]),
    waiting=st.sampled_from([0, 30]),
)


def made(found: Simulated, on: date = ON, goal: int = 100, by: date = GOAL_BY, until: date = UNTIL, **more):
    return forecast(found.cases, on, goal, by, until, papers=found.papers, **more)


def way(key: str, *entered: tuple[Stage, date]) -> Way:
    return Way(AssessmentId(key), tuple(Entered(stage, on) for stage, on in entered))


def certified(number: int, begun: date, days: int = 30, *, until: date = date(2027, 12, 31)) -> Case:
    """A site that is certified so many days after it began."""
    on = begun + timedelta(days=days)
    steps = way(
        f"w{number}", (Stage.SCORING, begun), (Stage.FINISHED, begun + timedelta(days=10)), (Stage.CERTIFIED, on)
    )
    return Case(SiteId(f"s{number}"), "office", "east", begun, (steps,), (Span(on, until),))


def rejected(number: int, begun: date) -> Case:
    steps = way(f"w{number}", (Stage.SCORING, begun), (Stage.REJECTED, begun + timedelta(days=20)))
    return Case(SiteId(f"s{number}"), "office", "east", begun, (steps,))


def regular(count: int = 12) -> list[Case]:
    """One way a month-end or so, all certified after 30 days; the last of them 400 days and more before ``ON``."""
    return [certified(number, date(2023, 1, 10) + timedelta(days=30 * number)) for number in range(count)]


# --- laws


@FAST
@given(st.integers(0, 500), CITIES)
def test_the_range_holds_what_is_likely(seed, city):
    found = made(simulated(seed, city))
    for point in getattr(found, "points", ()) + getattr(found, "all_renewed", ()):
        assert 0 <= point.low <= point.likely <= point.high


@FAST
@given(st.integers(0, 500), CITIES, st.integers(0, 500))
def test_nothing_that_came_later_is_known(seed, city, back):
    everything = simulated(seed, city)
    day = ON - timedelta(days=back)
    assert made(everything, day) == made(known_on(everything, day), day)


@FAST
@given(st.integers(0, 500), CITIES)
def test_the_same_things_twenty_eight_years_later_give_the_same_numbers(seed, city):
    years = timedelta(days=28 * 1461 // 4)  # after so many days the calendar comes again
    found = simulated(seed, city)
    now, later = made(found), made(_moved(found, years), ON + years, 100, GOAL_BY + years, UNTIL + years)
    if isinstance(now, Forecast):
        assert [(p.on + years, p.low, p.likely, p.high) for p in now.points] == [
            (p.on, p.low, p.likely, p.high) for p in later.points
        ]
        assert replace(now.basis, since=now.basis.since + years) == later.basis
    else:
        assert (now.decided, now.kept[0].kept) == (later.decided, later.kept[0].kept)


@FAST
@given(st.integers(0, 500), CITIES)
def test_the_order_of_the_cases_does_not_matter(seed, city):
    found = simulated(seed, city)
    mixed = random.Random(seed).sample(found.cases, len(found.cases))
    assert made(found) == made(replace(found, cases=mixed))


@FAST
@given(
    st.integers(0, 500),
    CITIES,
    st.lists(
        st.tuples(st.sampled_from([Stage.SCORING, Stage.FINISHED, Stage.APPROVED]), st.integers(0, 300)), min_size=1
    ),
)
def test_more_sites_under_way_never_mean_fewer_certificates(seed, city, more):
    found, day = simulated(seed, city), ON.toordinal()
    own = knowledge_of(found.cases, found.papers)
    ends = ends_by(own, day)
    if not ends.certified:
        return
    extra = knowledge_of(
        Case(SiteId(f"x{n}"), "office", "east", FIRST, (way(f"x{n}", (stage, ON - timedelta(days=stood))),))
        for n, (stage, stood) in enumerate(more)
    )
    stays, stands = seen_by(own.visits, day), own.as_of(day)
    arrivals = arrivals_by(stands, day, FIRST.toordinal())
    few = Outlook(stands, day, stays, arrivals, ends, (30, 180)).points(lambda _lead: 1.0)
    many = Outlook((*stands, *extra.as_of(day)), day, stays, arrivals, ends, (30, 180)).points(lambda _lead: 1.0)
    assert all(few[days].likely <= many[days].likely for days in (30, 180))


@FAST
@given(st.lists(st.integers(1, 1500), min_size=8, max_size=20))
def test_where_nothing_is_under_way_and_nothing_begins_certificates_only_run_out(lasting):
    cases = [
        certified(number, date(2023, 1, 1) + timedelta(days=9 * number), until=ON + timedelta(days=days))
        for number, days in enumerate(lasting)
    ]
    found = forecast(cases, ON, 100, GOAL_BY, UNTIL)
    assert found.basis.under_way == found.basis.begun == 0
    for point in found.points:
        left = sum(case.holds_on(point.on) for case in cases)
        assert (point.low, point.likely, point.high, point.kept) == (left, left, left, left)


def _moved(found: Simulated, by: timedelta) -> Simulated:
    def span(one: Span) -> Span:
        return Span(one.first + by, one.last + by)

    cases = [
        replace(
            case,
            registered_on=case.registered_on + by,
            ways=tuple(Way(w.assessment, tuple(Entered(e.stage, e.on + by) for e in w.entered)) for w in case.ways),
            held=tuple(map(span, case.held)),
        )
        for case in found.cases
    ]
    papers = {
        site: [
            Paper(p.issued_on + by, span(p.printed), p.taken_back_on + by if p.taken_back_on else None) for p in told
        ]
        for site, told in found.papers.items()
    }
    return Simulated(cases, papers, found.until + by)


# --- what it says


def test_ways_under_way_come_when_their_time_has_come():
    # twelve ways took 30 days each; eight began twelve days ago, ten of which a way stands at the first stage
    cases = regular() + [
        Case(
            SiteId(f"n{number}"),
            "office",
            "east",
            ON - timedelta(days=12),
            (way(f"n{number}", (Stage.SCORING, ON - timedelta(days=12)), (Stage.FINISHED, ON - timedelta(days=2))),),
        )
        for number in range(8)
    ]
    found = forecast(cases, ON, 20, GOAL_BY, UNTIL)
    june, july = found.points[0], found.points[1]
    assert found.now == 12
    assert (june.on, june.likely <= 15) == (date(2025, 6, 30), True)  # 15 days from now most still stand
    assert (july.on, july.likely >= 19) == (date(2025, 7, 31), True)  # 46 days from now nearly all are through
    assert found.basis.stages[Stage.SCORING].median_days == 10
    assert found.basis.stages[Stage.FINISHED].median_days == 20
    assert (found.basis.decided, found.basis.certified, found.basis.under_way, found.basis.begun) == (12, 12, 8, 8)


def test_the_goal_is_reached_first_by_the_high_end_and_last_by_the_low_one():
    found = made(simulated(3, City(months=18, begun_per_month=8)), goal=140)
    reached = found.reached
    by_day = {point.on: point for point in found.points}
    assert reached.earliest < reached.likely < reached.latest
    assert by_day[reached.earliest].high >= 140 > by_day[reached.earliest].likely
    assert by_day[reached.likely].likely >= 140 > by_day[reached.likely].low
    assert by_day[reached.latest].low >= 140
    assert found.at_goal == by_day[GOAL_BY]


def test_the_goals_day_need_not_be_the_end_of_a_month():
    found = made(simulated(3, City(months=18)), by=date(2026, 3, 15))
    assert found.at_goal.on == date(2026, 3, 15)
    assert date(2026, 3, 15) not in [point.on for point in found.points]


def test_how_many_are_needed_per_month_takes_what_runs_out_into_account():
    cases = regular(12)
    cases[0] = certified(0, date(2023, 1, 10), until=date(2025, 12, 31))
    found = forecast(cases, date(2025, 6, 30), 23, date(2026, 6, 30), UNTIL)
    assert found.needed_per_month == pytest.approx(1.0, abs=0.01)  # 23 - 11 in hand then, in twelve months


def test_an_unknown_share_of_renewals_is_told_as_both_ends():
    cases = regular(9) + [certified(50 + n, date(2023, 3, 1), until=date(2025, 9, 30)) for n in range(4)]
    found = forecast(cases, ON, 100, GOAL_BY, UNTIL)
    assert not found.basis.renewals_known
    assert (found.at_goal.likely, found.at_goal_all_renewed.likely) == (9, 13)
    assert len(found.all_renewed) == len(found.points)


def test_a_known_share_of_renewals_is_counted_in():
    found = simulated(5, City(months=30, validity=200, renewed=0.5))
    told = made(found, found.until, until=found.until + timedelta(days=200))
    assert told.basis.renewals_known
    assert told.all_renewed == ()
    assert 0.3 < told.basis.renewed / told.basis.ended < 0.7
    assert all(point.kept < point.likely for point in told.points)


def test_ways_that_stand_long_already_make_the_others_slower():
    quick = simulated(8, City(months=18, begun_per_month=6))
    stuck = [
        Case(SiteId(f"l{n}"), "office", "east", FIRST, (way(f"l{n}", (Stage.SCORING, ON - timedelta(days=200))),))
        for n in range(25)
    ]
    one = seen_by(knowledge_of(quick.cases).visits, ON.toordinal())[Stage.SCORING]
    both = seen_by(knowledge_of([*quick.cases, *stuck]).visits, ON.toordinal())[Stage.SCORING]
    assert one.left == both.left
    assert one.time.median_days < both.time.median_days


# --- edges


def test_too_little_says_what_it_takes_and_what_is_known_all_the_same():
    cases = regular(3)
    found = forecast(cases, ON, 100, GOAL_BY, UNTIL)
    assert isinstance(found, TooLittle)
    assert (found.decided, found.certified, found.needs_decided, found.needs_certified) == (3, 3, 8, 5)
    assert (found.now, {point.kept for point in found.kept}, len(found.kept)) == (3, {3}, 13)


def test_an_empty_register_and_one_site_are_too_little():
    assert forecast([], ON, 100, GOAL_BY, UNTIL).now == 0
    assert forecast(regular(1), ON, 100, GOAL_BY, UNTIL).decided == 1


def test_all_that_fail_are_too_little_to_promise_anything():
    found = forecast([rejected(n, date(2024, 1, 1) + timedelta(days=n)) for n in range(40)], ON, 100, GOAL_BY, UNTIL)
    assert (found.decided, found.certified) == (40, 0)


def test_a_few_weeks_are_too_little_however_many_there_are():
    cases = [certified(n, ON - timedelta(days=60), days=20) for n in range(30)]
    found = forecast(cases, ON, 100, GOAL_BY, UNTIL)
    assert (found.decided, found.months, found.needs_months) == (30, 2, 3)


def test_a_goal_in_the_past_has_no_point_and_needs_nothing():
    found = made(simulated(3, City(months=18)), by=date(2025, 1, 1))
    assert (found.at_goal, found.needed_per_month) == (None, None)


def test_without_a_goal_the_months_are_told_all_the_same():
    found, aimed = made(simulated(3, City(months=18)), goal=None), made(simulated(3, City(months=18)))
    assert found.points == aimed.points
    assert (found.reached.likely, found.needed_per_month) == (None, None)


def test_a_goal_that_is_met_is_met_today():
    found = made(simulated(3, City(months=18, begun_per_month=8)), goal=10)
    assert found.now >= 10
    assert found.reached.earliest == found.reached.latest == ON
    assert found.needed_per_month == 0


def test_a_goal_out_of_reach_is_reached_in_no_month():
    found = made(simulated(3, City(months=18)), goal=5000)
    assert (found.reached.earliest, found.reached.likely, found.reached.latest) == (None, None, None)


def test_looking_ahead_ends_after_three_years_and_not_before_it_began():
    found = simulated(3, City(months=18))
    assert made(found, until=date(2060, 1, 1)).points[-1].on <= ON + timedelta(days=LONGEST)
    assert made(found, until=ON).points == ()


def test_a_category_with_little_past_learns_from_the_whole_city():
    city = simulated(4, City(months=18, begun_per_month=6))
    own = [replace(case, category="school") for case in city.cases[-6:]]
    assert isinstance(forecast(own, ON, 10, GOAL_BY, UNTIL), TooLittle)
    found = forecast(own, ON, 10, GOAL_BY, UNTIL, papers=city.papers, city=city.cases)
    assert found.basis.whole_city
    assert found.basis.decided > len(own)
    assert found.points[-1].high <= 10 + len(own)


def test_sites_that_wait_are_all_that_can_begin():
    many = simulated(6, City(months=18, begun_per_month=6))
    stop = [replace(case, registered_on=FIRST) for case in many.cases]  # all were registered at once, none is left
    found = forecast(stop, many.until, 500, GOAL_BY, many.until + timedelta(days=700), papers=many.papers)
    assert found.basis.waiting < 30
    assert found.points[-1].likely <= found.now + found.basis.under_way + found.basis.waiting
