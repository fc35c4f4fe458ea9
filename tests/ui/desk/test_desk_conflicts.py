"""Two people at one item: both answers are seen side by side, one is chosen, and news come by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def at_odds(desk):
    """A1 was answered by somebody else since the desk read the sheet, and by the person at the desk."""
    desk.page.watch.stop()
    desk.page.go_to("A1")
    other = desk.opened("李旁人")
    assessing.record_answer(other, desk.assessment, "A1", Answer("no", note="台账缺三个月"), seen=())
    other.close()
    desk.press("1")
    desk.settle()
    assert desk.stored().answers["A1"].values == 2
    return desk


def told(desk):
    """Give what the panel says, answer by answer."""
    blocks = [button.parentWidget() for button in desk.card.conflict.buttons]
    return [" / ".join(label.text() for label in block.findChildren(QLabel)) for block in blocks]


def test_all_answers_that_stand_are_seen_with_their_notes_and_authors(at_odds):
    mine, theirs = told(at_odds)
    assert "张评估" in mine
    assert "没有写说明" in mine
    assert "李旁人" in theirs
    assert "台账缺三个月" in theirs
    assert [button.text() for button in at_odds.card.conflict.buttons] == ["用这个（Alt+1）", "用这个（Alt+2）"]


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_1, "yes"), (Qt.Key.Key_2, "no")])
def test_a_key_lets_one_of_them_count_and_replaces_them_all(at_odds, key, value):
    at_odds.qtbot.keyClick(at_odds.focused(), key, ALT)
    at_odds.settle()
    row = at_odds.stored().answers["A1"]
    assert (row.answer.value, row.values, len(row.heads)) == (value, 1, 1)
    assert row.answer.note == ("台账缺三个月" if value == "no" else "")
    assert at_odds.card.conflict.isHidden()
    assert at_odds.card.answer() == row.answer


def test_a_button_does_the_same(at_odds):
    at_odds.qtbot.mouseClick(at_odds.card.conflict.buttons[1], Qt.MouseButton.LeftButton)
    at_odds.settle()
    assert at_odds.value("A1") == "no"


def test_answering_the_same_again_settles_it_too(at_odds):
    at_odds.press("1")
    at_odds.settle()
    row = at_odds.stored().answers["A1"]
    assert (row.answer.value, row.values) == ("yes", 1)


def test_leaving_a_note_settles_nothing_by_itself(desk):
    desk.page.watch.stop()
    desk.page.go_to("A1")
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, "A1", Answer("no"), seen=())
    other.close()
    desk.press("m")
    desk.write("我写的说明")
    desk.settle()
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert desk.stored().answers["A1"].values == 2


def test_without_a_conflict_nothing_is_offered(desk):
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    assert desk.card.conflict.isHidden()
    desk.qtbot.keyClick(desk.focused(), Qt.Key.Key_2, ALT)
    desk.settle()
    assert desk.value("A1") == "yes"


# --- what other programs write


def answer_elsewhere(desk, key, answer):
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, key, answer)
    other.close()


def test_what_a_colleague_writes_is_seen_within_seconds(desk):
    desk.page.go_to("A1")
    assert desk.page.watch.timer.isActive()
    assert timedelta(milliseconds=desk.page.watch.timer.interval()) <= timedelta(seconds=3)
    desk.settle()
    answer_elsewhere(desk, "A1", Answer("no", note="没有台账"))
    desk.qtbot.waitUntil(lambda: desk.card.answer() == Answer("no", note="没有台账"), timeout=10_000)


def test_ones_own_answers_do_not_read_the_sheet_anew(desk):
    desk.page.go_to("A1")
    desk.page.watch.look()
    desk.settle()
    changed = []
    desk.page.watch.changed.connect(lambda: changed.append(True))
    desk.press("1", "2")
    desk.settle()
    desk.page.watch.look()
    desk.settle()
    assert changed == []
    answer_elsewhere(desk, "G1", Answer("yes"))
    desk.page.watch.look()
    desk.settle()
    assert changed == [True]


def test_what_is_being_typed_stays_when_a_colleague_writes(desk):
    desk.page.watch.stop()
    desk.page.watch.look()
    desk.settle()
    desk.page.go_to("A1")
    desk.press("1", "m")
    desk.settle()
    desk.write("写到一")
    answer_elsewhere(desk, "G1", Answer("yes"))
    desk.page.watch.look()
    desk.qtbot.waitUntil(lambda: "G1" in desk.page.session.rows, timeout=10_000)
    desk.write("半")
    assert QApplication.focusWidget() is desk.card.note_edit
    assert desk.card.note_edit.note() == "写到一半"
    desk.settle()
    assert desk.stored().answers["A1"].answer.note == "写到一半"


def test_a_hidden_desk_asks_nothing(desk):
    desk.window.main.show_room("sites")
    assert not desk.page.watch.timer.isActive()
