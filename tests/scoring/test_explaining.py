"""What people read: why a number is what it is, and the verdict in one sentence."""

from __future__ import annotations

import pytest

from wufei_cells.services.explaining import explain, verdict
from wufei_cells.wording import Wording

SIXTY = "grades: [{key: pass, text: {zh: 合格, en: Pass}, total_at_least: 60, groups_at_least: 50}]"
LINE = "amount: {text: {zh: 得分, en: Points}}\nline: [[0, 0], [50, 50]]"


@pytest.fixture(scope="session")
def zh(catalogue):
    return Wording(catalogue, "zh")


@pytest.fixture(scope="session")
def en(catalogue):
    return Wording(catalogue, "en")


@pytest.fixture
def told(checklist, item, score, zh, en):
    """The lines below one item: ``told(rule, full, value, language)``."""

    def tell(rule: str, full: int, value, language: str = "zh") -> list[str]:
        of = checklist({"A": [item("A1", full, rule)]})
        card = score(of, {} if value is None else {"A1": value})
        lines = explain(card.items[0].explanation, of, zh if language == "zh" else en)
        return ["  " * (line.depth - 1) + line.sentence for line in lines[1:]]

    return tell


SHARE = "share: {part: {zh: 分类正确的桶, en: bins sorted right}, whole: {zh: 抽查的桶, en: bins checked}, unit: 个}"


def test_steps_are_told_as_a_sum(told):
    rule = f"{SHARE}\nsteps: {{points: -1, short_of: 90}}"
    assert told(rule, 10, {"part": 84, "whole": 100}) == [
        "实测 84%，比 90% 少 6 个百分点，每满 1 个百分点扣 1 分，计 6 次：10 − 6 = 4 分",
        "  分类正确的桶 84 个 ÷ 抽查的桶 100 个 = 84%",
    ]
    assert told(rule, 10, {"part": 84, "whole": 100}, "en")[0] == (
        "84% is 6 percentage point(s) short of 90%; each full 1 percentage point(s) takes off 1, 6 times: "
        "10 − 6 = 4 points"
    )
    assert told(rule, 10, {"part": 179, "whole": 200})[0].endswith(
        "少 0.5 个百分点，每满 1 个百分点扣 1 分，计 0 次：10 − 0 = 10 分"
    )
    assert told(rule, 10, {"part": 9, "whole": 10})[0] == "实测 90%，达到 90%：10 分"
    assert told(rule, 10, {"part": 1, "whole": 2})[0].endswith("计 40 次：10 − 40，到限为止计 0 分")


def test_findings_are_told_with_their_unit(told):
    rule = "count: {text: {zh: 标识错误, en: Wrong signs}, unit: {zh: 处, en: places}}\nsteps: {points: -2}"
    assert told(rule, 5, 2) == ["2 处，每满 1 处扣 2 分：5 − 4 = 1 分", "  标识错误：2 处"]
    assert told(rule, 5, 2, "en") == [
        "2 places; each full 1 places takes off 2: 5 − 4 = 1 points",
        "  Wrong signs: 2 places",
    ]
    assert told(rule, 5, 0)[0] == "0 处：5 分"


def test_bands_lines_and_changes_are_told_with_their_numbers(told):
    bands = "bands: [{at_most: -5, points: 8}, {below: 0, points: 6}, {points: 0}]"
    ladder = f"change: {{before: 去年, after: 今年, unit: 吨}}\n{bands}"
    assert told(ladder, 8, {"before": 40, "after": 38}) == [
        "-5%，不超过 -5%：8 分",
        "  去年 40 吨，今年 38 吨：变化 -5%",
    ]
    assert told(ladder, 8, {"before": 40, "after": 39})[0] == "-2.5%，低于 0%：6 分"
    assert told(ladder, 8, {"before": 40, "after": 41})[0] == "2.5%，不在前面各档：0 分"
    growth = "change: {before: 前年, after: 今年, unit: 个百分点, relative: no}\nline: [[0, 0], [20, 10]]"
    assert told(growth, 10, {"before": 40, "after": 53}) == [
        "13 个百分点，按折线换算：6.5 分",
        "  前年 40 个百分点，今年 53 个百分点：相差 13 个百分点",
    ]


def test_questions_parts_and_alternatives_are_told_by_name(told):
    rule = """
      best:
        - {key: title, text: {zh: 获得称号, en: Holds the title}, yes_no: 6}
        - key: work
          text: {zh: 日常工作, en: Daily work}
          sum:
            - key: plan
              text: 方案
              levels: [{key: full, text: 完整, points: 4, lowest: 1}, {key: none, text: 没有, points: 0}]
            - {key: kinds, text: 种类, ticks: [{key: a, text: 纸}, {key: b, text: 塑料}], steps: {points: 1}}
    """
    value = {"title": False, "work": {"plan": {"level": "full", "points": "2.5", "reason": "缺目标"}, "kinds": ["a"]}}
    assert told(rule, 6, value) == [
        "取得分最高的一项：3.5 分",
        "  获得称号——否：0 分",
        "  日常工作——各部分相加：3.5 分",
        "    方案——完整（可给 1–4 分）：2.5 分，理由：缺目标",
        "    种类——1 项，每满 1 项加 1 分：0 + 1 = 1 分",
        "      2 项中有 1 项：纸",
    ]
    assert told(rule, 6, {"title": True}, "en") == [
        "The best alternative counts: 6 points",
        "  Holds the title – Yes: 6 points",
    ]


def test_lines_name_what_they_speak_of(checklist, item, score, zh):
    rule = "sum: [{key: a, text: 甲, yes_no: 2}, {key: b, text: 乙, yes_no: 3}]"
    of = checklist({"A": [item("A1", 5, rule)]})
    lines = explain(score(of, {"A1": {"a": True}}), of, zh)
    tree = [(line.depth, line.key, line.points) for line in lines if line.code.startswith("explain.") and line.points]
    assert tree == [
        (0, "", "2–5"),
        (1, "", "2–5"),
        (2, "A", "2–5"),
        (3, "A1", "2–5"),
        (4, "A1", "2–5"),
        (5, "A1.a", "2"),
        (5, "A1.b", "0–3"),
    ]
    assert lines[6].sentence == "乙——还没有打分：可能 0–3 分"


def whole(checklist, item, **fields):
    return checklist({"A": [item("A1", 50, LINE)], "B": [item("B1", 50, LINE)]}, scoring=SIXTY, **fields)


def test_the_rules_in_force_are_named(checklist, item, score, zh, en):
    bonus = {"key": "X", "text": "加分", "cap": "5", "items": [item("X1", 5, "yes_no: 5")]}
    of = whole(checklist, item, bonus=bonus)
    card = score(of, {"A1": {"na": "没有食堂"}, "B1": "33.335", "X1": True})
    told = {line.code: line.sentence for line in explain(card, of, zh)}
    assert told["explain.not_applicable"] == "A1 条款 A1：不适用（没有食堂），不计入，其余折算到满分"
    assert told["explain.rescaled"] == "折算：33.33 ÷ 50 × 100 = 66.67 分"
    assert told["explain.bonus"] == "加分项共 5 分，上限 5 分：计 5 分"
    assert told["explain.policy_rescale"] == "不适用的条款不计，其余按比例折算到满分 100 分。"
    assert told["explain.bonus_does_not_count"] == "加分印在合计里，但不计入达标线；最多 5 分。"
    assert "explain.cut" not in told  # 71.67 is exact
    card = score(of, {"A1": {"na": "没有"}, "B1": "33.3333"})
    told = {line.code: line.sentence for line in explain(card, of, en)}
    assert (
        told["explain.cut"]
        == "The exact total is 66.6666; the printed 66.66 is cut after two decimals, never rounded up."
    )


def test_the_verdict_of_a_pass_names_score_and_grade(checklist, item, score, zh, en):
    of = whole(checklist, item)
    card = score(of, {"A1": 40, "B1": "33.5"})
    assert verdict(card, of, zh) == "通过：合计 73.5 分，等次“合格”。"
    assert verdict(card, of, en) == "Passed with 73.5 points, grade “Pass”."


def test_the_verdict_of_a_failure_names_every_reason(checklist, item, score, zh, en):
    of = whole(checklist, item, gates="[{key: G1, text: {zh: 合法经营, en: Lawful}, verify: [document]}]")
    card = score(of, {"A1": "24.99", "B1": "30", "G1": False})
    assert verdict(card, of, zh) == (
        "未通过：前置条件“合法经营”不符合；“分组 A”24.99 分，至少要 25 分；合计 54.99 分，比要求的 60 分少 5.01 分。"
    )
    assert verdict(card, of, en).startswith("Not passed: the condition “Lawful” is not met; ")


def test_what_is_short_never_looks_reached(checklist, item, score, zh):
    of = whole(checklist, item)
    card = score(of, {"A1": {"na": "无"}, "B1": "29.999"})  # 59.998 of 60
    assert verdict(card, of, zh) == "未通过：合计 59.99 分，比要求的 60 分少 0.01 分。"


def test_the_verdict_of_an_open_assessment_gives_the_range(checklist, item, score, zh, en):
    of = whole(checklist, item)
    assert verdict(score(of, {"A1": 28}), of, zh) == "还没有打完分：缺 1 项，合计在 28–78 分之间，通过线 60 分。"
    assert (
        verdict(score(of, {"A1": 28}), of, en)
        == "Not finished: 1 answer(s) missing; the total will be 28–78, the pass mark is 60."
    )


def test_a_verdict_that_is_certain_early_says_so(checklist, item, score, zh):
    of = whole(checklist, item)
    assert verdict(score(of, {"A1": 9}), of, zh) == (
        "未通过：“分组 A”9 分，至少要 25 分；合计最多 59 分，比要求的 60 分少 1 分。还有 1 项没填，但结果已不会改变。"
    )


def test_nothing_applicable_is_told(checklist, item, score, zh):
    of = whole(checklist, item)
    card = score(of, {"A1": {"na": "无"}, "B1": {"na": "无"}})
    assert verdict(card, of, zh) == "未通过：没有一条适用。"
    assert "没有一条适用" in explain(card, of, zh)[-1].sentence


def test_stars_vetoes_and_cautions_are_told(checklist, item, score, zh):
    bands = "bands: [{at_least: 60, points: 50}, {points: 0, effect: veto}]"
    veto = f"share: {{part: 满意, whole: 询问, smallest_whole: 10}}\n{bands}"
    of = checklist({"A": [item("A1", 50, LINE, star="yes"), item("A2", 50, veto)]}, scoring=SIXTY)
    card = score(of, {"A1": 0, "A2": {"part": 1, "whole": 5}})
    told = [line.sentence for line in explain(card, of, zh)]
    assert "★条款“条款 A1”得了 0 分" in told
    assert "“条款 A2”的情况一票否决" in told
    assert told[-1] == "A2 条款 A2：样本是 5，应不少于 10。比例仍按现有的样本计算，请考虑补查。"
