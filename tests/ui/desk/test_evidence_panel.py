"""Photos and files beside the item: dropped, pasted, found in a folder, looked at, taken away and back."""

from __future__ import annotations

import os
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QDate, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from tests.evidence.conftest import camera_tags, scene, written
from ui.desk.evidence_model import Role
from ui.desk.evidence_panel import EvidencePanel
from ui.dialogs.evidence_compare import EvidenceCompare
from ui.dialogs.evidence_items import EvidenceItems
from ui.dialogs.evidence_scanner import EvidenceScanner
from ui.dialogs.evidence_viewer import EvidenceViewer
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.models.desk_items_model import FACTS, PRECHECK
from ui.models.folder_pictures import look_through
from wufei_cells.services import assessing, browsing, evidencing, registering
from wufei_cells.services.registering import SiteDraft

WAIT = 10_000


class Panel:
    """The panel beside a real desk, and the register seen with other eyes."""

    def __init__(self, qtbot, desk):
        self.qtbot, self.desk = qtbot, desk
        self.widget = EvidencePanel(desk.context, desk.page.session)
        self.widget._search.setInterval(0)
        self.counts = []
        self.widget.count_changed.connect(self.counts.append)
        qtbot.addWidget(self.widget)
        self.widget.resize(330, 620)
        self.widget.show()
        self.keys = [entry.key for entry in desk.page.session.sheet.checklist.entries()]
        desk.page.session.loaded.emit()
        self.widget.show_key(self.keys[0])
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: self.widget.idle and self.desk.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: self.widget.idle and self.desk.context.tasks.idle, timeout=WAIT)

    def stored(self):
        workspace = self.desk.opened()
        try:
            return [
                (row.item, row.name, row.caption) for row in evidencing.list_evidence(workspace, self.desk.assessment)
            ]
        finally:
            workspace.close()

    def add(self, *paths):
        self.widget.bar.files_chosen.emit(list(paths))
        self.settle()

    def lines(self, row=0):
        return self.widget.model.data(self.widget.model.index(row), Role.LINES)

    def dialog(self, kind):
        return self.widget.findChild(kind)


@pytest.fixture
def panel(qtbot, desk):
    panel = Panel(qtbot, desk)
    yield panel
    panel.widget.worker.shutdown(5)


@pytest.fixture
def photos(tmp_path):
    """Three photos as a phone's folder has them."""
    folder = tmp_path / "DCIM" / "Camera"
    folder.mkdir(parents=True)
    made = []
    for number, day in enumerate(("2026:10:28", "2026:10:29", "2026:10:30"), 1):
        path = folder / f"IMG_{number}.jpg"
        path.write_bytes(written(scene(number), exif=camera_tags(taken=f"{day} 09:00:00")))
        made.append(path)
    return made


def test_files_are_taken_in_at_once_and_shown_under_the_item(panel, photos):
    assert panel.widget.hint_label.isVisibleTo(panel.widget)
    panel.add(*photos[:2])
    first = panel.keys[0]
    assert sorted(panel.stored()) == [(first, "IMG_1.jpg", ""), (first, "IMG_2.jpg", "")]
    assert panel.counts[-1] == 2
    assert panel.lines()[:2] == ("IMG_1.jpg", "2026-10-28 09:00 · 张评估")
    panel.widget.list.grab()
    panel.settle()
    assert panel.widget.model.index(0).data(Role.PICTURE).height() == 192, "the small picture came when it was painted"
    panel.widget.show_key(panel.keys[1])
    assert (panel.counts[-1], panel.widget.model.rowCount()) == (0, 0)
    panel.widget.bar.whole_button.setChecked(True)
    assert (panel.counts[-1], panel.widget.model.rowCount()) == (0, 2)


def test_what_cannot_be_taken_is_told_beside_what_was(panel, photos, tmp_path):
    empty, cut = tmp_path / "空.jpg", tmp_path / "半张.jpg"
    empty.write_bytes(b"")
    cut.write_bytes(photos[0].read_bytes()[:3000])
    panel.add(empty, photos[0], cut, tmp_path / "不在.jpg")
    assert len(panel.stored()) == 1
    outcome = panel.widget.outcome
    assert outcome.text_label.text() == "3 个文件没有收进来。"
    outcome.show_button.click()
    dialog = panel.desk.window.main.findChild(ProblemsDialog) or panel.dialog(ProblemsDialog)
    shown = [dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount())]
    assert [line.text(0) for line in shown] == ["空.jpg", "半张.jpg", "不在.jpg"]
    assert shown[1].text(1) == "图片不完整或已损坏，没有收入。请从手机或原处重新复制一次。"
    dialog.reject()
    panel.add(photos[1])
    assert not outcome.isVisibleTo(panel.widget)
    panel.add(empty)
    assert outcome.text_label.text().startswith("空.jpg：文件是空的")
    assert not outcome.show_button.isVisibleTo(outcome), "one sentence says all"
    outcome.close_button.click()
    assert not outcome.isVisibleTo(panel.widget)


@pytest.mark.parametrize("key", [FACTS, PRECHECK])
def test_photos_added_where_no_item_is_open_stand_under_the_whole_assessment(panel, photos, key):
    panel.widget.show_key(key)
    panel.add(photos[0])
    assert panel.stored() == [(evidencing.WHOLE, "IMG_1.jpg", "")]


def test_why_the_register_refuses_a_file_is_told(panel, photos):
    panel.widget.show_key("Z9")
    panel.add(photos[0])
    assert "没有“Z9”这一条" in panel.widget.outcome.text_label.text()


def test_many_refused_files_take_one_line_of_the_panel(panel, tmp_path):
    room = panel.widget.minimumSizeHint().height()
    paths = [tmp_path / f"IMG_{number:04d}.jpg" for number in range(80)]
    for path in paths:
        path.touch()
    panel.add(*paths)
    assert panel.widget.outcome.text_label.text() == "80 个文件没有收进来。"
    assert panel.widget.minimumSizeHint().height() < room + 60
    panel.desk.context.i18n.set_language("en")
    panel.widget.retranslate()
    assert panel.widget.outcome.text_label.text() == "80 files were not taken in."
    panel.desk.context.i18n.set_language("zh")


def test_what_only_calls_itself_a_photo_is_kept_with_a_caution_that_stays_with_it(panel, photos, tmp_path):
    report = tmp_path / "报告.jpg"
    report.write_bytes(b"%PDF-1.7")
    panel.add(report)
    words = "扩展名是 jpg，但内容不是图片（是 PDF）。"
    assert words in panel.widget.outcome.text_label.text()
    assert panel.lines()[2][0].startswith(words)
    panel.add(photos[0])
    panel.add(photos[0])
    assert "原来就在这里" in panel.widget.outcome.text_label.text()
    assert len(panel.stored()) == 2


def test_stopping_leaves_what_was_taken_in(panel, photos):
    panel.widget.intake.stored.connect(panel.widget.intake.cancel)
    many = [photos[number % 3] for number in range(12)]
    panel.add(*many)
    assert 1 <= len(panel.stored()) <= 3
    assert not panel.widget.bar.progress_row.isVisibleTo(panel.widget)


def test_answers_are_stored_while_photos_are_made_smaller(panel, tmp_path):
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"big{number}.jpg")
        paths[-1].write_bytes(written(scene(number, (2200, 1650))))
    panel.widget.bar.files_chosen.emit(paths)
    assert panel.widget.intake.busy
    answered = []
    panel.desk.context.ask(panel.widget, lambda desk: desk.workspace.now(), answered.append)
    panel.qtbot.waitUntil(lambda: bool(answered), timeout=WAIT)
    assert panel.widget.intake.busy, "the question did not wait for the photos"
    panel.settle()
    assert len(panel.stored()) == 6


def drop(widget, mime):
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)
    return event


def test_files_and_folders_can_be_dropped(panel, photos):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos[0].parent))])
    assert drop(panel.widget, mime).isAccepted()
    panel.settle()
    assert len(panel.stored()) == 3


def test_a_picture_and_files_can_be_pasted_and_words_are_left_alone(panel, photos):
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("只是文字")
    assert panel.widget.paste() is False
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    clipboard.setImage(image)
    assert panel.widget.paste() is True
    panel.settle()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos[1]))])
    clipboard.setMimeData(mime)
    panel.widget.list.setFocus()
    panel.qtbot.keyClick(panel.widget.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    panel.settle()
    names = [name for _item, name, _caption in panel.stored()]
    assert names[0].startswith("粘贴的图片 ") or names[1].startswith("粘贴的图片 ")
    assert "IMG_2.jpg" in names
    clipboard.clear()


def test_what_it_shows_is_written_right_there_and_kept(panel, photos):
    panel.add(photos[0])
    details = panel.widget.details
    panel.qtbot.keyClick(panel.widget.list, Qt.Key.Key_F2)
    details.caption_edit.insert("公告栏")
    panel.qtbot.keyClick(details.caption_edit, Qt.Key.Key_Return)
    panel.settle()
    assert panel.stored() == [(panel.keys[0], "IMG_1.jpg", "公告栏")]
    assert panel.lines()[0] == "公告栏"


def test_the_day_until_which_it_holds_is_ticked_changed_and_taken_away_again(panel, photos):
    def until():
        workspace = panel.desk.opened()
        [row] = evidencing.list_evidence(workspace, panel.desk.assessment)
        workspace.close()
        return row.until

    panel.add(photos[0])
    details = panel.widget.details
    assert not details.until_edit.isVisible()
    panel.qtbot.mouseClick(details.until_box, Qt.MouseButton.LeftButton)
    panel.settle()
    assert until() is not None
    details.until_edit.setDate(QDate(2027, 1, 31))
    panel.settle()
    assert until() == date(2027, 1, 31)
    panel.qtbot.mouseClick(details.until_box, Qt.MouseButton.LeftButton)
    panel.settle()
    assert (until(), details.until_edit.isVisible()) == (None, False)


def test_a_piece_is_taken_away_and_the_notice_brings_it_back(panel, photos):
    posted = []
    panel.desk.context.notices.posted.connect(posted.append)
    panel.add(photos[0])
    panel.qtbot.keyClick(panel.widget.list, Qt.Key.Key_Delete)
    panel.settle()
    assert panel.stored() == []
    posted[-1].undo()
    panel.settle()
    assert panel.stored() == [(panel.keys[0], "IMG_1.jpg", "")]


def test_the_desks_undo_takes_photos_back_too(panel, photos):
    panel.add(photos[0])
    panel.desk.page.session.undo(panel.keys[0])
    panel.desk.settle()
    panel.settle()
    assert panel.stored() == []
    assert panel.widget.model.rowCount() == 0
    panel.desk.page.session.redo()
    panel.desk.settle()
    panel.settle()
    assert panel.widget.model.rowCount() == 1


def test_one_piece_is_put_under_further_items(panel, photos):
    panel.add(photos[0])
    panel.widget.choose_items()
    dialog = panel.dialog(EvidenceItems)
    dialog.search_edit.setText("没有这样的词")
    assert all(dialog.list.item(at).isHidden() for at in range(dialog.list.count()))
    dialog.search_edit.clear()
    by_key = {
        dialog.list.item(at).data(Qt.ItemDataRole.UserRole): dialog.list.item(at) for at in range(dialog.list.count())
    }
    assert by_key[panel.keys[0]].checkState() == Qt.CheckState.Checked
    by_key[panel.keys[2]].setCheckState(Qt.CheckState.Checked)
    by_key[panel.keys[0]].setCheckState(Qt.CheckState.Unchecked)
    dialog.accept()
    panel.settle()
    assert panel.stored() == [(panel.keys[2], "IMG_1.jpg", "")]


# --- a folder


def test_a_folder_lists_the_newest_first_and_what_is_there_already(panel, photos):
    panel.add(photos[2])
    panel.desk.context.preferences.remember("evidence/folder", str(photos[0].parent.parent))
    panel.widget.look_through_folder()
    dialog = panel.dialog(EvidenceScanner)
    panel.settle()
    model = dialog.model
    texts = [model.data(model.index(row)) for row in range(model.rowCount())]
    assert [text.partition("\n")[0] for text in texts] == ["IMG_3.jpg", "IMG_2.jpg", "IMG_1.jpg"]
    assert ["已添加" in text for text in texts] == [True, False, False]
    assert dialog.list.currentIndex().row() == 1, "the newest that is not there yet"
    dialog.list.setFocus()
    panel.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    panel.qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    panel.qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert [path.name for path in model.chosen()] == ["IMG_1.jpg", "IMG_2.jpg"]
    panel.qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    panel.settle()
    assert sorted(name for _item, name, _caption in panel.stored()) == ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg"]


def test_pictures_without_a_time_of_their_own_stand_by_the_time_of_their_file(tmp_path):
    for number, moment in enumerate((1_700_000_000, 1_800_000_000)):
        path = tmp_path / f"{number}.png"
        path.write_bytes(written(scene(number), "PNG"))
        os.utime(path, (moment, moment))
    (tmp_path / "notes.txt").write_text("x")
    found = look_through(tmp_path)
    assert [picture.path.name for picture in found] == ["1.png", "0.png"]
    assert {picture.taken_at for picture in found} == {None}


# --- looking


def test_the_viewer_goes_on_zooms_turns_and_closes(panel, photos):
    panel.add(*photos)
    panel.widget.list.setCurrentIndex(panel.widget.model.index(0))
    panel.qtbot.keyClick(panel.widget.list, Qt.Key.Key_Return)
    viewer = panel.dialog(EvidenceViewer)
    panel.settle()
    assert viewer.row.name == "IMG_1.jpg"
    assert "2026-10-28 09:00" in viewer.about_label.text()
    assert "35.239861, 113.234792" in viewer.about_label.text()
    before = viewer.view.transform().m11()
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Plus)
    assert viewer.view.transform().m11() > before
    panel.qtbot.keyClick(viewer, Qt.Key.Key_R)
    assert viewer.view.turned == 90
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Right)
    panel.settle()
    assert (viewer.row.name, viewer.view.turned) == ("IMG_2.jpg", 0)
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Left)
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Left)
    assert viewer.row.name == "IMG_3.jpg"
    panel.settle()
    panel.qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_what_is_not_here_is_told_in_the_list_and_in_the_viewer(panel, photos):
    panel.add(photos[0])
    for file in (panel.desk.folder / "evidence").rglob("*"):
        if file.is_file() and file.suffix != ".jpg":
            file.unlink()
    panel.desk.page.session.loaded.emit()
    panel.settle()
    assert panel.lines()[2] == ["内容还没有传到本机"]
    panel.widget.view()
    panel.settle()
    assert "还没有传到本机" in panel.dialog(EvidenceViewer).message_label.text()
    panel.dialog(EvidenceViewer).reject()


def test_the_same_photo_elsewhere_is_pointed_out_and_shown_side_by_side(panel, photos):
    workspace = panel.desk.opened()
    district = browsing.profile(workspace).districts[0].key
    site = registering.add_site(workspace, SiteDraft("解放区第二小学", "office", district))
    other = assessing.start_assessment(workspace, site.id).id
    evidencing.attach(workspace, other, [panel.keys[1]], [("去年.jpg", photos[0].read_bytes())])
    workspace.close()
    with panel.qtbot.waitSignal(panel.widget.found_alike, timeout=WAIT) as found:
        panel.widget.bar.files_chosen.emit(photos[:2])
    assert found.args == [1]
    panel.settle()
    row = next(at for at in range(2) if panel.lines(at)[0] == "IMG_1.jpg")
    assert panel.lines(row)[2][0].startswith("同一张照片也在：解放区第二小学")
    panel.widget.list.setCurrentIndex(panel.widget.model.index(row))
    [button] = [each for each in panel.widget.details.findChildren(QAbstractButton) if "对比" in each.text()]
    button.click()
    panel.settle()
    compare = panel.dialog(EvidenceCompare)
    assert compare.verdict_label.text() == "两处用的是同一张照片。"
    compare.reject()


# --- whose eyes and which language


def test_everything_has_a_name_and_follows_the_language(panel, photos):
    panel.add(photos[0])
    nameless = [
        type(each).__name__
        for each in panel.widget.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QLineEdit)
        and not each.accessibleName()
        and not getattr(each, "text", str)()
    ]
    assert nameless == []
    panel.desk.context.i18n.set_language("en")
    panel.widget.retranslate()
    assert panel.widget.bar.add_button.text() == "Add…"
    assert panel.widget.details.remove_button.text() == "Remove"
    panel.desk.context.i18n.set_language("zh")


def test_begin_goes_to_the_pieces(panel, photos):
    panel.add(photos[0])
    asked = []
    panel.widget.bar.ask_for_files = partial(asked.append, 1)
    panel.widget.begin()
    assert panel.widget.list.currentIndex().isValid()
    assert asked == []
    panel.widget.show_key(panel.keys[1])
    panel.widget.begin()
    assert asked == [1]
    assert panel.widget.mapToGlobal(QPoint(0, 0)) is not None
