"""The room of the exchange: Friday with a stick, Monday with what came from everywhere."""

from __future__ import annotations

import sys
import time
from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import wait_until
from tests.ui.two_desks import Machine, Scene, look_through, room, settle, shown, take_through, write_through
from ui.dialogs.devices_dialog import DevicesDialog
from ui.dialogs.write_out_dialog import WriteOutDialog
from ui.models.taking_in import PASSPHRASE, Came
from ui.widgets.exchange_board import ACTS, COLUMNS, ROW
from ui.widgets.exchange_words import size_words
from wufei_cells.domain.exchange import Scope
from wufei_cells.errors import Problem
from wufei_cells.services import receiving, revoking, who_has_what
from wufei_cells.services.receiving import Received

SECRET = "竹林 春晓 石桥 47"  # noqa: S105 - of a test
LACKS = COLUMNS.index("lacks")
GAP = 0.05  # seconds that the window may be still


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """The machines of all tests, made once and put back before each."""
    return Scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture(autouse=True)
def put_back(scene, monkeypatch):
    """Begin every test with the machines as they were made."""
    monkeypatch.setenv("WUFEI_DEVICES", str(scene.devices))
    scene.put_back()


@pytest.fixture
def office(scene):
    """The office's machine, with two sites; an assessor's package is in it."""
    return scene.office


@pytest.fixture
def assessor(scene):
    """An assessor's machine that has what the office has, each of them admitted by the other."""
    return scene.assessor


@pytest.fixture
def monday(scene):
    """What lies on the desk: a package twice, a broken one, one of an unknown machine, a part without the other."""
    return scene.monday


@pytest.fixture
def stick(tmp_path):
    """A stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def open_on(open_window):
    """Open the window on a machine."""

    def open_it(machine, **options):
        return open_window(machine, person=machine.person, **options)

    return open_it


# --- the room


def test_a_register_that_never_exchanged_says_what_the_room_is_for(open_on, tmp_path):
    alone = Machine(tmp_path / "alone", "新电脑", "王芳")
    alone.opened().close()
    window = open_on(alone)
    page = room(window)
    assert page.state_view.title == "还没有和别人交换过"
    assert page.targets.write_out.isEnabled()
    window.context.i18n.set_language("en")
    assert page.state_view.title == "Nothing was exchanged yet"


def test_the_board_tells_who_has_what(open_on, office, assessor, tmp_path):
    assessor.add_sites("修武县云台山景区")
    assessor.write(tmp_path / "lost.wufei")  # seals what is in it, so that the next one is a bundle of its own
    assessor.add_sites("博爱县竹林小区")
    newest = assessor.write_last(tmp_path / "newest.wufei")
    window = open_on(office)
    take_through(window, newest).view.done_button.click()
    page = room(window)
    settle(window)
    lines = [page.board.topLevelItem(row) for row in range(page.board.topLevelItemCount())]
    assert "本机" in lines[0].text(0)
    assert "齐全" in lines[0].text(ACTS)
    (other,) = [line for line in lines if "李晓明" in line.text(0)]
    row = other.data(0, ROW)
    (gap,) = row.missing
    assert f"缺第 {gap[0]}–{gap[1]} 条" in other.text(ACTS), "in words, not only in color"


def test_a_revoked_machine_is_said_to_be_revoked_and_no_longer_what_it_lacks(open_on, office, assessor):
    workspace = office.opened()
    [device] = [row.uuid for row in who_has_what.state(workspace).devices if not row.own and row.person == "李晓明"]
    revoking.revoke(workspace, None, device, after=1, reason="电脑被盗")
    workspace.close()
    window = open_on(office)
    board = room(window).board
    settle(window)
    (row,) = [row for row in range(board.topLevelItemCount()) if "李晓明" in board.topLevelItem(row).text(0)]
    for language, said in (("zh", "第 1 条以后已停用"), ("en", "Revoked after 1")):
        window.context.i18n.set_language(language)
        assert board.topLevelItem(row).text(LACKS) == said


def test_a_window_of_an_earlier_day_only_shows(open_on, office, qtbot):
    window = open_on(office)
    page = room(window)
    object.__setattr__(window.context, "as_of", date(2026, 11, 1))
    page.retranslate()
    assert not page.targets.write_out.isEnabled()
    assert not page.targets.take_in.isEnabled()
    assert "2026-11-01" in page.past_label.text()
    page.take_in([office.folder])
    assert page.steps.taking is None, "files that are dropped are refused with a sentence"
    assert "2026-11-01" in window.main.notice_bar.notice.text


# --- Friday


def test_writing_out_takes_keys_only_and_ends_with_the_stick(open_on, office, assessor, stick, qtbot):
    window = open_on(office)
    qtbot.keyClick(window.main, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    page = room(window)
    assert QApplication.focusWidget() is page.targets.write_out
    window.context.preferences.remember("files/folder", str(stick))
    qtbot.keyClick(page.targets.write_out, Qt.Key.Key_Space)
    dialog = shown(window, WriteOutDialog)
    wait_until(dialog.write_button.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(lambda: bool(dialog.written))
    assert "可以安全取下 U 盘" in dialog.state_view.title
    (file,) = stick.iterdir()
    assert str(file) in dialog.state_view.text
    assert date.today().isoformat() in file.name  # noqa: DTZ011 - the day where the person is
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(lambda: not window.main.findChildren(WriteOutDialog))


def test_the_meter_follows_what_is_chosen(open_on, office, assessor):
    window = open_on(office)
    page = room(window)
    page.targets.write_out.click()
    dialog = shown(window, WriteOutDialog)
    wait_until(lambda: dialog.plan is not None)
    lacking = dialog.plan.estimate
    assert size_words(lacking.size) in dialog.meter.figure_label.text()
    dialog.form.scope.buttons["all"].click()
    assert not dialog.write_button.isEnabled(), "what is shown is not what would be written"
    wait_until(lambda: dialog.plan is not None)
    assert dialog.plan.estimate.acts > lacking.acts
    dialog.form.scope.buttons["site"].click()
    assert dialog.form.order is None, "no site is chosen yet"
    wait_until(lambda: dialog.form.site_box.count() == 2)
    dialog.form.site_box.setCurrentIndex(0)
    dialog.form.site_box.activated.emit(0)
    wait_until(lambda: dialog.plan is not None)
    dialog.reject()


def test_a_passphrase_is_given_twice_and_opens_it_elsewhere(open_on, office, assessor, stick):
    assessor.add_sites("修武县云台山景区")
    window = open_on(assessor)
    page = room(window)
    page.targets.write_out.click()
    dialog = shown(window, WriteOutDialog)
    dialog.show_place(stick / "closed.wufei")
    dialog.form.closed.buttons["sealed"].click()
    dialog.form.secret_edit.setText(SECRET)
    dialog.form.again_edit.setText("something else")
    wait_until(lambda: dialog.plan is not None and window.context.tasks.idle)
    assert not dialog.write_button.isEnabled()
    assert dialog.form.problem.text()
    dialog.form.again_edit.setText(SECRET)
    wait_until(dialog.write_button.isEnabled)
    dialog.write_button.click()
    wait_until(lambda: bool(dialog.written))
    dialog.write_button.click()
    assert dialog.form.secret_edit.text() == "", "no passphrase stays behind"
    window.close()

    window = open_on(office)
    looking = look_through(window, stick / "closed.wufei")
    assert not looking.view.take_button.isEnabled()
    assert looking.found.closed == 1
    looking.view.secret_edit.setText(SECRET)
    looking.view.unlock_button.click()
    wait_until(lambda: not looking.busy)
    assert looking.found.closed == 0
    looking.view.take_button.click()
    wait_until(lambda: looking.taken is not None)
    assert "修武县云台山景区" in office.sites()


@pytest.mark.parametrize("code", PASSPHRASE)
def test_a_wrong_passphrase_is_asked_for_again(code, tmp_path):
    came = Came(tmp_path, Received("x.wufei", problems=(Problem(code, "x.wufei"),)))
    assert came.closed


def test_stopping_leaves_no_half_package(open_on, office, assessor, stick):
    window = open_on(office)
    page = room(window)
    page.targets.write_out.click()
    dialog = shown(window, WriteOutDialog)
    dialog.show_place(stick / "half.wufei")
    wait_until(dialog.write_button.isEnabled)
    dialog.write()
    dialog.reject()  # while it is under way
    wait_until(lambda: not window.main.findChildren(WriteOutDialog))
    assert not list(stick.iterdir())


# --- Monday


def test_everything_is_told_before_anything_is_written(open_on, office, monday):
    before = office.digest()
    window = open_on(office)
    dialog = look_through(window, *monday)
    files = {one.name: one for one in dialog.found.told.found.files}
    assert files["broken.wufei"].problems
    assert files["stranger.wufei"].held_back
    assert len(files) == len(monday) - 1, "one of them came twice"
    remarks = dialog.view.remarks_label.text()
    assert "只算一次" in remarks
    assert "还缺第 1 份" in remarks
    shown_first = dialog.view.files.topLevelItem(0)
    assert shown_first.text(0) == "broken.wufei", "what somebody has to look at stands first"
    changes = dialog.view.changes
    told = {changes.topLevelItem(row).text(0) for row in range(changes.topLevelItemCount())}
    assert "修武县云台山景区 · 单位名称" in told
    dialog.reject()
    settle(window)
    inbox = office.folder / receiving.FOLDER
    window.close()
    assert not [file for file in inbox.iterdir() if file.is_file()] if inbox.exists() else True
    assert office.digest() == before


def test_a_space_typed_too_early_stops_nothing(open_on, office, monday, qtbot):
    window = open_on(office)
    page = room(window)
    page.take_in(monday)
    dialog = page.steps.taking
    assert dialog.busy
    wait_until(dialog.isActiveWindow)
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Space)
    wait_until(lambda: not dialog.busy)
    assert dialog.found is not None


def test_good_files_go_in_and_the_import_can_be_taken_back(open_on, office, monday):
    before = office.sites()
    window = open_on(office)
    dialog = take_through(window, *monday)
    assert dialog.view.undo_button.isVisible()
    assert {"修武县云台山景区", "博爱县竹林小区"} <= office.sites()
    assert "月山寺街道社区" not in office.sites(), "nobody has admitted that machine"
    dialog.view.done_button.click()
    page = room(window)
    settle(window)
    wait_until(lambda: window.main.sidebar.buttons[5].accessibleName() == "交换，1 项待办")
    (undo,) = [button for key, button in page.arrivals.undo_buttons.items() if key == dialog_arrival(page)]
    undo.click()
    settle(window)
    assert office.sites() == before


def dialog_arrival(page):
    """Give the import that was the last one."""
    return page.loaded.arrivals[0].id


def test_a_machine_is_admitted_once_its_words_were_compared(open_on, office, monday):
    window = open_on(office)
    take_through(window, *monday).view.done_button.click()
    page = room(window)
    settle(window)
    (card,) = page.side_view.cards
    assert len(card.words_label.text().split()) == 6
    assert not card.admit_button.isEnabled()
    card.compared_box.click()
    card.admit_button.click()
    settle(window)
    wait_until(lambda: not page.side_view.cards)
    assert "月山寺街道社区" in office.sites()


def test_stopping_before_the_end_leaves_nothing(open_on, office, monday):
    before = office.digest()
    window = open_on(office)
    dialog = look_through(window, *monday)
    dialog.take()
    dialog.reject()
    wait_until(lambda: not dialog.busy)
    assert dialog.taken is None
    dialog.reject()
    settle(window)
    window.close()
    assert office.digest() == before
    inbox = office.folder / receiving.FOLDER
    assert not [file for file in inbox.iterdir() if file.is_file()]


def test_packages_can_be_dropped_anywhere(open_on, office, monday, qtbot):
    window = open_on(office)
    window.main.show_room("certificates")
    settle(window)
    page = window.main.page("certificates")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in monday])
    entering = _dragged(data)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    dropped = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEYS)
    QApplication.sendEvent(page, dropped)
    assert window.main.current_room == "exchange"
    dialog = window.main.page("exchange").steps.taking
    wait_until(lambda: not dialog.busy and dialog.found is not None)
    assert len(dialog.found.came) == len(monday) - 1


NO_KEYS = Qt.KeyboardModifier.NoModifier


def _dragged(data):
    return QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO_KEYS)


def test_the_window_never_stands_still_during_an_import(open_on, office, assessor, stick):
    assessor.add_sites(*(f"第{number}单位" for number in range(150)))
    files = assessor.write(stick / "large.wufei", scope=Scope.ALL)
    window = open_on(office)
    room(window)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(0.001)  # as the program does
    beats: list[float] = []
    pulse = QTimer(interval=1)
    pulse.timeout.connect(lambda: beats.append(time.perf_counter()))
    try:
        dialog = look_through(window, *files)
        pulse.start()
        dialog.take()
        wait_until(lambda: dialog.taken is not None)
        pulse.stop()
    finally:
        sys.setswitchinterval(interval)
    gaps = sorted(later - earlier for earlier, later in pairwise(beats))
    assert gaps[-1] < GAP, f"the window was still for {gaps[-1] * 1000:.0f} ms"


# --- two windows


def test_two_windows_exchange_files_and_end_with_equal_digests(open_on, office, assessor, stick):
    office.add_sites("孟州市韩愈陵园")
    assessor.add_sites("修武县云台山景区")
    here, there = open_on(office), open_on(assessor)
    take_through(there, write_through(here, stick / "monday.wufei")).view.done_button.click()
    take_through(here, write_through(there, stick / "tuesday.wufei")).view.done_button.click()
    take_through(there, write_through(here, stick / "wednesday.wufei")).view.done_button.click()
    assert {"孟州市韩愈陵园", "修武县云台山景区"} <= office.sites() & assessor.sites()
    assert office.digest() == assessor.digest()
    for window in (here, there):
        page = room(window)
        settle(window)
        assert all(not row.missing for row in page.loaded.state.devices)


def test_other_rooms_show_what_came(open_on, office, assessor, stick):
    assessor.add_sites("修武县云台山景区")
    files = assessor.write(stick / "new.wufei")
    window = open_on(office)
    sites = window.main.show_room("sites")
    settle(window)
    before = sites.model.rowCount()
    take_through(window, *files).view.done_button.click()
    window.main.show_room("sites")
    settle(window)
    assert sites.model.rowCount() == before + 1


# --- devices


def test_a_machine_gets_another_name_that_travels(open_on, office, assessor, stick):
    window = open_on(assessor)
    room(window).page_buttons["devices"].click()
    dialog = shown(window, DevicesDialog)
    wait_until(lambda: dialog.loaded is not None)
    assert len(dialog.words_label.text().split()) == 6
    dialog.name_edit.setText("审核二组")
    dialog.name_button.click()
    settle(window)
    dialog.reject()
    file = write_through(window, stick / "named.wufei")
    window.close()
    window = open_on(office)
    looking = look_through(window, file)
    assert looking.found.told.found.files[0].sender == "审核二组"
    looking.reject()
