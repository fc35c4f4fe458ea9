"""What holds for every picture, whatever the figures: nothing leaves it, no text meets another, all figures lead on."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.charts import samples
from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.burn_up import Goal
from wufei_cells.charts.columns import Column, Columns
from wufei_cells.charts.figures import DayFigure, Expected, Figure
from wufei_cells.charts.heat import Heat, HeatCell, HeatRow
from wufei_cells.charts.labels import Rect, room_of
from wufei_cells.charts.layout import lay_out
from wufei_cells.charts.marks import Block, Dot, Label, Line, Tone
from wufei_cells.charts.ranges import RangeRow, Ranges

SIZE = 12.0
TOLERANCE = 0.51
WIDTHS = (420, 800, 1400)
LIMIT = 0.005  # seconds


def measure(text, size, bold):
    """About as wide as real type: Chinese characters are squares, letters a bit more than half."""
    return sum(size if sign >= "\u2e80" else size * 0.56 for sign in text) * (1.06 if bold else 1)


def room(mark):
    """The rectangle that a mark takes."""
    if isinstance(mark, Label):
        return room_of(mark, measure)
    if isinstance(mark, Block):
        return Rect(mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
    if isinstance(mark, Dot):
        return Rect(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
    xs, ys = zip(*mark.points, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def outside(picture):
    """The marks and spots that leave the picture."""
    whole = Rect(-TOLERANCE, -TOLERANCE, picture.width + TOLERANCE, picture.height + TOLERANCE)
    spots = [Rect(spot.x, spot.y, spot.x + spot.width, spot.y + spot.height) for spot in picture.spots]
    return [mark for mark in picture.marks if not whole.holds(room(mark))] + [
        one for one in spots if not whole.holds(one)
    ]


def written_over(picture):
    """Pairs of texts that meet."""
    labels = [(mark.text, room(mark)) for mark in picture.marks if isinstance(mark, Label)]
    slim = [(text, Rect(r.left + 0.5, r.top + 0.5, r.right - 0.5, r.bottom - 0.5)) for text, r in labels]
    return [(one, other) for (one, a), (other, b) in combinations(slim, 2) if a.meets(b)]


def assert_sound(picture):
    assert not outside(picture)
    assert not written_over(picture)
    assert all(spot.width >= 0 and spot.height >= 0 for spot in picture.spots)


# --- the made-up city


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", samples.ALL)
def test_a_picture_is_sound_at_every_width(kind, language, width):
    for height in (None, 200, 600):
        for size in (8.0, 11.0, 16.0):
            assert_sound(lay_out(samples.ALL[kind](language), width, height, size, measure))


@pytest.mark.parametrize("kind", samples.ALL)
def test_laying_out_takes_no_time_that_anybody_notices(kind):
    chart, best = samples.ALL[kind](), 1.0
    for _ in range(5):
        start = time.perf_counter()
        lay_out(chart, 800, None, SIZE, measure)
        best = min(best, time.perf_counter() - start)
    assert best < LIMIT


def test_every_figure_has_a_spot_that_leads_to_what_is_behind_it():
    chart = samples.burn_up()
    keys = [spot.key for spot in lay_out(chart, 800, None, SIZE, measure).spots]
    assert keys == [one.key for one in (*chart.steps, *chart.planned, *chart.expected, chart.goal)]
    chart = samples.heat()
    cells = [cell.key for row in chart.rows for cell in (*row.cells, row.total) if cell]
    cells += [cell.key for cell in (*chart.totals, chart.whole)]
    assert [spot.key for spot in lay_out(chart, 800, None, SIZE, measure).spots] == cells


def test_a_part_of_a_bar_is_found_where_it_is_drawn_and_the_row_beside_it():
    picture = lay_out(samples.bars(), 800, None, SIZE, measure)
    block = next(mark for mark in picture.marks if isinstance(mark, Block) and mark.tone is Tone.ACCENT and mark.y > 30)
    found = picture.spots[picture.spot_at(block.x + block.width / 2, block.y + 2)]
    assert found.key == ("机关", "有效")
    assert picture.spots[picture.spot_at(5, block.y + 2)].key == "机关"
    assert picture.spot_at(-50, 5) is None


def test_a_loss_is_to_be_seen_as_a_drop():
    before = lay_out(samples.burn_up(), 800, None, SIZE, measure)
    steps = tuple(one for place, one in enumerate(samples.burn_up().steps) if place not in (5, 9, 12))
    without = lay_out(replace(samples.burn_up(), steps=steps), 800, None, SIZE, measure)

    def drops(picture):
        return [mark for mark in picture.marks if isinstance(mark, Line) and mark.tone is Tone.ATTENTION]

    assert len(drops(before)) == 4  # three, and the legend's
    assert not drops(without)
    assert all(start[1] < end[1] for mark in drops(before) for start, end in [mark.points])


def test_what_is_nothing_is_told_from_what_is_not_there():
    row = HeatRow("修武县", (HeatCell("0/3", "", 0, 3), None))
    picture = lay_out(Heat("", "", "", ("机关", "学校"), (row,)), 600, None, SIZE, measure)
    assert [mark.tone for mark in picture.marks if isinstance(mark, Block)] == [Tone.HEAT_0]
    assert [spot.width > 0 for spot in picture.spots] == [True]


def test_a_number_without_room_in_its_part_is_left_out_and_still_said():
    parts = (Figure(1000, "很多", "a"), Figure(1, "一个", "b"))
    picture = lay_out(replace(samples.bars(), rows=(BarRow("机关", parts, ""),)), 420, None, SIZE, measure)
    assert "1" not in [mark.text for mark in picture.marks if isinstance(mark, Label)]
    assert [spot.said for spot in picture.spots] == ["", "很多", "一个"]


# --- anything at all

numbers = some.integers(-50, 300) | some.sampled_from([0, 1, 10**6, 10**12])
names = some.text("机关学校修武县 abcXYZ-/", max_size=40)
days = some.dates(date(2020, 1, 1), date(2035, 12, 31))
widths = some.sampled_from([0, 100, 420, 800, 1400])
heights = some.sampled_from([None, 0, 150, 400])


def at_most(count):
    return some.integers(0, count)


@settings(max_examples=25, deadline=None)
@given(data=some.data(), width=widths, height=heights)
def test_any_way_to_any_goal_is_a_sound_picture(data, width, height):
    on = data.draw(days)
    past = sorted(data.draw(some.sets(days.filter(lambda day: day <= on), max_size=30)))
    coming = sorted(on + timedelta(days=more) for more in data.draw(some.sets(some.integers(1, 3000), max_size=8)))
    steps = tuple(DayFigure(day, data.draw(numbers), "") for day in past)
    planned = tuple(DayFigure(day, data.draw(numbers), "") for day in sorted(data.draw(some.sets(days, max_size=4))))
    expected = tuple(Expected(day, *sorted(data.draw(some.tuples(numbers, numbers, numbers))), "") for day in coming)
    goal = data.draw(some.none() | some.builds(Goal, numbers, names, names, some.none() | days, names))
    chart = replace(
        samples.burn_up(),
        on=on,
        on_text=data.draw(names),
        steps=steps,
        planned=planned,
        expected=expected,
        goal=goal,
        expected_text=data.draw(names),
    )
    picture = lay_out(chart, width, height, SIZE, measure)
    assert_sound(picture)
    assert len(picture.spots) == len(steps) + len(planned) + len(expected) + bool(goal)
    assert all(len(row) == len(chart.table().header) for row in chart.table().rows)


@settings(max_examples=20, deadline=None)
@given(data=some.data(), width=widths, height=heights)
def test_any_bars_are_a_sound_picture(data, width, height):
    parts = some.lists(some.builds(Figure, numbers, names), max_size=5).map(tuple)
    figures = some.lists(names, max_size=4).map(tuple)
    row = some.builds(BarRow, names, parts, names, some.none(), some.none() | numbers, figures)
    rows = tuple(data.draw(some.lists(row, max_size=60)))
    chart = Bars("", "", data.draw(names), samples.bars().series, rows, data.draw(names), data.draw(figures))
    picture = lay_out(chart, width, height, SIZE, measure)
    assert_sound(picture)
    assert len(picture.spots) == sum(1 + sum(part.value > 0 for part in row.parts[:4]) for row in rows)
    assert all(len(row) == len(chart.table().header) for row in chart.table().rows)


@settings(max_examples=20, deadline=None)
@given(data=some.data(), width=widths, height=heights)
def test_any_columns_are_a_sound_picture(data, width, height):
    figure = some.none() | some.builds(Figure, numbers, names)
    column = some.builds(
        Column, names, figure, figure, figure, some.sampled_from(["", "2026", "2027"]), some.booleans()
    )
    columns = tuple(data.draw(some.lists(column, max_size=60)))
    sample = samples.columns()
    level = data.draw(some.sampled_from([None, sample.level]))
    chart = Columns("", "", "", columns, sample.up, sample.down, level)
    picture = lay_out(chart, width, height, SIZE, measure)
    assert_sound(picture)
    kinds = [kind for kind in ("up", "down", "level") if getattr(chart, kind)]
    assert len(picture.spots) == sum(getattr(one, kind) is not None for one in columns for kind in kinds)


@settings(max_examples=20, deadline=None)
@given(data=some.data(), width=widths, height=heights)
def test_any_table_is_a_sound_picture(data, width, height):
    cell = some.none() | some.builds(HeatCell, names, names, numbers, some.none() | numbers)
    count, rows = data.draw(at_most(14)), data.draw(at_most(20))
    cells = some.lists(cell, min_size=count, max_size=count).map(tuple)
    chart = Heat(
        "",
        "",
        data.draw(names),
        tuple(data.draw(names) for _ in range(count)),
        tuple(HeatRow(data.draw(names), data.draw(cells), data.draw(cell)) for _ in range(rows)),
        data.draw(cells),
        data.draw(cell),
        data.draw(names),
        ("0", "<1/3", "<2/3", "<1", "≥1"),
    )
    picture = lay_out(chart, width, height, SIZE, measure)
    assert_sound(picture)
    assert all(len(row) == len(chart.table().header) for row in chart.table().rows)


@settings(max_examples=20, deadline=None)
@given(data=some.data(), width=widths, height=heights)
def test_any_dots_are_a_sound_picture(data, width, height):
    figures = some.floats(-1e6, 1e6, allow_subnormal=False) | some.floats(-2, 2, allow_subnormal=False)
    row = some.builds(
        RangeRow,
        names,
        figures,
        names,
        some.none() | figures,
        some.none() | figures,
        names,
        some.none(),
        some.none(),
        some.booleans(),
    )
    rows = tuple(data.draw(some.lists(row, max_size=60)))
    chart = Ranges("", "", samples.ranges().words, rows, data.draw(names))
    picture = lay_out(chart, width, height, SIZE, measure)
    assert_sound(picture)
    assert len(picture.spots) == len(rows)
