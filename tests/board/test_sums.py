"""Sums follow cases that come and go, and are what adding up anew gives."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.board import strategies
from tests.board.strategies import TODAY
from wufei_cells.board.figures import Course
from wufei_cells.board.sums import Sums, sums_of

asked = st.integers(-300, 200).map(lambda days: TODAY + timedelta(days=days))


@given(strategies.cases(), strategies.cases(), asked)
def test_adding_and_taking_away_leaves_what_adding_up_gives(stay, go, day):
    sums = Sums(day)
    for case in [*go, *stay]:
        sums.add(case)
    for case in go:
        sums.add(case, -1)
    assert sums == sums_of(stay, day)


@given(strategies.cases(), asked)
def test_the_sums_of_all_places_are_the_sums_of_all_cases(cases, day):
    sums = sums_of(cases, day)
    whole = sums.of(sums.places)
    assert whole.sites == sum(case.stage_on(day) is not None for case in cases)
    assert whole.valid == sum(case.holds_on(day) for case in cases)
    assert whole.ever == whole.valid + whole.gone.total()


@given(strategies.cases(), asked, asked)
def test_the_course_gives_the_valid_cells_of_every_day(cases, day, other):
    sums = sums_of(cases, day)
    course = Course(sums.of(sums.places))
    assert course.on(other) == sum(case.holds_on(other) for case in cases)
