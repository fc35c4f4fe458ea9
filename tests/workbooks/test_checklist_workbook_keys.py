"""A key stands for ever for one entry: what people do to the rows of a workbook never hands it to another."""

from __future__ import annotations

import pytest

from tests.workbooks.authoring_sheets import Filling, shipped_documents
from wufei_cells.checklists.defaults import without_defaults

PARK = "jiaozuo/park"


@pytest.fixture
def filling():
    return Filling(shipped_documents()[PARK])


def items(data) -> dict[str, str]:
    """The texts of all items by their keys."""
    found = {}
    for group in [*data["groups"], *([data["bonus"]] if "bonus" in data else [])]:
        for item in group.get("items", []):
            assert item["key"] not in found
            found[item["key"]] = item["text"]["zh"] if isinstance(item["text"], dict) else item["text"]
    return found


def before() -> dict[str, str]:
    return items(without_defaults(shipped_documents()[PARK]))


def row_of(filling: Filling, key: str) -> int:
    return next(row for row in range(2, 80) if filling.book["条款"].cell(row, 3).value == key)


def codes(source) -> list[tuple[str, object]]:
    return [(problem.code, problem.values.get("example")) for problem in source.cautions]


NEW = {"类型": "条款", "内容": "新的要求", "满分": 1, "评分标准": "有得1分", "规则": "是否 1", "检查方式": "现场"}


def largest(group: str) -> int:
    return max(int(key.removeprefix(group)) for key in before() if key.startswith(group))


def test_a_row_put_in_above_a_row_whose_key_was_cleared_takes_no_key_of_another(filling):
    row = row_of(filling, "B2")
    filling.put("条款", row, 代号=None)
    filling.book["条款"].insert_rows(row)
    filling.put("条款", row, **NEW)
    source = filling.read()
    new = f"B{largest('B') + 1}"
    assert items(source.data) == before() | {new: "新的要求"}
    assert codes(source) == [("authoring.keys_made", new), ("authoring.keys_regained", "B2")]


def test_a_row_that_was_reworded_keeps_its_key_by_the_hidden_one(filling):
    filling.put("条款", row_of(filling, "B2"), 代号=None, 内容="改写过的要求")
    assert items(filling.read().data) == before() | {"B2": "改写过的要求"}


def test_a_row_typed_anew_gets_its_key_back_by_its_text(filling):
    row = row_of(filling, "B2")
    sheet = filling.book["条款"]
    sheet.cell(row, sheet.max_column).value = sheet.cell(row, 3).value = None
    assert items(filling.read().data) == before()


def test_of_a_row_and_its_copy_the_one_that_reads_as_before_keeps_the_key(filling):
    row = row_of(filling, "B2")
    sheet = filling.book["条款"]
    sheet.insert_rows(row)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row, column).value = sheet.cell(row + 1, column).value
    filling.put("条款", row, 代号=None, 内容="抄来再改的要求")
    filling.put("条款", row + 1, 代号=None)
    new = f"B{largest('B') + 1}"
    assert items(filling.read().data) == before() | {new: "抄来再改的要求"}
    filling.put("条款", row, 内容=filling.book["条款"].cell(row + 1, 5).value)
    assert set(items(filling.read().data)) == {*before(), new}


def test_the_key_of_a_removed_row_is_not_given_again(filling):
    last = f"B{largest('B')}"
    row = row_of(filling, last)
    filling.book["条款"].delete_rows(row)
    filling.book["条款"].insert_rows(row)
    filling.put("条款", row, **NEW)
    there = items(filling.read().data)
    assert last not in there
    assert there[f"B{largest('B') + 1}"] == "新的要求"


def test_with_all_keys_cleared_and_the_rows_sorted_every_text_has_its_key_again(filling):
    first, second = row_of(filling, "B1"), row_of(filling, "B2")
    sheet = filling.book["条款"]
    for column in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(first, column), sheet.cell(second, column)
        upper.value, lower.value = lower.value, upper.value
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 3).value = None
    source = filling.read()
    assert items(source.data) == before()
    assert list(items(source.data))[list(before()).index("B1")] == "B2"


def test_without_the_sheet_of_keys_a_row_still_has_its_own(filling):
    del filling.book["导出时的代号"]
    filling.put("条款", row_of(filling, "B2"), 代号=None, 内容="改写过的要求")
    assert items(filling.read().data) == before() | {"B2": "改写过的要求"}


def test_a_row_that_was_emptied_is_no_row(filling):
    row = row_of(filling, "B2")
    sheet = filling.book["条款"]
    for column in range(1, sheet.max_column):
        sheet.cell(row, column).value = None
    source = filling.read()
    assert set(items(source.data)) == set(before()) - {"B2"}
    assert source.cautions == []


def test_sources_keep_their_keys_too(filling):
    sources = {entry["key"]: entry["title"] for entry in filling.read().data["sources"]}
    sheet = filling.book["来源"]
    sheet.insert_rows(2)
    for row in range(3, 3 + len(sources)):
        sheet.cell(row, 1).value = None
    sheet.cell(2, 2).value = "新的文件"
    read = {entry["key"]: entry["title"] for entry in filling.read().data["sources"]}
    new = set(read) - set(sources)
    assert {key: read[key] for key in sources} == sources
    assert [read[key]["zh"] for key in new] == ["新的文件"]


def test_what_keeps_the_keys_is_hidden(filling):
    sheet = filling.book["条款"]
    assert filling.book["导出时的代号"].sheet_state == "hidden"
    assert sheet.cell(1, sheet.max_column).value == "导出时的代号"
    assert sheet.column_dimensions[sheet.cell(1, sheet.max_column).column_letter].hidden
    assert "导出时的代号" not in Filling().book.sheetnames
