"""What is different between two editions, and what a county adds, on the command line."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.samples.registers import sample


@pytest.fixture
def changed(tmp_path):
    """A second edition of the small checklist: one item reworded."""
    text = sample("small").decode().replace('edition: "1"', 'edition: "2"').replace("zh: 领导,", "zh: 领导小组,")
    path = tmp_path / "第二版.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def overlay(tmp_path, ask):
    """Write an overlay of the small checklist of the register."""
    city = next(row for row in ask("checklist", "list") if row["key"] == "SMALL")

    def write(**parts):
        own = {
            "key": "E1",
            "text": "特色",
            "full": "5",
            "scoring": "有5分",
            "verify": ["site"],
            "rule": {"yes_no": "5"},
        }
        document = {
            "format": "wufei-overlay/1",
            "key": "SMALL-EAST",
            "edition": "1",
            "title": "东区标准",
            "extends": {"key": "SMALL", "edition": "1", "id": city["id"]},
            "districts": ["east"],
            "effective_from": "2026-03-01",
            "add": {"items": [{"group": "A", "items": [own]}]},
            **parts,
        }
        path = tmp_path / "东区.json"
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
        return path

    return write


def test_two_files_are_compared_without_a_register(run, small_file, changed, tmp_path):
    ended = run("checklist", "diff", small_file, changed, folder=tmp_path / "none")
    assert ended.code == 0, ended.err
    lines = ended.out.splitlines()
    assert lines[0] == "小型标准修订说明"
    assert "  A1 领导小组　内容：领导 → 领导小组　〔打分需复核〕" in lines
    assert not (tmp_path / "none").exists()


def test_a_stored_edition_is_compared_with_a_file_under_the_citys_numbers(ask, changed):
    data = ask("checklist", "diff", "SMALL 1", changed)
    assert [entry["key"] for entry in data["entries"]] == ["A1"]
    assert data["parts"] == [], "the city's own pass mark is no difference"
    same = ask("checklist", "diff", data["old"]["id"][:12], "SMALL")
    assert same["equal"] is True


def test_the_notice_is_written_as_pdf(run, ask, changed, tmp_path):
    target = tmp_path / "说明.pdf"
    data = ask("checklist", "diff", "SMALL", changed, "--pdf", target)
    assert data["file"] == str(target)
    assert PdfReader(BytesIO(target.read_bytes())).metadata.title == "小型标准修订说明"
    ended = run("checklist", "diff", "SMALL", changed, "--pdf", target, "--language", "en")
    assert ended.code == 0
    assert PdfReader(BytesIO(target.read_bytes())).metadata.title == "Small Checklist: change notice"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_is_told_in_both_languages(run, changed, small_file, language):
    ended = run("checklist", "diff", small_file, changed, "--language", language)
    assert "comparing." not in ended.out
    assert ended.out.count("\n") >= 8


@pytest.mark.parametrize("name", ["NOBODY", "NOBODY 1", "000000"])
def test_an_edition_that_is_not_there_is_refused(run, changed, name):
    ended = run("checklist", "diff", name, changed)
    assert (ended.code, ended.out) == (1, "")
    assert "登记库里没有" in ended.err


def test_a_file_that_is_not_there_is_refused(run, changed, tmp_path):
    ended = run("checklist", "diff", tmp_path / "none.yaml", changed)
    assert ended.code == 1
    assert "找不到文件" in ended.err


def test_a_folder_that_is_not_there_is_no_place_for_a_notice(run, changed, small_file, tmp_path):
    ended = run("checklist", "diff", small_file, changed, "--pdf", tmp_path / "none" / "x.pdf")
    assert ended.code == 1
    assert ended.out == ""


def test_an_overlay_is_checked_then_published(run, ask, overlay):
    checked = ask("checklist", "overlay", overlay(), "--check")
    assert checked["published"] is False
    assert "SMALL-EAST" not in [row["key"] for row in ask("checklist", "list")]
    published = ask("checklist", "overlay", overlay())
    assert published == {**checked, "published": True}
    assert (published["districts"], published["added"]) == (["east"], ["E1"])
    assert [entry["key"] for entry in published["difference"]["entries"]] == ["E1"]
    assert "SMALL-EAST" in [row["key"] for row in ask("checklist", "list")]


def test_an_overlay_tells_where_it_holds_and_what_it_raises(run, overlay):
    ended = run("checklist", "overlay", overlay())
    lines = ended.out.splitlines()
    assert lines[0].startswith("已发布县级标准：东区标准 1（")
    assert "东区 新开始的评估用这一版" in lines[0]
    assert "  等次 合格　合计不低于：“通过线”（15） 分 → 20 分" in lines


def test_an_overlay_that_weakens_is_refused_with_every_reason(run, overlay):
    path = overlay(**{"raise": {"weights": {"A1": "4"}, "grades": {"pass": {"total_at_least": "14"}}}})
    ended = run("checklist", "overlay", path)
    assert (ended.code, ended.out) == (1, "")
    assert "有 2 处需要改正" in ended.err
    assert "降低了" in ended.err


def test_an_overlay_that_a_later_one_leaves_behind_is_not_said_to_be_used(run, overlay):
    assert run("checklist", "overlay", overlay(edition="2", effective_from="2026-05-01")).code == 0
    told = run("checklist", "overlay", overlay(effective_from="2026-04-01")).out.splitlines()[0]
    assert told.endswith("适用于 东区。自 2026-05-01 起施行的 SMALL-EAST 2 仍是现行版次，新开始的评估仍用那一版。")
