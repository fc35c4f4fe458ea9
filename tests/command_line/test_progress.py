"""The board on the command line: as of a day, for a part of the city, and the sites behind each figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest


@pytest.fixture
def city(ask, answers_file):
    """A certified site in the east, one being scored in the west, and one that is only registered: their names."""
    for name, district in (("甲", "east"), ("乙", "west"), ("丙", "west")):
        ask("site", "add", "--name", name, "--category", "office", "--district", district, "--fact", "canteen=yes")
    for name in ("甲", "乙"):
        ask("assess", "start", name)
    ask("assess", "answer", "甲", "--file", answers_file)
    ask("assess", "finish", "甲")
    ask("decide", "甲", "--approve")
    ask("certificate", "issue", "甲")
    return "甲", "乙", "丙"


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def test_all_of_the_board_is_one_document(ask, city):
    found = ask("progress")
    assert (found["certified"], found["ever_certified"], found["remaining"]) == (1, 1, found["goal"] - 1)
    assert found["gone"] == {"expired": 0, "suspended": 0, "withdrawn": 0}
    assert found["whole"] == {"sites": 3, "assessed": 1, "passed": 1, "certified": 1, "gone": 0}
    assert found["needed"]["new"] == found["goal"] - 1
    assert [one["stage"] for one in found["pipeline"] if one["sites"]] == ["registered", "scoring", "certified"]
    assert found["months"][-1] == {"month": month(date.today()), "gained": 1, "lost": 0, "valid": 1}  # noqa: DTZ011
    assert len(found["runs_out"]) == 24
    assert {(one["category"], one["district"]): one["sites"] for one in found["cells"]} == {
        ("office", "east"): 1,
        ("office", "west"): 2,
    }


def test_a_part_of_the_city_is_named_by_key_or_by_name(ask, city):
    for named in ("west", "西区"):
        found = ask("progress", "--county", named)
        assert (found["within"]["districts"], found["whole"]["sites"], found["goal"]) == (["west"], 2, None)
    assert ask("progress", "--category", "school")["whole"]["sites"] == 0


def test_the_sites_behind_figures_are_listed(ask, city):
    def names(*wanted, on=()):
        return [one["name"] for one in ask("progress", *on, "--list", *wanted)["sites"]]

    today = date.today()  # noqa: DTZ011 - the command line has the clock of the machine
    assert names("valid") == names("ever") == names("stage:certified") == [city[0]]
    assert names("stage:scoring") == [city[1]]
    assert names(f"gained:{month(today)}") == [city[0]]
    assert names(f"gained:{month(today)}", "stage:scoring") == []
    assert names("valid", on=("--on", today)) == [city[0]]
    assert names("valid", on=("--on", today - timedelta(days=1))) == names("expired") == []
    assert names("lost:1999-01") == names("stuck") == names("put-right") == []
    (row,) = ask("progress", "--list", "valid")["sites"]
    assert (row["stage"], row["since"], row["certificate_state"]) == ("certified", today.isoformat(), "valid")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--list", "nothing"), "board.unknown_list"),
        (("--list", "gained:2026-1"), "board.unknown_list"),
        (("--list", "stage:somewhere"), "board.unknown_list"),
        (("--on", "9999-12-31"), "time_machine.future"),
        (("--on", "0001-01-01"), "board.far_day"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(run, arguments, code):
    refused = run("progress", *arguments, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert code not in refused.err


def test_parts_that_are_not_there_are_all_named(run):
    refused = run("progress", "--county", "nowhere", "--category", "nothing", "--json")
    assert {one["code"] for one in refused.json["error"]["problems"]} == {
        "site.unknown_district",
        "site.unknown_category",
    }


@pytest.mark.parametrize(("language", "said"), [("zh", "有效无废细胞 1 个"), ("en", "1 valid waste-free cells")])
def test_lines_say_it_in_words(run, city, language, said):
    for arguments in ((), ("--county", "east"), ("--list", "valid"), ("--on", "2020-12-31")):
        told = run("progress", "--language", language, *arguments)
        assert told.code == 0
        assert "cli." not in told.out
        assert "{" not in told.out
    assert said in run("progress", "--language", language).out
