"""The tables of a list of sites are found by their heads, wherever and however these stand."""

from __future__ import annotations

import json
import time
from datetime import datetime

import pytest
from openpyxl import Workbook

from tests.samples.site_lists import HEADS, credit_code, fill, plain_list, saved, workbook
from tests.workbooks.conftest import ROOT
from wufei_cells.domain.site_lists import RawList
from wufei_cells.wording import Wording
from wufei_cells.workbooks.site_list import read_site_list, told
from wufei_cells.workbooks.site_list_heads import FIELDS
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

FACTS = ("有食堂", "人数", "has_canteen")


@pytest.fixture(scope="module")
def words():
    texts = [(ROOT / f"resources/wording/{name}.json").read_text("utf-8") for name in ("authoring", "site_lists")]
    return Vocabulary(Wording({key: said for text in texts for key, said in json.loads(text).items()}, "zh"))


@pytest.fixture
def read(words):
    def make(content, *, several=False) -> RawList:
        return read_site_list(content, "名单.xlsx", words, FACTS, several=several)

    return make


def book(rows, merged=()):
    """A workbook of one sheet with merged areas."""
    made = Workbook()
    fill(made.active, rows)
    for area in merged:
        made.active.merge_cells(area)
    return saved(made)


def values(found):
    return [{field: cell.text for field, cell in row.cells.items()} for row in found.rows]


@pytest.mark.parametrize("field", FIELDS)
def test_every_spelling_of_a_head_means_one_field(words, field):
    spelled = {name: {folded(one) for one in words.spellings(f"sitehead.{name}")} for name in (*FIELDS, "number")}
    others = set().union(*(found for name, found in spelled.items() if name != field))
    assert not spelled[field] & others


@pytest.mark.parametrize(
    "heads",
    [
        ("单位名称", "统一社会信用代码", "电话"),
        ("企业名称（全称）", "社会信用代码*", "联系电话（手机）"),
        ("机构名称：", "信用\n代码", " 手 机 "),
        ("Name", "Credit code", "Phone"),
        ("ＮＡＭＥ", "USCC", "Tel."),
        ("name", "credit_code", "phone"),
    ],
)
def test_heads_are_understood_in_other_spellings(read, heads):
    found = read(book([heads, ("甲单位", "x", 1)]))
    assert values(found) == [{"name": "甲单位", "credit_code": "x", "phone": "1"}]
    assert found.notes == ()


def test_columns_may_stand_in_any_order_below_titles_and_beside_others(read):
    rows = [
        ("某市名单",),
        ("填报单位：某局",),
        (None, "电话", "领导签字", None, "类型", "名称"),
        (1, "2", "x", None, "机关", "甲单位"),
    ]
    found = read(book(rows))
    assert values(found) == [{"phone": "2", "category": "机关", "name": "甲单位"}]
    assert found.rows[0].table.titles == ("填报单位：某局", "某市名单", "Sheet", "名单.xlsx")
    [note] = found.notes
    assert (note.code, note.place) == ("authoring.column_passed_over", "工作表“Sheet”第 3 行 C 列")


@pytest.mark.parametrize(
    ("heads", "merged"),
    [
        ([("单位", None, "联系人", None), ("名称", "地址", "姓名", "电话")], ("A1:B1", "C1:D1")),
        ([("单位名称", "地址", "联系人", None), (None, None, "姓名", "手机")], ("A1:A2", "B1:B2", "C1:D1")),
        ([("单位名称", "地址", "联系方式", None), (None, None, "联系人", "电话")], ("C1:D1",)),
        (
            [("基本情况", None, None, None), ("单位", None, "联系人", None), ("名称", "地址", "姓名", "电话")],
            ("A1:D1", "A2:B2", "C2:D2"),
        ),
    ],
)
def test_heads_may_take_several_lines(read, heads, merged):
    found = read(book([*heads, ("甲单位", "东街", "张三", "1")], merged))
    assert values(found) == [{"name": "甲单位", "address": "东街", "contact": "张三", "phone": "1"}]


def test_a_head_that_is_only_wide_does_not_swallow_the_first_row(read):
    found = read(book([("单位名称", None, "电话"), ("甲单位", None, "1"), ("乙单位", None, "2")], ("A1:B1", "A2:B2")))
    assert [row["name"] for row in values(found)] == ["甲单位", "乙单位"]


def test_of_two_columns_that_mean_the_same_the_plainer_counts_and_the_other_is_told(read):
    found = read(book([("单位名称", "负责人", "联系人"), ("甲单位", "赵总", "张三")]))
    assert values(found) == [{"name": "甲单位", "contact": "张三"}]
    assert [(note.code, note.values["head"]) for note in found.notes] == [("site_list.column_repeated", "负责人")]


def test_merged_cells_speak_for_all_their_rows(read):
    rows = [
        ("县区", "单位名称", "备注"),
        ("东区", "甲单位", "x"),
        (None, "乙单位", None),
        (None, None, None),
        ("西区", "丙单位", None),
    ]
    found = read(book(rows, ("A2:A4",)))
    assert [row.get("district") for row in values(found)] == ["东区", "东区", "西区"]


def test_several_tables_on_one_sheet_each_have_their_titles(read):
    head = ("单位名称", "类别")
    rows = [("东区",), head, ("甲单位", "机关"), (), ("西区",), head, ("乙单位", "机关"), ("合计", "2"), ("小计：",)]
    found = read(book(rows))
    assert [(row.cells["name"].text, row.table.titles[0]) for row in found.rows] == [
        ("甲单位", "东区"),
        ("乙单位", "西区"),
    ]
    assert {note.code for note in found.notes} == {"site_list.row_passed_over"}


def test_a_heading_between_rows_counts_for_the_rows_below_it(read):
    rows = [
        ("序号", "单位名称", "类别"),
        ("一、东区（1家）",),
        (1, "甲单位", "机关"),
        (
            None,
            "二、西区",
        ),
        (1, "乙单位", "机关"),
    ]
    found = read(book(rows, ("A2:C2", "B4:C4")))
    assert [(row.cells["name"].text, row.section) for row in found.rows] == [
        ("甲单位", "一、东区（1家）"),
        ("乙单位", "二、西区"),
    ]


def test_pages_that_repeat_their_heads_are_one_list(read):
    head = ("单位名称", "类别")
    assert len(read(book([head, ("甲单位", "机关"), head, ("乙单位", "机关")])).rows) == 2


def test_facts_are_columns_too_by_text_or_key(read):
    found = read(book([("单位名称", "人数（人）", "has_canteen"), ("甲单位", 12, True)]))
    assert values(found) == [{"name": "甲单位", "fact.人数": "12", "fact.has_canteen": "yes"}]


def test_cells_that_cannot_be_values_are_problems_with_their_place(read):
    made = Workbook()
    fill(made.active, [("单位名称", "电话", "地址", "备注"), ("甲单位", "=A1", "#REF!", None)])
    made.active["C2"].data_type = "e"
    made.active["B3"] = "1"
    made.active["A3"] = datetime(2026, 1, 2)  # noqa: DTZ001 - workbooks know no zones
    found = read(saved(made))
    assert [[(one.code, one.place) for one in row.problems] for row in found.rows] == [
        [
            ("authoring.no_result", "工作表“Sheet”第 2 行 B 列（电话）"),
            ("authoring.cell_error", "工作表“Sheet”第 2 行 C 列（地址）"),
        ],
        [("authoring.date_in_text", "工作表“Sheet”第 3 行 A 列（单位名称）")],
    ]


def test_a_file_without_a_list_and_a_file_that_is_none_are_told(read):
    assert [one.code for one in read(workbook({"说明": [("请填写",)]})).problems] == ["site_list.no_table"]
    assert [one.code for one in read(b"%PDF-1.7").problems] == ["workbook.pdf"]
    assert read(b"%PDF-1.7", several=True).problems[0].place.startswith("名单.xlsx")


def test_places_name_the_file_where_there_are_several(read, words):
    row = read(plain_list(("甲单位",)), several=True).rows[0]
    assert told(row.table, row.row, "phone", words) == "名单.xlsx 工作表“名单”第 2 行 G 列（联系电话）"
    assert told(row.table, row.row, "mood", words) == "名单.xlsx 工作表“名单”第 2 行"


def test_an_area_merged_over_a_whole_sheet_takes_no_time(read):
    made = Workbook()
    fill(made.active, [("单位名称", "电话"), *((f"第{number}单位", "1") for number in range(300))])
    for area in ("C1:XFD1048576", "A302:A1048576"):
        made.active.merged_cells.add(area)  # openpyxl's own way would make every cell of them
    content = saved(made)
    begun = time.monotonic()
    found = read(content)
    assert len(found.rows) == 300
    assert time.monotonic() - begun < 5


def test_the_heads_of_the_sample_need_no_explaining(read):
    found = read(plain_list(("甲单位", *["x"] * 9)))
    assert (len(values(found)[0]), found.notes) == (len(HEADS), ())


def test_a_list_as_text_keeps_its_long_numbers(read):
    rows = [
        "单位名称,统一社会信用代码,联系电话",
        f"甲单位,{credit_code(11)},13839112345",
        "乙单位,9.1410E+17,0391-7700002",
    ]
    found = read("\r\n".join(rows).encode("gb18030"))
    assert [row["credit_code"] for row in values(found)] == [credit_code(11), "9.1410E+17"]
    assert [note.code for note in found.notes] == ["workbook.note_read_from_text"]


def test_hidden_rows_are_read_and_marked(read):
    made = Workbook()
    fill(made.active, [("单位名称", "类别"), ("甲单位", "机关"), ("乙单位", "机关")])
    made.active.row_dimensions[3].hidden = True
    assert [row.hidden for row in read(saved(made)).rows] == [False, True]


def test_thousands_of_merged_areas_and_rows_that_look_like_heads_take_no_time(read):
    made = Workbook()
    fill(made.active, [("单位名称", "备注"), *((f"第{number}单位", "备注", "备注") for number in range(3000))])
    for number in range(2, 3000):
        made.active.merged_cells.add(f"D{number}:E{number}")
    content = saved(made)
    begun = time.monotonic()
    assert len(read(content).rows) == 3000
    assert time.monotonic() - begun < 5
