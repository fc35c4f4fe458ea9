"""The one dialog of all ledgers, and the doors to it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.certificates import registers
from tests.ui.certificates.registers import build, issue
from tests.workbooks.ledger_reading import lines, sheet_of
from ui.dialogs.ledgers_dialog import LedgersDialog
from ui.dialogs.openers import open_dialog
from ui.dialogs.save_dialog import SaveDialog
from ui.models.sites_model import SiteFilter
from wufei_cells.domain.ledgers import LedgerKind, Scope
from wufei_cells.services import browsing


def top(kind):
    """The dialog of a kind that is open, wherever it hangs."""
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()), None)


@pytest.fixture
def dialog(window, open_window):
    """The dialog over a register of three sites."""
    opened = open_dialog("ledgers", window.context, window.main)
    open_window.settle(window)
    return opened


def save(dialog, target):
    """Choose where to, as a person does."""
    dialog.save_button.click()
    asked = top(SaveDialog)
    asked.fileSelected.emit(str(target))
    asked.close()


def test_the_chosen_ledger_is_written_and_can_be_opened(dialog, window, open_window, tmp_path):
    posted = []
    window.context.notices.posted.connect(posted.append)
    assert (dialog.kind, dialog.scope) == (LedgerKind.SUMMARY, Scope())
    dialog.kind_buttons[LedgerKind.SITES].click()
    target = tmp_path / "单位.xlsx"
    save(dialog, target)
    open_window.settle(window)
    assert {row["单位名称"] for row in lines(target.read_bytes())} == {
        *("焦作市第一中学", "解放区龙源湖公园", "修武县云台山景区"),
    }
    assert (posted[-1].text, posted[-1].opens is not None) == (f"已写到 {target}。", True)
    assert top(LedgersDialog) is None, "it is gone once the work goes on without it"


def test_giving_the_place_up_leaves_the_dialog_as_it_was(dialog):
    dialog.kind_buttons[LedgerKind.EVIDENCE].click()
    dialog.save_button.click()
    asked = top(SaveDialog)
    assert asked.selectedFiles()[0].endswith("证据清单.xlsx")
    asked.reject()
    assert top(LedgersDialog) is dialog
    assert dialog.kind is LedgerKind.EVIDENCE


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_ledger_is_offered_with_what_is_in_it(window, open_window, language):
    window.context.i18n.set_language(language)
    dialog = open_dialog("ledgers", window.context, window.main)
    open_window.settle(window)
    assert list(dialog.kind_buttons) == list(LedgerKind)
    for kind, button in dialog.kind_buttons.items():
        assert button.text()
        assert button.accessibleDescription().endswith("。" if language == "zh" else ".")
        assert "ledgers." not in button.text() + button.accessibleDescription(), kind
    assert dialog.height() <= 700
    dialog.reject()


def test_a_filtered_list_of_sites_proposes_its_places(window, open_window, tmp_path):
    page = window.main.show_room("sites")
    open_window.settle(window)
    category, district = page.model.row_at(page.model.index(0, 0)).category, "jiefang"
    page.show_filtered(SiteFilter(category=category, district=district))
    page.ledgers_button.click()
    open_window.settle(window)
    dialog = top(LedgersDialog)
    assert dialog.scope == Scope(category, district)
    dialog.category_box.setCurrentIndex(0)
    assert dialog.scope == Scope("", district)
    target, named = tmp_path / "一个县区.xlsx", dialog.district_box.currentText()
    save(dialog, target)
    open_window.settle(window)
    assert named in sheet_of(target.read_bytes())["A2"].value


def test_the_overview_leads_to_it(window, open_window):
    page = window.main.show_room("overview")
    open_window.settle(window)
    page.head.open_actions["ledgers"].trigger()
    open_window.settle(window)
    assert isinstance(top(LedgersDialog), LedgersDialog)
    top(LedgersDialog).reject()


def test_a_list_of_certificates_is_proposed_as_it_stands(open_window, tmp_path):
    workspace = registers.opened(build(tmp_path / "certificates"))
    ready = [row for row in browsing.list_assessments(workspace) if row.stage.value == "named"]
    issue(workspace, ready[:2])
    workspace.close()
    window = open_window(folder=tmp_path / "certificates", person=registers.OFFICE)
    page = window.main.show_room("certificates")
    open_window.settle(window)
    page.show_list("ready")
    page.room.tools["ledger"].trigger()
    dialog = top(LedgersDialog)
    assert (dialog.kind, dialog.listed_box.isChecked(), dialog.category_box.isVisible()) == (
        *(LedgerKind.CERTIFICATES, True, False),
    )
    target = tmp_path / "列表.xlsx"
    save(dialog, target)
    open_window.settle(window)
    assert [row["证书编号"] for row in lines(target.read_bytes())] == [None], "on its way to a certificate"
    page.room.tools["ledger"].trigger()
    dialog = top(LedgersDialog)
    dialog.listed_box.click()
    assert dialog.scope == Scope()
    dialog.kind_buttons[LedgerKind.SUMMARY].click()
    assert not dialog.listed_box.isVisible()
    dialog.close()


def test_the_writing_can_be_given_up(window, open_window, register, tmp_path):
    register.add_many(300)
    dialog = open_dialog("ledgers", window.context, window.main)
    open_window.settle(window)
    target = tmp_path / "汇总.xlsx"
    save(dialog, target)
    (task,) = window.context.tasks._waiting
    assert (task.cancellable, bool(task.label)) == (True, True)
    task.cancel()
    open_window.settle(window)
    assert not target.exists()
