"""Ctrl+K: searching everything and doing things, by keyboard only."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from ui.dialogs.search_palette import SearchPalette
from ui.dialogs.site_dialog import SiteDialog
from ui.dialogs.verify_dialog import VerifyDialog
from ui.models.palette_model import fitting_commands
from ui.models.window_commands import window_commands
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing

CONTROL = Qt.KeyboardModifier.ControlModifier


def compose(widget, text):
    """Type as with a Chinese input method: letters stand in the field until they become characters."""
    for shown, chosen in (("l", ""), ("lian'd", ""), ("", text)):
        event = QInputMethodEvent(shown, [])
        event.setCommitString(chosen)
        QApplication.sendEvent(widget, event)


@pytest.fixture
def noted(register):
    """Two sites; the first is being scored, with a note on its second item."""
    site, _other = register.add_sites("焦作市第一中学", "解放区龙源湖公园")
    row = register.start_assessment(site.id)
    workspace = register.opened()
    checklist = browsing.checklist(workspace, row.edition)
    items = [item.key for item in checklist.items()]
    assessing.record_answers(workspace, row.id, {items[1]: Answer(None, note="转运联单缺三月")})
    workspace.close()
    return row, items[1]


@pytest.fixture
def window(open_window, register, noted):
    return open_window(register)


@pytest.fixture
def opened(window, qtbot):
    """The palette, opened by its key."""

    def press():
        qtbot.waitUntil(window.main.isActiveWindow)
        qtbot.keyClick(window.main, Qt.Key.Key_K, CONTROL)
        palette = window.main.palette_shown
        assert isinstance(palette, SearchPalette)
        qtbot.waitUntil(palette.search_edit.hasFocus)
        return palette

    return press


def titles(palette):
    return [palette.model.index(at, 0).data() for at in range(palette.model.rowCount())]


def chosen(palette):
    return palette.list_view.currentIndex().data()


def find(palette, qtbot, window, text):
    """Type, and wait for what is found."""
    compose(palette.search_edit, text)
    before = titles(palette)
    qtbot.waitUntil(lambda: not palette._pause.isActive() and palette._asked is None)
    return before


# --- going there


def test_a_site_is_found_while_typing_and_opened_by_enter(window, opened, open_window, qtbot):
    palette = opened()
    find(palette, qtbot, window, "龙源")
    assert titles(palette) == ["解放区龙源湖公园"]
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main.current_room == "sites")
    open_window.settle(window)
    assert window.main.page("sites").detail.name_label.text() == "解放区龙源湖公园"
    assert window.main.palette_shown is None


def test_a_note_leads_to_its_item_on_the_desk(window, opened, open_window, qtbot, noted):
    row, item = noted
    palette = opened()
    find(palette, qtbot, window, "联单缺")
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main.current_room == "assessment")
    open_window.settle(window)
    page = window.main.page("assessment")
    qtbot.waitUntil(lambda: page.scoring.key == item)
    assert page.scoring.session.assessment.id == row.id


def test_an_item_leads_into_its_checklist(window, opened, open_window, qtbot):
    workspace = window.context.desk.workspace
    edition = browsing.editions(workspace)[0]
    item = list(browsing.checklist(workspace, edition.id).items())[2]
    palette = opened()
    find(palette, qtbot, window, item.text.zh)
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    page = window.main.page("checklists")
    qtbot.waitUntil(lambda: page.in_studio, timeout=15_000)
    open_window.settle(window)
    assert page.desk.version.id == edition.id
    assert item.text.zh in page.desk.view.tree.currentItem().text(0)


def test_the_arrow_keys_lead_through_the_list_and_around(window, opened, qtbot):
    palette = opened()
    qtbot.keyClicks(palette.search_edit, "1")
    qtbot.waitUntil(lambda: not palette._pause.isActive() and palette._asked is None)
    rows = titles(palette)
    assert len(rows) > 2
    assert chosen(palette) == rows[0]
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Down)
    assert chosen(palette) == rows[1]
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Up)
    assert chosen(palette) == rows[-1]
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_PageUp)
    assert palette.list_view.currentIndex().row() == max(len(rows) - 1 - 7, 0)
    assert palette.search_edit.hasFocus()


def test_enter_before_the_answer_goes_to_the_best_of_it(window, opened, open_window, qtbot):
    palette = opened()
    compose(palette.search_edit, "龙源")
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    assert window.main.current_room == "overview"
    qtbot.waitUntil(lambda: window.main.current_room == "sites")
    open_window.settle(window)
    assert window.main.page("sites").detail.name_label.text() == "解放区龙源湖公园"


def test_an_answer_to_what_was_typed_before_is_not_shown(window, opened, qtbot):
    held = threading.Event()
    window.context.ask(window.main, lambda _desk: held.wait(10), lambda _answer: None)
    palette = opened()
    compose(palette.search_edit, "龙源")
    qtbot.waitUntil(lambda: palette._asked is not None)
    palette.search_edit.clear()
    compose(palette.search_edit, "第一")
    held.set()
    qtbot.waitUntil(lambda: not palette._pause.isActive() and palette._asked is None)
    assert "解放区龙源湖公园" not in titles(palette)
    assert titles(palette)[0] == "焦作市第一中学"


def test_nothing_found_says_what_to_do(window, opened, qtbot):
    palette = opened()
    find(palette, qtbot, window, "没有这样的词")
    assert titles(palette) == []
    assert "没有这样的词" in palette.foot_label.text()
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    assert palette.isVisible()


# --- coming back


def test_escape_closes_it_and_the_cursor_is_where_it_was(window, opened, open_window, qtbot):
    sites = window.main.show_room("sites")
    open_window.settle(window)
    field = sites.filter_bar.search_edit
    field.setFocus()
    opened()
    assert not field.hasFocus()
    qtbot.keyClick(window.main.palette_shown.search_edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(field.hasFocus)
    assert window.main.current_room == "sites"


def test_it_is_open_only_once_and_the_field_in_the_header_opens_it_too(window, opened, qtbot):
    qtbot.mouseClick(window.main.header.search_button, Qt.MouseButton.LeftButton)
    first = window.main.palette_shown
    qtbot.waitUntil(first.search_edit.hasFocus)
    window.main.search()
    assert window.main.palette_shown is first
    assert "Ctrl+K" in window.main.header.search_button.text()


def test_it_is_freed_when_it_is_closed(window, opened, qtbot):
    palette = opened()
    palette.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(palette)


# --- doing things


def test_with_nothing_typed_it_offers_what_the_window_can_do(window, opened, qtbot):
    palette = opened()
    assert titles(palette)[:7] == ["去总览", "去单位", "去评估", "去证书", "去标准", "去交换", "去设置"]
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Down)
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    assert window.main.current_room == "sites"


def test_a_site_is_entered_from_anywhere(window, opened, open_window, qtbot):
    palette = opened()
    find(palette, qtbot, window, "登记")
    assert chosen(palette) == "登记单位"
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main.page("sites").findChild(SiteDialog) is not None)
    window.main.page("sites").findChild(SiteDialog).reject()


@pytest.mark.parametrize(
    ("typed", "done"),
    [
        ("颜色 深", lambda window: window.context.theme.dark),
        ("English", lambda window: window.context.i18n.language == "en"),
        ("使用说明", lambda window: window.main.guide is not None),
        ("新建标准", lambda window: window.main.current_room == "checklists"),
        ("去证书", lambda window: window.main.current_room == "certificates"),
    ],
)
def test_what_the_window_can_do_is_done(window, opened, open_window, qtbot, typed, done):
    palette = opened()
    find(palette, qtbot, window, typed)
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    open_window.settle(window)
    assert done(window)
    for dialog in window.main.findChildren(QDialog):
        dialog.reject()


def test_every_line_tells_those_who_listen_what_it_is(window, opened, qtbot):
    palette = opened()
    find(palette, qtbot, window, "联单缺")
    spoken = palette.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("说明 · 转运联单缺三月 · 焦作市第一中学")
    assert palette.search_edit.accessibleName()
    assert palette.list_view.accessibleName()


@pytest.mark.parametrize("size", [(1366, 768), (820, 520)])
def test_it_stands_within_the_window(window, opened, qtbot, size):
    window.main.resize(*size)
    palette = opened()
    assert palette.width() <= size[0]
    assert palette.height() <= size[1] - 60
    QTest.qWait(1)
    assert window.main.frameGeometry().contains(palette.geometry().center())


@pytest.mark.parametrize(
    ("words", "name"),
    [
        *(("核验证书", "tool.verify"), ("签发", "list.ready"), ("公示", "list.to_notice"), ("命名", "list.to_name")),
        *(("编号", "tool.numbers"), ("状态名单", "tool.public"), ("公开名录", "tool.public"), ("台账", "tool.ledger")),
    ],
)
def test_what_the_office_does_is_offered_by_its_usual_names(window, words, name):
    begun, others = fitting_commands(window_commands(window.context, []), words)
    assert name in {command.name for command in (*begun, *others)}


def test_checking_a_certificate_begins_from_anywhere(window, opened, open_window, qtbot):
    palette = opened()
    find(palette, qtbot, window, "核验证书")
    qtbot.keyClick(palette.search_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main.current_room == "certificates")
    open_window.settle(window)
    page = window.main.page("certificates")
    qtbot.waitUntil(lambda: page.findChild(VerifyDialog) is not None)
    page.findChild(VerifyDialog).reject()
