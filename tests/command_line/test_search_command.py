"""``search``: everything from the command line, for people and as JSON."""

from __future__ import annotations


def test_a_search_lists_what_was_found_with_its_kind_and_id(run, site):
    ended = run("search", "甲单")
    assert ended.code == 0
    assert ended.out.split() == ["单位", "甲单位", "无废机关", "·", "东区", site["id"][:8]]


def test_several_words_are_one_search(ask, site):
    started = ask("assess", "start", site["id"])
    ask("assess", "answer", started["id"], "A1", '{"plan": "yes", "staff": "yes"}', "--note", "方案 100%_齐全")
    (hit,) = ask("search", "方案", "齐全", "甲单位")
    assert (hit["kind"], hit["fit"], hit["title"]) == ("note", "beginning", {"zh": "方案 100%_齐全"})
    assert (hit["assessment"], hit["item"], hit["site"]) == (started["id"], "A1", site["id"])
    assert [part["zh"] for part in hit["where"]] == ["甲单位", "A1", "领导"]
    assert ask("search", "%_齐")[0]["kind"] == "note"


def test_english_speaks_english(run, ask):
    ended = run("search", "ledger of nothing", "--language", "en")
    assert (ended.code, ended.out.strip()) == (0, "Nothing holds all these words.")
    (hit,) = ask("search", "FOOD", "--limit", "1")
    assert hit["kind"] == "item"


def test_nothing_found_is_said_and_is_an_empty_list(run, ask):
    assert run("search", "没有这个词").out.strip() == "没有找到同时含有这些词的内容。"
    assert ask("search", "没有这个词") == []


def test_a_limit_must_be_a_number_of_hits(run, ask):
    assert run("search", "甲", "--limit", "0").code == 2
    assert run("search").code == 2
    assert len(ask("search", "e", "--limit", "2")) == 2
