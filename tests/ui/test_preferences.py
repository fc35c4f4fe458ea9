"""What is remembered: and from machine to machine, where a stick has another letter each time, only what stays true."""

from __future__ import annotations

import shutil

import pytest

from ui import preferences as module
from ui.preferences import Preferences
from wufei_cells import paths


@pytest.fixture
def stick(tmp_path):
    """A stick with a portable program."""
    (tmp_path / "E" / "无废 细胞" / "wufei-data" / "settings").mkdir(parents=True)
    return tmp_path / "E"


def opened(stick):
    """The preferences of the program on a stick."""
    program = stick / "无废 细胞"
    return Preferences(program / "wufei-data" / "settings" / "window.ini", portable=program)


def test_a_place_on_the_stick_is_found_when_the_stick_has_another_letter(stick):
    (stick / "导出").mkdir()
    before = opened(stick)
    before.remember("files/folder", str(stick / "导出"))
    before.remember("files/form_template", str(stick / "无废 细胞" / "表.xlsx"))
    assert before.text("files/folder") == str(stick / "导出")
    assert before.keeps()
    other = shutil.move(stick, stick.with_name("F"))
    after = opened(stick.with_name("F"))
    assert after.text("files/folder") == str(stick.with_name("F") / "导出")
    content = (other / "无废 细胞" / "wufei-data" / "settings" / "window.ini").read_text("utf-8")
    assert str(stick.parent) not in content


def test_a_place_on_a_machine_is_forgotten_with_the_machine(stick, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_on_one_disk", lambda place, _other: place.is_relative_to(stick))
    (tmp_path / "C").mkdir()
    before = opened(stick)
    before.remember("files/folder", str(stick))
    before.remember("files/folder", str(tmp_path / "C"))
    assert before.text("files/folder") == str(tmp_path / "C"), "as long as the program runs"
    assert before.keeps()
    assert opened(stick).text("files/folder", "nowhere") == "nowhere"


def test_everything_else_is_remembered_as_it_is(stick, tmp_path):
    before = opened(stick)
    before.remember("person/name", "./张三")
    before.remember("window/type_size", 16)
    before.forget("window/scheme")
    assert before.keeps()
    assert opened(stick).text("person/name") == "./张三"
    assert opened(stick).type_size == 16
    usual = Preferences(tmp_path / "window.ini")
    usual.remember("files/folder", str(stick))
    assert usual.text("files/folder") == str(stick)
    assert not usual.portable


def test_what_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_text("no folder", "utf-8")
    preferences = Preferences(tmp_path / "file" / "window.ini")
    preferences.remember("person/name", "张三")
    assert preferences.text("person/name") == "张三"
    assert not preferences.keeps()


def test_a_portable_program_shows_in_the_settings_where_its_data_is(open_window, register, tmp_path, monkeypatch):
    (tmp_path / "stick" / "wufei-data").mkdir(parents=True)
    monkeypatch.setattr(paths, "program_folder", lambda: tmp_path / "stick")
    window = open_window(register)
    page = window.main.show_room("settings")
    open_window.settle(window)
    assert page._hints["folder"].text() == window.context.i18n.tr("settings.folder_portable")
    monkeypatch.delenv("WUFEI_DATA", raising=False)
    assert paths.data_folder() == tmp_path / "stick" / "wufei-data" / "register"
