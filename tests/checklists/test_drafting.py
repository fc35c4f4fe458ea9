"""Drafts are plain data that nothing changes in place: set, add, copy, move, rename, and take all of it back."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.checklists.draft_entries import (
    added,
    duplicated,
    empty_checklist,
    entry_paths,
    excerpt,
    fresh_key,
    keys_in,
    new_edition,
    with_extra,
)
from wufei_cells.checklists.draft_history import History
from wufei_cells.checklists.draft_names import renamed
from wufei_cells.checklists.drafting import at, may_move, moved, string_at, with_value, without
from wufei_cells.checklists.linting import lint
from wufei_cells.checklists.outline import outline
from wufei_cells.checklists.translations import missing_texts
from wufei_cells.checklists.yaml_source import parse_yaml

OFFICE = Path(__file__).resolve().parents[2] / "criteria" / "jiaozuo" / "office.yaml"


@pytest.fixture(scope="module")
def office():
    """A checklist of 25 items, as plain data."""
    return parse_yaml(OFFICE.read_bytes(), OFFICE.name).data


def keys(data, path):
    return [entry["key"] for entry in at(data, path) or []]


# --- setting


def test_a_value_is_set_where_it_belongs_and_nothing_else_changes(office):
    before = copy.deepcopy(office)
    changed = with_value(office, ("groups", 0, "items", 1, "full"), "7")
    assert string_at(changed, ("groups", 0, "items", 1, "full")) == "7"
    assert office == before
    assert at(changed, ("groups", 1)) is at(office, ("groups", 1)), "what was not touched is shared"


def test_what_leads_to_a_value_is_made():
    assert with_value({}, ("scoring", "grades", 0, "text", "zh"), "达标") == {
        "scoring": {"grades": [{"text": {"zh": "达标"}}]}
    }


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_a_field_set_to_nothing_goes(nothing):
    assert with_value({"a": {"b": "1", "c": "2"}}, ("a", "b"), nothing) == {"a": {"c": "2"}}


# --- adding, copying, taking away


def test_a_new_item_gets_the_next_number_of_its_group(office):
    data = added(office, ("groups", 0, "items", 2))
    assert keys(data, ("groups", 0, "items"))[2] == "A6"


def test_the_key_of_an_item_of_an_earlier_edition_is_never_given_again(office):
    data = without(office, ("groups", 0, "items", 4))
    assert fresh_key(data, ("groups", 0, "items"), reserved=["A5"]) == "A6"


def test_a_new_group_gets_the_next_letter_and_its_items_begin_with_it(office):
    data = added(office, ("groups", 5))
    letter = keys(data, ("groups",))[5]
    assert letter not in keys_in(office)
    data = added(data, ("groups", 5, "items", 0))
    assert keys(data, ("groups", 5, "items")) == [f"{letter}1"]


def test_a_copied_group_has_keys_of_its_own_all_the_way_down(office):
    data, path = duplicated(office, ("groups", 1))
    assert path == ("groups", 2)
    every = [string_at(data, (*each, "key")) for each in entry_paths(data)]
    assert len(every) == len(set(every))
    assert len(at(data, ("groups", 2, "items"))) == len(at(office, ("groups", 1, "items")))


def test_bonus_and_deductions_begin_with_one_item(office):
    data = with_extra(with_extra(without(office, ("bonus",)), "bonus"), "deductions")
    assert [each.kind for each in outline(data).children][-2:] == ["bonus", "deductions"]
    assert keys(data, ("deductions", "items")) == ["D1"] or "D1" in keys_in(office)


def test_the_last_entry_takes_its_list_along():
    assert without({"gates": [{"key": "G1"}], "key": "K"}, ("gates", 0)) == {"key": "K"}


# --- moving


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (("groups", 0, "items", 0), ("groups", 0, "items", 2), ("groups", 0, "items", 1)),
        (("groups", 0, "items", 2), ("groups", 0, "items", 0), ("groups", 0, "items", 0)),
        (("groups", 0, "items", 0), ("groups", 1, "items", 1), ("groups", 1, "items", 1)),
        (("groups", 0), ("groups", 2), ("groups", 1)),
        (("groups", 0), ("groups", 2, "groups", 0), ("groups", 1, "groups", 0)),
    ],
)
def test_an_entry_moves_with_everything_in_it(office, source, target, expected):
    entry = at(office, source)
    data, there = moved(office, source, target)
    assert there == expected
    assert at(data, there) is entry
    assert keys_in(data) == keys_in(office)


def test_a_group_never_moves_into_itself_and_an_item_never_among_gates():
    assert not may_move(("groups", 0), ("groups", 0, "groups", 0))
    assert not may_move(("groups", 0, "items", 0), ("gates", 0))
    assert may_move(("groups", 0, "items", 0), ("bonus", "items", 0))


def placed_at_random(draw, data):
    paths = [path for path in entry_paths(data) if isinstance(path[-1], int)]
    source = draw(st.sampled_from(paths))
    targets = [path for path in paths if may_move(source, path)]
    return source, draw(st.sampled_from(targets)) if targets else source


@given(st.data())
def test_however_entries_are_moved_none_is_lost_and_points_stay(data):
    draft = parse_yaml(OFFICE.read_bytes(), OFFICE.name).data
    for _ in range(3):
        source, target = placed_at_random(data.draw, draft)
        key = string_at(draft, (*source, "key"))
        draft, there = moved(draft, source, target)
        assert string_at(draft, (*there, "key")) == key
    before = parse_yaml(OFFICE.read_bytes(), OFFICE.name).data
    assert keys_in(draft) == keys_in(before)


# --- renaming


def test_renaming_takes_everything_along_that_names_the_part():
    data = {
        "facts": [{"key": "pupils"}, {"key": "per_teacher", "ask": "number", "formula": "pupils / pupils_of"}],
        "parameters": [{"key": "mark", "value": "80"}],
        "sources": [{"key": "LAW"}],
        "scoring": {"grades": [{"key": "pass", "total_at_least": "$mark", "items_at_least": {"A1": "50"}}]},
        "groups": [
            {
                "key": "A",
                "items": [
                    {
                        "key": "A1",
                        "sources": ["LAW"],
                        "applies": {"all": [{"fact": "pupils", "at_least": "$mark"}]},
                        "rule": {"calculated": {"formula": "a / $mark * $mark2"}, "line": [["0", "0"], ["$mark", "5"]]},
                    }
                ],
            }
        ],
    }
    for path, key in (
        (("facts", 0), "children"),
        (("parameters", 0), "limit"),
        (("sources", 0), "ACT"),
        (("groups", 0, "items", 0), "A7"),
    ):
        data = renamed(data, path, key)
    item = data["groups"][0]["items"][0]
    assert data["facts"][1]["formula"] == "children / pupils_of"
    assert data["scoring"]["grades"][0] == {"key": "pass", "total_at_least": "$limit", "items_at_least": {"A7": "50"}}
    assert item["applies"] == {"all": [{"fact": "children", "at_least": "$limit"}]}
    assert item["rule"]["calculated"]["formula"] == "a / $limit * $mark2"
    assert item["rule"]["line"] == [["0", "0"], ["$limit", "5"]]
    assert item["sources"] == ["ACT"]


# --- whole checklists


def test_an_empty_checklist_lacks_only_words_and_points():
    found = lint(empty_checklist("WF-XX", "2026.1", "school", "XX", "2026-11-22"))
    assert {problem.code for problem in found.problems} == {"field.missing", "checklist.unreachable_grade"}
    fields = {problem.path[-1] for problem in found.problems if problem.code == "field.missing"}
    assert fields == {"title", "text", "scoring"}


def test_the_next_edition_keeps_the_keys_and_is_sound(office):
    data = with_value(office, ("groups", 0, "items", 0, "from"), [{"key": "OLD"}])
    data = new_edition(with_value(data, ("effective_until",), "2026-12-31"), "2027.1", "2027-01-01")
    found = lint(data)
    assert not found.problems
    assert found.checklist.edition == "2027.1"
    assert found.checklist.effective_until is None
    assert found.checklist.entry("A1").ancestors == ()
    assert keys_in(data) == keys_in(office)


def test_an_excerpt_can_be_tried_while_the_rest_is_unsound(office):
    broken = without(office, ("title",))
    for path in (("groups", 0, "items", 0), ("gates", 0)):
        checklist = lint(excerpt(broken, path)).checklist
        assert checklist.entry(string_at(office, (*path, "key"))) is not None


# --- points


def test_points_add_up_live_and_a_mismatch_shows(office):
    whole = outline(office)
    assert (whole.points, whole.stated, whole.mismatched) == (100, 100, False)
    whole = outline(with_value(office, ("groups", 0, "items", 0, "full"), "6"))
    group = next(child for child in whole.children if child.kind == "groups")
    assert (group.points, group.stated, group.mismatched, whole.mismatched) == (21, 20, True, True)


def test_caps_and_weights_count_as_they_do_in_scoring(office):
    data = with_value(office, ("groups", 0, "cap"), "15")
    assert outline(data).points == 95
    assert outline(data).points == outline(with_value(office, ("groups", 0, "weight"), "15")).points
    data = without(without(with_value(data, ("groups", 1, "weight"), "50"), ("full",)), ("groups", 0, "full"))
    found = lint(data)
    assert not found.problems, found.problems
    assert outline(data).points == found.checklist.full


def test_points_that_are_no_numbers_count_as_none(office):
    assert outline(with_value(office, ("groups", 0, "items", 0, "full"), "五")).points == 95


# --- translations


def test_texts_in_one_language_are_listed_and_symbols_are_not():
    data = {
        "title": "无废学校",
        "gates": [{"key": "G1", "text": {"en": "No accident"}}],
        "groups": [{"key": "A", "text": {"zh": "组织", "en": "Organization"}}],
        "parameters": [{"key": "p", "text": {"zh": "线", "en": "Mark"}, "unit": "%"}],
    }
    found = {(missing.path, missing.language) for missing in missing_texts(data)}
    assert found == {(("title",), "en"), (("gates", 0, "text"), "zh")}


def test_the_shipped_checklists_lack_no_language(office):
    assert missing_texts(office) == ()


# --- history


def test_typing_in_one_field_is_one_step():
    history = History.of({"a": ""})
    for typed in ("无", "无废", "无废学校"):
        history = history.record({"a": typed}, ("a",), typing=True)
    history = history.record({"a": "无废学校", "b": "1"}, ("b",))
    history, place = history.undo()
    assert (history.data, place) == ({"a": "无废学校"}, ("b",))
    history, place = history.undo()
    assert (history.data, place) == ({"a": ""}, ("a",))
    assert not history.can_undo


def test_typing_that_was_interrupted_is_another_step():
    history = History.of({}).record({"a": "1"}, ("a",), typing=True).settled().record({"a": "12"}, ("a",), typing=True)
    assert history.undo()[0].data == {"a": "1"}


@given(st.lists(st.integers(0, 5), max_size=30))
def test_undo_all_the_way_and_redo_all_the_way_come_back(values):
    history = History.of({"n": -1})
    for value in values:
        history = history.record({"n": value}, ("n",))
    last = history.data
    while history.can_undo:
        history, _place = history.undo()
    assert history.data == {"n": -1}
    while history.can_redo:
        history, _place = history.redo()
    assert history.data == last


def test_what_is_done_after_an_undo_forgets_what_was_taken_back():
    history = History.of({"n": 0}).record({"n": 1}, ("n",)).undo()[0].record({"n": 2}, ("n",))
    assert not history.can_redo
    assert history.undo()[0].data == {"n": 0}


def test_the_history_is_bounded():
    history = History.of({"n": 0})
    for number in range(1, 1000):
        history = history.record({"n": number}, ("n",))
    assert len(history.past) == 300
