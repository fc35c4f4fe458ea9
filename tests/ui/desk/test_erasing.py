"""Erasing a photo for good, from where it is looked at."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.desk.test_evidence_panel import Panel, photos
from ui.desk.evidence_model import Role
from ui.dialogs.erase_dialog import EraseDialog
from ui.dialogs.evidence_viewer import EvidenceViewer

__all__ = ["photos"]


@pytest.fixture
def panel(qtbot, desk):
    panel = Panel(qtbot, desk)
    yield panel
    panel.widget.worker.shutdown(5)


def test_the_office_erases_a_photo_for_good_with_a_reason(panel, photos):
    panel.add(photos[0])
    panel.widget.view()
    panel.settle()
    viewer = panel.dialog(EvidenceViewer)
    assert viewer.buttons["erase"].isVisible(), "nobody holds a role here, so everybody may"
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Delete)
    dialog = viewer.findChild(EraseDialog)
    assert not dialog.confirm_button.isEnabled(), "not without a reason"
    dialog.reason_edit.setPlainText("拍到了孩子的脸")
    dialog.confirm_button.click()
    panel.settle()
    assert viewer.message_label.text() == "已按规定删除"
    assert not viewer.buttons["erase"].isEnabled()
    viewer.reject()
    panel.desk.page.session.loaded.emit()
    panel.settle()
    assert panel.lines()[2] == ["已按规定删除"]
    assert panel.widget.model.index(0).data(Role.PICTURE) is None, "no small picture stays on the screen"
