"""``across``: one item over many sites, for people and for programs."""

from __future__ import annotations

import pytest


@pytest.fixture
def three(ask, answers_file):
    """Three sites, of which one has answered nothing yet."""
    for name, district in (("甲单位", "east"), ("乙单位", "west"), ("丙单位", "east")):
        site = ask("site", "add", "--name", name, "--category", "office", "--district", district)
        row = ask("assess", "start", site["id"])
        if name != "丙单位":
            ask("assess", "answer", row["id"], "--file", answers_file)
    ask("assess", "answer", "乙单位", "A2", '{"part": 88, "whole": 100}', "--note", "抽查三处")


def test_every_site_is_shown_with_its_points_and_all_together(run, three):
    ended = run("across", "office", "A2")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("A2")
    second = next(line for line in lines if line.startswith("乙单位"))
    assert "8 / 10" in second
    assert "抽查三处" in second
    assert "中位 9 分" in lines[-1]


def test_with_one_site_to_compare_no_middle_is_told(run, three):
    lines = run("across", "office", "A2", "--district", "west").out.splitlines()
    assert lines[-1] == "只有 1 家可比，8 分"


def test_one_json_document_tells_the_same_exactly(ask, three):
    document = ask("across", "office", "A2")
    points = {site["site_name"]: (site["points"]["low"], site["outcome"]) for site in document["sites"]}
    assert points == {"甲单位": ("10", "met"), "乙单位": ("8", "deducted"), "丙单位": ("0", "open")}
    assert document["together"]["median"] == "9"
    assert document["together"]["points"] == {"8": 1, "10": 1}
    assert "strictness" not in document, "nobody asked"
    assert ask("across", "office", "A2", "--strict")["strictness"] == []
    assert [site["site_name"] for site in ask("across", "office", "A2", "--district", "west")["sites"]] == ["乙单位"]


def test_english_speaks_english_and_the_unknown_is_refused(run, three):
    assert "median 9" in run("across", "office", "A2", "--language", "en").out
    for arguments in (("office", "Z9"), ("nowhere", "A2")):
        ended = run("across", *arguments)
        assert ended.code == 1
        assert ended.err
        assert ended.out == ""


def test_few_answers_are_not_judged(run, three):
    assert "至少要有 5 个" in run("across", "office", "A2", "--strict").out
