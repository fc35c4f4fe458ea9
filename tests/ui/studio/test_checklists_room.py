"""The room of checklists: what there is, and everything that can be done with it, against a real register."""

from __future__ import annotations

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ui.dialogs.compare_dialog import CompareDialog
from ui.dialogs.impact_dialog import ImpactDialog
from ui.dialogs.new_checklist_dialog import NewChecklistDialog
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.reason_dialog import ReasonDialog
from wufei_cells.domain.register import EditionState
from wufei_cells.services import browsing, drafting

OFFICE = "无废机关评估标准（示范模板）"
A1 = ("groups", 0, "items", 0)


def states(room):
    return {row.title.zh: row.state for row in room.page._all}


def test_every_edition_is_listed_with_its_state_day_and_scope(room):
    assert len(room.titles()) == 6
    row = room.choose(OFFICE)
    texts = [room.page.model.index(room.page.table.currentIndex().row(), column).data() for column in range(7)]
    assert texts == [OFFICE, "正在使用", "2026.1", "2026-01-01", "无废机关", "25", "全市"]
    assert row.state == EditionState.IN_FORCE
    detail = room.page.detail
    assert detail.values["kind"].text() == "示范模板·非官方"
    assert detail.values["items"].text() == "条款 25 条，前置条件 5 条"


def test_the_list_keeps_the_rules_of_qt(room):
    tester = QAbstractItemModelTester(room.page.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for name in ("draft", "used", "past", "all"):
        room.page.show_filter(name)
    room.page.search_edit.setText("工厂")
    assert len(room.titles()) == 1
    tester.deleteLater()


def test_filters_narrow_the_list_and_clear_again(room):
    room.page.chips["draft"].click()
    assert room.titles() == []
    assert "6" in room.page.table_state.text
    room.page.table_state.action_button.click()
    assert len(room.titles()) == 6


def test_a_published_edition_opens_read_only_with_the_reason(room):
    room.choose(OFFICE)
    room.press("view")
    assert room.page.in_studio
    assert "已经发布" in room.studio.view.banner.text_label.text()
    assert room.page.desk.keeper is None
    room.qtbot.mouseClick(room.studio.view.bar.back_button, Qt.MouseButton.LeftButton)
    assert not room.page.in_studio


# --- drafts


def begin(room):
    room.choose(OFFICE)
    room.press("draft_from")
    assert room.page.in_studio


def test_a_draft_is_saved_while_it_is_written_and_found_again(room):
    begin(room)
    studio = room.studio
    studio.view.show_place(A1)
    studio.type_into(studio.field(*A1, "text"), "新的第一条")
    assert studio.view.bar.state_label.text() == "未保存"
    room.saved()
    assert studio.view.bar.state_label.text() == "已保存"
    workspace = room.opened()
    (row,) = drafting.list_drafts(workspace)
    assert drafting.open_draft(workspace, row.id).data["groups"][0]["items"][0]["text"]["zh"] == "新的第一条"
    assert row.author == "张评估"
    workspace.close()
    room.page.show_list()
    room.settle()
    room.page.show_filter("draft")
    assert room.titles() == [OFFICE]
    room.press("edit")
    assert room.studio.session.value((*A1, "text", "zh")) == "新的第一条"


def test_keys_that_an_edition_used_are_not_given_to_new_items(room):
    begin(room)
    studio = room.studio
    studio.view.tree.choose(("groups", 0, "items", 4))
    studio.view.tree.remove()
    studio.view.tree.add()
    keys = [item["key"] for item in studio.session.value(("groups", 0, "items"))]
    assert keys[-1] == "A6", "A5 stood in the edition before"


def test_going_to_another_room_saves_what_is_being_written(room):
    begin(room)
    studio = room.studio
    studio.view.show_place(A1)
    studio.number(studio.field(*A1, "full"), "6")
    room.window.main.show_room("sites")
    room.settle()
    assert not room.page.desk.keeper.dirty
    room.window.main.show_room("checklists")
    assert room.page.in_studio, "one comes back to where one was"


def test_an_edition_of_that_name_is_a_problem_of_its_own(room):
    begin(room)
    room.studio.session.write(("edition",), "2026.1")
    room.studio.session.write((*A1, "text", "zh"), "别的内容")
    room.saved()
    ((place, sentence),) = room.studio.view.problems_list.sentences()
    assert place == "设置 › 版次"
    assert "已经发布过" in sentence
    assert not room.studio.view.bar.publish_button.isEnabled()
    room.studio.session.write(("edition",), "2026.9")
    room.saved()
    assert room.studio.view.problems_list.sentences() == []


def test_two_people_in_one_draft_do_not_overwrite_each_other(room):
    begin(room)
    room.studio.session.write((*A1, "text", "zh"), "我的")
    room.saved()
    workspace = room.opened()
    (row,) = drafting.list_drafts(workspace)
    theirs = drafting.open_draft(workspace, row.id).data
    theirs["title"] = {"zh": "她的"}
    drafting.save_draft(workspace, row.id, theirs)
    room.studio.session.write((*A1, "text", "zh"), "我的又改了")
    room.saved()
    banner = room.studio.view.banner
    assert "2 个不同的版本" in banner.text_label.text()
    assert drafting.list_drafts(workspace)[0].values == 2
    room.studio.session.write((*A1, "text", "zh"), "我的再改一次")
    room.saved()
    assert drafting.list_drafts(workspace)[0].values == 2, "writing on decides nothing"
    room.studio.session.write((*A1, "text", "zh"), "我的又改了")
    banner.action_button.click()
    room.settle()
    kept = {draft.title: draft for draft in drafting.list_drafts(workspace)}
    assert {draft.values for draft in kept.values()} == {1}
    assert drafting.open_draft(workspace, row.id).data["groups"][0]["items"][0]["text"]["zh"] == "我的又改了"
    assert drafting.open_draft(workspace, kept["她的"].id).data == theirs, "the other version is a draft of its own"
    workspace.close()


def test_what_is_typed_while_a_save_is_under_way_is_saved_too(room):
    begin(room)
    session = room.studio.session
    for text in ("一", "二", "三"):
        session.write((*A1, "text", "zh"), text)
        room.page.desk.flush()
    room.page.desk.close_draft()
    room.settle()
    workspace = room.opened()
    (row,) = drafting.list_drafts(workspace)
    assert drafting.open_draft(workspace, row.id).data["groups"][0]["items"][0]["text"]["zh"] == "三"
    assert row.values == 1
    workspace.close()


def test_a_draft_is_deleted_and_brought_back(room):
    begin(room)
    room.studio.session.write((*A1, "text", "zh"), "要留的")
    room.saved()
    room.studio.view.asked.emit("discard")
    room.settle()
    assert not room.page.in_studio
    assert "draft" not in states(room).values()
    room.window.main.notice_bar.undo_button.click()
    room.settle()
    room.page.show_filter("draft")
    assert room.titles() == [OFFICE]
    room.press("edit")
    assert room.studio.session.value((*A1, "text", "zh")) == "要留的"


def test_a_new_checklist_is_begun_with_a_few_words(room):
    room.page.new_actions["empty"].trigger()
    room.settle()
    dialog = room.dialog(NewChecklistDialog)
    dialog.category_box.setCurrentIndex(dialog.category_box.count() - 1)
    dialog.begin_button.click()
    assert dialog.isVisible(), "nothing was filled in"
    wrong = {name for name, label in dialog.problem_labels.items() if label.isVisible()}
    assert wrong >= {"name", "code", "title"}
    for name, text in (("name", "无废学校"), ("code", "XX"), ("key", "WF-XX"), ("title", "无废学校评估标准")):
        dialog.edits[name].setText(text)
    dialog.begin_button.click()
    room.settle()
    data = room.studio.session.data
    assert data["category"] == {"key": "xx", "code": "XX", "text": {"zh": "无废学校"}}
    assert data["title"] == {"zh": "无废学校评估标准"}
    assert room.studio.view.problems_list.sentences(), "its items have no words yet"


# --- files


def test_a_checklist_goes_out_as_a_file_and_comes_back_in(room, tmp_path):
    row = room.choose(OFFICE)
    for name in ("office.yaml", "office.xlsx"):
        room.page.steps.export_to(room.page._version(row), tmp_path / name)
        room.settle()
        room.page.steps.read_file(str(tmp_path / name))
        room.settle()
        assert room.page.in_studio, name
        studio = room.studio
        studio.session.write(("edition",), "2030.1")
        assert studio.problems() == []
        assert studio.view.tree_bar.isVisible()
        room.page.show_list()
        room.settle()


def test_a_file_that_is_no_checklist_is_told_place_by_place(room, tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text("a: [1\nb: *x", encoding="utf-8")
    room.page.steps.read_file(str(file))
    room.settle()
    dialog = room.dialog(ProblemsDialog)
    assert dialog.tree.topLevelItemCount() == 1
    assert "broken.yaml" in dialog.tree.topLevelItem(0).text(0)
    dialog.copy_button.click()
    assert "broken.yaml" in QApplication.clipboard().text()
    dialog.reject()
    room.page.steps.read_file(str(tmp_path / "nowhere.yaml"))
    room.settle()
    assert "nowhere.yaml" in room.notices[-1]


def test_a_workbook_with_mistakes_names_their_cells_and_can_be_mended_here(room, tmp_path):
    file = tmp_path / "office.xlsx"
    room.page.steps.export_to(room.page._version(room.choose(OFFICE)), file)
    room.settle()
    book = load_workbook(file)
    sheet = book["条款"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "领导机构、责任人和岗位职责"]
    cell.value = None
    book.save(file)
    room.page.steps.read_file(str(file))
    room.settle()
    dialog = room.dialog(ProblemsDialog)
    places = [dialog.tree.topLevelItem(row).text(0) for row in range(dialog.tree.topLevelItemCount())]
    assert any("条款" in place and str(cell.row) in place for place in places), places
    dialog.open_button.click()
    room.settle()
    assert room.page.in_studio
    assert [place for place, _sentence in room.studio.problems()] == ["A1 › 内容"]


# --- using


def test_an_edition_is_retired_with_a_reason_and_taken_into_use_again(room):
    room.choose(OFFICE)
    room.press("retire")
    dialog = room.dialog(ReasonDialog)
    assert not dialog.confirm_button.isEnabled()
    dialog.reason_edit.setPlainText("上级文件已废止")
    dialog.confirm_button.click()
    room.settle()
    assert states(room)[OFFICE] == EditionState.RETIRED
    room.choose(OFFICE)
    assert room.page.detail.values["reason"].text() == "上级文件已废止"
    room.press("reinstate")
    assert states(room)[OFFICE] == EditionState.IN_FORCE


def test_two_versions_are_held_against_each_other(room):
    begin(room)
    studio = room.studio
    studio.session.write((*A1, "text", "zh"), "换了说法")
    studio.view.tree.choose(("groups", 0, "items", 4))
    studio.view.tree.remove()
    studio.view.asked.emit("compare")
    room.settle()
    dialog = room.dialog(CompareDialog)
    assert dialog.old_box.currentText().endswith("2026.1（正在使用）")
    assert dialog.new_box.currentText().endswith("（草稿）")
    sections = {section.key: section.count for section in dialog.notice.sections}
    assert sections["removed"] == 1
    assert sections["words"] == 1
    told = [dialog.tree.topLevelItem(row).text(0) for row in range(dialog.tree.topLevelItemCount())]
    assert any("删除" in text for text in told)
    dialog.old_box.setCurrentIndex(dialog.new_box.currentIndex())
    dialog.refresh()
    room.settle()
    assert not dialog.notice.sections
    dialog.reject()


def test_a_draft_with_problems_shows_no_impact_and_says_why(room):
    begin(room)
    room.studio.session.write((*A1, "full"), "x")
    room.studio.view.asked.emit("impact")
    room.settle()
    assert "问题" in room.notices[-1]
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, ImpactDialog) and each.isVisible()]


def test_the_studio_is_dressed_anew_with_everything_in_its_place(room):
    begin(room)
    studio = room.studio
    studio.view.show_place(A1)
    room.window.context.dress("dark", 14)
    assert room.page.desk.view is not studio.view
    assert room.page.desk.view.tree.current_path == A1
    room.window.context.i18n.set_language("en")
    assert room.page.desk.view.bar.publish_button.text() == "Publish"
    assert room.page.desk.view.tree.current_path == A1
    room.window.context.i18n.set_language("zh")


def test_the_editions_of_the_register_are_never_touched_by_looking(room):
    workspace = room.opened()
    before = browsing.editions(workspace)
    for title in room.titles()[:2]:
        room.choose(title)
        room.press("view")
        room.page.show_list()
        room.settle()
    assert browsing.editions(workspace) == before
    assert drafting.list_drafts(workspace) == ()
    workspace.close()


def test_what_was_typed_last_is_in_the_register_when_the_window_closes(room, open_window):
    begin(room)
    studio = room.studio
    studio.view.show_place(A1)
    studio.type_into(studio.field(*A1, "text"), "关窗前的最后一句")
    room.window.close()
    workspace = room.opened()
    (row,) = drafting.list_drafts(workspace)
    assert drafting.open_draft(workspace, row.id).data["groups"][0]["items"][0]["text"]["zh"] == "关窗前的最后一句"
    workspace.close()


def test_an_unsound_draft_in_the_list_says_so_instead_of_an_impact(room):
    begin(room)
    room.studio.session.write((*A1, "full"), "x")
    room.saved()
    room.page.show_list()
    room.settle()
    room.page.show_filter("draft")
    room.press("impact")
    assert "还有问题" in room.notices[-1]
