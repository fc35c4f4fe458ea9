"""``--as-of DAY`` goes with every command: those that read answer as of that day, those that write are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.samples.registers import HandClock, add_site, open_register
from wufei_cells.services import assessing

FIRST = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)


def day(number: int) -> str:
    """The register's days, counted from 1."""
    return (FIRST + timedelta(days=number - 1)).astimezone().date().isoformat()


@pytest.fixture(autouse=True)
def register(data, small_criteria):
    """One site on the first day, its assessment on the third, another site on the fifth."""
    clock = HandClock(FIRST)
    workspace = open_register(data, clock)
    site = add_site(workspace, "甲单位")
    clock.forward(days=2)
    assessing.start_assessment(workspace, site.id)
    clock.forward(days=2)
    add_site(workspace, "乙单位")
    workspace.close()


def test_lists_and_numbers_are_those_of_the_day(ask):
    assert [row["name"] for row in ask("site", "list", "--as-of", day(4))] == ["甲单位"]
    told = [ask("progress", "--as-of", day(number)) for number in (1, 3, 5)]
    assert [(found["on"], found["whole"]["sites"]) for found in told] == [(day(1), 1), (day(3), 1), (day(5), 2)]
    assert [found["stages"] for found in told][:2] == [{"registered": 1}, {"scoring": 1}]


def test_the_option_stands_before_or_behind_the_command(ask, run):
    assert run("--as-of", day(1), "site", "list", "--json").out == run("site", "list", "--json", "--as-of", day(1)).out


def test_as_of_today_nothing_differs(ask):
    today = datetime.now().astimezone().date().isoformat()
    assert ask("digest", "--as-of", today) == ask("digest")
    assert ask("doctor", "--as-of", today) == ask("doctor")


@pytest.mark.parametrize(
    "command",
    [
        ("site", "add", "--name", "丙单位", "--category", "office", "--district", "east"),
        ("assess", "start", "甲单位"),
        ("doctor", "--repair"),
    ],
)
def test_what_would_write_is_refused_with_the_day(run, ask, command):
    before = ask("digest")
    ended = run(*command, "--as-of", day(2))
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"这是 {day(2)} 的登记库，只能看，不能改")
    assert ask("digest") == before


def test_a_day_before_the_register_and_a_day_to_come_are_refused(run):
    early = run("site", "list", "--as-of", "2001-01-01")
    assert (early.code, early.err.strip()) == (
        1,
        f"2001-01-01 还没有这个登记库，它从 {day(1)} 开始。请选 {day(1)} 或以后的日子。",
    )
    late = run("site", "list", "--as-of", "9999-12-31", "--language", "en")
    assert late.code == 1
    assert late.err.startswith("9999-12-31 has not come yet")
    assert run("site", "list", "--as-of", "yesterday").code == 2


def test_a_command_that_needs_no_register_says_that_the_day_made_no_difference(run, small_file):
    ended = run("checklist", "check", small_file, "--as-of", day(1))
    assert ended.code == 0
    assert "--as-of" in ended.err


def test_the_demo_does_not_play_in_the_past(run, tmp_path):
    assert run("demo", tmp_path / "demo", "--as-of", day(1)).code == 1
    assert not (tmp_path / "demo").exists()


def test_a_clock_that_was_wrong_is_told(run, data):
    clock = HandClock(FIRST - timedelta(days=400))
    workspace = open_register(data, clock)
    add_site(workspace, "丁单位")
    workspace.close()
    ended = run("site", "list", "--json", "--as-of", day(5))
    assert ended.code == 0
    assert "前后不符" in ended.err
    assert "丁单位" in ended.out  # written after what was written on that day
    assert "丁单位" not in run("site", "list", "--as-of", day(4)).out
