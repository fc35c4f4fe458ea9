"""What stands in a scoresheet, read back as a reader sees it who calculates nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, Column
from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services.rules_in_force import rules_in_force
from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet

CHECKLISTS = Path(__file__).resolve().parents[2] / "criteria" / "jiaozuo"
SHIPPED = sorted(path.stem for path in CHECKLISTS.glob("*.yaml") if path.stem != "profile")


@pytest.fixture
def sheet(read, zh):
    """Write what was filled in, and read it back."""

    def written(filled, wording=zh, **reading):
        return read(write_scoresheet(filled.data(wording), wording), **reading)

    return written


def test_the_head_names_the_site_and_the_edition(filled, sheet):
    written = sheet(filled)
    texts = written.texts()
    edition = filled.data().edition
    assert {"焦作市生态环境局", "无废机关", "山阳区", "山阳区人民路 889 号", "张三、李四", "现场评估"} <= set(texts)
    assert f"测试标准　2026.1 版　（{edition[:12]}）" in texts
    assert any(cell.is_date for row in written.sheet.iter_rows(max_row=6) for cell in row if cell.value)


def test_the_columns_are_those_of_the_paper_forms(filled, sheet):
    written = sheet(filled)
    paper = ["序号", "一级", "指标", "分值", "评分标准", "检查方法"]
    assert [*paper, "填写内容", "填写", "现场分", "不适用理由", "说明", "照片", "备注"] == written.seen_columns()


def test_preconditions_come_first(filled, sheet):
    written = sheet(filled.with_answers(G2="no").changed(notes={"G2": "许可证过期"}))
    assert written.row("G1") < written.row("G2") < written.row("A1")
    assert (written.value("G1", "填写"), written.value("G2", "填写")) == ("符合", "不符合")
    assert written.value("G2", "说明") == "许可证过期"


def test_answers_stand_in_cells_that_can_be_filled_in(filled, sheet):
    written = sheet(filled)
    assert written.value("A1", "填写") == "2 半"
    row = written.row("A2")
    assert [written.sheet.cell(row + step, written.columns["填写内容"]).value for step in (0, 1)] == ["对", "查"]
    assert [written.sheet.cell(row + step, written.columns["填写"]).value for step in (0, 1)] == [86, 100]
    unlocked = {cell.coordinate for line in written.sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert written.sheet.protection.sheet
    assert {written.cell("A1", head).coordinate for head in ("填写", "说明", "照片")} <= unlocked
    assert not unlocked & {written.cell("A1", head).coordinate for head in ("现场分", "指标", "不适用理由")}
    assert written.cell("A3", "不适用理由").coordinate in unlocked, "it may be set aside, A1 may not"


def test_nothing_can_be_filled_in_where_the_program_would_not_take_it(filled, sheet):
    finished = sheet(filled.changed(stage=Stage.FINISHED))
    assert not [cell for line in finished.sheet.iter_rows() for cell in line if not cell.protection.locked]
    returned = sheet(filled.changed(returned={"A2": "请补抽样表"}))
    free = {cell.row for line in returned.sheet.iter_rows() for cell in line if not cell.protection.locked}
    assert free == {returned.row("A2"), returned.row("A2") + 1}


def test_points_are_exact_decimals(filled, sheet):
    written = sheet(filled)
    points = {item: written.number(item) for item in ("A1", "A2", "A3", "B1", "B2")}
    assert points == {"A1": Decimal("2.5"), "A2": 6, "A3": 5, "B1": Decimal("10.8"), "B2": 6}
    assert written.number("A1", "分值") == 5


def test_sums_are_formulas_and_show_the_evaluators_numbers_at_once(filled, sheet):
    live, shown = sheet(filled, formulas=True), sheet(filled)
    assert str(live.value("组织　小计")).startswith("=IF(")
    assert shown.number("组织　小计") == Decimal("13.5")
    assert shown.number("减量　小计") == Decimal("16.8")
    assert shown.number("各组得分合计") == Decimal("30.3")


def test_total_and_verdict_are_what_the_evaluator_found(filled, sheet):
    written = sheet(filled)
    assert written.number("总　分") == Decimal("30.3")
    assert written.value("结　论", "分值") == "不通过"
    assert written.value("等　次", "分值") == "未达到任何等次"
    good = sheet(filled.with_answers(A1="full").changed(verdict="通过：合计 32.8 分。"))
    assert good.number("总　分") == Decimal("32.8")
    assert good.value("结　论", "分值") == "通过：合计 32.8 分。"
    assert good.value("等　次", "分值") == "达标"


def test_sums_count_what_was_cut_from_the_printed_points(with_checklist, sheet):
    filled = with_checklist(
        "{count: {text: 处}, steps: {points: -2}}", "{share: {part: 对, whole: 查}, line: [[0, 0], [100, 8]]}"
    )
    filled = filled.with_answers(B1={"before": "700", "after": "694"}, B2={"part": "6", "whole": "7"})
    written = sheet(filled)
    assert (written.number("B1"), written.number("B2")) == (Decimal("1.02"), Decimal("6.85"))
    assert written.number("减量　小计") == Decimal("7.88"), "7.87 is what a spreadsheet would make of the cut points"


@pytest.mark.parametrize(
    ("policy", "points", "total", "full"),
    [
        (NaPolicy.RESCALE, "不适用", "28.91", 40),
        (NaPolicy.SCALE_THRESHOLDS, "不适用", "25.3", 35),
        (NaPolicy.FULL, 5, "30.3", 40),
        (NaPolicy.ZERO, 0, "25.3", 40),
    ],
)
def test_an_item_that_does_not_apply_says_so_and_why(filled, sheet, policy, points, total, full):
    filled = filled.with_policy(policy).with_answers(A3=Answer(na="食堂停用"))
    written = sheet(filled)
    assert written.value("A3") == points
    assert written.value("A3", "不适用理由") == "食堂停用"
    assert written.number("总　分") == Decimal(total)
    assert written.number("总　分", "分值") == full


def test_stretching_is_shown_with_its_numbers(filled, sheet):
    written = sheet(filled.changed(facts={"has_canteen": "no"}))
    assert written.value("A3", "备注") == "按单位情况不涉及"
    assert written.value("G2") == "不适用"
    assert "折算：25.3 ÷ 35 × 40 = 28.91 分" in str(written.value("总　分", "评分标准"))


def test_marks_to_reach_are_those_in_force(filled, sheet):
    filled = filled.with_policy(NaPolicy.SCALE_THRESHOLDS).with_answers(A3=Answer(na="食堂停用"))
    assert (
        sheet(filled)
        .value("分数线", "分值")
        .startswith("达标：总分不低于 28，且每组得分不低于该组满分的 50%；优秀：总分不低于 31.5")
    )


def test_a_group_says_whether_it_reached_its_minimum(filled, sheet):
    written = sheet(filled.with_answers(B1={"before": "100", "after": "100"}))
    assert written.value("减量　小计", "评分标准") == "本组最低须得 10 分"
    assert written.value("减量　小计", "不适用理由") == "未达到"
    assert written.value("组织　小计", "不适用理由") == "已达到"


def test_bonus_is_capped_and_its_sum_is_live(filled, sheet):
    filled = filled.with_answers(X1="yes", X2="yes")
    written = sheet(filled)
    assert (written.number("X1"), written.number("X2"), written.number("加分　小计")) == (3, 4, 5)
    assert written.number("总　分") == Decimal("35.3")
    assert "COUNT(" in str(sheet(filled, formulas=True).value("加分　小计"))


def test_why_points_were_lost_stands_beside_them_and_the_assessors_words_in_their_own_cells(filled, sheet):
    notes = {"A1": "没有名单", "A3": "新装设备"}
    written = sheet(filled.changed(notes=notes, reasons={"A1": "“半”得 2.5 分"}))
    assert (written.value("A1", "备注"), written.value("A1", "说明")) == ("“半”得 2.5 分", "没有名单")
    assert (written.value("A3", "备注"), written.value("A3", "说明")) == (None, "新装设备")


def test_a_starred_item_without_points_is_marked(filled, sheet):
    written = sheet(filled.with_answers(A1="none"))
    assert str(written.value("A1", "指标")).startswith("★")
    assert written.value("A1", "备注") == "★ 条款得 0 分，不予通过"


def test_open_conflicts_are_marked(filled, sheet):
    assert "2 种不同意见" in str(sheet(filled.changed(values={"B2": 2})).value("B2", "备注"))


def test_an_empty_form_leaves_room_for_a_pen(filled, sheet):
    written = sheet(filled.changed(answers={}))
    for label in ("G1", "A1", "X1", "总　分"):
        assert written.value(label) is None
    assert written.value("组织　小计") in (None, "")
    assert written.value("结　论", "分值") is None, "whoever opens the file works it out"


def test_an_unfinished_sheet_has_no_total(filled, sheet):
    answers = {key: value for key, value in filled.answers.items() if key not in ("A2", "B1")}
    written = sheet(filled.changed(answers=answers | {"A2": {"part": "80"}}))
    assert written.value("A2") is None
    assert written.value("A2", "备注") == "未填完，可能为 0–10 分"
    assert written.value("总　分") is None


def test_the_points_are_called_by_whose_they_are(filled, sheet):
    written = sheet(filled.changed(column=Column.SELF))
    assert written.number("A2", "自评分") == 6
    assert written.number("总　分", "自评分") == Decimal("30.3")


def test_every_assessor_has_a_line_to_sign(filled, sheet):
    texts = "\n".join(sheet(filled.changed(assessors=("张三", "李四", "王五"))).texts())
    assert all(f"评估人员：{name}" in texts for name in ("张三", "李四", "王五"))
    assert "被评估单位负责人" in texts


def test_example_data_say_so_on_the_sheet_and_on_each_page(filled, sheet):
    written = sheet(filled.changed(example=True))
    assert "示例数据 · 不作认定依据" in written.texts()
    assert "示例数据" in written.sheet.oddHeader.center.text
    plain = sheet(filled)
    assert "示例" not in "".join(plain.texts())
    assert plain.sheet.oddHeader.center.text is None


def test_the_second_sheet_says_which_rules_are_in_force(filled, sheet, zh):
    text = "\n".join(sheet(filled).texts(sheet=1))
    assert filled.data().edition in text
    for rule in rules_in_force(filled.checklist, zh):
        assert rule.sentence in text
    assert "不四舍五入" in text
    assert "“不低于、不高于”含端点" in text
    assert "其中“减量”不低于 80%" in text
    assert "豫〔2026〕1号" in text


def test_english(filled, sheet, en):
    written = sheet(filled, en)
    assert written.sheet.title == "Scoresheet"
    assert written.number("Total", "On site") == Decimal("30.3")
    assert written.value("A1", "Indicator") == "★ Lead"


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("seed", [1, 2])
def test_shipped_checklists_show_the_evaluators_points(name, seed, random_sheet, sheet):
    filled = random_sheet(name, seed)
    card = filled.data().scorecard
    written = sheet(filled)
    numbers = {entry.key: entry.number for entry in filled.checklist.entries()}
    for item in card.items:
        shown = written.value(numbers[item.key])
        assert shown == "不适用" if not item.applies else Decimal(str(shown)) == Decimal(printed(item.got.low))
    for group in filled.checklist.groups:
        score = next(entry for entry in card.groups if entry.key == group.key)
        shown = written.value(f"{group.text.zh}　小计")
        assert shown == "不适用" if not score.full else Decimal(str(shown)) == Decimal(printed(score.got.low))
    if card.finished:
        assert written.number("总　分") == Decimal(printed(card.total.low))


@pytest.mark.parametrize("policy", list(NaPolicy))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_is_said_has_words(language, policy, filled, sheet, request):
    wording = request.getfixturevalue(language)
    filled = filled.with_policy(policy).changed(example=True, values={"B2": 2})
    answers = {key: value for key, value in filled.answers.items() if key != "B1"}
    cases = [
        filled,
        filled.with_answers(A1="none", A3=Answer(na="停用"), X1="yes", G1="no"),
        filled.changed(answers=answers | {"A2": {"part": "80"}}, facts={}),
        filled.changed(answers={}, column=Column.FINAL),
        filled.changed(facts={"has_canteen": "no"}, column=Column.FIRST),
    ]
    for case in cases:
        written = sheet(case, wording)
        texts = [*written.texts(), *written.texts(sheet=1), *written.columns, *written.workbook.sheetnames]
        assert not [text for text in texts if "scoresheet." in text or "{" in text]
