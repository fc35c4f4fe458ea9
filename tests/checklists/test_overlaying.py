"""What a county adds to its city's checklist: it may add and raise, never weaken."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checklists.overlays import TOWN, TOWN_ID, applied, item, written
from wufei_cells.checklists.document import edition_document, entry_hash, with_parameters
from wufei_cells.checklists.overlay_marks import weaker_marks
from wufei_cells.checklists.overlay_reading import read_overlay
from wufei_cells.checklists.overlaying import apply_overlay
from wufei_cells.checklists.reading import read_document
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.errors import ProblemsFound
from wufei_cells.wording import Wording


def refused(parent: Checklist = TOWN, **parts: Any) -> list[tuple[str, str]]:
    """The codes of what is wrong, with the fields they stand at."""
    with pytest.raises(ProblemsFound) as found:
        applied(parent, **parts)
    return [(problem.code, problem.place.rpartition(" ")[2]) for problem in found.value.problems]


# --- what may be done


def test_the_result_is_a_whole_edition_of_the_countys_own():
    county = applied(
        add={
            "items": [{"group": "A", "items": [item("E1")]}],
            "groups": [{"key": "E", "text": "特色", "items": [item("E2", 6)]}],
            "gates": [{"key": "EG", "text": "没有露天焚烧", "verify": ["site"], "sources": ["own"]}],
            "bonus_items": [item("EX", 2)],
            "facts": [{"key": "river", "text": "临河", "ask": "yes_no"}],
            "parameters": [{"key": "east_mark", "text": "县线", "value": "3"}],
        },
        sources=[{"key": "own", "title": "东县文件"}],
    )
    assert (county.key, county.edition, county.title.zh) == ("TOWN-EAST", "2026.1", "东县标准")
    assert county.category == TOWN.category
    assert county.overlay.extends == TOWN_ID
    assert county.overlay.districts == ("east",)
    assert county.overlay.added == ("EG", "E1", "E", "E2", "EX")
    assert [entry.key for entry in county.groups[0].items] == ["A1", "A2", "A3", "A4", "E1"]
    assert [group.key for group in county.groups] == ["A", "B", "C", "D", "E"]
    assert county.full == TOWN.full + 5 + 6
    assert read_document(edition_document(county)) == county, "it is stored and read like any other edition"


def test_what_the_city_asks_stays_to_the_letter():
    county = applied(add={"items": [{"group": "A", "items": [item("E1")]}]}, **{"raise": {"weights": {"A1": "12"}}})
    for entry in TOWN.entries():
        assert entry_hash(county.entry(entry.key)) == entry_hash(entry), entry.key
    assert county.entry("A1").worth == 12


def test_marks_grow_by_what_is_added():
    """With 5 more points for the county's own item, 70 of the city's 100 is 75 of 105: nothing stands in for it."""
    county = applied(add={"items": [{"group": "A", "items": [item("E1")]}]})
    grades = {grade.key: grade for grade in county.grades}
    assert grades["pass"].total_at_least == Decimal(77), "72 from 2028 on, and 5"
    assert grades["good"].total_at_least == Decimal(90)
    assert grades["pass"].group_exceptions == (("A", Decimal("57.15")),), "15 of 30 becomes 20 of 35"
    assert grades["good"].group_exceptions == (("A", Decimal("65.72")), ("D", Decimal(40)))


def test_marks_that_nothing_lowers_stay_as_they_are():
    county = applied(add={"gates": [{"key": "EG", "text": "没有露天焚烧", "verify": ["site"]}]})
    assert county.grades == TOWN.grades
    assert county.scoring == TOWN.scoring
    assert county.grades[0].total_at_least == ParameterRef("pass_mark")


def test_a_county_may_ask_for_more_than_that():
    raised = {"grades": {"pass": {"total_at_least": "80", "groups_at_least": "55", "items_at_least": {"A1": "60"}}}}
    (grade, _good) = applied(**{"raise": raised}).grades
    assert (grade.total_at_least, grade.groups_at_least) == (Decimal(80), Decimal(55))
    assert grade.items_at_least == (("A1", Decimal(60)),)


def test_a_mark_may_follow_a_parameter_of_the_countys_own():
    own = {"key": "east_mark", "text": "县线", "value": "72", "phases": [{"from": "2028-01-01", "value": "75"}]}
    raised = {"grades": {"pass": {"total_at_least": "$east_mark"}}}
    assert applied(add={"parameters": [own]}, **{"raise": raised}).grades[0].total_at_least == ParameterRef("east_mark")
    late = {**own, "phases": [{"from": "2029-01-01", "value": "75"}], "value": "71"}
    assert refused(add={"parameters": [late]}, **{"raise": raised}) == [
        ("overlay.lower_mark", "raise.grades.pass.total_at_least")
    ], "in 2028 the city asks for 72, the county for 71"


def test_the_citys_own_numbers_count():
    content = written(**{"raise": {"grades": {"pass": {"total_at_least": "80"}}}})
    strict = {"pass_mark": CityNumber(Decimal(82))}
    with pytest.raises(ProblemsFound):
        apply_overlay(TOWN, TOWN_ID, read_overlay(content, "east.yaml"), strict)
    content = written(add={"items": [{"group": "A", "items": [item("E1")]}]})
    county = apply_overlay(TOWN, TOWN_ID, read_overlay(content, "east.yaml"), strict)
    assert county.grades[0].total_at_least == Decimal(87)


def test_bonus_that_helps_to_pass_raises_the_marks_up_to_its_cap():
    county = applied(add={"bonus_items": [item("EX", 9)]})
    assert [grade.total_at_least for grade in county.grades] == [Decimal(77), Decimal(90)]
    only_printed = replace(TOWN, bonus=replace(TOWN.bonus, counts_for_pass=False))
    assert applied(only_printed, add={"bonus_items": [item("EX", 9)]}).grades == TOWN.grades


def test_points_that_may_be_set_aside_do_not_become_more():
    capped = replace(TOWN, scoring=replace(TOWN.scoring, na_at_most=Decimal(30)))
    added = {"groups": [{"key": "E", "text": "特色", "items": [item("E2", 20)]}]}
    assert applied(capped, add=added).scoring.na_at_most == Decimal(25), "30 points, of 100 as of 120"
    assert applied(capped).scoring.na_at_most == Decimal(30)


def test_the_end_of_the_citys_edition_is_the_countys_too():
    until = replace(TOWN, effective_until=date(2028, 12, 31))
    assert applied(until).effective_until == date(2028, 12, 31)
    assert applied(until, effective_until="2028-06-30").effective_until == date(2028, 6, 30)
    assert refused(until, effective_until="2029-01-01") == [("overlay.after_parent", "effective_until")]


def test_a_group_of_fixed_weight_grows_when_its_weight_grows_with_it():
    """C1 has 10 points that count for 16. With 5 more in it, its 16 would be worth less for each of the city's."""
    adding = {"items": [{"group": "C1", "items": [item("E1")]}]}
    assert refused(add=adding) == [("overlay.thinned", "add.items.1.group")]
    assert refused(add=adding, **{"raise": {"weights": {"C1": "23"}}}) == [("overlay.thinned", "raise.weights.C1")]
    assert applied(add=adding, **{"raise": {"weights": {"C1": "24"}}}).full == 108


# --- what may not

A1_LOW = {"weights": {"A1": "9.5"}}
REFUSED = {
    "lower weight": ({"raise": A1_LOW}, "overlay.lower_weight", "raise.weights.A1"),
    "locked item": ({"raise": {"weights": {"A4": "9"}}}, "overlay.locked", "raise.weights.A4"),
    "locked group": ({"raise": {"weights": {"B": "50"}}}, "overlay.locked", "raise.weights.B"),
    "item in a locked group": ({"raise": {"weights": {"B1": "50"}}}, "overlay.locked_group", "raise.weights.B1"),
    "no weight": ({"raise": {"weights": {"G1": "9"}}}, "overlay.no_weight", "raise.weights.G1"),
    "unknown weight": ({"raise": {"weights": {"Z": "9"}}}, "overlay.no_weight", "raise.weights.Z"),
    "weight of the bonus": ({"raise": {"weights": {"X": "9"}}}, "overlay.no_weight", "raise.weights.X"),
    "in a capped group": ({"raise": {"weights": {"D1": "9"}}}, "overlay.capped_group", "raise.weights.D1"),
    "lower total": (
        {"raise": {"grades": {"pass": {"total_at_least": "69"}}}},
        "overlay.lower_mark",
        "raise.grades.pass.total_at_least",
    ),
    "lower for groups": (
        {"raise": {"grades": {"good": {"groups_at_least": "59.99"}}}},
        "overlay.lower_mark",
        "raise.grades.good.groups_at_least",
    ),
    "lower for a group": (
        {"raise": {"grades": {"pass": {"group_exceptions": {"A": "40"}}}}},
        "overlay.lower_mark",
        "raise.grades.pass.group_exceptions.A",
    ),
    "unknown level": (
        {"raise": {"grades": {"best": {"total_at_least": "99"}}}},
        "overlay.unknown_grade",
        "raise.grades.best",
    ),
    "unreachable": (
        {"raise": {"grades": {"good": {"total_at_least": "120"}}}},
        "checklist.unreachable_grade",
        "raise.grades.good.total_at_least",
    ),
    "into a locked group": (
        {"add": {"items": [{"group": "B", "items": [item("E1")]}]}},
        "overlay.locked_group",
        "add.items.1.group",
    ),
    "into a capped group": (
        {"add": {"items": [{"group": "D", "items": [item("E1")]}]}},
        "overlay.capped_group",
        "add.items.1.group",
    ),
    "into the bonus as a group": (
        {"add": {"items": [{"group": "X", "items": [item("E1")]}]}},
        "overlay.extra_group",
        "add.items.1.group",
    ),
    "into no group": (
        {"add": {"items": [{"group": "Z", "items": [item("E1")]}]}},
        "overlay.unknown_group",
        "add.items.1.group",
    ),
    "a group twice": (
        {"add": {"items": [{"group": "A", "items": [item("E1")]}, {"group": "A", "items": [item("E2")]}]}},
        "overlay.group_twice",
        "add.items.2.group",
    ),
    "changing an item": (
        {"add": {"items": [{"group": "A", "items": [item("A1")]}]}},
        "overlay.key_taken",
        "add.items.1.items.1.key",
    ),
    "changing a gate": (
        {"add": {"gates": [{"key": "G1", "text": "门", "verify": ["site"]}]}},
        "overlay.key_taken",
        "add.gates.1.key",
    ),
    "an item of the city in a new group": (
        {"add": {"groups": [{"key": "E", "text": "组", "items": [item("A1")]}]}},
        "overlay.key_taken",
        "add.groups.1.key",
    ),
    "changing a parameter": (
        {"add": {"parameters": [{"key": "rate", "text": "率", "value": "1"}]}},
        "overlay.key_taken",
        "add.parameters.1.key",
    ),
    "changing a fact": (
        {"add": {"facts": [{"key": "canteen", "text": "堂", "ask": "yes_no"}]}},
        "overlay.key_taken",
        "add.facts.1.key",
    ),
    "changing a source": ({"sources": [{"key": "law", "title": "法"}]}, "overlay.key_taken", "sources.1.key"),
    "its own key twice": (
        {"add": {"items": [{"group": "A", "items": [item("E1"), item("E1")]}]}},
        "checklist.duplicate_key",
        "add.items.1.items.2.key",
    ),
    "a rule that gives too much": (
        {"add": {"items": [{"group": "A", "items": [item("E1", rule={"yes_no": "6"})]}]}},
        "rule.above_full",
        "add.items.1.items.1.rule",
    ),
    "a total that is wrong": (
        {"add": {"groups": [{"key": "E", "text": "组", "full": "9", "items": [item("E1")]}]}},
        "checklist.total",
        "add.groups.1.full",
    ),
    "an unknown fact": (
        {"add": {"items": [{"group": "A", "items": [item("E1", applies={"fact": "river"})]}]}},
        "checklist.unknown_fact",
        "add.items.1.items.1.applies.fact",
    ),
    "the city's key": ({"key": "TOWN"}, "overlay.same_key", "key"),
    "too early": ({"effective_from": "2025-12-31"}, "overlay.before_parent", "effective_from"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_weaken_or_change_the_citys_is_refused_where_it_stands(case):
    parts, code, place = REFUSED[case]
    assert (code, place) in refused(**parts)


def test_everything_is_told_at_once():
    told = refused(
        key="TOWN",
        add={"items": [{"group": "B", "items": [item("E1")]}, {"group": "A", "items": [item("A2")]}]},
        **{"raise": {"weights": {"A1": "1", "B1": "1"}, "grades": {"pass": {"total_at_least": "1"}}}},
    )
    assert [code for code, _place in told] == [
        "overlay.same_key",
        "overlay.locked_group",
        "overlay.key_taken",
        "overlay.lower_weight",
        "overlay.locked_group",
        "overlay.lower_mark",
    ]


@pytest.mark.parametrize(
    "extends",
    [
        {"key": "TOWN", "edition": "2026.1", "id": "0" * 12},
        {"key": "TOWN", "edition": "2025.1", "id": TOWN_ID},
        {"key": "CITY", "edition": "2026.1", "id": TOWN_ID},
        {"key": "TOWN", "edition": "2026.1", "id": TOWN_ID[:12] + "0" * 52},
    ],
)
def test_an_overlay_for_another_edition_is_not_applied_and_not_judged(extends):
    told = refused(extends=extends, **{"raise": A1_LOW})
    assert told == [("overlay.other_parent", "extends")]


def test_an_overlay_of_an_overlay_is_refused():
    county = replace(applied(), key="TOWN", edition="2026.1")
    assert refused(county) == [("overlay.of_overlay", "extends")]


def test_a_model_does_not_become_official_by_an_overlay():
    assert applied(official="yes").official is True
    assert applied().official is False, "that the city's is official does not make the county's so"
    assert refused(replace(TOWN, official=False), official="yes") == [("overlay.official", "official")]


def test_a_mark_that_additions_would_lower_is_told_with_what_it_must_be(catalogue):
    added = {"items": [{"group": "A", "items": [item("E1")]}]}
    marks = {"good": {"total_at_least": "88", "group_exceptions": {"A": "62"}}}
    with pytest.raises(ProblemsFound) as found:
        applied(add=added, **{"raise": {"grades": marks}})
    total, share = found.value.problems
    assert {total.code, share.code} == {"overlay.diluted"}
    assert (total.values["needed"], share.values["needed"]) == ("90", "65.72")
    assert "请写 90 或更大的数" in Wording(catalogue, "zh").problem(total)
    assert "Please write 90 or more" in Wording(catalogue, "en").problem(total)


# --- the file itself


@pytest.mark.parametrize(
    ("parts", "code", "place"),
    [
        ({"format": "wufei-checklist/1"}, "overlay.format", "format"),
        ({"extends": {"key": "TOWN", "edition": "1", "id": "abc"}}, "overlay.not_identity", "extends.id"),
        ({"extends": None}, "field.missing", "extends"),
        ({"districts": []}, "field.not_list", "districts"),
        ({"change": {"A1": 3}}, "field.unknown", "change"),
        ({"raise": {"points": {"A1": "3"}}}, "field.unknown", "raise.points"),
        ({"raise": {"weights": {"A1": "many"}}}, "field.not_number", "raise.weights.A1"),
        ({"raise": {"weights": {"一": "3"}}}, "field.not_key", "raise.weights.一"),
        ({"raise": {"grades": {"pass": {"cap": "3"}}}}, "field.unknown", "raise.grades.pass.cap"),
        ({"raise": ["A1"]}, "field.not_mapping", "raise"),
        ({"add": {"items": [{"group": "A"}]}}, "field.missing", "add.items.1.items"),
        ({"add": {"deductions": []}}, "field.unknown", "add.deductions"),
    ],
)
def test_a_file_of_the_wrong_form_is_refused_where_it_is_wrong(parts, code, place):
    assert (code, place) in refused(**parts)


_SCALARS = st.none() | st.booleans() | st.text(max_size=4) | st.integers()
_NAMES = st.sampled_from(["key", "group", "items", "A1", "pass", "weights", "grades"]) | st.text(max_size=3)
_DAMAGE = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=3), max_leaves=8
)
_PARTS = st.sampled_from(["add", "raise", "extends", "districts", "sources", "effective_from"])


@settings(max_examples=150, deadline=None)
@given(damage=_DAMAGE, part=_PARTS)
def test_no_damage_of_a_file_ends_in_anything_but_problems(damage, part):
    with contextlib.suppress(ProblemsFound):
        applied(**{part: damage})


# --- numbers


def test_where_a_fixed_total_thins_the_citys_items_the_mark_minds_the_bonus_that_is_not_thinned():
    """Of 50 points for 100 comes 50 for 200. A site with 5 of bonus and 20 for 40 of the city's items has 25."""
    halved = replace(TOWN, scoring=replace(TOWN.scoring, out_of=Decimal(50)))
    one = replace(halved, grades=(replace(TOWN.grades[0], total_at_least=Decimal(25), groups_at_least=None),))
    county = applied(one, add={"groups": [{"key": "E", "text": "特色", "items": [item("E1", 100)]}]})
    of_site = Decimal(50) / 200 * (40 + 100) + 5
    assert of_site == 40
    assert of_site <= county.grades[0].total_at_least < of_site + 1


def test_numbers_adopted_later_may_overtake_the_countys_marks():
    county = applied(add={"items": [{"group": "A", "items": [item("E1")]}]})
    assert weaker_marks(TOWN, county, {}) == ()
    assert weaker_marks(TOWN, county, {"pass_mark": CityNumber(Decimal(72))}) == ()
    later = {"pass_mark": CityNumber(Decimal(73))}
    assert weaker_marks(TOWN, county, later) == ("pass",), "78 would show as much as 73 does; the county asks for 77"
    assert with_parameters(county, later).grades == county.grades
