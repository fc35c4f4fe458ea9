"""The overview: right figures in every tab, and each leads to the sites it counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from benchmarks.campaign import campaign
from ui.board.board_head import BUTTONS, MENU, TYPING
from ui.dialogs.follow_up_dialog import FollowUpDialog
from ui.models.board_loading import Asked
from ui.models.sites_model import SiteFilter
from wufei_cells import shipped
from wufei_cells.board.forecast import Forecast
from wufei_cells.board.matters import Matter
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.scoring.rater_agreement import Coefficient
from wufei_cells.services import (
    board_reading,
    browsing,
    certificate_templating,
    demonstrating,
    following_up,
    registering,
    reporting,
    targeting,
)
from wufei_cells.services.board_todo import todo
from wufei_cells.services.calibration_report import Calibration
from wufei_cells.services.papers import Press
from wufei_cells.services.rating_together import RatedTogether
from wufei_cells.services.strictness import Strictness
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording

PERSON = "周主任"
TODAY = datetime.now().astimezone().date()
MOST = 6
"""Figures of a chart that are pressed; what all of them lead to is proved in tests/services/test_board_pictures.py."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The data that the demo leaves."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    fonts = DocumentFonts({Face(name): file for name, file in shipped.font_files().items()})
    wording = Wording(shipped.wording_catalogue(), "zh")
    story = shipped.demo_story()
    name, template = next(iter(shipped.certificate_templates().items()))
    press = Press(fonts, wording, certificate_templating.shipped_template(template, name))
    report = reporting.template(shipped.report_templates()["progress"], "progress")
    demonstrating.play(folder, story, shipped.shipped_criteria(), press, report=report, tell=lambda line: None)
    return folder / "database"


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A register in the middle of a campaign: 80 sites, two years, a target for a county, one overdue follow-up."""
    folder = tmp_path_factory.mktemp("campaign") / "data"
    workspace = campaign(folder, 80, today=TODAY, seed=3)
    category, district = browsing.categories(workspace)[0].key, browsing.profile(workspace).districts[0].key
    targeting.set_target(workspace, 5, by=TODAY + timedelta(days=200), category=category, district=district)
    level = following_up.levels(workspace)[0].key
    begun, due = TODAY - timedelta(days=20), TODAY - timedelta(days=3)
    said = FollowUp(Subject(district=district), level, begun, "请尽快组织申报", due=due)
    following_up.follow_up(workspace, said)
    workspace.close()
    return folder


@pytest.fixture(scope="module")
def shared(shared_windows, city):
    """A window on that register."""
    return shared_windows(folder=city, person=PERSON)


@pytest.fixture
def page(shared, shared_windows):
    """The page as it is when the window is opened."""
    shared.context.i18n.set_language("zh")
    page = shared.main.show_room("overview")
    page.head.show_asked(Asked())
    page.refresh()
    page.show_tab("progress")
    shared_windows.settle(shared)
    return page


@pytest.fixture
def opened(city):
    """The same register beside the window."""
    workspace = open_workspace(city, shipped.shipped_criteria(), person=PERSON)
    yield workspace
    workspace.close()


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


@pytest.fixture(scope="module")
def shown_demo(shared_windows, demo):
    """A window on the data of the demo."""
    return shared_windows(folder=demo)


def test_a_register_with_little_history_says_what_a_forecast_takes(shown_demo):
    page = shown_demo.main.show_room("overview")
    assert "还差" in page.head.sentence_label.text()
    assert page.progress.burn_up.note_label.text().startswith("记录还少，看不出速度")
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
    assert "办结" in said
    assert "回头试" in said
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


# --- items and quality


@pytest.fixture
def quality(shown_demo, shared_windows):
    """The tab about items and quality, on the demo's data."""
    page = shown_demo.main.show_room("overview")
    page.show_tab("quality")
    shared_windows.settle(shown_demo)
    return page.quality


def test_a_costly_item_leads_to_the_sites_that_lost_points_at_it(quality, shown_demo, shared_windows):
    rows = quality.items.pane.view.chart.rows
    assert rows
    assert [row.parts[0].value for row in rows] == sorted((row.parts[0].value for row in rows), reverse=True)
    for row in rows[:3]:
        quality.items.activated.emit(row.key)
        shared_windows.settle(shown_demo)
        shown = shown_demo.main.page("sites").model.rowCount()
        assert 0 < shown <= int(row.figures[0])
        assert row.key.number in shown_demo.main.page("sites").filter_bar.named_chip.accessibleName()
        shown_demo.main.go_back()


def test_another_category_has_other_items(quality, shown_demo, shared_windows):
    before = [row.name for row in quality.items.pane.view.chart.rows]
    quality.category_box.setCurrentIndex(2)
    shared_windows.settle(shown_demo)
    assert [row.name for row in quality.items.pane.view.chart.rows] != before
    quality.category_box.setCurrentIndex(0)
    shared_windows.settle(shown_demo)


def test_how_strictly_people_score_is_told_on_request_and_without_names(quality, shown_demo, shared_windows, demo):
    assert quality.people.isHidden()
    quality.compare_button.click()
    shared_windows.settle(shown_demo)
    workspace = open_workspace(demo, shipped.shipped_criteria(), person="评审")
    names = {name for row in browsing.list_assessments(workspace) for name in row.assessors}
    workspace.close()
    shown = [row.name for row in quality.people.pane.view.chart.rows] if not quality.people.isHidden() else []
    assert not names & set(shown)
    assert shown or quality.people_note.text().startswith("可以比较的打分还太少。")


def test_who_is_strict_is_shown_with_how_far_people_agree(quality, shown_demo):
    found = (Strictness("甲", 34, 12, 200, Fraction(-1, 8)), Strictness("乙（您）", 20, 9, 180, Fraction(1, 50)))
    nobody = RatedTogether(0, 0, 0, Coefficient(None, 0, 5), (), ())
    quality._on_calibration(Calibration(quality.category, found, nobody, named=False, own="乙（您）"))
    assert [row.name for row in quality.people.pane.view.chart.rows] == ["甲", "乙（您）"]
    assert quality.names_button.isVisible()
    assert "一致程度说不出来" in quality.people_note.text()
    quality._on_category()
    assert quality.people.isHidden()


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
    assert page.head.sentence_label.text().endswith("are needed.") or "enough" in page.head.sentence_label.text()
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
