"""The frame: opening, rooms and the ways between them, what is remembered, what goes wrong."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from ui.models.sites_model import SiteFilter
from wufei_cells.errors import UserError

# --- opening


def test_the_window_is_painted_before_the_register_is_opened(open_window, register, qtbot):
    window = open_window(register, wait=False)
    assert window.main.current_room == ""
    assert not window.context.desk.is_open
    qtbot.waitUntil(lambda: window.main.current_room == "overview", timeout=15_000)
    assert window.context.desk.is_open


def test_a_data_folder_that_is_not_there_ends_in_a_sentence_and_a_way_on(open_window, qtbot, tmp_path):
    missing = tmp_path / "nowhere"
    window = open_window(folder=missing, wait=False)
    state = window.main.state_view
    qtbot.waitUntil(lambda: state.error is not None, timeout=15_000)
    assert str(missing) in state.text
    assert "{" not in state.text
    window.main.sidebar.buttons[1].click()
    assert window.main.current_room == "", "rooms stay closed while there is no register"
    missing.mkdir()
    state.action_button.click()
    qtbot.waitUntil(lambda: window.main.current_room == "overview", timeout=15_000)


def test_a_file_that_is_no_register_is_refused_and_left_alone(open_window, qtbot, tmp_path):
    stranger = tmp_path / "wufei.db"
    stranger.write_bytes(b"something else entirely" * 100)
    window = open_window(folder=tmp_path, wait=False)
    qtbot.waitUntil(lambda: window.main.state_view.error is not None, timeout=15_000)
    assert isinstance(window.main.state_view.error, UserError)
    assert stranger.read_bytes() == b"something else entirely" * 100


# --- rooms


def test_every_room_opens_by_its_keys(window, qtbot):
    main = window.main
    for number, room in enumerate(
        ("overview", "sites", "assessment", "certificates", "checklists", "exchange", "settings"), 1
    ):
        qtbot.keyClick(main, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert main.current_room == room
        assert main.sidebar.buttons[number - 1].isChecked()
        assert main.header.title_label.text() == main.sidebar.buttons[number - 1].text().strip()


def test_rooms_can_be_walked_with_arrow_keys_and_left_with_tab(window, qtbot):
    buttons = window.main.sidebar.buttons
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Down)
    assert window.main.focusWidget() is buttons[1]
    qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    assert window.main.current_room == "sites"
    buttons[1].setFocus()
    qtbot.keyClick(buttons[1], Qt.Key.Key_Tab)
    assert window.main.focusWidget() not in buttons


def test_going_back_finds_filter_row_and_scroll_again(window, open_window, qtbot):
    main = window.main
    main.show_sites(SiteFilter(text="区"))
    open_window.settle(window)
    page = main.page("sites")
    page.show_site(page.model.row_at(page.model.index(1, 0)).id)
    chosen = page.selected_site
    main.show_room("settings")
    page.clear_filter()
    qtbot.keyClick(main, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert main.current_room == "sites"
    assert page.model.filter == SiteFilter(text="区")
    assert page.filter_bar.text == "区"
    assert page.selected_site == chosen
    main.go_back()
    assert main.current_room == "overview"
    assert not main.header.back_button.isEnabled()


def test_the_sidebar_folds_in_a_narrow_window(window, qtbot):
    assert not window.main.sidebar.folded
    window.main.resize(1000, 700)
    qtbot.waitUntil(lambda: window.main.sidebar.folded)
    assert window.main.sidebar.width() < 60
    assert window.main.sidebar.buttons[0].accessibleName() == "总览"
    window.main.resize(1200, 700)
    qtbot.waitUntil(lambda: not window.main.sidebar.folded)


def test_what_waits_is_counted_beside_its_room(open_window, register):
    first, _ = register.add_sites("甲单位", "乙单位")
    register.start_assessment(first.id)
    window = open_window(register)
    assert window.main.sidebar.buttons[2].accessibleName() == "评估，1 项待办"
    assert window.main.sidebar.buttons[3].accessibleName() == "证书"


def test_f1_opens_the_guide_at_the_room(window, qtbot):
    window.main.show_room("sites")
    qtbot.keyClick(window.main, Qt.Key.Key_F1)
    guide = window.main.guide
    assert guide.side.contents.currentItem().text(0) == "1. 把单位登记进来"
    assert "登记单位" in guide.view.toPlainText()
    window.context.i18n.set_language("en")
    assert guide.side.contents.currentItem().text(0) == "1. Entering the site"
    assert "Enter a site" in guide.view.toPlainText()
    guide.reject()
    qtbot.waitUntil(lambda: window.main.guide is None)


# --- what is remembered


def test_size_language_colors_type_and_person_come_back(open_window, register):
    first = open_window(register, language=None)
    settings = first.main.show_room("settings")
    settings.language_buttons["en"].click()
    settings.scheme_buttons["dark"].click()
    settings.type_buttons["17"].click()
    settings.person_edit.setText("王小明")
    settings.person_edit.editingFinished.emit()
    open_window.settle(first)
    first.main.resize(820, 666)
    first.close()
    again = open_window(register, language=None, person=None, resize=False)
    assert again.main.size().toTuple() == (820, 666)
    assert again.context.i18n.language == "en"
    assert again.context.theme.dark
    assert again.context.theme.pixels("body") == 17
    assert "王小明" in again.main.header.person_button.text()


# --- notices and failures


def test_a_notice_can_be_taken_back(window, qtbot):
    undone = []
    window.context.notices.post("已保存。", "passed", lambda: undone.append(True))
    bar = window.main.notice_bar
    assert bar.text_label.text() == "已保存。"
    assert bar.undo_button.isVisible()
    qtbot.mouseClick(bar.undo_button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not bar.undo_button.isVisible()


def test_an_expected_failure_is_a_sentence_in_the_notice_bar(window, open_window):
    def refuse(desk):
        desk.browsing.site(desk.workspace, "no such site")

    window.context.ask(window.main, refuse, print)
    open_window.settle(window)
    assert "no such site" in window.main.notice_bar.text_label.text()
    assert window.main.notice_bar.notice.tone == "failed"
    assert window.reporter.dialog is None


def test_a_fault_of_ours_is_one_dialog_with_details_and_a_log(window, open_window, qtbot, tmp_path):
    def stumble(desk):
        raise RuntimeError("a mistake nobody knew of")

    window.context.ask(window.main, stumble, print)
    window.context.ask(window.main, stumble, print)
    open_window.settle(window)
    dialog = window.reporter.dialog
    assert "a mistake nobody knew of" in dialog.details_edit.toPlainText()
    assert sum(isinstance(each, type(dialog)) for each in QApplication.topLevelWidgets()) == 1
    dialog.copy_button.click()
    assert "a mistake nobody knew of" in QApplication.clipboard().text()
    dialog.reject()
    qtbot.waitUntil(lambda: window.reporter.dialog is None)
    reports = sorted((tmp_path / "log").glob("crash-*.txt"))
    assert ["a mistake nobody knew of" in report.read_text(encoding="utf-8") for report in reports] == [True, True]
    assert "crash kind=RuntimeError code=bug" in (tmp_path / "log" / "window.log").read_text(encoding="utf-8")


def test_long_work_shows_its_progress_and_can_be_stopped(window, qtbot):
    stopped = threading.Event()

    def work(desk, progress):
        try:
            for step in range(10_000):
                stopped.wait(0.005)
                progress.report(step, 10_000)
        finally:
            stopped.set()

    window.context.work(window.main, work, print, label="正在写出 100 张证书", cancellable=True)
    bar = window.main.notice_bar
    qtbot.waitUntil(bar.cancel_button.isVisible, timeout=5000)
    assert bar.task_text == "正在写出 100 张证书"
    bar.cancel_button.click()
    assert not bar.cancel_button.isVisible()
    qtbot.waitUntil(stopped.is_set)


# --- looks


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable_in_both_schemes(window, scheme):
    window.context.dress(scheme, 14)
    theme = window.context.theme

    def light(color):
        parts = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in color.getRgbF()]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    def contrast(one, other):
        lights = sorted((light(theme.color(one)), light(theme.color(other))))
        return (lights[1] + 0.05) / (lights[0] + 0.05)

    roles = ("text", "muted", "accent", "passed", "attention", "failed", "not_applicable", "conflict", "information")
    for role in roles:
        assert contrast(role, "card") >= 4.5, role
        assert contrast(role, "page") >= 4.5, role
    assert contrast("on_accent", "accent") >= 4.5
    assert contrast("text", "selection") >= 4.5


# --- being freed


@pytest.mark.parametrize("room", ["overview", "sites", "settings"])
def test_a_page_that_is_closed_is_freed(window, open_window, qtbot, room):
    page = type(window.main.page(room))(window.context)
    page.resize(900, 600)
    page.show()
    open_window.settle(window)
    window.context.i18n.set_language("en")
    gone = weakref.ref(page)
    page.close()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(page)
    del page
    gc.collect()
    assert gone() is None
    window.context.i18n.set_language("zh")
    window.context.dress("dark", 16)
