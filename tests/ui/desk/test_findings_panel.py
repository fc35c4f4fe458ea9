"""The panel of findings: written in place, stored with Enter, checked again without a dialog."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.store.foreign import Act, take_in
from ui.desk.findings_panel import FindingsPanel
from ui.models.scoring_session import ScoringSession
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft, FindingState, Severity
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.services import assessing, browsing, finding_faults, prechecking, undoing
from wufei_cells.services.workspace import open_workspace

WAIT = 10_000
MIXED = FindingDraft("A1", "major", "废灯管与生活垃圾混放", "单独存放", "后勤科", "2099-12-01")


class Hands:
    """A panel on an open assessment, what is stored, and the keys of a person."""

    def __init__(self, qtbot, window, folder, assessment):
        self.qtbot = qtbot
        self.context = window.context
        self.folder = folder
        self.assessment = assessment
        self.session = ScoringSession(window.context, window.main)
        self.panel = FindingsPanel(window.context, self.session, window.main)
        self.counts = []
        self.panel.count_changed.connect(self.counts.append)
        self.panel.resize(320, 700)
        self.panel.show()
        with qtbot.waitActive(window.main):
            window.main.activateWindow()
        self.open(assessment)

    def open(self, assessment):
        self.session.open(assessment)
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.session.busy and self.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.settle()

    def fill(self, **typed):
        for name, text in typed.items():
            edit = self.panel.form.edits[name]
            edit.setPlainText(text) if name in ("text", "action") else edit.setText(text)

    def register(self):
        return open_workspace(self.folder, shipped.shipped_criteria(), person="李旁人")

    def stored(self):
        workspace = self.register()
        try:
            return finding_faults.sheet_findings(workspace, self.assessment).own
        finally:
            workspace.close()

    def shown(self):
        return [card.row.finding.text for card in self.panel.cards.values() if card.isVisible()]

    def card(self, row):
        return self.panel.cards[row.id]


@pytest.fixture
def hands(qtbot, open_window, small_register):
    """A panel on an assessment without findings, its first item on the desk."""
    folder, assessment = small_register
    hands = Hands(qtbot, open_window(folder=folder), folder, assessment)
    hands.panel.show_key("A1")
    return hands


@pytest.fixture
def found(hands):
    """One grave finding of the first item, and the panel that shows it."""
    workspace = hands.register()
    row = finding_faults.record_finding(workspace, hands.assessment, MIXED)
    workspace.close()
    hands.panel.read()
    hands.settle()
    return row


def test_a_finding_is_written_and_stored_with_enter_without_a_dialog(hands):
    hands.panel.begin()
    assert QApplication.focusWidget() is hands.panel.form.edits["text"]
    hands.fill(text="灯管混放", action="单独存放", responsible="后勤科", due="2099-12-01")
    hands.panel.form.edits["due"].setFocus()
    hands.press(Qt.Key.Key_Return)
    [row] = hands.stored()
    kept = row.finding
    assert (kept.item, kept.severity, kept.text, kept.action) == ("A1", Severity.MINOR, "灯管混放", "单独存放")
    assert (kept.responsible, kept.due) == ("后勤科", date(2099, 12, 1))
    assert hands.panel.form.isHidden()
    assert hands.shown() == ["灯管混放"]
    assert hands.counts[-1] == 1


def test_enter_in_the_text_is_a_new_line_and_with_control_it_stores(hands):
    hands.panel.begin()
    hands.fill(text="灯管混放")
    hands.press(Qt.Key.Key_Return)
    assert hands.stored() == ()
    hands.press(Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert [row.finding.text for row in hands.stored()] == ["灯管混放"]


def test_a_digit_on_the_grades_chooses_one_and_never_scores(hands):
    hands.panel.begin()
    hands.fill(text="灯管混放")
    hands.panel.form.chips[Severity.MINOR].setFocus()
    hands.press(Qt.Key.Key_1)
    hands.panel.form.submit()
    hands.settle()
    assert [row.finding.severity for row in hands.stored()] == [Severity.MAJOR]
    assert hands.session.rows == {}


def test_a_term_is_a_press_away(hands):
    hands.panel.begin()
    hands.panel.form.term_buttons[15].click()
    assert hands.panel.form.draft().due == (date.today() + timedelta(days=15)).isoformat()  # noqa: DTZ011 - as the form


def test_what_is_wrong_is_told_beside_each_field_and_nothing_is_lost(hands):
    hands.panel.begin()
    hands.fill(action="单独存放", due="下周")
    hands.panel.form.submit()
    hands.settle()
    problems = hands.panel.form.problems
    assert [name for name, label in problems.items() if label.isVisible()] == ["text", "due"]
    assert QApplication.focusWidget() is hands.panel.form.edits["text"]
    assert hands.panel.form.draft().action == "单独存放"
    hands.fill(text="灯管混放", due="2099-12-01")
    hands.panel.form.submit()
    hands.settle()
    assert len(hands.stored()) == 1


def test_escape_leaves_the_form_and_stores_nothing(hands):
    hands.panel.begin()
    hands.fill(text="灯管混放")
    hands.press(Qt.Key.Key_Escape)
    assert hands.panel.form.isHidden()
    assert hands.stored() == ()


def test_what_is_being_written_stays_with_its_item_when_the_desk_goes_on(hands):
    hands.panel.begin()
    hands.fill(text="灯管混放")
    hands.panel.show_key("A2")
    hands.panel.begin()
    hands.panel.form.submit()
    hands.settle()
    assert [row.finding.item for row in hands.stored()] == ["A1"]


def test_what_is_being_written_is_stored_when_the_desk_is_left(hands):
    hands.panel.begin()
    hands.fill(text="灯管混放")
    hands.panel.flush()
    hands.settle()
    assert [row.finding.text for row in hands.stored()] == ["灯管混放"]


def test_the_panel_shows_the_item_on_the_desk_or_the_whole_assessment(hands, found):
    assert hands.shown() == [MIXED.text]
    hands.panel.show_key("A2")
    assert hands.shown() == []
    assert hands.panel.empty_label.isVisible()
    hands.panel.scope_chips["all"].click()
    assert hands.shown() == [MIXED.text]
    hands.panel.show_key("facts.")
    assert hands.panel.scope_chips["item"].isHidden()
    assert hands.shown() == [MIXED.text]


def test_one_is_written_anew_and_taken_off_in_place(hands, found):
    hands.card(found).buttons["edit"].click()
    assert hands.panel.form.draft() == MIXED
    hands.fill(text="混放严重")
    hands.panel.form.submit()
    hands.settle()
    assert [(row.id, row.finding.text) for row in hands.stored()] == [(found.id, "混放严重")]
    assert hands.shown() == ["混放严重"]
    hands.card(found).buttons["drop"].click()
    hands.settle()
    assert hands.stored() == ()
    assert hands.counts[-1] == 0


def test_a_check_is_noted_in_place(hands, found):
    card = hands.card(found)
    card.buttons["check"].click()
    assert QApplication.focusWidget() is card.note_edit
    card.note_edit.setPlainText("台账没有登记")
    card.open_button.click()
    hands.settle()
    [row] = hands.stored()
    assert (row.state, row.check_note, row.checked_by) == (FindingState.OPEN, "台账没有登记", "张评估")
    assert card.check_area.isHidden()
    assert "台账没有登记" in card.check_label.text()
    card.buttons["check"].click()
    card.closed_button.click()
    hands.settle()
    assert hands.stored()[0].state is FindingState.CLOSED
    assert hands.counts[-1] == 0


def test_a_day_that_cannot_be_is_told_beside_the_check(hands, found):
    card = hands.card(found)
    card.buttons["check"].click()
    card.day_edit.setText("2001-01-01")
    card.closed_button.click()
    hands.settle()
    assert card.day_problem.isVisible()
    assert hands.stored()[0].state is FindingState.OPEN


def test_put_right_is_one_press(hands, found):
    hands.card(found).buttons["done"].click()
    hands.settle()
    assert hands.stored()[0].state is FindingState.DONE
    assert hands.card(found).buttons["done"].isHidden()


def test_overdue_is_marked_with_a_word(hands):
    workspace = hands.register()
    with workspace.database.writing() as connection:
        due = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011 - as the card
        value = {"assessment": hands.assessment, "item": "A1", "severity": "minor", "text": "标识褪色"}
        value |= {"action": "", "responsible": "", "due": due}
        draft = undoing.Draft("finding", "f" * 32, "finding", value)
        workspace.write(connection, [draft])
    workspace.close()
    hands.panel.read()
    hands.settle()
    assert hands.panel.cards["f" * 32].state_label.text() == "已逾期"


def test_two_wordings_are_said_until_one_is_written_that_replaces_both(hands, found):
    workspace = hands.register()
    value = {"assessment": hands.assessment, "item": "A1", "severity": "minor", "text": "有少量混放"}
    value |= {"action": "", "responsible": "", "due": None}
    take_in(workspace.database, [Act("laptop", 1, "finding", found.id, "finding", 900, value, ())])
    workspace.close()
    hands.panel.read()
    hands.settle()
    card = hands.card(found)
    assert card.conflict_label.isVisible()
    card.buttons["edit"].click()
    hands.panel.form.submit()
    hands.settle()
    assert card.conflict_label.isHidden()
    assert hands.stored()[0].values == 1


def test_a_note_of_an_item_that_lost_points_is_offered_as_a_finding(hands):
    sheet = hands.session.sheet
    assert sheet is not None
    hands.session.edit("G1", Answer("no", note="没有专人负责"), typing=False)
    hands.settle()
    hands.panel.show_key("G1")
    assert hands.panel.proposal.isVisible()
    hands.panel.proposal.action_button.click()
    assert hands.panel.form.draft().text == "没有专人负责"
    hands.panel.form.submit()
    hands.settle()
    assert [(row.finding.item, row.finding.text) for row in hands.stored()] == [("G1", "没有专人负责")]
    assert hands.panel.proposal.isHidden()


def test_a_finished_assessment_takes_no_finding_but_every_check(hands, found):
    workspace = hands.register()
    questions = prechecking.questions(workspace, hands.assessment)
    shut_out = {questions[0].key: PrecheckFinding(holds=False, reason="有失信记录")}
    prechecking.record_precheck(workspace, hands.assessment, shut_out)
    workspace.close()
    hands.session.reload()
    hands.settle()
    card = hands.card(found)
    assert hands.panel.new_button.isHidden()
    assert hands.panel.closed_label.isVisible()
    assert card.buttons["edit"].isHidden()
    hands.panel.begin()
    assert hands.panel.form.isHidden()
    card.buttons["done"].click()
    hands.settle()
    assert hands.stored()[0].state is FindingState.DONE


def test_what_the_last_assessment_left_open_stands_on_top(hands, found):
    workspace = hands.register()
    questions = prechecking.questions(workspace, hands.assessment)
    shut_out = {questions[0].key: PrecheckFinding(holds=False, reason="有失信记录")}
    prechecking.record_precheck(workspace, hands.assessment, shut_out)
    site = browsing.assessment(workspace, hands.assessment).site
    new = assessing.start_assessment(workspace, site).id
    workspace.close()
    hands.open(new)
    assert hands.panel.carried_title.isVisible()
    assert hands.shown() == [MIXED.text]
    assert hands.counts[-1] == 1
    card = hands.card(found)
    assert card.buttons["edit"].isHidden()
    card.buttons["check"].click()
    card.closed_button.click()
    hands.settle()
    assert hands.shown() == []
    assert hands.panel.carried_title.isHidden()


def test_the_words_follow_the_language_and_everything_is_named(hands, found):
    hands.context.i18n.set_language("en")
    hands.panel.retranslate()
    card = hands.card(found)
    assert (card.severity_label.text(), card.state_label.text()) == ("Major", "open")
    assert card.accessibleName() == f"Major open {MIXED.text}"
    hands.panel.begin()
    assert [edit.accessibleName() for edit in hands.panel.form.edits.values()] == [
        "What was found",
        "What is to be done",
        "Who is responsible",
        "Due",
    ]
