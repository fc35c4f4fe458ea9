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
    one, two = alone(LI, 95, lock=False), alone(ZHAO, 85, lock=False)
    for name, sheet in ((LI, one), (ZHAO, two)):
        ask("team", "lock", sheet, person=name)
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


DOORS = [
    "assess show {sheet}",
    "assess answer {sheet} B1 no",
    "assess answer {sheet} --na x B1",
    "assess accept {sheet} A1",
    "assess carry {sheet} --preview",
    "assess carry {whole} --preview",
    "assess finish {sheet}",
    "assess precheck {sheet}",
    "excel export {sheet} --output {folder}/out.xlsx",
    "evidence list {sheet}",
    "evidence save {sheet} {folder}/out",
    "evidence add {sheet} A2 {folder}/95.json",
    "finding list",
    "finding list {whole}",
    "finding list {sheet}",
    "finding list --site 甲单位",
    "finding add {sheet} 别的",
    "finding done {finding}",
    "finding check {finding} --closed",
    "form filled {sheet} --output {folder}/out.pdf",
    "search 暗号",
    "site show 甲单位",
    "team list {sheet}",
    "team lock {sheet}",
    "team unlock {sheet} --reason x",
    "team differences {sheet}",
    "team take {whole} A2={sheet}",
]


def test_no_command_tells_or_changes_anything_of_a_sheet_that_is_not_open_yet(run, ask, site, whole, alone, tmp_path):
    sheet = alone(LI, 95, lock=False)
    ask("assess", "answer", sheet, "A2", "--note", "暗号", person=LI)
    finding = ask("finding", "add", sheet, "暗号", "--item", "A2", person=LI)["id"]
    photo = tmp_path / "暗号.txt"
    photo.write_text("暗号", "utf-8")
    ask("evidence", "add", sheet, "A2", photo, person=LI)
    ask("team", "lock", sheet, person=LI)
    alone(ZHAO, 85, lock=False)
    before = [ask("assess", "show", sheet, person=LI), ask("finding", "list", person=LI)]
    assert "暗号" in str(before[0])
    assert "暗号" in str(before[1])
    names = {"sheet": sheet, "whole": whole, "finding": finding, "folder": tmp_path}
    for door in DOORS:
        words = door.format(**names).split()
        for form in ((), ("--json",)):
            ended = run(*words, *form, person=ZHAO)
            told = ended.out.replace(str(photo), "") + ended.err
            assert "暗号" not in told.replace("“暗号”", ""), door
            assert finding[:8] not in ended.out, door
    assert not (tmp_path / "out.xlsx").exists()
    assert not (tmp_path / "out.pdf").exists()
    assert [ask("assess", "show", sheet, person=LI), ask("finding", "list", person=LI)] == before


def test_what_is_said_of_a_locked_sheet_fits_it(run, ask, whole, alone):
    one = alone(LI, 95)
    ended = run("assess", "answer", one, "B1", "no", person=LI)
    assert "已锁定" in ended.err
    assert "解锁" in ended.err
    assert "已锁定" in run("assess", "show", one, person=LI).out.splitlines()[0]
    ask("team", "drop", one, "--reason", "重来", person=LI)
    assert "不再计入" in run("assess", "show", one, person=LI).out.splitlines()[0]


def test_who_scored_when_the_others_could_be_seen_is_told_wherever_sheets_are_listed(run, ask, whole, alone):
    alone(LI, 95)
    two = alone(ZHAO, 85)
    assert "不计入一致率" in run("team", "list", whole).out.split(ZHAO)[1]
    assert [row["late"] for row in ask("team", "list", whole)["sheets"]] == [False, False, True]
    told = run("team", "differences", whole).out
    assert f"{ZHAO} 的表在其他表可以查看之后才添加或解锁" in told
    assert "还没有两方" in told
    assert ask("team", "differences", whole)["late"] == [two]
    assert "不计入一致率" in run("team", "unlock", two, "--reason", "补看", person=ZHAO).out
    assert run("team", "drop", two, "--reason", "x", person=LI).code == 1
    assert "李晓明, 赵强" not in run("team", "list", whole, "--language", "en").out


def test_missing_facts_and_items_are_named_by_their_words(run, ask, whole):
    sheet = ask("team", "add", whole, "--alone", LI)["id"]
    ended = run("team", "lock", sheet, person=LI)
    assert "“有食堂”还没有填。请先填好" in ended.err or "“是否有食堂”还没有填。请先填好" in ended.err
    assert "结束评估" not in ended.err
    assert "“facts." not in ended.err


def test_names_are_listed_as_the_language_does(run, ask, site):
    whole = ask("assess", "start", site["id"], "--assessor", LI, "--assessor", ZHAO)["id"]
    assert f"{LI}、{ZHAO}" in run("team", "list", whole).out
    assert f"{LI}, {ZHAO}" in run("team", "list", whole, "--language", "en").out
