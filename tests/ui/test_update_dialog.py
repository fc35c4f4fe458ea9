"""The dialog that updates the program: what a file brings, why one cannot be used, and the hand-over."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tests.updates.made_programs import NAME, make_program, make_update
from ui.dialogs.openers import open_dialog
from ui.dialogs.question_dialog import QuestionDialog
from wufei_cells.services import updating
from wufei_cells.signing import signing_key
from wufei_cells.updates import plan
from wufei_cells.updates.path_names import RECORD
from wufei_cells.updates.places import Places
from wufei_cells.updates.plan import State
from wufei_cells.updates.record import Record, write_record

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the small programs are scripts of Unix")


@pytest.fixture(scope="module")
def key():
    return signing_key.generate()


@pytest.fixture(scope="module")
def update_file(tmp_path_factory, key) -> Path:
    return make_update(tmp_path_factory.mktemp("release"), "99.0", key)


@pytest.fixture
def program(tmp_path, key) -> Path:
    return make_program(tmp_path / "程序" / NAME, "98.0", key)


@pytest.fixture
def built(window, program, monkeypatch):
    """The window takes itself for the built program; nobody is told to do the rest."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / NAME))
    monkeypatch.syspath_prepend(program / "_internal")
    window.handed = []
    monkeypatch.setattr(updating, "hand_over", lambda ready, arguments: window.handed.append((ready, arguments)))
    return window


@pytest.fixture
def dialog(built, open_window):
    opened = open_dialog("update", built.context, built.main)
    open_window.settle(built)
    return opened


def drop(dialog, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_file_that_is_dropped_is_checked_and_installed(dialog, built, open_window, program, update_file):
    assert "98.0" in dialog.running_label.text()
    assert not dialog.install_button.isEnabled()
    drop(dialog, update_file)
    open_window.settle(built)
    assert dialog.found_label.text() == "98.0 → 99.0"
    assert "签名密钥" in dialog.detail_label.text()
    dialog.install_button.click()
    open_window.settle(built)
    [(ready, arguments)] = built.handed
    assert (ready.state, ready.new) == (State.READY, "99.0")
    assert arguments == ("--data", str(built.context.data_folder))
    assert list((built.context.data_folder / "backups").glob("wufei-before-99.0.db"))
    assert not built.main.isVisible()


def test_what_is_wrong_with_a_file_is_all_said(dialog, built, open_window, tmp_path):
    stranger = signing_key.generate()
    wrong = make_update(tmp_path, "97.0", stranger, platform="windows-x64" if sys.platform != "win32" else "linux-z80")
    dialog.check_file(str(wrong))
    open_window.settle(built)
    said = dialog.detail_label.text()
    assert ("不认识" in said, "旧版本" in said, "这台电脑是" in said) == (True, True, True)
    assert not dialog.install_button.isEnabled()
    dialog.check_file(str(tmp_path / "nowhere.wufei-update"))
    open_window.settle(built)
    assert "nowhere" in dialog.detail_label.text()
    dialog.reject()


def test_closing_it_stops_what_is_under_way(dialog, built, open_window, program, update_file):
    dialog.check_file(str(update_file))
    open_window.settle(built)
    dialog.install()
    dialog.reject()
    open_window.settle(built)
    assert {path.name for path in program.parent.iterdir()} == {NAME}
    assert built.handed == []


def test_going_back_asks_first(built, open_window, program):
    kept = program.with_name(f"{NAME}-before-98.0")
    make_program(kept, "97.0")
    write_record(Record("97.0", "98.0", kept.name, NAME, NAME, "6.0", "k", "2026-11-22"), program / RECORD)
    dialog = open_dialog("update", built.context, built.main)
    open_window.settle(built)
    assert "97.0" in dialog.back_button.text()
    dialog.back_button.click()
    open_window.settle(built)
    question = dialog.findChild(QuestionDialog)
    assert "97.0" in question.text_label.text()
    question.confirm_button.click()
    open_window.settle(built)
    [(ready, _arguments)] = built.handed
    assert (ready.back, ready.new) == (True, "97.0")


def test_it_says_what_became_of_the_last_update(built, open_window, program):
    failed = plan.Plan(State.FAILED, 1, False, "98.0", "99.0", NAME, "n", "o", NAME, NAME, failed="update.in_use")
    plan.write(failed, Places(program).plan)
    dialog = open_dialog("update", built.context, built.main)
    open_window.settle(built)
    assert "98.0" in dialog.pending_label.text()
    assert "没有更换" in dialog.pending_label.text()
    dialog.reject()


def test_from_its_sources_there_is_nothing_to_choose(window, open_window):
    dialog = open_dialog("update", window.context, window.main)
    open_window.settle(window)
    assert "源代码" in dialog.hint_label.text()
    assert not dialog.choose_button.isEnabled()
    dialog.reject()
