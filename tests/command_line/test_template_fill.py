"""An office's own workbook from the command line: filled in, checked, begun."""

from __future__ import annotations

import pytest

from tests.workbooks.form_templates import sheet_of, values


@pytest.fixture
def assessed(run, site, answers_file):
    """A site with a scored assessment."""
    name = site["name"]
    assert run("assess", "start", name, "--assessor", "王敏").code == 0
    assert run("assess", "answer", name, "--file", answers_file).code == 0
    return name


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "我的表.xlsx"
    path.write_bytes(sheet_of({"A1": "{{单位名称}}", "B1": "{{合计得分}}", "C1": "=B1*2"}))
    return path


def test_one_assessment_goes_into_a_file(run, ask, assessed, template, tmp_path):
    target = tmp_path / "填好.xlsx"
    done = run("excel", "fill", assessed, "--template", template, "-o", target)
    assert (done.code, done.out.strip()) == (0, f"已写入 {target}")
    assert values(target.read_bytes()) == {"A1": "甲单位", "B1": 20, "C1": "=B1*2"}
    assert ask("excel", "fill", assessed, "--template", template, "-o", target) == {"file": str(target)}


def test_several_go_into_a_folder_each_under_its_own_name(run, ask, assessed, template, tmp_path):
    for name in ("乙/单位", "甲单位 "):
        run("site", "add", "--name", name, "--category", "office", "--district", "east")
    rows = ask("site", "list")
    rows = rows if isinstance(rows, list) else rows["sites"]
    for row in rows:
        if row["name"] != assessed or row["id"] != rows[0]["id"]:
            run("assess", "start", row["id"], "--assessor", "王敏")
    folder = tmp_path / "全部"
    files = ask("excel", "fill", "--category", "office", "--template", template, "-o", folder)["files"]
    assert len(files) == len(set(map(str.casefold, files))) == len(rows)
    assert {values(path.read_bytes())["A1"] for path in folder.iterdir()} >= {"甲单位", "乙/单位"}


def test_what_is_wrong_is_told_with_its_cell_and_nothing_is_written(run, assessed, tmp_path):
    bad, target = tmp_path / "错.xlsx", tmp_path / "填好.xlsx"
    bad.write_bytes(sheet_of({"A1": "{{单位名}}", "B7": "{{条款.Z9.得分}}"}))
    refused = run("excel", "fill", assessed, "--template", bad, "-o", target)
    assert refused.code == 1
    assert "表!A1" in refused.err
    assert "{{单位名称}}" in refused.err
    assert "表!B7" in refused.err
    assert not target.exists()


def test_a_template_is_checked_with_and_without_a_checklist(run, ask, template, tmp_path):
    path = tmp_path / "条款.xlsx"
    path.write_bytes(sheet_of({"A1": "{{条款.Z9.得分}}"}))
    assert ask("excel", "check-template", path)["problems"] == []
    assert "Z9" in run("excel", "check-template", path, "office").err
    assert run("excel", "check-template", template, "office").code == 0


def test_a_starter_is_written_and_filled_in(run, assessed, tmp_path):
    starter, target = tmp_path / "模板.xlsx", tmp_path / "填好.xlsx"
    for of in (("office",), ("--site", assessed), ("--edition", "SMALL 1")):
        assert run("excel", "template", *of, "-o", starter).code == 0, of
    assert run("excel", "fill", assessed, "--template", starter, "-o", target).code == 0
    assert "甲单位" in values(target.read_bytes()).values()


def test_what_is_asked_for_in_vain_is_refused_with_a_sentence(run, template, tmp_path):
    target = tmp_path / "x.xlsx"
    for arguments in (
        ("excel", "fill", "--template", template, "-o", target),
        ("excel", "fill", "无此单位", "--template", template, "-o", target),
        ("excel", "fill", "--category", "castle", "--template", template, "-o", target),
        ("excel", "fill", "无此单位", "--template", tmp_path / "none.xlsx", "-o", target),
        ("excel", "template", "-o", target),
        ("excel", "template", "castle", "-o", target),
        ("excel", "check-template", tmp_path / "none.xlsx"),
    ):
        refused = run(*arguments)
        assert (refused.code, bool(refused.err.strip())) == (1, True), arguments
        assert "form_template." not in refused.err
    assert not target.exists()
