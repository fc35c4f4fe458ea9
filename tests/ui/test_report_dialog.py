"""The dialog of reports: what is seen is what is saved."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from ui.dialogs.openers import open_dialog
from ui.dialogs.save_dialog import SaveDialog
from wufei_cells.reports.vocabulary import ReportKind


@pytest.fixture
def dialog(window, open_window, qtbot):
    opened = open_dialog("reports", window.context, window.main)
    shown(opened, window, open_window, qtbot)
    yield opened
    opened.reject()


def shown(dialog, window, open_window, qtbot):
    """Wait until the report that is chosen now is in view."""
    before = dialog.preview.pdf_view.content
    dialog._show_kind()
    qtbot.waitUntil(
        lambda: dialog.preview.showing_pdf and dialog.preview.pdf_view.content is not before, timeout=15_000
    )
    open_window.settle(window)


def save(button, target):
    button.click()
    asked = next(each for each in QApplication.topLevelWidgets() if isinstance(each, SaveDialog) and each.isVisible())
    asked.fileSelected.emit(str(target))
    asked.close()


def test_it_opens_with_the_monthly_report_in_view(dialog):
    assert dialog.choice.kind is ReportKind.MONTHLY
    assert "月度调度" in dialog.preview.pdf_view.text()


def test_another_language_and_kind_are_seen_and_saved(dialog, window, open_window, qtbot, tmp_path):
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(ReportKind.COUNTIES.value))
    dialog.language_box.setCurrentIndex(dialog.language_box.findData("en"))
    shown(dialog, window, open_window, qtbot)
    assert "comparison of counties" in dialog.preview.pdf_view.text()
    save(dialog.excel_button, tmp_path / "counties.xlsx")
    open_window.settle(window)
    book = load_workbook(BytesIO((tmp_path / "counties.xlsx").read_bytes()))
    assert "comparison of counties" in book["Overview"]["A1"].value


def test_a_template_of_ones_own_is_used_and_one_that_is_wrong_says_all_of_it(dialog, window, qtbot, tmp_path):
    own = tmp_path / "我的.yaml"
    own.write_text("kind: monthly\ntitle: 我们的月报\nblocks:\n  - sentence: '{standing}'\n", "utf-8")
    dialog.use_file(str(own))
    qtbot.waitUntil(lambda: "我们的月报" in dialog.preview.pdf_view.text(), timeout=15_000)
    own.write_text("kind: monthly\ntitle: '{mouth}'\nblocks:\n  - chart: pie\n", "utf-8")
    dialog.use_file(str(own))
    qtbot.waitUntil(lambda: not dialog.preview.showing_pdf and not dialog.pdf_button.isEnabled(), timeout=15_000)
    said = dialog.preview.message_label.text()
    assert ("{mouth}" in said, "pie" in said) == (True, True)
    dialog.use_shipped()
    qtbot.waitUntil(lambda: dialog.preview.showing_pdf and dialog.pdf_button.isEnabled(), timeout=15_000)
