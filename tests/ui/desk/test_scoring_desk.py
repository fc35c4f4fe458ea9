"""The desk as a whole: its views and panels show one and the same assessment, and its steps are kept."""

from __future__ import annotations

from PySide6.QtCore import Qt

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.services import assessing, browsing, finding_faults, looking, registering, teaming
from wufei_cells.services.registering import SiteDraft

CONTROL = Qt.KeyboardModifier.ControlModifier


def control(desk, key):
    desk.qtbot.keyClick(desk.focused(), key, CONTROL)
    desk.settle()


def test_what_was_taken_back_is_done_again_with_keys(desk):
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    desk.press("u")
    desk.settle()
    assert desk.value("A1") is None
    desk.press("r")
    desk.settle()
    assert desk.value("A1") == "yes"
    assert desk.page.key == "A1"
    assert desk.notices[-1] == "已重做：A1。"
    desk.press("r")
    desk.settle()
    assert desk.notices[-1] == "没有可以重做的步骤。"
    control(desk, Qt.Key.Key_Z)
    assert desk.value("A1") is None


def test_the_steps_are_still_there_in_another_window(desk, open_window):
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    second = open_window(folder=desk.folder)
    second.main.show_assessment(desk.assessment)
    page = second.main.page("assessment").scoring
    desk.qtbot.waitUntil(lambda: page.session.sheet is not None, timeout=10_000)
    page.undo()
    open_window.settle(second)
    assert desk.value("A1") is None


def test_several_answers_are_stored_and_taken_back_together_and_a_bad_one_keeps_only_itself_off(desk):
    desk.page.session.edit_many({"A1": Answer("yes"), "B1": Answer("三处"), "G1": Answer("yes")})
    desk.settle()
    assert (desk.value("A1"), desk.value("G1"), desk.value("B1")) == ("yes", "yes", None)
    assert list(desk.page.session.unsaved) == ["B1"]
    desk.page.go_to("A1")
    desk.press("u")
    desk.settle()
    assert (desk.value("A1"), desk.value("G1")) == (None, None)


def test_a_finding_is_taken_back_at_the_desk_too(desk):
    mine = desk.opened("张评估")
    finding_faults.record_finding(mine, desk.assessment, FindingDraft(item="A1", severity="minor", text="缺一个月"))
    desk.press("u")
    desk.settle()
    assert desk.notices[-1] == "已撤销上一步。"
    assert finding_faults.sheet_findings(mine, desk.assessment).own == ()
    mine.close()


def test_somebody_elses_later_work_is_not_taken_back(desk):
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, "A1", Answer("no"))
    other.close()
    desk.press("u")
    desk.settle()
    assert desk.value("A1") == "no"
    assert "又被别人改过" in desk.notices[-1]


def test_a_key_pressed_before_another_assessment_is_there_writes_nowhere(desk):
    workspace = desk.opened("张评估")
    district = browsing.profile(workspace).districts[0].key
    site = registering.add_site(workspace, SiteDraft("山阳区实验小学", "office", district))
    other = assessing.start_assessment(workspace, site.id)
    workspace.close()
    desk.page.go_to("A1")
    desk.room.open_assessment(other.id)
    desk.card.choose(1)
    desk.settle()
    assert desk.value("A1") is None
    assert desk.page.session.assessment.id == other.id


def test_the_views_show_the_same_item(desk):
    desk.page.go_to("A2")
    desk.press("v")
    desk.settle()
    assert desk.page.desk.view == "grid"
    assert desk.page.panels.built["grid"].current_key == "A2"
    control(desk, Qt.Key.Key_F)
    assert desk.page.panels.built["grid"].words_edit.hasFocus()
    desk.page.show_view("across")
    desk.settle()
    assert desk.page.panels.built["across"].item[1] == "A2"
    desk.page.panels.built["grid"].entry_requested.emit("B1")
    desk.settle()
    assert (desk.page.desk.view, desk.page.key) == ("items", "B1")


def test_a_panel_shows_what_was_there_before_it_was_looked_at(desk):
    other = desk.opened()
    finding_faults.record_finding(
        other, desk.assessment, FindingDraft(item="A1", severity="minor", text="台账缺一个月")
    )
    other.close()
    desk.page.session.reload()
    desk.settle()
    tabs = desk.page.desk.side.tabs
    desk.qtbot.waitUntil(lambda: tabs.buttons["findings"].text() == "整改 1", timeout=5_000)
    desk.page.go_to("A1")
    desk.press("q")
    desk.settle()
    assert desk.page.panels.built["findings"].isVisible()
    assert tabs.buttons["findings"].text() == "整改 1"


def test_what_another_person_answered_is_marked_until_one_has_looked(desk):
    """Looking ends when the assessment is left; one's own answers are never news."""
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    desk.room.show_list()
    desk.settle()
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, "B1", Answer("2"))
    other.close()
    desk.room.open_assessment(desk.assessment)
    desk.settle()
    chip = desk.page.desk.filters.chips["changed"]
    desk.qtbot.waitUntil(chip.isVisible, timeout=5_000)
    assert chip.text() == "有新改动 1"
    desk.room.show_list()
    desk.settle()
    workspace = desk.opened("张评估")
    assert looking.changed_since_look(workspace, desk.assessment) == frozenset()
    workspace.close()


def test_the_sheet_of_one_column_is_locked_and_leads_back_to_the_whole(desk):
    other = desk.opened("张评估")
    sheet = teaming.add_sheet(other, desk.assessment, "self", ("小学后勤",))
    other.close()
    desk.room.open_assessment(sheet.id)
    desk.settle()
    header = desk.page.desk.header
    assert header.details_label.text().startswith("自评")
    assert header.buttons["finish"].text() == "锁定这份打分"
    assert header.more_button.isHidden()
    header.back_button.click()
    desk.settle()
    assert desk.page.session.assessment.id == desk.assessment


def test_words_narrow_the_list_until_one_leaves_and_a_number_does_not(desk):
    everything = desk.page.items.keys()
    title = desk.page.session.sheet.checklist.entry("B1").text.zh
    control(desk, Qt.Key.Key_F)
    desk.write(title)
    desk.settle()
    assert {"B1"} <= set(desk.page.items.keys()) < set(everything)
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert desk.page.items.keys() == everything
    desk.press("g", "b", "1")
    desk.settle()
    assert desk.page.items.keys() == everything
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.key == "B1"


def test_out_of_a_number_alt_m_leads_to_the_note_and_enter_there_goes_on(desk):
    desk.page.go_to("B1")
    desk.press("0")
    assert desk.card.editor.fields[0].text() == "0", "a number may begin with 0"
    desk.qtbot.keyClick(desk.window.main.windowHandle(), Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    desk.write("两处都看过")
    desk.press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.page.key == "B2"
    answer = desk.stored().answers["B1"].answer
    assert (answer.value, answer.note) == ("0", "两处都看过")


def test_tab_goes_from_the_card_through_the_answer_to_the_note(desk):
    desk.page.go_to("B2")
    desk.card.setFocus()
    seen = []
    for _step in range(4):
        desk.press(Qt.Key.Key_Tab)
        seen.append(desk.focused())
    first, second = (field.line_edit for field in desk.card.editor.fields)
    assert seen[:2] == [first, second]
    assert desk.card.note_edit in seen or desk.card.na_row.mark in seen
