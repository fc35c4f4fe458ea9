"""Two editions side by side: everything that differs is listed, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checklists.editing import Edit, all_edits, items_of, opposite, reports, with_group, with_item
from tests.samples.registers import sample
from wufei_cells.checklists.comparing import compare
from wufei_cells.checklists.comparison import Aspect, Change, EntryChange, FieldChange
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.checklists import Ancestor, Checklist, Relation
from wufei_cells.domain.rules import YesNo
from wufei_cells.domain.text import Text

TOWN = read_checklist(sample("town"), "town")
EDITS = all_edits(TOWN)


def applied(edits: list[Edit]) -> Checklist:
    checklist = TOWN
    for edit in edits:
        checklist = edit.apply(checklist)
    return checklist


@st.composite
def some_edits(draw: st.DrawFn) -> list[Edit]:
    """A few edits of different parts, in any order."""
    chosen: list[Edit] = []
    for edit in draw(st.lists(st.sampled_from(EDITS), max_size=8, unique_by=lambda edit: edit.name)):
        if not any(edit.touches & other.touches for other in chosen):
            chosen.append(edit)
    return chosen


def test_an_edition_does_not_differ_from_itself(shipped):
    editions = [TOWN, *(read_checklist(content, name) for name, content in shipped.items())]
    assert len(editions) > 5
    for edition in editions:
        comparison = compare(edition, edition)
        assert not comparison
        assert reports(comparison) == set()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_each_single_change_is_told_and_nothing_else(edit):
    assert reports(compare(TOWN, edit.apply(TOWN))) == edit.reports


@settings(max_examples=80, deadline=None)
@given(edits=some_edits())
def test_all_changes_are_told_and_nothing_else(edits):
    comparison = compare(TOWN, applied(edits))
    assert reports(comparison) == set().union(*(edit.reports for edit in edits))
    assert bool(comparison) == bool(edits)


@settings(max_examples=50, deadline=None)
@given(edits=some_edits().map(lambda edits: [edit for edit in edits if edit.reversible]))
def test_the_way_back_says_the_opposite(edits):
    changed = applied(edits)
    there, back = compare(TOWN, changed), compare(changed, TOWN)
    assert reports(back) == {opposite(report) for report in reports(there)}
    assert values(back) == {(key, field, new, old) for key, field, old, new in values(there)}


def values(comparison) -> set[tuple[str, str, str, str]]:
    """What each field says in both editions."""
    return {
        (part.key, change.field, json.dumps(change.old), json.dumps(change.new))
        for part in (*comparison.entries, *comparison.groups, *comparison.parts)
        for change in part.fields
    }


@settings(max_examples=50, deadline=None)
@given(first=some_edits(), second=some_edits())
def test_nothing_is_told_exactly_when_the_documents_are_equal(first, second):
    old, new = applied(first), applied(second)
    assert bool(compare(old, new)) == (edition_document(old) != edition_document(new))


# --- what is told of an entry


def only(comparison) -> EntryChange:
    (entry,) = comparison.entries
    return entry


def test_reworded_gives_both_texts_and_the_languages_that_changed():
    entry = only(compare(TOWN, with_item("A1", text=Text("工作方案", "Plan"))(TOWN)))
    change = entry.field("text")
    assert change == FieldChange("text", {"zh": "方案", "en": "Plan"}, {"zh": "工作方案", "en": "Plan"})
    assert change.languages == ("zh",)
    assert [(entry.change, entry.key), entry.about(Aspect.WORDS)] == [(Change.CHANGED, "A1"), (change,)]


def test_a_translation_that_came_is_a_change_of_words_in_one_language():
    entry = only(compare(TOWN, with_item("A2", evidence=Text("制度文本", "Rules in writing"))(TOWN)))
    assert [change.languages for change in entry.fields] == [("en",)]
    entry = only(compare(TOWN, with_item("A2", evidence=Text(""))(TOWN)))
    assert [(change.languages, change.new) for change in entry.fields] == [(("zh", "en"), None)]


def test_points_and_rule_are_told_as_the_canonical_document_has_them():
    rule = TOWN.groups[0].items[0].rule
    assert isinstance(rule, YesNo)
    changed = replace(rule, yes=replace(rule.yes, points=Decimal(12)))
    entry = only(compare(TOWN, with_item("A1", full=Decimal(12), rule=changed)(TOWN)))
    assert entry.about(Aspect.POINTS) == (FieldChange("full", "10", "12"),)
    (told,) = entry.about(Aspect.RULE)
    assert told.old == {"yes_no": {"yes": {"points": "10"}, "no": {"points": "0"}}}
    assert told.new == {"yes_no": {"yes": {"points": "12"}, "no": {"points": "0"}}}


def test_an_entry_that_moved_names_both_groups():
    def without(items):
        return tuple(item for item in items if item.key != "C22")

    moving = next(item for item in TOWN.items() if item.key == "C22")
    moved = items_of("C1", lambda items: (*items, moving))(items_of("C2", without)(TOWN))
    entry = only(compare(TOWN, moved))
    assert entry.field("group") == FieldChange("group", "C2", "C1")
    assert (entry.old.group, entry.new.group) == ("C2", "C1")


def test_the_fewest_parts_are_said_to_have_moved():
    """The first of four went to the end: the other three kept their order."""
    rotated = items_of("A", lambda items: (*items[1:], items[0]))(TOWN)
    assert reports(compare(TOWN, rotated)) == {("entry", "A1", "order")}
    reversed_ = items_of("A", lambda items: items[::-1])(TOWN)
    assert len(compare(TOWN, reversed_).entries) == 3


def test_what_comes_and_goes_does_not_move_the_rest():
    def around(items):
        return (replace(items[0], key="N1"), items[1], replace(items[0], key="N2"), *items[2:])

    assert reports(compare(TOWN, items_of("A", around)(TOWN))) == {
        ("entry", "N1", "added"),
        ("entry", "N2", "added"),
        ("entry", "A1", "removed"),
    }


def test_answers_carry_over_exactly_where_nothing_asked_or_scored_changed():
    def carries(**fields) -> bool:
        return only(compare(TOWN, with_item("A1", **fields)(TOWN))).answers_carry

    assert carries(number="1.1")
    assert carries(weight=Decimal(15))
    assert carries(sources=())
    assert carries(key="M1", ancestors=(Ancestor("A1", Relation.SAME),))
    assert not carries(text=Text("工作方案"))
    assert not carries(full=Decimal(11))
    assert not carries(star=True)


def test_of_several_origins_the_one_with_the_same_key_is_shown():
    def merge(items):
        origins = (Ancestor("A2", Relation.MERGED), Ancestor("A1", Relation.MERGED))
        return (replace(items[0], ancestors=origins), *items[2:])

    entry = only(compare(TOWN, items_of("A", merge)(TOWN)))
    assert entry.old.entry.key == "A1"
    assert entry.origins == (("A2", Relation.MERGED), ("A1", Relation.MERGED))
    assert reports(compare(TOWN, items_of("A", merge)(TOWN))) == {("entry", "A1", "from")}, "A2 lives on in A1"


def test_a_gate_that_became_an_item_is_one_entry_that_changed():
    item = replace(TOWN.groups[3].items[0], key="G2")
    turned = items_of("D", lambda items: (*items, item))(replace(TOWN, gates=TOWN.gates[:1]))
    entry = only(compare(TOWN, turned))
    assert entry.field("section") == FieldChange("section", "gates", "groups")
    assert not entry.answers_carry


def test_a_parameter_names_what_takes_its_number():
    changed = replace(TOWN, parameters=tuple(replace(entry, value=entry.value + 1) for entry in TOWN.parameters))
    assert {part.key: part.used_by for part in compare(TOWN, changed).parts} == {
        "pass_mark": ("pass",),
        "rate": ("C11",),
    }


def test_groups_tell_of_themselves_and_not_of_what_is_in_them():
    (part,) = compare(TOWN, with_group("A", text=Text("组织领导"))(TOWN)).groups
    assert part.old == {"key": "A", "number": "A", "text": {"zh": "组织", "en": "Organization"}}
    assert part.new == {"key": "A", "number": "A", "text": {"zh": "组织领导"}}
