"""A seventh category and another city are files and nothing else."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.profiles import Profile
from wufei_cells.scoring.evaluate import evaluate

ROOT = Path(__file__).resolve().parents[2]

SCHOOL = """
format: wufei-checklist/1
key: WF-XX
edition: "2026.1"
title: {zh: 无废学校评估标准, en: Checklist for Waste-Free Schools}
category: {key: school, text: {zh: 无废学校, en: Waste-Free School}, code: XX}
official: no
effective_from: 2026-09-01
full: 100
scoring:
  not_applicable: scale_thresholds
  grades:
    - {key: pass, text: {zh: 达标, en: Pass}, total_at_least: $pass_mark, groups_at_least: 50}
    - {key: model, text: {zh: 示范, en: Model}, total_at_least: 95, group_exceptions: {B: 90}}
parameters:
  - {key: pass_mark, text: 通过线, unit: 分, value: 85}
  - {key: diners, text: 大型食堂就餐人数, unit: 人, value: 1000}
facts:
  - {key: boarding, text: 住宿情况, ask: choice, options: [{key: day, text: 走读}, {key: boarding, text: 寄宿}]}
  - {key: diners, text: 每日就餐人数, ask: number, unit: 人}
gates:
  - {key: G1, text: 近三年没有环境事件, verify: [document]}
groups:
  - key: A
    text: 教育
    full: 60
    groups:
      - key: A1
        text: 课堂
        full: 40
        items:
          - key: A1-1
            text: 课程
            full: 25
            scoring: 由评估人员在等次内给分
            verify: [document]
            rule:
              levels:
                - {key: good, text: 系统开设, points: 25, lowest: 16}
                - {key: fair, text: 零星开展, points: 15}
                - {key: none, text: 没有, points: 0}
          - {key: A1-2, text: 实践, full: 15, scoring: 每次5分, verify: [site],
             rule: {count: {text: 次数}, steps: {points: 5, cap: 15}}}
      - key: A2
        text: 宿舍
        full: 20
        items:
          - {key: A2-1, text: 宿舍分类, full: 20, scoring: 抽查, verify: [site],
             applies: {fact: boarding, is: boarding},
             rule: {share: {part: 合格, whole: 抽查}, line: [[50, 0], [100, 20]]}}
  - key: B
    text: 食堂
    full: 40
    items:
      - {key: B1, text: 就地处理, full: 10, scoring: 是否, verify: [site], rule: {yes_no: 10},
         applies: {fact: diners, at_least: $diners}}
      - {key: B2, text: 光盘, full: 30, scoring: 每低5个百分点扣4分, verify: [survey], star: yes,
         rule: {share: {part: 光盘, whole: 抽查}, steps: {points: -4, each: 5, short_of: 90, part_step: count}}}
"""

CITY = """
format: wufei-profile/1
key: qingshan
version: "1"
city: {zh: 青山市, en: Qingshan}
issuer: {zh: 青山市生态环境局, en: Qingshan Environment Bureau}
goal: {count: 12, by: 2028-06-30}
validity_years: 2
districts:
  - {key: north, text: {zh: 城北区, en: North District}}
categories:
  - {category: school, leads: [市教育局], target: 12}
parameters: {pass_mark: 70}
certificate:
  number: "QS/{year}/{code}/{serial:03}"
  title: "{category}"
  body: "{site}经评估得{total}分，达到{level}。"
"""


@pytest.fixture
def school(tmp_path) -> Checklist:
    path = tmp_path / "checklists" / "school.yaml"
    path.parent.mkdir()
    path.write_text(SCHOOL, encoding="utf-8")
    return read_checklist(path.read_bytes(), path.name)


@pytest.fixture
def city(tmp_path) -> Profile:
    path = tmp_path / "profiles" / "qingshan.yaml"
    path.parent.mkdir()
    path.write_text(CITY, encoding="utf-8")
    return read_profile(path.read_bytes(), path.name)


def answers(accuracy: int) -> dict[str, Answer]:
    return {
        "G1": Answer("yes"),
        "A1-1": Answer({"level": "good", "points": "20", "reason": "一个年级没有开课"}),
        "A1-2": Answer(2),
        "A2-1": Answer({"part": "75", "whole": "100"}),
        "B1": Answer("yes"),
        "B2": Answer({"part": str(accuracy), "whole": "100"}),
    }


def test_a_seventh_category_is_scored(school):
    # 20 + 10 + 10 (75% is half way from 50 to 100) + 10 + 22 (81% is 9 short: two steps begun) = 72
    card = evaluate(school, {"boarding": "boarding", "diners": "1000"}, answers(81))
    assert (card.total.low, card.level, card.passed) == (72, None, False)
    assert [(group.key, group.got.low, group.full) for group in card.groups] == [("A", 40, 60), ("B", 32, 40)]
    assert [(gate.key, gate.ok) for gate in card.gates] == [("G1", True), ("B2", True)]


def test_its_own_way_with_what_does_not_apply_is_kept(school):
    # a day school with 999 diners: 70 apply, and 85 of 100 become 59.5 of 70. 20 + 10 + 26 (86%: one step begun) = 56.
    card = evaluate(school, {"boarding": "day", "diners": "999"}, answers(86))
    assert (card.total.low, card.grades[0].total_needed, card.passed) == (56, Fraction("59.5"), False)
    # 90% makes it 60
    card = evaluate(school, {"boarding": "day", "diners": "999"}, answers(90))
    assert (card.total.low, card.level, card.passed) == (60, "pass", True)


def test_another_city_brings_its_own_pass_mark_and_certificate(school, city):
    own = with_parameters(school, city.parameters)
    card = evaluate(own, {"boarding": "boarding", "diners": "1000"}, answers(81))
    assert (card.total.low, card.level, card.passed) == (72, "pass", True)
    plan = city.plan(own.category.key)
    assert plan is not None
    assert (plan.target, city.validity_years, city.goal.count) == (12, 2, 12)
    number = city.certificate.number.format(code=own.category.code, year=2026, serial=1)
    assert number == "QS/2026/XX/001"
    assert (
        city.certificate.body.zh.format(site="实验小学", total="72", level="达标") == "实验小学经评估得72分，达到达标。"
    )


def test_no_category_and_no_city_is_named_in_code(checklists, luoyang):
    names = {"焦作", "JZWF", "洛阳", "LYWF"}
    for checklist in (*checklists.values(), *luoyang.values()):
        names |= {checklist.key, checklist.category.text.zh}
    code = [path for folder in ("wufei_cells", "ui") for path in sorted((ROOT / folder).rglob("*.py"))]
    assert code
    found = [f"{path.name}: {name}" for path in code for name in names if name in path.read_text(encoding="utf-8")]
    assert found == []
