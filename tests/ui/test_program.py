"""From the first start to the window, on real folders: what is begun, what is remembered, and who gets the files."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from shiboken6 import isValid

from ui.app import Start, settings_of
from ui.start import FOLDER, PERSON, Choices, Program
from ui.welcome.choosing import Way
from wufei_cells import paths, shipped
from wufei_cells.services import beginning

LONGEST = 30  # seconds


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    """A home where nothing was ever begun."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "张 三" / name))
    (tmp_path / "run").mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "devices"))
    monkeypatch.delenv("WUFEI_DATA", raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)


@pytest.fixture
def play(qapp):
    """Run the program while a person does one thing after the other; each is a question that says when it is done."""

    def run(program, *steps, files=()):
        waiting = list(steps)
        end = time.monotonic() + LONGEST

        def look():
            if time.monotonic() > end:
                for window in qapp.topLevelWidgets():
                    window.close()
                qapp.quit()
            elif waiting and waiting[0](program):
                waiting.pop(0)

        timer = QTimer(interval=5)
        timer.timeout.connect(look)
        timer.start()
        code = program.run([Path(file) for file in files])
        timer.stop()
        assert not waiting, f"{len(waiting)} steps were not reached"
        qapp.setStyleSheet("")
        return code

    return run


def welcomed(way, source=None, person="张三"):
    """Choose in the welcome and press its button."""

    def step(program):
        window = program.welcome
        if window is None or not window.isVisible():
            return False
        window.form.person_edit.setText(person)
        window.choose(way, source)
        window.form.begin_button.click()
        return True

    return step


def ready(window):
    """Whether nothing is on its way in a window."""
    return window is not None and window.main.current_room == "overview" and window.context.tasks.idle


def looked(seen):
    """Note what the window shows, and close it."""

    def step(program):
        window = program.window
        if not ready(window):
            return False
        workspace = window.context.desk.workspace
        seen.append((workspace.database.path.parent, workspace.person.name, workspace.example))
        window.main.close()
        return True

    return step


def made(folder):
    """A register that is there already."""
    known = shipped.shipped_cities()
    beginning.make(folder, known["jiaozuo"](), cities=known, person="李四", devices=paths.device_folder())
    return folder


def test_the_first_start_welcomes_and_the_second_does_not(play, qapp):
    seen = []
    assert play(Program(qapp, Choices(language="zh")), welcomed(Way.NEW), looked(seen)) == 0
    assert play(Program(qapp, Choices(language="zh")), looked(seen)) == 0
    assert seen == [(paths.data_folder(), "张三", False)] * 2


def test_who_closes_the_welcome_has_begun_nothing(play, qapp, tmp_path):
    def close(program):
        return program.welcome is not None and program.welcome.isVisible() and program.welcome.close()

    assert play(Program(qapp, Choices()), close) == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_is_named_is_opened_as_it_always_was(play, qapp, tmp_path):
    (tmp_path / "named").mkdir()
    seen = []
    play(Program(qapp, Choices(tmp_path / "named", "zh", "王五")), looked(seen))
    assert seen == [(tmp_path / "named", "王五", False)]
    assert settings_of(Start()).text(FOLDER) == ""


def test_a_register_somewhere_else_is_remembered_and_missed_when_it_is_gone(play, qapp, tmp_path):
    stick = made(tmp_path / "优 盘" / "data")
    seen = []
    play(Program(qapp, Choices(language="zh")), welcomed(Way.OPEN, stick), looked(seen))
    play(Program(qapp, Choices(language="zh")), looked(seen))
    assert seen == [(stick, "张三", False)] * 2
    stick.rename(tmp_path / "taken out")

    def missed(program):
        if program.welcome is None or not program.welcome.isVisible():
            return False
        assert str(stick) in program.welcome.form.missing_label.text()
        return program.welcome.close()

    play(Program(qapp, Choices(language="zh")), missed)


def missing(sentences):
    """Note what the welcome says is missing, and close it."""

    def step(program):
        if program.window is not None:
            raise AssertionError("a window was opened")
        if program.welcome is None or not program.welcome.isVisible():
            return False
        sentences.append(program.welcome.form.missing_label.text())
        return program.welcome.close()

    return step


@pytest.mark.parametrize("begun", ["in the welcome", "by an earlier version"])
def test_a_register_that_left_its_usual_place_is_missed_and_none_begins_instead(play, qapp, tmp_path, begun):
    folder, said = paths.data_folder(), []
    if begun == "in the welcome":
        play(Program(qapp, Choices(language="zh")), welcomed(Way.NEW), looked([]))
    else:  # which remembered the person alone
        made(folder)
        settings_of(Start()).remember(PERSON, "张三")
        play(Program(qapp, Choices(language="zh")), looked([]))
    folder.rename(tmp_path / "moved away")
    play(Program(qapp, Choices(language="zh")), missing(said))
    assert str(folder) in said[0]
    assert not folder.exists()


def test_a_name_alone_begins_no_register(play, qapp):
    settings_of(Start()).remember(PERSON, "张三")
    said = []
    play(Program(qapp, Choices(language="zh")), missing(said))
    assert said == [""]
    assert not paths.data_folder().exists()


def test_the_example_is_kept_apart_and_forgotten(play, qapp):
    seen = []
    play(Program(qapp, Choices(language="zh")), welcomed(Way.DEMO, person=""), looked(seen))
    ((folder, _person, example),) = seen
    assert example
    assert folder.is_relative_to(paths.demo_folder())
    assert not paths.holds_register(paths.data_folder())
    assert settings_of(Start()).text(PERSON) == ""


def test_a_start_clears_what_a_killed_program_left_of_the_example(play, qapp):
    left = paths.demo_folder().with_name(f"{paths.demo_folder().name}-abcd_012")
    (left / "database").mkdir(parents=True)
    left.with_name(f"{left.name}.lock").touch()

    def cleared(program):
        return program.welcome is not None and program.welcome.isVisible() and not left.exists()

    play(Program(qapp, Choices()), cleared, lambda program: program.welcome.close())
    assert not paths.demo_folder().exists()


def test_files_wait_for_the_welcome_and_come_after_it(play, qapp, tmp_path):
    said = []

    def listen(program):
        if program.window is None:
            return False
        program.window.context.notices.posted.connect(lambda notice: said.append(notice.text))
        return True

    def told(program):
        return bool(said) and looked([])(program)

    steps = (welcomed(Way.NEW), listen, told)
    play(Program(qapp, Choices(language="zh")), *steps, files=[tmp_path / "没有.wufei-x"])
    assert "没有.wufei-x" in said[0]


def test_the_office_is_led_to_its_key(play, qapp):
    def as_office(program):
        if program.welcome is None or not program.welcome.isVisible():
            return False
        program.welcome.form.role_buttons[2].click()
        return True

    def offered(program):
        dialog = qapp.activeModalWidget()
        if not ready(program.window) or dialog is None:
            return False
        assert type(dialog).__name__ == "OfficeKeyDialog"
        dialog.close()
        return program.window.main.close()

    play(Program(qapp, Choices(language="zh")), as_office, welcomed(Way.NEW), offered)


def test_the_window_changes_to_another_register(play, qapp, tmp_path):
    other = made(tmp_path / "other")
    seen = []

    left = []

    def change(program):
        if not ready(program.window):
            return False
        left.append(program.window.main)
        program.window.context.events.register_wanted.emit(other)
        return True

    def there(program):
        window = program.window
        if window is None or window.context.data_folder != other:
            return False
        assert not isValid(left[0]), "nothing of the window before goes on asking"
        return looked(seen)(program)

    play(Program(qapp, Choices(language="zh")), welcomed(Way.NEW), change, there)
    play(Program(qapp, Choices(language="zh")), looked(seen))
    assert [folder for folder, *_ in seen] == [other, other]


def test_a_folder_without_a_register_is_refused_with_a_sentence(play, qapp, tmp_path):
    said = []

    def change(program):
        if not ready(program.window):
            return False
        program.window.context.notices.posted.connect(lambda notice: said.append(notice.text))
        program.window.context.events.register_wanted.emit(tmp_path)
        return True

    def told(program):
        return bool(said) and program.window.main.close()

    play(Program(qapp, Choices(language="zh")), welcomed(Way.NEW), change, told)
    assert str(tmp_path) in said[0]


def test_settings_that_cannot_be_kept_are_told_and_nothing_crashes(play, qapp, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    folder = made(tmp_path / "data")
    said = []

    def listen(program):
        if program.window is None:
            return False
        program.window.context.notices.posted.connect(lambda notice: said.append(notice.text))
        return True

    play(Program(qapp, Choices(folder, "zh", "张三")), listen, lambda program: bool(said) and looked([])(program))
    assert str(tmp_path / "file") in said[0]


@pytest.mark.parametrize("blocked", ["data", "devices"])
def test_a_place_that_cannot_be_written_is_told_in_the_window(play, qapp, tmp_path, monkeypatch, blocked):
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("WUFEI_DATA", str(tmp_path / ("file/data" if blocked == "data" else "data")))
    if blocked == "devices":
        monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "file" / "devices"))

    def told(program):
        if program.window is None or program.window.main.state_view.error is None:
            return False
        assert str(tmp_path / "file") in program.window.main.state_view.text
        return program.window.main.close()

    assert play(Program(qapp, Choices(language="zh", person="张三")), told) == 0
    assert not paths.holds_register(tmp_path / "data") or blocked == "devices"


def test_the_register_of_an_earlier_day_stands_beside_the_window(play, qapp, tmp_path):
    folder = made(tmp_path / "data")
    today = datetime.now().astimezone().date()
    outer = Program(qapp, Choices(folder, "zh", "李四"))
    assert outer._claim_folder(folder)
    seen = []
    play(Program(qapp, Choices(folder, "zh", "李四", today)), looked(seen))
    assert len(seen) == 1
    outer._claim.release()
