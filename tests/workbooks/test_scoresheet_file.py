"""The file around the scores: safe text, the same bytes each time, print, limits for what is typed."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from wufei_cells.workbooks.cell_text import clean_text, page_text
from wufei_cells.workbooks.scoresheets.sheet import write_scoresheet


@pytest.fixture
def opened(zh):
    def write_and_open(filled):
        return load_workbook(BytesIO(write_scoresheet(filled.data(), zh)))

    return write_and_open


@pytest.mark.parametrize("name", ["=1+1", "+86 公司", "-甲", "@SUM(A1)", "#N/A", "'引号", "=cmd|' /C calc'!A1"])
def test_a_name_never_becomes_a_formula(filled, opened, name):
    sheet = opened(filled.changed(name=name)).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == name)
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("䶮㳇鿍𬇙", "䶮㳇鿍𬇙"),
        ("一\x00二\x1b三", "一\ufffd二\ufffd三"),
        ("甲\ud800乙", "甲\ufffd乙"),
        ("甲\r\n乙\u2028丙", "甲\n乙\n丙"),
        ("_x000D_", "_x005F_x000D_"),
        ("长" * 40_000, "长" * 32_766 + "…"),
    ],
)
def test_text_is_made_fit_for_a_cell(text, cell):
    assert clean_text(text) == cell


def test_rare_and_broken_characters_survive_the_file(filled, opened):
    name = "䶮㳇鿍𬇙\x07厂 _x000D_ & <甲>"
    values = {cell.value for row in opened(filled.changed(name=name)).worksheets[0].iter_rows() for cell in row}
    # Spreadsheet programs read _x005F_ as the sign "_"; openpyxl leaves it to its callers.
    assert "䶮㳇鿍𬇙\ufffd厂 _x005F_x000D_ & <甲>" in values


def test_page_ends_take_no_commands_and_never_run_into_each_other():
    assert page_text("甲&P乙", 20) == "甲&&P乙"
    assert page_text("很长的名字" * 10, 10) == "很长的名字很长的名…"


def test_the_same_data_give_the_same_bytes(filled, zh):
    first = write_scoresheet(filled.data(), zh)
    time.sleep(2.1)  # a zip file counts in two seconds
    assert write_scoresheet(filled.data(), zh) == first
    names = [entry.date_time for entry in zipfile.ZipFile(BytesIO(first)).infolist()]
    assert set(names) == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_name_the_assessments_time(filled, opened):
    properties = opened(filled).properties
    assert properties.created == properties.modified == filled.data().assessment.started_at.replace(tzinfo=None)
    assert properties.creator == "wufei-cells"


def test_pages_are_a4_landscape_with_repeated_heads(filled, opened):
    sheet = opened(filled).worksheets[0]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号")
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${head}:${head}"
    assert sheet.freeze_panes == f"D{head + 1}"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_groups_are_merged_over_their_items(filled, opened):
    sheet = opened(filled).worksheets[0]
    merged = [area for area in sheet.merged_cells.ranges if area.min_col == area.max_col == 2]
    assert sorted(area.size["rows"] for area in merged) == [
        2,
        2,
        3,
        4,
    ]  # gates, bonus; B with two cells for B1; A with two for A2


def test_answer_cells_take_what_the_rule_asks_for(filled, opened):
    workbook = opened(filled)
    sheet, choices = workbook.worksheets[0], workbook["选项"]
    rows = {row[0].value: row[0].row for row in sheet.iter_rows() if row[0].value}
    column = next(cell.column_letter for row in sheet.iter_rows() for cell in row if cell.value == "填写")
    rules = {place: rule for rule in sheet.data_validations.dataValidation for place in str(rule.sqref).split()}
    found = {
        item: next(rule for area, rule in rules.items() if f"{column}{rows[item]}" in _cells(area))
        for item in ("G1", "A1", "A2", "A3", "B2")
    }
    assert found["G1"].formula1 == '"符合,不符合"'
    assert found["A3"].formula1 == '"是,否"'
    assert found["A1"].formula1 == "'选项'!$A$1:$A$3"
    assert [choices.cell(row, 1).value for row in (1, 2, 3)] == ["1 全", "2 半", "3 无"]
    assert (found["A2"].type, found["B2"].type, found["B2"].formula1) == ("decimal", "whole", "0")


def test_guidance_hangs_on_the_items_as_notes(filled, opened):
    sheet = opened(filled).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "★ 领导")
    assert cell.comment.text == "怎么看：看文件\n依据：某表 豫〔2026〕1号"


def test_inner_groups_get_a_column_of_their_own(with_checklist, opened):
    flat = "      - {key: B2, text: {zh: 桶, en: Bins}"
    nested = "    groups:\n    - key: BB\n      text: {zh: 现场, en: On site}\n      items:\n  " + flat
    sheet = opened(with_checklist(flat, nested)).worksheets[0]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "序号")
    assert head[:4] == ("序号", "一级", "二级", "指标")
    item = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "B2")
    assert item[2] == "BB 现场"


def _cells(area: str) -> set[str]:
    first, _, last = area.partition(":")
    column = first.rstrip("0123456789")
    top, bottom = int(first[len(column) :]), int((last or first)[len(column) :])
    return {f"{column}{row}" for row in range(top, bottom + 1)}
