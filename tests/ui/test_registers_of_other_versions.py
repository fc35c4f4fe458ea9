"""Registers of other versions: an older one is brought up to date, and that is told; a newer one is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.samples.registers import SAMPLES
from wufei_cells.command_line.main import main
from wufei_cells.store import migrations
from wufei_cells.store.database import FILE_NAME

SENTENCES = {"zh": "数据库 {path} 是新版程序写的", "en": "The database {path} was written by a newer program"}


@pytest.fixture
def folder(tmp_path):
    """The register of the program before last."""
    made = tmp_path / "台账"
    made.mkdir()
    script = (SAMPLES / f"register-{migrations.CURRENT.major - 1}.0.sql").read_text("utf-8")
    with closing(sqlite3.connect(made / FILE_NAME)) as connection:
        connection.executescript(script)
    return made


@pytest.fixture
def newer(folder):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99.0' WHERE name = 'schema'")
    return folder


@pytest.mark.parametrize("language", SENTENCES)
def test_a_newer_one_is_refused_with_a_sentence(newer, language, open_window, qtbot, capsys):
    before = (newer / FILE_NAME).read_bytes()
    sentence = SENTENCES[language].format(path=newer / FILE_NAME)
    assert main(["site", "list", "--data", str(newer), "--language", language]) == 1
    assert sentence in capsys.readouterr().err
    window = open_window(folder=newer, language=language, wait=False)
    qtbot.waitUntil(lambda: any(sentence in label.text() for label in window.main.findChildren(QLabel)), timeout=15_000)
    assert (newer / FILE_NAME).read_bytes() == before


def test_where_a_register_cannot_be_opened_another_one_can(newer, tmp_path, open_window, qtbot):
    wanted = []
    window = open_window(folder=newer, wait=False)
    window.context.events.register_wanted.connect(wanted.append)
    state = window.main.state_view
    qtbot.waitUntil(state.other_button.isVisible, timeout=15_000)
    state.other_button.click()
    [dialog] = window.main.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    assert wanted == [tmp_path]
    dialog.close()


def test_an_older_one_is_brought_up_to_date_and_the_copy_is_named(folder, open_window, qtbot):
    told = []
    window = open_window(folder=folder, wait=False)
    window.context.notices.posted.connect(lambda notice: told.append(notice.text))
    qtbot.waitUntil(lambda: any("-before-" in text for text in told), timeout=15_000)
    open_window.settle(window)
    [copy] = folder.glob("wufei.*-before-*.db")
    assert [text for text in told if str(copy) in text]


def test_the_command_line_names_the_copy_beside_the_answer(folder, capsys):
    assert main(["site", "list", "--data", str(folder), "--json"]) == 0
    told = capsys.readouterr()
    assert "-before-" in told.err
    assert "-before-" not in told.out
