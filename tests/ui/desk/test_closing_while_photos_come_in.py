"""Closing the window while photos are on their way: nothing is thrown away without a word."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.evidence.conftest import scene, written
from ui.desk.evidence_panel import EvidencePanel
from ui.tasks import Unfinished, UnfinishedWork
from wufei_cells.services import evidencing

WAIT = 20_000
MANY = 12


class Hands:
    """The program's window with its own evidence panel, and many photos."""

    def __init__(self, qtbot, desk, photos):
        self.qtbot, self.desk, self.photos = qtbot, desk, photos
        self.main = desk.window.main
        self.bar = self.main.closing_bar
        desk.page.desk.side.show_panel("evidence")
        qtbot.waitUntil(lambda: self.main.findChild(EvidencePanel) is not None, timeout=WAIT)
        self.panel = self.main.findChild(EvidencePanel)
        desk.settle()

    def begin(self, *more):
        """Hand all photos in, and close the window while the first is being made smaller."""
        self.panel.bar.files_chosen.emit([*more, *self.photos])
        self.main.close()

    def stored(self):
        workspace = self.desk.opened()
        try:
            return len(evidencing.list_evidence(workspace, self.desk.assessment))
        finally:
            workspace.close()


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Photos so large that making them smaller takes a while; nobody writes to them."""
    folder = tmp_path_factory.mktemp("photos")
    made = []
    for number in range(MANY):
        made.append(folder / f"IMG_{number}.jpg")
        made[-1].write_bytes(written(scene(number, (2200, 1650))))
    return made


@pytest.fixture
def hands(qtbot, desk, photos):
    hands = Hands(qtbot, desk, photos)
    yield hands
    hands.panel.worker.shutdown(5)


def test_the_window_stays_says_how_many_are_left_and_closes_when_all_are_in(hands, qtbot):
    hands.begin()
    assert hands.main.isVisible()
    assert hands.bar.isVisible()
    assert hands.bar.text_label.text() == f"还有 {MANY} 张照片正在收入，收完就关闭。"
    qtbot.waitUntil(lambda: hands.bar.progress_bar.value() >= 2, timeout=WAIT)
    left = MANY - hands.bar.progress_bar.value()
    assert f"还有 {left} 张照片" in hands.bar.text_label.text()
    hands.main.close()
    assert hands.main.isVisible(), "an impatient second close throws nothing away"
    qtbot.waitUntil(lambda: not hands.main.isVisible(), timeout=WAIT)
    assert hands.stored() == MANY


def test_the_rest_is_given_up_only_by_the_button_that_names_how_many(hands, qtbot):
    hands.begin()
    qtbot.waitUntil(lambda: hands.bar.progress_bar.value() >= 2, timeout=WAIT)
    left = MANY - hands.bar.progress_bar.value()
    assert hands.bar.give_up_button.text() == f"放弃其余 {left} 个"
    hands.bar.give_up_button.click()
    qtbot.waitUntil(lambda: not hands.main.isVisible(), timeout=WAIT)
    assert MANY - left <= hands.stored() < MANY, "what was in stays in"


def test_closing_can_be_taken_back(hands, qtbot):
    hands.begin()
    hands.bar.stay_button.click()
    assert not hands.bar.isVisible()
    qtbot.waitUntil(lambda: hands.panel.idle, timeout=WAIT)
    QApplication.processEvents()
    assert hands.main.isVisible()
    assert hands.stored() == MANY
    hands.main.close()
    assert not hands.main.isVisible()


def test_where_files_were_refused_the_window_waits_to_be_closed_again(hands, qtbot, tmp_path):
    empty = tmp_path / "空.jpg"
    empty.touch()
    hands.begin(empty)
    qtbot.waitUntil(lambda: hands.panel.idle, timeout=WAIT)
    QApplication.processEvents()
    assert hands.main.isVisible()
    assert not hands.bar.isVisible()
    assert "1 个文件没有收进来" in hands.desk.notices[-1]
    assert hands.panel.outcome.isVisible()
    hands.main.close()
    assert not hands.main.isVisible()


def test_with_nothing_on_its_way_the_window_closes_at_once(hands):
    hands.main.close()
    assert not hands.main.isVisible()


def test_work_ends_with_whoever_does_it(qapp):
    unfinished, owner, regrets = UnfinishedWork(), QObject(), []
    unfinished.regretted.connect(regrets.append)
    unfinished.report(owner, Unfinished("desk.evidence_closing", 1, 3, list))
    assert [(work.done, work.total) for work in unfinished.works] == [(1, 3)]
    unfinished.end(owner, "three are missing")
    unfinished.end(owner, "of work that is over nothing is said")
    assert (unfinished.works, regrets) == ((), ["three are missing"])
    unfinished.report(owner, Unfinished("desk.evidence_closing", 1, 3, list))
    del owner
    assert unfinished.works == ()
