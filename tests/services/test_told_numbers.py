"""What people read of a scored site: the numbers of the day in the texts, the steps to the total, the other rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.registers import SAMPLES
from wufei_cells import shipped
from wufei_cells.checklists.formula_reading import read_formula
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import NaPolicy, Parameter, Phase
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services.explaining import explain, rules
from wufei_cells.services.formula_wording import formula_in_words
from wufei_cells.services.total_wording import explain_total, other_rules, steps_to_total
from wufei_cells.wording import Wording

MARCH, AUGUST = date(2026, 3, 1), date(2026, 8, 1)
FACTS = {"has_pond": "yes", "mined": "120", "workers": "400"}
ANSWERS = {
    "G1": "yes",
    "A1": {"used": "300", "stored": "50", "made": "700"},
    "A2": {"soil": "yes", "tailings": "yes"},
    "A3": "1",
    "B1": "yes",
    "B2": "yes",
    "B3": "yes",
    "B4": "yes",
    "Y1": "2",
}


@pytest.fixture(scope="module")
def quarry():
    return read_checklist((SAMPLES / "quarry.yaml").read_bytes(), "quarry.yaml")


@pytest.fixture(scope="module")
def zh():
    return Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture(scope="module")
def en():
    return Wording(shipped.wording_catalogue(), "en")


def scored(quarry, *, on=MARCH, facts=FACTS, **changed):
    given = {
        key: value if isinstance(value, Answer) else Answer(value) for key, value in {**ANSWERS, **changed}.items()
    }
    return evaluate(quarry, facts, given, on=on), given


# --- numbers in texts


@pytest.fixture(scope="module")
def numbered(quarry):
    """The same edition with a few parameters made for texts."""
    phases = (Phase(date(2026, 7, 1), Decimal(45)),)
    parameters = (
        Parameter("rate", Text("利用率"), Text("%"), Decimal(40), phases),
        Parameter("mark", Text("线"), Text("分", "points"), Decimal("42.50")),
        Parameter("mark-2", Text("线二"), Text("分", "points"), Decimal(60)),
        Parameter("bare", Text("数"), Text(""), Decimal(3)),
    )
    return replace(quarry, parameters=parameters)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("不低于 $rate", "不低于 40%"),
        ("不低于$rate的", "不低于40%的"),
        ("$mark，再 $mark", "42.5 分，再 42.5 分"),
        ("满 $mark 分", "满 42.5 分"),
        ("满 $rate％", "满 40％"),
        ("$mark-2 或 $mark-3", "60 分 或 42.5 分-3"),
        ("$bare 处", "3 处"),
        ("$unknown 和 $", "$unknown 和 $"),
        ("$marked", "$marked"),
        ("没有数", "没有数"),
    ],
)
def test_a_name_in_a_text_becomes_its_value_with_its_unit(numbered, written, read):
    assert with_numbers(Text(written), numbered).zh == read


def test_each_language_has_its_unit_and_each_day_its_value(numbered):
    text = Text("$mark 与 $rate", "$mark and $rate")
    assert with_numbers(text, numbered) == Text("42.5 分 与 40%", "42.5 points and 40%")
    assert with_numbers(text, numbered, AUGUST).en == "42.5 points and 45%"


@given(st.text("$ab-_ratemk2 分%", max_size=30))
def test_any_text_can_be_filled_and_one_without_names_stays_as_it_is(numbered, text):
    filled = with_numbers(Text(text), numbered).zh
    assert filled == text or "$" in text
    assert with_numbers(Text(text.replace("$", "")), numbered).zh == text.replace("$", "")


def test_explanations_name_items_with_the_numbers_of_the_day(quarry, zh):
    card, _given = scored(quarry, on=AUGUST)
    sentences = [line.sentence for line in explain(card, quarry, zh, on=AUGUST)]
    assert any("固体废物综合利用率不低于 45%" in sentence for sentence in sentences)
    assert not any("$" in sentence for sentence in sentences)


# --- formulas in words


@pytest.mark.parametrize(
    ("formula", "zh_words", "en_words"),
    [
        ("a / (b + c) * 100", "甲 ÷ (乙 + 丙) × 100", "A ÷ (B + C) × 100"),
        ("a - (b - c)", "甲 − (乙 − 丙)", "A − (B − C)"),
        ("min(a, b) * $goal", "最小者（甲，乙） × 2.5", "smallest of (A, B) × 2.5"),
        (
            "abs(a - b) + mean(a, b, c)",
            "甲 − 乙 的绝对值 + 平均（甲，乙，丙）",
            "absolute value of A − B + mean of (A, B, C)",
        ),
        ("-a * max(b, 1)", "−甲 × 最大者（乙，1）", "−A × largest of (B, 1)"),
    ],
)
def test_formulas_read_with_names_and_values(zh, en, formula, zh_words, en_words):
    numbers = Numbers([Parameter("goal", Text("目标"), Text(""), Decimal("2.5"))])
    tree = read_formula(formula)
    assert formula_in_words(tree, {"a": "甲", "b": "乙", "c": "丙"}, numbers, zh) == zh_words
    assert formula_in_words(tree, {"a": "A", "b": "B", "c": "C"}, numbers, en) == en_words


# --- the total


def test_the_steps_to_the_total_are_told_in_their_order(quarry, zh):
    card, _given = scored(quarry, X1="yes")
    assert steps_to_total(card, quarry, zh, on=MARCH) == (
        "折算：67.33 ÷ 70 × 100 = 96.19 分",
        "加分项共 5 分，上限 5 分：计 5 分",
        "扣分项共 4 分，最多扣 10 分：扣 4 分",
        "合计四舍五入到小数点后 1 位：97.1904… → 97.2 分",
    )


def test_deductions_are_told_as_taken(quarry, zh, en):
    card, _given = scored(quarry)
    lines = [line.sentence for line in explain(card.item("Y1").explanation, quarry, zh)]
    assert lines == ["Y1 群众投诉属实：扣 4 分，最多扣 6 分", "2 件，每满 1 件计 2 分：0 + 4 = 4 分", "投诉：2 件"]
    assert explain(card.item("Y1").explanation, quarry, en)[0].sentence.endswith("4 points taken off, 6 at most")
    card, _given = scored(quarry, X1=Answer(na="不参评"))
    assert explain(card.item("X1").explanation, quarry, zh)[0].sentence.endswith("不适用（不参评），计 0 分")


def test_other_rules_are_told_only_when_something_does_not_apply(quarry, zh):
    card, given = scored(quarry)
    assert other_rules(card, quarry, FACTS, given, on=MARCH) == {}
    card, given = scored(quarry, X1=Answer(na="不参评"))
    assert other_rules(card, quarry, FACTS, given, on=MARCH) == {}, "a bonus is no part of full marks"
    card, given = scored(quarry, A3=Answer(na="没有边坡"))
    others = other_rules(card, quarry, FACTS, given, on=MARCH)
    assert set(others) == {NaPolicy.RESCALE, NaPolicy.SCALE_THRESHOLDS, NaPolicy.FULL, NaPolicy.ZERO}
    told = [line for line in explain_total(card, quarry, FACTS, given, zh, on=MARCH) if "explain.other" in line.code]
    assert len(told) == 4


def test_a_part_that_does_not_apply_counts_as_something_that_does_not(quarry):
    groups = tuple(replace(group, groups=(), items=group.items[:3]) for group in quarry.groups[:1])
    small = replace(quarry, groups=groups)
    facts = {**FACTS, "has_pond": "no"}
    given = {key: Answer(value) for key, value in ANSWERS.items() if key in ("G1", "A1", "A2", "A3")}
    card = evaluate(small, facts, given, on=MARCH)
    assert all(item.applies for item in card.items)
    assert other_rules(card, small, facts, given, on=MARCH)


def test_the_rules_of_a_sheet_begin_with_the_one_for_what_does_not_apply(quarry, zh):
    card, _given = scored(quarry, A3=Answer(na="没有边坡"))
    told = rules(card, quarry, zh, on=MARCH)
    assert next(iter(told)) == "explain.policy_prorate"
    assert told["explain.na_at_most"] == "评估人员列为不适用的条款，最多占满分的 30%；超过就不能通过。"
    assert "explain.aside_share" in told
