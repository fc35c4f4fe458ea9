"""What one cell may say of a rule: as paper forms put it, and only where it can mean one thing."""

from __future__ import annotations

import pytest

from tests.workbooks.authoring_sheets import wording
from wufei_cells.checklists.defaults import rule_without_defaults
from wufei_cells.workbooks.authoring.condition_text import SheetTextError
from wufei_cells.workbooks.authoring.guide import EXAMPLES
from wufei_cells.workbooks.authoring.rule_text import RuleText
from wufei_cells.workbooks.vocabulary import Vocabulary

RULES = RuleText(Vocabulary(wording()))

ONE_CELL = [
    ("是否 5", {"yes_no": "5"}),
    ("是得5分，否得0分", {"yes_no": "5"}),
    ("是 1；否 4", {"yes_no": {"yes": "1", "no": "4"}}),
    ("是否 5；否 0 一票否决", {"yes_no": {"yes": "5", "no": {"points": "0", "effect": "veto"}}}),
    ("yes/no 5", {"yes_no": "5"}),
    ("每处扣2分，最低2分", {"count": {"text": "条款", "unit": "处"}, "steps": {"points": "-2", "floor": "2"}}),
    (
        "每发现1处扣 2 分，最多扣 6 分",
        {"count": {"text": "条款", "unit": "处"}, "steps": {"points": "-2", "floor": "4"}},
    ),
    ("每项加１分，最多３分", {"count": {"text": "条款", "unit": "项"}, "steps": {"points": "1", "cap": "3"}}),
    (
        "每 2 项得 0.5，封顶 $mark",
        {"count": {"text": "条款", "unit": "项"}, "steps": {"points": "0.5", "each": "2", "cap": "$mark"}},
    ),
    (
        "each finding takes 2, floor 2",
        {"count": {"text": "条款", "unit": "finding"}, "steps": {"points": "-2", "floor": "2"}},
    ),
    (
        "数值 人均用水（吨）：≤0.9 得 7；1.1以下 5；其他 0",
        {
            "amount": {"text": "人均用水", "unit": "吨"},
            "bands": [{"at_most": "0.9", "points": "7"}, {"at_most": "1.1", "points": "5"}, {"points": "0"}],
        },
    ),
    (
        "占比 满意／询问（人）：85及以上得5分，不低于60%得3分，其余0分 不得通过",
        {
            "share": {"part": "满意", "whole": "询问", "unit": "人"},
            "bands": [
                {"at_least": "85", "points": "5"},
                {"at_least": "60", "points": "3"},
                {"points": "0", "effect": "veto"},
            ],
        },
    ),
    (
        "变化 去年 → 今年（吨）：折线 -10→6，0→0",
        {"change": {"before": "去年", "after": "今年", "unit": "吨"}, "line": [["-10", "6"], ["0", "0"]]},
    ),
    (
        "勾选 双面用纸、旧物交换：每项得2分",
        {"ticks": [{"key": "a", "text": "双面用纸"}, {"key": "b", "text": "旧物交换"}], "steps": {"points": "2"}},
    ),
    ("是5分否0分", {"yes_no": "5"}),
    ("有得5分，无得0分", {"yes_no": "5"}),
    ("有得5分，没有不得分。", {"yes_no": "5"}),
    ("是 5；否则 2", {"yes_no": {"yes": "5", "no": "2"}}),
    ("有得5分，没有不得分", {"yes_no": "5"}),
    ("符合得5分 不符合不得分", {"yes_no": "5"}),
    ("符合得5分，基本符合得3分，不符合不得分", None),
    ("是 5，否 一票否决", {"yes_no": {"yes": "5", "no": {"points": "0", "effect": "veto"}}}),
    ("是5分；否则一票否决", {"yes_no": {"yes": "5", "no": {"points": "0", "effect": "veto"}}}),
    ("是 5；一票否决", None),
    ("是 5，一票否决", None),
    ("是 0 一票否决；否 5", {"yes_no": {"yes": {"points": "0", "effect": "veto"}, "no": "5"}}),
    (
        "每发现1处扣0.5分，扣完为止",
        {"count": {"text": "条款", "unit": "处"}, "steps": {"points": "-0.5", "floor": "0"}},
    ),
    ("数值 甲：60-85得3；其他 0", None),
    ("数值 甲：60~85 得 3；其他 0", None),
    (
        "数值 甲：≥60 得 3；其他不得分",
        {"amount": {"text": "甲"}, "bands": [{"at_least": "60", "points": "3"}, {"points": "0"}]},
    ),
    *(
        (
            f"勾选 甲{mark}乙（旧{mark}新）{mark}丙：每 1 得 5",
            {
                "ticks": [
                    {"key": "a", "text": "甲"},
                    {"key": "b", "text": f"乙（旧{mark}新）"},
                    {"key": "c", "text": "丙"},
                ],
                "steps": {"points": "5"},
            },
        )
        for mark in "、，,;；/"
    ),
    ("勾选 甲乙丙：每 1 得 5", None),
    (
        "数量 宣传点：超过 3 每 1 加 2",
        None,
    ),
    (
        "数量 宣传点：每 1 加 2，超过 3，不足一步按比例",
        {"count": {"text": "宣传点"}, "steps": {"points": "2", "over": "3", "part_step": "prorate"}},
    ),
    ("{yes_no: 5}", None),
    ("五分", None),
    ("分级：", None),
    ("占比 甲：≥85 得 5；其他 0", None),
    ("每处扣 $mark", None),
]


@pytest.mark.parametrize(("text", "rule"), ONE_CELL)
def test_a_rule_in_one_cell(text, rule):
    if rule is None:
        with pytest.raises(SheetTextError) as refused:
            RULES.read(text, "条款", "10")
        assert str(refused.value.values["found"]).strip(), "the piece that is not understood is shown"
    else:
        assert rule_without_defaults(RULES.read(text, "条款", "10")) == rule


@pytest.mark.parametrize("text", [text for text, rule in ONE_CELL if rule])
def test_what_one_cell_says_is_written_in_one_cell_again(text):
    rule = RULES.read(text, "条款", "10")
    for language in ("zh", "en"):
        short = RuleText(Vocabulary(wording(language)))
        written = short.written(rule, "条款", "10")
        assert written, (language, rule)
        assert rule_without_defaults(short.read(written, "条款", "10")) == rule_without_defaults(rule)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("是 5；一票否决", "authoring.effect_of_which"),
        ("是 5，一票否决", "authoring.effect_of_which"),
        ("勾选 甲乙丙：每 1 得 5", "authoring.one_tick"),
        ("数值 甲：60-85得3；其他 0", "authoring.rule_text"),
    ],
)
def test_what_could_be_meant_otherwise_is_asked_back(text, code):
    with pytest.raises(SheetTextError) as refused:
        RULES.read(text, "条款", "10")
    assert refused.value.code == code


def test_levels_may_leave_points_to_the_assessor():
    assert RULES.read("分级：齐全 6；部分 1~4；没有 0", "条款", "6")["levels"][1] == {
        "key": "b",
        "text": "部分",
        "points": "4",
        "lowest": "1",
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_guide_shows_is_understood(language):
    words = Vocabulary(wording(language))
    for number in range(1, EXAMPLES + 1):
        assert RuleText(words).read(words.say(f"guide.rule{number}"), "条款", "10")
