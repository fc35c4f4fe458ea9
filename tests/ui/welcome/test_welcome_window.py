"""The welcome: it asks calmly, writes nothing before the last button, and says in place what is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import wait_until
from tests.ui.test_words import CHINESE, shown
from ui.app import Start, dressed, settings_of
from ui.welcome.choosing import Way
from ui.welcome.welcome_window import WelcomeWindow
from ui.welcome_works import welcome_works
from wufei_cells import paths
from wufei_cells.domain.lifecycle import Role


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home where nothing was ever begun, of somebody with a Chinese name."""
    home = tmp_path / "张 三"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    monkeypatch.setenv("WUFEI_DEVICES", str(home / "devices"))
    monkeypatch.delenv("WUFEI_DATA", raising=False)
    return home


@pytest.fixture
def welcome(qtbot, qapp, home, tmp_path):
    """Show the welcome, in a language and with what it is told."""
    kept = []

    def show(language="zh", **told):
        start = Start(language=language, settings_file=tmp_path / "window.ini")
        looks = dressed(qapp, start, settings_of(start))
        works = welcome_works(paths.data_folder())
        window = WelcomeWindow(looks.i18n, looks.theme, works, folder=paths.data_folder(), **told)
        kept.append((window, looks))
        window.show()
        wait_until(lambda: window.form.city_box.count() > 0)
        return window

    yield show
    for window, looks in kept:
        wait_until(lambda window=window: window._running is None)
        window.reject()
        window.deleteLater()
        looks.i18n.release()
    QApplication.instance().setStyleSheet("")


def written(home):
    """Every file below a home."""
    return [path for path in home.rglob("*") if path.is_file()]


def test_looking_choosing_and_cancelling_leave_nothing(welcome, home, tmp_path):
    window = welcome()
    window.form.language_buttons["en"].click()
    window.form.person_edit.setText("张三")
    window.choose(Way.OPEN, tmp_path / "nowhere")
    window.choose(Way.NEW)
    window.form.cancel_button.click()
    assert not window.isVisible()
    assert written(home) == []
    assert not (tmp_path / "window.ini").exists()


def test_both_languages_are_spoken_at_once(welcome):
    window = welcome("en")
    english = [text.replace(str(paths.data_folder()), "") for text in shown(window)]
    assert [text for text in english if CHINESE.search(text) and text != "中文"] == []
    window.form.language_buttons["zh"].click()
    assert CHINESE.search(window.form.begin_button.text())
    assert window.form.city_box.currentText() == "焦作市"
    assert [text for text in shown(window) if re.search(r"welcome\.|\{\w+\}", text)] == []


@pytest.mark.parametrize(("role", "way"), [(0, Way.JOIN), (1, Way.JOIN), (2, Way.NEW)])
def test_what_somebody_is_proposes_where_they_begin(welcome, role, way):
    window = welcome()
    window.form.role_buttons[role].click()
    assert window.way is way
    window.form.cards[Way.DEMO].button.click()
    window.form.role_buttons[0].click()
    assert window.way is Way.DEMO, "a choice is not taken back"


def test_it_fits_the_smallest_screen_in_every_state(welcome):
    for language in ("zh", "en"):
        window = welcome(language, missing=Path("E:/无废细胞/数据文件夹/一个很长很长的名字/台账"))
        for way in Way:
            window.choose(way)
            if way is Way.OPEN:
                window.form.begin_button.click()
            QTest.qWait(20)
            assert window.width() <= 1000
            assert window.height() <= 680
            for card in window.form.cards.values():
                label = card.text_label
                assert label.height() >= label.heightForWidth(label.width()), card.objectName()


def test_nobody_begins_without_a_name(welcome, home, qtbot):
    window = welcome()
    window.choose(Way.NEW)
    qtbot.keyClick(window.form.person_edit, Qt.Key.Key_Return)
    assert window.form.person_problem.isVisible()
    assert window.form.person_edit.hasFocus()
    qtbot.keyClicks(window.form.person_edit, "x")
    assert not window.form.person_problem.isVisible()
    assert written(home) == []


def begun_by(window):
    """Press the button, and wait for what was begun or refused."""
    found = []
    window.begun.connect(found.append)
    window.form.begin_button.click()
    wait_until(lambda: window._running is None)
    return found[0] if found else None


def test_a_new_register_is_made_with_the_keyboard_alone(welcome, home, qtbot):
    window = welcome()
    qtbot.keyClicks(window.form.person_edit, "Zhang San")
    window.form.cards[Way.JOIN].button.setFocus()
    qtbot.keyClick(window.form.cards[Way.JOIN].button, Qt.Key.Key_Left)
    assert window.way is Way.NEW
    found = []
    window.begun.connect(found.append)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    wait_until(lambda: found)
    (begun,) = found
    assert begun.folder == paths.data_folder()
    assert paths.holds_register(begun.folder)
    assert begun.chosen.person == "Zhang San"
    assert not window.isVisible()


@pytest.mark.parametrize("way", [Way.JOIN, Way.DEMO])
def test_tab_goes_from_what_one_is_to_the_chosen_card_which_is_framed(welcome, qapp, qtbot, way):
    window = welcome()
    window.activateWindow()
    window.choose(way)
    role, card = window.form.role_buttons[0], window.form.cards[way]
    role.setFocus()
    wait_until(role.hasFocus)
    before = pixel(card)
    qtbot.keyClick(role, Qt.Key.Key_Tab)
    assert qapp.focusWidget() is card.button
    assert pixel(card) == window.form._theme.color("accent").name() != before
    qtbot.keyClick(card.button, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert qapp.focusWidget() is role
    assert pixel(card) == before


def pixel(card):
    """The color of the second line of a card, where the frame of the one with the keyboard lies."""
    return card.grab().toImage().pixelColor(card.width() // 2, 1).name()


@pytest.mark.parametrize(
    ("way", "role", "source", "dialog"),
    [
        (Way.NEW, 0, None, ""),
        (Way.NEW, 2, None, "office_keys"),
        (Way.JOIN, 0, None, "devices"),
        (Way.JOIN, 1, "a.wufei", ""),
        (Way.OPEN, 2, "a.wufei", ""),
    ],
)
def test_what_comes_next_follows_from_what_was_chosen(welcome, tmp_path, way, role, source, dialog):
    window = welcome()
    if source:
        (tmp_path / source).write_bytes(b"package")
    window.form.role_buttons[role].click()
    window.form.person_edit.setText("张三")
    window.choose(way, tmp_path / source if source else None)
    begun = begun_by(window)
    assert begun.chosen.next_dialog == dialog
    assert [path.name for path in begun.files] == ([source] if source else [])
    assert begun.chosen.role in Role


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(welcome, home, monkeypatch):
    (home.parent / "file").write_text("a file where a folder should be", "utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(home.parent / "file"))
    window = welcome()
    window.form.person_edit.setText("张三")
    window.choose(Way.NEW)
    assert begun_by(window) is None
    assert "file" in window.refusal
    assert window.form.begin_button.isEnabled()
    assert written(home) == []


def test_what_is_no_register_is_told_and_another_can_be_chosen(welcome, tmp_path):
    (tmp_path / "empty").mkdir()
    window = welcome()
    window.form.person_edit.setText("张三")
    window.choose(Way.OPEN)
    assert begun_by(window) is None
    assert window.form.refusal_label.isVisible()
    window.choose(Way.OPEN, tmp_path / "empty")
    assert begun_by(window) is None
    assert str(tmp_path / "empty") in window.refusal
    window.choose(Way.NEW)
    assert window.refusal == ""


def test_example_data_can_be_given_up_and_leaves_nothing(welcome, home):
    window = welcome()
    window.choose(Way.DEMO)
    window.form.begin_button.click()
    wait_until(lambda: window.form.progress_bar.value() > 0)
    window.form.cancel_button.click()
    wait_until(lambda: window._running is None)
    assert window.isVisible()
    assert window.form.begin_button.isEnabled()
    assert written(home) == []


def test_a_register_that_is_gone_is_named_and_can_be_opened_when_it_is_back(welcome, tmp_path):
    window = welcome(missing=tmp_path / "优盘" / "data")
    assert window.way is Way.OPEN
    assert "优盘" in window.form.missing_label.text()
    assert "优盘" in window.form.source_label.text()
