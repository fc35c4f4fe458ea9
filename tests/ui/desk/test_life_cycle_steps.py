"""The way from scoring to the decision at the desk: what is offered, what is locked, and what a refusal looks like."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.desk.test_assessment_page_steps import answer_all, dialog, finish, review
from ui.dialogs.appeals_dialog import AppealsDialog
from ui.dialogs.application_dialog import ApplicationDialog
from ui.dialogs.decide_dialog import DecideDialog
from ui.dialogs.return_dialog import ReturnDialog
from ui.dialogs.review_dialog import ReviewDialog
from ui.widgets.desk_header import next_step
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.objections import Outcome
from wufei_cells.domain.process import Process
from wufei_cells.services import objecting, returning, roles

WHOLE_WAY = Process(application=True, first_review=True, notice_days=7, naming=True)


@pytest.fixture
def finished(desk):
    """A desk whose assessment is finished."""
    answer_all(desk)
    finish(desk)
    return desk


def send_back(desk, **remarks):
    workspace = desk.opened("陈初审")
    returning.send_back(workspace, desk.assessment, remarks, reason="材料不全")
    workspace.close()
    desk.page.session.reload()
    desk.settle()


def offered(header):
    return [step for step, button in header.buttons.items() if button.isVisibleTo(header) and step != "export"]


@pytest.mark.parametrize(
    ("stage", "plain", "whole"),
    [
        (Stage.APPLIED, "start", "start"),
        (Stage.SCORING, "finish", "finish"),
        (Stage.FINISHED, "decide", "review"),
        (Stage.REVIEWED, "decide", "decide"),
        (Stage.APPROVED, "issue", "to_certificates"),
        (Stage.NOTICED, "issue", "to_certificates"),
        (Stage.NAMED, "issue", "issue"),
        (Stage.CERTIFIED, "", ""),
        (Stage.REJECTED, "", ""),
    ],
)
def test_the_next_step_is_the_one_the_city_takes(stage, plain, whole):
    assert (next_step(stage, Process()), next_step(stage, WHOLE_WAY)) == (plain, whole)


def test_what_is_sent_back_can_be_mended_and_everything_else_says_why_not(finished):
    desk = finished
    desk.page.desk.header.buttons["send_back"].click()
    asked = dialog(desk, ReturnDialog)
    assert asked.list.item(0).text().startswith("B2"), "what lost points comes first"
    assert not asked.confirm_button.isEnabled()
    asked.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert "B2" in asked.hint_label.text()
    assert not asked.confirm_button.isEnabled(), "each needs a remark"
    desk.write("台账缺三季度", asked.remark_edit)
    asked.confirm_button.click()
    desk.settle()
    assert desk.stored().assessment.returned == {"B2": "台账缺三季度"}
    assert desk.page.key == "B2"
    assert "台账缺三季度" in desk.card.sent_back.text_label.text()
    assert offered(desk.page.desk.header) == ["finish"]
    desk.page.go_to("A1")
    desk.page.desk.card.setFocus()
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "yes"
    assert desk.notices[-1].startswith("已锁定")
    assert "B2" in desk.notices[-1]
    desk.page.set_filter("returned")
    assert desk.page.items.first_match() == "B2"
    assert desk.page.desk.filters.chips["returned"].text() == "退回 1"


def test_the_grid_locks_what_was_not_sent_back(finished):
    desk = finished
    send_back(desk, A1="方案没有盖章")
    desk.page.show_view("grid")
    QApplication.processEvents()
    grid = desk.page.panels.built["grid"]
    lines = {key: grid.model.line_of(key) for key in ("A1", "A2")}
    assert (lines["A1"].editable, lines["A1"].locked) == (True, False)
    assert (lines["A2"].editable, lines["A2"].locked) == (False, True)
    grid.table.go_to("A2")
    desk.qtbot.keyClicks(grid.table, "3")
    assert desk.notices[-1].startswith("已锁定")


def test_a_refusal_stands_in_the_dialog_which_stays_open(finished):
    desk = finished
    desk.page.desk.header.buttons["review"].click()
    asked = dialog(desk, ReviewDialog)
    asked.confirm_button.click()
    desk.settle()
    assert desk.stored().assessment.reviewed_by == "张评估"
    desk.page.desk.header.buttons["decide"].click()
    asked = dialog(desk, DecideDialog)
    assert "张评估" in asked.people_label.text()
    desk.qtbot.mouseClick(asked.approve_row, Qt.MouseButton.LeftButton)
    asked.confirm_button.click()
    desk.settle()
    assert asked.isVisible()
    assert "换一个人" in asked.problem_label.text()
    assert asked.confirm_button.isEnabled()


def test_an_appeal_that_is_upheld_leads_to_sending_its_item_back(finished):
    desk = finished
    review(desk)
    desk.page.desk.header.more["appeals"].trigger()
    asked = dialog(desk, AppealsDialog)
    asked.begin_new()
    asked.item_box.setCurrentIndex(asked.item_box.findData("B3"))
    desk.write("用纸数据有误", asked.text_edit)
    asked.enter_button.click()
    desk.settle()
    asked.outcome_box.setCurrentIndex(asked.outcome_box.findData(Outcome.UPHELD.value))
    asked.settle_button.click()
    desk.settle()
    assert asked.settle_problem.isVisible(), "a reason is needed"
    desk.write("已核实", asked.reason_edit)
    asked.settle_button.click()
    desk.settle()
    workspace = desk.opened()
    assert [row.outcome for row in objecting.objections(workspace, desk.assessment)] == [Outcome.UPHELD]
    workspace.close()
    asked.return_button.click()
    assert dialog(desk, ReturnDialog).chosen == {"B3": "已核实"}


def test_the_application_says_beside_the_field_what_is_missing(desk):
    desk.page.desk.header.more["application"].trigger()
    asked = dialog(desk, ApplicationDialog)
    assert asked.signatory_edit.text() == "周校长"
    asked.signatory_edit.clear()
    asked.confirm_button.click()
    desk.settle()
    assert asked.problem_labels["signatory"].isVisible()
    asked.signatory_edit.setText("吴校长")
    asked.confirm_button.click()
    desk.settle()
    assert not any(each.isVisible() for each in desk.window.main.findChildren(ApplicationDialog))


def test_the_desk_is_read_only_for_who_does_not_score_and_says_whose_work_it_is(finished):
    desk = finished
    send_back(desk, A1="方案没有盖章")
    workspace = desk.opened("王建国")
    roles.grant(workspace, "王建国", Role.OFFICE)
    roles.grant(workspace, "王伟", Role.ASSESSOR)
    workspace.close()
    desk.page.session.reload()
    desk.settle()
    header, before = desk.page.desk.header, desk.value("A1")
    assert "王伟" in desk.page.desk.banner.text_label.text()
    assert "等待王伟" in header.details_label.text()
    assert (header.buttons["finish"].isEnabled(), header.buttons["finish"].property("role")) == (False, "")
    assert "王伟" in header.buttons["finish"].toolTip()
    desk.page.go_to("A1")
    desk.page.desk.card.setFocus()
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == before
    assert "王伟" in desk.notices[-1]
    desk.page.steps.ask("send_back")
    assert not any(each.isVisible() for each in desk.window.main.findChildren(ReturnDialog))


def test_finishing_asks_about_what_was_sent_back_and_left_as_it_was(finished):
    desk = finished
    send_back(desk, A1="方案没有盖章")
    desk.page.steps.finish()
    desk.settle()
    assert desk.stored().assessment.stage is Stage.SCORING
    assert "退回后还没有改" in desk.notices[-1]
    finish(desk)
    assert desk.stored().assessment.stage is Stage.FINISHED
    desk.page.desk.header.buttons["review"].click()
    asked = dialog(desk, ReviewDialog)
    desk.settle()
    assert asked.mended.isVisible()
