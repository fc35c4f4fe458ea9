"""Answers as the command line prints them can be given back, and what stands side by side is listed."""

from __future__ import annotations

import json

import pytest

from tests.samples.registers import criteria
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing
from wufei_cells.services.workspace import open_workspace

BASIS = {"period": "", "source": ""}
ROWS = ("--row", "一楼: 45/50", "--row", "二楼：part=50 whole=50")


@pytest.fixture
def assessment(ask, site):
    return ask("assess", "start", site["id"])["id"]


@pytest.fixture
def write(tmp_path):
    """Write an answers file."""

    def written(content):
        path = tmp_path / "given.json"
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    return written


@pytest.mark.parametrize("whole_output", [True, False])
def test_what_show_prints_is_taken_back_as_it_is(ask, assessment, write, whole_output):
    ask("assess", "answer", assessment, "A2", "--period", "2025年", *ROWS, "--note", "已看")
    ask("assess", "answer", assessment, "B1", "yes")
    ask("assess", "answer", assessment, "B1", "no", "--note", "没有分类")
    shown = ask("assess", "show", assessment)
    for item in ("A2", "B1"):
        ask("assess", "answer", assessment, item, "")
    ask("assess", "answer", assessment, "--file", write(shown if whole_output else shown["answers"]))
    assert ask("assess", "show", assessment)["answers"] == shown["answers"]


def test_a_whole_answer_replaces_the_note_and_a_short_one_leaves_it(ask, assessment, write):
    ask("assess", "answer", assessment, "B1", "yes", "--note", "已看")
    ask("assess", "answer", assessment, "--file", write({"B1": "yes"}))
    assert ask("assess", "show", assessment)["answers"]["B1"]["note"] == "已看"
    ask("assess", "answer", assessment, "--file", write({"B1": {"value": "yes"}}))
    assert ask("assess", "show", assessment)["answers"]["B1"]["note"] == ""


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"value": "yes", "na": "没有"}, "na"),
        ({"value": "yes", "note": 3}, "note"),
        ({"value": "yes", "bases": {"": {"rows": []}}}, "bases"),
        ({"value": "yes", "bases": {"": {**BASIS, "rows": [{"text": "", "numbers": {"number": []}}]}}}, "bases"),
        ({"value": "yes", "kept": {"value": None}}, "kept"),
        ({"value": "yes", "kept": {"value": None, "na": None, "notes": {"sleeping": ""}}}, "kept.notes"),
    ],
)
def test_a_whole_answer_of_another_shape_is_refused_by_field(run, ask, assessment, write, given, field):
    ended = run("assess", "answer", assessment, "--file", write({"B1": given}))
    assert ended.code == 1
    assert f"B1.{field}" in ended.err
    assert ask("assess", "show", assessment)["answers"] == {}


def test_show_lists_what_stands_side_by_side(run, ask, data, assessment):
    ask("assess", "answer", assessment, "B1", "yes")
    other = open_workspace(data, criteria("small", "school"), person="李工")
    assessing.record_answer(other, assessment, "B1", Answer("no", note="没有分类"), seen=())
    other.close()
    standing = ask("assess", "show", assessment)["conflicts"]["B1"]
    assert [(one["author"], one["value"], one["note"]) for one in standing] == [
        ("李工", "no", "没有分类"),
        ("王敏", "yes", ""),
    ]
    told = run("assess", "show", assessment).out
    assert "B1 有 2 个不同的回答" in told
    assert "李工" in told
    assert "没有分类" in told
    ask("assess", "answer", assessment, "B1", "yes")
    assert ask("assess", "show", assessment)["conflicts"] == {}
