"""The shipped checklists of every city: complete, in two languages, sourced, and true to their words."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import checklist_problems, read_document
from wufei_cells.domain.checklists import Item, NaPolicy, NotApplicable
from wufei_cells.domain.conditions import FactCompared, FactIs
from wufei_cells.domain.formulas import Constant
from wufei_cells.domain.rules import Outcome, ParameterRef, Share
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate

KINDS = {
    "office": ("WF-JG", "JG", "无废机关"),
    "park": ("WF-YQ", "YQ", "无废园区"),
    "factory": ("WF-GC", "GC", "无废工厂"),
    "community": ("WF-SQ", "SQ", "无废社区"),
    "scenic": ("WF-JQ", "JQ", "无废景区"),
    "mall": ("WF-SC", "SC", "无废商场"),
}
# Points of every item, group by group, as they were drafted.
POINTS = {
    "office": [[5, 4, 3, 5, 3], [7, 6, 6, 3, 3], [8, 5, 8, 4], [5, 6, 4], [4, 4, 2], [3, 2]],
    "park": [[6, 6, 8], [10, 8, 7], [15, 8, 7], [8, 4, 3], [10]],
    "factory": [[4, 4, 4, 4, 4], [8, 6, 6], [15, 5, 5], [8, 8, 4], [6, 4], [5]],
    "community": [[5, 5, 5, 5], [10, 8, 7], [10, 8, 6, 6], [10, 5], [10]],
    "scenic": [[5, 5, 5], [8, 6, 3, 3], [6, 8, 6, 5], [8, 6, 6, 5], [15]],
    "mall": [[5, 5, 5, 5], [10, 8, 7], [10, 10, 5], [8, 8, 4], [10]],
}
COMMON_GATES = ["G1", "G2", "G3", "G4", "G5"]
WORDS = {"one": "1", "two": "2", "three": "3", "four": "4"}


def parts_of(value: object) -> Iterator[object]:
    """Go through a value and everything in it."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from parts_of(getattr(value, field.name))
    elif isinstance(value, tuple):
        for entry in value:
            yield from parts_of(entry)


def parameters_in(value: object) -> set[str]:
    return {part.name for part in parts_of(value) if isinstance(part, ParameterRef)}


@pytest.mark.parametrize("name", KINDS)
def test_reads_without_a_problem(name, criteria):
    path = criteria / "jiaozuo" / f"{name}.yaml"
    assert checklist_problems(path.read_bytes(), path.name) == ()


def test_the_six_kinds_are_there_and_nothing_else(checklists):
    found = {name: (entry.key, entry.category.code, entry.category.text.zh) for name, entry in checklists.items()}
    assert found == KINDS
    assert all(entry.category.key == name for name, entry in checklists.items())


@pytest.mark.parametrize("name", KINDS)
def test_has_the_points_that_were_drafted(name, checklists):
    found = [[item.full for item in group.all_items()] for group in checklists[name].groups]
    assert found == POINTS[name]
    assert checklists[name].full == 100


def test_items_are_numbered_within_their_group(checklist):
    for group in checklist.groups:
        assert [item.key for item in group.items] == [f"{group.key}{n}" for n in range(1, len(group.items) + 1)]


def test_is_a_model_and_says_so(any_checklist):
    assert not any_checklist.official
    assert any_checklist.notice.zh.startswith("示范模板·非官方")
    assert any_checklist.notice.en.startswith("Model checklist, not official")
    assert "示范模板" in any_checklist.title.zh


def test_every_text_is_there_in_both_languages(any_checklist):
    texts = [part for part in parts_of(any_checklist) if isinstance(part, Text) and part]
    assert len(texts) > 100
    assert [text for text in texts if not text.zh or not text.en] == []


def test_every_item_tells_how_it_is_looked_at_and_where_it_comes_from(any_checklist):
    for item in any_checklist.items():
        assert all((item.text, item.scoring, item.evidence, item.guidance, item.verify, item.sources)), item.key
    for gate in any_checklist.gates:
        assert all((gate.text, gate.evidence, gate.guidance, gate.verify, gate.sources)), gate.key


def test_sources_are_cited_by_title_and_all_of_them_are_used(any_checklist):
    used = {key for entry in any_checklist.entries() for key in entry.sources}
    assert used == {source.key for source in any_checklist.sources}
    cited = " ".join(f"{source.title.zh} {source.title.en} {source.number}" for source in any_checklist.sources)
    assert not re.search(r"https?:|www\.|\.(cn|com|org)\b", cited)


def test_every_fact_and_parameter_is_used(any_checklist):
    asked = {part.fact for part in parts_of(any_checklist) if isinstance(part, FactIs | FactCompared)}
    assert asked == {fact.key for fact in any_checklist.facts}
    assert parameters_in(any_checklist) == {entry.key for entry in any_checklist.parameters}


def test_the_common_gates_come_first(checklist):
    assert [gate.key for gate in checklist.gates][:5] == COMMON_GATES


def test_passing_takes_80_points_and_half_of_each_group(checklist):
    (grade,) = checklist.grades
    assert (grade.total_at_least, grade.groups_at_least) == (ParameterRef("pass_mark"), ParameterRef("group_minimum"))
    values = {entry.key: entry.value for entry in checklist.parameters}
    assert (values["pass_mark"], values["group_minimum"]) == (80, 50)
    assert checklist.scoring.na_policy is NaPolicy.RESCALE


def test_the_bonus_is_ten_points_that_do_not_help_to_pass(checklist):
    assert checklist.bonus is not None
    assert (checklist.bonus.cap, checklist.bonus.group.full) == (10, 10)
    assert not checklist.bonus.counts_for_pass


def test_nobody_can_set_aside_an_item_that_may_cost_the_title(any_checklist):
    for item in any_checklist.items():
        if any(isinstance(part, Outcome) and part.effect for part in parts_of(item.rule)):
            assert item.not_applicable is NotApplicable.NEVER


def test_the_printed_rule_names_every_number_of_the_rule(any_checklist):
    values = {entry.key: entry.value for entry in any_checklist.parameters}
    silent = []
    for item in any_checklist.items():
        for language, text in (("zh", item.scoring.zh), ("en", item.scoring.en)):
            told = {Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}
            told |= {Decimal(WORDS[word]) for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}
            silent += [f"{item.key} {language} {number}" for number in rule_numbers(item, values) - told]
    assert silent == []


def rule_numbers(item: Item, values: dict[str, Decimal]) -> set[Decimal]:
    """Points, bounds, steps and sample sizes of a rule, without signs and zeros."""
    found: set[Decimal] = set()
    conversions = {part.value for part in parts_of(item.rule) if isinstance(part, Constant)}
    for part in parts_of(item.rule):
        if isinstance(part, ParameterRef):
            found.add(values[part.name])
        elif isinstance(part, Decimal):
            found.add(abs(part))
        elif isinstance(part, Share) and part.smallest_whole:
            found.add(Decimal(part.smallest_whole))
    return found - {Decimal(0)} - steps_of_one(item) - conversions


def steps_of_one(item: Item) -> set[Decimal]:
    """“For each case” needs no figure 1."""
    return {Decimal(1)} if any(getattr(part, "step", None) == 1 for part in parts_of(item.rule)) else set()


def test_is_the_same_after_a_trip_through_its_stored_document(any_checklist):
    assert read_document(edition_document(any_checklist)) == any_checklist


def test_full_marks_and_nothing_are_both_within_reach(any_checklist, extremes):
    found = extremes(any_checklist)
    best = evaluate(any_checklist, found.all_facts(), found.best())
    extra = any_checklist.bonus.cap if any_checklist.bonus else 0
    assert (best.base.low, best.bonus.low) == (any_checklist.full, extra)
    assert best.total.low == any_checklist.full + extra
    assert best.passed
    taken = {item.key for item in any_checklist.deductions.group.all_items()} if any_checklist.deductions else set()
    assert {item.key for item in best.items if item.applies and item.got.low != item.full} == taken
    told = {told.code for told in best.explanation.walk()}
    assert "explain.clamped" not in told  # no rule gives more than full marks
    worst = evaluate(any_checklist, found.all_facts(), found.worst())
    assert worst.total.high == 0
    assert worst.passed is False
    assert {item.key for item in worst.items if item.got.high != 0} == taken


def test_full_marks_are_full_marks_at_a_site_that_has_nothing_special(any_checklist, extremes):
    found = extremes(any_checklist)
    card = evaluate(any_checklist, found.all_facts("no"), found.best())
    shrunk = any_checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS
    assert card.base.low == (sum(group.full for group in card.groups) if shrunk else any_checklist.full)
    assert card.passed


def test_jiaozuo_sets_every_parameter_and_plans_every_kind(checklists, criteria):
    path = criteria / "jiaozuo" / "profile.yaml"
    profile = read_profile(path.read_bytes(), path.name)
    wanted = {entry.key: entry.value for checklist in checklists.values() for entry in checklist.parameters}
    assert {key: number.value for key, number in profile.parameters.items()} == wanted
    assert {plan.category for plan in profile.categories} == set(KINDS)
