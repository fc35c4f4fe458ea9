"""The assessment as a table: typing scores, several rows at once, and nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.ui.desk.grid_hands import CONTROL, KEY, SHIFT, open_grid
from ui.desk.grid_cells import GridColumn
from ui.desk.grid_lines import GATES
from ui.models.scoring_session import ScoringSession
from wufei_cells.domain.answers import Answer

ROOT = Path(__file__).resolve().parents[3]
ENTRIES = ["G1", "A1", "A2", "A3", "A4", "B1", "B2", "B3", "X1"]


@pytest.fixture
def hands(qtbot, open_window, small_register):
    return open_grid(qtbot, open_window, small_register)


# --- what is shown


def test_groups_and_entries_stand_in_printed_order_and_headings_are_passed_over(hands):
    assert hands.model.keys() == ENTRIES
    rows = range(hands.model.rowCount())
    keys = [hands.model.line_at(hands.model.index(row, 0)).key for row in rows]
    assert keys == [GATES, "G1", "/A", "A1", "A2", "A3", "A4", "/B", "B1", "B2", "B3", "/X", "X1"]
    hands.go("G1")
    hands.press(KEY.Key_Down)
    assert hands.grid.current_key == "A1"
    hands.press(KEY.Key_Up)
    assert hands.grid.current_key == "G1"


def test_the_model_keeps_what_qt_asks_of_models(hands):
    tester = QAbstractItemModelTester(hands.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    hands.grid.show_keys({"A1", "B2"})
    hands.grid.show_keys(None)
    hands.model.sort(GridColumn.POINTS)
    hands.model.sort(-1)
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    assert tester.model() is hands.model
    assert hands.model.keys() == ENTRIES


def test_the_keyboard_is_at_the_first_answer(hands):
    assert hands.grid.current_key == "G1"
    assert hands.table.currentIndex().column() == GridColumn.ANSWER


# --- typing


def test_typing_scores_enter_goes_down_and_tab_goes_right(hands):
    hands.press("1", KEY.Key_Return)
    assert (hands.editor(), hands.grid.current_key) == (None, "A1")
    hands.press("1", KEY.Key_Tab)
    assert (hands.grid.current_key, hands.table.currentIndex().column()) == ("A1", GridColumn.NOTE)
    hands.compose("看过原件")
    hands.press(KEY.Key_Tab)
    assert (hands.grid.current_key, hands.table.currentIndex().column()) == ("A2", GridColumn.ANSWER)
    assert hands.values() == {"G1": "yes", "A1": "yes"}
    assert hands.stored()["A1"].note == "看过原件"
    assert (hands.cell("A1"), hands.cell("A1", GridColumn.POINTS), hands.cell("A1", GridColumn.LOST)) == (
        "是",
        "5",
        "0",
    )


def test_a_whole_checklist_is_scored_from_the_keyboard(hands):
    for text in ("1", "1", "2:5 three months", "1 3", "1; 3", "2", "19/20", "year=100>90", "1"):
        hands.press(text, KEY.Key_Return)
    assert hands.values() == {
        "G1": "yes",
        "A1": "yes",
        "A2": {"level": "some", "points": "5", "reason": "three months"},
        "A3": ["green", "sort"],
        "A4": {"training": "yes", "meetings": "3"},
        "B1": "2",
        "B2": {"part": "19", "whole": "20"},
        "B3": {"year": {"before": "100", "after": "90"}},
        "X1": "yes",
    }
    assert hands.session.scorecard.missing == ()
    assert [hands.cell(key, GridColumn.POINTS) for key in ENTRIES] == ["", "5", "5", "2", "4", "3", "9.5", "5", "5"]
    assert [hands.cell(key, GridColumn.LOST) for key in ENTRIES] == ["", "0", "3", "1", "0", "2", "0.5", "0", ""]
    assert hands.cell("/A", GridColumn.POINTS) == "16"


def test_shift_and_enter_goes_up_and_selects_nothing_on_the_way(hands):
    hands.go("A2")
    hands.press(KEY.Key_Return, KEY.Key_Return, modifiers=SHIFT)
    assert (hands.grid.current_key, hands.table.selected_keys()) == ("G1", ["G1"])


def test_escape_leaves_what_stood_and_unchanged_cells_are_not_written(hands):
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    heads = hands.session.rows["A1"].heads
    hands.go("A1")
    hands.press("2", KEY.Key_Escape)
    assert hands.editor() is None
    assert hands.cell("A1") == "是"
    hands.press(KEY.Key_F2, KEY.Key_Return)
    hands.settle()
    assert hands.session.rows["A1"].heads == heads


def test_typing_in_a_cell_that_cannot_be_written_goes_to_the_answer(hands):
    hands.go("A1", GridColumn.ITEM)
    hands.press("1")
    assert hands.table.currentIndex().column() == GridColumn.ANSWER
    hands.press(KEY.Key_Return)
    assert hands.values() == {"A1": "yes"}


def test_an_input_method_opens_the_cell_and_writes_into_it(hands):
    hands.go("A1", GridColumn.ITEM)
    hands.compose("", preedit="shi")
    hands.compose("是")
    assert hands.editor().text() == "是"
    hands.press(KEY.Key_Return)
    assert hands.values() == {"A1": "yes"}
    hands.go("A1")
    hands.compose("", preedit="fou")
    hands.compose("否")
    hands.press(KEY.Key_Return)
    assert hands.values() == {"A1": "no"}
    hands.compose("不适用：没有食堂")
    hands.press(KEY.Key_Down)
    hands.settle()
    assert hands.stored()["A2"] == Answer(na="没有食堂")
    assert hands.cell("A2", GridColumn.ASIDE) == "不适用"


def test_setting_aside_and_taking_up_again_loses_neither_value_nor_note(hands):
    hands.go("A1")
    hands.press("1", KEY.Key_Tab)
    hands.compose("齐全")
    hands.press(KEY.Key_Return)
    hands.go("A1")
    hands.press("n canteen", KEY.Key_Return)
    hands.settle()
    aside = hands.stored()["A1"]
    assert (aside.na, aside.kept.value) == ("canteen", "yes")
    hands.go("A1")
    hands.press("2", KEY.Key_Return)
    hands.settle()
    again = hands.stored()["A1"]
    assert (again.value, again.na, again.kept.na) == ("no", None, "canteen")
    assert "齐全" in (again.note, *again.kept.notes.values())


# --- what cannot be read


def test_wrong_text_stays_in_its_cell_with_what_is_wrong(hands):
    hands.go("B2")
    hands.press("95%", KEY.Key_Return)
    hands.settle()
    assert hands.cell("B2") == "95%"
    assert "84/100" in hands.cell("B2", role=Qt.ItemDataRole.ToolTipRole)
    assert hands.cell("B2", role=Qt.ItemDataRole.ForegroundRole) == hands.context.theme.color("failed")
    hands.go("B2")
    assert "84/100" in hands.grid.problem_label.text()
    hands.grid.show_keys({"A1"})
    hands.grid.show_keys(None)
    hands.session.reload()
    hands.settle()
    assert hands.cell("B2") == "95%"
    assert hands.values() == {}
    hands.go("B2")
    hands.press(KEY.Key_F2)
    assert hands.editor().text() == "95%"
    hands.editor().selectAll()
    hands.press("19/20", KEY.Key_Return)
    assert hands.values() == {"B2": {"part": "19", "whole": "20"}}
    assert hands.grid.problem_label.text() == ""


def test_a_readable_answer_that_does_not_fit_is_kept_and_named(hands):
    hands.go("B2")
    hands.press("30/20", KEY.Key_Return)
    hands.settle()
    assert (hands.cell("B2"), hands.values()) == ("30/20", {})
    assert "20" in hands.cell("B2", role=Qt.ItemDataRole.ToolTipRole)
    assert "B2" in hands.session.unsaved


def test_wrong_text_gives_way_to_an_answer_given_elsewhere(hands):
    hands.go("A1")
    hands.press("7", KEY.Key_Return)
    assert hands.cell("A1") == "7"
    hands.session.edit("A1", Answer("yes"), typing=False)
    hands.settle()
    assert hands.cell("A1") == "是"


# --- several rows


def test_a_digit_answers_all_selected_rows_in_one_step_of_undo(hands):
    hands.select("A1", "A2", "X1")
    hands.press("1")
    assert hands.values() == {"A1": "yes", "A2": "all", "X1": "yes"}
    hands.session.undo("")
    hands.settle()
    assert hands.values() == {}


def test_n_with_a_reason_sets_all_selected_rows_aside(hands):
    hands.select("A1", "B1", "B2")
    hands.press("n no canteen", KEY.Key_Return)
    hands.settle()
    stored = hands.stored()
    assert {key: stored[key].na for key in ("A1", "B1", "B2")} == dict.fromkeys(("A1", "B1", "B2"), "no canteen")


def test_selecting_with_shift_and_whole_rows(hands):
    hands.go("A1")
    hands.press(KEY.Key_Down, KEY.Key_Down, modifiers=SHIFT)
    assert hands.table.selected_keys() == ["A1", "A2", "A3"]
    hands.press(KEY.Key_Space, modifiers=SHIFT)
    assert len(hands.table.selectionModel().selectedRows(0)) == 3


def test_escape_ends_a_selection_of_several_rows(hands):
    hands.select("A1", "A2")
    hands.press(KEY.Key_Escape)
    assert hands.table.selected_keys() == ["A1"]
    assert hands.table.hasFocus()


def test_delete_clears_the_selected_answers_and_keeps_their_notes(hands):
    hands.select("A1", "A2")
    hands.press("1")
    hands.go("A1", GridColumn.NOTE)
    hands.press("seen", KEY.Key_Return)
    hands.settle()
    hands.select("A1", "A2")
    hands.press(KEY.Key_Delete)
    assert hands.values() == {}
    assert hands.stored()["A1"].note == "seen"
    hands.go("A1", GridColumn.NOTE)
    hands.press(KEY.Key_Delete)
    hands.settle()
    assert hands.stored()["A1"].note == ""


def test_nothing_is_recorded_where_nothing_was_to_be_cleared(hands):
    hands.select("A1", "A2")
    hands.press(KEY.Key_Delete)
    hands.settle()
    assert hands.stored() == {}


# --- filter and order


def test_words_and_keys_filter_together_with_their_headings(hands):
    hands.go("A1")
    hands.grid.show_keys({"A1", "A3", "B1"})
    assert hands.model.keys() == ["A1", "A3", "B1"]
    hands.press(KEY.Key_F, modifiers=CONTROL)
    assert hands.grid.words_edit.hasFocus()
    hands.qtbot.keyClicks(hands.grid.words_edit, "b1")
    rows = range(hands.model.rowCount())
    assert [hands.model.line_at(hands.model.index(row, 0)).key for row in rows] == ["/B", "B1"]
    hands.qtbot.keyClick(hands.grid.words_edit, KEY.Key_Escape)
    assert hands.model.keys() == ["A1", "A3", "B1"]
    assert hands.table.hasFocus()


def test_a_filter_that_fits_nothing_says_so(hands):
    hands.model.kept = ""
    hands.grid.words_edit.setText("没有这个词")
    assert hands.model.keys() == []
    assert hands.grid.nothing_label.isVisible()
    hands.grid.clear_button.click()
    assert hands.model.keys() == ENTRIES
    assert hands.table.isVisible()


def test_an_answer_does_not_take_its_row_away_from_under_the_cursor(hands):
    hands.grid.show_keys({"A1", "A2", "A3"})
    hands.go("A2")
    hands.grid.show_keys({"A1", "A3"})
    assert hands.model.keys() == ["A1", "A2", "A3"]
    assert hands.grid.current_key == "A2"


def test_any_column_sorts_and_a_third_click_brings_the_printed_order_back(hands):
    for key, text in (("A1", "1"), ("B1", "2"), ("B2", "19/20")):
        hands.go(key)
        hands.press(text, KEY.Key_Return)
    hands.settle()
    hands.table.sortByColumn(GridColumn.POINTS, Qt.SortOrder.DescendingOrder)
    assert hands.model.keys()[:3] == ["B2", "A1", "B1"]
    hands.table.sortByColumn(GridColumn.POINTS, Qt.SortOrder.AscendingOrder)
    assert hands.model.keys()[:3] == ["B1", "A1", "B2"]
    for column in GridColumn:
        hands.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
        assert sorted(hands.model.keys()) == sorted(ENTRIES)
    hands.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert hands.model.keys() == ENTRIES


def test_one_answer_repaints_its_row_and_its_group_and_rebuilds_nothing(hands):
    announced, resets = set(), []
    hands.model.dataChanged.connect(lambda first, last: announced.add((first.row(), last.row())))
    hands.model.modelReset.connect(lambda: resets.append(1))
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    rows = {hands.model.index_of(key).row() for key in ("A1", "/A")}
    assert (announced, resets) == ({(row, row) for row in rows}, [])


# --- a sheet that is closed


def test_a_finished_assessment_can_be_read_and_copied_only(hands, monkeypatch):
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    monkeypatch.setattr(ScoringSession, "editable", property(lambda session: False))
    hands.model.update()
    hands.go("A1")
    hands.press("2")
    assert hands.editor() is None
    hands.press(KEY.Key_Delete)
    hands.paste("2")
    assert hands.values() == {"A1": "yes"}
    hands.press(KEY.Key_C, modifiers=CONTROL)
    assert hands.copied() == [["是"]]


# --- around it


def test_an_item_can_be_seen_by_itself(hands):
    asked = []
    hands.grid.entry_requested.connect(asked.append)
    hands.go("B1")
    hands.press(KEY.Key_Return, modifiers=Qt.KeyboardModifier.AltModifier)
    hands.table.doubleClicked.emit(hands.model.index_of("B2", GridColumn.ITEM))
    assert asked == ["B1", "B2"]


def test_the_hint_says_how_the_item_is_answered(hands):
    for key, words in (
        ("A2", "1 完整"),
        ("A3", "2 绿色采购"),
        ("B2", "正确/抽查"),
        ("A4", "有培训; 会议"),
        ("G1", "2 不满足"),
    ):
        hands.go(key)
        assert words in hands.grid.hint_label.text()


def test_evidence_is_counted_once_it_is_told(hands):
    assert hands.table.isColumnHidden(GridColumn.EVIDENCE)
    hands.grid.resize(1500, 700)
    hands.grid.show_evidence({"A1": 3})
    assert not hands.table.isColumnHidden(GridColumn.EVIDENCE)
    assert hands.cell("A1", GridColumn.EVIDENCE) == "3"


def test_a_narrow_window_keeps_item_answer_and_note_without_scrolling_sideways(hands):
    hands.grid.resize(760, 500)
    QApplication.processEvents()
    assert hands.table.horizontalScrollBar().maximum() == 0
    for column in (GridColumn.NUMBER, GridColumn.ITEM, GridColumn.ANSWER, GridColumn.POINTS, GridColumn.NOTE):
        assert not hands.table.isColumnHidden(column)


def test_the_grid_speaks_both_languages(hands):
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    hands.context.i18n.set_language("en")
    hands.grid.retranslate()
    assert hands.model.headerData(GridColumn.ANSWER, Qt.Orientation.Horizontal) == "Answer"
    assert hands.cell("A1") == "yes"
    assert "Partial" in (hands.go("A2"), hands.grid.hint_label.text())[1]
