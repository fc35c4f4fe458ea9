"""What publishing says: which numbers are the city's, which edition stays in force, which keys were something else."""

from __future__ import annotations

import pytest

from tests.command_line.test_edition_commands import REPLACED
from tests.samples.editions import as_file, entry, small, with_item, without, yes_no


@pytest.fixture
def file(tmp_path):
    """Write a checklist file."""

    def write(data, name: str = "edition.json"):
        path = tmp_path / name
        path.write_bytes(as_file(data))
        return path

    return write


@pytest.fixture
def workbook(run, file, tmp_path):
    """Write a checklist as a workbook, under a name that says nothing of it."""

    def write(data, name: str = "标准"):
        path = tmp_path / f"{name}.xlsx"
        assert run("checklist", "to-excel", file(data, f"{name}.json"), "-o", path).code == 0
        return path

    return write


def reworded(data):
    entry(data, "A1")["text"] = "领导机构"
    return data


# --- the city's numbers


@pytest.mark.parametrize("by", ["file", "draft"])
def test_a_number_that_the_city_replaces_is_told_when_it_is_published(run, file, by):
    source = file(small())
    if by == "draft":
        draft = run("checklist", "draft", "new", source, "--json").json["id"]
        ended = run("checklist", "draft", "publish", draft)
    else:
        ended = run("checklist", "publish", source)
    assert ended.code == 0
    assert ended.out.splitlines()[1:] == [REPLACED]


def test_a_number_that_the_city_leaves_alone_is_not_told(run, file):
    parameters = [{"key": "pass_mark", "text": "通过线", "unit": "分", "value": "15"}]
    assert run("checklist", "publish", file(small(parameters=parameters))).out.count("\n") == 1


# --- what stays in force


@pytest.mark.parametrize("by", ["file", "draft"])
def test_an_edition_that_a_later_one_leaves_behind_is_not_said_to_be_used(run, file, by):
    run("checklist", "publish", file(small("3", effective_from="2026-05-01")))
    late = file(small("2", effective_from="2026-04-01"))
    if by == "draft":
        draft = run("checklist", "draft", "new", late, "--json").json["id"]
        ended = run("checklist", "draft", "publish", draft)
    else:
        ended = run("checklist", "publish", late)
    assert "自 2026-05-01 起施行的 SMALL 3 仍是现行版次" in ended.out
    assert "新开始的评估用这一版" not in ended.out


def test_an_edition_of_a_day_to_come_is_used_from_that_day_on(run, file):
    run("checklist", "publish", file(small("2", effective_from="2199-01-01")))
    ended = run("checklist", "publish", file(small("3", effective_from="2198-01-01")))
    assert "自 2198-01-01 起，新开始的评估用这一版" in ended.out


# --- keys that were something else


def dropped_and_used_again(**fields):
    return with_item(without(small("3", full=None), "B1"), yes_no("B1", **fields))


@pytest.fixture
def dropped(run, file):
    """A second edition without an item of the first."""
    assert run("checklist", "publish", file(without(small(full=None), "B1"))).code == 0


def test_a_key_that_was_something_else_is_refused_with_its_place_and_its_old_words(run, file, dropped):
    ended = run("checklist", "publish", file(dropped_and_used_again()))
    assert (ended.code, ended.out) == (1, "")
    assert "edition.json:1:" in ended.err
    assert "编号 B1 在 1 版里是“餐厨垃圾单独收运”" in ended.err


def test_a_draft_tells_it_while_it_is_written_and_is_not_published(run, file, dropped):
    draft = run("checklist", "draft", "new", file(dropped_and_used_again()), "--json").json["id"]
    [problem] = run("checklist", "draft", "check", draft, "--json").json
    assert problem["code"] == "publishing.key_reused"
    assert problem["place"].endswith("items.3.key")
    assert run("checklist", "draft", "publish", draft).code == 1
    looked = run("checklist", "impact", draft)
    assert (looked.code, looked.out.count("编号 B1")) == (0, 1)


def test_all_reused_keys_are_told_at_once(run, file):
    gone = without(without(with_item(small(full=None), yes_no("Z1")), "A1"), "B1")
    assert run("checklist", "publish", file(gone)).code == 0
    again = with_item(with_item({**gone, "edition": "3"}, yes_no("A1")), yes_no("B1"))
    assert run("checklist", "publish", file(again)).err.count("一经使用") == 2


def test_an_entry_that_says_where_it_comes_from_or_that_comes_back_as_it_was_is_taken(run, file, dropped):
    said = dropped_and_used_again(**{"from": [{"key": "A1", "relation": "split"}]})
    assert run("checklist", "publish", file(said)).code == 0
    assert run("checklist", "publish", file(small("4"))).code == 0


# --- workbooks


def test_workbooks_are_taken_wherever_files_are(run, workbook, file, answers_file):
    path = workbook(reworded(small()))
    equal = run("checklist", "diff", path, file(reworded(small())), "--json")
    assert equal.json["equal"] is True
    assert run("checklist", "diff", "SMALL 1", path, "--json").json["answers"]["to_check"] == 1
    assert run("checklist", "impact", path).code == 0
    assert run("score", "--checklist", path, "--answers", answers_file).code == 0
    draft = run("checklist", "draft", "new", path, "--json").json["id"]
    assert run("checklist", "draft", "check", draft).code == 0
    other = workbook(small("7"), "另一版")
    run("checklist", "draft", "save", draft, other)
    assert run("checklist", "draft", "show", draft, "--json").json["edition"] == "7"


# --- what an assessment says afterwards


def test_carrying_over_names_what_is_new_apart_from_what_was_not_answered(run, file):
    run("site", "add", "--name", "甲", "--category", "office", "--district", "east")
    run("assess", "start", "甲")
    run("checklist", "publish", file(with_item(small(full=None), yes_no("A3"))))
    ended = run("assess", "carry", "甲", "--preview")
    assert "待评 5 条（其中新条款 1 条）" in ended.out
    shown = run("assess", "carry", "甲", "--preview", "--json").json
    assert (len(shown["to_answer"]), shown["new"]) == (5, ["A3"])


def test_what_waits_to_be_looked_at_again_is_shown_with_the_assessment(run, file):
    run("site", "add", "--name", "甲", "--category", "office", "--district", "east")
    run("assess", "start", "甲")
    run("assess", "answer", "甲", "A1", '{"plan": "yes", "staff": "yes"}')
    assert "待复核" not in run("assess", "show", "甲").out
    run("checklist", "publish", file(reworded(small())))
    run("assess", "carry", "甲")
    lines = run("assess", "show", "甲").out.splitlines()
    [place] = [number for number, line in enumerate(lines) if line.startswith("待复核 1 条")]
    assert lines[place + 1].strip().endswith("领导机构")
    assert list(run("assess", "show", "甲", "--json").json["rechecks"]) == ["A1"]
