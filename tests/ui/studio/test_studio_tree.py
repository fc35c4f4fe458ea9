"""The tree at the left: points that add up, keys that move and add, drag and drop, marks where something is wrong."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from wufei_cells.checklists.drafting import at

A, A1, A2 = ("groups", 0), ("groups", 0, "items", 0), ("groups", 0, "items", 1)
B, B1 = ("groups", 1), ("groups", 1, "items", 0)
Place = QAbstractItemView.DropIndicatorPosition


def keys(studio, *path):
    return [entry["key"] for entry in at(studio.session.data, path) or []]


def press(studio, key, modifiers=Qt.KeyboardModifier.NoModifier):
    studio.view.tree.setFocus()
    studio.qtbot.keyClick(studio.view.tree, key, modifiers)


def test_everything_is_in_the_tree_with_its_points(studio):
    assert studio.tree_rows() == [
        "前置条件|",
        "  G1 没有事故|",
        "A 组织|10",
        "  A1 有方案|5",
        "  A2 标识错误|5",
        "B 食堂|5",
        "  B1 光盘|5",
    ]
    assert studio.view.total_label.text() == "共 3 条，满分 15 分"


def test_points_add_up_while_they_are_typed_and_a_mismatch_shows(studio):
    studio.view.show_place(A1)
    studio.number(studio.field(*A1, "full"), "6")
    assert "A 组织|11≠10" in studio.tree_rows()
    assert studio.view.total_label.text() == "共 3 条，满分 16 分"
    studio.view.show_tab("settings")
    studio.number(studio.field("full"), "15")
    assert studio.view.total_label.text() == "条款合计 16 分，应为 15 分"


@pytest.mark.parametrize(
    ("path", "key", "expected_a", "expected_b"),
    [
        (A1, Qt.Key.Key_Down, ["A2", "A1"], ["B1"]),
        (A2, Qt.Key.Key_Up, ["A2", "A1"], ["B1"]),
        (A2, Qt.Key.Key_Down, ["A1"], ["A2", "B1"]),
        (B1, Qt.Key.Key_Up, ["A1", "A2", "B1"], None),
        (A1, Qt.Key.Key_Up, ["A1", "A2"], ["B1"]),
    ],
)
def test_alt_and_arrows_move_an_item_also_into_the_next_group(studio, path, key, expected_a, expected_b):
    studio.view.tree.choose(path)
    press(studio, key, Qt.KeyboardModifier.AltModifier)
    assert keys(studio, "groups", 0, "items") == expected_a
    assert keys(studio, "groups", 1, "items") == (expected_b or [])


def test_the_moved_entry_stays_chosen_and_undo_brings_it_back(studio):
    studio.view.tree.choose(A2)
    press(studio, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert studio.view.tree.current_path == B1
    studio.session.undo()
    assert keys(studio, "groups", 0, "items") == ["A1", "A2"]


def test_groups_move_as_a_whole(studio):
    studio.view.tree.choose(B)
    press(studio, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert keys(studio, "groups") == ["B", "A"]
    assert keys(studio, "groups", 1, "items") == ["A1", "A2"]


def test_ins_adds_below_and_del_takes_away(studio):
    studio.view.tree.choose(A1)
    press(studio, Qt.Key.Key_Insert)
    assert keys(studio, "groups", 0, "items") == ["A1", "A3", "A2"]
    assert studio.view.tree.current_path == A2, "the new one is chosen"
    press(studio, Qt.Key.Key_Delete)
    assert keys(studio, "groups", 0, "items") == ["A1", "A2"]


def test_a_new_group_comes_after_the_chosen_one_and_is_filled_with_ins(studio):
    studio.view.tree.choose(A)
    press(studio, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    assert keys(studio, "groups") == ["A", "C", "B"]
    press(studio, Qt.Key.Key_Insert)
    assert keys(studio, "groups", 1, "items") == ["C1"]


def test_the_menu_adds_gates_bonus_and_deductions(studio):
    for what in ("gates", "bonus", "deductions"):
        studio.view.act_on_tree(what)
    assert keys(studio, "gates") == ["G1", "G2"]
    assert studio.session.value(("bonus", "key")) == "X"
    assert studio.session.value(("deductions", "key")) == "D"
    assert [row.split("|")[0].split()[0] for row in studio.tree_rows() if not row.startswith(" ")][-2:] == ["X", "D"]


def test_a_copy_has_keys_of_its_own(studio):
    studio.view.tree.choose(A)
    press(studio, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert keys(studio, "groups") == ["A", "C", "B"]
    assert keys(studio, "groups", 1, "items") == ["C1", "C2"]


def test_keys_of_earlier_editions_are_not_given_again(studio_on, small_data):
    studio = studio_on(small_data, reserved=["A3", "A4"])
    studio.view.tree.choose(A2)
    press(studio, Qt.Key.Key_Insert)
    assert keys(studio, "groups", 0, "items") == ["A1", "A2", "A5"]


# --- drag and drop


@pytest.mark.parametrize(
    ("source", "target", "place", "expected"),
    [
        (A1, A2, Place.BelowItem, {"A": ["A2", "A1"], "B": ["B1"]}),
        (A2, A1, Place.AboveItem, {"A": ["A2", "A1"], "B": ["B1"]}),
        (A1, B, Place.OnItem, {"A": ["A2"], "B": ["B1", "A1"]}),
        (A1, B1, Place.AboveItem, {"A": ["A2"], "B": ["A1", "B1"]}),
        (A1, B1, Place.OnItem, {"A": ["A2"], "B": ["B1", "A1"]}),
    ],
)
def test_an_item_is_dropped_where_the_line_shows(studio, source, target, place, expected):
    tree = studio.view.tree
    tree.choose(source)
    assert tree.drop_on(tree.item_at_path(target), place)
    groups = at(studio.session.data, ("groups",))
    assert {group["key"]: [item["key"] for item in group.get("items", [])] for group in groups} == expected


@pytest.mark.parametrize(("source", "target"), [(A1, ("gates", 0)), (("gates", 0), A1), (A, A1)])
def test_what_cannot_stand_somewhere_is_not_dropped_there(studio, source, target):
    tree, before = studio.view.tree, studio.session.data
    tree.choose(source)
    assert not tree.drop_on(tree.item_at_path(target), Place.OnItem)
    assert studio.session.data is before


def test_a_group_can_be_dropped_into_a_group(studio):
    tree = studio.view.tree
    tree.choose(B)
    assert tree.drop_on(tree.item_at_path(A), Place.OnItem)
    assert keys(studio, "groups", 0, "groups") == ["B"]
    assert "  B 食堂|5" in studio.tree_rows()
    assert [place for place, _sentence in studio.problems()] == ["A 组织 › 满分"], "it says 10, and holds 15 now"


# --- what stays


def test_closed_groups_stay_closed_and_the_chosen_entry_stays_chosen(studio):
    tree = studio.view.tree
    tree.item_at_path(B).setExpanded(False)
    tree.choose(A1)
    press(studio, Qt.Key.Key_Insert)
    assert not tree.item_at_path(B).isExpanded()
    assert tree.item_at_path(A).isExpanded()


def test_a_warning_leads_from_the_whole_down_to_the_entry(studio):
    studio.view.show_place(A1)
    studio.type_into(studio.field(*A1, "text"), " ")
    studio.type_into(studio.field(*A1, "text"), " ", "en")
    assert studio.problems()
    tree = studio.view.tree
    marked = [
        path for path in (A, A1, A2, B) if tree.item_at_path(path).data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    ]
    assert marked == [A, A1]
