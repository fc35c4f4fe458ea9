"""The desk under the richer rules: weights, deductions, facts that follow from others, numbers of the year."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from tests.samples.registers import SAMPLES
from ui.dialogs.explain_dialog import ExplainDialog
from ui.models.desk_items_model import FACTS, ItemFilter, ItemState
from ui.widgets.facts_form import FactsForm
from wufei_cells import shipped
from wufei_cells.checklists.formula_reading import read_formula
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Parameter, Relation
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.text import Text
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

QUARRY = SAMPLES / "quarry.yaml"
SITE_FACTS = {"has_pond": "no", "mined": "120", "workers": "400"}


def fill_quarry(folder):
    """Fill a register with a quarry under assessment."""
    criteria = Criteria((("quarry.yaml", QUARRY.read_bytes()),), shipped.shipped_criteria().profile)
    workspace = open_workspace(folder, criteria, person="张评估", create_folder=True)
    district = browsing.profile(workspace).districts[0].key
    site = registering.add_site(workspace, SiteDraft("云台山石料矿", "quarry", district))
    registering.edit_site(workspace, site.id, facts=SITE_FACTS)
    row = assessing.start_assessment(workspace, site.id, visited_on=date(2026, 3, 1))
    workspace.close()
    return row.id


@pytest.fixture
def small_register(prepared, tmp_path):
    """A register with a quarry under assessment, in place of the small one."""
    folder = tmp_path / "quarry"
    return folder, prepared.copy(fill_quarry, folder)


def give(desk, **answers):
    """Answer beside the window and have the desk read it."""
    workspace = desk.opened()
    given = {key: value if isinstance(value, Answer) else Answer(value) for key, value in answers.items()}
    assessing.record_answers(workspace, desk.assessment, given)
    workspace.close()
    desk.page.session.reload()
    desk.settle()


def listed(desk, key):
    """Give the points or the word at the right of an item in the list."""
    items = desk.page.items
    return items.data(items.index_of(key), items.RowRole).remark


def headings(desk):
    """Give the group headings with what stands at their right."""
    items = desk.page.items
    rows = [items.data(items.index(place), items.RowRole) for place in range(items.rowCount())]
    return {row.title: row.remark for row in rows if row.heading}


def test_the_inputs_of_a_formula_are_typed_and_give_points_at_once(desk):
    desk.page.go_to("A1")
    desk.press("3", "0", "0", Qt.Key.Key_Return, "5", "0", Qt.Key.Key_Return, "7", "0", "0")
    assert desk.card.editor.derived_label.text() == "= 40% → 10 分"
    desk.settle()
    assert desk.value("A1") == {"used": "300", "stored": "50", "made": "700"}


def test_a_formula_that_divides_by_zero_says_so_and_stores_nothing(desk):
    give(desk, A1={"used": "1", "stored": "1", "made": "1"})
    desk.page.go_to("A1")
    for field in desk.card.editor.fields[1:]:
        field.line_edit.setText("0")
        field.line_edit.textEdited.emit("0")
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert "除以 0" in desk.card.editor.fields[-1].problem_label.text()
    assert desk.value("A1") == {"used": "1", "stored": "1", "made": "1"}


def test_a_weight_is_shown_beside_the_points(desk):
    give(desk, A1={"used": "240", "stored": "50", "made": "750"})
    desk.page.go_to("A1")
    assert desk.card.points_label.text() == "7.5 / 10 → 12 / 16 分"
    assert listed(desk, "A1") == "12 / 16"
    desk.page.go_to("A2")
    assert desk.card.points_label.text() == "满分 8"


def test_texts_carry_the_numbers_of_the_day_of_the_visit(desk):
    """In March the goal is 40 %, whatever it is on the day when somebody looks."""
    desk.page.go_to("A1")
    assert desk.card.text_label.text() == "固体废物综合利用率不低于 40%"
    assert desk.card.scoring_label.text() == "达到 40% 得满分，以下按比例"
    assert desk.page.desk.guidance.texts["guidance"].text() == "核对台账；目标 40% 由市里确定"
    desk.context.i18n.set_language("en")
    assert desk.card.text_label.text() == "At least 40% of the solid waste is used"


def test_a_part_that_the_facts_exclude_is_not_asked(desk):
    desk.page.go_to("A2")
    _soil, tailings = desk.card.editor.frames
    assert (tailings.points_label.text(), tailings.editor.isVisible()) == ("不适用", False)
    desk.press("1")
    desk.settle()
    assert desk.card.points_label.text() == "8 / 8 分", "the part that applies makes up for it"
    assert desk.value("A2") == {"soil": "yes"}
    desk.page.go_to(FACTS)
    combo = desk.page.desk.facts_form.fields["has_pond"].field
    combo.setCurrentIndex(combo.findData("yes"))
    desk.settle()
    desk.page.go_to("A2")
    assert desk.card.editor.frames[1].editor.isVisible()
    assert listed(desk, "A2") == "5–8 / 8"


def test_a_deduction_is_taken_off_everywhere(desk):
    give(desk, Y1="2", Y2="no")
    desk.page.go_to("Y1")
    assert desk.card.points_label.text() == "扣 4 / 6 分"
    assert desk.card.remark_label.text().startswith("扣分项")
    assert desk.card.editor.derived_label.text() == "→ 扣 4 分"
    assert (listed(desk, "Y1"), listed(desk, "Y2")) == ("−4 / 6", "0 / 5")
    assert headings(desk)["扣分"] == "−4 / 10"
    assert desk.page.desk.bar.sums_label.text() == "扣分 −4"


def test_a_deduction_nobody_noted_is_not_missing_and_says_so(desk):
    assert listed(desk, "Y1") == "没有"
    assert "Y1" not in desk.page.session.open_entries()


def test_how_much_was_set_aside_stands_against_its_limit(desk):
    bar = desk.page.desk.bar
    assert bar.aside_label.isHidden()
    give(desk, A3=Answer(na="没有边坡"))
    assert bar.aside_label.text() == "不适用 12.5%，最多 30%"
    assert bar.aside_icon.isHidden()
    give(desk, A3=Answer(na="没有边坡"), B1=Answer(na="无危废"), B2=Answer(na="无"))
    assert bar.aside_icon.isVisible()
    assert bar.aside_label.property("role") == "failed"


def test_a_fact_that_follows_from_others_is_shown_and_not_asked(desk):
    desk.page.go_to(FACTS)
    form = desk.page.desk.facts_form
    assert set(form.fields) == {"has_pond", "mined", "workers"}
    assert form.derived["per_worker"].value_label.text() == "3000 吨/人"
    assert not form.derived["per_worker"].findChildren(QLineEdit)
    field = form.fields["workers"].field
    field.setText("0")
    field.editingFinished.emit()
    desk.settle()
    assert form.derived["per_worker"].value_label.text() == "待定"


def test_the_room_of_sites_shows_such_facts_too(desk):
    page = desk.window.main.show_room("sites")
    desk.settle()
    page.show_site(desk.stored().site.id)
    desk.settle()
    form = page.detail.facts_form
    assert set(form.fields) == {"has_pond", "mined", "workers"}
    assert form.derived["per_worker"].value_label.text() == "3000 吨/人"


def test_a_fact_may_follow_from_a_number_of_the_city(desk):
    asked = Fact("rooms", Text("房间"), FactKind.NUMBER, Text("间"))
    follows = Fact("beds", Text("床位"), FactKind.NUMBER, Text("张"), formula=read_formula("rooms * $beds_each"))
    form = FactsForm(desk.context)
    desk.qtbot.addWidget(form)
    form.ask((asked, follows), Numbers([Parameter("beds_each", Text("每间床位"), Text("张"), Decimal("1.5"))]))
    form.show_values({"rooms": "31"})
    assert form.derived["beds"].value_label.text() == "46.5 张"
    assert "房间 × 1.5" in "".join(label.text() for label in form.derived["beds"].findChildren(QLabel))


def test_every_state_filter_and_relation_has_a_word_in_both_languages(desk):
    catalogue = shipped.wording_catalogue()
    keys = [f"desk.state_{state.value}" for state in ItemState] + [f"desk.filter_{which.value}" for which in ItemFilter]
    keys += [f"earlier.{relation.value}" for relation in Relation]
    assert [key for key in keys if key not in catalogue] == []


def test_the_explanation_also_tells_the_other_rules_once_something_does_not_apply(desk):
    everything = {
        "G1": "yes",
        "A1": {"used": "4", "stored": "0", "made": "10"},
        "A2": {"soil": "yes", "tailings": "yes"},
    }
    everything |= {"A3": "0", "B1": "yes", "B2": "yes", "B3": "yes", "B4": "yes"}
    workspace = desk.opened()
    registering.edit_site(workspace, desk.stored().site.id, facts={"has_pond": "yes"})
    workspace.close()
    give(desk, **everything)
    assert not told_under_other_rules(desk)
    give(desk, A3=Answer(na="没有边坡"))
    assert len(told_under_other_rules(desk)) == 4
    began = time.perf_counter()
    desk.page.steps.refresh_why()
    assert time.perf_counter() - began < 0.5, "five evaluations and a repaint"


def told_under_other_rules(desk):
    desk.page.steps.show_why()
    [dialog] = [one for one in desk.window.main.findChildren(ExplainDialog) if one.isVisible()]
    tree = dialog.tree
    sentences = [tree.topLevelItem(place).text(0) for place in range(tree.topLevelItemCount())]
    return [sentence for sentence in sentences if sentence.startswith("如果不适用的条款")]
