"""Settling what is in conflict, from the first key to the last, without a mouse."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.samples.registers import HandClock, open_register
from tests.services.conftest import WORDS
from tests.ui.conftest import wait_until
from tests.ui.disputed import fill_disputed
from ui.dialogs.conflict_rule_dialog import ConflictRuleDialog
from ui.dialogs.openers import open_dialog
from wufei_cells.domain.conflicts import Choice, Disputed, How, RuleKind
from wufei_cells.services import browsing, conflicts

KINDS = ["evidence", "site_phone", "finding", "site_withdrawn", "answer", "assessment", "assessment_state"]


def fill(folder):
    """Fill a register with the seven, one of them with a picture."""
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    fill_disputed(folder, bytes(buffer.data().data()))


def opened(windows, prepared, folder):
    """Open the board in a window on the seven disagreements, with the keyboard in its list."""
    prepared.copy(fill, folder)
    window = windows(folder=folder, person="王敏")
    dialog = open_dialog("conflicts", window.context, window.main)
    dialog.activateWindow()
    windows.settle(window)
    return Hands(windows, window, dialog, folder)


@pytest.fixture
def board(open_window, prepared, tmp_path):
    """The board, to be worked with."""
    return opened(open_window, prepared, tmp_path / "data")


@pytest.fixture(scope="module")
def shown(shared_windows, prepared, tmp_path_factory):
    """The board, only to be looked at."""
    return opened(shared_windows, prepared, tmp_path_factory.mktemp("shown") / "data")


class Hands:
    """A person who only has keys."""

    def __init__(self, windows, window, dialog, folder):
        self.windows, self.window, self.dialog = windows, window, dialog
        self.board, self.folder = dialog.board, folder
        self.notices = []
        window.context.notices.posted.connect(lambda notice: self.notices.append(notice.text))

    def press(self, *keys):
        for key in keys:
            QTest.keyClick(self.focused(), key)
            self.windows.settle(self.window)

    def focused(self):
        """The widget with the keyboard; offscreen, no window manager hands it back after a dialog."""
        if QApplication.focusWidget() is None:
            self.dialog.activateWindow()
            wait_until(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def go_to(self, what):
        for _ in range(len(self.board.rows)):
            if self.board.row().what is what:
                return
            self.press(Qt.Key.Key_N)
        raise AssertionError(what)

    def left(self):
        return [listed.row.what for listed in self.board.rows]

    def card_texts(self):
        return [[label.text() for label in card.findChildren(QLabel)] for card in self.board.cards.cards]

    def reading(self):
        return open_register(self.folder, HandClock())


def test_seven_disagreements_are_listed_and_the_first_is_told(shown):
    assert sorted(shown.left()) == sorted(map(Disputed, KINDS))
    assert "（7）" in shown.dialog.windowTitle()
    assert shown.board.list.hasFocus()
    assert len(shown.board.cards.cards) >= 2


def test_both_values_stand_beside_each_other_with_people_devices_notes_and_pictures(shown):
    shown.go_to(Disputed.ANSWER)
    mine, theirs, before = shown.card_texts()
    assert any("90%" in text and "10 分" in text for text in mine)
    assert "全数查过" in mine
    assert any("李县" in text and "李县的笔记本" in text for text in theirs)
    assert "只抽查了一半" in theirs
    assert "分歧以前" in before
    pictures = [label for label in shown.board.cards.cards[0].findChildren(QLabel) if not label.pixmap().isNull()]
    assert len(pictures) == 1
    assert pictures[0].accessibleName()


def test_what_differs_is_marked_by_a_sign_not_by_color_alone(shown):
    shown.go_to(Disputed.ASSESSMENT)
    for texts in shown.card_texts():
        assert texts.count("≠") == 2


def test_everything_is_settled_with_keys_alone_and_the_last_taken_back(board):
    board.go_to(Disputed.SITE_PHONE)
    board.press(Qt.Key.Key_Right)
    wanted = board.board.cards.offer().value.value
    board.press(Qt.Key.Key_Return)
    assert Disputed.SITE_PHONE not in board.left()
    workspace = board.reading()
    assert wanted in {site.phone for site in browsing.list_sites(workspace)}
    workspace.close()
    board.press(Qt.Key.Key_U)
    assert Disputed.SITE_PHONE in board.left()
    while board.board.rows:
        before = len(board.board.rows)
        board.press(Qt.Key.Key_Return)
        assert len(board.board.rows) == before - 1
    assert not board.board.state_view.showing_content
    assert "没有冲突" in board.board.state_view.title
    workspace = board.reading()
    assert conflicts.list_conflicts(workspace) == ()
    workspace.close()


def test_a_merged_value_is_one_key_away_and_a_reason_is_told_in_the_history(board):
    board.go_to(Disputed.ASSESSMENT)
    board.press(Qt.Key.Key_M)
    assert board.board.cards.offer().choice.how.value == "merged"
    assert len(board.board.rows) == 7, "it is never taken by itself"
    board.press(Qt.Key.Key_E)
    board.board.note_edit.setText("两处都对")
    board.press(Qt.Key.Key_Return)
    assert Disputed.ASSESSMENT not in board.left()
    workspace = board.reading()
    rows = [row for row in browsing.list_assessments(workspace) if row.assessors == ("王敏", "赵敏")]
    assert [str(row.visited_on) for row in rows] == ["2026-11-05"]
    board.board.list.setFocus()
    board.press(Qt.Key.Key_U)
    board.go_to(Disputed.ASSESSMENT)
    board.press(Qt.Key.Key_H)
    assert board.board.history_area.isVisible()
    assert "两处都对" in board.board.history_label.text()
    # What somebody else has settled meanwhile is said and left out.
    conflicts.resolve(workspace, board.board.row(), Choice(How.BEFORE), WORDS)
    workspace.close()
    board.press(Qt.Key.Key_Return)
    assert Disputed.ASSESSMENT not in board.left()
    assert "没有" in board.notices[-1]


def test_arrows_stop_at_the_ends_and_escape_leaves_the_line_for_the_reason(shown):
    shown.press(Qt.Key.Key_Left)
    assert shown.board.cards.place == 0
    shown.press(*[Qt.Key.Key_Right] * 9)
    assert shown.board.cards.place == len(shown.board.cards.cards) - 1
    shown.press(Qt.Key.Key_E, Qt.Key.Key_Escape)
    assert shown.board.list.hasFocus()
    assert shown.dialog.isVisible()


def test_a_rule_shows_what_each_would_become_before_anything_is_written(board):
    board.press(Qt.Key.Key_R)
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, ConflictRuleDialog)]
    board.windows.settle(board.window)
    dialog.rule_box.setCurrentIndex(list(RuleKind).index(RuleKind.LATER))
    board.windows.settle(board.window)
    assert dialog.warning_label.isVisible()
    assert dialog.table.rowCount() == 7
    assert len(board.board.rows) == 7
    dialog.rule_box.setCurrentIndex(list(RuleKind).index(RuleKind.PERSON))
    board.windows.settle(board.window)
    dialog.name_box.setCurrentText("王敏")
    board.windows.settle(board.window)
    settled, left = len(dialog.outcome.settled), len(dialog.outcome.left)
    assert settled + left == 7
    assert settled >= 4
    dialog.settle()
    board.windows.settle(board.window)
    board.windows.settle(board.window)
    assert len(board.board.rows) == left
    board.board.list.setFocus()
    board.press(Qt.Key.Key_U)
    assert len(board.board.rows) == 7


def test_texts_of_others_are_never_read_as_markup(shown):
    for _ in shown.board.rows:
        for label in shown.dialog.findChildren(QLabel):
            if label.text():
                assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
        shown.press(Qt.Key.Key_N)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_has_a_name_and_fits_a_small_screen(shown, language):
    shown.window.context.i18n.set_language(language)
    shown.windows.settle(shown.window)
    shown.windows.settle(shown.window)
    assert all(card.accessibleName() for card in shown.board.cards.cards)
    assert shown.board.list.accessibleName()
    assert shown.board.note_edit.accessibleName()
    buttons = [one for one in shown.dialog.findChildren(QPushButton) if one.isVisibleTo(shown.dialog)]
    assert all(button.text() for button in buttons)
    hint = shown.dialog.minimumSizeHint()
    assert (hint.width() <= 1366, hint.height() <= 700) == (True, True), hint


def test_the_window_is_never_held_up(shown):
    longest = 0.0
    for key in (Qt.Key.Key_N, Qt.Key.Key_Right, Qt.Key.Key_H, Qt.Key.Key_N):
        begun = time.perf_counter()
        QTest.keyClick(shown.focused(), key)
        longest = max(longest, time.perf_counter() - begun)
        shown.windows.settle(shown.window)
    assert longest < 0.1
