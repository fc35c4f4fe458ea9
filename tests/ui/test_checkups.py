"""X-rays in the window: the whole register off the GUI thread, by kind, each line leading to its place."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt

from ui.dialogs.checkup_dialog import CheckupDialog
from ui.widgets.checkup_list import CheckupList
from wufei_cells.domain.checkups import Check
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.services import browsing, evidencing, finding_faults


@pytest.fixture
def told(register):
    """An assessment with a permit that ran out and a major finding, both under its second item."""
    [site] = register.add_sites("焦作市第一中学")
    row = register.start_assessment(site.id)
    workspace = register.opened()
    item = [item.key for item in browsing.checklist(workspace, row.edition).items()][1]
    [piece] = evidencing.attach(workspace, row.id, [item], [("排污许可证.pdf", b"%PDF-1.7")]).taken
    evidencing.set_until(workspace, row.id, piece, date(2020, 1, 31))
    finding_faults.record_finding(workspace, row.id, FindingDraft(item, "major", "焚烧垃圾"))
    workspace.close()
    return row, item


@pytest.fixture
def window(open_window, register, told):
    return open_window(register)


@pytest.fixture
def dialog(window, qtbot):
    window.main.searching.act("checkup")
    found = window.main.findChild(CheckupDialog)
    qtbot.waitUntil(lambda: bool(found.hints) and not found.cancel_button.isVisible())
    return found


def shown(list_) -> list[Check]:
    return [hint.check for hint in list_.model.hints]


def test_enter_leads_to_the_item_and_the_dialog_stays_for_the_next_one(window, dialog, told, open_window, qtbot):
    row, item = told
    assert {Check.EVIDENCE_EXPIRED, Check.FINDING_MAJOR} <= set(shown(dialog.list))
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(Check.FINDING_MAJOR.value))
    assert shown(dialog.list) == [Check.FINDING_MAJOR]
    qtbot.keyClick(dialog.list.list_view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.main.current_room == "assessment")
    open_window.settle(window)
    page = window.main.page("assessment")
    qtbot.waitUntil(lambda: page.scoring.key == item)
    assert page.scoring.session.assessment.id == row.id
    assert dialog.isVisible()
    for chip in dialog.chips.values():
        chip.setChecked(False)
    assert shown(dialog.list) == []
    window.context.i18n.set_language("en")
    assert dialog.list.state_label.text() == "Nothing is left under the filters above."


def test_a_check_that_was_stopped_shows_what_was_known_and_can_be_made_again(window, dialog, qtbot):
    held = threading.Event()
    window.context.ask(window.main, lambda _desk: held.wait(10), lambda _answer: None)
    known = shown(dialog.list)
    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)
    assert dialog.cancel_button.isVisible()
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    held.set()
    assert (shown(dialog.list), dialog.again_button.isEnabled()) == (known, True)


def test_the_list_that_is_given_an_assessment_asks_for_its_hints_itself(window, told, qtbot):
    row, item = told
    found = CheckupList(window.context)
    qtbot.addWidget(found)
    found.resize(320, 240)
    found.show()
    with qtbot.waitSignal(found.loaded):
        found.load(row.id)
    at = shown(found).index(Check.EVIDENCE_EXPIRED)
    with qtbot.waitSignal(found.jump_requested) as jumped:
        found.list_view.doubleClicked.emit(found.model.index(at, 0))
    assert jumped.args == [row.site, row.id, item]
    found.grab()
