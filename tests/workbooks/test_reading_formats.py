"""The same workbook reads the same in every format, written by real programs."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
import python_calamine

from tests.workbooks.authoring_sheets import shipped_documents, wording
from tests.workbooks.made_workbooks import NAME, notes, parts_of, rows, scores, texts, xlsx, zipped
from wufei_cells.checklists.defaults import without_defaults
from wufei_cells.services import checklist_files
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.reading.cells import CellKind
from wufei_cells.workbooks.reading.workbook import read_workbook

SCORES = {
    (1, 1): "编号",
    (1, 2): "得分",
    (1, 3): "比例",
    (1, 4): "日期",
    (1, 5): "公式",
    (1, 6): "文字",
    (2, 1): "A1",
    (2, 2): "2.5",
    (2, 3): "0.9",
    (2, 4): "2026-11-21",
    (2, 5): "5",
    (2, 6): "第A1",
    (3, 1): "隐藏的行",
    (3, 2): "0.3",
    (3, 3): "0.125",
    (3, 4): "1234567.5",
    (3, 5): "#DIV/0!",
    (3, 6): "yes",
    (4, 1): "00123",
    (4, 2): "123456789012346000",
    (4, 3): "两行\n文字",
    (4, 4): "一半粗体",
    (4, 5): "生僻字 𬇙",
    (4, 6): "=1+1",
    (6, 1): "合并",
}
FORMATS = ("xlsx", "xls", "ods")


@pytest.fixture(scope="session")
def saved(office, tmp_path_factory):
    """A scoresheet and a checklist, saved by LibreOffice in each format."""
    folder = tmp_path_factory.mktemp("formats")
    (folder / "scores.xlsx").write_bytes(not_calculated(scores()))
    (folder / "checklist.xlsx").write_bytes(write_checklist_workbook(shipped_documents()["jiaozuo/office"], wording()))
    files = [folder / "scores.xlsx", folder / "checklist.xlsx"]
    found = {("scores", "xlsx"): scores()}
    for ending in ("xls", "ods"):
        for file in office.convert(files, ending, folder):
            found[file.stem, ending] = file.read_bytes()
    return found


def not_calculated(content: bytes) -> bytes:
    """The same without results: LibreOffice writes a text that a formula gave as 0 into .xls, unless it calculates."""
    parts = parts_of(content)
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(rb' t="(?:str|e)"><f>([^<]*)</f><v>[^<]*</v>', rb"><f>\1</f>", parts[name])
    return zipped(parts)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_cell_reads_the_same(saved, ending):
    book = read_workbook(saved["scores", ending], NAME)
    assert (book.format, [sheet.title for sheet in book.sheets]) == (ending, ["打分", "很长", "藏起来"])
    assert texts(book) == SCORES
    assert texts(book, 1) == texts(read_workbook(scores(), NAME), 1)
    assert texts(book, 2) == {(3, 3): "x"}


@pytest.mark.parametrize("ending", FORMATS)
def test_what_a_cell_is_and_whether_it_is_seen_is_told(saved, ending):
    sheet, _long, hidden = read_workbook(saved["scores", ending], NAME).sheets
    cells = {place: cell for row in sheet.rows.values() for cell in row.values() for place in [(cell.row, cell.column)]}
    flag = {(3, 6)} if ending != "xlsx" else set()  # LibreOffice makes =TRUE() of it
    assert {place for place, cell in cells.items() if cell.formula} == {(2, 5), (2, 6), (3, 5)} | flag
    assert {place for place, cell in cells.items() if cell.percent} == {(2, 3), (3, 3)}
    assert {place for place, cell in cells.items() if cell.kind is CellKind.DATE} == {(2, 4)}
    assert {place for place, cell in cells.items() if cell.kind is CellKind.ERROR} == {(3, 5)}
    assert sheet.merged == [(6, 1, 7, 3)]
    assert {place for place, cell in cells.items() if sheet.is_hidden(cell)} == {
        *((3, column) for column in range(1, 7)),
        *((row, 4) for row in (1, 2, 4)),
    }
    assert not sheet.hidden
    assert hidden.is_hidden(hidden.rows[3][3])


@pytest.mark.parametrize(("ending", "told"), [("xlsx", []), ("xls", ["xls"]), ("ods", ["ods"])])
def test_other_formats_are_told(saved, ending, told):
    assert notes(read_workbook(saved["scores", ending], NAME)) == [f"workbook.note_read_from_{one}" for one in told]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_checklist_in_another_format_is_the_same_checklist(saved, ending):
    read = checklist_files.read_file(saved["checklist", ending], f"标准.{ending}", wording())
    assert without_defaults(read.data) == without_defaults(shipped_documents()["jiaozuo/office"])
    assert [remark.code for remark in read.remarks] == [f"workbook.note_read_from_{ending}"]


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_a_second_reader_sees_the_same_texts_and_numbers(saved, ending):
    theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(saved["scores", ending]))
    for number, sheet in enumerate(read_workbook(saved["scores", ending], NAME).sheets):
        seen = {
            (row, column): value
            for row, values in enumerate(theirs.get_sheet_by_index(number).to_python(skip_empty_area=False), start=1)
            for column, value in enumerate(values, start=1)
            if isinstance(value, str) and value
        }
        ours = texts(read_workbook(saved["scores", ending], NAME), number)
        assert {place: ours[place] for place in seen} == seen, sheet.title


def test_openpyxl_and_we_read_the_same_values():
    ours = texts(read_workbook(scores(), NAME))
    book = openpyxl.load_workbook(io.BytesIO(scores()), data_only=True)
    theirs = {(cell.row, cell.column): cell.value for row in book["打分"].iter_rows() for cell in row}
    assert {place for place, value in theirs.items() if value is not None} == set(ours)
    assert all(ours[place] == value for place, value in theirs.items() if isinstance(value, str))


def test_the_strict_form_of_the_standard_is_the_same_workbook():
    strict = {
        name: content.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, content in parts_of(scores()).items()
    }  # fmt: skip
    assert texts(read_workbook(zipped(strict), NAME)) == SCORES


def test_a_formula_that_was_never_calculated_is_no_empty_cell():
    sheet = rows('<c r="A1"><f>SUM(B1:B9)</f></c><c r="B1" t="str"><f>""</f><v></v></c>')
    [cell] = read_workbook(xlsx(sheet), NAME).sheets[0].rows[1].values()
    assert (cell.text, cell.kind, cell.formula) == ("=SUM(B1:B9)", CellKind.NO_RESULT, True)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2.5", "2.5"),
        ("0.30000000000000004", "0.3"),
        ("1E-7", "0.0000001"),
        ("79.995999999999995", "79.996"),
        ("-0", "0"),
        ("1234567890123456789", "1234567890123460000"),
        ("1e999", "1e999"),
        ("99.99999999999999", "100"),
    ],
)
def test_numbers_are_the_fifteen_digits_that_excel_shows(written, read):
    assert texts(read_workbook(xlsx(rows(f'<c r="A1"><v>{written}</v></c>')), NAME)) == {(1, 1): read}


@pytest.mark.parametrize(
    ("code", "serial", "read"),
    [
        ("yyyy-mm-dd", "46347", "2026-11-21"),
        ('m"月"d"日"', "46347", "2026-11-21"),
        ("[$-804]yyyy年m月d日", "46347.75", "2026-11-21"),
        ("h:mm", "0.5", "0.5"),
        ("yyyy-mm-dd", "0.5", "0.5"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ('0"day"', "3", "3"),
        ("[Red]0.0", "3", "3"),
        ("General", "3", "3"),
    ],
)
def test_dates_are_told_by_their_format(code, serial, read):
    code = code.replace('"', "&quot;")
    formats = f'<numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts>'
    styles = f'<styleSheet>{formats}<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    content = xlsx(rows(f'<c r="A1" s="1"><v>{serial}</v></c>'), more={"xl/styles.xml": styles})
    assert texts(read_workbook(content, NAME)) == {(1, 1): read}
