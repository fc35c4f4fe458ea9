"""Forecasts of the past against what came: the range has to hold eight times in ten, on registers that dice wrote."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.samples.simulated_cases import FIRST, City, simulated
from wufei_cells.board.back_testing import AHEAD, back_test
from wufei_cells.board.forecasting import forecast

CITIES = {
    "as usual": City(),
    "certificates of a year": City(validity=365),
    "certificates come every sixty days": City(batch_every=60),
    "few and slow": City(begun_per_month=2, scoring=60, finished=40),
    "many fail": City(begun_per_month=12, pass_share=0.5),
    "taken back and not renewed": City(validity=540, taken_back=0.2, renewed=0.6),
}


@pytest.mark.parametrize("city", CITIES.values(), ids=CITIES)
def test_eight_of_ten_ranges_hold(city):
    tried = [
        one
        for seed in range(5)
        for found in [simulated(seed, city)]
        for one in back_test(found.cases, found.until, papers=found.papers).tried
    ]
    assert len(tried) > 250
    for months in AHEAD:
        some = [one for one in tried if one.months_ahead == months]
        share = sum(one.inside for one in some) / len(some)
        assert 0.65 <= share <= 0.95, (months, share)


def test_a_past_forecast_is_the_one_that_would_have_been_made():
    found = simulated(1, City(months=14))
    [one] = [one for one in back_test(found.cases, found.until, papers=found.papers).tried if one.months_ahead == 6][
        -1:
    ]
    then = forecast(found.cases, one.made_on, 0, one.made_on, one.on, papers=found.papers)
    assert (then.points[-1].on, then.points[-1].low) == (one.on, one.low)
    assert one.came == sum(case.holds_on(one.on) for case in found.cases)


def test_what_it_tells_is_counted():
    found = simulated(2, City(months=14))
    told = back_test(found.cases, found.until, papers=found.papers)
    assert {months: one.count for months, one in told.by_months.items()} == {
        months: sum(one.months_ahead == months for one in told.tried) for months in AHEAD
    }
    together = told.together
    assert together.count == len(told.tried)
    assert together.inside == sum(one.low <= one.came <= one.high for one in told.tried)
    assert together.mean_error == pytest.approx(sum(one.came - one.likely for one in told.tried) / len(told.tried))
    assert told.too_little + told.by_months[1].count == 13


@pytest.mark.parametrize("until", [FIRST, FIRST + timedelta(days=40)])
def test_where_there_is_too_little_nothing_is_compared(until):
    cases = simulated(2, City(months=14)).cases
    told = back_test([case for case in cases if case.registered_on <= until], until)
    assert (told.tried, told.together.share, told.together.mean_error) == ((), None, None)
    assert back_test([], date(2026, 1, 1)).tried == ()


def test_it_says_how_far_it_is_and_stops_when_told_to():
    found, seen = simulated(2, City(months=14)), []
    back_test(found.cases, found.until, report=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]

    class Enough(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Enough

    with pytest.raises(Enough):
        back_test(found.cases, found.until, report=stop)
