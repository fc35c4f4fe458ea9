"""What a number rests on is written under it with the keyboard; the desk adds up, and nothing is lost on the way."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wufei_cells.domain.answers import Answer, Basis, BasisRow, Kept
from wufei_cells.scoring.bases import MOST_ROWS
from wufei_cells.services import assessing

ENTER, ESCAPE, TAB, BACKTAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab
CONTROL = Qt.KeyboardModifier.ControlModifier


def panel(desk, path=""):
    return desk.card.editor.basis_panels()[path]


def answer(desk, key):
    return desk.stored().answers[key].answer


def rows(*entries):
    return tuple(BasisRow(text, numbers) for text, numbers in entries)


def give(desk, key, given):
    """Answer as a second program would, and read it at the desk."""
    workspace = desk.opened()
    assessing.record_answer(workspace, desk.assessment, key, given)
    workspace.close()
    desk.page.session.reload()
    desk.settle()
    desk.page.go_to(key)


# --- nothing is dropped


FOREIGN = Answer(
    {"training": "yes", "meetings": "2"},
    note="齐",
    bases={
        "": Basis(source="年度总结"),
        "meetings": Basis("2025年", "纪要", rows(("三月", {"number": "1"}), ("", {"number": "1"}))),
    },
    kept=Kept(na="不适用过", notes={"deducted": "缺一次"}),
)


def test_each_row_is_one_occurrence_and_the_desk_counts_them(desk):
    desk.page.go_to("B1")
    desk.press("d")
    desk.write("一楼东侧")
    desk.press(ENTER)
    desk.write("二楼茶水间")
    desk.press(TAB)
    desk.press(Qt.Key.Key_Backspace, "3", ENTER)
    assert desk.card.editor.fields[0].text() == "4"
    assert desk.card.editor.derived_label.text() == "→ 1 分", "points follow at once"
    desk.press(ENTER)
    desk.settle()
    assert desk.page.key == "B2", "Enter in the empty row goes on to the next item"
    expected = rows(("一楼东侧", {"number": "1"}), ("二楼茶水间", {"number": "3"}))
    assert answer(desk, "B1") == Answer("4", bases={"": Basis(rows=expected)})


def test_what_is_being_written_is_stored_before_the_cell_is_left(desk):
    desk.page.go_to("B1")
    desk.press("d")
    desk.write("一楼")
    desk.settle()
    assert answer(desk, "B1").bases[""].rows == rows(("一楼", {"number": "1"}))
    assert isinstance(desk.focused().parent().parent(), type(panel(desk).body.table)), "and the cursor stays there"


def test_a_row_that_cannot_be_read_is_named_in_place_and_kept_in_the_form(desk):
    give(desk, "B1", Answer("1", bases={"": Basis(rows=rows(("一楼", {"number": "1"})))}))
    desk.press("d", Qt.Key.Key_Up, TAB)
    desk.press("x", ESCAPE)
    desk.settle()
    assert "明细第 1 行的“x”不是数" in panel(desk).problem_label.text()
    assert answer(desk, "B1").value == "1"
    assert desk.card.answer().bases[""].rows == rows(("一楼", {"number": "x"}))


def test_a_level_with_a_range_asks_for_the_reason(desk):
    desk.page.go_to("A2")
    desk.press("2", "4", ENTER)
    assert desk.card.editor._ranges[1].reason_edit.hasFocus()
    desk.press(ESCAPE)
    desk.settle()
    assert "要写明理由" in desk.card.editor._ranges[1].points_field.problem_label.text()


def test_setting_aside_and_taking_up_again_keeps_value_basis_and_reason(desk):
    give(desk, "A4", FOREIGN)
    desk.press("n")
    assert desk.card.na_edit.text() == "不适用过", "the reason of last time is there again"
    desk.press(ESCAPE)
    desk.settle()
    aside = answer(desk, "A4")
    assert (aside.value, aside.na, aside.kept.value, aside.bases) == (None, "不适用过", FOREIGN.value, FOREIGN.bases)
    desk.press("n")
    desk.settle()
    assert answer(desk, "A4").value == FOREIGN.value
    assert answer(desk, "A4").note == "齐"
    assert answer(desk, "A4").kept.na == "不适用过"


def test_no_note_comes_and_goes_while_a_number_is_typed(desk):
    give(desk, "B1", Answer("0", note="完好", kept=Kept(notes={"deducted": "桶盖缺失"})))
    desk.press("1")
    assert desk.card.note_edit.note() == "完好"
    assert desk.card.answer().note == "桶盖缺失", "what is stored is in the state of its number all the same"
    desk.press(ESCAPE)
    assert desk.card.note_edit.note() == "桶盖缺失"
    desk.press("u")
    desk.settle()
    assert answer(desk, "B1").note == "完好"
    assert desk.card.note_edit.note() == "完好"


@pytest.mark.parametrize("column", [0, 1])
def test_typing_into_a_full_table_keeps_up_with_the_fingers(desk, column):
    listed = rows(*[(f"第{place}处", {"part": "1", "whole": "2"}) for place in range(MOST_ROWS)])
    value = {"part": str(MOST_ROWS), "whole": str(2 * MOST_ROWS)}
    give(desk, "B2", Answer(value, bases={"": Basis(rows=listed)}))
    desk.press("d")
    panel(desk).body.table.go(100, column)
    times = []
    for _ in range(30):
        started = time.perf_counter()
        desk.press("1")
        QApplication.processEvents()
        times.append(time.perf_counter() - started)
    times.sort()
    assert times[len(times) // 2] < 0.05, "a slow machine may take three times the 16 ms that are wanted"
