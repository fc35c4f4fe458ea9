"""Reports, lists and plaques from the command line."""

from __future__ import annotations

import json

import pytest
from pypdf import PdfReader


def text_of(path) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.fixture
def number(run, ask, site, answers_file) -> str:
    """The number of a certificate that was issued."""
    for words in (
        ("assess", "start", "甲单位"),
        ("assess", "answer", "甲单位", "--file", answers_file),
        ("assess", "finish", "甲单位"),
        ("decide", "甲单位", "--approve"),
    ):
        ended = run(*words)
        assert ended.code == 0, ended
    return str(ask("certificate", "issue", "甲单位", "--document", "样〔2026〕1号")["number"])


def test_report_plaque_and_lists_are_written(run, number, tmp_path):
    report, plaque, listed = tmp_path / "报告.pdf", tmp_path / "牌匾.pdf", tmp_path / "名单.pdf"
    done = run("paper", "report", "甲单位", "--output", report)
    assert (done.code, done.out.strip()) == (0, f"已写入 {report}")
    assert number in text_of(report)
    done = run("paper", "plaque", number, "--width", 300, "-o", plaque, "--json")
    assert json.loads(done.out) == {"file": str(plaque)}
    assert "甲单位" in text_of(plaque)
    assert run("paper", "list", "--kind", "valid", "-o", listed, "--language", "en").code == 0
    assert number in text_of(listed)
    text = tmp_path / "命名.txt"
    assert run("paper", "list", "--kind", "naming", "--document", "样〔2026〕1号", "-o", text).code == 0
    assert f"1. 甲单位（东区），证书编号 {number}" in text.read_text("utf-8")


def test_what_a_notice_lacks_is_told_and_nothing_is_written(run, number, tmp_path):
    target = tmp_path / "公示.txt"
    refused = run("paper", "list", "--kind", "notice", "--from", "2026-07-01", "--until", "2026-06-01", "-o", target)
    assert refused.code == 1
    for told in ("名单是空的", "2026-06-01", "联系方式"):
        assert told in refused.err
    assert not target.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("report", "甲单位"), ".pdf"),
        (("plaque", "X"), ".pdf"),
        (("list", "--kind", "valid"), ".txt"),
    ],
)
def test_an_output_of_another_kind_is_refused_before_anything_is_read(run, tmp_path, words, told):
    refused = run("paper", *words, "-o", tmp_path / "文件.docx")
    assert refused.code == 1
    assert told in refused.err
    assert "文件.docx" in refused.err


def test_an_unknown_paper_or_certificate_is_refused_with_a_sentence(run, site, tmp_path):
    target = tmp_path / "a.pdf"
    assert run("paper", "list", "--kind", "poem", "-o", target).code == 2
    for words in (("plaque", "X"), ("report", "甲单位"), ("list", "--kind", "naming")):
        refused = run("paper", *words, "-o", target)
        assert refused.code == 1, words
        assert refused.err.strip()
        assert "paper." not in refused.err
    assert not target.exists()
