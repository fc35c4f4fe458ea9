"""The room of certificates: its lists, and the paper beside them."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.certificates import registers
from tests.ui.certificates.registers import (
    PLACES,
    WAIT,
    issue,
    names_in,
    select,
    wait_for,
    wait_for_paper,
)
from tests.workbooks.form_templates import sheet_of, values
from ui.dialogs.issue_dialog import IssueDialog
from ui.dialogs.refusals_dialog import RefusalsDialog
from ui.dialogs.save_dialog import SaveDialog
from ui.tasks import RunningTask, TaskProgress, TaskRunner
from ui.theme import Theme
from ui.widgets.pdf_view import ZOOMS, PdfView, draw_page, print_pages
from wufei_cells import shipped
from wufei_cells.errors import EnvironmentFault
from wufei_cells.services import browsing, papers


@pytest.fixture
def page(open_window, folder):
    """The page, with its rows."""
    window = open_window(folder=folder, person=registers.OFFICE)
    page = window.main.show_room("certificates")
    page.settle = lambda: open_window.settle(window)
    page.settle()
    return page


def ready(workspace):
    """The assessments whose certificates can be issued."""
    return [row for row in browsing.list_assessments(workspace) if row.stage.value == "named"]


def test_every_site_waits_in_the_list_of_its_next_step(page):
    assert {name: names_in(page, name) for name in PLACES} == {name: set(sites) for name, sites in PLACES.items()}
    chips = [chip.text() for chip in page.room.chips.values()]
    assert chips == ["待公示 2", "公示中 1", "待命名 1", "待发证 3", "已发证 0", "待办 0", "暂停与撤销 0"]
    assert page.list == "to_notice"
    assert page.room.preview.message_label.text().startswith("已决定通过，等待公示")
    select(page, "notices", 0)
    assert page.models["notices"].index(0, 4).data() == "7 天"
    page.show_list("issued")
    assert not page.room.list_state.showing_content


def test_a_certificate_is_issued_and_shown_as_it_prints_and_grows(qtbot, page, beside):
    site = PLACES["ready"][1]
    page.window().issue_certificate(next(row.id for row in ready(beside) if row.site_name == site))
    asked = wait_for(qtbot, page, IssueDialog)
    assert site in asked.heading_label.text()
    assert asked.document_edit.text() == "山无废〔2026〕5号", "that of its batch"
    event = QInputMethodEvent()
    event.setCommitString("补")
    asked.document_edit.end(False)
    QApplication.sendEvent(asked.document_edit, event)
    assert "文号：山无废〔2026〕5号补" in asked.details_label.text()
    qtbot.mouseClick(asked.confirm_button, Qt.MouseButton.LeftButton)
    page.settle()
    wait_for_paper(qtbot, page)
    (certificate,) = browsing.list_certificates(beside)
    assert (certificate.site_name, certificate.document_number) == (site, "山无废〔2026〕5号补")
    assert page.list == "issued"
    view = page.room.preview.pdf_view
    assert certificate.number in view.text()
    assert page.room.story.state_label.text() == f"有效至 {certificate.valid_until}"
    qtbot.waitUntil(lambda: 0 in view._canvas.drawings, timeout=WAIT)
    image = view._canvas.drawings[0]
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colors) > 20, "ink on paper, not a blank page"
    width = view._canvas.width()
    page.room.preview.buttons["zoom_in"].click()
    assert view._canvas.width() > width
    while view.zoom != ZOOMS[0]:
        page.room.preview.buttons["zoom_out"].click()
    page.room.preview.buttons["fit"].click()
    assert view._canvas.width() == width


def test_many_are_issued_at_once_each_refusal_is_told_and_the_rest_is_saved_together(qtbot, page, tmp_path, beside):
    select(page, "ready", 0, 1, 2)
    page.take("issue")
    asked = wait_for(qtbot, page, IssueDialog)
    quicker = issue(beside, ready(beside)[:1])[0]
    asked.confirm_button.click()
    page.settle()
    told = wait_for(qtbot, page, RefusalsDialog)
    assert told.refusals.text().startswith(quicker.site_name)
    told.close()
    assert len(browsing.list_certificates(beside)) == 3
    select(page, "issued", 0, 1, 2)
    page.take("save")
    dialog = wait_for(qtbot, page, SaveDialog)
    dialog.fileSelected.emit(str(tmp_path / "全部证书.pdf"))
    dialog.close()
    page.settle()
    assert len(pypdf.PdfReader(tmp_path / "全部证书.pdf").pages) == 3


def test_the_workbook_of_the_office_is_filled_in_with_the_certificate(qtbot, page, tmp_path, beside):
    (row,) = issue(beside, ready(beside)[:1])
    page.refresh()
    page.settle()
    template, target = tmp_path / "我的表.xlsx", tmp_path / "填好.xlsx"
    template.write_bytes(sheet_of({"A1": "{{证书编号}}", "A2": "{{单位名称}}"}))
    select(page, "issued", 0)
    page.take("fill")
    chosen = wait_for(qtbot, page, QFileDialog)
    chosen.fileSelected.emit(str(template))
    chosen.close()
    dialog = wait_for(qtbot, page, SaveDialog)
    dialog.fileSelected.emit(str(target))
    dialog.close()
    page.settle()
    assert list(values(target.read_bytes()).values()) == [row.number, row.site_name]


def test_choosing_quickly_shows_the_last_one_and_opens_it(qtbot, page, beside, monkeypatch, tmp_path):
    handed_over = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: handed_over.append(url.toLocalFile()) or True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    rows = issue(beside, ready(beside))
    page.refresh()
    page.settle()
    for row in rows:
        page.show_certificate(row.id)
    page.settle()
    wait_for_paper(qtbot, page)
    assert rows[-1].number in page.room.preview.pdf_view.text()
    assert rows[-1].number in page.room.preview.title_label.text()
    page.take("open")
    page.settle()
    assert rows[-1].number in Path(handed_over[0]).name
    assert rows[-1].number in pypdf.PdfReader(handed_over[0]).pages[0].extract_text()


def test_what_was_looked_for_and_selected_is_found_again_in_either_language(page):
    page.room.search_edit.setText("没有这一家")
    assert not page.room.list_state.showing_content
    page.room.list_state.action_button.click()
    assert page.models["ready"].rowCount() == 3
    page.show_list("ready")
    page.room.search_edit.setText("䶮㳇")
    page._select_first()
    kept = page.current().id
    window = page.window()
    window.show_room("sites")
    page.settle()
    window.go_back()
    page.settle()
    assert (page.list, page.current().id, page.models["ready"].rowCount()) == ("ready", kept, 1)
    page._context.i18n.set_language("en")
    assert page.room.chips["ready"].text() == "Ready 3"
    assert page.room.buttons["issue"].text() == "Issue…"
    assert page.models["issued"].headerData(1, Qt.Orientation.Horizontal) == "Number"


# --- without a window


def test_printing_puts_each_certificate_on_a_page_of_its_own(qapp, beside, tmp_path):
    rows = issue(beside, ready(beside)[:2])
    content = papers.print_file(beside, registers.press(), [row.id for row in rows])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    progress = TaskProgress(RunningTask(qapp, "", cancellable=False))
    assert print_pages(content, printer, progress) == 2
    printed = pypdf.PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == 2
    box = printed.pages[0].mediabox
    assert box.width > box.height, "as wide as the certificate"
    image = draw_page((tmp_path / "printed.pdf").read_bytes(), 0, 0.5)
    dark = sum(image.pixelColor(x, y).lightness() < 120 for x in range(image.width()) for y in range(image.height()))
    assert dark > 200


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_named(qapp, beside, tmp_path, i18n):
    (row,) = issue(beside, ready(beside)[:1])
    content = papers.print_file(beside, registers.press(), [row.id])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no such folder" / "printed.pdf"))
    progress = TaskProgress(RunningTask(qapp, "", cancellable=False))
    with pytest.raises(EnvironmentFault) as fault:
        print_pages(content, printer, progress)
    assert "没有接受" in i18n.error(fault.value)


def test_a_document_that_is_none_is_an_error_and_not_an_empty_page(qtbot, qapp):
    tasks = TaskRunner()
    view = PdfView(tasks, Theme(shipped.icon, []))
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed, timeout=WAIT):
        view.show_pdf(b"no document at all")
    assert view.page_count == 0
    tasks.shutdown()
