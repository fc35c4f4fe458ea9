"""A clerk fills in the workbook with a paper form beside it: what is understood, and how mistakes are told."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.workbooks.authoring_sheets import (
    NAME,
    ROOT,
    Filling,
    school,
    shipped_documents,
    whole_catalogue,
    wording,
)
from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.checklists.reading import read_source
from wufei_cells.workbooks.authoring.condition_text import ConditionText, Names, SheetTextError
from wufei_cells.workbooks.authoring.rule_text import RuleText
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.authoring.workbook_reading import read_checklist_workbook
from wufei_cells.workbooks.sheet_source import IN_SHEETS
from wufei_cells.workbooks.vocabulary import Vocabulary

WORDS = Vocabulary(wording())
RULES = RuleText(WORDS)


def said(source) -> list[str]:
    return [wording().problem(problem) for problem in source.cautions]


# --- from an empty workbook to a sound checklist


def test_an_empty_workbook_names_every_cell_that_must_be_filled():
    places = [line.partition("）")[0] for line in Filling().said()]
    assert places[:4] == [
        f"工作表“基本”第 {row} 行 B 列（{label}" for row, label in enumerate(["代号", "版次", "标题", "类别代号"], 2)
    ]
    assert Filling().said()[-2:] == ["工作表“等次”: “等次”还没有填。请补上。", "工作表“条款”: “条款”还没有填。请补上。"]


def test_a_paper_form_becomes_a_checklist_without_a_single_key():
    source = school(Filling()).read()
    checklist = read_source(source)
    assert [item.key for item in checklist.items()] == ["A1", "A2", "B1", "B2", "X1"]
    assert [item.number for item in checklist.items()][:2] == ["1.1", "1.2"]
    assert (str(checklist.full), checklist.effective_from.isoformat()) == ("30", "2026-03-01")
    assert checklist.grades[0].groups_at_least == 50, "50 % typed as text"
    assert "工作表“条款”第 2 行 A 列: 这张表有 9 行没有写代号，程序按次序补上了，第一个是 G1。" in said(source)[1]


def test_the_rules_of_that_form_are_understood():
    data = without_defaults(school(Filling()).read().data)
    rules = {item["key"]: item["rule"] for group in data["groups"] for item in group["items"]}
    assert rules["A1"]["levels"][1] == {"key": "b", "text": "只有其一", "points": "2"}
    assert rules["A2"] == {"count": {"text": "垃圾分类课", "unit": "节"}, "steps": {"points": "2", "cap": "10"}}
    assert rules["B1"] == {
        "share": {"part": "分类正确的桶", "whole": "抽查的桶", "unit": "个"},
        "steps": {"points": "-1", "short_of": "90"},
    }
    assert data["groups"][1]["items"][1]["applies"] == {"all": [{"fact": "f1"}, {"fact": "pupils", "at_least": "100"}]}


def test_every_mistake_is_told_at_once_with_its_cell():
    filling = school(Filling())
    filling.put("条款", 4, 规则="分级：齐全；x", 满分="五分")
    filling.put("条款", 5, 检查方式="看看", 评分标准=None)
    filling.put("条款", 8, 适用条件="有食堂")
    filling.put("等次", 2, 总分不低于=None)
    filling.basics(生效日期="明年")
    lines = filling.said()
    assert [re.match(r"工作表“(.+)”第 (\d+) 行 ([A-Z]+) 列（(.+?)）:", line).groups() for line in lines] == [
        ("基本", "10", "B", "生效日期"),
        ("等次", "2", "C", "总分不低于"),
        ("条款", "4", "F", "满分"),
        ("条款", "4", "H", "规则"),
        ("条款", "5", "G", "评分标准"),
        ("条款", "5", "I", "检查方式"),
        ("条款", "8", "M", "适用条件"),
    ]
    assert lines[-2].endswith("“看看”不能填在这里。可以填：资料、现场、问卷。")


def test_mistakes_of_sense_are_told_in_words_of_the_workbook():
    filling = school(Filling())
    filling.put("条款", 3, 满分=14)
    filling.put("条款", 8, 来源="S9", 适用条件="pupils>=$none")
    filling.put("条款", 7, 规则="占比 a/b：≥85 得 10；≥60 得 5")
    lines = filling.said()
    assert any("第 3 行 F 列（满分）: 写的满分是 14，条款加起来是 15。" in line for line in lines)
    assert any("请在“来源”表添上" in line for line in lines)
    assert any("请在“参数”表添上" in line for line in lines)
    assert any("最后要有一档“其他”" in line for line in lines)


def test_a_row_that_cannot_be_placed_brings_no_complaint_of_totals():
    filling = school(Filling())
    filling.put("条款", 5, 类型="胡写")
    assert [problem.code for problem in filling.problems()] == ["authoring.word"]
    filling.put("条款", 5, 类型="条款")
    filling.put("条款", 6, 层级=3)
    assert [problem.code for problem in filling.problems()] == ["authoring.level_jump"]


def test_mistakes_of_sense_and_of_form_are_told_together_in_order():
    filling = school(Filling())
    filling.put("条款", 3, 满分=14)
    filling.put("条款", 8, 检查方式="看看", 来源="S9")
    assert [problem.code for problem in filling.problems()] == [
        *("checklist.total", "authoring.word", "authoring.sheet_unknown_source"),
    ]


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("每项加 1，最低 6，最高 5", "最低 6 分高于最高 5 分。请改正其中一处。"),
        ("每 0 项加 1", "“每”后面的数是 0，每一步要大于 0。请改正。"),
        ("占比 甲/乙：每 1 扣 1，低于 90，超过 95", "“低于”和“超过”只能写一个。请删去其中一个。"),
        ("占比 甲/乙：其他 得 10；≥85 得 5", "“其他”一档只能放在最后，后面的各档永远用不到。请移到最后。"),
    ],
)
def test_mistakes_in_one_cell_are_told_without_names_of_fields(rule, told):
    filling = school(Filling())
    filling.put("条款", 5, 规则=rule)
    assert f"工作表“条款”第 5 行 H 列（规则）: {told}" in filling.said()


ONLY_FILES = {
    "checklist.format",
    "formula.syntax",
    "field.not_mapping",
    "field.not_key",
    "rule.two_bounds",
    "rule.head",
}
"""What no cell can do wrong, or what names letters and not fields."""


def test_what_names_fields_of_a_file_is_said_otherwise_of_a_workbook():
    catalogue = whole_catalogue()
    named = {
        key
        for key, said in catalogue.items()
        if key.partition(".")[0] in ("checklist", "rule", "scoring", "field", "formula")
        and re.search(r"[A-Za-z]{2,}|- |\[", re.sub(r"\{\w+\}", "", said["zh"]))
    }
    assert named - ONLY_FILES - set(IN_SHEETS) == set()
    for twin in set(IN_SHEETS.values()):
        assert not re.search(r"[a-z]{3,}", re.sub(r"\{\w+\}", "", catalogue[twin]["zh"])), twin


def test_the_english_workbook_is_filled_in_and_corrected_in_english():
    filling = Filling(shipped_documents()["jiaozuo/mall"], "en")
    filling.put("Items", 2, **{"Checked by": "by ear"})
    told = "“by ear” cannot stand here. Possible are: documents, on site, survey."
    assert filling.said() == [f"sheet “Items”, row 2, column I (Checked by): {told}"]


def test_either_language_reads_the_workbook_of_the_other():
    document = shipped_documents()["luoyang/school"]
    source = read_checklist_workbook(write_checklist_workbook(document, wording("en")), NAME, wording("zh"))
    assert without_defaults(source.data) == without_defaults(document)


def test_what_the_document_shows_is_understood():
    shown = re.findall(
        r"^\| `([^`]+)` \| `([^`]+)` \|", (ROOT / "docs/checklist-workbook.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(shown) > 8
    for chinese, english in shown:
        for text in (chinese, english):
            assert RULES.read(text, "条款", "10"), text
    for text in re.findall(r"^\* `([^`]+)`", (ROOT / "docs/checklist-workbook.md").read_text("utf-8"), re.MULTILINE):
        assert ConditionText(WORDS, NAMES).read(text), text


# --- conditions

NAMES = Names({"设有食堂": "has_canteen", "非居民用户": "non_home", "类型": "kind"}, {"菜市场": "market"}, {}, {})
CONDITIONS = [
    ("has_canteen", {"fact": "has_canteen"}),
    ("设有食堂＝是", {"fact": "has_canteen"}),
    ("has_canteen=否", {"fact": "has_canteen", "is": "no"}),
    ("非居民用户", {"fact": "non_home"}),
    ("非 设有食堂", {"not": {"fact": "has_canteen"}}),
    ("类型=菜市场/mall", {"fact": "kind", "is": ["market", "mall"]}),
    ("类型≠菜市场", {"not": {"fact": "kind", "is": "market"}}),
    ("diners>=1000", {"fact": "diners", "at_least": "1000"}),
    ("diners ＜ $few", {"fact": "diners", "below": "$few"}),
    (
        "设有食堂且diners≥500或x",
        {"any": [{"all": [{"fact": "has_canteen"}, {"fact": "diners", "at_least": "500"}]}, {"fact": "x"}]},
    ),
    ("a and (b or c)", {"all": [{"fact": "a"}, {"any": [{"fact": "b"}, {"fact": "c"}]}]}),
    ("(a 且 b) 且 c", {"all": [{"all": [{"fact": "a"}, {"fact": "b"}]}, {"fact": "c"}]}),
    ("", None),
    ("a 且", None),
    ("a=", None),
    ("(a", None),
    ("a)", None),
    ("a >= b", None),
    ("没有这个名称", None),
    ("(" * 5000, None),
    ("非" * 5000, None),
]


@pytest.mark.parametrize(("text", "condition"), CONDITIONS, ids=[text[:20] for text, _ in CONDITIONS])
def test_a_condition_in_words(text, condition):
    if condition is None:
        with pytest.raises(SheetTextError):
            ConditionText(WORDS, NAMES).read(text)
    else:
        assert ConditionText(WORDS, NAMES).read(text) == condition
        for language in ("zh", "en"):
            texts = ConditionText(Vocabulary(wording(language)), NAMES)
            assert texts.read(texts.written(condition) or "") == condition


# --- the sheet of rules


def test_parts_without_a_row_that_adds_them_up_are_added_up():
    filling = school(Filling())
    filling.put("条款", 4, 规则="见规则")
    filling.put("规则", 2, 条款="A1", 部分="plan", 类型="是否", 名称="有方案", 分值=2)
    filling.put("规则", 3, 部分="person", 类型="分级", 名称="责任人")
    filling.put("规则", 4, 类型="级", 名称="专职", 分值=3)
    filling.put("规则", 5, 类型="级", 名称="没有", 分值=0)
    filling.put("条款", 4, 代号="A1")
    data = without_defaults(filling.read().data)
    assert data["groups"][0]["items"][0]["rule"] == {
        "sum": [
            {"key": "plan", "text": "有方案", "yes_no": "2"},
            {
                "key": "person",
                "text": "责任人",
                "levels": [{"key": "a", "text": "专职", "points": "3"}, {"key": "b", "text": "没有", "points": "0"}],
            },
        ]
    }
    assert filling.problems() == []


def test_rows_of_rules_that_belong_nowhere_are_told():
    filling = school(Filling())
    filling.put("条款", 4, 代号="A1")
    filling.put("规则", 2, 条款="A9", 类型="是否", 分值=5)
    filling.put("规则", 3, 条款="A1", 类型="级", 名称="专职", 分值=5)
    filling.put("规则", 4, 条款="A1", 类型="数值", 问什么="比值")
    filling.put("规则", 5, 类型="胡写")
    codes = [problem.code for problem in filling.problems()]
    assert codes == [
        *("authoring.two_rules", "authoring.unknown_item", "authoring.misplaced"),
        *("authoring.no_scale", "authoring.word"),
    ]


# --- what people do to workbooks


def test_columns_may_be_moved_and_added_and_rows_and_sheets_put_in_between():
    filling = Filling(shipped_documents()["jiaozuo/park"])
    sheet = filling.book["条款"]
    sheet.move_range(f"L1:L{sheet.max_row}", cols=20)
    sheet.cell(1, 12).value = "经办人"
    sheet.insert_rows(1, 2)
    sheet["A1"].value = "无废公园评估细则"
    sheet.cell(8, 40).value = "旁注"
    filling.book.create_sheet("汇总")["A1"].value = "x"
    source = filling.read()
    assert without_defaults(source.data) == without_defaults(shipped_documents()["jiaozuo/park"])
    assert said(source) == [
        "工作表“条款”第 3 行 L 列: “经办人”这一列不认识，没有读取。",
        "工作表“汇总”: 工作表“汇总”不是评估标准的一部分，没有读取。",
    ]


def test_a_merged_cell_speaks_for_all_its_rows_where_that_makes_sense():
    filling = school(Filling())
    filling.put("条款", 4, 检查方式="现场", 佐证材料="照片")
    filling.put("条款", 5, 检查方式=None)
    filling.book["条款"].merge_cells("I4:I5")
    filling.book["条款"].merge_cells("J4:J5")
    items = without_defaults(filling.read().data)["groups"][0]["items"]
    assert [(item["verify"], item["evidence"]) for item in items] == [(["site"], "照片"), (["site"], "照片")]


def test_numbers_come_as_people_and_programs_write_them():
    filling = school(Filling())
    for value, expected in (
        (10, "10"),
        (10.0, "10"),
        (0.1 + 0.2, "0.3"),
        ("10 分", "10"),
        ("１０", "10"),
        ("1,000", "1000"),
    ):
        filling.put("条款", 5, 满分=value)
        assert filling.read().data["groups"][0]["items"][1]["full"] == expected


def test_a_cell_shown_as_percentage_is_read_as_it_is_seen():
    filling = school(Filling())
    filling.put("等次", 2, 各组不低于_=0.55)
    filling.book["等次"]["D2"].number_format = "0%"
    assert filling.read().data["scoring"]["grades"][0]["groups_at_least"] == "55"


@pytest.mark.parametrize(
    "written", [46082, "46082", "2026-03-01", "2026/3/1", "2026.3.1", "２０２６年３月１日", "2026-03-01 00:00:00"]
)
def test_dates_come_as_people_and_programs_write_them(written):
    filling = school(Filling())
    filling.basics(生效日期=written)
    if isinstance(written, int):
        filling.book["基本"]["B10"].number_format = "General"
    expected = written if written == "46082" else "2026-03-01"
    assert filling.read().data["effective_from"] == expected


def test_a_number_that_excel_made_a_date_is_told():
    from datetime import date  # noqa: PLC0415 - one test needs it

    filling = school(Filling())
    filling.put("条款", 4, 编号=date(2026, 1, 1))
    assert any("这一格被存成了日期，读作 2026-01-01" in line for line in said(filling.read()))


def test_formulas_count_by_their_result_and_errors_are_told():
    filling = school(Filling())
    filling.put("条款", 4, 满分="=2+3")
    assert [problem.code for problem in filling.problems()] == ["authoring.no_result"]
    content = parts_changed(filling.content(), r"<f>2\+3</f><v\s*(/>|></v>)", "<f>2+3</f><v>5</v>")
    assert read_checklist_workbook(content, NAME, wording()).data["groups"][0]["items"][0]["full"] == "5"
    filling.put("条款", 4, 满分="#REF!")
    assert [problem.code for problem in filling.problems()] == ["authoring.cell_error"]


def parts_changed(content: bytes, old: str, new: str) -> bytes:
    """A workbook with other text in its sheets."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    changed = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = part.decode()
                text, count = re.subn(old, new, text)
                part, changed = text.encode(), changed + count
            copy.writestr(name, part)
    assert changed
    return target.getvalue()


# --- traits of WPS


def test_a_size_that_wps_states_wrongly_is_not_believed():
    document = shipped_documents()["jiaozuo/scenic"]
    content = write_checklist_workbook(document, wording())
    content = parts_changed(content, r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1:A1"/>')
    assert without_defaults(read_checklist_workbook(content, NAME, wording()).data) == without_defaults(document)


def test_cells_without_places_inline_texts_and_foreign_namespaces_are_read():
    rows = [["类型", "代号", "内容"], ["分组", "A", "一<r>二"]]
    content = bare_workbook("条款", rows)
    source = read_checklist_workbook(content, NAME, wording())
    assert source.data["groups"] == [{"key": "A", "text": {"zh": "一<r>二"}}]


def bare_workbook(title: str, rows: list[list[str]]) -> bytes:
    """The least that is a workbook, in the strict variant: no places, no styles, inline texts, no content types."""
    from xml.sax.saxutils import escape  # noqa: PLC0415 - one helper needs it

    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    related = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    cells = ["".join(f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row) for row in rows]
    lines = "".join(f"<row>{row}</row>" for row in cells)
    sheet = f'<worksheet xmlns="{strict}"><sheetData>{lines}</sheetData></worksheet>'
    listed = f'<sheets><sheet name="{title}" sheetId="1" r:id="a"/></sheets>'
    book = f'<workbook xmlns="{strict}" xmlns:r="{related}">{listed}</workbook>'
    relations = f'<Relationships><Relationship Id="a" Type="{related}/worksheet" Target="/xl/s.xml"/></Relationships>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/s.xml", sheet)
    return target.getvalue()


def test_pictures_in_cells_are_passed_over_and_told():
    filling = school(Filling())
    filling.put("条款", 4, 佐证材料='=_xlfn.DISPIMG("ID_1",1)')
    source = filling.read()
    assert source.noted == []
    assert any("这一格里是图片，没有读取。" in line for line in said(source))
