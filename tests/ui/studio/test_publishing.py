"""Publishing and what follows: what changes, what it means for the sites, and the assessments carried over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.carry_over_dialog import CarryOverDialog
from ui.dialogs.compare_dialog import CompareDialog
from ui.dialogs.impact_dialog import ImpactDialog
from ui.dialogs.publish_dialog import PublishDialog
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import EditionState
from wufei_cells.services import assessing, browsing, drafting

A1 = ("groups", 0, "items", 0)
OFFICE = "无废机关评估标准（示范模板）"
SITES = ("市一机关", "市二机关", "市三机关")


@pytest.fixture
def assessed(register):
    """Three offices that are being scored, two of their items answered."""
    register.add_sites(*SITES)
    workspace = register.opened()
    begun = []
    for site in register.sites:
        row = assessing.start_assessment(workspace, site.id)
        assessing.record_answer(workspace, row.id, "A1", Answer({"body": "yes", "person": "yes", "duties": "no"}))
        assessing.record_answer(workspace, row.id, "A2", Answer("full"))
        begun.append(row)
    workspace.close()
    return begun


@pytest.fixture
def draft(room_on, assessed, register):
    """A draft of the next edition: one item reworded, one gone."""
    room = room_on(register)
    room.choose(OFFICE)
    room.press("draft_from")
    studio = room.studio
    studio.session.write((*A1, "text", "zh"), "换了说法")
    studio.view.tree.choose(("groups", 0, "items", 4))
    studio.view.tree.remove()
    room.saved()
    assert studio.problems() == []
    return room


def publish(room):
    room.qtbot.mouseClick(room.studio.view.bar.publish_button, Qt.MouseButton.LeftButton)
    room.settle()
    return room.dialog(PublishDialog)


def test_nothing_is_published_before_the_one_question_is_answered(draft):
    dialog = publish(draft)
    assert dialog.confirm_button.isEnabled()
    assert "删除 1" in dialog.texts["changes"].text()
    assert "3" in dialog.texts["impact"].text()
    assert dialog.texts["before"].text().endswith("2026.1（正在使用）")
    dialog.reject()
    draft.settle()
    workspace = draft.opened()
    assert len(browsing.editions(workspace)) == 6
    assert len(drafting.list_drafts(workspace)) == 1
    workspace.close()


def test_the_question_leads_to_every_change_and_every_site(draft):
    dialog = publish(draft)
    dialog.compare_button.click()
    draft.settle()
    changes = draft.dialog(CompareDialog)
    assert {section.key for section in changes.notice.sections} >= {"removed", "words"}
    changes.reject()
    dialog.impact_button.click()
    draft.settle()
    impact = draft.dialog(ImpactDialog)
    assert impact.model.rowCount() == 3
    assert impact.reasons_label.text()
    impact.reject()
    dialog.reject()


def test_publishing_asks_which_assessments_go_along_and_can_take_that_back(draft):
    dialog = publish(draft)
    dialog.confirm_button.click()
    draft.settle()
    workspace = draft.opened()
    editions = {row.edition: row for row in browsing.editions(workspace) if row.category == "office"}
    assert editions["2026.2"].state is EditionState.IN_FORCE
    assert editions["2026.1"].state is EditionState.SUPERSEDED
    assert drafting.list_drafts(workspace) == ()
    assert not draft.page.in_studio
    assert draft.page.selected.id == editions["2026.2"].id

    wizard = draft.dialog(CarryOverDialog)
    assert {one.site for one in wizard.passengers} == set(SITES)
    assert {(one.carried, one.rechecks, one.archived) for one in wizard.passengers} == {(1, 1, 0)}
    wizard.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert wizard.confirm_button.text() == "换 2 份"
    wizard.confirm_button.click()
    draft.settle()
    pinned = [row.edition for row in browsing.list_assessments(workspace)]
    assert pinned.count(editions["2026.2"].id) == 2
    assert draft.notices[-1] == "2 份评估已换到新版。"
    draft.window.main.notice_bar.undo_button.click()
    draft.settle()
    assert {row.edition for row in browsing.list_assessments(workspace)} == {editions["2026.1"].id}
    workspace.close()


def test_all_go_along_at_once_and_nothing_is_lost(draft):
    publish(draft).confirm_button.click()
    draft.settle()
    draft.dialog(CarryOverDialog).confirm_button.click()
    draft.settle()
    workspace = draft.opened()
    (edition,) = [
        row.id for row in browsing.editions(workspace) if row.edition == "2026.2" and row.category == "office"
    ]
    rows = browsing.list_assessments(workspace)
    assert {row.edition for row in rows} == {edition}
    sheet = browsing.sheet(workspace, rows[0].id)
    assert "A2" in sheet.answers
    assert "A1" in sheet.rechecks
    workspace.close()


def test_what_somebody_else_saved_meanwhile_is_not_published_unread(draft):
    dialog = publish(draft)
    workspace = draft.opened()
    (row,) = drafting.list_drafts(workspace)
    data = drafting.open_draft(workspace, row.id).data
    data["notice"] = {"zh": "别人加的说明"}
    drafting.save_draft(workspace, row.id, data)
    dialog.confirm_button.click()
    draft.settle()
    assert len(browsing.editions(workspace)) == 6
    assert draft.notices, "it says why nothing was published"
    workspace.close()


def test_an_edition_that_is_to_come_replaces_nothing_yet(draft):
    draft.studio.session.write(("effective_from",), "2099-01-01")
    draft.saved()
    publish(draft).confirm_button.click()
    draft.settle()
    states = {row.edition: row.state for row in draft.page._all if row.category == "office"}
    assert states == {"2026.1": EditionState.IN_FORCE, "2026.2": EditionState.TO_COME}
    assert "2099-01-01" in draft.notices[-1]


def test_an_edition_that_starts_before_the_one_in_force_says_that_it_is_not_used(draft):
    draft.studio.session.write(("effective_from",), "2025-01-01")
    draft.saved()
    publish(draft).confirm_button.click()
    draft.settle()
    assert "WF-JG 2026.1" in draft.notices[-1]
    assert "仍是现行版次" in draft.notices[-1]


def test_numbers_that_the_city_laid_down_otherwise_are_named_before_publishing(draft):
    marks = [entry["key"] for entry in draft.studio.session.value(("parameters",))]
    at = marks.index("pass_mark")
    draft.studio.session.write(("parameters", at, "value"), "85")
    draft.saved()
    dialog = publish(draft)
    assert dialog.texts["city"].isVisible()
    assert "85" in dialog.texts["city"].text()
    assert "80" in dialog.texts["city"].text()
    dialog.reject()
