"""``sync conflicts`` and ``sync resolve``."""

from __future__ import annotations

import pytest

from tests.samples.registers import HandClock, criteria, open_register
from tests.services.disagreements import COUNTY, answer, check, site_phone


@pytest.fixture
def disputed(data, run):
    """A register in which three things are in conflict."""
    workspace = open_register(data, HandClock(), given=criteria("small", "school"))
    for work in (answer, check, site_phone):
        work(workspace)
    workspace.close()
    return run


def test_conflicts_are_listed_for_people_and_programs(disputed, ask):
    ended = disputed("sync", "conflicts")
    assert ended.code == 0, ended
    assert "3 处冲突" in ended.out
    for said in ("打分 A2", "电话", COUNTY, "只抽查了一半", "分歧以前：100"):
        assert said in ended.out
    told = ask("sync", "conflicts")
    assert sorted(one["what"] for one in told) == ["answer", "finding_check", "site_phone"]
    phone = next(one for one in told if one["what"] == "site_phone")
    assert {value["value"] for value in phone["values"]} == {"111", "222"}
    assert phone["before"] == "100"


def phone_of(ask):
    return next(one for one in ask("sync", "conflicts") if one["what"] == "site_phone")


@pytest.mark.parametrize("value", ["111", "222", "100"])
def test_one_is_settled(disputed, ask, value):
    phone = phone_of(ask)
    said = [one["value"] for one in phone["values"]]
    how = ("--take", said.index(value) + 1) if value in said else ("--before",)
    told = ask("sync", "resolve", phone["id"][:6], *how, "--note", "电话问过")
    assert (told["value"], told["written"]) == (value, True)
    assert len(ask("sync", "conflicts")) == 2
    assert ask("site", "show", phone["site"])["phone"] == value


def test_a_rule_is_tried_before_it_is_used(disputed, ask):
    told = ask("sync", "resolve", "--rule", "before", "--dry-run")
    assert (len(told["settled"]), len(told["left"]), told["written"]) == (2, 1, False)
    assert len(ask("sync", "conflicts")) == 3
    assert "时钟" in disputed("sync", "resolve", "--rule", "later", "--dry-run").out
    ended = disputed("sync", "resolve", "--rule", f"person={COUNTY}")
    assert "选定 3 处，留下 0 处" in ended.out
    assert "没有冲突" in disputed("sync", "conflicts").out


@pytest.mark.parametrize(
    "words",
    [
        ("zz", "--take", "1"),
        ("", "--take", "1"),
        ("--rule", "mood"),
        ("--rule", "person"),
        (),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(disputed, words):
    ended = disputed("sync", "resolve", *words)
    assert ended.code == 1
    assert "请" in ended.err


def test_a_value_that_is_none_is_refused_and_nothing_is_written(disputed, ask):
    key = phone_of(ask)["id"]
    for how in (("--take", 9), ("--take", 0), ("--merged",)):
        assert disputed("sync", "resolve", key, *how).code == 1
    assert len(ask("sync", "conflicts")) == 3
