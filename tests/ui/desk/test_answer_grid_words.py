"""What the grid says: what is wrong with what was typed, how an item is answered, what is not asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desk.grid_hands import KEY, open_grid
from ui.desk.grid_cells import GridColumn
from ui.models.desk_reading import DeskReading

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def hands(qtbot, open_window, small_register):
    return open_grid(qtbot, open_window, small_register)


def test_parts_are_written_by_their_place_and_named_by_their_words(hands):
    hands.go("A4")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    assert hands.cell("A4") == "是"
    hands.go("A4")
    hands.press("9; 1.5.2", KEY.Key_Return)
    assert hands.model.answers.problem("A4").startswith("有培训：“9”")
    assert "\n会议：“1.5.2”不是数" in hands.model.answers.problem("A4")
    hands.go("A4")
    hands.press("training=1; training=2", KEY.Key_Return)
    assert hands.model.answers.problem("A4").startswith("“有培训”写了两次")
    hands.go("B3")
    hands.press("; 3", KEY.Key_Return)
    hands.settle()
    assert hands.cell("B3") == "; 3"


def test_a_note_that_is_too_long_is_marked_in_its_cell_and_said_when_moving_on(hands):
    hands.go("A1", GridColumn.NOTE)
    hands.model.enter(GridColumn.NOTE, {"A1": "字" * 4001})
    hands.settle()
    assert "A1" not in hands.stored()
    assert "4000" in hands.notices[-1].text
    assert hands.notices[-1].text.startswith("A1 的说明没有存")
    assert len(hands.cell("A1", GridColumn.NOTE)) == 4001
    assert hands.cell("A1", GridColumn.NOTE, Qt.ItemDataRole.DecorationRole) is not None
    assert "4000" in hands.cell("A1", GridColumn.NOTE, Qt.ItemDataRole.ToolTipRole)
    assert "4000" in hands.grid.problem_label.text()
    hands.go("A1")
    hands.press("1", KEY.Key_Return)
    hands.settle()
    assert hands.stored()["A1"].note == "", "the answer is stored all the same"
    assert len(hands.cell("A1", GridColumn.NOTE)) == 4001
    hands.model.enter(GridColumn.NOTE, {"A1": "短"})
    hands.settle()
    assert (hands.stored()["A1"].note, hands.model.answers.note_problem("A1")) == ("短", "")


def test_a_number_with_too_many_digits_is_told_how_many_are_taken(hands):
    hands.go("B1")
    hands.press("12.3456789012345678901", KEY.Key_Return)
    problem = hands.model.answers.problem("B1")
    assert "不是数" not in problem
    assert "整数部分最多 15 位，小数最多 9 位" in problem


def test_units_stand_in_brackets(hands):
    hands.go("B1")
    assert hands.grid.hint_label.text().startswith("B1  破损：填个数（处）")
    hands.context.i18n.set_language("en")
    hands.grid.retranslate()
    assert hands.grid.hint_label.text().startswith("B1  Broken: a whole number (places)")


def test_what_is_not_asked_of_the_site_says_so(hands, monkeypatch):
    monkeypatch.setattr(DeskReading, "excluded", lambda _reading, key: key == "B1")
    hands.model.update()
    assert hands.cell("B1", GridColumn.ASIDE) == "不需要答"
    assert hands.cell("B2", GridColumn.ASIDE) == ""
    hands.go("B1")
    assert hands.grid.hint_label.text() == "B1  按单位的情况不需要答"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_line_of_keys_is_whole_in_a_window_of_1280(hands, language):
    hands.context.i18n.set_language(language)
    hands.grid.retranslate()
    hands.grid.resize(1280 - 192 - 32, 600)
    QApplication.processEvents()
    label = hands.grid.keys_label
    assert label.fontMetrics().horizontalAdvance(label.text()) <= label.contentsRect().width()


def test_nothing_of_the_grid_is_worded_in_vain():
    worded = json.loads((ROOT / "resources" / "wording" / "desk_grid.json").read_text("utf-8"))
    folders = [ROOT / "ui" / "desk", ROOT / "wufei_cells" / "scoring"]
    source = "\n".join(path.read_text("utf-8") for folder in folders for path in folder.glob("*.py"))
    made = {f"desk.grid.also_{name}" for name in ("number", "item", "answer", "points", "note")}
    assert [key for key in worded if f'"{key}"' not in source and f"'{key}'" not in source and key not in made] == []
