"""Editors for formulas, parts that do not apply, points that are taken."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt

from ui.widgets.answer_editor import Marking
from ui.widgets.answer_editor_numbers import CalculatedEditor
from ui.widgets.answer_editor_parts import editor_for
from wufei_cells.checklists.formula_reading import read_formula
from wufei_cells.domain.conditions import FactIs
from wufei_cells.domain.rules import (
    Best,
    Calculated,
    Count,
    Effect,
    Input,
    Line,
    Measured,
    Outcome,
    Part,
    PartStep,
    Steps,
    Sum,
    YesNo,
)
from wufei_cells.domain.text import Text
from wufei_cells.scoring.rules import RuleEvaluator

YES_NO = YesNo(Outcome(Decimal(5)), Outcome(Decimal(0), Effect.VETO))
EACH_TWO = Steps(Decimal(2), Decimal(1), Decimal(0), short=False, part_step=PartStep.COUNT)
COUNT = Measured(Count(Text("投诉", "Complaints"), Text("件", "cases")), EACH_TWO)
RATE = Measured(
    Calculated(
        Text("利用率", "Rate"),
        Text("%"),
        (
            Input("used", Text("利用量", "Used"), Text("吨", "t")),
            Input("made", Text("产生量", "Made"), Text("吨", "t")),
        ),
        read_formula("used / (made + $most) * 100"),
    ),
    Line(((Decimal(0), Decimal(0)), (Decimal(100), Decimal(10)))),
)


# --- numbers of a formula


@pytest.mark.parametrize("value", [{"used": "30", "made": "92"}, {"made": "92"}])
def test_stored_inputs_are_shown_and_come_back_unchanged(qtbot, make_editor, value):
    editor = make_editor(RATE)
    assert type(editor) is CalculatedEditor
    with qtbot.assertNotEmitted(editor.answer_edited, wait=20):
        editor.set_value(value)
    assert editor.value() == value
    editor.set_value(None)
    assert editor.value() is None


def test_number_and_points_follow_live_from_the_evaluator(make_editor, numbers):
    editor = make_editor(RATE)
    editor.show_explanation(RuleEvaluator(numbers).mark(RATE, {"used": "30", "made": "92"}, Fraction(10)).explanation)
    assert editor.derived_label.text() == "= 30% → 3 分"


def test_a_formula_names_its_inputs_and_the_citys_number(make_editor, i18n):
    editor = make_editor(RATE)
    assert [(field.label.text(), field.unit_label.text()) for field in editor.fields] == [
        ("利用量", "吨"),
        ("产生量", "吨"),
    ]
    assert editor.formula_label.text() == "利用率 = 利用量 ÷ (产生量 + 8) × 100"
    i18n.set_language("en")
    editor.retranslate()
    assert editor.formula_label.text() == "Rate = Used ÷ (Made + 8) × 100"
    i18n.set_language("zh")


def test_enter_goes_from_input_to_input(qtbot, make_editor):
    editor = make_editor(RATE)
    editor.choose(3)
    qtbot.keyClick(editor.fields[0].line_edit, Qt.Key.Key_Return)
    assert editor.fields[1].line_edit.hasFocus()
    assert not editor.complete()
    qtbot.keyClicks(editor.fields[1].line_edit, "7")
    assert editor.complete()
    assert editor.value() == {"used": "3", "made": "7"}


def test_what_a_formula_cannot_do_is_said_once_under_the_last_input(make_editor):
    editor = make_editor(RATE)
    editor.show_problem("除以 0。")
    assert [field.problem_label.text() for field in editor.fields] == ["", "除以 0。"]
    editor.show_problem("不是数。", (), "used")
    assert [field.problem_label.text() for field in editor.fields] == ["不是数。", ""]


# --- parts that do not apply


@pytest.fixture
def with_parts(qtbot, i18n, numbers):
    """Show a combination whose second part only concerns sites with a shop; tell whether there is one."""
    shop = FactIs("shop", ("yes",))
    parts = (Part("a", Text("甲"), YES_NO), Part("b", Text("乙"), YES_NO, shop), Part("c", Text("丙"), COUNT))

    def make(state, rule=Sum):
        built = rule(parts, Decimal(0)) if rule is Sum else rule(parts)
        marking = Marking(i18n, numbers, Fraction(10), holds=lambda _condition: state)
        editor = editor_for(built, marking)
        editor.show_circumstances(marking)
        editor.retranslate()
        qtbot.addWidget(editor)
        editor.show()
        return editor

    return make


@pytest.mark.parametrize("rule", [Sum, Best])
def test_a_part_that_does_not_apply_is_named_and_passed_over(with_parts, rule):
    editor = with_parts(False, rule)
    frame = editor.frames[1]
    assert frame.title_label.isVisible()
    assert (frame.points_label.text(), frame.editor.isVisible()) == ("不适用", False)
    editor.choose(1)
    assert editor.frames[2].property("current") is True, "the digits go to the next part that applies"
    assert editor.move_part(-1)
    assert editor.frames[0].property("current") is True
    assert editor.value() == {"a": "yes"}


def test_what_does_not_apply_holds_nothing_up(with_parts):
    editor = with_parts(False)
    editor.set_value({"a": "yes", "c": "1"})
    assert editor.complete()
    assert not with_parts(True).complete()
    unknown = with_parts(None)
    assert unknown.frames[1].editor.isVisible(), "while nobody knows whether it applies, it can be answered"


def test_an_answer_given_before_the_part_dropped_out_is_kept(with_parts):
    editor = with_parts(False)
    editor.set_value({"a": "yes", "b": "no", "c": "1"})
    assert editor.value() == {"a": "yes", "b": "no", "c": "1"}


# --- points that are taken, and numbers in texts


def test_choices_of_a_deduction_say_what_they_take(qtbot, i18n, numbers):
    marking = Marking(i18n, numbers, Fraction(10), taken=True)
    editor, counted = editor_for(YES_NO, marking), editor_for(COUNT, marking)
    for widget in (editor, counted):
        qtbot.addWidget(widget)
    assert [row.points_label.text() for row in editor.rows] == ["扣 5 分", "不扣分 · 一票否决"]
    counted.show_explanation(RuleEvaluator(numbers).mark(COUNT, "3", Fraction(10)).explanation)
    assert counted.derived_label.text() == "→ 扣 6 分"
