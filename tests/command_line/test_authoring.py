"""Checklists in workbooks from the command line: out, checked, published, and back."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_checklist


@pytest.fixture
def workbook(run, small_file, tmp_path):
    """The small checklist as a workbook."""
    target = tmp_path / "标准.xlsx"
    assert run("checklist", "to-excel", small_file, "-o", target).code == 0
    return target


def changed(path, sheet: str, place: str, value: object) -> None:
    """Type something into a cell."""
    book = load_workbook(BytesIO(path.read_bytes()))
    book[sheet][place].value = value
    book.save(path)


def test_a_file_goes_out_and_comes_back_as_the_same_edition(run, workbook, small_file, tmp_path):
    back = tmp_path / "back.yaml"
    ended = run("checklist", "from-excel", workbook, "-o", back)
    assert (ended.code, ended.err) == (0, "")
    before, after = (edition_document(read_checklist(path.read_bytes(), "x")) for path in (small_file, back))
    assert after == before


def test_a_workbook_is_checked_and_published_like_a_file(ask, run, workbook):
    assert ask("checklist", "check", workbook)["ok"]
    changed(workbook, "基本", "B3", "2027.1")
    published = ask("checklist", "publish", workbook)
    assert published["edition"] == "2027.1"
    assert any(row["id"] == published["id"] for row in ask("checklist", "list"))


def test_mistakes_are_told_with_their_cells_and_nothing_is_written(run, ask, workbook, tmp_path):
    changed(workbook, "基本", "B10", "明年")
    changed(workbook, "条款", "A3", "胡写")
    checked = run("checklist", "check", workbook, "--json")
    assert checked.code == 1
    assert [problem["place"] for problem in checked.json["problems"]][:2] == [
        "工作表“基本”第 10 行 B 列（生效日期）",
        "工作表“条款”第 3 行 A 列（类型）",
    ]
    before = ask("checklist", "list")
    for command in (("publish", workbook), ("from-excel", workbook, "-o", tmp_path / "out.yaml")):
        ended = run("checklist", *command)
        assert ended.code == 1
        assert "“明年”不是日期" in ended.err
    assert not (tmp_path / "out.yaml").exists()
    assert ask("checklist", "list") == before


def test_an_edition_and_an_empty_workbook_go_out_too(run, ask, tmp_path):
    edition = ask("checklist", "list")[0]
    for source in ([edition["key"]], [edition["id"]], []):
        target = tmp_path / "out.xlsx"
        assert run("checklist", "to-excel", *source, "-o", target, "--language", "en").code == 0
        assert "Items" in load_workbook(target).sheetnames
    assert run("checklist", "to-excel", "nothing-like-it", "-o", tmp_path / "x.xlsx").code == 1
    assert run("checklist", "to-excel", "missing.yaml", "-o", tmp_path / "x.xlsx").code == 1
    assert not (tmp_path / "x.xlsx").exists()


def test_a_draft_that_has_mistakes_goes_out(run, small_file, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(small_file.read_text("utf-8").replace("full: ", "full: x", 1), "utf-8")
    assert run("checklist", "check", broken).code == 1
    assert run("checklist", "to-excel", broken, "-o", tmp_path / "out.xlsx").code == 0


def test_what_is_no_workbook_is_refused(run, small_file, tmp_path):
    ended = run("checklist", "from-excel", small_file, "-o", tmp_path / "out.yaml")
    assert ended.code == 1
    assert "请在 Excel 或 WPS 里另存为 .xlsx" in ended.err


def test_what_was_passed_over_and_decided_is_told(run, workbook, tmp_path):
    changed(workbook, "条款", "AA1", "备注")
    changed(workbook, "条款", "AA2", "x")
    ended = run("checklist", "from-excel", workbook, "-o", tmp_path / "out.yaml", "--json")
    assert ended.code == 0
    assert [note["code"] for note in ended.json["notes"]] == ["authoring.column_passed_over"]


def test_checking_and_publishing_a_workbook_tell_which_keys_were_made_up(run, workbook):
    book = load_workbook(BytesIO(workbook.read_bytes()))
    sheet = book["条款"]
    row = next(row for row in range(2, 30) if sheet.cell(row, 1).value == "条款")
    key = sheet.cell(row, 3).value
    sheet.cell(row, 3).value = None
    book.save(workbook)
    changed(workbook, "基本", "B3", "2027.1")
    told = f"程序找回了导出时的代号，第一个是 {key}"
    checked, published = run("checklist", "check", workbook), run("checklist", "publish", workbook)
    assert (checked.code, published.code) == (0, 0)
    assert told in checked.out
    assert told in published.out
    as_json = run("checklist", "check", workbook, "--json")
    assert as_json.json["ok"]
    assert told in as_json.err


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"format: wufei-checklist/1\n", "这个文件不是 Excel 工作簿"), (b"", "这个文件是空的"), (None, "认不出这个文件")],
    ids=["text", "empty", "damaged"],
)
def test_a_file_that_only_claims_to_be_a_workbook_is_refused_as_such(run, workbook, content, told, tmp_path):
    file = tmp_path / "其实不是.XLSX"
    file.write_bytes(b"XX" + workbook.read_bytes()[2:] if content is None else content)
    yaml, xlsx = tmp_path / "x.yaml", tmp_path / "x.xlsx"
    commands = ["check"], ["publish"], ["from-excel", "-o", yaml], ["to-excel", "-o", xlsx]
    for command, *options in commands:
        ended = run("checklist", command, file, *options)
        assert ended.code == 1
        assert told in ended.out + ended.err, command
    assert not yaml.exists()
    assert not xlsx.exists()
