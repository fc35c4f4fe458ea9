"""Findings and the pre-check from the command line."""

from __future__ import annotations

import pytest

from tests.samples.registers import criteria_with_precheck
from wufei_cells import shipped


@pytest.fixture
def strict(monkeypatch, run):
    """A city that asks three things before anything is scored."""
    monkeypatch.setattr(shipped, "shipped_criteria", criteria_with_precheck)


@pytest.fixture
def assessment(strict, ask):
    ask("site", "add", "--name", "甲单位", "--category", "office", "--district", "east", "--fact", "canteen=yes")
    return ask("assess", "start", "甲单位")["id"]


def test_the_questions_are_listed_with_their_keys(run, ask, assessment):
    shown = ask("assess", "precheck", "甲单位")
    assert [question["key"] for question in shown["questions"]] == ["credit", "honest", "stopped"]
    assert (shown["passed"], shown["stage"]) == (False, "scoring")
    lines = run("assess", "precheck", "甲单位").out.splitlines()
    assert lines == ["1. credit  近三年没有严重失信记录  待核对", *lines[1:3], "还有 3 条待核对。"]
    assert "No record of dishonesty  open" in run("assess", "precheck", "甲单位", "--language", "en").out


def test_all_hold_in_one_go_or_but_for_one(run, ask, assessment):
    assert "全部符合" in run("assess", "precheck", "甲单位", "--ok", "all").out
    stopped = ask("assess", "precheck", assessment, "honest=fail:合同是假的:已核实", "--ok", "all")
    assert (stopped["stage"], stopped["questions"][1]["reason"]) == ("stopped", "合同是假的:已核实")
    assert ask("site", "show", "甲单位")["stage"] == "stopped"
    assert ask("assess", "show", assessment)["remarks"] == "合同是假的:已核实"
    assert "已终止" in run("assess", "precheck", assessment).out
    assert "已终止" in run("site", "list", "--stage", "stopped").out


def test_finishing_says_what_has_not_been_looked_at(run, ask, assessment, answers_file):
    ask("assess", "answer", assessment, "--file", answers_file)
    ask("assess", "precheck", assessment, "credit=ok", "stopped=ok")
    refused = run("assess", "finish", assessment)
    assert refused.code == 1
    assert "precheck.honest" in refused.err
    assert "第 2 条" in refused.err
    ask("assess", "precheck", assessment, "honest=ok")
    assert ask("assess", "finish", assessment)["stage"] == "finished"


def test_all_that_is_not_understood_is_told_at_once_and_nothing_is_kept(run, ask, assessment):
    refused = run("assess", "precheck", assessment, "credit=maybe", "ok", "honest=ok:why", "stopped=ok")
    assert refused.code == 1
    assert all(f"“{written}”" in refused.err for written in ("credit=maybe", "ok", "honest=ok:why"))
    refused = run("assess", "precheck", assessment, "credit=fail", "nothing=ok")
    assert "precheck.credit" in refused.err
    assert "precheck.nothing" in refused.err
    assert [question["holds"] for question in ask("assess", "precheck", assessment)["questions"]] == [None] * 3


def test_a_city_that_asks_nothing_says_so(run, ask):
    ask("site", "add", "--name", "乙单位", "--category", "office", "--district", "east")
    ask("assess", "start", "乙单位")
    assert "没有规定" in run("assess", "precheck", "乙单位").out
    assert run("assess", "precheck", "乙单位", "--ok", "all").code == 0


def test_a_finding_goes_from_noted_to_closed(run, ask, assessment):
    options = ("--item", "B1", "--severity", "major", "--action", "单独存放", "--responsible", "后勤科")
    noted = ask("finding", "add", "甲单位", "灯管混放", *options, "--due", "2099-12-01")
    assert (noted["state"], noted["severity"], noted["due"]) == ("open", "major", "2099-12-01")
    [line, more] = run("finding", "list").out.splitlines()
    assert line == f"{noted['id'][:8]}  严重不符合  待整改  B1  灯管混放"
    assert more.strip() == "甲单位 · 整改：单独存放 · 责任：后勤科 · 期限：2099-12-01"
    assert ask("finding", "done", noted["id"][:8], "--note", "已建专用间")["state"] == "done"
    still = ask("finding", "check", noted["id"], "--open", "--note", "没有台账")
    assert (still["state"], still["check_note"]) == ("open", "没有台账")
    closed = ask("finding", "check", noted["id"], "--closed", "--on", "2099-01-01")
    assert (closed["state"], closed["checked_on"], closed["checked_by"]) == ("closed", "2099-01-01", "王敏")
    assert ask("finding", "list", "--state", "open") == []
    assert len(ask("finding", "list", "--site", "甲单位")) == 1
    assert "没有" in run("finding", "list", "--overdue").out


def test_bad_findings_are_refused_with_all_their_problems(run, assessment):
    refused = run("finding", "add", "甲单位", " ", "--severity", "grave", "--item", "Z9", "--due", "soon")
    assert refused.code == 1
    assert all(f"{place}: " in refused.err for place in ("item", "severity", "text", "due"))
    assert run("finding", "check", "无此问题", "--closed").code == 1
    assert run("finding", "check", "x").code == 2
    assert "没有" in run("finding", "list").out


def test_what_is_given_freely_may_stand_behind_the_options(run, ask, assessment):
    stopped = ask("assess", "precheck", assessment, "--ok", "all", "honest=fail:合同是假的")
    assert stopped["stage"] == "stopped"
    assert "--oops" in run("assess", "precheck", assessment, "--oops").err
