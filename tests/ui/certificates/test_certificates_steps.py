"""What the office does in the room of certificates: what is asked, what is said, and what is seen of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from tests.samples.registers import OFFICE
from tests.ui.certificates import registers
from tests.ui.certificates.registers import WAIT, issue, names_in, opened, select, wait_for
from ui.context import Desk
from ui.dialogs import certificate_steps
from ui.dialogs.appeals_dialog import AppealsDialog
from ui.dialogs.certificate_steps import IssueRun
from ui.dialogs.event_dialog import EventDialog
from ui.dialogs.given_reason_dialog import GivenReasonDialog
from ui.dialogs.issue_dialog import IssueDialog
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.notice_dialog import NoticeDialog
from ui.dialogs.unlock_dialog import UnlockDialog
from ui.dialogs.verify_dialog import VerifyDialog
from ui.models.certificate_lists import DUE, ISSUED, READY, STOPPED, used_lists
from ui.models.open_key import OpenKey
from ui.tasks import RunningTask, TaskCancelled, TaskProgress
from ui.widgets.pdf_view import print_pages
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.objections import Outcome
from wufei_cells.domain.process import Process
from wufei_cells.domain.supervision import EventKind
from wufei_cells.services import browsing, objecting, office_keys, papers, roles, supervising
from wufei_cells.services.supervising import months_before
from wufei_cells.signing.signing_key import generate

PASSPHRASE = "correct horse battery"  # noqa: S105 - of a key that is made here


@pytest.fixture
def open_page(open_window, folder):
    """Open the page; what it shall show is put on record before."""

    def start(person=OFFICE):
        window = open_window(folder=folder, person=person)
        page = window.main.show_room("certificates")
        page.settle = lambda: open_window.settle(window)
        page.settle()
        return page

    return start


def named(workspace):
    return [row for row in browsing.list_assessments(workspace) if row.stage is Stage.NAMED]


def test_a_notice_says_what_is_missing_beside_its_fields_and_then_offers_its_paper(qtbot, open_page):
    page = open_page()
    select(page, "to_notice", 0, 1)
    page.take("notice")
    asked = wait_for(qtbot, page, NoticeDialog)
    today = page.loaded.today
    assert (today + timedelta(days=6)).isoformat() in asked.hint_label.text()
    asked.contact_edit.clear()
    asked.until_edit.setDate(asked.from_edit.date())
    asked.confirm()
    qtbot.waitUntil(lambda: asked.contact_edit.accessibleDescription() != "", timeout=WAIT)
    assert asked.isVisible()
    assert (today + timedelta(days=6)).isoformat() in asked.until_edit.accessibleDescription()
    asked.contact_edit.setPlainText("市无废办 0391-1234567")
    asked.until_edit.setDate(asked.from_edit.date().addDays(6))
    asked.confirm()
    offered = wait_for(qtbot, page, ListDialog)
    page.settle()
    assert page.list == "notices"
    assert len(names_in(page, "notices")) == 3
    offered.copy_button.click()
    page.settle()
    assert "东区税务局" in QApplication.clipboard().text()


def test_a_withdrawal_is_asked_for_twice_seen_and_can_be_struck(qtbot, open_page, beside):
    (row,) = issue(beside, named(beside)[:1])
    page = open_page()
    page.show_certificate(row.id)
    page.steps.office.record(EventKind.WITHDRAW, page.current().certificate, page.loaded)
    asked = wait_for(qtbot, page, EventDialog)
    barred = months_before(page.loaded.today, -36)
    assert barred.isoformat() in asked.hint_label.text(), "until when the site cannot apply"
    asked.reason_edit.setPlainText("提供虚假材料")
    asked.confirm()
    page.settle()
    assert asked.isVisible(), "once more"
    assert "请再确认一次" in asked.hint_label.text()
    assert browsing.certificate(beside, row.id).state.value == "valid"
    asked.confirm()
    page.settle()
    assert page.list == ISSUED
    assert names_in(page, STOPPED) == {row.site_name}
    page.show_certificate(row.id)
    page.settle()
    assert page.list == STOPPED
    assert page.room.story.state_label.text().startswith("已于")
    assert page.room.story.sentences()[0].startswith("撤销")
    (event,) = supervising.events(beside, row.id)
    page.room.story.strike_requested.emit(event.id)
    struck = wait_for(qtbot, page, GivenReasonDialog)
    struck.reason_edit.setPlainText("登错了单位")
    struck.confirm()
    page.settle()
    assert struck.isVisible(), "a withdrawal is struck only when it is confirmed once more"
    assert "状态清单" in struck.hint_label.text()
    struck.confirm()
    page.settle()
    assert names_in(page, ISSUED) == {row.site_name}


def printed_again(content, path):
    """Print a PDF into another one: pictures of its pages, without the text of the code."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    print_pages(content, printer, TaskProgress(RunningTask(QApplication.instance(), "", cancellable=False)))
    return path.read_bytes()


def test_what_is_dropped_is_checked_with_every_signed_field(qtbot, open_page, beside, tmp_path):
    key = office_keys.make_key(beside.acting_as(OFFICE), PASSPHRASE)
    (row,) = issue(beside, named(beside)[:1], key=key)
    content = papers.paper_of(beside, registers.press(), row.id).content
    (tmp_path / "证书.pdf").write_bytes(content)
    (tmp_path / "改过.pdf").write_bytes(content + b"\n% once more\n")
    page = open_page()
    page.steps.verify([])
    dialog = wait_for(qtbot, page, VerifyDialog)
    (tmp_path / "另一份.pdf").write_bytes(content.replace(b"%%EOF", b"%% EOF"))
    (tmp_path / "印出来的.pdf").write_bytes(printed_again(content, tmp_path / "again.pdf"))
    words = {
        "证书.pdf": "有效",
        "改过.pdf": "证书内容是真的，文件后面加了内容",
        "另一份.pdf": "证书内容是真的，但这份文件不是原件",
        "印出来的.pdf": "证书内容是真的，但这份文件不是原件",
    }
    for file, said in words.items():
        dropped = QMimeData()
        dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / file))])
        how = (Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        dialog.dropEvent(QDropEvent(QPointF(5, 5), *how))
        page.settle()
        assert dialog.pane.verdict_label.text() == said, file
        shown = [dialog.pane.table.item(place, 1).text() for place in range(dialog.pane.table.rowCount())]
        assert {row.number, row.site_name, row.valid_until.isoformat()} <= set(shown)
        assert any("一致" in line for line in dialog.pane.lines())
        assert any("PDF" in line for line in dialog.pane.lines()) == (said != "有效")
    dialog.text_edit.setText(row.proof[:-1] + ("0" if row.proof[-1] != "0" else "1"))
    qtbot.keyClick(dialog.text_edit, Qt.Key.Key_Return)
    page.settle()
    assert dialog.isVisible()
    assert dialog.pane.verdict_label.text() in ("被改动", "读不出")


def open_key(qtbot, asked):
    """Mistype the passphrase, and type it rightly."""
    asked.passphrase_edit.setText("wrong horse battery")
    asked.confirm()
    qtbot.waitUntil(asked.problem_label.isVisible, timeout=WAIT)
    assert "口令不对" in asked.problem_label.text()
    asked.passphrase_edit.setText(PASSPHRASE)
    asked.confirm()


def test_the_passphrase_is_asked_once_and_a_wrong_one_is_said_where_it_was_typed(qtbot, open_page, beside):
    office_keys.make_key(beside.acting_as(OFFICE), PASSPHRASE)
    page = open_page()
    for _time in range(2):
        select(page, READY, 0)
        page.take("issue")
        wait_for(qtbot, page, IssueDialog).confirm_button.click()
        if page.steps.certificates.key.use() is None:
            open_key(qtbot, wait_for(qtbot, page, UnlockDialog))
        qtbot.waitUntil(lambda: page.steps.certificates._run is None, timeout=WAIT)
        page.settle()
    assert page.models[ISSUED].total == 2
    assert all(row.proof for row in browsing.list_certificates(beside))


def test_an_objection_is_entered_and_upheld_in_the_room_and_the_hint_says_what_follows(qtbot, open_page, beside):
    page = open_page()
    row = page.models["notices"].row_at(page.models["notices"].index(0, 0))
    select(page, "notices", 0)
    page.take("object")
    asked = wait_for(qtbot, page, AppealsDialog)
    assert asked.kind_box.currentText() == "异议"
    assert "不印" in asked.new_hint.text()
    asked.text_edit.setPlainText("名单有误")
    asked.enter_button.click()
    page.settle()
    asked.close()
    select(page, "notices", 0)
    page.take("settle")
    asked = wait_for(qtbot, page, AppealsDialog)
    asked.outcome_box.setCurrentIndex(asked.outcome_box.findData(Outcome.DISMISSED.value))
    assert "照常" in asked.settle_hint.text()
    asked.outcome_box.setCurrentIndex(asked.outcome_box.findData(Outcome.UPHELD.value))
    assert "移出公示" in asked.settle_hint.text()
    asked.reason_edit.setPlainText("属实")
    asked.settle_button.click()
    page.settle()
    assert [one.outcome for one in objecting.objections(beside, row.id)] == [Outcome.UPHELD]
    asked.return_button.click()
    page.settle()
    assert page.window().current_room == "assessment"


def test_whoever_is_not_of_the_office_is_told_so_before_anything_opens(open_page, beside):
    roles.grant(beside.acting_as(OFFICE), OFFICE, Role.OFFICE)
    office_keys.make_key(beside.acting_as(OFFICE), PASSPHRASE)
    page = open_page(person="王敏")
    for place, step in (("to_notice", "notice"), ("to_name", "name"), (READY, "issue")):
        page.window().notice_bar.text_label.clear()
        select(page, place, 0)
        page.take(step)
        page.settle()
        assert OFFICE in page.window().notice_bar.text_label.text(), step
        assert not [each for each in page.window().findChildren(QDialog) if each.isVisible()], step


def test_closing_the_window_waits_until_the_certificates_are_issued(qtbot, open_page, beside):
    page = open_page()
    window = page.window()
    select(page, READY, 0, 1, 2)
    page.take("issue")
    wait_for(qtbot, page, IssueDialog).confirm_button.click()
    qtbot.waitUntil(lambda: bool(page._context.unfinished.works), timeout=WAIT)
    window.close()
    assert window.isVisible()
    assert "正在签发证书，还有" in window.closing_bar.text_label.text()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=WAIT)
    assert len(browsing.list_certificates(beside)) == 3


# --- without a window


def test_a_key_that_nobody_uses_is_forgotten(qtbot, qapp):
    holder = OpenKey(held_for=30)
    holder.hold(generate())
    assert holder.use() is not None
    qtbot.waitUntil(lambda: holder._key is None, timeout=WAIT)
    assert holder.use() is None


def test_what_was_issued_before_it_was_cut_off_stands(qapp, folder):
    desk = Desk(lambda _report: opened(folder, person=OFFICE))
    run = IssueRun(tuple(named(desk.workspace)), desk.workspace.today(), "")
    task = RunningTask(qapp, "", cancellable=True)
    task.progressed.connect(task.cancel)
    with pytest.raises(TaskCancelled):
        certificate_steps._issue(run, registers.press, desk, TaskProgress(task))
    assert (len(run.certificates), run.left) == (1, 2)
    assert [row.id for row in browsing.list_certificates(desk.workspace)] == [run.certificates[0].id]
    desk.close()


def test_a_city_that_asks_for_less_sees_fewer_lists():
    nothing = dict.fromkeys(("to_notice", "notices", "to_name", READY, ISSUED, DUE, STOPPED), ())
    assert used_lists(Process(), nothing) == (READY, ISSUED, DUE, STOPPED)
    assert used_lists(Process(naming=True), nothing) == ("to_name", READY, ISSUED, DUE, STOPPED)
    assert used_lists(Process(), {**nothing, "notices": ("left from before",)})[0] == "notices"
