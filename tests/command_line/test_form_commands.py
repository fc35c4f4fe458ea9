"""Papers for the field from the command line."""

from __future__ import annotations

import json

import pytest
from pypdf import PdfReader


def text_of(path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.fixture
def site(run):
    """A site in the register."""
    added = run("site", "add", "--name", "甲单位", "--category", "office", "--district", "east")
    assert added.code == 0, added.err
    return "甲单位"


def test_a_blank_form_of_a_category_and_of_a_site(run, site, tmp_path):
    general, own = tmp_path / "空白.pdf", tmp_path / "甲.pdf"
    done = run("form", "blank", "office", "-o", general)
    assert (done.code, done.out.strip()) == (0, f"已写入 {general}")
    assert "甲单位" not in text_of(general)
    done = run("--json", "form", "blank", "--site", site, "--output", own)
    assert json.loads(done.out) == {"file": str(own)}
    assert "甲单位" in text_of(own)


def test_a_filled_sheet_of_the_latest_assessment_of_a_site(run, site, tmp_path):
    assert run("assess", "start", site, "--assessor", "王敏").code == 0
    assert run("assess", "answer", site, "G1", "yes", "--note", "查过了").code == 0
    target = tmp_path / "记录.pdf"
    assert run("--language", "en", "form", "filled", site, "-o", target).code == 0
    text = text_of(target)
    assert "查过了" in text
    assert "NOT FINISHED" in text


def test_what_cannot_be_printed_is_refused_with_a_sentence_and_no_file(run, site, tmp_path, data):
    target = tmp_path / "表.pdf"
    for arguments in (["blank"], ["blank", "castle"], ["blank", "--site", "乙"], ["filled", site]):
        refused = run("form", *arguments, "-o", target)
        assert refused.code == 1, arguments
        assert refused.err.strip()
        assert "form.for_what" not in refused.err
    assert not target.exists()
    register = next(data.glob("*.db"))
    before = register.read_bytes()[:16]
    assert run("form", "blank", "office", "-o", register).code == 1
    assert register.read_bytes()[:16] == before
