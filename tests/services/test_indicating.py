"""Indicators: what was reached, and how it stands to what is aimed at."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.registers import open_register
from tests.services.steering_samples import steering_criteria, steering_register
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.indicators import (
    Better,
    Indicator,
    IndicatorKey,
    IndicatorStatus,
    IndicatorValue,
    Trend,
    YearValue,
    status_of,
    trend_of,
)
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import checking, indicating, undoing

MET, ON_THE_WAY, MISSED, UNKNOWN = IndicatorStatus


@pytest.fixture
def workspace(tmp_path, clock):
    opened = steering_register(tmp_path, clock)
    yield opened
    opened.close()


def said(year: int, value: str, *, preliminary: bool = False) -> IndicatorValue:
    return IndicatorValue(year, Decimal(value), preliminary, "统计局")


def test_values_are_recorded_put_right_and_taken_out(workspace):
    indicating.record_value(workspace, "waste", said(2025, "58"))
    view = indicating.record_value(workspace, "waste", said(2026, "61.5", preliminary=True))
    assert [(row.said.year, row.said.value, row.author) for row in view.values] == [
        (2025, Decimal(58), "王敏"),
        (2026, Decimal("61.5"), "王敏"),
    ]
    assert (view.status, view.trend, view.target) == (MET, Trend.BETTER, YearValue(2026, Decimal(60)))
    view = indicating.record_value(workspace, "waste", said(2026, "57"))
    assert (view.status, view.trend) == (MISSED, Trend.WORSE)
    view = indicating.remove_value(workspace, "waste", 2026)
    assert (view.latest.value, view.status) == (Decimal(58), ON_THE_WAY)
    undoing.undo(workspace, indicating.PLACE)
    assert indicating.indicators(workspace)[0].latest == said(2026, "57")
    assert checking.doctor(workspace).sound


def test_an_indicator_that_should_fall_is_met_from_below(workspace):
    view = indicating.record_value(workspace, "landfill", said(2026, "19.5"))
    assert (view.status, view.trend) == (MET, Trend.BETTER)
    assert indicating.indicators(workspace)[0].status is UNKNOWN


def test_everything_wrong_is_said_at_once(workspace):
    with pytest.raises(ProblemsFound) as refused:
        indicating.record_value(workspace, "waste", IndicatorValue(2027, Decimal("NaN"), False, " "))
    assert [problem.code for problem in refused.value.problems] == [
        *("indicating.year", "indicating.value", "indicating.source_needed"),
    ]
    for wrong in ("zoo", "waste "):
        with pytest.raises(UserError, match=r"indicating\.unknown"):
            indicating.record_value(workspace, wrong, said(2026, "1"))
    with pytest.raises(UserError, match=r"indicating\.no_value"):
        indicating.remove_value(workspace, "waste", 2020)


WASTE = Indicator(
    IndicatorKey("w"),
    Text("w"),
    Text("%"),
    Better.MORE,
    (YearValue(2026, Decimal(60)), YearValue(2028, Decimal(70))),
    Text(""),
)


@pytest.mark.parametrize(
    ("values", "year", "status"),
    [
        ([], 2026, UNKNOWN),
        ([said(2027, "65")], 2026, UNKNOWN),
        ([said(2025, "58")], 2026, ON_THE_WAY),
        ([said(2025, "60")], 2026, MET),
        ([said(2026, "59", preliminary=True)], 2026, ON_THE_WAY),
        ([said(2026, "59")], 2026, MISSED),
        ([said(2026, "59")], 2027, MISSED),
        ([said(2025, "59")], 2027, ON_THE_WAY),
        ([said(2026, "59"), said(2027, "61")], 2027, ON_THE_WAY),
        ([said(2026, "59"), said(2027, "71")], 2027, MET),
        ([said(2026, "61")], 2030, ON_THE_WAY),
        ([said(2029, "69")], 2030, MISSED),
    ],
)
def test_the_status_follows_the_latest_value_and_the_target_of_its_time(values, year, status):
    assert status_of(WASTE, values, year) is status


@given(
    st.lists(st.builds(said, st.integers(2020, 2035), st.integers(0, 100).map(str)), max_size=5),
    st.integers(2020, 2035),
    st.randoms(),
)
def test_the_order_in_which_values_were_recorded_does_not_matter(values, year, chance):
    unique = list({one.year: one for one in values}.values())
    shuffled = chance.sample(unique, len(unique))
    assert status_of(WASTE, unique, year) is status_of(WASTE, shuffled, year)
    assert trend_of(WASTE, unique) is trend_of(WASTE, shuffled)


@pytest.mark.parametrize(
    ("unit", "value", "refused"),
    [
        ("%", "150", "share"),
        ("%", "100.1", "share"),
        ("%", "-1", "share"),
        ("%", "100", None),
        ("%", "0", None),
        ("万吨", "-0.5", "negative"),
        ("万吨", "150.5", None),
        ("家", "-2", "negative"),
        ("家", "2.5", "whole"),
        ("座", "12", None),
    ],
)
def test_a_number_that_its_unit_cannot_have_is_refused(tmp_path, clock, unit, value, refused):
    given = steering_criteria()
    profile = given.profile[1].replace(b'unit: "%", better: more', f'unit: "{unit}", better: more'.encode())
    opened = open_register(tmp_path, clock, given=Criteria(given.checklists, (given.profile[0], profile)))
    try:
        if refused is None:
            assert indicating.record_value(opened, "waste", said(2026, value)).latest == said(2026, value)
        else:
            with pytest.raises(ProblemsFound) as found:
                indicating.record_value(opened, "waste", said(2026, value))
            assert [one.code for one in found.value.problems] == [f"indicating.{refused}"]
            assert indicating.indicator(opened, "waste").values == ()
    finally:
        opened.close()


def test_a_change_against_another_year_may_go_the_wrong_way(tmp_path, clock):
    given = steering_criteria()
    profile = given.profile[1].replace("综合利用率".encode(), "产生量减少幅度".encode())
    opened = open_register(tmp_path, clock, given=Criteria(given.checklists, (given.profile[0], profile)))
    try:
        assert indicating.record_value(opened, "waste", said(2026, "-3")).trend is Trend.UNKNOWN
    finally:
        opened.close()
