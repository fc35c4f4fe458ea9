"""What is done with a whole assessment: open, finish, decide, reopen, export; and what the desk says meanwhile."""

from __future__ import annotations

import sqlite3
from functools import partial

import openpyxl
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from ui.dialogs.decide_dialog import DecideDialog
from ui.dialogs.desk_steps import STEP_DIALOGS
from ui.dialogs.explain_dialog import ExplainDialog
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.models.desk_items_model import FACTS, PRECHECK
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, browsing, deciding
from wufei_cells.store import database
from wufei_cells.store.database import FILE_NAME

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape
SITE = "焦作市䶮泉路小学"
ANYWAY = "仍要完成"
GOOD = {
    "G1": "yes",
    "A1": "yes",
    "A2": "all",
    "A3": ["green", "buy", "sort"],
    "A4": {"training": "yes", "meetings": "2"},
    "B1": "0",
    "B2": {"part": "95", "whole": "100"},
    "B3": {"head": "1"},
}


def answer_all(desk, **other):
    """Answer everything beside the window and have the desk read it."""
    workspace = desk.opened()
    given = {key: Answer(value) for key, value in {**GOOD, **other}.items()}
    assessing.record_answers(workspace, desk.assessment, given)
    workspace.close()
    desk.page.session.reload()
    desk.settle()


def dialog(desk, kind):
    """Wait for a dialog of the page and give it."""
    found = []

    def opened():
        found[:] = [each for each in desk.window.main.findChildren(kind) if each.isVisible()]
        return bool(found)

    desk.qtbot.waitUntil(opened, timeout=5000)
    return found[0]


def finish(desk):
    """Press what finishes an assessment; once more where evidence is wanting."""
    press_finish(desk)
    if desk.page.desk.header.buttons["finish"].text() == ANYWAY:
        press_finish(desk)


def press_finish(desk):
    desk.page.desk.card.setFocus()
    desk.qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ControlModifier)
    desk.settle()


def review(desk):
    """Let somebody who did not assess recommend it."""
    workspace = desk.opened("陈初审")
    deciding.review(workspace, desk.assessment)
    workspace.close()
    desk.page.session.reload()
    desk.settle()


def test_what_had_better_have_evidence_is_named_before_it_is_finished(desk):
    answer_all(desk)
    press_finish(desk)
    assert SITE in desk.notices[-1]
    assert "A2" in desk.notices[-1]
    assert desk.stored().assessment.stage is Stage.SCORING
    assert desk.page.desk.header.buttons["finish"].text() == ANYWAY
    press_finish(desk)
    assert desk.stored().assessment.stage is Stage.FINISHED
    assert desk.page.desk.header.buttons["finish"].text() == "完成评估"


def test_it_is_asked_anew_once_something_changed(desk):
    answer_all(desk)
    press_finish(desk)
    desk.page.go_to("B1")
    desk.press("2")
    desk.settle()
    assert desk.page.desk.header.buttons["finish"].text() == "完成评估"
    press_finish(desk)
    assert desk.stored().assessment.stage is Stage.SCORING


def test_what_was_said_before_finishing_goes_with_its_site(desk):
    answer_all(desk)
    press_finish(desk)
    bar = desk.window.main.notice_bar
    assert SITE in bar.notice.text
    desk.room.show_list()
    assert bar.notice is None
    assert desk.page.desk.header.buttons["finish"].text() == "完成评估"


def test_finishing_too_early_jumps_to_what_is_missing_and_says_so(desk):
    answer_all(desk, B2={"part": "95"})
    header = desk.page.desk.header
    assert not header.buttons["finish"].isEnabled()
    assert "还缺 1 项" in header.buttons["finish"].toolTip()
    desk.page.go_to("A1")
    finish(desk)
    assert desk.page.key == "B2"
    assert desk.notices[-1].startswith("“B2”还没有填")
    assert desk.stored().assessment.stage is Stage.SCORING


def test_finishing_waits_for_what_could_not_be_stored(desk):
    answer_all(desk)
    desk.page.go_to("B1")
    desk.press("1")
    desk.write("处")
    desk.press(ESCAPE)
    desk.page.go_to("A1")
    finish(desk)
    assert desk.page.key == "B1"
    assert "还没有存上" in desk.notices[-1]
    assert desk.stored().assessment.stage is Stage.SCORING


def test_finish_decide_and_the_next_step_each_lead_on(desk):
    answer_all(desk)
    for _ in range(2):  # once more although evidence is wanting
        desk.qtbot.mouseClick(desk.page.desk.header.buttons["finish"], Qt.MouseButton.LeftButton)
        desk.settle()
    assert "已完成" in desk.notices[-1]
    assert desk.page.desk.banner.text_label.text().startswith("评估已完成，等待县级初审")
    review(desk)
    desk.qtbot.mouseClick(desk.page.desk.header.buttons["decide"], Qt.MouseButton.LeftButton)
    asked = dialog(desk, DecideDialog)
    assert "38.5" in asked.verdict_label.text()
    assert not asked.confirm_button.isEnabled()
    desk.qtbot.mouseClick(asked.approve_row, Qt.MouseButton.LeftButton)
    assert asked.confirm_button.text() == "决定通过"
    desk.qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    desk.settle()
    row = desk.stored().assessment
    assert (row.stage, row.decided_by) == (Stage.APPROVED, "张评估")
    with desk.qtbot.waitSignal(desk.page.issue_requested) as wanted:
        desk.page.desk.header.buttons["to_certificates"].click()
    assert wanted.args == [desk.assessment]


def test_what_did_not_pass_can_only_be_rejected_with_remarks(desk):
    answer_all(desk, G1="no")
    finish(desk)
    desk.page.steps.ask("decide")
    asked = dialog(desk, DecideDialog)
    assert not asked.approve_row.mark.isEnabled()
    desk.qtbot.mouseClick(asked.approve_row, Qt.MouseButton.LeftButton)
    assert not asked.approve_row.is_chosen()
    desk.qtbot.mouseClick(asked.reject_row, Qt.MouseButton.LeftButton)
    assert not asked.confirm_button.isEnabled()
    desk.write("有失信记录", asked.remarks_edit)
    desk.qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    desk.settle()
    row = desk.stored().assessment
    assert (row.stage, row.remarks) == (Stage.REJECTED, "有失信记录")
    assert "有失信记录" in desk.page.desk.banner.text_label.text()


def test_reopening_needs_a_reason_and_lets_answers_be_changed_again(desk):
    answer_all(desk)
    finish(desk)
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "yes", "a finished assessment takes no answers"
    desk.page.desk.header.buttons["reopen"].click()
    asked = dialog(desk, ReasonDialog)
    assert not asked.confirm_button.isEnabled()
    desk.write("漏看一项", asked.reason_edit)
    desk.qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert "漏看一项" in desk.page.desk.banner.text_label.text()
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "no"


def test_the_scoresheet_is_written_where_the_person_says(desk, tmp_path):
    answer_all(desk)
    desk.page.desk.header.buttons["export"].click()
    asked = dialog(desk, SaveDialog)
    target = tmp_path / "评分表.xlsx"
    asked.fileSelected.emit(str(target))
    asked.close()
    desk.settle()
    book = openpyxl.load_workbook(target)
    cells = [str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value]
    assert any("焦作市䶮泉路小学" in cell for cell in cells)
    assert str(target) in desk.notices[-1]


@pytest.fixture
def impatient(monkeypatch):
    """Wait only briefly for a register that another program keeps locked."""
    monkeypatch.setattr(database, "PATIENCE", 0.2)


def test_an_answer_the_machine_cannot_store_stays_in_the_form_and_is_stored_on_request(impatient, desk):
    desk.page.go_to("A1")
    blocker = sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    desk.press("1")
    desk.qtbot.waitUntil(lambda: "A1" in desk.page.session.unsaved, timeout=30_000)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert desk.card.editor.value() == "yes"
    assert desk.card.banner.text_label.text().startswith("这个回答没有存上")
    assert desk.page.items.state("A1").value == "unsaved"
    assert desk.value("A1") is None
    desk.qtbot.mouseClick(desk.card.banner.action_button, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.value("A1") == "yes"
    assert desk.card.banner.isHidden()


def test_an_assessment_finished_elsewhere_takes_no_more_answers(desk):
    answer_all(desk)
    other = desk.opened()
    assessing.finish_assessment(other, desk.assessment)
    other.close()
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "yes"
    assert desk.page.desk.banner.text_label.text().startswith("评估已完成")
    assert desk.card.editor.value() == "no", "what was chosen is still in view, marked as not stored"
    assert desk.page.desk.bar.unsaved_button.isVisible()


def test_why_shows_the_whole_working_and_leads_back_to_an_item(desk):
    answer_all(desk)
    desk.page.desk.card.setFocus()
    desk.press("w")
    why = dialog(desk, ExplainDialog)
    assert "38.5" in why.verdict_label.text()
    found = why.tree.findItems("B2", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert found
    assert found[0].text(1) == "9.5"
    why.tree.itemActivated.emit(found[0], 0)
    assert desk.page.key == "B2"
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert "33.5" in why.verdict_label.text(), "it follows the answers"
    why.close()
    QApplication.processEvents()
    desk.page.steps.show_why()
    assert dialog(desk, ExplainDialog) is not None


def test_the_list_shows_how_far_each_is_and_opens_with_enter(desk):
    answer_all(desk, A1=None)
    desk.qtbot.mouseClick(desk.page.desk.header.back_button, Qt.MouseButton.LeftButton)
    desk.settle()
    model, table = desk.room.listing, desk.room.pane.table
    desk.qtbot.waitUntil(lambda: model.index(0, 6).data() not in ("", "…"), timeout=5000)
    assert [model.index(0, column).data() for column in range(7)] == [
        "焦作市䶮泉路小学",
        "无废机关",
        "打分中",
        "–",
        "王伟、李娜",
        "7 / 8",
        "33.5–38.5",
    ]
    desk.room.pane.search_edit.setText("没有这家")
    assert model.rowCount() == 0
    assert not desk.room.pane.table_state.showing_content
    desk.room.pane.table_state.action_button.click()
    assert model.rowCount() == 1
    table.setCurrentIndex(model.index(0, 0))
    desk.qtbot.keyClick(table, ENTER)
    desk.settle()
    assert desk.page.session.assessment.id == desk.assessment
    assert desk.page.key == "A1", "it opens at what is missing"


def test_going_back_finds_the_same_item_again(desk):
    desk.page.go_to("B2")
    desk.window.main.show_room("sites")
    desk.settle()
    desk.window.main.go_back()
    desk.settle()
    assert desk.window.main.current_room == "assessment"
    assert desk.page.key == "B2"


def test_an_empty_register_says_what_to_do(qtbot, open_window, register):
    window = open_window(register)
    page = window.main.show_room("assessment")
    open_window.settle(window)
    with qtbot.waitSignal(page.sites_requested):
        qtbot.mouseClick(page.pane.state.action_button, Qt.MouseButton.LeftButton)


@pytest.fixture
def office(qtbot, open_window, register):
    """The page with an assessment by the shipped checklist of offices, whose facts are not known."""
    site = register.add_sites("解放区政府")[0]
    assessment = register.start_assessment(site.id)
    window = open_window(register)
    window.main.show_assessment(assessment.id)
    page = window.main.page("assessment").scoring
    qtbot.waitUntil(lambda: page.session.sheet is not None, timeout=10_000)
    open_window.settle(window)
    return window, page, site.id


def test_missing_facts_come_first_and_are_answered_on_the_desk(qtbot, open_window, office, register):
    window, page, site = office
    assert page.key == PRECHECK, "what may shut the site out comes before everything"
    assert page.reading.open_after("") == PRECHECK
    page.go_to(FACTS)
    form = page.desk.facts_form
    for field in form.fields.values():
        field.field.setCurrentIndex(field.field.findData("no"))
        open_window.settle(window)
    assert page.reading.missing_facts() == []
    workspace = register.opened()
    assert set(browsing.site(workspace, site).facts.values()) == {"no"}
    workspace.close()
    listed = page.items.keys()
    excluded = [key for key in listed if page.items.state(key).value == "not_applicable"]
    assert excluded
    page.go_to(excluded[0])
    assert page.desk.card.banner.text_label.text().startswith("按单位情况，这一条不适用")
    with qtbot.waitSignal(page.site_requested) as wanted:
        page.go_to(FACTS)
        page.desk.site_button.click()
    assert wanted.args == [site]


def test_every_dialog_frees_itself_when_it_is_closed(desk):
    answer_all(desk)
    finish(desk)
    for open_dialog in (
        *(partial(desk.page.steps.ask, step) for step in STEP_DIALOGS),
        desk.page.steps.reopen,
        desk.page.steps.export,
        desk.page.steps.show_why,
    ):
        open_dialog()
        shown = dialog(desk, QDialog)
        shown.close()
        desk.qtbot.waitUntil(lambda shown=shown: not shiboken6.isValid(shown), timeout=5000)
