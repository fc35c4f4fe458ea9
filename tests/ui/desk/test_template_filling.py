"""The office's own workbook, filled in from the desk; what is wrong with it is shown before a place is asked for."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.workbooks.form_templates import sheet_of, values
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.dialogs.template_filling import TEMPLATE
from wufei_cells.domain.answers import Answer


def shown(kind):
    return [each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()]


def take(desk, step: str) -> None:
    """Take a step in the menu at the head of the desk."""
    desk.page.desk.header.more[step].trigger()
    desk.settle()


def save_to(desk, path) -> str:
    """Choose a place, and give the name that was proposed."""
    (asked,) = shown(SaveDialog)
    proposed = asked.selectedFiles()[0]
    asked.fileSelected.emit(str(path))
    asked.close()
    desk.settle()
    return proposed


@pytest.fixture
def choose(desk):
    """Begin to fill in, and choose a workbook."""

    def chosen(path) -> None:
        take(desk, "fill_template")
        (dialog,) = shown(QFileDialog)
        dialog.fileSelected.emit(str(path))
        dialog.close()
        desk.settle()

    return chosen


def test_the_assessment_goes_into_the_workbook_with_what_was_typed_a_moment_ago(desk, choose, tmp_path):
    template, target = tmp_path / "我的表.xlsx", tmp_path / "填好.xlsx"
    template.write_bytes(sheet_of({"A1": "{{单位名称}}", "A2": "{{条款.A1.备注}}", "A3": "{{合计得分}}"}))
    desk.page.session.edit("A1", Answer("yes", note="刚才写的备注"), typing=True)
    choose(template)
    assert save_to(desk, target).endswith("焦作市䶮泉路小学 我的表.xlsx")
    assert values(target.read_bytes()) == {"A1": "焦作市䶮泉路小学", "A2": "刚才写的备注"}
    assert str(target) in desk.notices[-1]
    assert desk.window.main.notice_bar.open_button.isVisible()


def test_the_last_workbook_is_proposed_again(desk, choose, tmp_path):
    template = tmp_path / "我的表.xlsx"
    template.write_bytes(sheet_of({"A1": "{{单位名称}}"}))
    choose(template)
    for dialog in shown(SaveDialog):
        dialog.close()
    assert desk.context.preferences.text(TEMPLATE) == str(template)
    take(desk, "fill_template")
    (dialog,) = shown(QFileDialog)
    assert dialog.selectedFiles() == [str(template)]
    dialog.close()


def test_everything_that_is_wrong_is_listed_and_no_place_is_asked_for(desk, choose, tmp_path):
    template = tmp_path / "我的表.xlsx"
    template.write_bytes(sheet_of({"A1": "{{单位名}}", "B2": "{{条款.Z9.得分}}"}))
    choose(template)
    (dialog,) = shown(ProblemsDialog)
    places = [dialog.tree.topLevelItem(row).text(0) for row in range(dialog.tree.topLevelItemCount())]
    assert places == ["表!A1", "表!B2"]
    assert "{{单位名称}}" in dialog.tree.topLevelItem(0).text(1)
    assert "我的表.xlsx" in dialog.heading_label.text()
    assert shown(SaveDialog) == []
    dialog.close()


def test_a_workbook_that_is_gone_is_told(desk, choose, tmp_path):
    choose(tmp_path / "没有.xlsx")
    assert "没有.xlsx" in desk.notices[-1]
    assert shown(SaveDialog) == []


def test_a_workbook_to_begin_with_is_written_and_can_be_filled_in_at_once(desk, choose, tmp_path):
    starter, target = tmp_path / "模板.xlsx", tmp_path / "填好.xlsx"
    take(desk, "starter_template")
    assert save_to(desk, starter).endswith("表格模板.xlsx")
    assert "{{单位名称}}" in values(starter.read_bytes()).values()
    choose(starter)
    save_to(desk, target)
    assert "焦作市䶮泉路小学" in values(target.read_bytes()).values()
    assert openpyxl.load_workbook(target).sheetnames == ["评估表", "占位符一览"]
