"""The scoring desk: every answer is stored at once and in order, and nothing typed is lost or overwritten."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import assessing, browsing

ENTER, ESCAPE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


def test_a_whole_checklist_is_scored_and_finished_with_the_keyboard_alone(desk):
    assert desk.page.key == "G1"
    desk.press("1", ENTER)  # met
    desk.press("1", ENTER)  # A1: yes
    desk.press("2", "5", ENTER)  # A2: partial, 5 points ...
    desk.write("缺一个月")
    desk.press(ENTER)
    desk.press("1", "3", ENTER)  # A3: two of three ticks
    desk.press("1", "2", ENTER)  # A4: training held, 2 meetings
    desk.press("1", ENTER)  # B1: one broken bin
    desk.press("9", "0", ENTER)  # B2: 90 ...
    desk.press("1", "0", "0", ENTER)  # ... of 100
    desk.press("1", "0", "0", ENTER, "9", "0", ENTER)  # B3: from 100 to 90
    desk.settle()
    assert "全部答完了" in desk.notices[-1]
    for _ in range(2):  # once more although the ledger is not photographed
        desk.qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ControlModifier)
        desk.settle()
    sheet = desk.stored()
    assert sheet.assessment.stage is Stage.FINISHED
    values = {key: row.answer.value for key, row in sheet.answers.items()}
    assert values == {
        "G1": "yes",
        "A1": "yes",
        "A2": {"level": "some", "points": "5", "reason": "缺一个月"},
        "A3": ["green", "sort"],
        "A4": {"training": "yes", "meetings": "2"},
        "B1": "1",
        "B2": {"part": "90", "whole": "100"},
        "B3": {"year": {"before": "100", "after": "90"}},
    }
    assert printed(sheet.scorecard.total.low) == "34"


def test_the_total_on_the_bar_is_the_evaluators_after_every_answer(desk):
    for key, digit in (("G1", "1"), ("A1", "2"), ("A2", "1"), ("A3", "4"), ("A4", "1")):
        desk.page.go_to(key)
        desk.press(digit)
        desk.settle()
        sheet = desk.stored()
        answers = {item: row.answer for item, row in sheet.answers.items()}
        total = evaluate(sheet.checklist, sheet.facts, answers).total
        assert desk.page.desk.bar.total_label.text() == f"{printed(total.low)}–{printed(total.high)}"
    assert desk.page.desk.bar.missing_button.text() == "缺 4 项"


def test_wrong_input_says_so_in_place_and_leaves_the_stored_value_alone(desk):
    desk.page.go_to("B1")
    desk.press("3")
    desk.settle()
    assert desk.value("B1") == "3"
    field = desk.card.editor.fields[0]
    field.line_edit.selectAll()
    desk.write("三处")
    desk.qtbot.waitUntil(lambda: not field.problem_label.isHidden(), timeout=2000)
    assert field.problem_label.text() == "“三处”不是数。请只填数字，例如 12 或 12.5，单位不用填。"
    assert desk.value("B1") == "3"
    desk.press(ESCAPE, "j", "k")
    assert desk.page.key == "B1"
    assert desk.card.editor.fields[0].text() == "三处", "coming back finds what was typed"
    desk.settle()  # the bar is painted once the keys have been worked off
    assert desk.page.desk.bar.unsaved_button.text() == "1 项未存上"
    desk.press("u")
    desk.settle()
    assert desk.card.editor.fields[0].text() == "3", "undo drops what could not be stored"
    assert desk.page.desk.bar.unsaved_button.isHidden()


def test_what_could_not_be_stored_waits_until_one_comes_back(desk):
    desk.page.go_to("B1")
    desk.press("1")
    desk.write("处")
    desk.press(ESCAPE)
    desk.settle()
    desk.room.show_list()
    assert "1 条没有存上" in desk.notices[-1]
    desk.settle()
    desk.room.open_assessment(desk.assessment)
    desk.settle()
    assert desk.page.desk.bar.unsaved_button.isVisible()
    desk.qtbot.mouseClick(desk.page.desk.bar.unsaved_button, Qt.MouseButton.LeftButton)
    assert desk.page.key == "B1"
    assert desk.card.editor.fields[0].text() == "1处"
    assert "不是数" in desk.card.editor.fields[0].problem_label.text()


@pytest.mark.parametrize(
    ("typed", "said"), [(("9", "0", ENTER, "8", "0"), "部分是 90"), (("5", ENTER, "0"), "总数是 0")]
)
def test_two_numbers_that_cannot_be_are_refused_together(desk, typed, said):
    desk.page.go_to("B2")
    desk.press(*typed)
    desk.press(ENTER)
    desk.settle()
    assert desk.page.key == "B2", "the sentence stays in view until it was put right"
    assert desk.notices[-1].startswith("这一条还没有存上")
    assert any(said in field.problem_label.text() for field in desk.card.editor.fields)
    assert desk.value("B2") in (None, {"part": "90"}, {"part": "5"})


def test_points_outside_their_range_are_refused_in_place(desk):
    desk.page.go_to("A2")
    desk.press("1")
    desk.settle()
    desk.press("2", "7", ENTER, ENTER)
    desk.settle()
    assert desk.page.key == "A2"
    fields = desk.card.editor._ranges[1]
    assert "这一档可给 2–6 分" in fields.points_field.problem_label.text()
    assert desk.value("A2") == "all"


def test_percent_and_points_show_before_anything_is_stored(desk):
    desk.page.go_to("B2")
    desk.press("8", "4", ENTER, "1", "0", "0")
    assert desk.card.editor.derived_label.text() == "= 84% → 8.4 分"
    assert desk.card.points_label.text() == "8.4 / 10 分"
    desk.settle()
    assert desk.value("B2") == {"part": "84", "whole": "100"}


def test_fast_typing_is_stored_whole_and_in_order(desk):
    desk.page.go_to("B1")
    for round_ in range(6):
        desk.press("1", "2", "3", ESCAPE)
        desk.press("j", "k")  # leave and come back: every visit stores what stands there
        field = desk.card.editor.fields[0].line_edit
        field.setFocus()
        field.selectAll()
        desk.press(str(round_), ESCAPE)
    desk.settle()
    assert desk.value("B1") == "5"
    workspace = desk.opened()
    history = [row.new["value"] for row in browsing.history(workspace, desk.assessment) if row.cell == "answer.B1"]
    workspace.close()
    assert history == ["123", *[value for round_ in range(5) for value in (str(round_), "123")], "5"]
    assert desk.stored().answers["B1"].values == 1, "one's own quick answers replace each other: no conflict"


def test_choices_in_quick_succession_replace_each_other(desk):
    desk.page.go_to("A1")
    desk.press("1", "2", "1", "2", "1", "2")
    desk.settle()
    row = desk.stored().answers["A1"]
    assert (row.answer.value, row.values, len(row.heads)) == ("no", 1, 1)


def test_undo_writes_the_answer_before_as_a_new_act_wherever_it_was(desk):
    desk.page.go_to("A1")
    desk.press("1", "2", ENTER)
    desk.press("1", ENTER)
    desk.settle()
    desk.press("u")
    desk.settle()
    assert desk.page.key == "A2"
    assert desk.value("A2") is None
    desk.press("u")
    desk.settle()
    assert desk.page.key == "A1"
    assert desk.value("A1") == "yes"
    assert desk.card.editor.value() == "yes"
    desk.press("u", "u")
    desk.settle()
    assert desk.value("A1") is None
    assert desk.notices[-1] == "没有可以撤销的回答。"
    assert desk.page.session.rows["A1"].values == 1


def test_what_was_typed_in_one_visit_is_taken_back_together(desk):
    desk.page.go_to("B1")
    desk.press("1")
    desk.settle()
    desk.press("2")
    desk.settle()
    assert desk.value("B1") == "12"
    desk.press(ESCAPE, "u")
    desk.settle()
    assert desk.value("B1") is None


def test_not_applicable_needs_a_reason_and_replaces_the_value(desk):
    desk.page.go_to("B1")
    desk.press("2", ESCAPE)
    desk.settle()
    desk.press("n")
    desk.settle()
    assert desk.card.na_problem_label.text().startswith("选“不适用”要写明理由")
    assert desk.value("B1") == "2", "without a reason nothing is overwritten"
    desk.write("没有桶")
    desk.press(ENTER)
    desk.settle()
    answer = desk.stored().answers["B1"].answer
    assert (answer.value, answer.na) == (None, "没有桶")
    desk.page.go_to("B1")
    desk.press("4", ESCAPE)
    desk.settle()
    answer = desk.stored().answers["B1"].answer
    assert (answer.value, answer.na) == ("4", None), "a number takes the item up again"
    assert answer.kept.na == "没有桶", "and the reason is there if it is set aside once more"


def test_a_gate_cannot_be_set_aside(desk):
    desk.page.go_to("G1")
    desk.press("n")
    assert desk.notices[-1].startswith("这一条不能设为不适用")
    assert desk.card.na_row.isHidden()


def test_letters_are_letters_while_text_is_typed(desk):
    desk.page.go_to("A1")
    desk.press("m", "j", "k", "n", "u", "1", "2", "w", "g", "f")
    assert desk.page.key == "A1"
    assert desk.card.note_edit.note() == "jknu12wgf"
    desk.press(ESCAPE)
    desk.settle()
    assert desk.stored().answers["A1"].answer == Answer(None, None, "jknu12wgf")
    desk.press("j")
    assert desk.page.key == "A2"


def test_a_note_travels_with_the_answer(desk):
    desk.page.go_to("A1")
    desk.press("m")
    desk.write("䶮㳇：见照片")
    desk.press(ESCAPE, "1")
    desk.settle()
    assert desk.stored().answers["A1"].answer == Answer("yes", None, "䶮㳇：见照片")


def test_the_keyboard_finds_its_way(desk):
    desk.press("g", "B2", ENTER)
    assert desk.page.key == "B2"
    desk.press("g", "Z9", ENTER)
    assert desk.notices[-1].startswith("没有编号为“Z9”的条款")
    desk.press(ESCAPE, Qt.Key.Key_Up)
    assert desk.page.key == "B1"
    desk.press(Qt.Key.Key_Down, "j", "k")
    assert desk.page.key == "B2"
    desk.press("f")
    assert desk.page.items.filter.value == "unanswered"
    desk.press(Qt.Key.Key_Delete)
    assert desk.page.key == "B2"


def test_delete_clears_the_answer_and_keeps_the_note(desk):
    desk.page.go_to("A1")
    desk.press("1", "m")
    desk.write("说明")
    desk.press(ESCAPE)
    desk.settle()
    desk.press(Qt.Key.Key_Delete)
    desk.settle()
    assert desk.stored().answers["A1"].answer == Answer(None, None, "说明")


def test_an_answer_by_somebody_else_makes_a_conflict_and_is_not_overwritten(desk):
    desk.page.go_to("A1")
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, "A1", Answer("no"), seen=())
    other.close()
    desk.press("1")
    desk.settle()
    row = desk.stored().answers["A1"]
    assert row.values == 2
    assert len(row.heads) == 2
    assert desk.card.banner.text_label.text().startswith("这一条同时有 2 个不同的回答")
    assert desk.page.items.state("A1").value == "conflict"
    desk.press("2", "1")
    desk.settle()
    row = desk.stored().answers["A1"]
    assert (row.answer.value, row.values) == ("yes", 1), "answering once more with both in view settles it"
    assert desk.card.banner.isHidden()


def test_the_second_of_two_quick_answers_does_not_settle_a_conflict_nobody_has_seen(desk):
    desk.page.go_to("A1")
    other = desk.opened()
    assessing.record_answer(other, desk.assessment, "A1", Answer(None, None, "别人写的"), seen=())
    other.close()
    desk.press("1", "2")  # both given before the first came back from the disk
    desk.settle()
    row = desk.stored().answers["A1"]
    assert row.values == 2


def test_filters_show_what_is_asked_for_and_keep_the_item_on_the_desk(desk):
    for key, digit in (("G1", "1"), ("A1", "2"), ("A3", "1")):
        desk.page.go_to(key)
        desk.press(digit)
    desk.settle()
    chips = desk.page.desk.filters.chips
    assert chips["unanswered"].text() == "未答 5"
    assert chips["deducted"].text() == "扣分 2"
    desk.page.set_filter("deducted")
    assert desk.page.items.keys() == ["A1", "A3"]
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    assert desk.page.items.keys() == ["A1", "A3"], "nothing jumps away under the person's hands"
    desk.press("j")
    assert desk.page.items.keys() == ["A3"]


def test_the_language_switches_in_the_middle_of_an_answer(desk):
    desk.page.go_to("B2")
    desk.press("8", "4", ENTER, "1")
    desk.context.i18n.set_language("en")
    desk.settle()
    assert desk.card.text_label.text() == "Right bags"
    assert [field.text() for field in desk.card.editor.fields] == ["84", "1"]
    assert desk.page.desk.bar.why_button.text() == "Why?"
    assert desk.page.desk.header.buttons["export"].text() == "Export scoresheet"
    assert QApplication.focusWidget() is desk.card.editor.fields[1].line_edit
    desk.press("0", "0")
    desk.settle()
    assert desk.value("B2") == {"part": "84", "whole": "100"}


def test_what_is_being_typed_is_on_disk_when_the_window_has_closed(desk):
    desk.page.go_to("B1")
    busy = threading.Event()
    desk.context.tasks.run(desk.page, lambda _progress: busy.wait(0.5), print)  # something else is being done first
    desk.press("4")
    assert desk.page.session.busy
    desk.window.close()
    assert desk.value("B1") == "4"


def test_guidance_sources_and_working_stand_beside_the_item(desk):
    desk.page.go_to("A2")
    desk.press("1")
    desk.settle()
    texts = {name: label.text() for name, label in desk.page.desk.guidance.texts.items()}
    assert texts == {
        "guidance": "抽三个月看",
        "evidence": "台账原件",
        "verify": "资料 · 现场",
        "sources": "某规程 (〔2023〕14号)",
    }
    lines = [
        desk.page.desk.guidance._lines.itemAt(place).widget().layout().itemAt(0).widget().text()
        for place in range(desk.page.desk.guidance._lines.count())
    ]
    assert any("完整" in line for line in lines)
