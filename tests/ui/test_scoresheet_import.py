"""Taking scoresheets in from the window: drop, look, tick, one button, take back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from tests.services.scoresheets_back import changed, zh
from tests.ui.conftest import wait_until
from ui.dialogs.import_tree import line_of
from ui.dialogs.openers import open_dialog
from ui.dialogs.scoresheet_import_dialog import ScoresheetImportDialog
from ui.models.import_lines import LineKind
from ui.pages.assessment_page import AssessmentPage
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing, exporting, prechecking, undoing
from wufei_cells.services.registering import SiteDraft, add_site
from wufei_cells.workbooks.scoresheets.row_keys import RowKey

B3 = RowKey("entry", "B3")


@pytest.fixture
def files(register, tmp_path):
    """A register with two open assessments, and a folder of what came back: good, disputed, broken."""
    workspace = register.opened()
    try:
        rows = [_started(workspace, name) for name in ("青天河风景名胜区", "圆融寺景区")]
        first, second = (exporting.scoresheet(workspace, row.id, zh()) for row in rows)
        assessing.record_answer(workspace, rows[1].id, "A1", Answer("full", note="电话核实过"))
    finally:
        workspace.close()
    folder = tmp_path / "back"
    folder.mkdir()
    (folder / "青天河.xlsx").write_bytes(changed(first, _fill))
    (folder / "圆融寺.xlsx").write_bytes(changed(second, _dispute))
    (folder / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0 not a workbook")
    return rows, sorted(folder.iterdir())


def _started(workspace, name):
    categories = {category.key for category in browsing.categories(workspace)}
    assert "scenic" in categories
    district = browsing.profile(workspace).districts[0].key
    site = add_site(workspace, SiteDraft(name, "scenic", district))
    row = assessing.start_assessment(workspace, site.id)
    prechecking.record_precheck(workspace, row.id, prechecking.all_hold(prechecking.questions(workspace, row.id)))
    assessing.record_answers(workspace, row.id, {"G1": Answer("yes"), "A1": Answer("partly")})
    return row


def _fill(sheet):
    sheet.cell(sheet.first_row("A2"), "answer").value = "2 "
    sheet.cell(sheet.first_row("A2"), "note").value = "方案没有量化目标"
    sheet.cell(sheet.rows[RowKey("entry", "G1")], "answer").value = "不符合"
    sheet.cell(sheet.first_row("A3"), "answer").value = "也许"


def _dispute(sheet):
    sheet.cell(sheet.first_row("A1"), "answer").value = "3 "


@pytest.fixture
def dialog(open_window, register, files):
    window = open_window(register)
    dialog = open_dialog("scoresheets", window.context, window.main)
    dialog.add_files(files[1])
    wait_until(lambda: dialog.found is not None)
    return window, dialog


def lines(dialog, kind):
    found, waiting = [], [dialog.tree.topLevelItem(place) for place in range(dialog.tree.topLevelItemCount())]
    while waiting:
        item = waiting.pop(0)
        found += [item] if line_of(item).kind is kind else []
        waiting = [item.child(place) for place in range(item.childCount())] + waiting
    return found


def test_everything_that_would_change_and_everything_wrong_is_listed(dialog):
    _window, shown = dialog
    changes = [(item.text(0), item.checkState(0) is Qt.CheckState.Checked) for item in lines(shown, LineKind.CHANGE)]
    assert [ticked for _label, ticked in changes] == [False, True, True]
    assert [label.split()[0] for label, _ticked in changes] == ["A1", "G1", "A2"]
    problems = [item.text(0) for item in lines(shown, LineKind.PROBLEM)]
    assert len(problems) == 2
    assert any("也许" in one and "评分表" in one for one in problems), problems
    assert "3 处改动，其中 1 处要您决定；2 个问题" in shown.summary_label.text()
    assert shown.take_button.text() == "导入 2 处"


def test_one_button_takes_in_what_is_ticked_and_one_takes_it_back(dialog, files, register):
    window, shown = dialog
    told = []
    window.context.notices.posted.connect(told.append)
    shown.take_button.click()
    wait_until(lambda: told)
    assert told[0].text.startswith("已导入：2 个答案")
    workspace = register.opened()
    first, second = files[0]
    try:
        answers = browsing.sheet(workspace, first.id).answers
        assert (answers["G1"].answer.value, answers["A2"].answer.note) == ("no", "方案没有量化目标")
        assert browsing.sheet(workspace, second.id).answers["A1"].answer.value == "full"
    finally:
        workspace.close()
    told[0].undo()
    wait_until(lambda: len(told) > 1)
    assert told[1].text == "已撤回这次导入，恢复原样。"
    workspace = register.opened()
    try:
        assert browsing.sheet(workspace, first.id).answers["G1"].answer.value == "yes"
        assert undoing.depth(workspace, first.id)[1] == 1
    finally:
        workspace.close()


def test_a_person_decides_what_is_disputed(dialog, files, register):
    window, shown = dialog
    shown.none_button.click()
    assert shown.tree.chosen() == frozenset()
    assert not shown.take_button.isEnabled()
    shown.shown_box.setCurrentIndex(1)
    shown.shown_box.activated.emit(1)
    shown.all_button.click()
    assert {key for _place, key in shown.tree.chosen()} == {"A1"}
    shown.take_button.click()
    window_settled(window)
    workspace = register.opened()
    try:
        assert browsing.sheet(workspace, files[0][1].id).answers["A1"].answer.value == "none"
    finally:
        workspace.close()


def window_settled(window):
    wait_until(lambda: window.context.tasks.idle)


def test_only_problems_can_be_shown(dialog):
    _window, shown = dialog
    shown.shown_box.setCurrentIndex(2)
    shown.shown_box.activated.emit(2)
    assert all(item.isHidden() for item in lines(shown, LineKind.CHANGE))
    assert not any(item.isHidden() for item in lines(shown, LineKind.PROBLEM))


def test_the_list_of_assessments_writes_its_scoresheets_into_a_folder_and_opens_the_import(
    open_window, register, files, tmp_path
):
    window = open_window(register)
    window.main.show_room("assessment")
    page = window.main.findChild(AssessmentPage)
    wait_until(page.pane.export_button.isEnabled)
    told = []
    window.context.notices.posted.connect(told.append)
    page.pane.export_button.click()
    page.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "out"))
    wait_until(lambda: told)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["圆融寺景区.xlsx", "青天河风景名胜区.xlsx"]
    page.pane.import_button.click()
    assert page.findChild(ScoresheetImportDialog).isVisible()
