"""After a change of edition: earlier answers are proposed beside both texts, and nothing of them gets lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.samples.registers import SAMPLES, found_in_order
from tests.ui.desk.conftest import hand_in
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, browsing, carrying_over, publishing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

OLD = (SAMPLES / "quarry.yaml").read_text("utf-8")
CHANGES = {
    'edition: "2026.1"': 'edition: "2026.2"',
    "表土和尾矿, en: Topsoil and tailings": "表土单独堆放，尾矿综合利用, en: Topsoil kept apart and tailings used",
    "有一处裸露扣2分": "有一处裸露扣3分",
    "steps: {points: -2}}}": "steps: {points: -3}}}",
    # B1 asks for a level now, so that yes and no no longer fit
    'scoring: {zh: 有得8分, en: "Yes: 8"}, verify: [site], rule: {yes_no: 8}}': "scoring: {zh: 分级, en: Levels}, "
    "verify: [site], rule: {levels: [{key: full, text: 规范, points: 8}, {key: none, text: 没有, points: 0}]}}",
    "群众投诉属实": "群众投诉经查属实",
}
REMOVED = '          - {key: B2, text: {zh: 分类投放, en: Sorting}, full: 6, scoring: {zh: 有得6分, en: "Yes: 6"}, '
ANSWERS = {
    "G1": Answer("yes"),
    "A1": Answer({"used": "300", "stored": "50", "made": "700"}),
    "A2": Answer({"soil": "yes"}, note="看了两处"),
    "A3": Answer("1"),
    "B1": Answer("yes"),
    "B2": Answer("yes"),
    "B4": Answer(na="集团统一管理"),
    "Y1": Answer("1"),
}


def new_edition():
    text = OLD.replace("cap: 12", "cap: 8")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    return "\n".join(line for line in text.splitlines() if not line.startswith(REMOVED))


def fill_quarry(folder):
    """Fill a register with a quarry's assessment that was carried over to another edition."""
    criteria = Criteria((("quarry.yaml", OLD.encode()),), shipped.shipped_criteria().profile)
    workspace = open_workspace(folder, criteria, person="王评估", create_folder=True)
    district = browsing.profile(workspace).districts[0].key
    site = registering.add_site(workspace, SiteDraft("云台山石料矿", "quarry", district))
    registering.edit_site(workspace, site.id, facts={"has_pond": "no", "mined": "120", "workers": "400"})
    hand_in(workspace, site.id)
    row = assessing.start_assessment(workspace, site.id, assessors=("王评估", "李娜"))
    found_in_order(workspace.acting_as("赵核对"), row.id)
    assessing.record_answers(workspace, row.id, ANSWERS)
    edition = publishing.publish_file(workspace, new_edition().encode(), "new.yaml")
    carrying_over.carry_over(workspace, row.id, edition)
    workspace.close()
    return row.id


@pytest.fixture
def small_register(prepared, tmp_path):
    """A quarry's assessment that was carried over, in place of the small register."""
    folder = tmp_path / "quarry"
    return folder, prepared.copy(fill_quarry, folder)


def panel_texts(desk):
    QApplication.processEvents()  # what was put together just now is shown by the event loop
    return [label.text() for label in desk.card.recheck.findChildren(type(desk.card.text_label)) if label.isVisible()]


def test_what_waits_is_marked_filtered_and_counted_as_missing(desk):
    page = desk.page
    items = page.items
    assert items.data(items.index_of("A3"), items.RowRole).remark == "待复核"
    page.set_filter("recheck")
    assert items.keys() == ["A2", "A3", "B1", "Y1"]
    assert page.desk.filters.chips["recheck"].text() == "待复核 4"
    assert page.desk.bar.missing_button.text() == "缺 4 项", "the deduction too, which is never missing by itself"
    assert items.data(items.index_of("A1"), items.RowRole) is None, "what was carried over is not among them"


def test_old_and_new_words_stand_beside_each_other(desk):
    desk.page.go_to("A3")
    assert desk.card.scoring_label.text() == "有一处裸露扣3分"
    told = panel_texts(desk)
    assert any("有一处裸露扣" in text and "line-through" in text for text in told), "what went is struck through"
    assert "1 处，每满 1 处扣 2 分：6 − 2 = 4 分；裸露边坡：1 处" in told
    assert any(text.startswith("王评估 · ") for text in told)
    desk.page.go_to("A1")
    assert desk.card.recheck.isHidden()


def test_one_key_lets_the_earlier_answer_stand(desk):
    desk.page.go_to("A2")
    desk.press("y")
    desk.settle()
    row = desk.stored().answers["A2"]
    assert (row.answer, row.author) == (ANSWERS["A2"], "张评估")
    assert row.values == 1, "it takes the place of the earlier act and stands in no conflict with it"
    assert desk.card.recheck.isHidden()
    assert desk.card.points_label.text() == "8 / 8 分"
    assert desk.card.note_edit.note() == "看了两处"


def test_an_answer_given_anew_settles_it_as_well(desk):
    desk.page.go_to("A3")
    desk.press("2")
    desk.settle()
    assert desk.value("A3") == "2"
    assert desk.stored().answers["A3"].values == 1
    assert desk.card.recheck.isHidden()


def test_an_answer_that_does_not_fit_any_more_cannot_stand(desk):
    desk.page.go_to("B1")
    assert any(text.startswith("原来的回答不能照搬") for text in panel_texts(desk))
    assert not desk.card.recheck.buttons
    desk.press("y")
    desk.settle()
    assert desk.value("B1") is None
    desk.press("1")
    desk.settle()
    assert desk.value("B1") == "full"


def test_a_note_alone_does_not_push_the_proposal_away(desk):
    desk.page.go_to("A2")
    desk.press("m")
    desk.write("再看一次")
    desk.press(Qt.Key.Key_Escape)
    desk.settle()
    assert "A2" not in desk.stored().answers
    assert "说明会和回答一起存" in desk.card.banner.text_label.text()
    desk.press("y")
    desk.settle()
    assert desk.stored().answers["A2"].answer == Answer({"soil": "yes"}, note="看了两处\n再看一次")


def test_taking_the_confirmation_back_brings_the_proposal_back(desk):
    desk.page.go_to("A3")
    desk.press("y")
    desk.settle()
    desk.press("u")
    desk.settle()
    assert desk.card.recheck.isVisible()
    desk.press("y")
    desk.settle()
    assert desk.value("A3") == "1"


def test_clearing_settles_it_too_and_can_be_taken_back(desk):
    desk.page.go_to("Y1")
    desk.press(Qt.Key.Key_Delete)
    desk.settle()
    assert desk.card.recheck.isHidden()
    assert "Y1" not in desk.stored().rechecks
    assert desk.page.desk.bar.missing_button.text() == "缺 3 项"
    desk.press("u")
    desk.settle()
    assert desk.card.recheck.isVisible()
    desk.press("y")
    desk.settle()
    assert desk.value("Y1") == "1"


def test_finishing_leads_to_what_was_not_looked_at_again(desk):
    for key, keys in (("A2", "y"), ("A3", "y"), ("B1", "1")):
        desk.page.go_to(key)
        desk.press(keys)
        desk.settle()
    desk.page.steps.finish()
    desk.settle()
    assert desk.page.key == "Y1"
    assert "还没有复核" in desk.notices[-1]
    desk.press("y")
    desk.settle()
    desk.page.steps.finish()
    desk.settle()
    assert desk.stored().assessment.stage is Stage.FINISHED


def test_answers_to_removed_items_can_be_read(desk):
    archived = desk.page.desk.archived
    assert archived.fold_button.text() == "已删条款的回答 1 条"
    assert archived.area.isHidden()
    desk.qtbot.mouseClick(archived.fold_button, Qt.MouseButton.LeftButton)
    texts = [label.text() for label in archived.findChildren(type(desk.card.text_label)) if label.isVisible()]
    assert {"B2　条款已删去", "分类投放", "是：6 分"} <= set(texts)
    desk.context.i18n.set_language("en")
    assert archived.fold_button.text() == "Answers to removed items (1)"


def test_the_panel_follows_the_language(desk):
    desk.page.go_to("A3")
    desk.context.i18n.set_language("en")
    assert "A3: reworded" in panel_texts(desk)
    assert desk.card.recheck.buttons[0].text() == "Let this answer stand (Y)"
