"""Authoring workbooks for tests: written, filled in as a clerk does, and read back."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_source
from wufei_cells.checklists.yaml_source import Source
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.wording import Wording
from wufei_cells.workbooks.authoring.rows import checklist_rows
from wufei_cells.workbooks.authoring.sheets import BASICS, PLANS
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.authoring.workbook_reading import read_checklist_sheets, read_checklist_workbook
from wufei_cells.workbooks.reading.cells import Cell, SheetCells
from wufei_cells.workbooks.sheet_source import IN_SHEETS, SheetSource
from wufei_cells.workbooks.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[2]
NAME = "标准.xlsx"


@cache
def whole_catalogue() -> dict[str, dict[str, str]]:
    files = sorted((ROOT / "resources" / "wording").glob("*.json"))
    return {key: said for path in files for key, said in json.loads(path.read_text("utf-8")).items()}


def wording(language: str = "zh") -> Wording:
    return Wording(whole_catalogue(), language)


@cache
def shipped_documents() -> dict[str, dict[str, Any]]:
    """Every shipped checklist as its canonical document, by city and name."""
    files = sorted((ROOT / "criteria").glob("*/*.yaml"))
    return {
        f"{path.parent.name}/{path.stem}": json.loads(document_of(path)) for path in files if path.stem != "profile"
    }


def document_of(path: Path) -> str:
    from wufei_cells.checklists.reading import read_checklist  # noqa: PLC0415 - only what asks for files needs it

    return edition_document(read_checklist(path.read_bytes(), path.name))


def through_file(data: Any, language: str = "zh") -> SheetSource:
    """Write a checklist as a workbook and read that."""
    return read_checklist_workbook(write_checklist_workbook(data, wording(language)), NAME, wording(language))


def sheets_of(data: Any, language: str = "zh") -> list[SheetCells]:
    """The cells that a workbook of this checklist has, without writing the file."""
    words = Vocabulary(wording(language))
    rows = checklist_rows(data, words)
    sheets: list[SheetCells] = []
    for plan in PLANS:
        lines = [[words.say(f"head.{column.name}") for column in plan.columns]]
        lines += [[row.get(column.name, "") for column in plan.columns] for row in rows.sheets.get(plan.name, [])]
        if plan is BASICS:
            lines = [[words.say(f"head.{name}") for name in ("label", "content", "content_en")]]
            for column in BASICS.columns:
                label = column.name.removesuffix("_zh")
                if column.language != "en":
                    value = rows.basics.get(column.name, "")
                    lines.append([words.say(f"basics.{label}"), value, rows.basics.get(f"{label}_en", "")])
        sheets.append(sheet_of(words.say(f"sheet.{plan.name}"), lines))
    return sheets


def sheet_of(title: str, lines: list[list[str]]) -> SheetCells:
    cells = SheetCells(title)
    for row, line in enumerate(lines, start=1):
        cells.rows[row] = {at: Cell(text, row, at) for at, text in enumerate(line, start=1) if text.strip()}
    return cells


def through_sheets(data: Any, language: str = "zh") -> SheetSource:
    """The same as through a file, but for the zip and the XML: fast enough for thousands."""
    return read_checklist_sheets(sheets_of(data, language), NAME, wording(language))


def found_in(source: Source) -> str | list[str]:
    """The canonical document, or the codes of what is wrong, in the words of files."""
    try:
        return edition_document(read_source(source))
    except ProblemsFound as found:
        in_files = {sheet: file for file, sheet in IN_SHEETS.items()} | {"authoring.missing": "field.missing"}
        return sorted(in_files.get(problem.code, problem.code) for problem in found.problems)


@cache
def empty_workbook(language: str) -> bytes:
    return write_checklist_workbook({}, wording(language))


class Filling:
    """A workbook that a person fills in by the heads of its columns."""

    def __init__(self, data: Any = None, language: str = "zh") -> None:
        self.language = language
        content = write_checklist_workbook(data, wording(language)) if data else empty_workbook(language)
        self.book: Workbook = load_workbook(BytesIO(content))

    def put(self, sheet: str, row: int, **values: object) -> None:
        """Fill cells of a row; ``_`` in a name stands for nothing: 各组不低于_ is 各组不低于（%）."""
        page = self.book[sheet]
        heads = {str(cell.value): cell.column for cell in page[1]}
        for name, value in values.items():
            column = next(at for head, at in heads.items() if head == name or head.startswith(name.rstrip("_") + "（%"))
            page.cell(row, column).value = value

    def basics(self, **values: object) -> None:
        """Fill in the sheet of basics by its labels."""
        page = self.book["基本" if self.language == "zh" else "Basics"]
        rows = {str(row[0].value): row[0].row for row in page.iter_rows()}
        for label, value in values.items():
            page.cell(rows[label], 2).value = value

    def content(self) -> bytes:
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()

    def read(self) -> SheetSource:
        return read_checklist_workbook(self.content(), NAME, wording(self.language))

    def problems(self) -> list[Problem]:
        try:
            read_source(self.read())
        except ProblemsFound as found:
            return list(found.problems)
        return []

    def said(self) -> list[str]:
        """What a person reads."""
        return [wording(self.language).problem(problem) for problem in self.problems()]


SCHOOL: list[dict[str, object]] = [
    {"类型": "前置条件", "内容": "近三年无重大环境事故", "检查方式": "资料"},
    {"类型": "分组", "编号": "一", "内容": "组织管理", "满分": 15},
    {
        "类型": "条款",
        "编号": "1.1",
        "内容": "方案和责任人",
        "满分": "5分",
        "评分标准": "齐全得5分",
        "检查方式": "查阅资料",
        "规则": "分级：方案和责任人齐全得5分；只有其一得2分；都没有得0分",
    },
    {
        "类型": "条款",
        "编号": "1.2",
        "内容": "垃圾分类课",
        "满分": "１０",
        "评分标准": "每课得2分",
        "检查方式": "资料、问卷",
        "规则": "每节得2分，最高10",
    },
    {"类型": "分组", "编号": "二", "内容": "分类收集", "满分": 15},
    {
        "类型": "条款",
        "编号": "2.1",
        "内容": "分类准确率",
        "满分": 10,
        "评分标准": "低于90%的扣分",
        "检查方式": "现场",
        "规则": "占比 分类正确的桶/抽查的桶（个）：每少1个百分点扣1分，低于90%",
    },
    {
        "编号": "2.2",
        "内容": "餐厨垃圾",
        "满分": 5,
        "评分标准": "是得5分",
        "规则": "是否 5",
        "检查方式": "现场",
        "适用条件": "设有食堂 且 学生人数>=100",
    },
    {"类型": "加分", "内容": "加分", "上限": 3},
    {"类型": "条款", "内容": "校内堆肥", "满分": 3, "评分标准": "有则加3分", "规则": "是否 3", "检查方式": "现场"},
]


def school(filling: Filling) -> Filling:
    """Fill in a small checklist as it stands in a paper form, without any key."""
    filling.basics(
        代号="JZ-XX", 版次="2026.1", 标题="无废学校评估标准", 类别代号="school", 类别名称="无废学校", 证书字母="XX"
    )
    filling.basics(生效日期="2026年3月1日", 总满分="30分", 不适用的条款="折算")
    filling.put("等次", 2, 名称="达标", 总分不低于=24, 各组不低于_="50%")
    filling.put("事实", 2, 名称="设有食堂", 问法="是否")
    filling.put("事实", 3, 代号="pupils", 名称="学生人数", 问法="数值", 单位="人")
    for row, values in enumerate(SCHOOL, start=2):
        filling.put("条款", row, **values)
    return filling
