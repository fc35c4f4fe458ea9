"""Files that are no workbook, or try to harm: each ends in a sentence, none in a crash or a long wait."""

from __future__ import annotations

import copy
import io
import random
import string
import time
import zipfile
from functools import cache

import pytest

from tests.workbooks.authoring_sheets import (
    NAME,
    Filling,
    school,
    sheets_of,
    shipped_documents,
    whole_catalogue,
    wording,
)
from wufei_cells.checklists.reading import read_source
from wufei_cells.errors import ProblemsFound
from wufei_cells.workbooks.authoring.workbook import write_checklist_workbook
from wufei_cells.workbooks.authoring.workbook_reading import read_checklist_sheets, read_checklist_workbook
from wufei_cells.workbooks.reading.cells import Cell, CellKind

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@cache
def sound() -> bytes:
    return write_checklist_workbook(shipped_documents()["jiaozuo/office"], wording())


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """The sound workbook with another content of one part."""
    source, target = zipfile.ZipFile(io.BytesIO(sound())), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            archive.writestr(part, content if part == name else source.read(part))
    return target.getvalue()


REFUSED = {
    "nothing": (b"", "workbook.empty"),
    "text": ("标题,内容\n".encode(), "workbook.no_workbook"),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", "workbook.web_page"),
    "old format": (OLE + "Workbook".encode("utf-16-le"), "workbook.damaged"),
    "binary format": (zipped(**{"xl/workbook.bin": b"x"}), "workbook.xlsb"),
    "open document": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "workbook.archive"),
    "Word": (zipped(**{"word/document.xml": b"<w/>"}), "workbook.document"),
    "half a file": (sound()[: len(sound()) // 2], "workbook.damaged"),
    "no zip": (b"PK\x03\x04" + b"x" * 500, "workbook.damaged"),
    "broken sheet": (with_part("xl/worksheets/sheet4.xml", b"<worksheet><sheetData><row>"), "workbook.damaged"),
    "entities": (with_part("xl/styles.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><a/>'), "workbook.damaged"),
    "strange encoding": (
        with_part("xl/styles.xml", b'<?xml version="1.0" encoding="klingon"?><a/>'),
        "workbook.damaged",
    ),
    "large file": (b"PK\x03\x04" + bytes(50_000_000), "workbook.file_too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_workbook_is_refused_with_a_remedy(name):
    content, code = REFUSED[name]
    with pytest.raises(ProblemsFound) as refused:
        read_checklist_workbook(content, NAME, wording())
    assert [(problem.code, problem.place) for problem in refused.value.problems] == [(code, NAME)]
    assert "请" in wording().error(refused.value)


def test_a_workbook_with_other_sheets_only_is_not_ours():
    filling = Filling()
    for title in ("基本", "条款"):
        filling.book[title].title = f"{title}-旧"
    with pytest.raises(ProblemsFound) as refused:
        filling.read()
    assert [problem.code for problem in refused.value.problems] == ["authoring.not_ours"]


@pytest.mark.parametrize(
    "sheet",
    [b"<c/>" * 12_000_000, b'<row><c t="inlineStr"><is><t>x</t></is></c></row>' * 110_000],
    ids=["40 MB out of few kilobytes", "more cells than any checklist has"],
)
def test_what_unfolds_beyond_measure_is_stopped_early(sheet):
    bomb = with_part("xl/worksheets/sheet5.xml", b"<worksheet><sheetData>" + sheet + b"</sheetData></worksheet>")
    started = time.perf_counter()
    with pytest.raises(ProblemsFound) as refused:
        read_checklist_workbook(bomb, NAME, wording())
    assert refused.value.problems[0].code in (
        "workbook.content_too_large",
        "workbook.too_much_inside",
        "workbook.too_many_cells",
    )
    assert time.perf_counter() - started < 20


def test_missing_sheets_and_columns_are_told_once_each():
    filling = school(Filling())
    del filling.book["基本"]
    for head in ("满分", "检查方式"):
        filling.put("条款", 1, **{head: "别的"})
    told = [problem for problem in filling.problems() if problem.code.startswith("authoring.no_")]
    assert sorted((problem.code, *problem.values.values()) for problem in told) == [
        ("authoring.no_column", "检查方式"),
        ("authoring.no_column", "满分"),
        ("authoring.no_sheet", "基本"),
    ]
    assert len(filling.problems()) == len(told), "nothing is told again row by row"


def test_keys_that_stand_twice_are_told_with_both_places():
    filling = school(Filling())
    filling.put("条款", 4, 代号="T1")
    filling.put("条款", 5, 代号="T1")
    [line] = filling.said()
    assert line.startswith("工作表“条款”第 5 行")
    assert "代号“T1”用了两次，前一次在 工作表“条款”第 4 行" in line


# --- fuzz


def read_all(content: bytes) -> None:
    """Everything a person would read: no other exception, no code without a sentence."""
    try:
        source = read_checklist_workbook(content, NAME, wording())
        tell(source.cautions)
        read_source(source)
    except ProblemsFound as found:
        tell(found.problems)


def tell(problems) -> None:
    for problem in problems:
        for sentence in whole_catalogue()[problem.code].values():
            slots = {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}
            assert slots <= set(problem.values), problem
        for language in ("zh", "en"):
            wording(language).problem(problem).encode("utf-8", "replace")


@pytest.mark.parametrize("seed", range(30))
def test_flipped_bytes_never_end_in_a_crash(seed):
    dice = random.Random(seed)
    content = bytearray(sound())
    if seed % 2:
        source = zipfile.ZipFile(io.BytesIO(sound()))
        part = dice.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))])
        inside = bytearray(source.read(part))
        for _ in range(dice.choice([1, 3, 20])):
            at = dice.randrange(len(inside))
            inside[at : at + dice.choice([0, 1, 3])] = dice.choice(
                [b"<", b'"', b"1", b"x", b"\xff", b"&", b"-", b"999999999"]
            )
        content = bytearray(with_part(part, bytes(inside)))
    else:
        for _ in range(dice.choice([1, 5, 50])):
            content[dice.randrange(len(content))] = dice.randrange(256)
    read_all(bytes(content))


ODD = [
    *(
        "x",
        "是",
        "否",
        "是否 x",
        "分级：",
        "分级：甲",
        "每",
        "每处扣 2，最多扣 99",
        "占比 a：",
        "占比 a/b：≥",
        "变化：折线",
        "{",
        "[",
        "{a: b}",
    ),
    *(
        "{yes_no: 5}",
        "[[[[",
        "-1",
        "1e9",
        "9" * 30,
        "１２",
        "5分",
        "90%",
        "1900/13/45",
        "a/b/c/d",
        "/",
        "A1=",
        "=",
        "B=40；B=50",
    ),
    *(
        "(" * 5000,
        "且",
        "a 且",
        "a=1 或",
        "非",
        "≥90",
        "以上",
        "其他 得",
        "条款",
        "分组",
        "前置条件",
        "加分",
        "扣分",
        "级",
        "档",
        "选项",
        "输入",
    ),
    *(
        "是时",
        "合计",
        "择优",
        "数值",
        "计算",
        "$",
        "$x",
        "\x00",
        "\ud800",
        "\u2028",
        "𬇙" * 3000,
        "每 1 扣 $x",
        "A1 改写；B2",
        "见规则",
    ),
]


@pytest.mark.parametrize("seed", range(60))
def test_any_text_in_any_cell_never_ends_in_a_crash(seed):
    dice = random.Random(seed)
    name, language = dice.choice(sorted(shipped_documents())), dice.choice(["zh", "en"])
    sheets = copy.deepcopy(sheets_of(shipped_documents()[name], language))
    for _ in range(dice.choice([1, 3, 10, 40])):
        sheet = dice.choice([one for one in sheets if one.rows])
        row = dice.choice(list(sheet.rows))
        column = dice.randrange(1, 26)
        match dice.randrange(10):
            case 0:
                del sheet.rows[row]
            case 1:
                sheet.merged.append((row, column, row + dice.randrange(1_000_000), column))
            case 2:
                sheet.title = dice.choice(["条款", "基本", "x", "规则"])
            case 3:
                other = dice.choice(list(sheet.rows))
                sheet.rows[row], sheet.rows[other] = sheet.rows[other], sheet.rows[row]
            case _:
                kind = dice.choice(list(CellKind)) if dice.random() < 0.3 else CellKind.TEXT
                sheet.rows[row][column] = Cell(dice.choice(ODD), row, column, kind, percent=dice.random() < 0.1)
    try:
        source = read_checklist_sheets(sheets, NAME, wording(language))
        tell(source.cautions)
        read_source(source)
    except ProblemsFound as found:
        tell(found.problems)
