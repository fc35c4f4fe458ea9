"""The overview of another day, of a part of the city, in another language, in a narrow window, and without anything."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ui.board.board_head import BUTTONS, MENU, TYPING
from ui.dialogs.follow_up_dialog import FollowUpDialog
from ui.models.board_loading import Asked
from ui.models.sites_model import SiteFilter
from wufei_cells import shipped
from wufei_cells.board.matters import Matter
from wufei_cells.domain.follow_ups import Subject
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import board_reading, browsing, registering
from wufei_cells.services.workspace import open_workspace

TODAY = datetime.now().astimezone().date()


def sites_of(shared):
    return shared.main.page("sites")


# --- another day, a part of the city, another language


def test_another_day_is_shown_once_it_is_typed(page, shared, shared_windows, opened):
    day = TODAY - timedelta(days=300)
    page.head.day_edit.setDate(QDate(day.year, day.month, day.day))
    QTest.qWait(TYPING + 50)
    shared_windows.settle(shared)
    assert page.standing.board == board_reading.board(opened, day)
    assert page.head.sentence_label.text().startswith(f"{day} 有 ")
    assert page.head.today_button.isVisible()
    assert {line.todo.matter for line in page.progress.todo.lines} <= {Matter.STUCK, Matter.PUT_RIGHT}
    assert page.progress.todo.past_label.isVisible()
    page.head.today_button.click()
    shared_windows.settle(shared)
    assert page.standing.asked == Asked()


def test_a_part_of_the_city_is_shown_and_found_again_after_its_list(page, shared, shared_windows):
    page.head.district_box.setCurrentIndex(1)
    shared_windows.settle(shared)
    district = page.head.district_box.currentData()
    board = page.standing.board
    assert list(board.districts) == [district]
    page.show_tab("pipeline")
    page.pipeline.list_requested.emit(board.sites.behind)
    shared_windows.settle(shared)
    rows = [sites_of(shared).model.row_at(sites_of(shared).model.index(row, 0)) for row in range(board.sites.count)]
    assert {row.district for row in rows} == {district}
    shared.main.go_back()
    assert page.tabs.current == "pipeline"
    assert page.head.chosen == Asked(district=district)


def test_every_word_follows_the_language(page, shared):
    shared.context.i18n.set_language("en")
    assert "at the present pace" in page.head.sentence_label.text()
    assert page.progress.burn_up.pane.view.chart.title == "Valid cells on the way to the goal"
    assert page.tabs.buttons["pipeline"].text() == "Pipeline"
    assert page.progress.todo.lines[0].accessibleName().startswith("Sites past the limit")


@pytest.mark.parametrize(("width", "side_by_side"), [(1366, True), (900, False)])
def test_parts_stand_below_each_other_where_there_is_little_room(page, shared, qtbot, width, side_by_side):
    shared.main.resize(width, 768)
    todo_card, burn_up = page.progress.todo, page.progress.burn_up
    qtbot.waitUntil(lambda: (todo_card.x() > burn_up.x()) is side_by_side)
    assert page.progress.inside.minimumSizeHint().width() <= page.progress.area.viewport().width()
    shared.main.resize(1280, 800)


# --- what is opened


@pytest.mark.parametrize("name", [*BUTTONS, *MENU])
def test_what_the_head_offers_opens(page, shared, shared_windows, name):
    before = set(QApplication.topLevelWidgets())
    opened_by = {**page.head.open_buttons, **page.head.open_actions}[name]
    opened_by.click() if name in BUTTONS else opened_by.trigger()
    shared_windows.settle(shared)
    (dialog,) = [
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, QDialog) and one.isVisible() and one not in before
    ]
    dialog.close()


def test_a_follow_up_begins_with_the_part_of_the_city_that_is_shown(page, shared, shared_windows):
    page.head.district_box.setCurrentIndex(2)
    shared_windows.settle(shared)
    page.show_tab("pipeline")
    page.pipeline.record_button.click()
    shared_windows.settle(shared)
    (dialog,) = page.findChildren(FollowUpDialog)
    assert dialog.subject == Subject(None, page.head.district_box.currentData(), None)
    dialog.reject()


# --- states


def test_a_change_is_seen_at_once_and_nothing_jumps(page, shared, shared_windows, opened):
    before = page.standing.board.sites.count
    page.show_tab("pipeline")
    site = browsing.list_sites(opened)[0]
    registering.edit_site(opened, site.id, note="x")
    said = page.head.sentence_label.text()
    page.refresh()
    assert page.state_view.showing_content
    assert page.head.sentence_label.text() == said
    shared_windows.settle(shared)
    assert page.standing.board.sites.count == before
    assert page.tabs.current == "pipeline"


def test_an_empty_register_leads_to_entering_a_site(open_window, register):
    window = open_window(register)
    page = window.main.page("overview")
    assert page.state_view.title == "还没有登记单位"
    assert "100" in page.state_view.text
    page.state_view.action_button.click()
    assert window.main.current_room == "sites"


def test_what_went_wrong_is_said_and_asked_for_again(page, shared, shared_windows, monkeypatch):
    def broken(*_args, **_options):
        raise OSError("no disk")

    with monkeypatch.context() as patch:
        patch.setattr(shared.context.desk.board_reading, "board", broken)
        page.refresh()
        shared_windows.settle(shared)
        assert page.state_view.error is not None
    page.state_view.action_button.click()
    shared_windows.settle(shared)
    assert page.state_view.showing_content


def test_example_data_is_marked_as_such(shown_demo, shared):
    assert shown_demo.main.header.example_label.isVisible()
    assert shown_demo.main.header.example_label.text() == "示例数据"
    assert not shared.main.header.example_label.isVisible()


def test_the_story_has_what_these_tests_rest_on(demo):
    workspace = open_workspace(demo, shipped.shipped_criteria(), person="评审")
    stages = browsing.progress(workspace).stages
    workspace.close()
    assert stages[Stage.CERTIFIED] > 0
    assert stages[Stage.REJECTED] > 0


def test_a_filter_without_restriction_lists_all():
    assert not SiteFilter()
