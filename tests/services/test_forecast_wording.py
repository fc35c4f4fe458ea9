"""A forecast in words: each number with what it counts, and nothing said three times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.services.test_board_pictures import TODAY, forecast
from wufei_cells import shipped
from wufei_cells.board.forecast import ForecastPoint, Reached
from wufei_cells.services import forecast_wording
from wufei_cells.wording import Wording

ZH = Wording(shipped.wording_catalogue(), "zh")


def said(found):
    return forecast_wording.goal_lines(found, ZH)


def test_a_goal_that_no_month_reaches_takes_one_sentence():
    lines = [line for line in said(forecast()) if "达不到" in line]
    assert lines == ["看到 2027-12 为止，预计达不到目标。"]


def test_a_goal_that_only_luck_reaches_says_so_for_each():
    found = replace(forecast(), reached=Reached(date(2027, 12, 31), None, None))
    assert "达到目标：最早 2027-12，大概 看到的月份里达不到，最晚 看到的月份里达不到" in said(found)


def test_of_a_goal_whose_day_is_past_it_says_that_and_when_it_may_be_met():
    late = date(TODAY.year, TODAY.month, 1).replace(year=TODAY.year - 1)
    found = replace(
        forecast(),
        goal_by=late,
        at_goal=None,
        needed_per_month=None,
        points=(ForecastPoint(date(2027, 12, 31), 92, 98, 104, 1),),
        reached=Reached(date(2027, 12, 31), None, None),
    )
    over, reached = said(found)
    assert over == f"目标日 {late} 已过，还差 99 家。"
    assert reached.startswith("达到目标：最早 2027-12")


@pytest.mark.parametrize(
    ("kept", "known", "begins"),
    [
        (1, False, "要按期达到，还得每月新增 4.2 家；"),
        (0, True, "要按期达到，到期的按过去的比例续上以外，还得每月新增 4.2 家；"),
        (0, False, "要按期达到，新增连同续期，每月共要 4.2 家（到期不续的也要补上）；"),
    ],
)
def test_what_is_needed_says_whether_renewals_are_in_it(kept, known, begins):
    found = forecast(renewals_known=known)
    found = replace(found, at_goal=replace(found.at_goal, kept=kept))
    assert said(found)[-1].startswith(begins)
