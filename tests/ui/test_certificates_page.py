"""The room of certificates: issue one, see it as it prints, open, save and print one or many."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QDate, QItemSelectionModel, Qt
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton

from tests.samples.registers import found_in_order
from ui.dialogs.issue_dialog import IssueDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.tasks import RunningTask, TaskProgress
from ui.widgets.pdf_view import ZOOMS, PdfView, draw_page, print_pages
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.criteria import Criteria
from wufei_cells.errors import EnvironmentFault
from wufei_cells.services import assessing, browsing, certifying, deciding, papers, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

WAIT = 15_000
NAMES = ("焦作市城市管理局", "䶮㳇鿍𬇙街道办事处", "博爱县自然资源局")
CHECKLIST = b"""
format: wufei-checklist/1
key: TINY
edition: "1"
title: {zh: \xe5\xb0\x8f\xe6\xa0\x87\xe5\x87\x86, en: Tiny checklist}
category: {key: office, text: {zh: \xe6\x97\xa0\xe5\xba\x9f\xe6\x9c\xba\xe5\x85\xb3, en: Office}, code: JG}
official: no
effective_from: 2026-01-01
full: 10
scoring:
  not_applicable: rescale
  grades: [{key: ok, text: {zh: \xe8\xbe\xbe\xe6\xa0\x87, en: Qualified}, total_at_least: 5}]
groups:
  - {key: A, text: A, items: [{key: A1, text: A1, full: 10, scoring: x, verify: [site], rule: {yes_no: 10}}]}
"""


@pytest.fixture
def folder(tmp_path):
    """A register with three approved assessments."""
    folder = tmp_path / "certificates"
    criteria = Criteria((("tiny.yaml", CHECKLIST),), shipped.shipped_criteria().profile)
    workspace = open_workspace(folder, criteria, person="张评估", create_folder=True)
    district = browsing.profile(workspace).districts[0].key
    for name in NAMES:
        site = registering.add_site(workspace, SiteDraft(name, "office", district))
        row = assessing.start_assessment(workspace, site.id)
        found_in_order(workspace, row.id)
        assessing.record_answer(workspace, row.id, "A1", Answer("yes"))
        assessing.finish_assessment(workspace, row.id)
        deciding.decide(workspace, row.id, approve=True)
    workspace.close()
    return folder


@pytest.fixture
def register_beside(folder):
    """The same register as a second program sees it."""
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="李旁人")
    yield workspace
    workspace.close()


@pytest.fixture
def page(qtbot, open_window, folder):
    """The page, with its rows."""
    window = open_window(folder=folder)
    page = window.main.show_room("certificates")
    page.settle = lambda: open_window.settle(window)
    page.settle()
    return page


def select(page, name, *places):
    """Select lines of a list."""
    page.show_list(name)
    table = page.tables[name]
    table.selectionModel().clear()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for place in places:
        table.selectionModel().setCurrentIndex(table.model().index(place, 0), flags)


def wait_for(qtbot, page, kind):
    """Wait for a dialog of the page and give it."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in page.window().findChildren(kind)), timeout=WAIT)
    return next(each for each in page.window().findChildren(kind) if each.isVisible())


def wait_for_preview(qtbot, page):
    qtbot.waitUntil(lambda: page.preview.showing_pdf and page.preview.pdf_view.page_count > 0, timeout=WAIT)
    page.settle()


def issue_beside(register_beside, count):
    """Issue certificates beside the window."""
    ready = [row for row in browsing.list_assessments(register_beside) if row.stage.value == "approved"]
    return [certifying.issue_certificate(register_beside, row.id) for row in ready[:count]]


def reload(page):
    page.refresh()
    page.settle()


def test_what_can_be_issued_is_listed_and_nothing_else(page):
    assert page.list == "ready"
    assert {page.ready.index(place, 0).data() for place in range(page.ready.rowCount())} == set(NAMES)
    assert [chip.text() for chip in page.chips.values()] == ["待签发 3", "已签发 0"]
    assert page.preview.message_label.text().startswith("签发以后")
    page.show_list("issued")
    assert not page.list_state.showing_content


def test_a_certificate_is_issued_and_shown_as_it_prints(qtbot, page, register_beside):
    assessment = next(row for row in browsing.list_assessments(register_beside) if row.site_name == NAMES[1])
    page.window().issue_certificate(assessment.id)
    asked = wait_for(qtbot, page, IssueDialog)
    assert NAMES[1] in asked.heading_label.text()
    asked.day_edit.setDate(QDate(2026, 3, 1))
    event = QInputMethodEvent()
    event.setCommitString("焦环〔2026〕12号")
    QApplication.sendEvent(asked.document_edit, event)
    assert asked.until_label.text() == "2029-03-01"
    assert f"兹认定{NAMES[1]}" in asked.body_label.text()
    assert "文号：焦环〔2026〕12号" in asked.details_label.text()
    qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    page.settle()
    wait_for_preview(qtbot, page)
    certificate = browsing.list_certificates(register_beside)[0]
    assert (certificate.site_name, certificate.document_number) == (NAMES[1], "焦环〔2026〕12号")
    assert certificate.issued_on.isoformat() == "2026-03-01"
    assert page.list == "issued"
    assert page.preview.pdf_view.page_count == 1
    words = page.preview.pdf_view.text()
    assert NAMES[1] in words.replace("\r\n", "")
    assert certificate.number in words
    assert [chip.text() for chip in page.chips.values()] == ["待签发 2", "已签发 1"]


def test_the_preview_is_drawn_and_grows_and_fits_again(qtbot, page, register_beside):
    issue_beside(register_beside, 1)
    reload(page)
    page.show_list("issued")
    page._select_first()
    wait_for_preview(qtbot, page)
    view = page.preview.pdf_view
    qtbot.waitUntil(lambda: 0 in view._canvas.drawings, timeout=WAIT)
    image = view._canvas.drawings[0]
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colors) > 20, "ink on paper, not a blank page"
    width = view._canvas.width()
    page.preview.buttons["zoom_in"].click()
    assert view._canvas.width() > width
    while view.zoom != ZOOMS[0]:
        page.preview.buttons["zoom_out"].click()
    assert view._canvas.width() < width
    page.preview.buttons["fit"].click()
    assert view.zoom is None
    assert view._canvas.width() == width


def test_choosing_quickly_shows_the_last_one(qtbot, page, register_beside):
    certificates = issue_beside(register_beside, 3)
    reload(page)
    for certificate in certificates:
        page.show_certificate(certificate.id)
    page.settle()
    wait_for_preview(qtbot, page)
    assert certificates[-1].number in page.preview.pdf_view.text()
    assert certificates[-1].number in page.preview.title_label.text()


def test_many_are_issued_at_once_and_saved_as_one_document(qtbot, page, tmp_path, register_beside):
    select(page, "ready", 0, 1, 2)
    assert page.buttons["issue"].text() == "签发 3 张证书"
    qtbot.mouseClick(page.buttons["issue"], Qt.MouseButton.LeftButton)
    asked = wait_for(qtbot, page, IssueDialog)
    assert asked.sites_list.count() == 3
    qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    page.settle()
    assert len({row.number for row in browsing.list_certificates(register_beside)}) == 3
    select(page, "issued", 0, 1, 2)
    qtbot.mouseClick(page.buttons["save"], Qt.MouseButton.LeftButton)
    target = tmp_path / "全部证书.pdf"
    dialog = wait_for(qtbot, page, SaveDialog)
    dialog.fileSelected.emit(str(target))
    dialog.close()
    page.settle()
    assert len(pypdf.PdfReader(target).pages) == 3


def test_one_that_is_refused_does_not_keep_the_others_from_being_issued(qtbot, page, register_beside):
    select(page, "ready", 0, 1, 2)
    page.buttons["issue"].click()
    asked = wait_for(qtbot, page, IssueDialog)
    issue_beside(register_beside, 1)  # somebody is quicker with one of them
    notices = []
    page._context.notices.posted.connect(notices.append)
    asked.confirm_button.click()
    page.settle()
    assert len(browsing.list_certificates(register_beside)) == 3
    assert [notice.tone for notice in notices] == ["passed", "failed"]


def test_open_hands_the_pdf_to_the_machines_reader(qtbot, page, register_beside, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    certificate = issue_beside(register_beside, 1)[0]
    reload(page)
    page.show_certificate(certificate.id)
    page.buttons["open"].click()
    page.settle()
    assert len(opened) == 1
    assert certificate.number in Path(opened[0]).name
    assert certificate.number in pypdf.PdfReader(opened[0]).pages[0].extract_text()


def test_printing_puts_each_certificate_on_a_page_of_its_own(qapp, folder, register_beside, page, tmp_path):
    rows = issue_beside(register_beside, 2)
    content = papers.print_file(register_beside, page._context.press(), [row.id for row in rows])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    progress = TaskProgress(RunningTask(page, "", cancellable=False))
    assert print_pages(content, printer, progress) == 2
    printed = pypdf.PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == 2
    box = printed.pages[0].mediabox
    assert box.width > box.height, "as wide as the certificate"
    image = draw_page((tmp_path / "printed.pdf").read_bytes(), 0, 0.5)
    dark = sum(image.pixelColor(x, y).lightness() < 120 for x in range(image.width()) for y in range(image.height()))
    assert dark > 200


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_named(qapp, register_beside, page, tmp_path):
    row = issue_beside(register_beside, 1)[0]
    content = papers.print_file(register_beside, page._context.press(), [row.id])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    progress = TaskProgress(RunningTask(page, "", cancellable=False))
    with pytest.raises(EnvironmentFault) as fault:
        print_pages(content, printer, progress)
    assert "没有接受" in page._context.i18n.error(fault.value)


def test_a_document_that_is_none_is_an_error_and_not_an_empty_page(qtbot, page):
    view = PdfView(page._context.tasks, page._context.theme)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed, timeout=WAIT):
        view.show_pdf(b"no document at all")
    assert view.page_count == 0


def test_searching_lists_what_holds_the_words(page):
    page.search_edit.setText("䶮㳇")
    assert page.ready.rowCount() == 1
    page.search_edit.setText("没有这一家")
    assert not page.list_state.showing_content
    page.list_state.action_button.click()
    assert page.ready.rowCount() == 3


def test_the_language_switches_with_list_and_paper(qtbot, page, register_beside):
    certificate = issue_beside(register_beside, 1)[0]
    reload(page)
    page.show_certificate(certificate.id)
    page.settle()
    wait_for_preview(qtbot, page)
    page._context.i18n.set_language("en")
    page.settle()
    qtbot.waitUntil(lambda: "This is to certify" in page.preview.pdf_view.text(), timeout=WAIT)
    assert page.chips["issued"].text() == "Issued 1"
    assert page.buttons["open"].text() == "Open PDF"
    assert page.issued.headerData(1, Qt.Orientation.Horizontal) == "Number"


def test_going_back_finds_the_same_certificate(page, register_beside):
    certificates = issue_beside(register_beside, 3)
    reload(page)
    page.show_certificate(certificates[1].id)
    page.settle()
    window = page.window()
    window.show_room("sites")
    page.settle()
    window.go_back()
    page.settle()
    assert page.list == "issued"
    assert page._current().id == certificates[1].id


def test_every_button_and_table_has_a_name(page):
    buttons = [each for each in page.findChildren(QPushButton) if each.isVisible()]
    for widget in (*buttons, *page.preview.buttons.values()):
        assert widget.text() or widget.accessibleName()
    assert all(table.accessibleName() for table in page.tables.values())
