"""The words that went and came between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.checklists.passages import changed_passages


def marked(old: str, new: str) -> tuple[list[str], list[str]]:
    went, came = changed_passages(old, new)
    return [old[start:end] for start, end in went], [new[start:end] for start, end in came]


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        ("看是否成文", "看是否已经成文", [], ["已经"]),
        ("成立领导小组，明确1名责任人", "成立领导小组，明确2名责任人", ["1"], ["2"]),
        ("Plan 6, person 4", "Plan 8, person 2.5", ["6", "4"], ["8", "2.5"]),
        ("below 90%", "below 85%", ["90"], ["85"]),
        ("甲乙", "丙丁", [], []),
        ("", "新", [], []),
        ("相同", "相同", [], []),
    ],
)
def test_only_what_changed_is_marked(old, new, went, came):
    assert marked(old, new) == (went, came)


def test_passages_with_one_character_between_them_are_one():
    assert marked("一二三四五六七八九十", "一二甲四乙六七八九十")[1] == ["甲四乙"]


def test_texts_of_as_many_lines_are_compared_line_by_line():
    assert marked("是：3\n否：2\n起始：1", "是：4\n否：3\n起始：2") == (["3", "2", "1"], ["4", "3", "2"])


def test_texts_too_long_to_compare_at_once_are_not_marked():
    assert marked("一" * 2100, "二" + "一" * 2100) == ([], [])


@given(st.text(max_size=40), st.text(max_size=40))
def test_passages_follow_each_other_inside_their_text(old, new):
    for passages, text in zip(changed_passages(old, new), (old, new), strict=True):
        places = [place for passage in passages for place in passage]
        assert places == sorted(set(places)), "none is empty, and none touches the next"
        assert all(0 <= place <= len(text) for place in places)


@given(st.text(max_size=40))
def test_equal_texts_are_not_marked(text):
    assert changed_passages(text, text) == ((), ())
