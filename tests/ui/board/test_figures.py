"""The overview: right figures, and each leads to the sites it counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from wufei_cells.board.forecast import Forecast
from wufei_cells.board.matters import Matter
from wufei_cells.services import (
    board_reading,
    browsing,
)
from wufei_cells.services.board_todo import todo

MOST = 6
"""Figures of a chart that are pressed; what all of them lead to is proved in tests/services/test_board_pictures.py."""


def sites_of(shared):
    return shared.main.page("sites")


# --- figures


def test_the_head_says_how_many_there_are_and_how_many_there_will_be(page, opened):
    board = board_reading.board(opened)
    said = page.head.sentence_label.text()
    assert said.startswith(f"现有 {board.valid.count} 个有效无废细胞，按目前速度 2027 年底约 ")
    outlook = page.outlook
    assert isinstance(outlook, Forecast)
    assert outlook.at_goal is not None
    assert f"{outlook.at_goal.low}–{outlook.at_goal.high}" in said


def test_a_register_with_little_history_says_what_a_forecast_takes(shown_demo):
    page = shown_demo.main.show_room("overview")
    assert "还差" in page.head.sentence_label.text()
    assert page.progress.burn_up.note_label.text().startswith("数据还太少，不预测")
    assert page.progress.basis_button.isHidden()


@pytest.mark.parametrize("tab", ["progress", "pipeline", "renewals"])
def test_every_figure_of_a_chart_leads_to_a_list_as_long_as_it(page, shared, shared_windows, opened, tab):
    page.show_tab(tab)
    shared_windows.settle(shared)
    sites = sites_of(shared)
    for card in page.panels[tab].cards:
        if card.isHidden():
            continue
        view = card.pane.view
        keys = list(dict.fromkeys(spot.key for spot in view.picture.spots if spot.key))
        for key in keys[:: max(1, len(keys) // MOST)]:
            view.activated.emit(key)
            shared_windows.settle(shared)
            assert shared.main.current_room == "sites"
            wanted = board_reading.cases_behind(opened, key)
            assert sites.model.filter.named.sites == set(wanted)
            assert sites.model.rowCount() == len(wanted)
            shared.main.go_back()
            assert shared.main.current_room == "overview"
            assert page.tabs.current == tab


def test_what_the_forecast_rests_on_is_told_on_request_with_how_good_it_would_have_been(page, shared, shared_windows):
    page.progress.basis_button.click()
    shared_windows.settle(shared)
    said = page.progress.burn_up.note_label.text()
    assert "走完" in said
    assert "拿过去检验" in said
    page.progress.basis_button.click()
    assert page.progress.burn_up.note_label.isHidden()


def test_a_bar_is_pressed_with_the_mouse_or_with_keys(page, shared, shared_windows):
    view = page.progress.categories.pane.view
    spot = next(spot for spot in view.picture.spots if spot.key)
    place = QPoint(round(spot.x + spot.width / 2), round(spot.y + spot.height / 2))
    QTest.mouseMove(view, place)
    view.point_at(view.picture.spot_at(place.x(), place.y()))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    shared_windows.settle(shared)
    by_mouse = sites_of(shared).model.filter
    shared.main.go_back()
    view.setFocus()
    while view.current is None or view.current.key is None:
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    shared_windows.settle(shared)
    assert by_mouse.named
    assert sites_of(shared).model.filter.named
    assert shared.main.current_room == "sites"


def test_the_list_is_named_after_the_figure_and_let_go_by_a_press(page, shared, shared_windows, opened):
    stuck = next(row.stuck for row in board_reading.board(opened).stages if row.stuck.count)
    page.pipeline.list_requested.emit(stuck.behind)
    shared_windows.settle(shared)
    sites = sites_of(shared)
    chip = sites.filter_bar.named_chip
    assert chip.isVisible()
    assert "超过" in chip.accessibleName()
    assert chip.text().endswith(f"· {stuck.count}")
    shared.context.i18n.set_language("en")
    assert "more than" in chip.accessibleName()
    chip.click()
    assert not chip.isVisible()
    assert sites.model.rowCount() == sites.model.total
    assert not sites.model.filter


# --- what waits


def test_each_line_of_what_waits_leads_to_as_many_sites(page, shared, shared_windows, opened):
    lines = {line.todo.matter: line for line in page.progress.todo.lines}
    told = todo(opened, board_reading.board(opened))
    assert {matter: line.todo.count for matter, line in lines.items()} == {one.matter: one.count for one in told}
    assert {Matter.STUCK, Matter.FOLLOW_UPS} <= lines.keys()
    for matter in lines.keys() - {Matter.FOLLOW_UPS, Matter.CONFLICTS}:
        line = next(line for line in page.progress.todo.lines if line.todo.matter is matter)
        count = line.todo.count
        QTest.keyClick(line, Qt.Key.Key_Space)
        shared_windows.settle(shared)
        assert sites_of(shared).model.rowCount() == count
        shared.main.go_back()


def test_overdue_follow_ups_are_listed_with_the_stages(page, shared, shared_windows):
    line = next(line for line in page.progress.todo.lines if line.todo.matter is Matter.FOLLOW_UPS)
    line.click()
    shared_windows.settle(shared)
    assert page.tabs.current == "pipeline"
    (row,) = page.pipeline.table.lines
    assert row.cells[2] == "请尽快组织申报"
    assert row.cells[-1] == "已逾期"
    assert "工作提醒 1" in page.pipeline.level_label.text()
    page.pipeline.table.selectRow(0)
    QTest.keyClick(page.pipeline.table, Qt.Key.Key_Return)
    shared_windows.settle(shared)
    assert sites_of(shared).model.filter.district


def test_nothing_that_waits_is_said(page):
    page.progress.todo.show_todo(())
    assert page.progress.todo.empty_label.text() == "没有要办的事。"
    page.progress.todo.show_todo(None)
    assert page.progress.todo.empty_label.text() == "正在数…"


# --- renewals and indicators


def test_what_runs_out_next_is_listed_and_leads_to_its_site(page, shared, shared_windows, opened):
    page.show_tab("renewals")
    shared_windows.settle(shared)
    board, table = board_reading.board(opened), page.renewals.table
    within_a_year = sum(month.sites.count for month in board.runs_out[:12])
    assert table.lines
    assert abs(len(table.lines) - within_a_year) <= board.runs_out[12].sites.count
    days = [line.cells[4] for line in table.lines]
    assert days == sorted(days)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    shared_windows.settle(shared)
    assert sites_of(shared).selected_site == table.lines[0].key


def test_the_indicators_stand_beside_the_cells(page, shared, shared_windows, opened):
    page.show_tab("indicators")
    shared_windows.settle(shared)
    cells, *others = page.indicators.table.lines
    assert cells.cells[0].startswith("有效无废细胞")
    assert "100（2027）" in cells.cells
    assert len(others) == len(browsing.profile(opened).indicators)
