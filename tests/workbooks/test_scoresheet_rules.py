"""What the richer rules do to a scoresheet: weights, caps, formulas, deductions, numbers of the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import exporting
from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet


@pytest.fixture
def sheet(read, zh):
    """Write what was filled in, and read it back."""

    def written(filled, **reading):
        return read(write_scoresheet(filled.data(), zh), **reading)

    return written


def set_policy(filled, policy, **more):
    rules = replace(filled.checklist.scoring, na_policy=policy, **more)
    return filled.changed(checklist=replace(filled.checklist, scoring=rules))


def test_weights_stand_beside_the_points_and_act_in_the_sums(quarry, sheet):
    shown = sheet(quarry)
    assert "满分 10 分计 16 分" in str(shown.value("A1", "评分标准"))
    assert "（满分 30 分，计 40 分）" in "".join(shown.texts())
    assert shown.number("资源利用　小计") == Decimal("37.33")  # (16 + 8 + 4) ÷ 30 × 40
    assert shown.number("资源利用　小计", "分值") == 40


def test_a_group_within_a_group_gives_at_most_its_cap(quarry, sheet):
    assert sheet(quarry).number("现场管理　小计") == 30  # 8 + 6, at most 12, and 10 + 8


def test_deductions_have_a_block_below_the_bonus_and_say_that_they_are_taken_off(quarry, sheet):
    written = sheet(quarry)
    assert written.row("加分　小计") < written.row("Y1") < written.row("扣分　小计")
    assert (written.number("Y1"), written.value("Y2"), written.number("扣分　小计")) == (4, None, 4)
    assert "最多扣 10 分" in "".join(written.texts())
    assert written.value("扣分　小计", "评分标准") == "扣分项从合计里扣，计入达标线，最多扣 10 分。"


def test_the_total_names_each_step_from_the_groups_to_it(quarry, sheet):
    written = sheet(quarry)
    assert str(written.value("总　分", "评分标准")).splitlines() == [
        "折算：67.33 ÷ 70 × 100 = 96.19 分",
        "加分项共 0 分，上限 5 分：计 0 分",
        "扣分项共 4 分，最多扣 10 分：扣 4 分",
        "合计四舍五入到小数点后 1 位：92.1904… → 92.2 分",
    ]
    assert (written.number("总　分"), written.number("总　分", "分值")) == (Decimal("92.2"), 100)
    assert "且 A1 不低于 60%" in str(written.value("分数线", "分值"))


@pytest.mark.parametrize(
    ("policy", "share", "cell", "remark", "group"),
    [
        (NaPolicy.RESCALE, 100, "不适用", None, "32"),
        (NaPolicy.PRORATE, 100, "不适用", None, "40"),
        (NaPolicy.FULL, 100, 6, "不适用，计 6 分", "40"),
        (NaPolicy.ZERO, 100, 0, "不适用，计 0 分", "32"),
        (NaPolicy.SHARE, 50, 3, "不适用，计 3 分", "36"),
    ],
)
def test_what_is_set_aside_counts_as_the_rule_says(quarry, sheet, policy, share, cell, remark, group):
    filled = set_policy(quarry, policy, na_share=Decimal(share)).with_answers(A3=Answer(na="停产"))
    written = sheet(filled)
    assert (written.value("A3"), written.value("A3", "备注")) == (cell, remark)
    assert written.value("A3", "不适用理由") == "停产"
    assert written.number("资源利用　小计") == Decimal(group)


def test_a_group_that_must_not_be_empty_says_so(quarry, sheet):
    aside = {key: Answer(na="停产") for key in ("B1", "B2", "B3", "B4")}
    written = sheet(quarry.with_answers(**aside))
    assert written.value("现场管理　小计") == "不适用"
    assert written.value("现场管理　小计", "评分标准") == "本组条款均不适用"
    assert written.value("现场管理　小计", "不适用理由") == "未达到"
    assert "评估人员列为不适用的条款占满分的" in str(written.value("不适用条款", "分值"))


def test_a_starred_item_that_was_set_aside_is_marked(quarry, sheet):
    written = sheet(quarry.with_answers(A1=Answer(na="没有固废")))
    assert "★ 条款列为不适用，不予通过" in str(written.value("A1", "备注"))


def test_texts_and_marks_carry_the_numbers_of_the_day(quarry, zh, read):
    data = quarry.data()
    early = read(write_scoresheet(data, zh))
    assert early.value("A1", "指标") == "★ 固体废物综合利用率不低于 40%"
    later = replace(data, assessment=replace(data.assessment, visited_on=date(2027, 3, 1)))
    written = read(write_scoresheet(later, zh))
    assert written.value("A1", "指标") == "★ 固体废物综合利用率不低于 50%"
    assert "50%\n起初 40%；自 2026-07-01 起 45%；自 2027-01-01 起 50%" in written.texts(sheet=1)


def test_facts_that_follow_from_others_are_told_with_their_value(quarry, sheet):
    open_one = sheet(quarry)
    assert open_one.value(next(text for text in open_one.texts() if "人均" in text)) == 3000
    quarry = quarry.changed(stage=Stage.FINISHED)
    assert "3000 吨/人（由其他情况算出）" in sheet(quarry).texts(sheet=1)
    incomplete = quarry.changed(facts={"has_pond": "yes", "mined": "120", "workers": "0"})
    assert "由其他情况算出；还缺数据，或算不出来" in sheet(incomplete).texts(sheet=1)


def test_raw_numbers_and_their_formula_stand_beside_the_points_they_gave(quarry, zh, read):
    data = quarry.changed(facts={**quarry.facts, "has_pond": "no"}).data()
    told = exporting.reasons(data.scorecard, data.checklist, zh, on=data.on)
    written = read(write_scoresheet(replace(data, reasons=told), zh))
    assert written.value("A1", "备注") == (
        "综合利用量 300 吨、利用往年贮存量 50 吨、产生量 700 吨；"
        "综合利用率 = 综合利用量 ÷ (产生量 + 利用往年贮存量) × 100 = 40%"
    )
    assert "尾矿用于充填——不适用" in str(written.value("A2", "备注"))
    assert written.value("B1", "备注") is None
    assert str(written.value("Y1", "备注")).startswith("2 件，每满 1 件计 2 分")
    assert written.value("Y2", "备注") is None, "nothing was taken"
