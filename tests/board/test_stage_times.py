"""Stage times: against sums that can be done by hand, and against dice."""

from __future__ import annotations

import random

import pytest

from wufei_cells.board.knowledge import NEVER, Visit
from wufei_cells.board.stage_times import BANDS, Course, Leaving, Stay, leaving, seen_by
from wufei_cells.domain.lifecycle import Stage


def steady(rate: float, **onto: float) -> Leaving:
    """A stage that is left at the same rate on every day."""
    return Leaving((rate,) * len(BANDS), {Stage(stage): share for stage, share in onto.items()})


def visits(stage: Stage, onto: Stage, *days: int) -> list[Visit]:
    return [Visit(0, stood, stage, onto, NEVER) for stood in days]


@pytest.mark.parametrize("days", [0, 1, 10, 200])
def test_one_stage_left_at_a_steady_rate(days):
    course = Course({Stage.NAMED: steady(0.1, certified=0.6, rejected=0.4)}, 400)
    assert course.from_entering(Stage.NAMED, days) == pytest.approx(0.6 * (1 - 0.9 ** (days + 1)))
    assert course.from_standing(Stage.NAMED, 77, days) == pytest.approx(0.6 * (1 - 0.9**days))


def test_two_stages_are_summed_over_the_day_between():
    stages = {Stage.FINISHED: steady(0.2, approved=1.0), Stage.APPROVED: steady(0.5, certified=1.0)}
    first = [0.2 * 0.8**day for day in range(6)]
    through = sum(left * (1 - 0.5 ** (5 - day + 1)) for day, left in enumerate(first))
    assert Course(stages, 30).from_entering(Stage.FINISHED, 5) == pytest.approx(through)


def test_a_way_that_is_sent_back_is_followed_round_and_round():
    stages = {
        Stage.SCORING: steady(0.15, finished=1.0),
        Stage.FINISHED: steady(0.25, scoring=0.4, certified=0.4, rejected=0.2),
    }
    course, dice = Course(stages, 120), random.Random(7)

    def one() -> int:
        day, stage = 0, Stage.SCORING
        while stage in stages:
            rate = stages[stage].rates[0]
            stood = 0
            while dice.random() >= rate:
                stood += 1
            onto = dice.choices(list(stages[stage].onto), list(stages[stage].onto.values()))[0]
            day += max(stood, 1) if onto is Stage.SCORING else stood
            stage = onto
        return day if stage is Stage.CERTIFIED else 10**6

    thrown = [one() for _ in range(8000)]
    for days in (10, 30, 90):
        assert course.from_entering(Stage.SCORING, days) == pytest.approx(
            sum(t <= days for t in thrown) / 8000, abs=0.02
        )


def test_the_median_counts_those_who_stand_still():
    alone = seen_by(visits(Stage.SCORING, Stage.FINISHED, 10, 20, 30, 40), 100)[Stage.SCORING]
    assert alone.time.median_days == 20
    waiting = [Visit(40, NEVER, Stage.SCORING, None, NEVER)] * 4
    both = seen_by(visits(Stage.SCORING, Stage.FINISHED, 10, 20, 30, 40) + waiting, 100)[Stage.SCORING]
    assert (both.time.left, both.time.standing, both.time.median_days) == (4, 4, 40)
    longer = seen_by(visits(Stage.SCORING, Stage.FINISHED, 10, 20, 30, 40) + waiting * 3, 100)[Stage.SCORING]
    assert longer.time.median_days is None


def test_a_visit_is_known_only_as_far_as_the_day_shows_it():
    stay = seen_by(visits(Stage.SCORING, Stage.FINISHED, 10, 50), 30)[Stage.SCORING]
    assert (dict(stay.left), dict(stay.standing), stay.onto[Stage.FINISHED]) == ({10: 1}, {30: 1}, 1)


def test_a_way_that_was_replaced_is_followed_no_further():
    stay = seen_by([Visit(0, NEVER, Stage.SCORING, None, 25)], 100)[Stage.SCORING]
    assert (dict(stay.standing), stay.now) == ({25: 1}, 0)


def test_many_seen_give_back_the_time_they_took():
    stays = seen_by(visits(Stage.SCORING, Stage.CERTIFIED, *[20] * 400), 100)
    course = Course(leaving(stays), 60)
    assert course.from_entering(Stage.SCORING, 16) < 0.02
    assert course.from_entering(Stage.SCORING, 22) > 0.7
    assert course.from_entering(Stage.SCORING, 40) > 0.97


def test_a_stage_that_nobody_has_left_is_left_like_the_others_for_the_next_one():
    stays = seen_by([*visits(Stage.SCORING, Stage.FINISHED, 9, 9, 9), Visit(9, NEVER, Stage.FINISHED, None, NEVER)], 12)
    rates = leaving(stays)
    assert dict(rates[Stage.FINISHED].onto) == {Stage.CERTIFIED: 1.0}
    assert all(0 < rate < 1 for rate in rates[Stage.FINISHED].rates)


def test_whoever_stood_longer_than_anybody_before_still_has_a_chance():
    stays = {Stage.SCORING: Stay()}
    stays = seen_by(visits(Stage.SCORING, Stage.CERTIFIED, *[5] * 30), 1000)
    assert 0 < Course(leaving(stays), 60).from_standing(Stage.SCORING, 900, 30) <= 1
