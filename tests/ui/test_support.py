"""The program in the settings: which it is, whether it works here, and what to send when it does not."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
import shiboken6
from packaging.requirements import Requirement
from PySide6.QtWidgets import QApplication

from ui import self_check
from ui.dialogs.gathered_text_dialog import GatheredTextDialog
from ui.dialogs.openers import open_dialog
from ui.widgets.settings_program import LIBRARIES, ProgramSection
from wufei_cells import shipped
from wufei_cells.services import crash_reports, self_checking

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(open_window, register):
    register.add_sites("欧阳评估的单位")
    return open_window(register)


@pytest.fixture
def section(window, open_window):
    page = window.main.show_room("settings")
    open_window.settle(window)
    return page.program


def gathered(window, open_window):
    open_window.settle(window)
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, GatheredTextDialog))
    return dialog


def test_the_window_works_here_and_says_so_where_there_is_no_display():
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ui", "--self-check", "--json"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    document = json.loads(ended.stdout)
    assert [one for one in document["checks"] if not one["ok"]] == []
    assert ended.returncode == 0
    assert {"register", "qt", "qt_input", "qt_fonts", "qt_translation", "qt_icons", "qt_pdf", "qt_print"} < {
        one["name"] for one in document["checks"]
    }


def test_a_plugin_that_is_missing_is_told_and_the_rest_is_checked(monkeypatch, qapp):
    monkeypatch.setattr(self_check, "NATIVE", {sys.platform: "nothing"})
    monkeypatch.setattr(self_check, "INPUT_METHODS", {sys.platform: ("ibus", "nobody")})
    monkeypatch.setattr(self_check, "PICTURES", ("png", "heic2"))
    outcomes = self_checking.run(self_check.window_checks(shipped.everything()))
    assert {one.name: one.code for one in outcomes if not one.passed} == {
        "qt": "qt_platform",
        "qt_input": "qt_input",
        "qt_images": "qt_images",
    }


def test_a_plugin_whose_library_is_missing_is_told_instead_of_an_abort(tmp_path, monkeypatch, i18n, qapp):
    (tmp_path / "platforms").mkdir()
    torn = tmp_path / "platforms" / "libqtorn.so"
    torn.write_bytes(b"\x7fELF, but no more")
    monkeypatch.setattr(self_check, "NATIVE", {sys.platform: "torn"})
    monkeypatch.setattr(self_check, "_plugins", lambda _kind: {"torn": torn})
    (first, *_others) = self_checking.run(self_check.window_checks(shipped.everything()))
    assert first.code == "qt_plugin"
    assert "libqtorn.so" in first.sentence(i18n.wording)


def test_the_check_is_shown_with_what_failed_first(section, window, open_window):
    section.open_buttons["self_check"].click()
    dialog = gathered(window, open_window)
    lines = dialog.text_edit.toPlainText().splitlines()
    assert lines[-1].startswith("29 项检查全部通过")
    dialog.reject()


def test_what_is_copied_is_what_was_seen_and_names_nobody(section, window, open_window, qtbot):
    section.open_buttons["support"].click()
    dialog = gathered(window, open_window)
    text = dialog.text_edit.toPlainText()
    dialog.copy_button.click()
    assert QApplication.clipboard().text() == text
    assert "site: 1" in text
    assert "screens: " in text
    assert "register_opened" in text
    assert not any(word in text for word in ("欧阳评估", "张评估", str(window.context.data_folder)))
    dialog.reject()


def test_a_thread_that_nobody_watches_is_reported_too(window, qtbot, tmp_path):
    def stumble():
        raise RuntimeError("in a thread")

    before, threading.excepthook = threading.excepthook, window.reporter.report_thread
    try:
        thread = threading.Thread(target=stumble)
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    qtbot.waitUntil(lambda: window.reporter.dialog is not None)
    (report,) = (tmp_path / "log").glob("crash-*.txt")
    assert str(report) in window.reporter.dialog.said_label.text()
    assert "RuntimeError" in crash_reports.impersonal(report)
    window.reporter.dialog.reject()


def test_a_program_that_died_is_spoken_of_once_and_calmly(window, open_window, tmp_path):
    (tmp_path / "log").mkdir(exist_ok=True)
    (tmp_path / "log" / "running-1.txt").write_text('Fatal Python error\n  File "/srv/x/ui/app.py", line 3 in run\n')
    window.reporter.watch(window.context, window.main)
    notice = window.main.notice_bar.notice
    assert notice.tone == "attention"
    assert window.reporter.dialog is None
    notice.opens()
    dialog = gathered(window, open_window)
    assert 'File "ui/app.py", line 3 in run' in dialog.text_edit.toPlainText()
    dialog.reject()
    window.reporter.close()
    assert not list((tmp_path / "log").glob("running-*"))


def test_the_update_is_offered_where_there_is_one(window):
    plain = ProgramSection(window.context, offered=frozenset({"support", "self_check"}))
    whole = ProgramSection(window.context, offered=frozenset({"support", "self_check", "update"}))
    assert "update" not in plain.open_buttons
    assert whole.open_buttons["update"].text() == "安装更新文件…"


def test_each_dialog_can_be_closed_before_it_has_gathered_anything(window, open_window, qtbot):
    dialog = open_dialog("self_check", window.context, window.main)
    dialog.reject()
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    open_window.settle(window)


def test_every_library_of_the_program_is_named():
    def normal(name):
        return re.sub(r"[-_.]+", "-", name).lower()

    def walk(name, found):
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            return found  # not for this machine
        for one in map(Requirement, requires):
            if (one.marker is None or one.marker.evaluate({"extra": ""})) and normal(one.name) not in found:
                found.add(normal(one.name))
                walk(one.name, found)
        return found

    named = {normal(name) for name, _license in LIBRARIES}
    needed = walk("wufei-cells", set())
    assert needed - named == set()
