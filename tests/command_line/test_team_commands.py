"""``team``: sheets of several assessors, their differences, and what is taken over into the record."""

from __future__ import annotations

import json

import pytest

from tests.command_line.test_score_columns import CHECKLIST
from tests.samples.registers import criteria
from wufei_cells import shipped

LI, ZHAO = "李晓明", "赵强"


@pytest.fixture
def whole(ask, site):
    return ask("assess", "start", site["id"])["id"]


@pytest.fixture
def alone(ask, whole, tmp_path):
    """Let somebody score alone and lock; give the id of the sheet."""

    def score(name, part, *, lock=True):
        sheet = ask("team", "add", whole, "--alone", name)["id"]
        answers = {"G1": "yes", "A1": {"plan": "yes", "staff": "yes"}, "A2": {"part": part, "whole": 100}, "B1": "yes"}
        path = tmp_path / f"{part}.json"
        path.write_text(json.dumps({"facts": {"canteen": True}, **answers}), "utf-8")
        ask("assess", "answer", sheet, "--file", path, person=name)
        if lock:
            ask("team", "lock", sheet, person=name)
        return sheet

    return score


def test_two_score_alone_and_the_differences_are_decided(run, ask, whole, alone):
    one, two = alone(LI, 95), alone(ZHAO, 85)
    found = ask("team", "differences", whole)
    assert [(row["item"], row["spread"]) for row in found["items"]] == [("A2", "5")]
    assert found["agreement"] == {
        "compared": 4,
        "same_value": 3,
        "scored": 3,
        "same_points": 2,
        "difference": "5/3",
        "difference_percent": "50/3",
    }
    assert found["items"][0]["answers"][two]["points"] == "5"
    told = run("team", "differences", whole).out
    assert f"现场 {LI}：10 分" in told
    assert "对照了 4 条，3 条判断相同（75%）。" in told
    assert ask("team", "take", whole, f"A2={two}", "--agreed")["taken"] == ["A2", "G1", "A1", "B1"]
    assert ask("team", "differences", whole)["items"][0]["origin"] == two
    assert ask("assess", "finish", whole)["total"] == "15"
    assert one != two


def test_nobody_is_told_of_a_sheet_that_is_not_open_yet(run, ask, whole, alone):
    one, two = alone(LI, 95), alone(ZHAO, 85, lock=False)
    listed = ask("team", "list", whole)
    states = [(row["state"], row["alone"], row["range"]) for row in listed["sheets"][1:]]
    assert states == [("locked", True, None), ("open", True, None)]
    assert "全部锁定后可见" in run("team", "list", whole).out
    for command in (("assess", "show", one), ("excel", "export", one), ("team", "differences", whole)):
        ended = run(*command)
        assert (ended.code, ended.out) == (1, "")
    assert ZHAO in run("team", "differences", whole).err
    assert run("assess", "finish", whole).code == 1
    assert ask("team", "drop", two, "--reason", "请假")["stage"] == "stopped"
    assert ask("assess", "show", one)["score"]["total"] == "20"
    assert run("team", "unlock", one).code == 1, "from now on it takes a reason"
    assert ask("team", "unlock", one, "--reason", "补看")["stage"] == "scoring"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("add", "{whole}", "--column", "jury"), "没有“jury”这一栏"),
        (("take", "{whole}"), "没有说明采用哪些"),
        (("take", "{whole}", "A1"), "“A1”看不懂"),
        (("take", "{whole}", "A1=x"), "“x”不是"),
        (("lock", "{whole}"), "不是各方打分表中的一份"),
    ],
)
def test_wrong_words_are_answered_with_what_to_do(run, whole, command, words):
    ended = run("team", *(part.format(whole=whole) for part in command))
    assert ended.code == 1
    assert words in ended.err


def test_columns_that_make_the_result_together_are_shown(ask, run, monkeypatch, tmp_path):
    mixed = criteria("small")
    files = (*mixed.checklists, ("mix.yaml", CHECKLIST.encode()))
    monkeypatch.setattr(shipped, "shipped_criteria", lambda: type(mixed)(files, mixed.profile))
    site = ask("site", "add", "--name", "乙单位", "--category", "c", "--district", "east")
    started = ask("assess", "start", site["id"])
    assert started["column"] == "expert"
    ask("team", "add", started["id"], "--column", "public", "--assessor", "居民")
    assert "第三方" in run("assess", "show", started["id"]).out
    assert "社会" in run("team", "list", started["id"]).out
