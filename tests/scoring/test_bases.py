"""What a number rests on: rows make exactly the number of the answer, and whatever does not is refused by name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.domain.answers import Answer, Basis, BasisRow
from wufei_cells.scoring.bases import MOST_ROWS, basis_fields, basis_problems, row_sums, rule_at, summed
from wufei_cells.scoring.evaluate import answer_problems

RULES = {
    "count": ("{count: {text: 桶, unit: 个}, steps: {points: -1}}", ("number",)),
    "amount": ("{amount: {text: 用水, unit: 吨}, bands: [{at_most: 2, points: 4}, {points: 10}]}", ("number",)),
    "share": ("{share: {part: 对, whole: 查, unit: 袋}, line: [[0, 0], [100, 10]]}", ("part", "whole")),
    "change": (
        "{change: {before: 上年, after: 本年, unit: 包}, bands: [{at_most: 0, points: 10}, {points: 0}]}",
        ("before", "after"),
    ),
    "calculated": (
        """
        calculated:
          text: 人均
          unit: 吨
          inputs: [{key: waste, text: 垃圾, unit: 吨}, {key: people, text: 人数, unit: 人}]
          formula: waste / (people + 100000)
        bands: [{at_most: 1, points: 10}, {points: 0}]
        """,
        ("waste", "people"),
    ),
    "ticks": ("{ticks: [{key: a, text: 甲}, {key: b, text: 乙}], steps: {points: 5}}", ()),
    "yes_no": ("{yes_no: 10}", ()),
    "levels": ("{levels: [{key: all, text: 全, points: 10}, {key: none, text: 无, points: 0}]}", ()),
}
PARTS = """
sum:
  - {key: bins, text: 桶, count: {text: 桶, unit: 个}, steps: {points: 1, cap: 4}}
  - key: paper
    text: 纸
    best:
      - key: less
        text: 减
        change: {before: 上年, after: 本年, unit: 包}
        bands: [{at_most: 0, points: 6}, {points: 0}]
      - {key: plan, text: 有, yes_no: 6}
"""

decimals = st.decimals(-999, 999, places=3, allow_nan=False).map(str)
texts = st.text("一二楼东侧 ab", max_size=6)


@pytest.fixture(scope="module")
def of(item, checklist):
    """One item of every kind that is measured or asked, and a gate."""
    entries = [item(key, 10, rule) for key, (rule, _fields) in RULES.items()]
    entries.append(item("parts", 10, PARTS, not_applicable="reason"))
    return checklist({"A": entries}, gates="[{key: G1, text: 守法, verify: [document]}]")


def resting(*rows, path="", **basis):
    return {path: Basis(rows=tuple(BasisRow(text, numbers) for text, numbers in rows), **basis)}


def codes(of, key, answer):
    return [problem.code for problem in answer_problems(of, key, answer)]


# --- which numbers rows may carry


@pytest.mark.parametrize("key", RULES)
def test_every_measure_names_the_numbers_its_rows_may_carry(of, key):
    assert basis_fields(of.entry(key).rule) == RULES[key][1]


def test_parts_are_found_by_their_dotted_path(of):
    rule = of.entry("parts").rule
    assert rule_at(rule, "") is rule
    assert basis_fields(rule_at(rule, "bins")) == ("number",)
    assert basis_fields(rule_at(rule, "paper.less")) == ("before", "after")
    for path in ("nothing", "paper.nothing", "bins.deeper", "."):
        with pytest.raises(KeyError):
            rule_at(rule, path)


# --- the law


@given(st.lists(st.dictionaries(st.sampled_from(["part", "whole"]), decimals), max_size=12))
def test_rows_add_up_exactly_field_by_field(numbers):
    rows = [BasisRow("", row) for row in numbers]
    expected = {
        field: sum((Decimal(row[field]) for row in numbers if field in row), Decimal(0))
        for field in ("part", "whole")
        if any(field in row for row in numbers)
    }
    assert {field: Decimal(total) for field, total in row_sums(rows).items()} == expected


@given(data=st.data())
def test_the_value_the_rows_make_is_the_only_one_that_is_taken(of, data):
    key = data.draw(st.sampled_from([name for name, (_rule, fields) in RULES.items() if fields]))
    rule, fields = of.entry(key).rule, RULES[key][1]
    numbers = st.integers(0, 50).map(str) if key == "count" else st.decimals(0, 50, places=2).map(str)
    rows = data.draw(
        st.lists(st.tuples(texts, st.dictionaries(st.sampled_from(fields), numbers)), min_size=1, max_size=8)
    )
    answer = Answer(None if fields == ("number",) else {fields[0]: "7"}, bases=resting(*rows))
    made = replace(answer, value=summed(rule, answer))
    assert basis_problems(of.entry(key), made) == ()
    assert summed(rule, made) == made.value, "adding up twice changes nothing"
    sums = row_sums(made.bases[""].rows)
    for field, total in sums.items():
        one_more = str(Decimal(total) + Decimal("0.001"))
        value = one_more if fields == ("number",) else {**made.value, field: one_more}
        found = basis_problems(of.entry(key), replace(made, value=value))
        assert [(problem.code, problem.values["field"]) for problem in found] == [("basis.sum_differs", field)]


def test_three_tenths_are_three_tenths():
    assert row_sums([BasisRow("", {"number": "0.1"})] * 3) == {"number": "0.3"}


def test_numbers_are_read_as_people_write_them():
    rows = [BasisRow("", {"number": text}) for text in ("１２", "1,234.5", "−3", " 4 ")]
    assert row_sums(rows) == {"number": "1247.5"}


def test_a_field_that_no_row_carries_is_entered_as_ever(of):
    rule = of.entry("calculated").rule
    months = resting(("一月", {"waste": "1.5"}), ("二月", {"waste": "2.5"}))
    answer = Answer({"people": "40", "waste": "1"}, bases=months)
    assert summed(rule, answer) == {"people": "40", "waste": "4"}
    assert codes(of, "calculated", replace(answer, value=summed(rule, answer))) == []


def test_rows_of_words_leave_the_value_alone(of):
    answer = Answer("3", bases=resting(("一楼", {}), period="2025年", source="台账"))
    assert summed(of.entry("count").rule, answer) == "3"
    assert codes(of, "count", answer) == []


def test_parts_get_their_own_sums_wherever_they_stand(of):
    bases = resting(("一楼", {"number": "1"}), ("二楼", {"number": "2"}), path="bins")
    bases |= resting(("", {"before": "10", "after": "8"}), path="paper.less")
    answer = Answer({"paper": {"plan": "yes"}}, bases=bases)
    value = summed(of.entry("parts").rule, answer)
    assert value == {"bins": "3", "paper": {"plan": "yes", "less": {"before": "10", "after": "8"}}}
    assert codes(of, "parts", replace(answer, value=value)) == []
    wrong = replace(answer, value={**value, "bins": "4"})
    (problem,) = answer_problems(of, "parts", wrong)
    assert (problem.code, problem.place, problem.values["sum"]) == ("basis.sum_differs", "parts.bins", "3")


def test_an_item_set_aside_keeps_what_its_number_rested_on(of):
    answer = Answer(na="没有食堂", bases=resting(("一楼", {"number": "2"}), path="bins"))
    assert codes(of, "parts", answer) == []


# --- what is refused


@pytest.mark.parametrize(
    ("key", "value", "bases", "expected"),
    [
        ("count", "1", resting(path="bins"), ["basis.unknown_part"]),
        ("count", "1", resting(("", {"part": "1"})), ["basis.unknown_field"]),
        ("count", "1", resting(("", {"number": "一"})), ["basis.not_number"]),
        ("count", "1", resting(("", {"number": ""})), ["basis.not_number"]),
        ("count", "1", resting(("", {"number": "1.5"}), ("", {"number": "-0.5"})), ["basis.not_count"] * 2),
        ("amount", "-2", resting(("", {"number": "-2"})), []),
        ("share", {"part": "1", "whole": "4"}, resting(("", {"part": "2"}), ("", {"part": "-1"})), ["basis.negative"]),
        ("count", "5", resting(("", {"number": "4"})), ["basis.sum_differs"]),
        ("count", None, resting(("", {"number": "4"})), ["basis.sum_differs"]),
        ("count", "4.0", resting(("", {"number": "4"})), []),
        ("count", 4, resting(("", {"number": "4"})), []),
        ("yes_no", "yes", resting(("看过", {"number": "1"})), ["basis.words_only"]),
        ("yes_no", "yes", resting(("看过", {})), []),
        ("G1", "yes", resting(("看过", {}), source="信用网站"), []),
        ("G1", "yes", resting(("看过", {"number": "1"})), ["basis.words_only"]),
        ("count", "0", resting(*[("", {})] * (MOST_ROWS + 1)), ["basis.too_many_rows"]),
        ("count", "0", resting(*[("", {})] * MOST_ROWS), []),
        ("count", "0", resting(("长" * 501, {}), period="年" * 101, source="源" * 501), ["basis.too_long"] * 3),
        ("count", "0", resting(("一\n二", {}), period="\x00"), ["basis.control_character"] * 2),
    ],
)
def test_what_does_not_fit_is_refused_by_name(of, key, value, bases, expected):
    assert codes(of, key, Answer(value, bases=bases)) == expected


def test_a_problem_says_in_which_row_it_is(of):
    answer = Answer("1", bases=resting(("一楼", {"number": "1"}), ("二楼", {"number": "两个"})))
    (problem,) = answer_problems(of, "count", answer)
    assert (problem.place, problem.values["row"], problem.values["found"]) == ("count", 2, "两个")


def test_what_the_answer_itself_lacks_is_said_beside_it(of):
    answer = Answer({"part": "5", "whole": "4"}, bases=resting(("", {"part": "5", "whole": "x"})))
    assert codes(of, "share", answer) == ["basis.not_number", "answer.part_above_whole"]
