"""A small sound checklist to break in single places."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from wufei_cells.checklists.reading import checklist_problems
from wufei_cells.wording import Catalogue

ROOT = Path(__file__).resolve().parents[2]

SAMPLE = """\
format: wufei-checklist/1
key: SAMPLE
edition: "2026.1"
title: {zh: 样例标准, en: Sample}
category: {key: office, text: 无废机关, code: JG}
effective_from: 2026-01-01
full: 25
sources:
  - {key: S1, title: 某文件, number: 某发〔2026〕1号}
parameters:
  - {key: pass_mark, text: 通过线, unit: 分, value: 16}
facts:
  - {key: canteen, text: 有食堂, ask: yes_no}
  - {key: people, text: 人数, ask: number, unit: 人}
  - {key: kind, text: 类型, ask: choice, options: [{key: a, text: 甲}, {key: b, text: 乙}]}
scoring:
  not_applicable: rescale
  grades:
    - {key: pass, text: 合格, total_at_least: $pass_mark, groups_at_least: 50}
    - {key: good, text: 优秀, total_at_least: 22}
gates:
  - {key: G1, text: 合法经营, verify: [document], sources: [S1]}
groups:
  - key: A
    text: 管理
    full: 15
    items:
      - key: A1
        text: 领导机构
        full: 5
        scoring: 逐项加分
        verify: [document]
        sources: [S1]
        rule: {sum: [{key: a, text: 机构, yes_no: 2}, {key: b, text: 人员, yes_no: 3}]}
      - key: A2
        text: 分类准确
        full: 10
        scoring: 每差1个百分点扣1分
        verify: [site]
        rule:
          share: {part: 对, whole: 查}
          steps: {points: -1, short_of: 90}
  - key: B
    text: 食堂
    items:
      - key: B1
        text: 餐厨收运
        full: 6
        scoring: 分档
        verify: [site]
        applies: {any: [{fact: canteen}, {fact: people, at_least: 50}]}
        rule:
          amount: {text: 天数}
          bands: [{at_least: 300, points: 6}, {at_least: 100, points: 3}, {points: 0}]
      - key: B2
        text: 用具
        full: 4
        scoring: 分档
        verify: [site, survey]
        rule: {levels: [{key: all, text: 全, points: 4}, {key: some, text: 部分, points: 3, lowest: 1}]}
bonus:
  key: X
  text: 加分
  cap: 3
  items:
    - {key: X1, text: 称号, full: 3, scoring: 有则加, verify: [document], rule: {yes_no: 3}}
"""


@pytest.fixture(scope="session")
def sample() -> str:
    return SAMPLE


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    merged: dict[str, dict[str, str]] = {}
    for path in sorted((ROOT / "resources" / "wording").glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


@pytest.fixture(scope="session")
def shipped() -> dict[str, bytes]:
    """The checklists that come with the program, by city and file name."""
    found = sorted(path for path in (ROOT / "criteria").glob("*/*.yaml") if path.name != "profile.yaml")
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in found}


def pointed_at(text: str, place: str) -> str:
    """The rest of the line at ``my.yaml:12:5 path.of.field``."""
    line, column = place.split(" ", maxsplit=1)[0].removeprefix("my.yaml:").split(":")
    return text.splitlines()[int(line) - 1][int(column) - 1 :]


@pytest.fixture(scope="session")
def broken() -> Callable[[str, str], list[tuple[str, str]]]:
    """Replace one passage of the sample; give the codes of what is found then, and the text they point at."""

    def change(passage: str, replacement: str) -> list[tuple[str, str]]:
        assert SAMPLE.count(passage) == 1, passage
        text = SAMPLE.replace(passage, replacement)
        return [
            (problem.code, pointed_at(text, problem.place)) for problem in checklist_problems(text.encode(), "my.yaml")
        ]

    return change
