"""An office's own workbook, filled in: what becomes of its placeholders, and what is told of it before."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.workbooks.form_templates import PLAIN, data, raw_cells, replaced, sheet_of, values, with_parts
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.cell_text import LONGEST, clean_text
from wufei_cells.workbooks.form_templates.filling import check_template, fill_template
from wufei_cells.workbooks.form_templates.text import CellText, Run
from wufei_cells.workbooks.reading.workbook import read_workbook
from wufei_cells.workbooks.reading.xlsx_cells import unescaped


def filled(cells, *, given=None, **more) -> dict[str, object]:
    return values(fill_template(sheet_of(cells, **more), "t.xlsx", given or data()))


def told(content: bytes, given=None) -> list[tuple[str, str]]:
    return [(problem.code.partition(".")[2], problem.place) for problem in check_template(content, "t.xlsx", given)]


# --- what is filled in


def test_numbers_become_numbers_and_text_stays_text():
    cells = {"A1": "{{合计得分}}", "A2": "{{单位名称}}", "A3": "得{{合计得分}}分，{{等次}}", "A4": "{{单位情况.人数}}"}
    found = filled(cells)
    assert found == {"A1": 86.5, "A2": "焦作市䶮泉路小学", "A3": "得86.5分，优秀", "A4": 12}


@pytest.mark.parametrize("name", ["单位名称", "site.name", " Site . Name ", "ＳＩＴＥ．ｎａｍｅ"])
def test_chinese_and_english_names_mean_the_same_in_any_case_and_width(name):
    assert filled({"A1": f"{{{{{name}}}}}", "A2": f"｛｛{name}｝｝"}) == dict.fromkeys(("A1", "A2"), "焦作市䶮泉路小学")


def test_what_is_not_known_leaves_the_cell_empty_never_nought():
    content = fill_template(
        sheet_of({"A1": "{{联系电话}}", "A2": "{{条款.A2.得分}}", "A3": "{{证书编号}}", "A4": "电话：{{联系电话}}"}),
        "t.xlsx",
        data(),
    )
    assert values(content) == {"A4": "电话："}
    assert raw_cells(content)["A2"] == '<c r="A2"/>'


def test_entries_are_called_by_number_or_by_key_or_at_the_top_by_position():
    cells = {
        "A1": "{{条款.A3.得分}}",
        "A2": "{{item.key3.points}}",
        "A3": "{{一级指标.1.得分}}",
        "A4": "{{指标.org.满分}}",
    }
    cells |= {"A5": "{{group.A.1.points}}", "A6": "{{前置条件.g1.结果}}", "A7": "{{site.fact.canteen}}"}
    expected = [3, 3, 12, 15, 5, "符合", "是"]
    assert list(filled(cells).values()) == expected


def test_each_row_takes_the_next_item_and_rows_left_over_become_empty():
    cells = {}
    for row in range(2, 8):
        if row != 4:  # a subtotal stands between the rows
            cells |= {f"A{row}": "{{条款.序号}}", f"B{row}": "（{{条款.内容}}）", f"C{row}": "{{条款.得分}}"}
    content = fill_template(sheet_of(cells | {"A4": "小计", "C4": "=SUM(C2:C3)"}), "t.xlsx", data())
    assert values(content) == {
        "A2": "A1", "B2": "（第1条）", "C2": 1, "A3": "A2", "B3": "（第2条）", "A4": "小计", "C4": "=SUM(C2:C3)",
        "A5": "A3", "B5": "（第3条）", "C5": 3,
    }  # fmt: skip


def test_groups_and_gates_have_rows_of_their_own_beside_each_other():
    cells = {"A1": "{{指标.名称}}", "A2": "{{指标.名称}}", "B2": "{{前置条件.内容}}"}
    assert filled(cells) == {"A1": "组织", "A2": "食堂", "B2": "没有违法"}


def test_every_sheet_begins_with_the_first_item_and_one_can_be_left_alone():
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    for title in ("甲", "乙", "说明"):
        sheet = workbook.add_worksheet(title)
        for row in range(3):
            sheet.write_string(row, 0, "{{条款.序号}}")
    sheet.write_string(3, 0, "{{本表不填}} {{没有这个}} {{")
    workbook.close()
    content = fill_template(target.getvalue(), "t.xlsx", data())
    assert values(content, "甲") == values(content, "乙") == {"A1": "A1", "A2": "A2", "A3": "A3"}
    assert values(content, "说明")["A1"] == "{{条款.序号}}"


# --- days


def day_cells(formats: dict[str, str], *, options: dict[str, object] | None = None) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {**PLAIN, **(options or {})})
    sheet = workbook.add_worksheet("表")
    for place, code in formats.items():
        sheet.write_string(place, "{{评估日期}}", workbook.add_format({"num_format": code}))
    workbook.close()
    return target.getvalue()


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_a_day_is_a_day_where_the_format_shows_days_and_readable_text_elsewhere(options):
    codes = {"A1": 'yyyy"年"m"月"d"日"', "A2": "General", "A3": "0.00", "A4": "@", "A5": "yyyy-mm-dd"}
    found = values(fill_template(day_cells(codes, options=options), "t.xlsx", data()))
    day = datetime(2026, 11, 22)  # noqa: DTZ001 - a day in a workbook has no zone
    assert found == {"A1": day, "A2": "2026-11-22", "A3": "2026-11-22", "A4": "2026-11-22", "A5": day}


def test_a_day_before_excel_counts_right_is_text():
    given = data(assessment__date=date(1900, 1, 31))
    assert values(fill_template(day_cells({"A1": "yyyy-mm-dd"}), "t.xlsx", given)) == {"A1": "1900-01-31"}


# --- text in any shape


def rich(*pieces: object) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("表")
    looks = {"bold": workbook.add_format({"bold": True, "color": "#FF0000"}), "big": workbook.add_format({"size": 20})}
    sheet.write_rich_string("A1", *(looks.get(str(piece), piece) for piece in pieces))
    workbook.close()
    return target.getvalue()


def test_a_placeholder_is_found_however_its_letters_look():
    template = rich("单位：{", "bold", "{单位", "big", "名称}}，得", "{{合计得分}} 分")
    content = fill_template(template, "t.xlsx", data())
    cell = load_workbook(io.BytesIO(content), rich_text=True).worksheets[0]["A1"].value
    assert str(cell) == "单位：焦作市䶮泉路小学，得86.5 分"
    assert [str(run) for run in cell][:3] == ["单位：", "焦作市䶮泉路小学", "，得"], "it looks like its first letter"
    assert (cell[1].font.b, cell[2].font.sz) == (True, 20)


@given(st.lists(st.sampled_from(["{{", "}}", "今天", "等次", "{{等次}}", "甲", "{", " "]), max_size=14), st.data())
@settings(deadline=None, max_examples=100)
def test_however_a_text_is_cut_into_looks_the_same_is_filled_in(pieces, draw):
    text = "".join(pieces)
    cuts = sorted(draw.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edges = list(zip([0, *cuts], [*cuts, len(text)], strict=True))
    cut = CellText(tuple(Run(text[start:end], (("sz", (("val", str(number)),)),)) for number, (start, end)
                         in enumerate(edges)))  # fmt: skip
    whole = CellText((Run(text),)).filled(lambda name: f"[{name}]")
    assert "".join(run.text for run in cut.filled(lambda name: f"[{name}]")) == "".join(run.text for run in whole)


def test_a_placeholder_alone_keeps_the_look_of_its_first_letter_and_a_number_is_one_all_the_same():
    content = fill_template(rich("bold", "{{单位", "big", "名称}}"), "t.xlsx", data())
    (run,) = load_workbook(io.BytesIO(content), rich_text=True).worksheets[0]["A1"].value
    assert (run.text, run.font.b) == ("焦作市䶮泉路小学", True)
    assert values(fill_template(rich("bold", "{{合计", "big", "得分}}"), "t.xlsx", data())) == {"A1": 86.5}


def test_text_that_stands_in_the_cell_itself_is_understood_too():
    template = replaced(
        sheet_of({"A1": "x", "A2": "x"}), "xl/worksheets/sheet1.xml", '<c r="A1" t="s"><v>0</v></c>',
        '<c r="A1" t="inlineStr"><is><r><t>{{单位</t></r><r><rPr><b/></rPr><t>名称}}&amp;</t></r></is></c>'
        '<c t="str"><v>{{合计得分}}</v></c>',
    )  # fmt: skip
    assert values(fill_template(template, "t.xlsx", data())) == {"A1": "焦作市䶮泉路小学&", "B1": 86.5, "A2": "x"}


def test_the_names_of_elements_may_have_a_prefix():
    template = sheet_of({"A1": "{{单位名称}}", "B1": "=1+1"})
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        for name in ("worksheet", "workbook", "sst"):
            template = with_prefix(template, part, name)
    content = fill_template(template, "t.xlsx", data())
    assert values(content) == {"A1": "焦作市䶮泉路小学", "B1": "=1+1"}


def with_prefix(content: bytes, part: str, root: str) -> bytes:
    import re  # noqa: PLC0415

    from tests.workbooks.form_templates import parts  # noqa: PLC0415

    text = parts(content)[part].decode()
    if f"<{root} " not in text:
        return content
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text).replace(' xmlns="', ' xmlns:x="')
    return with_parts(content, **{part: text.encode()})


# --- what must never become a command


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "=1+1", "'x"])
def test_a_name_that_looks_like_a_formula_stays_text_also_when_somebody_edits_it(name):
    template = sheet_of({"A1": "{{单位名称}}", "A2": "{{今天}}"})
    content = fill_template(template, "t.xlsx", data(site__name=name))
    cell = load_workbook(io.BytesIO(content)).worksheets[0]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    assert not load_workbook(io.BytesIO(content)).worksheets[0]["A2"].quotePrefix


def test_the_mark_of_such_text_keeps_the_look_of_the_cell():
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("表")
    look = workbook.add_format({"bold": True, "bg_color": "#FFFF00", "align": "center", "text_wrap": True})
    sheet.write_string("A1", "{{单位名称}}", look)
    sheet.write_string("A2", "{{单位名称}}")
    sheet.write_string("A3", "别的", look)
    workbook.close()
    content = fill_template(target.getvalue(), "t.xlsx", data(site__name="=1+1"))
    cells = load_workbook(io.BytesIO(content)).worksheets[0]
    assert [cells[place].font.b for place in ("A1", "A2", "A3")] == [True, False, True]
    assert cells["A1"].fill.fgColor.rgb == cells["A3"].fill.fgColor.rgb
    assert [cells[place].quotePrefix for place in ("A1", "A2", "A3")] == [True, True, False]


def test_a_long_name_of_sixty_characters_and_a_text_too_long_for_a_cell():
    name = "䶮㳇鿍𬇙" * 15
    content = fill_template(sheet_of({"A1": "{{单位名称}}", "A2": "又{{地址}}".replace("地址", "单位地址")}), "t.xlsx",
                            data(site__name=name, site__address="长" * 40_000))  # fmt: skip
    found = values(content)
    assert found["A1"] == name
    assert len(str(found["A2"])) == LONGEST
    assert str(found["A2"]).startswith("又长")
    assert str(found["A2"]).endswith("…")


@given(text=st.text(max_size=60), around=st.text("甲乙 =&<>\"'_x{", max_size=6))
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_as_it_was(text, around):
    before = "字" + around.replace("{{", "{").rstrip("{")  # without it, "=" would begin a formula of the template
    cells = {"A1": "{{单位名称}}", "A2": f"{before}{{{{单位名称}}}}!"}
    content = fill_template(sheet_of(cells), "t.xlsx", data(site__name=text))
    read = {place: unescaped(str(value)) for place, value in values(content).items()}
    clean = unescaped(clean_text(text))
    assert read.get("A1", "") == clean
    assert read["A2"] == unescaped(clean_text(f"{before}{text}!"))
    mine = {
        cell.row: cell.text for row in read_workbook(content, "t.xlsx").sheets[0].rows.values() for cell in row.values()
    }
    assert mine.get(1, "") == (clean if clean.strip() else "")


@given(number=st.decimals(-(10**9), 10**9, places=2))
@settings(deadline=None, max_examples=30)
def test_any_number_comes_back_as_it_was(number):
    content = fill_template(sheet_of({"A1": "{{合计得分}}"}), "t.xlsx", data(assessment__total=number))
    assert Decimal(str(values(content)["A1"])) == number


# --- what is told


def test_all_that_is_wrong_is_told_at_once_with_its_cell():
    template = sheet_of({
        "A1": "{{单位名}}", "A2": "{{条款.A9.得分}}", "A3": "{{条款.A1.分数}}", "B1": "{{单位名称}", "B2": "单位名称}}",
        "B3": '="{{单位名称}}"', "C1": "{{单位情况.食堂}}", "C2": "{{一级指标.Z.得分}}", "C3": "{{前置条件.G9.结果}}",
        "D1": "{{条款.序号}}", "D2": "{{条款.序号}}", "E1": "{{}}",
    })  # fmt: skip
    assert sorted(told(template, data())) == sorted([
        ("unknown", "表!A1"), ("no_item", "表!A2"), ("unknown", "表!A3"), ("unclosed", "表!B1"), ("unclosed", "表!B2"),
        ("in_formula", "表!B3"), ("no_fact", "表!C1"), ("no_group", "表!C2"), ("no_gate", "表!C3"),
        ("few_items", "表!D2"), ("unknown_at_all", "表!E1"),
    ])  # fmt: skip
    with pytest.raises(ProblemsFound) as refused:
        fill_template(template, "t.xlsx", data())
    assert len(refused.value.problems) == 11


def test_without_a_checklist_only_what_holds_for_every_checklist_is_told():
    template = sheet_of({"A1": "{{单位名}}", "A2": "{{条款.A9.得分}}", "D1": "{{条款.序号}}"})
    assert told(template) == [("unknown", "表!A1")]
    assert told(sheet_of({"A1": "没有"})) == [("none", "t.xlsx")]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("单位名", "{{单位名称}}"),
        ("site.nam", "{{site.name}}"),
        ("条款.A1.分", "{{条款.A1.得分}}"),
        ("item.A1.point", "{{item.A1.points}}"),
        ("单位情况人数", "{{单位情况.人数}}"),
    ],
)
def test_the_nearest_names_are_proposed(written, near):
    (problem,) = check_template(sheet_of({"A1": f"{{{{{written}}}}}"}), "t.xlsx", data())
    assert near in problem.values["near"]


def test_an_item_that_is_not_there_is_told_as_it_was_written_with_those_that_are():
    (problem,) = check_template(sheet_of({"A1": "{{条款.A9.得分}}"}), "t.xlsx", data())
    assert problem.values["found"] == "A9"
    assert problem.values["near"] == ("A3", "A2", "A1")


def test_too_few_rows_say_how_many_are_missing():
    (problem,) = check_template(sheet_of({"A1": "{{条款.内容}}"}), "t.xlsx", data(items=30))
    assert dict(problem.values) == {"missing": 29, "rows": 1, "needed": 30}
