"""The grid and spreadsheets: tables go both ways, all problems are told at once, nothing is written unasked."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from tests.ui.desk.grid_hands import CONTROL, KEY, SHIFT, open_grid
from ui.desk.grid_clipboard import as_text


@pytest.fixture
def hands(qtbot, open_window, small_register):
    return open_grid(qtbot, open_window, small_register)


def test_rows_are_copied_as_a_table_for_spreadsheets(hands):
    hands.select("A1", "A2")
    hands.press("1")
    hands.settle()
    hands.press(KEY.Key_Space, modifiers=SHIFT)
    hands.press(KEY.Key_C, modifiers=CONTROL)
    assert hands.copied() == [
        ["编号", "条款", "作答", "得分", "说明"],
        ["A1", "有方案", "是", "5", ""],
        ["A2", "台账", "1", "8", ""],
    ]
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 3
    assert "mso-number-format" in html


def test_one_column_is_copied_by_itself(hands):
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.go("A1")
    hands.press(KEY.Key_C, modifiers=CONTROL)
    assert hands.copied() == [["是"]]


def test_a_column_of_answers_goes_down_from_the_current_row(hands):
    hands.go("A1")
    hands.paste("1\r\n2:5 缺一个月\r\n\r\n1; 3\r\n")
    assert hands.values() == {
        "A1": "yes",
        "A2": {"level": "some", "points": "5", "reason": "缺一个月"},
        "A4": {"training": "yes", "meetings": "3"},
    }


def test_one_value_fills_the_selected_rows(hands):
    hands.select("A1", "X1", "G1")
    hands.paste("是")
    assert hands.values() == {"A1": "yes", "X1": "yes", "G1": "yes"}


@pytest.mark.parametrize(
    "rows",
    [
        [["作答", "备注", "编号"], ["1", "好", "A1"], ["19/20", "", "B2"]],
        [["No.", "Item", "Answer", "Points", "Note"], ["A1", "", "yes", "5", "好"], ["B2", "", "19/20", "9.5", ""]],
        [["A1", "是", "好"], ["B2", "19/20", ""]],
        [["A1", "有方案", "是", "5", "好"], ["B2", "投放正确率", "19/20", "9.5", ""]],
        [["b2", "投放正确率", "19/20", ""], ["Ａ１", "有方案", "1", "好"]],
    ],
)
def test_a_table_finds_its_items_by_header_or_by_their_numbers(hands, rows):
    hands.paste(as_text(rows))
    assert hands.values() == {"A1": "yes", "B2": {"part": "19", "whole": "20"}}
    assert hands.stored()["A1"].note == "好"


def test_what_was_copied_can_be_pasted_back(hands):
    for key, text in (("G1", "1"), ("A2", "2:5 a; b"), ("A4", "1; 3"), ("B1", "n none here")):
        hands.go(key)
        hands.press(text, KEY.Key_Return)
    hands.settle()
    before = {key: (answer.value, answer.na) for key, answer in hands.stored().items()}
    hands.press(KEY.Key_A, modifiers=CONTROL)
    hands.press(KEY.Key_C, modifiers=CONTROL)
    copied = QGuiApplication.clipboard().text()
    hands.press(KEY.Key_Delete)
    assert hands.values() == {}
    hands.paste(copied)
    hands.settle()
    assert {key: (answer.value, answer.na) for key, answer in hands.stored().items() if answer.given} == before


def test_all_problems_are_told_at_once_and_nothing_is_written_before_somebody_says_so(hands):
    hands.paste(as_text([["编号", "作答"], ["A1", "1"], ["B2", "30/20"], ["Z9", "1"], ["A1", "2"], ["B1", "三处"]]))
    dialog = hands.dialog()
    tree = dialog.tree
    assert [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())] == [
        "第 3 行 B2",
        "第 4 行 Z9",
        "第 5 行 A1",
        "第 6 行 B1",
    ]
    assert hands.values() == {}
    dialog.open_button.click()
    assert hands.values() == {"A1": "yes"}
    assert (hands.cell("B2"), hands.cell("B1")) == ("30/20", "三处"), "what could not be read stays to be mended"


def test_closing_the_list_of_problems_writes_nothing(hands):
    hands.paste(as_text([["编号", "作答"], ["A1", "1"], ["B1", "三处"]]))
    hands.dialog().reject()
    assert hands.values() == {}
    assert hands.cell("B1") == ""


def test_more_lines_than_rows_are_a_problem(hands):
    hands.go("X1")
    hands.paste("1\n1")
    assert hands.dialog().tree.topLevelItemCount() == 1
    assert hands.values() == {}


def test_columns_that_cannot_be_told_apart_are_refused_with_the_remedy(hands):
    hands.paste("甲\t乙\t丙\t丁")
    assert "表头" in hands.notices[-1].text
    assert hands.values() == {}
