"""What the list beside the desk shows: by evidence, by news, by the way of checking, and by words."""

from __future__ import annotations

import pytest

from ui.models.desk_items_model import FILTERED, DeskItemsModel, ItemFilter, ItemState
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Verify


@pytest.fixture
def items(desk):
    """A list of its own over the session of the desk."""
    model = DeskItemsModel(desk.page.session, desk.context.i18n)
    model.update()
    return model


def shown(model, which=ItemFilter.ALL, verify=None, words=""):
    model.filter, model.verify, model.words = which, verify, words
    model.update()
    return model.keys()


def answer(desk, key, given):
    desk.page.session.edit(key, given, typing=False)
    desk.settle()


def test_every_filter_has_a_name_and_names_states(items):
    catalogue = shipped.wording_catalogue()
    assert set(FILTERED) == set(ItemFilter)
    assert [which for which in ItemFilter if f"desk.filter_{which.value}" not in catalogue] == []


def test_without_evidence_shows_what_has_none_and_applies(desk, items):
    assert shown(items, ItemFilter.WITHOUT_EVIDENCE) == [], "before the counts are known nothing is claimed"
    everything = shown(items)
    answer(desk, "A1", Answer(na="没有这项"))
    items.set_evidence_counts({"A2": 2, "G1": 1, "A3": 0})
    left = shown(items, ItemFilter.WITHOUT_EVIDENCE)
    assert items.state("A1") is ItemState.NOT_APPLICABLE
    assert set(everything) - set(left) >= {"A1", "A2", "G1"}
    assert "A3" in left
    assert items.count(ItemFilter.WITHOUT_EVIDENCE) == len(left)


def test_changed_shows_what_others_wrote_since_the_last_look(items):
    assert shown(items, ItemFilter.CHANGED) == []
    items.set_changed({"A3", "G1"})
    assert shown(items, ItemFilter.CHANGED) == ["G1", "A3"]
    assert items.count(ItemFilter.CHANGED) == 2


@pytest.mark.parametrize("how", Verify)
def test_the_way_of_checking_combines_with_every_filter(desk, items, how):
    checklist = desk.page.session.sheet.checklist
    own = [entry.key for entry in checklist.entries() if how in entry.verify]
    assert shown(items, verify=how) == own
    assert items.count_verify(how) == len(own)
    items.set_changed({"A2", "G1"})
    assert shown(items, ItemFilter.CHANGED, how) == [key for key in own if key in ("A2", "G1")]
    assert items.count(ItemFilter.CHANGED) == len(items.keys())


def test_words_are_looked_for_in_number_text_and_note(desk, items):
    assert shown(items, words="台账") == ["A2"]
    assert shown(items, words="a2") == ["A2"]
    assert shown(items, words="没有失信 记录") == ["G1"]
    assert shown(items, words="三楼缺桶") == []
    answer(desk, "A1", Answer("yes", note="三楼缺桶"))
    assert shown(items, words="三楼 缺桶") == ["A1"]
    assert shown(items, ItemFilter.DEDUCTED, words="三楼") == []
    desk.context.i18n.set_language("en")
    assert shown(items, words="ledger") == ["A2"]


def test_headings_without_anything_to_show_are_left_out(items):
    shown(items, words="台账")
    rows = [items.index(line).data(items.RowRole) for line in range(items.rowCount())]
    assert [row.key for row in rows] == ["", "A2"]


def test_the_item_on_the_desk_stays_although_the_words_drop_it(items):
    items.kept = "A1"
    assert shown(items, words="台账") == ["A1", "A2"]
