"""The filters above the list and the grid: one state for both, reached by keyboard, and room for everything."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.widgets.desk_view import NARROWEST
from ui.widgets.list_filters import ANY

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
ENTRIES = ["G1", "A1", "A2", "A3", "A4", "B1", "B2", "B3", "X1"]


@pytest.fixture
def scored(desk):
    """G1 met, A1 and A3 with deductions, everything else open."""
    for key, digit in (("G1", "1"), ("A1", "2"), ("A3", "1")):
        desk.page.go_to(key)
        desk.press(digit)
    desk.settle()
    return desk


def alt(desk, key):
    desk.qtbot.keyClick(desk.window.main.windowHandle(), key, ALT)
    QApplication.processEvents()


def grid(desk):
    desk.page.show_view("grid")
    desk.settle()
    return desk.page.panels.built["grid"]


# --- the grid


def test_the_grid_shows_what_the_filter_in_force_lets_through_and_the_entry_on_the_desk(scored):
    scored.page.go_to("B1")
    scored.page.set_filter("deducted")
    table = grid(scored)
    assert table.model.keys() == ["A1", "A3", "B1"]
    scored.page.set_filter("all")
    assert table.model.keys() == ENTRIES


def test_one_row_of_chips_serves_both_views_and_none_stands_over_the_sites(scored):
    page = scored.page
    filters = page.desk.filters
    table = grid(scored)
    assert filters.isVisible()
    filters.chips["deducted"].click()
    assert set(table.model.keys()) == {"A1", "A3", table.current_key}
    filters.ways["site"].trigger()
    page.set_filter("all")
    assert set(table.model.keys()) - {table.current_key} == {"A2", "B1", "B2"} - {table.current_key}
    assert filters.way_button.text() == f"现场 {page.items.count_verify(page.items.verify)}"
    filters.ways[ANY].trigger()
    assert table.model.keys() == ENTRIES
    assert filters.way_button.text() == "查验方式"
    page.show_view("across")
    assert not filters.isVisible()


def test_alt_and_f_turns_the_filter_where_letters_are_typed_into_cells(scored):
    table = grid(scored)
    alt(scored, KEY.Key_F)
    assert scored.page.items.filter.value == "unanswered"
    assert table.model.keys() == ["A2", "A3", "A4", "B1", "B2", "B3"]
    assert table.current_key == "A3", "the entry the person is at stays although it is answered"


def test_alt_and_v_goes_on_to_the_next_view_even_out_of_an_open_cell(scored):
    table = grid(scored)
    table.go_to("B1")
    scored.qtbot.keyClick(table.table, "2")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    alt(scored, KEY.Key_V)
    assert scored.page.desk.view == "across"
    alt(scored, KEY.Key_V)
    assert scored.page.desk.view == "items"
    scored.settle()
    assert scored.value("B1") == "2", "what was typed is not lost"


def test_a_cell_stays_open_while_other_rows_come_and_go(scored):
    table = grid(scored)
    scored.page.set_filter("unanswered")
    table.go_to("B1")
    scored.qtbot.keyClick(table.table, "2")
    scored.qtbot.keyClicks(QApplication.focusWidget(), "3")
    table.show_keys({"A4", "B2"})
    table.show_keys({"A1", "A4", "B3", "X1"})
    assert table.model.keys() == ["A1", "A4", "B1", "B3", "X1"]
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "23"


def test_keys_about_the_item_on_the_desk_do_nothing_where_it_is_not_seen(scored):
    grid(scored)
    alt(scored, KEY.Key_N)
    scored.settle()
    assert scored.stored().answers["A3"].answer.na is None
    assert scored.page.desk.view == "grid"


# --- words


def test_enter_with_words_goes_to_the_first_item_that_holds_them(desk):
    desk.press("g", "a3", KEY.Key_Return)
    assert desk.page.key == "A3"
    desk.press("g")
    desk.write("正确率")
    desk.press(KEY.Key_Return)
    assert desk.page.key == "B2"
    assert desk.notices == []


def test_words_that_nothing_holds_are_said_so_and_the_item_stays(desk):
    desk.press("g")
    desk.write("没有这样的字")
    desk.press(KEY.Key_Return)
    assert desk.page.key == "G1"
    assert "没有编号为“没有这样的字”的条款" in desk.notices[-1]


# --- room


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1100, 700), (1366, 768)])
def test_nothing_is_cut_in_a_narrow_window(scored, language, size):
    scored.context.i18n.set_language(language)
    scored.window.main.resize(*size)
    desk = scored.page.desk
    desk.side.tabs.show_count("findings", 2)
    desk.side.tabs.show_count("evidence", 15)
    scored.settle()
    assert desk.side.isVisible()
    assert desk.left.width() >= NARROWEST[0] == 240
    for button in (*desk.side.tabs.buttons.values(), *desk.filters.chips.values(), desk.filters.way_button):
        if button.isVisible():
            needed = QFontMetrics(button.font()).horizontalAdvance(button.text())
            assert button.width() > needed
            place = button.mapTo(desk, button.rect().topRight())
            parent = button.parentWidget()
            assert place.x() <= parent.mapTo(desk, parent.rect().topRight()).x()
    chips = [chip for chip in desk.filters.chips.values() if chip.isVisible()]
    assert len({chip.y() for chip in chips}) <= 2
