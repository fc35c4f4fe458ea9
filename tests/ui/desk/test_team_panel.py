"""The team beside the desk: adding sheets, who is how far, what differs, and whose value stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk.team_room import Room
from ui.desk.team_panel import TeamPanel
from ui.dialogs.differences_dialog import DifferencesDialog
from ui.dialogs.reason_dialog import ReasonDialog
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing, teaming

LI, ZHAO = "李娜", "赵强"
FULL = {
    "G1": Answer("yes"),
    "A1": Answer("yes"),
    "A2": Answer("all", note="抽查三个月"),
    "A3": Answer(["green", "sort"]),
    "A4": Answer({"training": "yes", "meetings": "2"}),
    "B1": Answer("0"),
    "B2": Answer({"part": "95", "whole": "100"}),
    "B3": Answer({"year": {"before": "100", "after": "90"}, "head": "2"}),
}
OTHERWISE = {
    "A2": Answer({"level": "some", "points": "4", "reason": "缺六月"}, note="六月没有见到"),
    "B1": Answer("2", note="后院两个桶盖破损"),
}


class Beside:
    """The panel in a window of its own beside the open desk, and the hands of a person."""

    def __init__(self, qtbot, desk):
        self.qtbot, self.desk = qtbot, desk
        self.panel = TeamPanel(desk.context, desk.session)
        self.counts, self.requested = [], []
        self.panel.count_changed.connect(self.counts.append)
        self.panel.sheet_requested.connect(self.requested.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(340, 640)
        with qtbot.waitActive(self.panel):
            self.panel.show()
            self.panel.activateWindow()
        self.read()

    def settle(self):
        self.desk.settle()

    def read(self, key="A2"):
        self.panel.refresh()
        self.settle()
        self.panel.show_key(key)

    def line(self, words):
        return next(line for line in self.panel.lines if words in line.name_label.text())

    def alone(self, name, **other):
        """Let somebody score alone elsewhere."""
        workspace = self.desk.opened(name)
        sheet = teaming.add_sheet(workspace, self.desk.assessment, "onsite", [name], alone=True)
        assessing.record_answers(workspace, sheet.id, {**FULL, **other})
        workspace.close()
        return sheet.id

    def lock(self, name, sheet):
        workspace = self.desk.opened(name)
        teaming.lock(workspace, sheet)
        workspace.close()

    def pair(self):
        """Two who scored alone and are ready."""
        sheets = self.alone(LI), self.alone(ZHAO, **OTHERWISE)
        for name, sheet in zip((LI, ZHAO), sheets, strict=True):
            self.lock(name, sheet)
        self.read()
        return sheets

    def dialog(self, kind):
        found = [one for one in self.panel.findChildren(kind) if one.isVisible()]
        assert found, "no such dialog is open"
        self.settle()
        return found[0]


@pytest.fixture
def beside(qtbot, open_window, small_register):
    folder, assessment = small_register
    return Beside(qtbot, Room(qtbot, open_window(folder=folder, person="王伟"), folder, assessment))


@pytest.fixture
def outside(qtbot, open_window, small_register):
    """The window of somebody who neither scores on a sheet nor works on the whole."""
    folder, assessment = small_register
    return Beside(qtbot, Room(qtbot, open_window(folder=folder, person="旁人"), folder, assessment))


def test_without_a_team_it_says_what_it_is_for(beside):
    assert not beside.panel.hint_label.isHidden()
    assert beside.panel.lines == []
    assert not beside.panel.compare_button.isEnabled()
    assert beside.panel.opinions.isHidden()


def test_several_who_score_alone_are_added_in_one_go(beside):
    beside.panel.add_button.click()
    form = beside.panel.form
    form.names_edit.setText(f"{LI}，{ZHAO}")
    beside.qtbot.keyClick(form.names_edit, Qt.Key.Key_Return)
    beside.settle()
    assert [row.assessors for row in beside.panel.view.team.sheets] == [(LI,), (ZHAO,)]
    assert form.isHidden()
    assert beside.line(ZHAO).state_label.text() == "打分中 · 已答 0/9 · 全部锁定后可见"
    assert "drop" in beside.line(ZHAO).buttons
    assert not {"open", "lock"} & set(beside.line(ZHAO).buttons)


def test_what_cannot_be_added_is_said_in_the_form_and_nothing_is_added(beside):
    beside.alone(LI)
    beside.read()
    beside.panel.add_button.click()
    form = beside.panel.form
    form.names_edit.setText(f"{ZHAO}、{LI}")
    form.add_button.click()
    beside.settle()
    assert "已经有一份打分表" in form.problem_label.text()
    assert len(beside.panel.view.team.sheets) == 1
    beside.qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert form.isHidden()


def test_a_column_is_added_opened_and_locked_from_the_list(beside):
    beside.panel.add_button.click()
    form = beside.panel.form
    form.column_box.setCurrentIndex(form.column_box.findData("self"))
    form.names_edit.setText("王主任")
    form.add_button.click()
    beside.settle()
    line = beside.line("自评 王主任")
    line.buttons["open"].click()
    assert beside.requested == [line.row.id]
    line.buttons["lock"].click()
    beside.settle()
    assert "A1" in beside.desk.notices[-1], "what is missing is named"
    assert not line.row.locked


def test_the_answers_of_others_show_only_when_all_are_ready(beside):
    one, two = beside.alone(LI), beside.alone(ZHAO, **OTHERWISE)
    beside.lock(LI, one)
    beside.read()
    assert len(beside.panel.view.side.parts) == 0
    assert beside.counts[-1] == 0
    assert ZHAO in beside.panel.summary_label.text()
    beside.lock(ZHAO, two)
    beside.read()
    assert beside.counts[-1] == 2
    assert beside.panel.opinions.title_label.text() == "本条各方相差 4 分"
    assert set(beside.panel.opinions.take_buttons) == {one, two}


def test_one_click_takes_a_value_over_with_its_note(beside):
    _one, two = beside.pair()
    beside.panel.opinions.take_buttons[two].click()
    beside.settle()
    assert beside.desk.stored().answers["A2"].answer == OTHERWISE["A2"]
    assert beside.panel.view.side.row("A2").origin == two
    assert beside.counts[-1] == 1
    assert two not in beside.panel.opinions.take_buttons


def test_opening_a_locked_sheet_again_asks_for_a_reason_once_it_could_be_seen(beside):
    _one, two = beside.pair()
    beside.line(ZHAO).buttons["unlock"].click()
    dialog = beside.dialog(ReasonDialog)
    assert not dialog.confirm_button.isEnabled()
    dialog.reason_edit.setPlainText("补看六月台账")
    dialog.confirm_button.click()
    beside.settle()
    workspace = beside.desk.opened(ZHAO)
    assert browsing.assessment(workspace, two).remarks == "补看六月台账"
    workspace.close()
    assert beside.panel.view.team.waiting


def test_only_who_scores_on_a_sheet_or_on_the_whole_decides_about_it(outside):
    outside.pair()
    assert set(outside.line(ZHAO).buttons) == {"open"}


def test_who_scored_when_the_others_could_be_seen_is_named_everywhere(beside):
    _one, two = beside.pair()
    workspace = beside.desk.opened(ZHAO)
    teaming.unlock(workspace, two, reason="补看六月台账")
    teaming.lock(workspace, two)
    workspace.close()
    beside.read()
    assert "不计入一致率" in beside.line(ZHAO).state_label.text()
    assert "后补" in beside.line(ZHAO).name_label.text()
    assert f"{ZHAO} 的表在其他表可以查看之后" in beside.panel.summary_label.text()
    beside.panel.compare_button.click()
    dialog = beside.dialog(DifferencesDialog)
    assert "后补" in dialog.table.horizontalHeaderItem(2).text()
    assert "没有计入" in dialog.agreement_label.text()
    assert [row.key for row in dialog.shown] == ["A2", "B1"], "what differs is to be decided all the same"
    dialog.close()


def test_names_are_listed_as_the_language_does(beside):
    beside.alone(LI)
    beside.alone(ZHAO)
    beside.read()
    assert f"{LI}、{ZHAO}" in beside.panel.summary_label.text()
    beside.desk.context.i18n.set_language("en")
    beside.read()
    assert f"{LI}, {ZHAO}" in beside.panel.summary_label.text()
    assert "王伟, 李娜" in beside.panel.lines[0].name_label.text()


def test_the_list_of_differences_is_worked_through_with_the_keyboard(beside):
    one, two = beside.pair()
    beside.panel.compare_button.click()
    dialog = beside.dialog(DifferencesDialog)
    table = dialog.table
    assert [row.key for row in dialog.shown] == ["A2", "B1"]
    assert (table.currentRow(), table.currentColumn()) == (0, 1)
    beside.qtbot.keyClick(table, Qt.Key.Key_Right)
    assert ZHAO in dialog.take_button.text()
    assert "六月没有见到" in dialog.detail_label.text()
    beside.qtbot.keyClick(table, Qt.Key.Key_Return)
    beside.settle()
    beside.qtbot.keyClick(table, Qt.Key.Key_Left)
    beside.qtbot.keyClick(table, Qt.Key.Key_Return)
    beside.settle()
    side = dialog.view.side
    assert {row.key: row.origin for row in side.rows if row.origin} == {"A2": two, "B1": one}
    dialog.agreed_button.click()
    beside.settle()
    assert {key: row.answer for key, row in beside.desk.stored().answers.items()} == {**FULL, "A2": OTHERWISE["A2"]}
    assert not dialog.agreed_button.isEnabled()
    dialog.filter_chip.setChecked(False)
    assert len(dialog.shown) == 9
    dialog.close()


def test_differences_wait_until_all_are_ready_and_say_for_whom(beside):
    beside.alone(ZHAO)
    beside.read()
    beside.panel.show_differences()
    dialog = beside.dialog(DifferencesDialog)
    assert not dialog.state_view.showing_content
    assert ZHAO in dialog.state_view.text
    dialog.close()


def test_everything_speaks_english_too(beside):
    beside.pair()
    beside.desk.context.i18n.set_language("en")
    beside.panel.retranslate()
    beside.read()
    texts = [label.text() for label in (beside.panel.sheets_label, beside.panel.summary_label)]
    texts += [line.state_label.text() for line in beside.panel.lines]
    assert not [text for text in texts if "team." in text]
    assert "locked" in beside.line(ZHAO).state_label.text()
