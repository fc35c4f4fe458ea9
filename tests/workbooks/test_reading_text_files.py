"""Tables in text files: encodings, what stands between the cells, and what becomes a number."""

from __future__ import annotations

import pytest

from tests.workbooks.made_workbooks import NAME, codes, notes, texts
from wufei_cells.workbooks.reading.cells import CellKind
from wufei_cells.workbooks.reading.limits import Limits
from wufei_cells.workbooks.reading.workbook import read_workbook

TABLE = "单位,类别,得分\n某某小学,无废学校,92.5\n第二工厂,无废工厂,81\n"
READ = {
    (1, 1): "单位",
    (1, 2): "类别",
    (1, 3): "得分",
    (2, 1): "某某小学",
    (2, 2): "无废学校",
    (2, 3): "92.5",
    (3, 1): "第二工厂",
    (3, 2): "无废工厂",
    (3, 3): "81",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_table_reads_the_same_however_it_was_saved(delimiter, encoding, ending):
    book = read_workbook(TABLE.replace(",", delimiter).replace("\n", ending).encode(encoding), f"{NAME}.csv")
    assert texts(book) == READ
    assert (book.format, book.sheets[0].title, notes(book)) == ("csv", NAME, ["workbook.note_read_from_text"])


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ["1,5", "2,5"]),
        ('名称,说明\n甲,"有逗号, 有分号; 有引号"" 还有\n换行"\n', ["甲", '有逗号, 有分号; 有引号" 还有\n换行']),
        ("名称,说明\n甲,一；二;三\n乙,四;五\n", ["甲", "一；二;三"]),
        ("sep=;\n甲;1\n", ["甲", "1"]),
        ("一列\n两行\n", ["两行"]),
    ],
)
def test_what_stands_between_cells_is_told_by_the_whole_table(table, row):
    cells = read_workbook(table.encode(), NAME).sheets[0].rows
    assert [cell.text for cell in list(cells.values())[-1 if len(cells) < 3 else 1].values()] == row


@pytest.mark.parametrize(
    ("written", "text", "kind"),
    [
        ("92.50", "92.5", CellKind.NUMBER),
        (" 81 ", "81", CellKind.NUMBER),
        ("-3", "-3", CellKind.NUMBER),
        ("007", "007", CellKind.TEXT),
        ("91410800MA9K3XYZ4B", "91410800MA9K3XYZ4B", CellKind.TEXT),
        ("410803199001011234", "410803199001011234", CellKind.TEXT),
        ("1e5", "1e5", CellKind.TEXT),
        ('"=""0123"""', "0123", CellKind.TEXT),
        ("=1+1", "=1+1", CellKind.TEXT),
        ("2026-11-21", "2026-11-21", CellKind.TEXT),
    ],
)
def test_only_what_can_be_nothing_else_is_a_number(written, text, kind):
    cell = read_workbook(f"名称,值\n甲,{written}\n".encode(), NAME).sheets[0].rows[2][2]
    assert (cell.text, cell.kind, cell.formula) == (text, kind, False)


def test_a_percentage_is_a_number_as_in_excel():
    cell = read_workbook("名称,值\n甲,86.5%\n".encode(), NAME).sheets[0].rows[2][2]
    assert (cell.text, cell.kind, cell.percent) == ("0.865", CellKind.NUMBER, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a,b\n" + b"," * 20_000, "workbook.text_too_wide"),
        (b'a,b\n1,"' + b"x" * 200_000, "workbook.text_broken"),
        (b"a,b\n\x00\x01\x02\x03\xff", "workbook.unknown"),
        (b"a,b\n\xff\xfe\xfd", "workbook.unknown"),
    ],
)
def test_a_text_that_is_no_table_is_refused(content, told):
    assert codes(content) == [told]


def test_a_large_text_is_refused():
    assert codes(b"a,b\n" * 1000, Limits(text=3_999)) == ["workbook.text_too_large"]
