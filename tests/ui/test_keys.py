"""``?``: the sheet of keys lists every key there is, each once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel

from ui.app import ROOMS
from ui.dialogs.keys_dialog import KeysDialog, groups_of
from ui.models.keys import GROUPS, OF_ROOM, WINDOW, window_lines
from ui.models.palette_model import ICONS
from ui.widgets.desk_view import COMMANDS
from wufei_cells import shipped
from wufei_cells.services.searching import HitKind

ROOM_KEYS = [room.key for room in ROOMS]
WORDING = Path(__file__).resolve().parents[2] / "resources" / "wording" / "searching.json"


def listed(room):
    """Every key the sheet of a room shows, in the form Qt knows it by."""
    keys = [keys for _name, lines in groups_of(room, len(ROOMS)) for line in lines for keys in line.keys]
    first, last = keys.index("Ctrl+1"), keys.index(f"Ctrl+{len(ROOMS)}")
    assert keys[first + 1] == "–"
    assert last == first + 2
    keys += [f"Ctrl+{number}" for number in range(2, len(ROOMS))]
    return {QKeySequence(each).toString() for each in keys if each != "–"}


def words(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


@pytest.fixture
def sheet(window, qtbot):
    """Open the sheet by its key in a room."""

    def press(room="overview"):
        window.main.show_room(room).setFocus()
        qtbot.keyClick(window.main, "?")
        dialog = window.main.findChild(KeysDialog)
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    return press


# --- the table


def test_every_command_of_the_desk_is_listed():
    shown = {line.name for name, lines in groups_of("assessment", 6) if name == "desk" for line in lines}
    assert {f"keys.desk.{command}" for table in COMMANDS.values() for command in table.values()} <= shown
    keys = listed("assessment")
    assert {f"{held}{QKeySequence(key).toString()}" for held, table in COMMANDS.items() for key in table} <= keys


@pytest.mark.parametrize("room", ROOM_KEYS)
def test_every_shortcut_of_window_and_room_is_listed(window, open_window, room):
    page = window.main.show_room(room)
    open_window.settle(window)
    own = [each for each in window.main.findChildren(QShortcut) if each.parent() in (window.main, page)]
    keys = {each.key().toString() for each in own} - {"？"}
    assert keys
    assert keys <= listed(room)


def test_no_key_is_listed_twice_in_a_group_and_all_are_keys():
    for room in ROOM_KEYS:
        for name, lines in groups_of(room, 6):
            keys = [keys for line in lines for keys in line.keys if keys != "–"]
            assert len(keys) == len(set(keys)), name
            assert all(QKeySequence(each).toString() for each in keys), name
    assert set(OF_ROOM) <= set(ROOM_KEYS)
    assert {group for groups in OF_ROOM.values() for group in groups} == set(GROUPS)


def test_every_line_is_worded_and_nothing_is_worded_in_vain():
    catalogue = shipped.wording_catalogue()
    lines = [line for room in ROOM_KEYS for _name, lines in groups_of(room, 6) for line in lines]
    used = {line.name for line in (*lines, *window_lines(6))}
    used |= {f"keys.group.{name}" for name in (*GROUPS, "window")} | {f"search.kind.{kind.value}" for kind in HitKind}
    assert used <= set(catalogue)
    assert set(ICONS) == {kind.value for kind in HitKind}
    own = json.loads(WORDING.read_text(encoding="utf-8"))
    root = WORDING.parents[2]
    sources = [path for folder in ("ui", "wufei_cells") for path in (root / folder).rglob("*.py")]
    source = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert [key for key in own if key not in used and f'"{key}"' not in source] == []
    assert all(set(texts) == {"zh", "en"} and all(texts.values()) for texts in own.values())


# --- the sheet


def test_the_question_mark_shows_the_keys_of_the_room_and_closes_the_sheet_again(window, sheet, qtbot):
    dialog = sheet("certificates")
    assert "另存选中的证书" in words(dialog)
    assert "查找一切" in words(dialog)
    assert "下一条" not in words(dialog)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, "?")
    assert window.main.guide is None


@pytest.mark.parametrize(("language", "title"), [("zh", "打分"), ("en", "Scoring")])
def test_it_speaks_the_language(window, sheet, language, title):
    window.context.i18n.set_language(language)
    dialog = sheet("assessment")
    assert title in words(dialog)
    assert dialog.windowTitle() == {"zh": "按键", "en": "Keys"}[language]
    assert "⏎" in words(dialog)
    dialog.reject()


def test_while_text_is_typed_it_is_a_question_mark(window, open_window, qtbot):
    sites = window.main.show_room("sites")
    open_window.settle(window)
    field = sites.filter_bar.search_edit
    field.setFocus()
    qtbot.keyClick(field, "?")
    assert field.text() == "?"
    assert window.main.findChild(QDialog) is None


def test_the_guide_stays_on_its_own_key(window, qtbot):
    qtbot.keyClick(window.main, Qt.Key.Key_F1)
    assert window.main.guide is not None
    assert WINDOW["guide"] == "F1"
    window.main.guide.reject()
