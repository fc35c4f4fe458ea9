"""Axes: round ticks that hold all figures, and the names of days as fine as there is room for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wufei_cells.charts.figures import TimeWords
from wufei_cells.charts.labels import cut, in_lines, spread
from wufei_cells.charts.scales import Scale, round_ticks
from wufei_cells.charts.time_axis import TimeAxisMaker

WORDS = TimeWords(tuple(f"{month}月" for month in range(1, 13)), ("一季度", "二季度", "三季度", "四季度"))


def measure(text, size, bold):
    return sum(size if sign >= "\u2e80" else size * 0.56 for sign in text)


def axis(first, last, width):
    return TimeAxisMaker(WORDS, 12, measure).make(date(*first), date(*last), 0, width)


# --- figures


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        (0, 104, 7, ("0", "20", "40", "60", "80", "100", "120")),
        (0, 104, 6, ("0", "25", "50", "75", "100", "125")),
        (0, 0, 5, ("0", "1")),
        (0, 2, 9, ("0", "1", "2")),
        (-3, 4, 5, ("−4", "−2", "0", "2", "4")),
        (0, 12345, 4, ("0", "5000", "10000", "15000")),
    ],
)
def test_what_is_counted_has_whole_ticks(low, high, most, texts):
    assert round_ticks(low, high, most).texts() == texts


def test_what_is_counted_in_both_directions_bears_no_sign():
    assert round_ticks(-3, 4, 5).sizes() == ("4", "2", "0", "2", "4")


def test_what_is_measured_has_decimals_and_says_on_which_side_of_zero_it_is():
    assert round_ticks(-0.5, 0.9, 5, whole=False).texts(signed=True) == ("−0.5", "0.0", "+0.5", "+1.0")


@given(low=some.integers(-(10**9), 10**9), more=some.integers(0, 10**9), most=some.integers(1, 12))
def test_ticks_hold_the_figures_and_zero_and_are_no_more_than_there_is_room_for(low, more, most):
    ticks = round_ticks(low, low + more, most)
    assert ticks.low <= min(low, 0)
    assert ticks.high >= max(low + more, 0)
    assert 0 in ticks.values
    assert len(ticks.values) <= max(most, 3)
    assert all(value == int(value) for value in ticks.values)


def test_what_is_beyond_a_scale_lies_at_its_end():
    scale = Scale(0, 100, 10, 210)
    assert [scale.at(value) for value in (-5, 0, 50, 100, 1000)] == [10, 10, 110, 210, 210]


# --- days


def test_months_are_named_where_there_is_room_then_quarters_then_years():
    wide = axis((2025, 3, 10), (2027, 12, 31), 1400)
    assert [name.text for name in wide.names][:3] == ["3月", "4月", "5月"]
    assert [name.text for name in wide.years] == ["2025", "2026", "2027"]
    middle = axis((2025, 3, 10), (2027, 12, 31), 700)
    assert [name.text for name in middle.names][:2] == ["二季度", "三季度"]
    narrow = axis((2025, 3, 10), (2027, 12, 31), 300)
    assert [name.text for name in narrow.names] == ["2025", "2026", "2027"]
    assert narrow.years == ()


def test_decades_in_little_room_have_a_name_for_several_years():
    found = [int(name.text) for name in axis((2000, 1, 1), (2060, 12, 31), 300).names]
    assert len({after - before for before, after in pairwise(found)}) == 1
    assert 2 <= len(found) <= 8


def test_a_single_day_and_the_ends_of_the_calendar_have_an_axis():
    assert axis((2026, 11, 22), (2026, 11, 22), 400).names
    assert axis((1, 1, 1), (9999, 12, 31), 400).names
    assert axis((9999, 12, 31), (9999, 12, 31), 400).names


@given(first=some.dates(), more=some.integers(0, 40_000), width=some.integers(200, 1600))
def test_names_never_meet_and_lines_rise(first, more, width):
    last = date.fromordinal(min(first.toordinal() + more, date.max.toordinal()))
    found = TimeAxisMaker(WORDS, 12, measure).make(first, last, 0, width)
    for names in (found.names, found.years):
        for before, after in pairwise(names):
            half = (measure(before.text, 12, False) + measure(after.text, 12, False)) / 2
            assert after.x - before.x >= half
    assert list(found.lines) == sorted(found.lines)
    assert found.at(first) <= found.at(last) <= width


# --- texts


def test_a_long_name_breaks_into_lines_and_is_cut_only_at_the_end():
    assert in_lines("焦作市修武县云台山镇人民政府", 72, 2, 12, measure) == ("焦作市修武县", "云台山镇人…")
    assert in_lines("Government offices", 110, 2, 12, measure) == ("Government", "offices")
    assert in_lines("机关", 110, 2, 12, measure) == ("机关",)
    assert cut("机关", 3, 12, measure) == ""


@given(places=some.lists(some.floats(0, 300), max_size=6))
def test_labels_at_the_ends_of_lines_keep_out_of_each_others_way(places):
    moved = spread(places, 15, 0, 300)
    ordered = sorted(moved)
    assert all(after - before >= 14.99 for before, after in pairwise(ordered))
    assert all(7.4 <= place <= 292.6 for place in moved)
    assert spread([100.0, 200.0], 15, 0, 300) == [100.0, 200.0]
