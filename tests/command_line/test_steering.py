"""Steering from the command line: targets, indicators, follow-ups, visits, the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest

from tests.services.steering_samples import steering_criteria
from wufei_cells import shipped

TODAY = date.today()  # noqa: DTZ011 - the command line works where the person is
SOON = (TODAY + timedelta(days=3)).isoformat()
END = "2027-12-31"


@pytest.fixture
def small_criteria(monkeypatch):
    """A city that steers instead of the plain one."""
    monkeypatch.setattr(shipped, "shipped_criteria", steering_criteria)


@pytest.fixture
def site(ask):
    return ask(
        "site", "add", "--name", "甲单位", "--category", "office", "--district", "east", "--address", "人民路1号"
    )


def test_targets_are_set_listed_and_taken_out(run, ask):
    found = ask("target", "set", 30, "--category", "school", "--by", END)
    assert ("school", None, 30, "office") in [
        (one["category"], one["district"], one["count"], one["origin"]) for one in found["targets"]
    ]
    ask("target", "set", 40, "--category", "school", "--district", "east", "--by", END)
    shown = run("target", "list").out
    assert "无废学校 · 东区：40 个" in shown
    assert "请留意：无废学校" in shown
    assert {note["kind"] for note in ask("target", "list")["notes"]} == {"above"}
    ask("target", "remove", "--category", "school", "--by", END)
    assert [one["count"] for one in ask("target", "list")["targets"]] == [2, 2, 40]
    assert run("target", "set", 5, "--by", END).code == 1
    assert "已经过去" in run("target", "set", 1, "--category", "office", "--by", "2020-01-01").out
    assert "太远" in run("target", "set", 1, "--category", "office", "--by", "9999-12-31").err
    assert run("target", "remove", "--category", "office", "--district", "west", "--by", END).code == 1


def test_indicators_are_listed_with_what_was_reached(run, ask):
    assert len(ask("indicator", "list")) == 2
    year = TODAY.year
    set_one = ("indicator", "set", "waste", year)
    view = ask(*set_one, "71.5", "--source", "市统计局快报", "--preliminary")
    assert (view["status"], view["values"][0]["value"], view["values"][0]["preliminary"]) == ("met", "71.5", True)
    assert f"{year} 年 71.5%（快报数）" in run("indicator", "list").out
    assert "0–100" in run(*set_one, "150", "--source", "市统计局").err
    shown = run("indicator", "show", "waste").out
    assert "快报数（市统计局快报）" in shown
    assert "preliminary" in run("indicator", "show", "waste", "--language", "en").out
    assert ask("indicator", "remove", "waste", year)["values"] == []
    assert run("indicator", "set", "zoo", year, "1", "--source", "x").code == 1
    assert run(*set_one, "much", "--source", "x").code == 2


def test_a_follow_up_goes_from_level_to_level_and_ends(run, ask, site):
    first = ask("follow-up", "add", "请抓紧申报", "--site", "甲单位", "--due", SOON)
    second = ask("follow-up", "add", "仍未申报", "--site", site["id"])
    assert (first["level"], second["level"]) == ("remind", "circulate")
    ask("follow-up", "settle", first["id"][:8], "已申报")
    assert [one["id"] for one in ask("follow-up", "list", "--open")] == [second["id"]]
    shown = run("follow-up", "list", "--site", "甲单位").out
    assert all(part in shown for part in ("通报督办", "已办结", "办理中", "已申报"))
    ask("follow-up", "remove", second["id"])
    assert ask("follow-up", "list", "--overdue") == []
    assert "没有督办" in run("follow-up", "list", "--open").out
    assert run("follow-up", "add", "x").code == 1
    assert "太远" in run("follow-up", "add", "x", "--site", "甲单位", "--on", "1999-01-01").err


def test_a_visit_is_planned_changed_and_cancelled(run, ask, site):
    ask("site", "add", "--name", "乙单位", "--category", "office", "--district", "east")
    made = ask("visit", "plan", "甲单位", SOON, "--time", "09:30", "--who", "王敏", "--who", "赵敏", "--note", "带台账")
    other = ask("visit", "plan", "乙单位", SOON, "--time", "09:30", "--who", "赵敏")
    assert other["clashes"][0]["people"] == ["赵敏"]
    assert "赵敏同一时间还要去“甲单位”" in run("visit", "list", "--site", "乙单位").out
    changed = ask("visit", "change", other["id"][:8], "--time", "14:00")
    assert (changed["on"], changed["time"], changed["clashes"]) == (SOON, "14:00", [])
    ask("visit", "cancel", made["id"], "--reason", "停电")
    assert [one["site_name"] for one in ask("visit", "list")] == ["乙单位"]
    assert len(ask("visit", "list", "--cancelled")) == 2
    assert ask("visit", "change", made["id"])["cancelled"] is None
    gone = (TODAY - timedelta(days=2)).isoformat()
    assert "--past" in run("visit", "plan", "甲单位", gone).err
    ask("visit", "plan", "甲单位", gone, "--past")


def test_the_calendar_is_listed_and_written(run, ask, site, tmp_path):
    ask("visit", "plan", "甲单位", SOON, "--time", "09:30", "--who", "王敏")
    ask("follow-up", "add", "请抓紧", "--district", "east", "--due", SOON)
    entries = ask("calendar")["entries"]
    assert {entry["kind"] for entry in entries} >= {"visit", "follow_up"}
    assert [entry["kind"] for entry in ask("calendar", "--kind", "visit", "--county", "east")["entries"]] == ["visit"]
    assert ask("calendar", "--county", "west", "--kind", "visit")["entries"] == []
    assert "09:30 走访：甲单位" in run("calendar").out
    assert "Visit: 甲单位" in run("calendar", "--language", "en").out
    ask("calendar", "-o", tmp_path / "日程.ics", "--until", END)
    events = icalendar.Calendar.from_ical((tmp_path / "日程.ics").read_bytes()).walk("VEVENT")
    assert any("目标日" in event["summary"] for event in events)
    ask("calendar", "-o", tmp_path / "日程.pdf")
    assert (tmp_path / "日程.pdf").read_bytes().startswith(b"%PDF")
    assert run("calendar", "-o", tmp_path / "日程.txt").code == 1
    assert run("calendar", "--from", END, "--until", SOON).code == 1


def test_parts_of_the_city_and_indicators_go_by_their_keys_or_names(run, ask, site):
    def counts(found):
        return [(one["category"], one["district"], one["count"]) for one in found["targets"]]

    assert ("school", "east", 7) in counts(
        ask("target", "set", 7, "--category", "无废学校", "--county", "东区", "--by", END)
    )
    assert ("school", "east", 7) not in counts(
        ask("target", "remove", "--category", "无废学校", "--county", "东区", "--by", END)
    )
    made = ask("follow-up", "add", "请抓紧", "--county", "东区", "--due", SOON)
    assert made["district"] == "east"
    assert [one["id"] for one in ask("follow-up", "list", "--county", "东区")] == [made["id"]]
    assert [one["kind"] for one in ask("calendar", "--kind", "follow_up", "--county", "东区")["entries"]]
    assert ask("indicator", "show", "综合利用率")["key"] == "waste"
    for refused in (
        run("target", "set", 1, "--county", "月区", "--by", END),
        run("follow-up", "add", "x", "--county", "月区"),
        run("calendar", "--county", "月区"),
    ):
        assert (refused.code, "“月区”" in refused.err, "东区" in refused.err) == (1, True, True)
    assert "综合利用率" in run("indicator", "show", "zoo").err
