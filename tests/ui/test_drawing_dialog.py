"""The dialog of a drawing by lot: it shows who is there, draws, and shows what came of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.samples.registers import HandClock, add_site, open_register, scored
from tests.ui.conftest import WAIT
from ui.dialogs.drawing_dialog import DrawingDialog
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, certifying, deciding, drawing


@pytest.fixture
def dialog(tmp_path, open_window, qtbot):
    """The dialog on a register of three sites with certificates."""
    folder = tmp_path / "data"
    folder.mkdir()
    workspace = open_register(folder, HandClock())
    for name in ("甲单位", "乙单位", "丙单位"):
        row = scored(workspace, add_site(workspace, name))
        assessing.finish_assessment(workspace, row.id)
        deciding.decide(workspace, row.id, approve=True)
        certifying.issue_certificate(workspace, row.id)
    workspace.close()
    window = open_window(folder=folder)
    shown = DrawingDialog(window.context, window.main)
    shown.show()
    qtbot.waitUntil(lambda: shown.plan is not None, timeout=WAIT)
    shown.settle = lambda: open_window.settle(window)
    shown.workspace = lambda: window.context.desk.workspace
    return shown


def cells(dialog, column):
    return [dialog.table.item(row, column).text() for row in range(dialog.table.rowCount())]


def test_choose_look_draw_and_save_the_protocol(dialog, qtbot, tmp_path):
    assert sorted(cells(dialog, 0)) == ["丙单位", "乙单位", "甲单位"], "who is there shows before anything is typed"
    assert not dialog.draw_button.isEnabled()
    form = dialog.form
    form.pool_box.setCurrentIndex(form.pool_box.count() - 1)
    assert form.choice().stage is Stage.NAMED, "compared as what it is, and not as text"
    form.pool_box.setCurrentIndex(0)
    form.title_edit.setText("秋季抽查")
    qtbot.keyClick(form.title_edit, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter in a field closes nothing"
    form.people_edit.setText("陈检、林检")
    form.number_spin.setValue(2)
    qtbot.waitUntil(dialog.draw_button.isEnabled, timeout=WAIT)
    dialog.draw()
    qtbot.waitUntil(dialog.problem_label.isVisible, timeout=WAIT)
    assert "种子" in dialog.problem_label.text(), "what is missing is said, nothing is drawn"
    form.seed_edit.setText("07 13 22")
    form.source_edit.setText("双色球第128期")
    with qtbot.waitSignal(dialog.drawn, timeout=WAIT) as drawn:
        dialog.draw()
    assert dialog.table.rowCount() == 2
    assert set(cells(dialog, 2)) <= {"陈检、林检", "林检、陈检"}
    assert drawing.verify(dialog.workspace(), drawn.args[0]).genuine
    dialog.save_paper("protocol", tmp_path / "protocol.pdf")
    dialog.settle()
    assert (tmp_path / "protocol.pdf").read_bytes().startswith(b"%PDF")
    with qtbot.waitSignal(dialog.check_requested, timeout=WAIT) as asked:
        dialog.table.setCurrentCell(0, 0)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert asked.args[0] == dialog.shown.visits[0].certificate


def test_a_conflict_is_added_and_a_site_without_enough_inspectors_is_named(dialog, qtbot):
    form = dialog.form
    form.title_edit.setText("秋季抽查")
    form.people_edit.setText("陈检、林检")
    conflicts = form.conflicts
    conflicts.name_box.setEditText("陈检")
    conflicts.where_box.setEditText("乙单位")
    conflicts.add()
    assert conflicts.declared == (), "without a reason nothing is added"
    conflicts.reason_edit.setText("亲属")
    qtbot.keyClick(conflicts.reason_edit, Qt.Key.Key_Return)
    assert [(one.inspector, one.subject) for one in conflicts.declared] == [("陈检", "乙单位")]
    qtbot.waitUntil(lambda: "乙单位" in dialog.problem_label.text(), timeout=WAIT)
    assert not dialog.draw_button.isEnabled()
    form.per_site_spin.setValue(1)
    qtbot.waitUntil(dialog.draw_button.isEnabled, timeout=WAIT)
