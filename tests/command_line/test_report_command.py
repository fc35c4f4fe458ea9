"""Reports from the command line: each kind, of a month, of a county, after a template of one's own."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from wufei_cells.reports.vocabulary import ReportKind


@pytest.mark.parametrize("kind", ReportKind)
def test_each_report_is_written_as_its_ending_says(ask, site, tmp_path, kind):
    for ending, begins in ((".pdf", b"%PDF"), (".xlsx", b"PK")):
        target = tmp_path / f"报告{ending}"
        assert ask("report", "--kind", kind.value, "--output", target) == {"file": str(target), "kind": kind.value}
        assert target.read_bytes().startswith(begins)


def test_without_a_kind_it_is_the_progress_report_as_ever(run, site, tmp_path):
    target = tmp_path / "进展.pdf"
    ended = run("report", "--output", target)
    assert (ended.code, ended.out.strip()) == (0, f"已写入 {target}")


def test_without_a_file_it_says_its_figures(ask, site):
    found = ask("report", "--kind", "briefing")
    figures = next(block["figures"] for block in found["blocks"] if block["block"] == "figures")
    assert (found["kind"], figures["valid"], figures["under_way"]) == ("briefing", 0, 0)
    assert found["on"] == ask("report", "--kind", "briefing", "--month", found["on"][:7])["on"]


def test_a_template_of_ones_own_is_written_changed_and_used(ask, run, site, tmp_path):
    own, target = tmp_path / "我的.yaml", tmp_path / "调度.xlsx"
    assert ask("report", "--kind", "counties", "--write-template", own) == {"file": str(own)}
    changed = own.read_text("utf-8").replace("县区对比", "各县区赛马榜", 2)
    own.write_text(changed, "utf-8")
    assert ask("report", "--template", own, "--output", target, "--county", "east")["kind"] == "counties"
    assert "赛马榜" in load_workbook(target)["概览"]["A1"].value
    refused = run("report", "--kind", "annual", "--template", own, "--output", target)
    assert (refused.code, "counties" in refused.err) == (1, True)


def test_what_cannot_be_written_is_refused_with_every_reason(run, site, tmp_path):
    assert run("report", "--output", tmp_path / "报告.docx").code == 1
    bad = tmp_path / "坏.yaml"
    bad.write_text("kind: monthly\ntitle: 月报 {mouth}\nblocks:\n  - table: sitez\n", "utf-8")
    ended = run("report", "--template", bad, "--output", tmp_path / "报告.pdf")
    assert (ended.code, "{mouth}" in ended.err, "sitez" in ended.err) == (1, True, True)
    assert run("report", "--month", "2999-01", "--output", tmp_path / "报告.pdf").code == 1
    assert list(tmp_path.glob("报告*")) == []


def test_a_template_that_is_there_is_replaced_only_when_asked(ask, run, tmp_path):
    own = tmp_path / "我的.yaml"
    own.write_text("我改过的", "utf-8")
    refused = run("report", "--write-template", own)
    assert (refused.code, "--replace" in refused.err, own.read_text("utf-8")) == (1, True, "我改过的")
    ask("report", "--write-template", own, "--replace")
    assert "我改过的" not in own.read_text("utf-8")


@pytest.mark.parametrize("name", ["报告.pdf", "报告.xlsx"])
def test_a_folder_that_is_not_there_is_told_as_that(run, site, tmp_path, name):
    ended = run("report", "--output", tmp_path / "没有" / name)
    assert (ended.code, "文件夹" in ended.err, "权限" in ended.err) == (1, True, False)
