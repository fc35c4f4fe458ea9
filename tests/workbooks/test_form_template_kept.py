"""Everything an office made in its workbook is there after it was filled in; only cells with placeholders differ."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.workbooks.form_templates import (
    PICTURE,
    PLAIN,
    data,
    old_file,
    parts,
    raw_cells,
    replaced,
    sheet_of,
    values,
    with_parts,
)
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.form_templates.cells import MOST_CELLS
from wufei_cells.workbooks.form_templates.filling import check_template, fill_template

# openpyxl, with which results are looked at here, says what it cannot keep.
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
SHEET, MAIN = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def office_workbook() -> bytes:
    """A form with everything that gets lost when openpyxl saves it, and more."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("评分")
    other = workbook.add_worksheet("汇总")
    look = workbook.add_format({"border": 2, "bold": True, "num_format": "0.0"})
    sheet.insert_image("H1", "logo.png", {"image_data": io.BytesIO(PICTURE)})
    sheet.write_string("A1", "{{单位名称}}")
    sheet.write_string("B1", "合计", look)
    for row in range(4):
        sheet.write_string(row + 2, 0, "{{条款.内容}}")
        sheet.write_string(row + 2, 1, "{{条款.得分}}", look)
        sheet.write_formula(row + 2, 2, f"=B{row + 3}*2", None, 99)
    sheet.write_formula("C1", "=SUM(B3:B6)", look, 4711)
    sheet.write_formula("D1", '=IF(C1>1,"多","少")', None, "旧")
    sheet.write_comment("A1", "盖章处")
    sheet.conditional_format("B3:B6", {"type": "data_bar"})
    sheet.conditional_format("B3:B6", {"type": "cell", "criteria": "<", "value": 2, "format": look})
    sheet.data_validation("E1", {"validate": "list", "source": ["是", "否"]})
    sheet.merge_range("A8:C8", "签字")
    sheet.set_header("&C焦作市&R第 &P 页")
    sheet.repeat_rows(0, 1)
    sheet.print_area("A1:H20")
    sheet.freeze_panes(2, 0)
    sheet.protect("geheim")
    workbook.define_name("总分", "=评分!$C$1")
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"categories": "=评分!$A$3:$A$6", "values": "=评分!$B$3:$B$6"})
    other.insert_chart("A1", chart)
    other.insert_textbox("A30", "", {"textlink": "=评分!$A$1"})  # keeps a copy of the cell, as charts do
    other.write_formula("A20", "=总分", None, 5)
    other.add_sparkline("B20", {"range": "评分!B3:B6"})
    workbook.close()
    return target.getvalue()


@pytest.fixture(scope="module")
def template() -> bytes:
    return office_workbook()


@pytest.fixture(scope="module")
def content(template) -> bytes:
    return fill_template(template, "t.xlsx", data())


def test_every_part_but_sheets_and_their_list_is_the_same_byte_for_byte(template, content):
    before, after = parts(template), parts(content)
    assert list(before) == list(after)
    # This list of sheets asks for calculation already.
    assert {name for name in before if before[name] != after[name]} == {SHEET, "xl/worksheets/sheet2.xml"}
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/comments1.xml"} <= set(after)


def test_in_a_sheet_only_cells_with_placeholders_change_and_formulas_lose_their_old_results(template, content):
    before, after = raw_cells(template), raw_cells(content)
    assert before.keys() == after.keys()
    changed = {place for place in before if before[place] != after[place]}
    assert changed == {"A1", *(f"{column}{row}" for row in range(3, 7) for column in "ABC"), "C1", "D1"}
    assert (after["C1"], after["D1"]) == (
        re.sub("<v>.*</v>", "", before["C1"]),
        '<c r="D1"><f>IF(C1&gt;1,"多","少")</f></c>',
    )

    def around(xml: bytes) -> str:
        text = re.sub(r'<c r="[A-Z]+\d+"[^>]*?(?:/>|>.*?</c>)', "", xml.decode(), flags=re.DOTALL)
        return re.sub(r'(<row [^>]*?) ht="[\d.]+"', r"\1", text)

    assert around(parts(template)[SHEET]) == around(parts(content)[SHEET])
    assert re.sub("<v>5</v>", "", parts(template)["xl/worksheets/sheet2.xml"].decode()) == (
        parts(content)["xl/worksheets/sheet2.xml"].decode()
    )


def test_formats_stay_with_the_cells_that_are_filled_in_also_with_those_left_empty(content):
    sheet = load_workbook(io.BytesIO(content))["评分"]
    assert [sheet[f"B{row}"].value for row in range(3, 7)] == [1, None, 3, None]
    assert {sheet[f"B{row}"].number_format for row in range(3, 7)} == {"0.0"}
    assert {sheet[f"B{row}"].border.left.style for row in range(3, 7)} == {"medium"}


def test_programs_are_asked_to_calculate_and_nothing_else_in_the_list_of_sheets_changes(template, content):
    before, after = parts(template)[MAIN].decode(), parts(content)[MAIN].decode()
    assert before.count('fullCalcOnLoad="1"') == after.count('fullCalcOnLoad="1"') == 1
    assert "总分" in after


@pytest.mark.parametrize(
    "settings", ["", '<calcPr calcId="1" calcMode="manual"/>', "<calcPr fullCalcOnLoad='0'></calcPr>"]
)
def test_the_settings_of_calculation_are_kept_but_for_that(settings):
    template = replaced(
        sheet_of({"A1": "{{单位名称}}"}), MAIN, '<calcPr calcId="124519" fullCalcOnLoad="1"/>', settings
    )
    after = parts(fill_template(template, "t.xlsx", data()))[MAIN].decode()
    assert len(re.findall(r'<calcPr[^>]* fullCalcOnLoad="1"', after)) == after.count("fullCalcOnLoad") == 1
    assert re.search(r"</sheets>(<definedNames>.*</definedNames>)?<calcPr", after)
    assert ('calcMode="manual"' in after) == ("manual" in settings)


def test_the_order_of_calculation_still_names_exactly_the_formulas():
    template = sheet_of({"A1": "{{合计得分}}", "B1": "=A1*2", "B2": "=B1+1"})
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = b'<calcChain xmlns="%s"><c r="B1" i="1"/><c r="B2"/></calcChain>' % space
    template = with_parts(template, **{"xl/calcChain.xml": chain})
    content = fill_template(template, "t.xlsx", data())
    assert parts(content)["xl/calcChain.xml"] == chain
    assert {place for place, raw in raw_cells(content).items() if "<f>" in raw} == {"B1", "B2"}


def with_several_results() -> bytes:
    """A template with a shared formula in B, one with several results in C, which Excel 365 lets grow (``cm``)."""
    cells = {"A1": "{{合计得分}}", "A2": 1, "B1": "=A1*2", "B2": 2, "C1": "=A1", "C2": 4, "C3": 5, "D2": 6}
    template = sheet_of(cells)
    changes = {
        "<f>A1*2</f>": '<f t="shared" ref="B1:B2" si="0">A1*2</f>',
        '<c r="B2"><v>2</v></c>': '<c r="B2"><f t="shared" si="0"/><v>2</v></c>',
        '<c r="C1"><f>A1</f><v>7</v></c>': (
            '<c r="C1" t="str" cm="1"><f t="array" ref="C1:C3">A1:A3</f><v>{{等次}}</v></c>'
        ),
        '<c r="C2"><v>4</v></c>': '<c r="C2" t="str"><v>{{等次}}</v></c>',
    }
    for old, new in changes.items():
        template = replaced(template, SHEET, old, new)
    return template


def test_of_formulas_with_several_results_all_old_ones_go_and_none_is_taken_for_a_placeholder():
    cells = raw_cells(fill_template(with_several_results(), "t.xlsx", data(assessment__level="=1")))
    assert cells == {
        "A1": '<c r="A1"><v>86.5</v></c>',
        "A2": '<c r="A2"><v>1</v></c>',
        "B1": '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c>',
        "B2": '<c r="B2"><f t="shared" si="0"/></c>',
        "C1": '<c r="C1" cm="1"><f t="array" ref="C1:C3">A1:A3</f></c>',
        "C2": '<c r="C2"></c>',
        "C3": '<c r="C3"></c>',
        "D2": '<c r="D2"><v>6</v></c>',
    }


def test_the_same_template_and_data_give_the_same_bytes(template):
    assert fill_template(template, "t.xlsx", data()) == fill_template(template, "t.xlsx", data())


def test_a_row_grows_for_wrapped_text_where_nobody_has_set_its_height():
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("表")
    sheet.set_column(0, 1, 10)
    wraps = workbook.add_format({"text_wrap": True})
    for row in range(4):
        sheet.write_string(row, 0, "{{单位地址}}", wraps if row != 1 else None)
    sheet.set_row(2, 21)
    sheet.merge_range("A5:B5", "{{单位地址}}", wraps)
    workbook.close()
    content = fill_template(target.getvalue(), "t.xlsx", data(site__address="焦作市山阳区人民路" * 5))
    rows = load_workbook(io.BytesIO(content)).worksheets[0].row_dimensions
    assert rows[1].height > 90
    assert rows[2].height is None, "text that is not wrapped needs no room below"
    assert rows[3].height == 21, "somebody has set this height"
    assert 15 < rows[5].height < rows[1].height, "merged cells have room side by side"


# --- what cannot be filled in


def with_chart_title() -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("图")
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=图!$A$1:$A$2"})
    chart.set_title({"name": "{{单位名称}}得分"})
    sheet.insert_chart("B2", chart)
    sheet.insert_textbox("B20", "{{今天}}")
    sheet.write_comment("A1", "{{等次}}")
    sheet.set_footer("&L{{填表人}}")
    workbook.close()
    return target.getvalue()


def test_placeholders_that_stand_in_no_cell_are_told_with_their_sheet():
    found = check_template(with_chart_title(), "t.xlsx")
    assert sorted((problem.code, problem.place, problem.values["found"]) for problem in found) == [
        ("form_template.in_chart", "图", "{{单位名称}}"),
        ("form_template.in_comment", "图", "{{等次}}"),
        ("form_template.in_drawing", "图", "{{今天}}"),
        ("form_template.in_head_foot", "图", "{{填表人}}"),
    ]
    (named,) = check_template(sheet_of({"A1": "{{今天}}"}, title="{{城市}}"), "t.xlsx")
    assert named.code == "form_template.in_sheet_name"


def test_the_head_of_a_table_must_not_change_because_the_table_knows_it_too():
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("表")
    sheet.add_table("A1:B4", {"columns": [{"header": "{{等次}}"}, {"header": "分"}]})
    sheet.write_string("A2", "{{条款.A1.内容}}")
    workbook.close()
    (problem,) = check_template(target.getvalue(), "t.xlsx", data())
    assert (problem.code, problem.place) == ("form_template.in_table_head", "表!A1")


def zipped(**named: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in named.items():
            archive.writestr(name, part)
    return target.getvalue()


def macros() -> bytes:
    plain = sheet_of({"A1": "{{今天}}"})
    return replaced(plain, "[Content_Types].xml", "openxmlformats-officedocument.spreadsheetml.sheet.main",
                    "ms-excel.sheet.macroEnabled.main")  # fmt: skip


def test_what_is_no_plain_workbook_is_refused_with_a_reason():
    plain = sheet_of({"A1": "{{今天}}"})
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    cases = {
        "form_template.old_excel": old_file("Workbook"),
        "workbook.password": old_file("EncryptedPackage"),
        "workbook.unknown_ole": old_file("WordDocument"),
        "form_template.other_office": zipped(**{"xl/workbook.bin": b"x"}),
        "workbook.no_workbook": b"name,total",
        "workbook.pdf": b"%PDF-1.7",
        "workbook.document": zipped(**{"word/document.xml": b"<w/>"}),
        "form_template.macros": macros(),
        "workbook.damaged": with_parts(plain, **{SHEET: bomb}),
        "workbook.no_sheets": with_parts(plain, **{SHEET: None}),
        "workbook.content_too_large": with_parts(plain, **{"xl/media/image1.png": bytes(40_000_001)}),
        "workbook.too_much_inside": with_parts(
            plain, **{SHEET: b"<worksheet>" + b"<c/>" * 4_000_000 + b"</worksheet>"}
        ),
        "workbook.file_too_large": b"PK\x03\x04" + b"x" * 20_000_001,
    }
    for code, content in cases.items():
        with pytest.raises(ProblemsFound) as refused:
            fill_template(content, "t.xlsx", data())
        assert [problem.code for problem in refused.value.problems] == [code]
    (hidden,) = check_template(with_parts(plain, **{"xl/vbaProject.bin": b"x"}), "t.xlsx")
    assert hidden.code == "form_template.macros"


@pytest.mark.parametrize(
    "sheet", [b"", b"<worksheet>", b"<worksheet><c r='A1'", b"\xff\xfe<\x00a\x00", b"<a><c t='s'><v>9"]
)
def test_a_damaged_sheet_is_told_and_never_a_crash(sheet):
    (problem,) = check_template(with_parts(sheet_of({"A1": "{{今天}}"}), **{SHEET: sheet}), "t.xlsx")
    assert problem.code == "workbook.damaged"


SCRAPS = [b"<", b">", b"{{", b"}}", b"/", b'"', b"&#0;", "²".encode(), b"99999999999", b"<c/>", b"<f>", b"<row>"]


@given(part=st.sampled_from(sorted(parts(office_workbook()))), at=st.floats(0, 0.999), cut=st.integers(0, 30),
       scrap=st.sampled_from(SCRAPS))  # fmt: skip
@settings(deadline=None, max_examples=80)
def test_a_file_with_a_scrap_in_any_part_is_filled_in_or_told_and_never_a_crash(template, part, at, cut, scrap):
    content = parts(template)[part]
    place = int(at * len(content))
    broken = with_parts(template, **{part: content[:place] + scrap + content[place + cut :]})
    problems = check_template(broken, "t.xlsx", data())
    assert all(problem.code.startswith(("form_template.", "workbook.")) for problem in problems)
    with contextlib.suppress(ProblemsFound):
        parts(fill_template(broken, "t.xlsx", data()))


def test_more_texts_than_any_form_has_are_refused_in_time():
    sheet = b"<worksheet><sheetData><row>" + b'<c t="s"><v>0</v></c>' * 10 + b"</row>"
    many = sheet + b'<row><c t="s"><v>0</v></c></row>' * MOST_CELLS
    plain = with_parts(sheet_of({"A1": "{{今天}}"}), **{SHEET: many + b"</sheetData></worksheet>"})
    (problem,) = check_template(plain, "t.xlsx")
    assert problem.code == "form_template.too_many_cells"


def test_what_was_saved_as_a_template_becomes_a_workbook():
    plain = sheet_of({"A1": "{{等次}}"})
    template = replaced(plain, "[Content_Types].xml", "sheet.main+xml", "template.main+xml")
    content = fill_template(template, "t.xltx", data())
    assert parts(content)["[Content_Types].xml"] == parts(plain)["[Content_Types].xml"]
    assert values(content) == {"A1": "优秀"}


# --- real LibreOffice


TITLE, RARE = 'O\'Neill "评分" & <表>', "䶮㳇鿍𬇙\u200f\u05e9\u05dc \U0001f3eb"


def awkward_workbook() -> bytes:
    """A form with what spreadsheet programs write each in their own way."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, PLAIN)
    sheet = workbook.add_worksheet(TITLE)
    sheet.right_to_left()
    red, wraps = workbook.add_format({"bold": True, "color": "#FF0000"}), workbook.add_format({"text_wrap": True})
    sheet.write_string("A1", "".join(["{{单位名称}}"] * 20), wraps)
    sheet.write_rich_string("A2", "得{", red, "{合计得分", "}}分")
    sheet.merge_range("A3:D4", "{{单位地址}}", red)
    sheet.write_string("A5", "{{评估日期}}", workbook.add_format({"num_format": "yyyy-mm-dd"}))
    for row in range(6, 9):
        sheet.write_string(row, 0, f"{RARE}{{{{条款.内容}}}}{RARE}")
        sheet.write_string(row, 1, "{{条款.得分}}")
        sheet.write_formula(row, 2, f"=B{row + 1}*2")
    sheet.write_array_formula("D7:D9", "{=B7:B9*3}")
    sheet.write_formula("E7", "=SUM('O''Neill \"评分\" & <表>'!B7:B9)")
    workbook.close()
    return target.getvalue()


def test_libreoffice_works_out_formulas_over_what_was_filled_in_also_of_a_form_that_it_saved_itself(
    office, content, tmp_path
):
    form, file, again = (tmp_path / name for name in ("form.xlsx", "filled.xlsx", "again.xlsx"))
    form.write_bytes(awkward_workbook())
    (tmp_path / "out").mkdir()
    (open_document,) = office.convert([form], "ods", tmp_path)
    (saved,) = office.convert([open_document], "xlsx", tmp_path / "out")
    file.write_bytes(content)
    again.write_bytes(fill_template(saved.read_bytes(), "t.xlsx", data(site__name=RARE)))
    (refused,) = check_template(open_document.read_bytes(), "t.ods")
    assert refused.code == "form_template.other_office"
    saved, mine = office.convert([file, again], "xlsx", tmp_path / "out")
    workbook = load_workbook(saved, data_only=True)
    sheet = workbook["评分"]
    assert (sheet["C1"].value, sheet["D1"].value, sheet["C3"].value, sheet["C5"].value) == (4, "多", 2, 6)
    assert (sheet["A1"].value, workbook["汇总"]["A20"].value) == ("焦作市䶮泉路小学", 4)
    sheet = load_workbook(mine, data_only=True)[TITLE]
    assert [sheet[place].value for place in ("A1", "A2", "A3")] == [RARE * 20, "得86.5分", None]
    assert sheet["A5"].value == datetime(2026, 11, 22)  # noqa: DTZ001 - a day in a workbook has no zone
    assert [[sheet.cell(row, column).value for column in (1, 2, 3, 4)] for row in (7, 8, 9)] == [
        [f"{RARE}第1条{RARE}", 1, 2, 3],
        [f"{RARE}第2条{RARE}", None, 0, 0],
        [f"{RARE}第3条{RARE}", 3, 6, 9],
    ]
    assert sheet["E7"].value == 4
