"""A site that the pre-check shuts out is not scored: the desk closes its answers and leads to the pre-check."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.samples.registers import PRECHECK, sample
from tests.ui.desk.conftest import WAIT, Desk
from ui.models.desk_items_model import PRECHECK as PRECHECK_ENTRY
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.services import assessing, browsing, prechecking, registering, teaming
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

SMALL = Path(__file__).with_name("small.yaml")
REASON = "近三年有严重失信记录"


def fill_strict(folder):
    """Fill a register in a city that asks before scoring; everything was found in order so far."""
    profile = sample("city") + PRECHECK.encode()
    criteria = Criteria((("small.yaml", SMALL.read_bytes()),), ("city.yaml", profile))
    workspace = open_workspace(folder, criteria, person="张评估", create_folder=True)
    site = registering.add_site(workspace, SiteDraft("焦作市䶮泉路小学", "office", "east"))
    row = assessing.start_assessment(workspace, site.id)
    asked = prechecking.questions(workspace, row.id)
    prechecking.record_precheck(workspace.acting_as("赵核对"), row.id, prechecking.all_hold(asked))
    workspace.close()
    return row.id


@pytest.fixture
def desk(qtbot, open_window, prepared, tmp_path):
    """A desk in a city that asks before scoring; everything was found in order so far."""
    folder = tmp_path / "strict"
    assessment = prepared.copy(fill_strict, folder)
    window = open_window(folder=folder)
    with qtbot.waitActive(window.main):
        window.main.activateWindow()
    window.main.show_assessment(assessment)
    desk = Desk(qtbot, window, folder, assessment)
    qtbot.waitUntil(lambda: desk.page.session.sheet is not None, timeout=WAIT)
    desk.settle()
    return desk


def fail(desk):
    other = desk.opened()
    found = {"credit": PrecheckFinding(holds=False, reason=REASON)}
    prechecking.record_precheck(other, desk.assessment, found, stop=False)
    other.close()
    desk.page.session.reload()
    desk.settle()


def fail_at_the_desk(desk):
    desk.page.go_to(PRECHECK_ENTRY)
    row = desk.page.precheck.rows[0]
    desk.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_2)
    desk.settle()
    row.reason_edit.setPlainText(REASON)
    desk.page.precheck.flush()
    desk.settle()


def test_what_fails_at_the_desk_closes_its_answers_at_once(desk):
    desk.page.go_to("A1")
    desk.press("1")
    desk.settle()
    fail_at_the_desk(desk)
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "yes", "what was answered stays, and nothing new is taken"
    assert REASON in desk.page.desk.banner.text_label.text()
    assert desk.page.desk.banner.action_button.isVisible()


def test_the_banner_leads_to_the_pre_check_and_what_holds_again_opens_the_answers(desk):
    fail(desk)
    desk.page.go_to("A1")
    desk.qtbot.mouseClick(desk.page.desk.banner.action_button, Qt.MouseButton.LeftButton)
    assert desk.page.key == PRECHECK_ENTRY
    desk.press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_1)
    desk.settle()
    assert desk.page.desk.banner.isHidden()
    desk.page.go_to("A1")
    desk.press("2")
    desk.settle()
    assert desk.value("A1") == "no"


def test_the_grid_takes_nothing_either(desk):
    fail(desk)
    desk.page.show_view("grid")
    assert not desk.page.panels.built["grid"].model.answers.editable("A1")


def test_the_banner_on_a_sheet_that_belongs_to_an_assessment_leads_to_the_assessment(desk):
    other = desk.opened("张评估")
    part = teaming.add_sheet(other, desk.assessment, "self")
    other.close()
    fail(desk)
    desk.window.main.show_assessment(part.id)
    desk.qtbot.waitUntil(lambda: desk.page.session.sheet.assessment.id == part.id, timeout=WAIT)
    desk.settle()
    assert REASON in desk.page.desk.banner.text_label.text()
    desk.qtbot.mouseClick(desk.page.desk.banner.action_button, Qt.MouseButton.LeftButton)
    desk.qtbot.waitUntil(lambda: desk.page.session.sheet.assessment.id == desk.assessment, timeout=WAIT)
    desk.settle()
    assert desk.page.key == PRECHECK_ENTRY
    assert browsing.sheet(desk.opened(), part.id).answers == {}
