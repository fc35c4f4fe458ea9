"""What each rule gives for an answer, with edges. Every number here was worked out by hand."""

from __future__ import annotations

import pytest

from wufei_cells.errors import ProblemsFound


def refusal(points, rule, full, value, **fields) -> str:
    """The code with which an answer is refused."""
    with pytest.raises(ProblemsFound) as found:
        points(rule, full, value, **fields)
    assert len(found.value.problems) == 1
    return found.value.problems[0].code


# --- questions


@pytest.mark.parametrize(
    ("value", "expected"), [(True, "5"), ("yes", "5"), (False, "0"), ("no", "0"), (None, "0 to 5")]
)
def test_yes_gives_the_points_and_no_nothing(points, value, expected):
    assert points("yes_no: 5", 5, value) == expected


def test_no_may_be_the_good_answer(points):
    rule = "yes_no: {yes: 1, no: 4}"
    assert points(rule, 4, value=False) == "4"
    assert points(rule, 4, value=True) == "1"
    assert points(rule, 4, None) == "1 to 4"


@pytest.mark.parametrize("value", ["maybe", 1, "是", [True], {"yes": 1}])
def test_anything_but_yes_or_no_is_refused(points, value):
    assert refusal(points, "yes_no: 5", 5, value) == "answer.not_yes_no"


LEVELS = """
levels:
  - {key: all, text: 全部, points: 6}
  - {key: some, text: 部分, points: 4, lowest: 1}
  - {key: none, text: 没有, points: 0}
"""


def test_a_level_gives_its_points(points):
    assert points(LEVELS, 6, "all") == "6"
    assert points(LEVELS, 6, {"level": "none"}) == "0"
    assert points(LEVELS, 6, None) == "0 to 6"


@pytest.mark.parametrize(("given", "expected"), [("1", "1"), ("2.5", "2.5"), (3, "3"), ("4", "4")])
def test_in_a_range_the_assessor_sets_the_points_from_lowest_to_highest(points, given, expected):
    assert points(LEVELS, 6, {"level": "some", "points": given, "reason": "缺两本台账"}) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"level": "some", "points": "0.5", "reason": "少"}, "answer.outside_range"),
        ({"level": "some", "points": "4.5", "reason": "多"}, "answer.outside_range"),
        ({"level": "some", "points": "2"}, "answer.range_needs_reason"),
        ({"level": "some", "points": "2", "reason": "  "}, "answer.range_needs_reason"),
        ("some", "answer.range_needs_points"),
        ({"level": "some", "points": "two", "reason": "字"}, "answer.range_needs_points"),
        ({"level": "all", "points": "5"}, "answer.points_fixed"),
        ("most", "answer.not_choice"),
        ({"level": "all", "score": 6}, "answer.not_level"),
        (6, "answer.not_level"),
    ],
)
def test_a_level_answer_that_does_not_fit_is_refused(points, value, code):
    assert refusal(points, LEVELS, 6, value) == code


def test_the_most_of_a_range_needs_no_reason_and_a_fixed_level_may_repeat_its_points(points):
    assert points(LEVELS, 6, {"level": "some", "points": "4"}) == "4"
    assert points(LEVELS, 6, {"level": "all", "points": "6.0"}) == "6"


# --- measures


def on_line(measure: str) -> str:
    """A line that gives the measured number itself as points, so that a test can read it."""
    return f"{measure}\nline: [[0, 0], [1000, 1000]]"


@pytest.mark.parametrize(
    ("value", "expected"), [("12.5", "12.5"), ("１２．５", "12.5"), ("1,000", "1000"), (" 7 ", "7"), (7, "7")]
)
def test_a_number_is_read_as_a_person_writes_it(points, value, expected):
    assert points(on_line("amount: {text: 数}"), 1000, value) == expected


@pytest.mark.parametrize("value", ["twelve", "1e3", "12 t", "1.2.3", 0.1, True, [1], "NaN", "½"])
def test_what_is_no_exact_number_is_refused(points, value):
    assert refusal(points, on_line("amount: {text: 数}"), 1000, value) == "answer.not_number"


@pytest.mark.parametrize("value", ["1" * 16, "12.3456789012345678901", 10**15])
def test_a_number_with_too_many_digits_is_refused_as_that(points, value):
    assert refusal(points, on_line("amount: {text: 数}"), 1000, value) == "answer.too_many_digits"


def test_a_count_is_a_whole_number_up_to_its_limit(points):
    rule = on_line("count: {text: 处, at_most: 1000}")
    assert points(rule, 1000, "1000") == "1000"
    assert refusal(points, rule, 1000, "1001") == "answer.count_too_large"
    assert refusal(points, rule, 1000, "2.5") == "answer.not_count"
    assert refusal(points, rule, 1000, "-1") == "answer.not_count"


def test_a_share_is_the_exact_percentage_of_its_two_numbers(points):
    rule = on_line("share: {part: 对, whole: 查}")
    assert points(rule, 1000, {"part": "1", "whole": "3"}) == "100/3"
    assert points(rule, 1000, {"part": 0, "whole": 8}) == "0"
    assert points(rule, 1000, {"part": "3"}) == "0 to 1000"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"part": 1, "whole": 0}, "answer.whole_not_positive"),
        ({"part": -1, "whole": 4}, "answer.negative"),
        ({"part": 5, "whole": 4}, "answer.part_above_whole"),
        ({"part": "x", "whole": 4}, "answer.not_number"),
        ({"before": 1, "after": 4}, "answer.not_pair"),
        ("25%", "answer.not_pair"),
    ],
)
def test_a_share_that_cannot_be_is_refused(points, value, code):
    assert refusal(points, on_line("share: {part: 对, whole: 查}"), 1000, value) == code


def test_a_share_may_exceed_the_whole_where_the_checklist_says_so(points):
    rule = on_line("share: {part: 今年, whole: 平均, may_exceed: yes}")
    assert points(rule, 1000, {"part": 6, "whole": 5}) == "120"


def test_a_small_sample_counts_but_is_pointed_out(checklist, item, score):
    rule = "share: {part: 知晓, whole: 询问, smallest_whole: 10}\nbands: [{at_least: 90, points: 4}, {points: 0}]"
    card = score(checklist({"A": [item("A1", 4, rule)]}), {"A1": {"part": 9, "whole": 9}})
    assert card.total.low == 4
    assert [(note.code, note.place) for note in card.cautions] == [("caution.small_sample", "A1")]
    assert not score(checklist({"A": [item("A1", 4, rule)]}), {"A1": {"part": 9, "whole": 10}}).cautions


def test_a_change_is_relative_to_the_earlier_value_unless_it_is_a_difference(points):
    bands = "bands: [{at_most: -10, points: 10}, {below: 0, points: 6}, {at_most: 0, points: 4}, {points: 0}]"
    relative = f"change: {{before: 去年, after: 今年, unit: t}}\n{bands}"
    assert points(relative, 10, {"before": 200, "after": 180}) == "10"
    assert points(relative, 10, {"before": 200, "after": "180.02"}) == "6"
    assert points(relative, 10, {"before": 200, "after": 200}) == "4"
    assert points(relative, 10, {"before": 200, "after": "200.01"}) == "0"
    difference = f"change: {{before: 去年, after: 今年, relative: no}}\n{bands}"
    assert points(difference, 10, {"before": 200, "after": 190}) == "10"
    assert points(difference, 10, {"before": 0, "after": "-9"}) == "6"


def test_a_relative_change_needs_something_to_relate_to(points):
    rule = on_line("change: {before: 去年, after: 今年}")
    assert refusal(points, rule, 1000, {"before": 0, "after": 5}) == "answer.base_not_positive"


def test_ticks_count_what_holds(points):
    rule = "ticks: [{key: a, text: 甲}, {key: b, text: 乙}, {key: c, text: 丙}]\nsteps: {points: 2, cap: 4}"
    assert points(rule, 4, []) == "0"
    assert points(rule, 4, ["b"]) == "2"
    assert points(rule, 4, ["b", "b"]) == "2"
    assert points(rule, 4, ["a", "b", "c"]) == "4"
    assert points(rule, 4, None) == "0 to 4"
    assert refusal(points, rule, 4, ["d"]) == "answer.not_choice"
    assert refusal(points, rule, 4, "a") == "answer.not_ticks"


# --- scales

LADDER = """
amount: {text: 与同类平均之比}
bands:
  - {at_most: 0.9, points: 7}
  - {at_most: 1.0, points: 6}
  - {at_most: 1.1, points: 5}
  - {at_most: 1.2, points: 4}
  - {points: 0}
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.5", "7"), ("0.9", "7"), ("0.900000001", "6"), ("1.05", "5"), ("1.2", "4"), ("1.21", "0")],
)
def test_a_ladder_takes_the_first_band_that_holds_and_named_bounds_count(points, value, expected):
    assert points(LADDER, 7, value) == expected


@pytest.mark.parametrize(
    ("bound", "below", "at", "above"),
    [("at_least", "0", "3", "3"), ("above", "0", "0", "3"), ("at_most", "3", "3", "0"), ("below", "3", "0", "0")],
)
def test_the_name_of_a_bound_says_whether_the_bound_itself_counts(points, bound, below, at, above):
    rule = f"amount: {{text: 数}}\nbands: [{{{bound}: 60, points: 3}}, {{points: 0}}]"
    assert [points(rule, 3, number) for number in ("59.999", "60", "60.001")] == [below, at, above]


def test_a_line_is_straight_between_corners_and_flat_beyond_them(points):
    rule = "amount: {text: 利用率}\nline: [[20, 0], [40, 6], [60, 10]]"
    given = ["10", "20", "30", "40", "50", "60", "95"]
    assert [points(rule, 10, number) for number in given] == ["0", "0", "3", "6", "8", "10", "10"]
    assert points(rule, 10, "35.5") == "4.65"


def test_a_band_may_hold_a_line(points):
    rule = """
      amount: {text: 弹性系数}
      bands:
        - {at_most: 0.5, points: 5}
        - {at_most: 1, line: [[0.5, 5], [1, 1]]}
        - {points: 0}
    """
    assert [points(rule, 5, number) for number in ("0.5", "0.75", "1", "1.01")] == ["5", "3", "1", "0"]


@pytest.mark.parametrize(
    ("part_step", "at_84", "at_83_5", "at_90", "at_20"),
    [("ignore", "18", "18", "30", "0"), ("count", "18", "16", "30", "0"), ("prorate", "18", "17", "30", "0")],
)
def test_steps_short_of_a_goal_take_points_off_down_to_nothing(points, part_step, at_84, at_83_5, at_90, at_20):
    rule = f"amount: {{text: 覆盖率}}\nsteps: {{points: -2, short_of: 90, part_step: {part_step}}}"
    assert [points(rule, 30, number) for number in ("84", "83.5", "90", "20")] == [at_84, at_83_5, at_90, at_20]
    assert points(rule, 30, "95") == "30"


def test_the_width_of_a_step_can_be_set(points):
    rule = "amount: {text: 覆盖率}\nsteps: {points: -1, each: 5, short_of: 100}"
    assert [points(rule, 8, number) for number in ("100", "95.01", "95", "90", "60", "0")] == [
        "8",
        "8",
        "7",
        "6",
        "0",
        "0",
    ]


def test_steps_over_a_number_give_or_take(points):
    taken = "count: {text: 处}\nsteps: {points: -0.5, over: 2}"
    assert [points(taken, 5, number) for number in ("0", "2", "3", "12", "13")] == ["5", "5", "4.5", "0", "0"]
    given = "count: {text: 套}\nsteps: {points: 1, cap: 3}"
    assert [points(given, 3, number) for number in ("0", "2", "3", "9")] == ["0", "2", "3", "3"]


def test_steps_start_where_they_are_told_and_stay_between_floor_and_cap(points):
    floored = "count: {text: 处}\nsteps: {points: -2, floor: 3}"
    assert [points(floored, 8, number) for number in ("0", "2", "3", "9")] == ["8", "4", "3", "3"]
    assert points(floored, 8, None) == "3 to 8"
    started = "count: {text: 项}\nsteps: {points: 2, start: 1, cap: 5}"
    assert [points(started, 5, number) for number in ("0", "1", "2", "7")] == ["1", "3", "5", "5"]


# --- combinations


def test_a_sum_adds_its_parts_and_needs_all_of_them(points):
    rule = "sum: [{key: a, text: 机构, yes_no: 2}, {key: b, text: 人员, yes_no: 3}]"
    assert points(rule, 5, {"a": True, "b": False}) == "2"
    assert points(rule, 5, {"a": True}) == "2 to 5"
    assert points(rule, 5, {}) == "0 to 5"


def test_a_sum_may_start_at_full_marks_with_parts_that_take_points_off(points):
    rule = """
      start: 8
      sum:
        - {key: none, text: 没有投放点, yes_no: -8}
        - {key: kinds, text: 缺的种类, count: {text: 种}, steps: {points: -2}}
    """
    assert points(rule, 8, {"none": False, "kinds": 0}) == "8"
    assert points(rule, 8, {"none": False, "kinds": 3}) == "2"
    assert points(rule, 8, {"none": True, "kinds": 1}) == "0"
    assert points(rule, 8, {"kinds": 1}) == "0 to 6"


def test_a_sum_never_gives_more_than_full_marks(points):
    rule = "sum: [{key: a, text: 甲, yes_no: 4}, {key: b, text: 乙, yes_no: 4}]"
    assert points(rule, 5, {"a": True, "b": True}) == "5"


def test_a_part_is_named_when_its_answer_does_not_fit(points):
    rule = "sum: [{key: a, text: 甲, count: {text: 处}, steps: {points: 1, cap: 5}}]"
    with pytest.raises(ProblemsFound) as found:
        points(rule, 5, {"a": "many"})
    assert found.value.problems[0].place == "A1.a"
    assert refusal(points, rule, 5, {"b": 1}) == "answer.unknown_part"
    assert refusal(points, rule, 5, [1]) == "answer.not_parts"


BEST = """
best:
  - {key: title, text: 节水型单位, yes_no: 7}
  - key: ratio
    text: 用水比
    amount: {text: 比}
    bands: [{at_most: 1, points: 6}, {at_most: 1.2, points: 4}, {points: 0}]
  - {key: trend, text: 逐年下降, share: {part: 降, whole: 全}, steps: {points: -1, short_of: 10}}
"""


def test_the_best_of_the_claimed_alternatives_counts(points):
    assert points(BEST, 7, {"title": True}) == "7"
    assert points(BEST, 7, {"title": False, "ratio": "1.1"}) == "4"
    assert points(BEST, 7, {"ratio": "1.3"}) == "0"
    assert points(BEST, 7, {}) == "0 to 7"
    assert points(BEST, 7, None) == "0 to 7"


def test_steps_of_an_alternative_start_at_full_marks_as_they_do_alone(points):
    assert points(BEST, 7, {"trend": {"part": 9, "whole": 100}}) == "6"
    alone = "share: {part: 降, whole: 全}\nsteps: {points: -1, short_of: 10}"
    assert points(alone, 7, {"part": 9, "whole": 100}) == "6"


def test_an_alternative_that_is_half_answered_leaves_a_range(points):
    rule = """
      best:
        - {key: title, text: 称号, yes_no: 3}
        - {key: both, text: 两项, sum: [{key: a, text: 甲, yes_no: 2}, {key: b, text: 乙, yes_no: 3}]}
    """
    assert points(rule, 5, {"title": True, "both": {"a": True}}) == "3 to 5"
    assert points(rule, 5, {"title": True}) == "3"


# --- parameters


def test_a_number_may_be_a_parameter(points):
    rule = "amount: {text: 利用率}\nbands: [{at_least: $goal, points: $most}, {points: 0}]"
    parameters = "[{key: goal, text: 目标, value: 70}, {key: most, text: 分, value: 8}]"
    assert points(rule, 8, "70", parameters=parameters) == "8"
    assert points(rule, 8, "69.999", parameters=parameters) == "0"
