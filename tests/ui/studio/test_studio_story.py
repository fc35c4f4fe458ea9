"""What a person does in the studio: write, break it, see why, go there, mend it, try it, take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.widgets.answer_editor_choices import YesNoEditor
from ui.widgets.answer_editor_parts import PartsEditor
from wufei_cells.checklists.draft_entries import empty_checklist
from wufei_cells.checklists.drafting import with_value

A1, A2, B1 = ("groups", 0, "items", 0), ("groups", 0, "items", 1), ("groups", 1, "items", 0)


def test_a_checklist_is_written_from_nothing_until_nothing_is_wrong(studio_on):
    data = with_value(empty_checklist("WF-XX", "2026.1", "school", "XX", "2026-01-01"), ("title",), {"zh": "学校标准"})
    data = with_value(data, ("category", "text"), {"zh": "无废学校"})
    studio = studio_on(data)
    places = [place for place, _sentence in studio.problems()]
    assert (
        places == ["A › 内容", "A1 › 内容", "A1 › 评分标准", "第 1 个等次 › 内容", "第 1 个等次 › 总分至少"]
        or len(places) == 5
    )
    assert not studio.view.bar.publish_button.isEnabled()
    studio.view.show_place(("groups", 0))
    studio.type_into(studio.field("groups", 0, "text"), "组织管理")
    studio.view.show_place(A1)
    studio.type_into(studio.field(*A1, "text"), "有方案")
    studio.type_into(studio.field(*A1, "scoring"), "有得100分")
    studio.number(studio.field(*A1, "full"), "100")
    yes = next(field for field in studio.fields() if field.path == (*A1, "rule", "yes_no"))
    studio.number(yes, "100")
    studio.view.show_tab("settings")
    studio.view.section_list.setCurrentRow(2)
    studio.type_into(studio.field("scoring", "grades", 0, "text"), "达标")
    assert studio.problems() == []
    assert studio.view.bar.publish_button.isEnabled()
    assert not studio.view.problems_list.isVisible()


def test_what_is_broken_is_listed_with_place_and_remedy_and_a_click_leads_there(studio):
    studio.view.show_place(A2)
    studio.number(studio.field(*A2, "rule", "steps", "points"), "")
    studio.view.show_tab("settings")
    assert studio.problems() == [("A2 标识错误 › 打分规则 › 每步加减分 › 分数", "还没有填“分数”。请补上。")]
    assert studio.view.bar.problems_button.text() == "1 个问题"
    item = studio.view.problems_list.topLevelItem(0)
    studio.view.problems_list.itemClicked.emit(item, 0)
    QApplication.processEvents()
    field = studio.field(*A2, "rule", "steps", "points")
    assert studio.view.tab == "items"
    assert field.edit.hasFocus()
    assert field.problem == "还没有填“分数”。请补上。"
    studio.qtbot.keyClicks(field.edit, "-2")
    assert studio.problems() == []
    assert field.problem == ""


def test_f8_goes_from_problem_to_problem_and_begins_again(studio):
    for path in (A1, A2):
        studio.view.show_place(path)
        studio.number(studio.field(*path, "full"), "x")
    assert len(studio.problems()) == 2
    visited = []
    for _ in range(3):
        studio.view.next_problem()
        visited.append(studio.view.tree.current_path)
    assert visited == [A1, A2, A1]


def test_an_unknown_fact_leads_to_the_box_of_the_condition(studio):
    studio.session.write((*B1, "applies"), {"fact": "nobody"})
    ((place, sentence),) = studio.problems()
    assert place.startswith("B1 光盘 › 适用条件")
    assert "单位情况" in sentence
    studio.view.next_problem()
    assert studio.view.tree.current_path == B1
    assert "nobody" in studio.field(*B1, "applies")._node.box.currentText()


def test_problems_of_the_settings_lead_into_the_settings(studio):
    studio.session.write(("scoring", "grades", 0, "total_at_least"), "99")
    ((place, _sentence),) = studio.problems()
    assert place == "设置 › 计分规则 › 第 1 个等次 › 总分至少"
    studio.view.next_problem()
    assert studio.view.tab == "settings"
    assert studio.field("scoring", "grades", 0, "total_at_least").edit.hasFocus()


# --- undo


def test_undo_takes_a_whole_text_back_and_shows_where(studio):
    studio.view.show_place(A1)
    field = studio.field(*A1, "text")
    studio.type_into(field, "改")
    studio.type_into(field, "改过")
    studio.view.show_place(B1)
    studio.qtbot.keyClick(studio.view.tree, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert studio.session.value((*A1, "text", "zh")) == "有方案"
    assert studio.view.tree.current_path == A1
    assert studio.field(*A1, "text").edits["zh"].text() == "有方案"
    studio.qtbot.keyClick(studio.view.tree, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert studio.session.value((*A1, "text", "zh")) == "改过"


def test_ctrl_z_in_a_field_takes_back_what_was_done_to_the_draft(studio):
    studio.view.show_place(A1)
    field = studio.field(*A1, "full")
    studio.number(field, "8")
    field.edit.setFocus()
    studio.qtbot.keyClick(field.edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert studio.session.value((*A1, "full")) == "5"
    assert field.edit.text() == "5"


def test_fields_that_are_left_begin_a_new_step(studio):
    studio.view.show_place(A1)
    field = studio.field(*A1, "full")
    studio.number(field, "6")
    studio.view.tree.setFocus()
    studio.number(field, "7")
    studio.session.undo()
    assert studio.session.value((*A1, "full")) == "6"


# --- trying


def test_an_item_is_tried_with_its_real_editor(studio):
    studio.view.show_place(A1)
    trial = studio.view.try_pane.entry_view
    assert isinstance(trial.editor, YesNoEditor)
    trial.editor.choose(1)
    assert trial.result_label.text() == "得 5 分，满分 5 分"
    assert trial.lines.sentences
    studio.view.show_place(A2)
    trial.editor.set_value("2")
    trial.editor.answer_edited.emit(False)
    assert trial.result_label.text() == "得 3 分，满分 5 分"
    studio.view.show_place(A1)
    assert trial.editor.value() == "yes", "what was tried stays"


def test_the_trial_follows_the_rule_while_it_is_written(studio):
    studio.view.show_place(A2)
    trial = studio.view.try_pane.entry_view
    trial.editor.set_value("2")
    trial.editor.answer_edited.emit(False)
    studio.number(studio.field(*A2, "rule", "steps", "points"), "-2")
    studio.session.lint_now()
    assert trial.result_label.text() == "得 1 分，满分 5 分"
    studio.choose(studio.field(*A2, "rule").box, "yes_no")
    studio.session.lint_now()
    assert isinstance(trial.editor, YesNoEditor)
    assert "A2" not in studio.session.answers, "an answer that fits no more is forgotten"


def test_an_entry_can_be_tried_while_others_are_wrong_but_not_while_it_is(studio):
    studio.session.write((*A1, "full"), "x")
    studio.session.lint_now()
    studio.view.show_place(B1)
    trial = studio.view.try_pane.entry_view
    assert isinstance(trial.editor, PartsEditor)
    studio.view.show_place(A1)
    assert trial.editor is None
    assert "1 个问题" in trial.message_label.text()


def test_facts_decide_whether_it_applies(studio):
    studio.view.show_place(B1)
    trial = studio.view.try_pane.entry_view
    assert list(trial.facts_form.fields) == ["canteen"]
    studio.choose(trial.facts_form.fields["canteen"].field, "no")
    assert trial.result_label.text().startswith("对这样的单位不适用")


def test_a_deduction_says_what_it_takes(studio):
    studio.view.act_on_tree("deductions")
    item = ("deductions", "items", 0)
    studio.session.write(("deductions", "text"), {"zh": "扣分"})
    studio.session.write((*item, "text"), {"zh": "被曝光"})
    studio.session.write((*item, "scoring"), {"zh": "扣5分"})
    studio.session.lint_now()
    studio.view.show_place(item)
    trial = studio.view.try_pane.entry_view
    trial.editor.choose(1)
    assert trial.result_label.text() == "从总分里扣 5 分，最多扣 5 分"


def test_a_part_that_does_not_apply_to_the_dummy_site_cannot_be_answered(studio):
    studio.session.write((*B1, "applies"), None)
    studio.session.write((*B1, "rule", "sum", 1, "applies"), {"fact": "canteen"})
    studio.session.lint_now()
    studio.view.show_place(B1)
    trial = studio.view.try_pane.entry_view
    assert [frame.applies for frame in trial.editor.frames] == [True, True]
    studio.choose(trial.facts_form.fields["canteen"].field, "no")
    assert [frame.applies for frame in trial.editor.frames] == [True, False]


def test_a_calculation_is_tried_with_its_raw_numbers(studio):
    rule = {
        "calculated": {"text": "比值", "inputs": [{"key": "a", "text": "用了"}, {"key": "b", "text": "产生"}]},
        "bands": [{"at_least": "90", "points": "5"}, {"points": "0"}],
    }
    rule["calculated"]["formula"] = "a / b * 100"
    studio.session.write((*A1, "rule"), rule)
    studio.session.lint_now()
    studio.view.show_place(A1)
    trial = studio.view.try_pane.entry_view
    trial.editor.set_value({"a": "9", "b": "10"})
    trial.editor.answer_edited.emit(False)
    assert trial.result_label.text() == "得 5 分，满分 5 分"


def test_the_whole_is_tried_on_a_dummy_site(studio):
    pane = studio.view.try_pane
    studio.session.try_fact("canteen", "no")
    studio.session.try_answer("A1", "yes")
    pane.chips["whole"].click()
    whole = pane.whole_view
    assert whole.total_label.text() == "7.5–15"  # A1 gives 5 of 10; what is left is stretched to 15
    studio.choose(whole.untried_box, "full")
    assert whole.total_label.text() == "15"
    assert "达标" in whole.verdict_label.text()
    studio.choose(whole.untried_box, "zero")
    assert whole.total_label.text() == "7.5"
    assert "12" in whole.verdict_label.text()
    whole.forget_button.click()
    assert studio.session.answers == {}
    assert whole.total_label.text() == "0"


def test_the_whole_waits_until_nothing_is_wrong(studio):
    studio.session.write((*A1, "full"), "x")
    studio.session.lint_now()
    studio.view.try_pane.show_view("whole")
    assert "1 个问题" in studio.view.try_pane.whole_view.message_label.text()


def test_the_explanation_leads_back_to_the_item(studio):
    studio.session.show_key("B1")
    assert studio.view.tree.current_path == B1


# --- translations


def test_missing_languages_are_listed_translated_and_led_to(studio):
    studio.session.write((*A1, "text"), {"zh": "有方案"})
    studio.session.write((*A2, "scoring"), {"en": "1 off"})
    studio.view.show_tab("translations")
    pane = studio.view.translations_pane
    assert {(each.path, each.language) for each in pane.missing()} >= {((*A1, "text"), "en"), ((*A2, "scoring"), "zh")}
    pane.chips["zh"].click()
    assert pane.table.topLevelItemCount() == 1
    pane.table.topLevelItem(0).setText(2, "每处扣1分")
    assert studio.session.value((*A2, "scoring")) == {"zh": "每处扣1分", "en": "1 off"}
    pane.chips["en"].click()
    rows = [pane.table.topLevelItem(row) for row in range(pane.table.topLevelItemCount())]
    row = next(row for row in rows if "A1" in row.text(0))
    pane.table.itemActivated.emit(row, 0)
    QApplication.processEvents()
    assert studio.view.tab == "items"
    assert studio.field(*A1, "text").edits["en"].hasFocus()
