"""Bad input: a clear sentence in both languages that says where and what to do, exit code 1, nothing half-written."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.samples.disks import fill, read_only, small_disk
from tests.samples.registers import SAMPLES, sample

CHINESE = re.compile(r"[\u4e00-\u9fff]")
CODE_SHOWN = re.compile(r"^\s*(?:[^:]*: )?[a-z_]+\.[a-z_]+(?: \w+=.*)?$", re.MULTILINE)  # a key that nobody worded


def refused(run, *command: object, **how: object) -> str:
    """Run a command that must be refused, in both languages; give what it says in Chinese."""
    chinese = run(*command, "--language", "zh", **how)
    english = run(*command, "--language", "en", "--json", **how)
    for ended in (chinese, english):
        assert ended.code == 1, ended
        assert "Traceback" not in ended.err
        assert not CODE_SHOWN.search(ended.err), ended.err
        assert not re.search(r"\{\w+\}", ended.err), ended.err
    assert chinese.out == ""
    told = english.json["error"]
    assert all(one["message"] in english.err for one in [told, *told["problems"]]), "programs read the same"
    assert CHINESE.search(chinese.err)
    assert re.search(r"[a-z]{3,} [a-z]{2,}", english.err)
    assert chinese.err != english.err
    return chinese.err


# --- files named on the command line


@pytest.fixture
def score(run, tmp_path):
    """Score answers that must be refused; give the sentences."""

    def scored(answers: object) -> str:
        path = tmp_path / "answers.json"
        path.write_bytes(answers if isinstance(answers, bytes) else json.dumps(answers).encode())
        return refused(run, "score", "--checklist", SAMPLES / "small.yaml", "--answers", path)

    return scored


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"Z9": "yes"}, "Z9"),
        ({"A2": {"part": "many", "whole": "100"}}, "many"),
        ({"A2": {"part": "120", "whole": "100"}}, "120"),
        ({"A2": {"part": "-1", "whole": "100"}}, "-1"),
        ({"B1": "perhaps"}, "perhaps"),
        ({"B1": 7}, "B1"),
        ({"A1": {"roof": "yes"}}, "roof"),
        ({"A1": ["yes"]}, "A1"),
        ({"B1": {"na": " "}}, "B1"),
        ({"B1": {"na": 5}}, "B1"),
        ({"B1": {"na": "x", "value": "yes"}}, "B1"),
        ({"G1": {"na": "没有"}}, "G1"),
        ({"facts": {"canteen": "maybe"}}, "maybe"),
        ({"facts": {"staff": "dozens"}}, "dozens"),
        ({"facts": ["canteen"]}, "facts"),
        (["G1"], "answers.json"),
        (b"", "answers.json"),
        (b"{", "answers.json:1:2"),
        (b'{"G1": "yes"\n "A1": 1}', "answers.json:2:2"),
        (b'{"G1": "yes", "G1": "no"}', "G1"),
        ('{"G1": "是"}'.encode("gb18030"), "answers.json"),
        (b'{"B1": "\\ud800"}', "answers.json"),
        (b'{"facts": {"staff": "\\udfff"}}', "answers.json"),
        (b"[" * 100_000, "answers.json"),
        (b'{"A2": ' + b"9" * 5000 + b"}", "answers.json"),
    ],
    ids=str,
)
def test_answers_that_cannot_be_scored(score, answers, said):
    assert said in score(answers)


def test_several_mistakes_are_said_together(score):
    said = score({"Z9": "yes", "B1": "perhaps", "A2": {"part": "x", "whole": "1"}, "facts": {"canteen": "?"}})
    assert all(part in said for part in ("Z9", "B1", "A2", "canteen"))
    assert len(said.splitlines()) == 5


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("full: 15", "full: 16", ("small.yaml:", "16", "15")),
        ("{fact: canteen}", "{fact: roof}", ("small.yaml:", "roof")),
        ("key: A2", "key: A1", ("small.yaml:", "A1")),
        ("yes_no: 5", "yes_no: lots", ("small.yaml:", "lots")),
        ("groups:", "gruops:", ("gruops",)),
        ("format: wufei-checklist/1", "format: wufei-checklist/2", ("wufei-checklist/1",)),
        ("  - {key: own", "  - {key: own\n\t- ", ("small.yaml:",)),
    ],
)
def test_a_broken_checklist_says_where(run, tmp_path, old, new, said):
    path = tmp_path / "small.yaml"
    content = sample("small").decode()
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    told = refused(run, "score", "--checklist", path, "--answers", answers)
    assert all(part in told for part in said)
    checked = run("checklist", "check", path, "--json")
    assert (checked.code, checked.json["ok"], checked.err) == (1, False, "")
    assert all(problem["place"] and CHINESE.search(problem["sentence"]) for problem in checked.json["problems"])
    in_words = run("checklist", "check", path, "--language", "en")
    assert in_words.code == 1
    assert not CODE_SHOWN.search(in_words.out)
    refused(run, "checklist", "publish", path)


def test_a_sound_checklist_is_said_to_be_sound(run, small_file):
    checked = run("checklist", "check", small_file, "--json")
    assert (checked.code, checked.json) == (0, {"file": str(small_file), "ok": True, "problems": []})


@pytest.mark.parametrize("name", ["missing.yaml", "", "folder/", "\u4e0d\u5b58\u5728"])
def test_a_file_that_is_not_there_or_is_a_folder(run, tmp_path, name):
    (tmp_path / "folder").mkdir()
    told = refused(run, "checklist", "check", tmp_path / name)
    assert str(tmp_path) in told


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"\xff\xfe", b"%PDF-1.7\n%\xe2\xe3", b"- just\n- a list", b"42", b"a: &x 1"]
)
def test_a_file_of_another_kind_is_no_checklist(run, tmp_path, content):
    path = tmp_path / "file.yaml"
    path.write_bytes(content)
    checked = run("checklist", "check", path, "--json")
    assert (checked.code, checked.json["ok"]) == (1, False)


@pytest.mark.parametrize("target", ["nowhere/x.pdf", "folder.pdf", "x" * 300 + ".pdf"])
def test_a_place_where_no_file_can_be_written(run, tmp_path, target):
    (tmp_path / "folder.pdf").mkdir()
    told = refused(run, "report", "--output", tmp_path / target)
    assert str(tmp_path) in told
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".")] == []


# --- answers and fields


@pytest.fixture
def assessment(ask, site) -> str:
    return ask("assess", "start", site["id"])["id"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Z9", "yes"), "Z9"),
        (("B1", "perhaps"), "perhaps"),
        (("A2", '{"part": "abc", "whole": "10"}'), "abc"),
        (("A2", '{"part": 11, "whole": 10}'), "11"),
        (("A2", '{"part": '), "JSON"),
        (("A2", "[1, 2"), "JSON"),
        (("B1", "--na", ""), "B1"),
        (("G1", "--na", "x"), "G1"),
        (("B1", "yes", "--na", "x"), "B1"),
        (("B1",), "--file"),
        ((), "--file"),
        (("B1", "yes", "--note", "x" * 4001), "B1"),
        (("B1", "yes", "--note", "\x1b[0m"), "B1"),
        (("B1", "yes", "--note", "\udcff"), "B1"),
    ],
)
def test_answers_that_do_not_fit_are_not_kept(run, ask, assessment, arguments, said):
    assert said in refused(run, "assess", "answer", assessment, *arguments)
    assert ask("assess", "show", assessment)["answers"] == {}


def test_of_a_file_with_one_mistake_nothing_is_kept(run, ask, assessment, site, tmp_path):
    path = tmp_path / "answers.json"
    path.write_text('{"facts": {"canteen": "no"}, "G1": "yes", "B1": "perhaps"}')
    assert "B1" in refused(run, "assess", "answer", assessment, "--file", path)
    path.write_text('{"facts": {"roof": "flat"}, "G1": "yes"}')
    assert "roof" in refused(run, "assess", "answer", assessment, "--file", path)
    assert ask("assess", "show", assessment)["answers"] == {}
    assert ask("site", "show", site["id"])["facts"] == {}


def test_a_form_with_many_mistakes(run, ask):
    told = refused(
        *(run, "site", "add", "--name", " ", "--category", "zoo", "--district", "north"),
        *("--credit-code", "91350100M000100Y44", "--address", "x" * 501),
    )
    assert all(part in told for part in ("name", "zoo", "office", "north", "east", "91350100M000100Y44", "500"))
    assert ask("site", "list") == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("site", "show", "无此单位"), "无此单位"),
        (("site", "edit", "无此单位", "--phone", "1"), "无此单位"),
        (("site", "add", "--name", "乙", "--category", "office", "--district", "east", "--fact", "canteen"), "canteen"),
        (("site", "add", "--name", "乙", "--category", "office", "--district", "east", "--fact", "=yes"), "=yes"),
        (("site", "add", "--name", "甲单位", "--category", "office", "--district", "east"), "甲单位"),
        (("assess", "start", "无此单位"), "无此单位"),
        (("assess", "show", "甲单位"), "甲单位"),
        (("assess", "finish", "无此单位"), "无此单位"),
        (("decide", "甲单位", "--approve"), "甲单位"),
        (("certificate", "issue", "甲单位"), "甲单位"),
        (("certificate", "print", "SC-JG-2026-999"), "SC-JG-2026-999"),
        (("excel", "export", "无此单位"), "无此单位"),
    ],
)
def test_what_is_not_there_or_not_possible_is_named(run, site, command, said):
    assert said in refused(run, *command)


def test_steps_out_of_order_are_refused_with_a_reason(run, ask, assessment, answers_file):
    assert "B1" in refused(run, "assess", "finish", assessment)
    for command in (("decide", assessment, "--approve"), ("certificate", "issue", assessment)):
        assert "甲单位" in refused(run, *command)
    ask("assess", "answer", assessment, "--file", answers_file)
    ask("assess", "finish", assessment)
    assert "甲单位" in refused(run, "assess", "answer", assessment, "B1", "no")
    assert "甲单位" in refused(run, "assess", "start", "甲单位")
    refused(run, "decide", assessment, "--reject")
    refused(run, "assess", "reopen", assessment, "--reason", " ")
    ask("decide", assessment, "--approve")
    assert "9999" in refused(run, "certificate", "issue", assessment, "--issued-on", "9999-01-01")


@pytest.mark.parametrize("day", ["gestern", "2026-02-30", "2026/11/02", ""])
def test_a_day_that_is_none_is_not_understood(run, assessment, day):
    ended = run("certificate", "issue", assessment, "--issued-on", day)
    assert (ended.code, ended.out) == (2, "")


# --- the register itself


def bare(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def damage_nothing(path: Path) -> None:
    path.unlink()
    bare(path, "CREATE TABLE songs (title TEXT)")


SPOILED: dict[str, Callable[[Path], object]] = {
    "a newer version": lambda path: bare(path, "UPDATE meta SET value = '9.0' WHERE name = 'schema'"),
    "no database": lambda path: path.write_text("单位,得分\n" * 100),
    "another program's database": damage_nothing,
    "a truncated database": lambda path: path.write_bytes(path.read_bytes()[:5000]),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=list(SPOILED))
def test_a_register_that_cannot_be_opened_is_left_as_it_is(run, ask, site, data, spoil):
    path = data / "wufei.db"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    for command in (("site", "list"), ("digest",), ("doctor",), ("doctor", "--repair")):
        assert str(path) in refused(run, *command)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [entry.name for entry in data.iterdir()] == ["wufei.db"]


def test_a_data_folder_that_is_not_there_is_not_made(run, tmp_path):
    assert str(tmp_path / "nowhere") in refused(run, "site", "list", folder=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_data_folder_that_is_a_file(run, tmp_path):
    (tmp_path / "file").write_text("x")
    assert str(tmp_path / "file") in refused(run, "site", "list", folder=tmp_path / "file")


@pytest.mark.parametrize("person", ["", "  ", "x" * 200, "a\x07", "\udcff"])
def test_a_person_who_cannot_be_named(run, data, person):
    refused(run, "site", "list", person=person)
    assert list(data.iterdir()) == []


def test_a_read_only_register_is_read_and_not_written(run, ask, site, data):
    with read_only(data / "wufei.db"):
        assert [row["name"] for row in ask("site", "list")] == ["甲单位"]
        assert str(data) in refused(run, "site", "edit", site["id"], "--phone", "1")
    assert ask("site", "show", site["id"])["phone"] == ""


def test_a_read_only_folder_takes_no_new_register(run, data):
    with read_only(data):
        assert str(data) in refused(run, "site", "list")
    assert list(data.iterdir()) == []


def test_a_full_disk_keeps_what_was_there(run, tmp_path):
    with small_disk(tmp_path / "disk", 1800) as disk:
        add = ("site", "add", "--category", "office", "--district", "east", "--name")
        assert run(*add, "甲", folder=disk).code == 0
        fill(disk, leaving=12_000)
        told = refused(
            run, *add, "乙", "--note", "长" * 500, "--address", "长" * 500, "--contact", "长" * 500, folder=disk
        )
        assert str(disk) in told
        (disk / "filler").unlink()
        assert [row["name"] for row in run("site", "list", "--json", folder=disk).json] == ["甲"]
        assert run("doctor", folder=disk).code == 0


def test_a_full_disk_takes_no_half_a_paper(run, ask, tmp_path, site):
    with small_disk(tmp_path / "disk", 400) as disk:
        fill(disk, leaving=4096)
        told = refused(run, "report", "--output", disk / "report.pdf")
        assert str(disk / "report.pdf") in told
        assert [entry.name for entry in disk.iterdir()] == ["filler"]
