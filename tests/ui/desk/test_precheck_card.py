"""The card before scoring: answered with two digits, stored at once, and stopping only with a reason and a button."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.samples.registers import PRECHECK, sample
from ui.desk.precheck_card import PrecheckCard
from ui.models.scoring_session import ScoringSession
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.services import assessing, browsing, prechecking, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

SMALL = Path(__file__).with_name("small.yaml")
WAIT = 10_000
REASON = "信用平台上有一条严重失信记录"


class Hands:
    """A card with an open assessment, what is stored, and the keys of a person."""

    def __init__(self, qtbot, window, folder, assessment):
        self.qtbot = qtbot
        self.context = window.context
        self.window = window
        self.folder = folder
        self.assessment = assessment
        self.session = ScoringSession(window.context, window.main)
        self.card = PrecheckCard(window.context, self.session, window.main)
        self.recorded = []
        self.card.precheck_recorded.connect(lambda: self.recorded.append(self.card.standing))
        self.card.resize(600, 700)
        self.card.show()
        with qtbot.waitActive(window.main):
            window.main.activateWindow()
        self.open(assessment)

    def open(self, assessment):
        self.session.open(assessment)
        self.settle()
        self.card.show_precheck()

    def settle(self):
        self.qtbot.waitUntil(lambda: self.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()

    def press(self, *keys):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.card, key)
        self.settle()

    def type_reason(self, place, text):
        edit = self.card.rows[place].reason_edit
        edit.setPlainText(text)
        self.card.flush()
        self.settle()

    def stored(self):
        with_register = open_workspace(self.folder, criteria(), person="李旁人")
        try:
            return prechecking.precheck(with_register, self.assessment)
        finally:
            with_register.close()

    def chosen(self):
        return [None if row.finding() is None else row.finding().holds for row in self.card.rows]

    @property
    def current(self):
        return [row.key for row in self.card.rows if row.property("current")]


def criteria(precheck=PRECHECK):
    profile = sample("city") + precheck.encode()
    return Criteria((("small.yaml", SMALL.read_bytes()),), ("city.yaml", profile))


def start(folder, precheck=PRECHECK):
    workspace = open_workspace(folder, criteria(precheck), person="张评估", create_folder=True)
    site = registering.add_site(workspace, SiteDraft("焦作市䶮泉路小学", "office", "east"))
    row = assessing.start_assessment(workspace, site.id)
    workspace.close()
    return row.id


@pytest.fixture
def hands(qtbot, open_window, prepared, tmp_path):
    """A card on an assessment that was just started, in a city that asks three things."""
    folder = tmp_path / "strict"
    assessment = prepared.copy(start, folder)
    return Hands(qtbot, open_window(folder=folder), folder, assessment)


def test_three_keys_say_that_everything_holds(hands):
    assert hands.current == ["credit"]
    hands.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_1)
    assert hands.stored().passed
    assert len(hands.recorded) == 3
    assert "全部符合" in hands.card.banner.text_label.text()
    assert "张评估" in hands.card.by_label.text()
    assert hands.card.stop_button.isHidden()


def test_each_answer_is_on_disk_at_once_and_seen_again(hands):
    hands.press(Qt.Key.Key_1)
    assert hands.stored().missing == ("honest", "stopped")
    assert hands.current == ["honest"]
    hands.session.reload()
    hands.settle()
    assert hands.chosen() == [True, None, None]
    assert "2" in hands.card.banner.text_label.text()


def test_the_arrows_go_from_question_to_question_and_no_further(hands):
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_J)
    assert hands.current == ["stopped"]
    assert not hands.card.move_question(1)
    hands.press(Qt.Key.Key_Up, Qt.Key.Key_K)
    assert hands.current == ["credit"]
    assert not hands.card.move_question(-1)
    assert not hands.card.choose(3)


def test_what_fails_asks_for_the_reason_in_place_and_stops_only_with_it(hands):
    hands.press(Qt.Key.Key_2)
    row = hands.card.rows[0]
    assert QApplication.focusWidget() is row.reason_edit
    assert hands.card.stop_button.isVisible()
    assert not hands.card.stop_button.isEnabled()
    hands.card.stop()
    hands.settle()
    assert hands.stored().assessment.stage is Stage.SCORING
    hands.type_reason(0, REASON)
    assert hands.stored().assessment.stage is Stage.SCORING
    assert hands.stored().row.findings["credit"] == PrecheckFinding(False, REASON, "近三年没有严重失信记录")
    assert hands.card.stop_button.isEnabled()
    hands.qtbot.mouseClick(hands.card.stop_button, Qt.MouseButton.LeftButton)
    hands.settle()
    standing = hands.stored()
    assert (standing.assessment.stage, standing.assessment.remarks) == (Stage.STOPPED, REASON)
    assert REASON in hands.card.banner.text_label.text()
    assert not hands.session.editable
    assert hands.card.stop_button.isHidden()
    assert not hands.card.choose(1)


def test_digits_in_the_reason_are_letters(hands):
    hands.press(Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_2)
    assert hands.card.rows[0].reason_edit.note() == "12"
    assert hands.chosen() == [False, None, None]


def test_what_held_before_does_not_stand_while_the_reason_is_being_typed(hands):
    hands.press(Qt.Key.Key_1, Qt.Key.Key_Up, Qt.Key.Key_2)
    assert "credit" in hands.stored().missing
    hands.session.reload()
    hands.settle()
    assert hands.chosen()[0] is False, "what is being typed stays"
    hands.card.choose(1)
    hands.settle()
    assert hands.stored().row.findings["credit"].holds


def test_turning_an_answer_round_and_back_keeps_the_reason_typed(hands):
    hands.press(Qt.Key.Key_2)
    hands.type_reason(0, REASON)
    hands.card.choose(1)
    hands.settle()
    assert hands.card.rows[0].reason_edit.isHidden()
    hands.card.rows[0].choose(1)
    assert hands.card.rows[0].reason_edit.note() == REASON


def test_a_reopened_one_shows_what_was_found_to_be_put_right(hands):
    hands.press(Qt.Key.Key_2)
    hands.type_reason(0, REASON)
    hands.card.stop()
    hands.settle()
    other = open_workspace(hands.folder, criteria(), person="李旁人")
    assessing.reopen_assessment(other, hands.assessment, reason="记录已修复")
    other.close()
    hands.session.reload()
    hands.settle()
    assert hands.chosen() == [False, None, None]
    assert hands.card.stop_button.isVisible()
    hands.card.choose(1)
    hands.settle()
    assert hands.stored().failing == ()


def test_what_somebody_else_ended_meanwhile_is_said_and_shown(hands):
    other = open_workspace(hands.folder, criteria(), person="李旁人")
    prechecking.record_precheck(other, hands.assessment, {"credit": PrecheckFinding(holds=False, reason=REASON)})
    other.close()
    notices = []
    hands.context.notices.posted.connect(lambda notice: notices.append(notice.text))
    hands.press(Qt.Key.Key_1)
    assert notices
    assert not hands.session.editable
    assert REASON in hands.card.banner.text_label.text()


def test_a_reason_that_is_too_long_is_told_beside_its_question(hands):
    hands.press(Qt.Key.Key_2)
    hands.type_reason(0, "字" * 4001)
    assert hands.card.rows[0].problem_label.isVisible()
    assert hands.stored().row.findings == {}
    hands.type_reason(0, REASON)
    assert not hands.card.rows[0].problem_label.isVisible()


def test_what_is_typed_is_stored_for_its_own_assessment_when_the_desk_turns_to_another(hands):
    hands.press(Qt.Key.Key_2)
    hands.card.rows[0].reason_edit.setPlainText(REASON)
    other = open_workspace(hands.folder, criteria(), person="李旁人")
    site = registering.add_site(other, SiteDraft("乙单位", "office", "west"))
    second = assessing.start_assessment(other, site.id).id
    other.close()
    hands.open(second)
    assert hands.stored().failing == ("credit",)
    assert hands.chosen() == [None, None, None]


def test_a_city_that_asks_nothing_says_so(qtbot, open_window, tmp_path):
    folder = tmp_path / "calm"
    assessment = start(folder, "")
    hands = Hands(qtbot, open_window(folder=folder), folder, assessment)
    assert not hands.card.asked
    assert hands.card.rows == []
    assert "没有规定" in hands.card.banner.text_label.text()


def test_it_is_said_in_english_with_every_part_named(hands):
    hands.context.i18n.set_language("en")
    hands.card.retranslate()
    row = hands.card.rows[0]
    assert (hands.card.title_label.text(), row.text_label.text()) == ("Pre-check", "No record of dishonesty")
    assert [choice.mark.accessibleName() for choice in row.choices] == ["Holds", "Fails"]
    assert row.choices[0].mark.accessibleDescription() == "No record of dishonesty"
    assert row.reason_edit.accessibleName()
    assert "管理规程" in hands.card.sources_label.text()
    assert browsing.assessment(hands.context.desk.workspace, hands.assessment).stage is Stage.SCORING
