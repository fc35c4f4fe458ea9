"""Papers from the desk: the form to fill in by pen, and the sheet as it stands."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from ui.dialogs.form_steps import FormSteps
from ui.dialogs.save_dialog import SaveDialog
from wufei_cells.domain.answers import Answer


@pytest.fixture
def steps(desk):
    return FormSteps(desk.context, desk.page.session, desk.window.main)


def choose(desk, path) -> str:
    """Choose a place in the dialog that asks for it, and wait for the paper; give the name it proposed."""
    asked = next(each for each in QApplication.topLevelWidgets() if isinstance(each, SaveDialog) and each.isVisible())
    proposed = asked.selectedFiles()[0]
    asked.fileSelected.emit(str(path))
    asked.close()
    desk.settle()
    return proposed


def text_of(path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_form_of_the_site_is_written_and_offered_to_be_opened(desk, steps, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    target = tmp_path / "空白.pdf"
    steps.print_blank()
    assert choose(desk, target).endswith("焦作市䶮泉路小学 现场评估表.pdf")
    assert "焦作市䶮泉路小学" in text_of(target)
    assert "□" in text_of(target)
    assert str(target) in desk.notices[-1]
    bar = desk.window.main.notice_bar
    assert bar.open_button.isVisible()
    assert not bar.undo_button.isVisible()
    bar.open_button.click()
    assert opened == [str(target)]


def test_the_sheet_has_what_was_typed_a_moment_ago(desk, steps, tmp_path):
    desk.page.session.edit("A1", Answer("yes", note="刚才写的备注"), typing=True)
    target = tmp_path / "记录.pdf"
    steps.print_filled()
    assert choose(desk, target).endswith("焦作市䶮泉路小学 评估记录.pdf")
    assert "未完成" in text_of(target)
    assert "刚才写的备注" in text_of(target)


def test_a_machine_without_a_reader_says_where_the_file_is(desk, steps, tmp_path, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    target = tmp_path / "空白.pdf"
    steps.print_blank()
    choose(desk, target)
    desk.window.main.notice_bar.open_button.click()
    assert "没有能打开 PDF 的程序" in desk.notices[-1]


def test_a_register_is_not_written_over(desk, steps):
    register = next(desk.folder.glob("*.db"))
    before = register.read_bytes()[:16]
    steps.print_blank()
    choose(desk, register)
    assert register.read_bytes()[:16] == before
    assert "不能用别的文件盖掉" in desk.notices[-1]
    assert not desk.window.main.notice_bar.open_button.isVisible()


def test_nothing_is_asked_without_an_assessment(desk, steps, monkeypatch):
    monkeypatch.setattr(type(desk.page.session), "assessment", None)
    steps.print_blank()
    steps.print_filled()
    assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, SaveDialog) and each.isVisible()]
