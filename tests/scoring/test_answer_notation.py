"""Answers in one cell of a table: what an assessor types, what it means, and what is said when it means nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples.registers import SAMPLES
from wufei_cells.checklists.formula_reading import read_formula
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain import rules
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, Item, Verify
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.answer_notation import parse, read, write

NONE = Text("")
HALF = rules.Outcome(Decimal(5))
ZERO = rules.Outcome(Decimal(0))
LINE = rules.Line(((Decimal(0), Decimal(0)), (Decimal(100), Decimal(10))))
YES_NO = rules.YesNo(HALF, ZERO)
LEVELS = rules.Levels(
    (
        rules.Level("all", Text("完整", "Complete"), HALF),
        rules.Level("some", Text("部分：缺的少", "Partial"), HALF, Decimal(1)),
        rules.Level("none", Text("没有", "Nothing"), ZERO),
    )
)
TICKS = rules.Measured(
    rules.Ticks(
        (
            rules.Option("green", Text("绿色办公", "Green office")),
            rules.Option("buy", Text("绿色采购", "Buying")),
            rules.Option("sort", Text("垃圾分类", "Sorting")),
        )
    ),
    LINE,
)
COUNT = rules.Measured(rules.Count(Text("破损"), Text("处", "places")), LINE)
AMOUNT = rules.Measured(rules.Amount(Text("用电"), Text("kWh/㎡")), LINE)
SHARE = rules.Measured(rules.Share(Text("正确"), Text("抽查"), Text("袋")), LINE)
CHANGE = rules.Measured(rules.Change(Text("上年"), Text("本年"), Text("吨")), LINE)
CALCULATED = rules.Measured(
    rules.Calculated(
        Text("人均"),
        NONE,
        (rules.Input("energy", Text("全年用电"), Text("度")), rules.Input("people", Text("人数"), Text("人"))),
        read_formula("energy / people"),
    ),
    LINE,
)
SUM = rules.Sum(
    (
        rules.Part("training", Text("有培训", "Training"), YES_NO),
        rules.Part("ledger", Text("台账"), LEVELS),
        rules.Part("meetings", Text("会议"), COUNT),
    ),
    Decimal(0),
)
BEST = rules.Best((rules.Part("year", Text("与上年相比"), CHANGE), rules.Part("parts", Text("分项"), SUM)))
GATE = Gate("G1", "1", Text("没有失信记录"), (Verify.DOCUMENT,), NONE, NONE, ())
BOTH = {"level": "some", "points": "2.5", "reason": "缺一个月"}


def item(rule: rules.Rule) -> Item:
    return Item("A1", "1.1", Text("条款"), Decimal(10), rule, (Verify.SITE,), NONE, NONE, NONE, ())


def value(rule: rules.Rule, text: str) -> Any:
    return parse(item(rule), text).value


def codes(rule: rules.Rule, text: str) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFound) as found:
        parse(item(rule), text)
    return [(problem.code, problem.place) for problem in found.value.problems]


# --- what people type


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1", "yes"),
        ("２", "no"),
        (" 是 ", "yes"),
        ("否", "no"),
        ("YES", "yes"),
        ("√", "yes"),
        ("×", "no"),
        ("FALSE", "no"),
    ],
)
def test_yes_and_no_have_many_spellings(text, answer):
    assert value(YES_NO, text) == answer
    assert parse(GATE, text) == Answer(answer)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("1", "all"),
        ("３", "none"),
        ("完整", "all"),
        ("COMPLETE", "all"),
        ("none", "none"),
        ("1 完整", "all"),
        ("2:2.5 缺一个月", BOTH),
        ("２：２.５　缺一个月", BOTH),
        ("2:2.5分，缺一个月", BOTH),
        ("some: 2.5 缺一个月", BOTH),
        ("部分：缺的少：2.5 缺一个月", BOTH),
        ("2:5", {"level": "some", "points": "5", "reason": ""}),
        (
            "2:4 3 个月没有记录: 一、二、三月",
            {"level": "some", "points": "4", "reason": "3 个月没有记录: 一、二、三月"},
        ),
    ],
)
def test_a_level_is_named_by_its_position_its_words_or_its_key(text, level):
    assert value(LEVELS, text) == level


@pytest.mark.parametrize(
    ("rule", "text", "given"),
    [
        (COUNT, "３", "3"),
        (COUNT, "3 处", "3"),
        (COUNT, "3places", "3"),
        (AMOUNT, "１２．５", "12.5"),
        (AMOUNT, "1,234.50 kWh/㎡", "1234.50"),
        (AMOUNT, "−3", "-3"),
        (SHARE, "84/100", {"part": "84", "whole": "100"}),
        (SHARE, "84 袋／100 袋", {"part": "84", "whole": "100"}),
        (SHARE, "84 of 100", {"part": "84", "whole": "100"}),
        (SHARE, "84/", {"part": "84"}),
        (CHANGE, "100→90", {"before": "100", "after": "90"}),
        (CHANGE, "100->-90", {"before": "100", "after": "-90"}),
        (CHANGE, "1,000 > 90", {"before": "1000", "after": "90"}),
        (CHANGE, "100 到 90", {"before": "100", "after": "90"}),
        (TICKS, "1 3", ["green", "sort"]),
        (TICKS, "3,1", ["green", "sort"]),
        (TICKS, "１、３", ["green", "sort"]),
        (TICKS, "13", ["green", "sort"]),
        (TICKS, "绿色采购、sort", ["buy", "sort"]),
        (TICKS, "0", []),
        (TICKS, "－", []),
        (CALCULATED, "3; 4", {"energy": "3", "people": "4"}),
        (CALCULATED, "3，4人", {"energy": "3", "people": "4"}),
        (CALCULATED, "people=4；全年用电＝3", {"energy": "3", "people": "4"}),
        (CALCULATED, "; 4", {"people": "4"}),
    ],
)
def test_numbers_and_ticks_are_read_as_people_write_them(rule, text, given):
    assert value(rule, text) == given


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("1; 1; 2", {"training": "yes", "ledger": "all", "meetings": "2"}),
        ("是；2:2.5 缺一个月；２次", None),
        ("meetings=2; training=1", {"training": "yes", "meetings": "2"}),
        ("有培训=否", {"training": "no"}),
        ("1;;2;", {"training": "yes", "meetings": "2"}),
        ("1\n2:2.5 缺一个月\n2", {"training": "yes", "ledger": BOTH, "meetings": "2"}),
        ('1; 2:2.5 "缺 1; 2 月"; 2', {"training": "yes", "ledger": BOTH | {"reason": "缺 1; 2 月"}, "meetings": "2"}),
        (
            "1; 2:2.5 缺（1; 2 月）; 2",
            {"training": "yes", "ledger": BOTH | {"reason": "缺（1; 2 月）"}, "meetings": "2"},
        ),
    ],
)
def test_parts_stand_in_their_order_or_by_name(text, given):
    if given is None:
        assert codes(SUM, text) == [("answer.not_number", "A1.meetings")]
    else:
        assert value(SUM, text) == given


def test_parts_of_parts_stand_in_brackets():
    assert value(BEST, "100→90; （1; 3; 0）") == {
        "year": {"before": "100", "after": "90"},
        "parts": {"training": "yes", "ledger": "none", "meetings": "0"},
    }
    assert value(BEST, "parts=(training=2)") == {"parts": {"training": "no"}}


@pytest.mark.parametrize(
    "text",
    ["N 无食堂", "n无食堂", "Ｎ：无食堂", "不适用 无食堂", "不适用，无食堂", "n/a 无食堂", "N/A无食堂", "NA: 无食堂"],
)
@pytest.mark.parametrize("rule", [YES_NO, LEVELS, COUNT, SUM])
def test_an_item_is_set_aside_with_its_reason(rule, text):
    assert parse(item(rule), text) == Answer(na="无食堂")


def test_a_level_may_say_itself_that_something_does_not_apply():
    levels = rules.Levels((*LEVELS.levels, rules.Level("na", Text("不适用"), HALF)))
    assert parse(item(levels), "不适用") == Answer("na")
    assert parse(item(levels), "不适用 无食堂") == Answer(na="无食堂")
    assert value(levels, "none") == "none", "a word that begins with n is not N"


@pytest.mark.parametrize("rule", [YES_NO, LEVELS, COUNT, SHARE, TICKS, CALCULATED, SUM, BEST])
@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_an_empty_cell_says_nothing(rule, text):
    assert parse(item(rule), text) == Answer()
    assert write(item(rule), Answer()) == ""


# --- how it is written


@pytest.mark.parametrize(
    ("rule", "given", "text"),
    [
        (YES_NO, True, "是"),
        (YES_NO, "no", "否"),
        (LEVELS, "all", "1"),
        (LEVELS, BOTH, "2:2.5 缺一个月"),
        (LEVELS, BOTH | {"points": "5", "reason": ""}, "2:5"),
        (COUNT, 3, "3"),
        (SHARE, {"part": 84, "whole": "100"}, "84/100"),
        (CHANGE, {"before": 100, "after": "90"}, "100→90"),
        (TICKS, ["sort", "green"], "1 3"),
        (TICKS, [], "0"),
        (CALCULATED, {"energy": 3, "people": "4"}, "3; 4"),
        (CALCULATED, {"people": "4"}, "; 4"),
        (SUM, {"training": True, "ledger": BOTH | {"reason": "缺; 少"}, "meetings": 2}, '是; 2:2.5 "缺; 少"; 2'),
        (BEST, {"parts": {"meetings": 2}}, "; (; ; 2)"),
        (BEST, {"year": {"before": "1", "after": "2"}, "parts": {"training": "no"}}, "1→2; (否)"),
    ],
)
def test_the_written_form_is_short(rule, given, text):
    assert write(item(rule), Answer(given)) == text


def test_yes_no_and_not_applicable_are_written_in_the_language_asked_for():
    assert write(GATE, Answer("yes"), "en") == "yes"
    assert write(item(SUM), Answer({"training": False}), "en") == "no"
    assert write(item(COUNT), Answer(na="no canteen"), "en") == "N/A: no canteen"
    assert write(item(COUNT), Answer(na="无食堂")) == "不适用：无食堂"


@pytest.mark.parametrize("rule", [YES_NO, LEVELS, COUNT, SHARE, TICKS, CALCULATED, SUM, BEST])
@pytest.mark.parametrize("strange", ["早先的词", 12, ["x"], {"x": "y"}, {"level": 3}, True])
def test_what_does_not_fit_the_rule_is_still_shown(rule, strange):
    assert isinstance(write(item(rule), Answer(strange)), str)


# --- what is wrong


@pytest.mark.parametrize(
    ("rule", "text", "found"),
    [
        (YES_NO, "5", [("notation.yes_no", "A1")]),
        (YES_NO, "无", [("notation.yes_no", "A1")]),
        (LEVELS, "4", [("notation.level", "A1")]),
        (LEVELS, "0", [("notation.level", "A1")]),
        (LEVELS, "差不多", [("notation.level", "A1")]),
        (COUNT, "三处", [("answer.not_number", "A1")]),
        (AMOUNT, "12.3456789012345678901", [("answer.too_many_digits", "A1")]),
        (AMOUNT, "1,234,567,890,123,456 kWh/㎡", [("answer.too_many_digits", "A1")]),
        (SHARE, "84%", [("notation.share", "A1")]),
        (SHARE, "1月2日", [("notation.share", "A1")]),
        (SHARE, "a/b", [("answer.not_number", "A1"), ("answer.not_number", "A1")]),
        (CHANGE, "90", [("notation.change", "A1")]),
        (TICKS, "1 4", [("notation.ticks", "A1")]),
        (TICKS, "133", [("notation.ticks", "A1")]),
        (CALCULATED, "1; 2; 3", [("notation.too_many", "A1")]),
        (CALCULATED, "water=3", [("answer.unknown_part", "A1")]),
        (CALCULATED, "people=3; 人数=4", [("notation.twice", "A1")]),
        (
            SUM,
            "5; 9; x",
            [("notation.yes_no", "A1.training"), ("notation.level", "A1.ledger"), ("answer.not_number", "A1.meetings")],
        ),
        (BEST, "100; (1; 9)", [("notation.change", "A1.year"), ("notation.level", "A1.parts.ledger")]),
    ],
)
def test_all_that_is_wrong_in_a_cell_is_found_at_once_with_its_part(rule, text, found):
    assert codes(rule, text) == found


def test_a_readable_answer_must_fit_the_rule_too():
    checklist = read_checklist((SAMPLES / "small.yaml").read_bytes(), "small.yaml")
    first = next(checklist.items())
    with pytest.raises(ProblemsFound) as none:
        read(checklist, first, "N")
    assert none.value.problems[0].code == "answer.na_reason"
    gates = list(checklist.gates)
    assert gates
    with pytest.raises(ProblemsFound) as gate:
        read(checklist, gates[0], "N 没有")
    assert [(one.code, one.place) for one in gate.value.problems] == [("answer.na_forbidden", gates[0].key)]


# --- laws


reasons = st.text(min_size=1, max_size=30).map(str.strip).filter(bool) | st.text('"=;；（）() \n:2N', min_size=1).map(
    str.strip
).filter(bool)


@given(reasons)
def test_a_reason_keeps_every_character(reason):
    ranged = {"level": "some", "points": "2.5", "reason": reason}
    assert value(LEVELS, write(item(LEVELS), Answer(ranged))) == ranged
    assert parse(item(LEVELS), write(item(LEVELS), Answer(na=reason))) == Answer(na=reason)
    assert parse(item(LEVELS), write(item(LEVELS), Answer(na=reason), "en")) == Answer(na=reason)
    for parts in ({"training": "yes", "ledger": ranged, "meetings": "2"}, {"ledger": ranged}):
        assert value(SUM, write(item(SUM), Answer(parts))) == parts
        assert value(BEST, write(item(BEST), Answer({"parts": parts}))) == {"parts": parts}


@given(reasons)
def test_a_fixed_level_keeps_a_remark(reason):
    told = {"level": "all", "reason": reason}
    assert value(LEVELS, write(item(LEVELS), Answer(told))) == told


@given(
    st.text(max_size=40) | st.text("0123456789;:/→>=()\"' N是否.,", max_size=40),
    st.sampled_from([YES_NO, LEVELS, COUNT, SHARE, CHANGE, TICKS, CALCULATED, SUM, BEST]),
)
def test_any_text_is_read_or_refused_with_a_place_and_then_stays_as_it_was_read(text, rule):
    places = {"A1"}
    try:
        answer = parse(item(rule), text)
        assert parse(item(rule), write(item(rule), answer)) == answer
    except ProblemsFound as found:
        places = {problem.place.partition(".")[0] for problem in found.problems}
    assert places == {"A1"}
