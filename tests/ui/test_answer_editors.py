"""Every kind of rule has an editor that shows a value, gives it back, and never computes or judges by itself."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.widgets.answer_editor_choices import LevelsEditor, TicksEditor, YesNoEditor
from ui.widgets.answer_editor_numbers import NumberEditor, PairEditor
from ui.widgets.answer_editor_parts import PartsEditor
from wufei_cells.domain.rules import (
    Amount,
    Best,
    Change,
    Count,
    Effect,
    Level,
    Levels,
    Line,
    Measured,
    Option,
    Outcome,
    ParameterRef,
    Part,
    PartStep,
    Share,
    Steps,
    Sum,
    Ticks,
    YesNo,
)
from wufei_cells.domain.text import Text
from wufei_cells.scoring.rules import RuleEvaluator

UNIT = Text("处", "places")
YES_NO = YesNo(Outcome(Decimal(5)), Outcome(Decimal(0), Effect.VETO))
LEVELS = Levels(
    (
        Level("all", Text("全部做到", "All of it"), Outcome(ParameterRef("most"))),
        Level("some", Text("部分做到", "Some of it"), Outcome(Decimal(6)), lowest=Decimal(2)),
        Level("none", Text("没有做到", "None"), Outcome(Decimal(0))),
    )
)
OFF = Steps(Decimal(-2), Decimal(1), Decimal(0), short=False, part_step=PartStep.COUNT)
COUNT = Measured(Count(Text("破损的桶", "Broken bins"), UNIT, at_most=20), OFF)
AMOUNT = Measured(Amount(Text("人均用水", "Water per person"), Text("吨", "t")), OFF)
SHARE = Measured(
    Share(Text("抽查正确", "Right"), Text("抽查总数", "Checked"), Text("袋", "bags")),
    Line(((Decimal(0), Decimal(0)), (Decimal(100), Decimal(10)))),
)
CHANGE = Measured(
    Change(Text("上年用纸", "Paper last year"), Text("本年用纸", "Paper this year"), Text("千克", "kg")),
    Line(((Decimal(-10), Decimal(4)), (Decimal(0), Decimal(0)))),
)
TICKS = Measured(
    Ticks((Option("paper", Text("纸类", "Paper")), Option("glass", Text("玻璃", "Glass")))),
    Steps(Decimal(3), Decimal(1), Decimal(0), short=False, part_step=PartStep.COUNT),
)
SUM = Sum((Part("plan", Text("有方案", "A plan"), YES_NO), Part("bins", Text("桶", "Bins"), COUNT)), Decimal(0))
BEST = Best((Part("share", Text("按比例", "By share"), SHARE), Part("nested", Text("分项", "In parts"), SUM)))

ROUND_TRIPS = [
    (None, "yes"),
    (None, "no"),
    (YES_NO, "yes"),
    (YES_NO, "no"),
    (LEVELS, "all"),
    (LEVELS, {"level": "some", "points": "3", "reason": "䶮㳇处还缺"}),
    (COUNT, "3"),
    (AMOUNT, "12.5"),
    (SHARE, {"part": "84", "whole": "100"}),
    (SHARE, {"part": "84"}),
    (CHANGE, {"before": "100", "after": "93"}),
    (TICKS, ["paper", "glass"]),
    (TICKS, []),
    (SUM, {"plan": "yes", "bins": "2"}),
    (SUM, {"bins": "2"}),
    (BEST, {"share": {"part": "1", "whole": "2"}, "nested": {"plan": "no", "bins": "0"}}),
]


def type_text(qtbot, field, text):
    """Type digits as keys; other writing comes through the input method, as it does for a person."""
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)


@pytest.mark.parametrize(("rule", "value"), ROUND_TRIPS, ids=lambda entry: type(entry).__name__)
def test_a_stored_value_is_shown_and_comes_back_unchanged(make_editor, rule, value):
    editor = make_editor(rule)
    assert editor.value() is None
    editor.set_value(value)
    assert editor.value() == value
    editor.retranslate()
    assert editor.value() == value
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize(("rule", "value"), ROUND_TRIPS, ids=lambda entry: type(entry).__name__)
def test_showing_a_stored_value_is_no_edit(qtbot, make_editor, rule, value):
    editor = make_editor(rule)
    with qtbot.assertNotEmitted(editor.answer_edited, wait=20):
        editor.set_value(value)


@pytest.mark.parametrize(
    ("rule", "kind"),
    [
        (None, YesNoEditor),
        (YES_NO, YesNoEditor),
        (LEVELS, LevelsEditor),
        (COUNT, NumberEditor),
        (AMOUNT, NumberEditor),
        (SHARE, PairEditor),
        (CHANGE, PairEditor),
        (TICKS, TicksEditor),
        (SUM, PartsEditor),
        (BEST, PartsEditor),
    ],
)
def test_every_rule_has_the_editor_that_fits(make_editor, rule, kind):
    assert type(make_editor(rule)) is kind


def test_choices_say_what_they_are_worth_and_what_follows(make_editor):
    yes_no, levels = make_editor(YES_NO), make_editor(LEVELS)
    assert [row.points_label.text() for row in yes_no.rows] == ["5 分", "0 分 · 一票否决"]
    assert [row.points_label.text() for row in levels.rows] == ["8 分", "2–6 分", "0 分"]


def test_a_digit_chooses_a_level_and_is_announced_once_as_a_choice(qtbot, make_editor):
    editor = make_editor(LEVELS)
    with qtbot.waitSignal(editor.answer_edited) as edited:
        assert editor.choose(3)
    assert edited.args == [False]
    assert editor.value() == "none"
    assert not editor.choose(4)


def test_a_click_anywhere_in_the_row_chooses_it(qtbot, make_editor):
    editor = make_editor(LEVELS)
    qtbot.mouseClick(editor.rows[0].text_label, Qt.MouseButton.LeftButton)
    assert editor.value() == "all"
    qtbot.mouseClick(editor.rows[0], Qt.MouseButton.LeftButton)
    assert editor.value() == "all", "a second click must not take the choice away"


def test_a_range_level_asks_for_points_and_reason(qtbot, make_editor):
    editor = make_editor(LEVELS)
    editor.choose(2)
    fields = editor._ranges[1]
    assert fields.isVisible()
    assert fields.points_field.line_edit.hasFocus()
    assert not editor.complete()
    type_text(qtbot, fields.points_field.line_edit, "3")
    qtbot.keyClick(fields.points_field.line_edit, Qt.Key.Key_Return)
    assert fields.reason_edit.hasFocus(), "Enter goes on to the reason, which is still empty"
    type_text(qtbot, fields.reason_edit, "台账缺两个月")
    assert editor.value() == {"level": "some", "points": "3", "reason": "台账缺两个月"}
    editor.choose(1)
    assert not fields.isVisible()
    assert editor.value() == "all"


def test_ticking_none_differs_from_not_having_looked(make_editor):
    editor = make_editor(TICKS)
    editor.choose(3)
    assert editor.value() == []
    editor.choose(1)
    assert editor.value() == ["paper"], "ticking something takes the answer none back"
    editor.choose(1)
    assert editor.value() is None


def test_ticks_turn_with_the_mouse_as_with_the_keys(qtbot, make_editor):
    editor = make_editor(TICKS)
    qtbot.mouseClick(editor.rows[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(editor.rows[0].text_label, Qt.MouseButton.LeftButton)
    assert editor.value() == ["paper", "glass"]
    qtbot.mouseClick(editor.rows[1], Qt.MouseButton.LeftButton)
    assert editor.value() == ["paper"]


def test_a_digit_begins_a_number_and_typing_is_announced_as_typing(qtbot, make_editor):
    editor = make_editor(COUNT)
    announced = []
    editor.answer_edited.connect(announced.append)
    assert editor.choose(1)
    qtbot.keyClicks(editor.fields[0].line_edit, "2")
    assert editor.value() == "12"
    assert announced == [True, True]
    qtbot.keyClick(editor.fields[0].line_edit, Qt.Key.Key_Return)
    assert announced == [True, True, False], "Enter says that the number is finished"


def test_a_count_can_be_stepped_but_never_below_nothing_and_never_over_words(qtbot, make_editor):
    editor = make_editor(COUNT)
    qtbot.mouseClick(editor.more_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(editor.more_button, Qt.MouseButton.LeftButton)
    assert editor.value() == "2"
    for _ in range(4):
        qtbot.mouseClick(editor.fewer_button, Qt.MouseButton.LeftButton)
    assert editor.value() == "0"
    editor.set_value("两处")
    qtbot.mouseClick(editor.more_button, Qt.MouseButton.LeftButton)
    assert editor.value() == "两处"
    assert not make_editor(AMOUNT).more_button.isVisible()


def test_words_in_a_number_field_stay_as_typed(qtbot, make_editor):
    editor = make_editor(SHARE)
    type_text(qtbot, editor.fields[0].line_edit, "八十四")
    assert editor.value() == {"part": "八十四"}


def test_a_problem_is_said_under_the_field_it_is_about(make_editor):
    editor = make_editor(BEST)
    editor.set_value({"share": {"part": "x", "whole": "2"}})
    editor.show_problem("不是数。", ("share",), "part")
    part, whole = editor.frames[0].editor.fields
    assert part.problem_label.text() == "不是数。"
    assert part.line_edit.property("problem") is True
    assert part.line_edit.accessibleDescription() == "不是数。"
    assert whole.problem_label.isHidden()
    editor.show_problem("")
    assert part.problem_label.isHidden()
    editor.show_problem("不知道在哪里。", ("elsewhere",))
    assert editor.problem_label.text() == "不知道在哪里。"


@pytest.mark.parametrize(
    ("rule", "value", "said"),
    [
        (COUNT, "3", "→ 4 分"),
        (SHARE, {"part": "84", "whole": "100"}, "= 84% → 8.4 分"),
        (CHANGE, {"before": "100", "after": "95"}, "变化 −5% → 2 分"),
    ],
)
def test_percent_and_points_follow_live_from_the_evaluator(make_editor, numbers, rule, value, said):
    editor = make_editor(rule)
    mark = RuleEvaluator(numbers).mark(rule, value, Fraction(10))
    editor.show_explanation(mark.explanation)
    assert editor.derived_label.text() == said
    editor.show_explanation(None)
    assert editor.derived_label.isHidden()


def test_ticks_say_how_many_and_what_they_give(make_editor, numbers):
    editor = make_editor(TICKS)
    editor.show_explanation(RuleEvaluator(numbers).mark(TICKS, ["paper"], Fraction(10)).explanation)
    assert editor.derived_label.text() == "选中 1 / 2 → 3 分"


def test_digits_go_to_one_part_after_the_other(qtbot, make_editor):
    editor = make_editor(SUM)
    hints = [row.key_label.isVisible() for row in editor.frames[0].editor.rows]
    assert hints == [True, True]
    editor.choose(1)
    assert editor.value() == {"plan": "yes"}
    assert not editor.frames[0].editor.rows[0].key_label.isVisible()
    editor.choose(7)
    assert editor.frames[1].editor.fields[0].line_edit.hasFocus()
    assert editor.value() == {"plan": "yes", "bins": "7"}
    assert editor.move_part(-1)
    editor.choose(2)
    assert editor.value() == {"plan": "no", "bins": "7"}
    assert not make_editor(YES_NO).move_part(1)


def test_each_part_says_what_it_gives(make_editor, numbers):
    editor = make_editor(BEST)
    value = {"nested": {"plan": "yes", "bins": "1"}}
    editor.show_explanation(RuleEvaluator(numbers).mark(BEST, value, Fraction(10)).explanation)
    assert [frame.points_label.text() for frame in editor.frames] == ["", "3 分"]
    nested = editor.frames[1].editor
    assert [frame.points_label.text() for frame in nested.frames] == ["5 分", "-2 分"]


@pytest.mark.parametrize(("rule", "value"), ROUND_TRIPS, ids=lambda entry: type(entry).__name__)
def test_nothing_can_be_changed_in_a_read_only_editor(qtbot, make_editor, rule, value):
    editor = make_editor(rule)
    editor.set_value(value)
    editor.set_read_only(True)
    with qtbot.assertNotEmitted(editor.answer_edited, wait=20):
        for digit in range(1, 4):
            editor.choose(digit)
    assert editor.value() == value


def test_the_language_of_an_open_editor_can_be_switched(make_editor, i18n):
    levels, parts = make_editor(LEVELS), make_editor(BEST)
    levels.set_value({"level": "some", "points": "3", "reason": "r"})
    i18n.set_language("en")
    for editor in (levels, parts):
        editor.retranslate()
    assert [row.text_label.text() for row in levels.rows] == ["All of it", "Some of it", "None"]
    assert levels.rows[1].points_label.text() == "2–6 pt"
    assert parts.frames[0].title_label.text() == "By share"
    assert parts.frames[0].editor.fields[1].unit_label.text() == "bags"
    assert levels.value() == {"level": "some", "points": "3", "reason": "r"}


def test_every_field_has_a_name_for_screen_readers(make_editor):
    for rule in (YES_NO, LEVELS, TICKS):
        assert all(row.mark.accessibleName() for row in make_editor(rule).rows)
    for rule in (COUNT, AMOUNT, SHARE, CHANGE):
        assert all(field.line_edit.accessibleName() for field in make_editor(rule).fields)


def test_markup_in_a_checklist_is_shown_as_it_is_written(make_editor):
    rule = Levels((Level("a", Text("<b>全部</b> & 更多"), Outcome(Decimal(1))),))
    row = make_editor(rule).rows[0]
    assert row.text_label.text() == "<b>全部</b> & 更多"
    assert row.text_label.textFormat() == Qt.TextFormat.PlainText
