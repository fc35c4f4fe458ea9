"""What the command line does not understand is said in the person's language, without a word of the inside."""

from __future__ import annotations

import pytest

WRONG = [
    (("visit", "plan", "甲", "下周三"), "不是日期", "is no day"),
    (("visit", "plan", "甲", "2026-01-01", "--time", "9点"), "不是时间", "is no time of day"),
    (("target", "set", "很多", "--by", "2026-12-31"), "不是整数", "is no whole number"),
    (("indicator", "set", "waste", "2026", "多", "--source", "x"), "不是数", "is no number"),
    (("report", "--month", "2026-13"), "不是月份", "is no month"),
    (("search", "甲", "--limit", "0"), "不小于 1", "at least 1"),
    (("site", "list", "--as-of", "yesterday"), "不是日期", "is no day"),
    (("report", "--kind", "poem"), "没有“poem”", "there is no “poem”"),
    (("target", "set", "3"), "还要写上：--by", "Still needed: --by"),
    (("visit", "plan", "甲", "2026-01-01", "--time"), "后面还要写内容", "needs a value"),
    (("site", "list", "--nowhere"), "不认识：--nowhere", "Not known: --nowhere"),
]


@pytest.mark.parametrize(("words", "chinese", "english"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_what_is_not_understood_is_said_in_the_language_spoken(run, words, chinese, english):
    ended = run(*words)
    assert (ended.code, chinese in ended.err) == (2, True), ended.err
    assert not any(inside in ended.err for inside in ("invalid", "fromisoformat", "clock_time", "_month", "_count"))
    ended = run(*words, "--language=en") if words[-1] != "--time" else run("--language", "en", *words)
    assert (ended.code, english in ended.err) == (2, True), ended.err
