"""The whole job by commands: every one of them, in both languages, for people and for programs."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from wufei_cells.command_line.main import parser


def test_the_whole_job(ask, answers_file, tmp_path):
    site = ask("site", "add", "--name", "云台山", "--category", "office", "--district", "east", "--fact", "canteen=no")
    assert (site["name"], site["stage"], site["facts"]) == ("云台山", "registered", {"canteen": "no"})
    started = ask("assess", "start", "云台山", "--assessor", "李工", "--assessor", "赵工", "--visited-on", "2026-10-30")
    assert (started["stage"], started["assessors"], started["visited_on"]) == (
        "scoring",
        ["李工", "赵工"],
        "2026-10-30",
    )
    answered = ask("assess", "answer", started["id"], "--file", answers_file)
    assert set(answered["answered"]) == {"G1", "A1", "A2", "B1"}
    assert (answered["total"], answered["passed"], answered["missing"]) == ("20", True, [])
    shown = ask("assess", "show", "云台山")
    assert shown["score"]["total"] == "20"
    assert shown["answers"]["A1"] == {
        "value": {"plan": "yes", "staff": "yes"},
        "na": None,
        "note": "",
        "author": "王敏",
    }
    finished = ask("assess", "finish", "云台山")
    assert (finished["stage"], finished["total"], finished["level"], finished["passed"]) == (
        "finished",
        "20",
        "good",
        True,
    )
    decided = ask("decide", "云台山", "--approve", "--remarks", "同意", person="周主任")
    assert (decided["stage"], decided["decided_by"], decided["remarks"]) == ("approved", "周主任", "同意")
    today = date.today()  # noqa: DTZ011 - the command line has the clock of the machine
    issued = ask("certificate", "issue", "云台山", "--issued-on", today, "--document", "山无废〔2026〕3号")
    number = f"SC-JG-{today.year}-001"
    assert (issued["number"], issued["issued_on"], issued["state"]) == (number, today.isoformat(), "valid")
    assert issued["example"] is False
    assert ask("certificate", "list") == [issued]
    paper = tmp_path / "证书.pdf"
    assert ask("certificate", "print", issued["number"], "--output", paper) == {"file": str(paper)}
    assert len(PdfReader(paper).pages) == 1
    table = tmp_path / "评分表.xlsx"
    assert ask("excel", "export", "云台山", "--output", table) == {"file": str(table)}
    assert load_workbook(BytesIO(table.read_bytes())).sheetnames
    report = tmp_path / "进度.pdf"
    assert ask("report", "--output", report) == {"file": str(report), "kind": "progress"}
    assert PdfReader(report).pages
    told_afterwards(ask, number, today)


def told_afterwards(ask, number, today):
    """What the register says once the job is done."""
    progress = ask("progress", "--on", today)
    assert (progress["goal"], progress["certified"], progress["remaining"], progress["by"]) == (3, 1, 2, "2027-12-31")
    assert progress["categories"]["office"] == {"sites": 1, "assessed": 1, "passed": 1, "certified": 1, "gone": 0}
    assert progress["stages"] == {"certified": 1}
    assert ask("site", "show", "云台山")["certificate"] == number
    assert [entry["name"] for entry in ask("site", "list", "--stage", "certified")] == ["云台山"]
    assert ask("doctor")["sound"] is True


def test_sites_are_listed_with_what_people_call_things(run, ask, site):
    [line] = run("site", "list").out.splitlines()
    assert line.split("  ")[1:4] == ["甲单位", "无废机关", "东区"]
    [line] = run("site", "list", "--language", "en").out.splitlines()
    assert site["category"] not in line.split("  ")


def test_a_name_that_cannot_be_printed_is_told_early(run, ask, site, answers_file):
    assert run("site", "edit", site["id"], "--name", "甲𱁬单位").err.count("𱁬 U+3106C") == 1
    ask("assess", "start", site["id"])
    ask("assess", "answer", site["id"], "--file", answers_file)
    ask("assess", "finish", site["id"])
    ask("decide", site["id"], "--approve")
    refused = run("batch", "name", "第一批", site["id"], "--document", "5号", "--json")
    assert (refused.code, [one["code"] for one in refused.json["error"]["problems"]]) == (1, ["papers.name_glyphs"])
    assert ask("batch", "list") == []


def test_a_finished_assessment_is_opened_again_with_a_reason(ask, site, answers_file):
    ask("assess", "start", site["id"])
    ask("assess", "answer", site["name"], "--file", answers_file)
    ask("assess", "finish", site["name"])
    assert ask("assess", "reopen", site["name"], "--reason", "补充材料")["stage"] == "scoring"
    ask("assess", "finish", site["name"])
    assert ask("decide", site["name"], "--reject", "--remarks", "现场不符")["stage"] == "rejected"


def test_a_site_is_edited_and_its_history_shown(ask, site):
    ask("site", "edit", site["id"][:8], "--phone", "0391-1", "--fact", "canteen=yes", person="李工")
    ask("site", "edit", site["name"], "--name", "乙单位", "--fact", "canteen=")
    shown = ask("site", "show", "乙单位")
    assert (shown["phone"], shown["facts"], shown["assessments"]) == ("0391-1", {}, [])
    told = [(act["author"], act["cell"], act["old"], act["new"]) for act in shown["history"]][-4:]
    assert told == [
        ("李工", "phone", None, "0391-1"),
        ("李工", "fact.canteen", None, "yes"),
        ("王敏", "name", "甲单位", "乙单位"),
        ("王敏", "fact.canteen", "yes", None),
    ]


def test_lists_are_filtered(ask, site):
    ask("site", "add", "--name", "第一小学", "--category", "school", "--district", "west")
    for options, names in (
        ((), {"甲单位", "第一小学"}),
        (("--search", "小学"), {"第一小学"}),
        (("--category", "office"), {"甲单位"}),
        (("--district", "west"), {"第一小学"}),
        (("--stage", "scoring"), set()),
    ):
        assert {row["name"] for row in ask("site", "list", *options)} == names


def test_checklists_are_listed_with_what_they_hold(ask):
    rows = {row["category"]: row for row in ask("checklist", "list")}
    office = rows["office"]
    assert (office["key"], office["edition"], office["full"], office["items"], office["gates"]) == (
        "SMALL",
        "1",
        "20",
        3,
        1,
    )
    assert office["title"] == {"zh": "小型标准", "en": "Small Checklist"}
    assert (office["official"], office["effective_from"]) == (False, "2026-01-01")
    assert len(office["id"]) == 64


# --- answers one by one


@pytest.fixture
def scoring(ask, site) -> str:
    return ask("assess", "start", site["id"])["id"]


def standing(ask, assessment: str, item: str) -> dict[str, object]:
    entry = ask("assess", "show", assessment)["answers"][item]
    return {name: entry[name] for name in ("value", "na", "note")}


def test_an_item_is_answered_with_text_or_json(ask, scoring):
    assert ask("assess", "answer", scoring, "G1", "yes")["gates"] == [{"item": "G1", "ok": True, "kind": "condition"}]
    ask("assess", "answer", scoring, "A1", '{"plan": "yes", "staff": "no"}', "--note", "缺文件")
    assert standing(ask, scoring, "A1") == {"value": {"plan": "yes", "staff": "no"}, "na": None, "note": "缺文件"}
    ask("assess", "answer", scoring, "A2", '{"part": 7.5, "whole": "10"}')
    assert standing(ask, scoring, "A2")["value"] == {"part": "7.5", "whole": "10"}
    ask("assess", "answer", scoring, "A2", "--na", "没有抽样对象")
    assert standing(ask, scoring, "A2") == {"value": None, "na": "没有抽样对象", "note": ""}


def test_what_a_command_does_not_speak_of_stays(ask, scoring, answers_file):
    ask("assess", "answer", scoring, "B1", "no", "--note", "没有分开收运")
    ask("assess", "answer", scoring, "B1", "yes")
    assert standing(ask, scoring, "B1") == {"value": "yes", "na": None, "note": "没有分开收运"}
    ask("assess", "answer", scoring, "B1", "--note", "已整改")
    assert standing(ask, scoring, "B1") == {"value": "yes", "na": None, "note": "已整改"}
    ask("assess", "answer", scoring, "--file", answers_file)
    assert standing(ask, scoring, "B1")["note"] == "已整改"
    ask("assess", "answer", scoring, "B1", "", "--note", "")
    assert standing(ask, scoring, "B1") == {"value": None, "na": None, "note": ""}


def test_facts_of_an_answers_file_become_the_sites(ask, scoring, tmp_path, site):
    path = tmp_path / "facts.json"
    path.write_text('{"facts": {"canteen": false, "staff": 12.5}}', "utf-8")
    ask("assess", "answer", scoring, "--file", path)
    assert ask("site", "show", site["id"])["facts"] == {"canteen": "no", "staff": "12.5"}
    path.write_text('{"facts": {"staff": null}}', "utf-8")
    ask("assess", "answer", scoring, "--file", path)
    assert ask("site", "show", site["id"])["facts"] == {"canteen": "no"}


# --- digest and doctor


def test_the_digest_is_changed_by_acts_and_not_by_looking(ask, site):
    before = ask("digest")["digest"]
    assert len(before) == 64
    ask("site", "list", person="参观者")
    assert ask("digest", person="另一个")["digest"] == before
    ask("site", "edit", site["id"], "--phone", "1")
    assert ask("digest")["digest"] != before


def test_a_copied_register_has_the_same_digest(ask, site, data, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "wufei.db").write_bytes((data / "wufei.db").read_bytes())
    assert ask("digest", folder=copy) == ask("digest")


def test_the_doctor_names_what_is_wrong_and_repairs_it(run, ask, site, data):
    with sqlite3.connect(data / "wufei.db") as connection:
        connection.execute("UPDATE site SET name = 'x'")
    connection.close()
    ended = run("doctor", "--json")
    assert (ended.code, ended.json["sound"], ended.json["projection"]) == (1, False, ["site"])
    assert "doctor --repair" in run("doctor").out
    assert ask("doctor", "--repair")["sound"] is True
    assert ask("site", "show", site["id"])["name"] == "甲单位"


# --- languages, options, forms


@pytest.fixture
def busy(ask, run, site, answers_file, tmp_path):
    """A register with something to say in every list."""
    ask("assess", "start", site["id"])
    ask("assess", "answer", site["id"], "--file", answers_file)
    ask("assess", "finish", site["id"])
    ask("decide", site["id"], "--approve")
    ask("certificate", "issue", site["id"])
    return site


READING = (
    ("checklist", "list"),
    ("site", "list"),
    ("site", "show", "甲单位"),
    ("assess", "show", "甲单位"),
    ("certificate", "list"),
    ("progress",),
    ("digest",),
    ("doctor",),
)


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_lists_speak_both_languages_and_one_json_document(run, busy, command):
    chinese, english = run(*command, "--language", "zh"), run(*command, "--language", "en")
    assert (chinese.code, english.code, chinese.err, english.err) == (0, 0, "", "")
    assert chinese.out.strip()
    if command not in (("digest",), ("certificate", "list")):  # all names and numbers
        assert chinese.out != english.out
    assert "{" not in chinese.out + english.out
    as_json = run(*command, "--json", "--language", "zh")
    assert json.dumps(as_json.json, ensure_ascii=False, indent=2) + "\n" == as_json.out
    assert run(*command, "--json", "--language", "en").json == as_json.json or command[0] == "assess"


def test_options_may_stand_before_and_after_the_command(run, busy, data):
    after = run("site", "list", "--json", "--language", "en")
    before = run("--json", "--language", "en", "site", "list")
    between = run("--json", "site", "list", "--language", "en")
    assert before.json == after.json == between.json
    elsewhere = data.parent / "elsewhere"
    elsewhere.mkdir()
    assert run("site", "list", "--json", "--data", elsewhere).json == []


def test_empty_lists_say_so(run):
    for command, sentence in ((("site", "list"), "没有"), (("certificate", "list"), "没有")):
        assert sentence in run(*command).out
        assert run(*command, "--json").json == []


def test_the_language_is_that_of_the_environment_unless_asked_otherwise(run, monkeypatch):
    assert "没有" in run("site", "list").out
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "No sites" in run("site", "list").out
    monkeypatch.setenv("LC_ALL", "C")
    assert "没有" in run("site", "list").out
    assert "No sites" in run("site", "list", "--language", "en").out


FIXED = (
    *("checklist list", "checklist check", "score", "site add", "site list", "site show", "assess start"),
    *("assess answer", "assess finish", "decide", "certificate issue", "certificate list", "certificate print"),
    *("progress", "excel export", "digest", "demo", "doctor"),
    *("assess precheck", "finding add", "finding list", "finding done", "finding check"),
)


@pytest.mark.parametrize("command", FIXED)
def test_the_promised_commands_are_there_and_have_help(run, command):
    ended = run(*command.split(), "--help")
    assert ended.code == 0
    assert all(option in ended.out for option in ("--data", "--json", "--language"))


@pytest.mark.parametrize(
    "arguments", [(), ("unknown",), ("site",), ("site", "add"), ("assess", "start"), ("--nothing",)]
)
def test_what_is_not_understood_ends_with_2_and_says_why(run, arguments):
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "usage" in ended.err


def test_the_version_is_that_of_the_package(run):
    ended = run("--version")
    assert ended.code == 0
    assert ended.out.strip()


def test_every_command_has_somebody_who_runs_it():
    pending = [parser()]
    leaves = 0
    while pending:
        current = pending.pop()
        groups = [
            action for action in current._actions if hasattr(action, "choices") and isinstance(action.choices, dict)
        ]
        if groups:
            pending += groups[0].choices.values()
        else:
            leaves += 1
            assert callable(current.get_default("run")), current.prog
    assert leaves >= len(FIXED)


# --- files written


def test_without_a_name_the_scoresheet_is_named_after_the_site(ask, busy, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ask("excel", "export", "甲单位") == {"file": "甲单位.xlsx"}
    assert (tmp_path / "甲单位.xlsx").exists()
    number = ask("certificate", "list")[0]["number"]
    assert ask("certificate", "print", number) == {"file": f"{number}.pdf"}


def test_an_existing_file_is_replaced_whole(ask, busy, tmp_path):
    target: Path = tmp_path / "x.xlsx"
    target.write_bytes(b"old" * 100_000)
    ask("excel", "export", "甲单位", "--output", target)
    assert load_workbook(target).sheetnames
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []
