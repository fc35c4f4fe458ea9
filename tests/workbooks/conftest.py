"""Scoresheets of a small checklist and of the shipped ones, filled in by a made-up assessor."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.workbooks.wild import wild_checklist
from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain import rules
from wufei_cells.domain.answers import Answer, Column
from wufei_cells.domain.checklists import Checklist, Gate, NaPolicy
from wufei_cells.domain.conditions import FactKind
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AnswerRow, AssessmentId, AssessmentRow, EditionId, SiteId, SiteRow
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import explaining, total_wording
from wufei_cells.wording import Wording
from wufei_cells.workbooks.scoresheets.data import ScoresheetData

ROOT = Path(__file__).resolve().parents[2]

SMALL = """
format: wufei-checklist/1
key: T
edition: "2026.1"
title: {zh: 测试标准, en: Test checklist}
category: {key: office, code: JG, text: {zh: 无废机关, en: Office}}
official: yes
effective_from: 2026-01-01
full: 40
sources: [{key: S32, title: {zh: 某表, en: Some table}, number: 豫〔2026〕1号}]
parameters: [{key: pass_mark, text: 通过线, unit: 分, value: 32}]
facts: [{key: has_canteen, text: {zh: 有食堂, en: Has a canteen}, ask: yes_no}]
scoring:
  not_applicable: rescale
  grades:
    - {key: ok, text: {zh: 达标, en: Qualified}, total_at_least: $pass_mark, groups_at_least: 50}
    - {key: good, text: {zh: 优秀, en: Excellent}, total_at_least: 36, groups_at_least: 60, group_exceptions: {B: 80}}
gates:
  - {key: G1, text: {zh: 合法, en: Lawful}, verify: [document], sources: [S32]}
  - {key: G2, text: {zh: 食堂持证, en: Canteen licensed}, verify: [document], applies: {fact: has_canteen}}
groups:
  - key: A
    text: {zh: 组织, en: Organization}
    full: 20
    items:
      - {key: A1, text: {zh: 领导, en: Lead}, full: 5, scoring: x, verify: [document], sources: [S32], star: yes,
         not_applicable: never, guidance: {zh: 看文件, en: Read the paper},
         rule: {levels: [{key: full, text: 全, points: 5}, {key: half, text: 半, points: 2.5},
                         {key: none, text: 无, points: 0}]}}
      - {key: A2, text: {zh: 抽样, en: Sample}, full: 10, scoring: x, verify: [site], evidence: {zh: 抽查表},
         rule: {share: {part: 对, whole: 查}, steps: {points: -1, short_of: 90, part_step: prorate}}}
      - {key: A3, text: {zh: 食堂, en: Canteen}, full: 5, scoring: x, verify: [site], applies: {fact: has_canteen},
         rule: {yes_no: 5}}
  - key: B
    text: {zh: 减量, en: Reduction}
    full: 20
    items:
      - {key: B1, text: {zh: 用纸, en: Paper}, full: 12, scoring: x, verify: [document],
         rule: {change: {before: 前, after: 后}, line: [[-10, 12], [0, 0]]}}
      - {key: B2, text: {zh: 桶, en: Bins}, full: 8, scoring: x, verify: [site],
         rule: {count: {text: 处}, steps: {points: -2}}}
bonus:
  cap: 5
  key: X
  text: {zh: 加分, en: Bonus}
  items:
    - {key: X1, text: {zh: 称号, en: Title}, full: 3, scoring: x, verify: [document], rule: {yes_no: 3}}
    - {key: X2, text: {zh: 案例, en: Case}, full: 4, scoring: x, verify: [document], rule: {yes_no: 4}}
"""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    texts = [(ROOT / "resources" / "wording" / f"{name}.json").read_text("utf-8") for name in ("workbooks", "explain")]
    return {key: said for text in texts for key, said in json.loads(text).items()}


@pytest.fixture
def zh() -> Wording:
    return Wording(catalogue(), "zh")


@pytest.fixture
def en() -> Wording:
    return Wording(catalogue(), "en")


@cache
def small_checklist() -> Checklist:
    return read_checklist(SMALL.encode(), "small.yaml")


@cache
def shipped_checklist(name: str) -> Checklist:
    path = ROOT / "criteria" / "jiaozuo" / f"{name}.yaml"
    return read_checklist(path.read_bytes(), path.name)


GOOD_ANSWERS: dict[str, object] = {
    "G1": "yes",
    "G2": "yes",
    "A1": "half",
    "A2": {"part": "86", "whole": "100"},
    "A3": "yes",
    "B1": {"before": "100", "after": "91"},
    "B2": "1",
}


@dataclass(frozen=True)
class Filled:
    """An assessment to be written: change what a test is about."""

    checklist: Checklist = field(default_factory=small_checklist)
    answers: dict[str, object] = field(default_factory=lambda: dict(GOOD_ANSWERS))
    notes: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=lambda: {"has_canteen": "yes"})
    name: str = "焦作市生态环境局"
    column: Column = Column.ONSITE
    assessors: tuple[str, ...] = ("张三", "李四")
    example: bool = False
    values: dict[str, int] = field(default_factory=dict)
    verdict: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    stage: Stage = Stage.SCORING
    returned: dict[str, str] = field(default_factory=dict)

    def with_policy(self, policy: NaPolicy) -> Filled:
        return replace(
            self, checklist=replace(self.checklist, scoring=replace(self.checklist.scoring, na_policy=policy))
        )

    def with_answers(self, **answers: object) -> Filled:
        return replace(self, answers={**self.answers, **answers})

    def changed(self, **changes: object) -> Filled:
        """The same with other values for some fields."""
        return replace(self, **changes)

    def data(self, wording: Wording | None = None) -> ScoresheetData:
        wording = wording or Wording(catalogue(), "zh")
        at = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
        given = {key: _answer(value, self.notes.get(key, "")) for key, value in self.answers.items()}
        rows = {key: AnswerRow(key, answer, "张三", at, (), self.values.get(key, 1)) for key, answer in given.items()}
        site = SiteRow(
            SiteId("s1"), self.name, self.checklist.category.key, "shanyang", "山阳区人民路 889 号", "", "", "", "",
            self.facts, Stage.SCORING,
        )  # fmt: skip
        edition = EditionId(edition_id(edition_document(self.checklist)))
        assessment = AssessmentRow(
            AssessmentId("a1"), site.id, site.name, site.category, site.district, edition, self.column,
            self.assessors, date(2026, 5, 6), at, self.stage, returned=self.returned,
        )  # fmt: skip
        card = evaluate(self.checklist, self.facts, given, on=assessment.on)
        return ScoresheetData(
            checklist=self.checklist,
            edition=edition,
            site=site,
            district=Text("山阳区", "Shanyang District"),
            assessment=assessment,
            facts=self.facts,
            answers=rows,
            scorecard=card,
            example=self.example,
            verdict=self.verdict,
            reasons=self.reasons,
            rules=explaining.rules(card, self.checklist, wording, on=assessment.on),
            steps=total_wording.steps_to_total(card, self.checklist, wording, on=assessment.on),
        )


def _answer(value: object, note: str) -> Answer:
    if isinstance(value, Answer):
        return value
    return Answer(value=value, note=note)  # pyright: ignore[reportArgumentType]


@pytest.fixture
def filled() -> Filled:
    """A small assessment, answered in full."""
    return Filled()


@cache
def quarry_checklist() -> Checklist:
    path = ROOT / "tests" / "samples" / "quarry.yaml"
    return read_checklist(path.read_bytes(), path.name)


@pytest.fixture
def quarry() -> Filled:
    """An assessment with weights, caps, a formula, deductions and everything that indicator systems leave open."""
    answers: dict[str, object] = {
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
    facts = {"has_pond": "yes", "mined": "120", "workers": "400"}
    return Filled(quarry_checklist(), answers, facts=facts)


@pytest.fixture
def with_checklist():
    """``with_checklist(old, new)``: the small checklist with other text in one place."""

    def change(old: str, new: str) -> Filled:
        assert old in SMALL
        return Filled(checklist=read_checklist(SMALL.replace(old, new).encode(), "changed.yaml"))

    return change


def at_random(checklist: Checklist, seed: int, *, answered: float = 1.0, not_applicable: float = 0.1) -> Filled:
    """Fill in a checklist by dice: the same seed gives the same answers."""
    dice = random.Random(seed)
    facts = {fact.key: _fact(fact, dice) for fact in checklist.facts if fact.formula is None}
    answers: dict[str, object] = {}
    for entry in checklist.entries():
        if dice.random() > answered:
            continue
        if isinstance(entry, Gate):
            answers[entry.key] = "yes" if dice.random() < 0.95 else "no"
        elif entry.not_applicable.value == "reason" and dice.random() < not_applicable:
            answers[entry.key] = Answer(na="本单位没有这类设施")
        else:
            answers[entry.key] = _value(entry.rule, dice)
    return Filled(checklist, answers, facts=facts)


def _fact(fact, dice: random.Random) -> str:
    if fact.kind is FactKind.YES_NO:
        return dice.choice(["yes", "yes", "no"])
    if fact.kind is FactKind.NUMBER:
        return str(dice.randrange(0, 1000))
    return dice.choice(fact.options).key


def _value(rule: rules.Rule, dice: random.Random) -> object:
    match rule:
        case rules.YesNo():
            return dice.choice(["yes", "yes", "no"])
        case rules.Levels():
            level = dice.choice(rule.levels[:2])
            if level.lowest is None:
                return level.key
            points = level.outcome.points if isinstance(level.outcome.points, Decimal) else Decimal(0)
            return {"level": level.key, "points": str(points), "reason": "基本符合"}
        case rules.Measured():
            return _measured(rule.measure, dice)
        case rules.Sum() | rules.Best():
            return {part.key: _value(part.rule, dice) for part in rule.parts}


def _measured(measure: rules.Measure, dice: random.Random) -> object:
    match measure:
        case rules.Count():
            return str(dice.randrange(0, 1 + min(measure.at_most or 3, 3)))
        case rules.Amount():
            return str(dice.randrange(0, 100))
        case rules.Share():
            whole = (measure.smallest_whole or 30) + dice.randrange(0, 9)
            return {"part": str(dice.randrange(whole * 3 // 4, whole + 1)), "whole": str(whole)}
        case rules.Change():
            return {"before": "100", "after": str(dice.randrange(85, 101))}
        case rules.Ticks():
            return [option.key for option in measure.options if dice.random() < 0.8]
        case rules.Calculated():
            return {entry.key: str(dice.randrange(1, 20)) for entry in measure.inputs}


@pytest.fixture
def random_sheet():
    """``random_sheet("office", seed, answered=0.5)``: a shipped checklist filled in by dice."""

    def fill(name: str, seed: int, **shares: float) -> Filled:
        return at_random(shipped_checklist(name), seed, **shares)

    return fill


@pytest.fixture
def wild_sheet():
    """``wild_sheet(seed, not_applicable=0.3)``: a checklist made by dice, filled in by dice."""

    def fill(seed: int, **shares: float) -> Filled:
        return at_random(wild_checklist(seed), seed, **shares)

    return fill


# --- reading back


class ReadSheet:
    """The first sheet of a workbook, read by item and by the head of a column."""

    def __init__(self, content: bytes, *, formulas: bool = False) -> None:
        self.workbook = load_workbook(BytesIO(content), data_only=not formulas)
        self.sheet = self.workbook.worksheets[0]
        head = next(row for row in self.sheet.iter_rows() if row[0].value in ("序号", "No."))
        self.columns = {cell.value: cell.column for cell in head if cell.value}
        self.head_row = head[0].row

    def seen_columns(self) -> list[str]:
        """The heads of the columns that are not hidden."""
        hidden = {key for key, column in self.sheet.column_dimensions.items() if column.hidden}
        return [head for head, number in self.columns.items() if get_column_letter(number) not in hidden]

    def row(self, label: str) -> int:
        """The row whose first cell reads so: the number of an item, the label of a sum."""
        return next(row[0].row for row in self.sheet.iter_rows() if row[0].value == label)

    def cell(self, label: str, column: str):
        return self.sheet.cell(self.row(label), self.columns[column])

    def value(self, label: str, column: str = "现场分") -> object:
        return self.cell(label, column).value

    def number(self, label: str, column: str = "现场分") -> Decimal:
        """A number as it stands in the file; text and nothing are no numbers."""
        value = self.value(label, column)
        assert isinstance(value, int | float), value
        return Decimal(str(value))

    def texts(self, *, sheet: int = 0) -> list[str]:
        cells = (cell.value for row in self.workbook.worksheets[sheet].iter_rows() for cell in row)
        return [value for value in cells if isinstance(value, str)]

    def formulas(self) -> dict[str, str]:
        return {
            cell.coordinate: cell.value
            for row in self.sheet.iter_rows()
            for cell in row
            if cell.data_type == "f" and isinstance(cell.value, str)
        }


@pytest.fixture
def read():
    return ReadSheet


# --- real LibreOffice

FONT_RULES = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match><test name="family"><string>宋体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Wufei Serif SC</string></edit></match>
<match><test name="family"><string>黑体</string></test>
<edit name="family" mode="assign" binding="strong"><string>Wufei Sans SC</string></edit></match>
</fontconfig>"""


class Office:
    """LibreOffice without a window, with Chinese fonts in place of those that Windows has."""

    def __init__(self, folder: Path) -> None:
        rules = folder / "fonts.conf"
        fonts = ROOT / "resources" / "fonts"
        rules.write_text(FONT_RULES.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
        self._env = {**os.environ, "FONTCONFIG_FILE": str(rules)}
        self._home = (folder / "home").as_uri()

    def convert(self, files: list[Path], suffix: str, target: Path) -> list[Path]:
        """Open files, calculate what has no value yet, and save them in another format."""
        command = ["soffice", f"-env:UserInstallation={self._home}", "--headless", "--convert-to", suffix]
        subprocess.run(
            [*command, "--outdir", str(target), *map(str, files)], check=True, capture_output=True, env=self._env
        )
        return [target / f"{file.stem}.{suffix}" for file in files]


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Office:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    return Office(tmp_path_factory.mktemp("office"))
