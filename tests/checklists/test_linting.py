"""Lint finds what the reader finds, says where, and never lets one unfinished item hide the rest."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells.checklists.draft_entries import added
from wufei_cells.checklists.draft_rules import KINDS, SCALES, kind_of, scale_of, with_kind, with_scale
from wufei_cells.checklists.drafting import with_value, without
from wufei_cells.checklists.linting import lint
from wufei_cells.checklists.reading import checklist_problems
from wufei_cells.checklists.yaml_source import parse_yaml

CITY = Path(__file__).resolve().parents[2] / "criteria" / "jiaozuo"
CHECKLISTS = sorted(path for path in CITY.glob("*.yaml") if path.stem != "profile")
ITEM = ("groups", 0, "items", 0)


def data_of(path):
    return parse_yaml(path.read_bytes(), path.name).data


@pytest.fixture(scope="module")
def office():
    return data_of(CITY / "office.yaml")


@pytest.mark.parametrize("path", CHECKLISTS, ids=lambda path: path.stem)
def test_a_sound_checklist_has_no_problems_and_is_read(path):
    found = lint(data_of(path))
    assert not found.problems
    assert found.checklist.full == 100


def test_each_problem_leads_to_its_place(office):
    data = with_value(office, (*ITEM, "verify", 0), "smell")
    data = with_value(data, ("groups", 1, "items", 1, "full"), "many")
    found = [(problem.code, problem.path) for problem in lint(data).problems]
    assert found == [
        ("field.not_choice", (*ITEM, "verify", 0)),
        ("field.not_number", ("groups", 1, "items", 1, "full")),
    ]


def test_an_unfinished_item_does_not_hide_what_does_not_add_up(office):
    data = added(office, ("groups", 0, "items", 1))
    data = with_value(data, ("groups", 2, "items", 0, "applies"), {"fact": "no_such_fact"})
    codes = [problem.code for problem in lint(data).problems]
    assert codes.count("field.missing") == 2  # its text, its rule in words
    assert "checklist.total" in codes  # the group and the whole are 5 points larger than they say
    assert "checklist.unknown_fact" in codes


def test_a_missing_title_does_not_hide_it_either(office):
    data = with_value(without(office, ("title",)), (*ITEM, "full"), "6")
    codes = {problem.code for problem in lint(data).problems}
    assert codes >= {"field.missing", "checklist.total", "rule.full_unreachable"}


def test_a_key_used_twice_says_where_it_stands_first(office):
    data = with_value(office, ("groups", 1, "items", 0, "key"), "A1")
    (problem,) = lint(data).problems
    assert problem.path == ("groups", 1, "items", 0, "key")
    assert problem.others == {"first": (*ITEM, "key")}


def test_a_key_used_twice_is_found_in_an_unfinished_item_too(office):
    data = without(with_value(office, ("groups", 1, "items", 0, "key"), "A1"), ("groups", 1, "items", 0, "text"))
    assert "checklist.duplicate_key" in {problem.code for problem in lint(data).problems}


@pytest.mark.parametrize("data", [None, "text", [], {}, {"groups": "x"}, {"groups": [None, {"items": [1]}]}])
def test_anything_can_be_linted(data):
    assert lint(data).problems


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_whatever_is_damaged_lint_and_the_reader_agree_whether_it_is_sound(seed):
    chance = random.Random(seed)
    data = data_of(chance.choice(CHECKLISTS))
    for _ in range(chance.randint(1, 3)):
        data = damaged(data, chance)
    read = checklist_problems(json.dumps(data, ensure_ascii=False).encode(), "draft")
    found = lint(data)
    assert bool(read) == bool(found.problems)
    assert {problem.code for problem in read} <= {problem.code for problem in found.problems}


def damaged(data, chance):
    path = []
    here = data
    while isinstance(here, dict | list) and here and (len(path) < 2 or chance.random() < 0.8):
        step = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
        path.append(step)
        here = here[step]
    return with_value(data, tuple(path), chance.choice([None, "x", "-1", [], {"a": "b"}, "$nobody"]))


# --- kinds of rules


def test_every_kind_can_be_turned_into_every_other_and_only_words_are_missing(office):
    for first in KINDS:
        for second in KINDS:
            rule = with_kind(with_kind({}, first, "5"), second, "5")
            assert kind_of(rule) == second
            found = lint(with_value(office, (*ITEM, "rule"), rule))
            assert {problem.code for problem in found.problems} <= {"field.missing", "rule.full_unreachable"}, (
                first,
                second,
            )


def test_a_measure_keeps_its_scale_its_question_and_its_unit():
    count = {"count": {"text": {"zh": "错误"}, "unit": "处"}, "steps": {"points": "-2", "floor": "2"}}
    amount = with_kind(count, "amount", "8")
    assert amount == {"amount": {"text": {"zh": "错误"}, "unit": "处"}, "steps": {"points": "-2", "floor": "2"}}
    share = with_kind(amount, "share", "8")
    assert share["share"] == {"part": {"zh": "错误"}, "unit": "处"}
    assert with_kind(share, "count", "8") == count


def test_a_rule_becomes_the_first_part_of_a_combination_and_comes_back_out():
    count = {"count": {"text": "x"}, "steps": {"points": "1"}}
    total = with_kind(count, "sum", "8")
    assert total["sum"][0] == {"key": "part1", **count}
    assert with_kind(with_kind(total, "best", "8"), "count", "8") == count


def test_a_part_keeps_its_name_when_its_rule_changes():
    part = {"key": "plan", "text": {"zh": "方案"}, "applies": {"fact": "big"}, "yes_no": "2"}
    turned = with_kind(part, "levels", "2")
    assert {name: turned[name] for name in ("key", "text", "applies")} == {
        name: part[name] for name in ("key", "text", "applies")
    }
    assert [level["points"] for level in turned["levels"]] == ["2", "0"]


def test_ladders_and_lines_turn_into_each_other():
    rule = {
        "amount": {"text": "x"},
        "bands": [{"at_least": "90", "points": "5"}, {"at_least": "60", "points": "3"}, {"points": "0"}],
    }
    line = with_scale(rule, "line", "5")
    assert line["line"] == [["60", "3"], ["90", "5"]]
    assert with_scale(line, "bands", "5") == rule
    for scale in SCALES:
        assert scale_of(with_scale(rule, scale, "5")) == scale
