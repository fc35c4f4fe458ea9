"""A window with the scoring desk on a small checklist, and hands that only use the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.samples.registers import found_in_order
from wufei_cells import shipped
from wufei_cells.domain.applications import Application
from wufei_cells.domain.criteria import Criteria
from wufei_cells.services import applying, assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace

SMALL = Path(__file__).with_name("small.yaml")
WAIT = 10_000
SITE = "焦作市䶮泉路小学"


class Desk:
    """The open desk, the register behind it seen with other eyes, and the keys of a person."""

    def __init__(self, qtbot, window, folder, assessment):
        self.qtbot = qtbot
        self.window = window
        self.context = window.context
        self.room = window.main.page("assessment")
        self.page = self.room.scoring
        self.folder = folder
        self.assessment = assessment
        self.notices = []
        self.context.notices.posted.connect(lambda notice: self.notices.append(notice.text))

    @property
    def card(self):
        return self.page.desk.card

    def settle(self):
        """Wait until everything typed is stored and painted."""
        self.qtbot.waitUntil(lambda: not self.page.session.busy and self.context.tasks.idle, timeout=WAIT)
        QApplication.processEvents()

    def press(self, *keys):
        """Press keys where the keyboard is; text is typed letter by letter."""
        for key in keys:
            target = self.focused()
            if isinstance(key, str):
                self.qtbot.keyClicks(target, key)
            else:
                self.qtbot.keyClick(target, key)

    def focused(self):
        """Give the widget that has the keyboard; offscreen, no window manager hands it back after a dialog."""
        if QApplication.focusWidget() is None:
            with self.qtbot.waitActive(self.window.main):
                self.window.main.activateWindow()
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing in the window has the keyboard"
        return focused

    def write(self, text, into=None):
        """Type Chinese, which comes from an input method, where the keyboard is or into a field."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(into or self.focused(), event)

    def enter(self):
        """Press Enter and let the desk move on."""
        self.press(Qt.Key.Key_Return)
        QApplication.processEvents()

    def stored(self):
        """Read the sheet as a second program would."""
        workspace = self.opened()
        try:
            return browsing.sheet(workspace, self.assessment)
        finally:
            workspace.close()

    def value(self, key):
        """Give the stored value of an item."""
        answers = self.stored().answers
        return answers[key].answer.value if key in answers else None

    def opened(self, person="李旁人"):
        """Open the register beside the window."""
        return open_workspace(self.folder, shipped.shipped_criteria(), person=person)


def hand_in(workspace, site):
    """Put the application of a unit on record, which the shipped city asks for."""
    today = workspace.today()
    applying.apply(workspace, site, Application(today, "周校长", today, "解放区教育局"))


def fill_small(folder: Path) -> str:
    """Fill a register with one site and one open assessment by the small checklist; give the assessment's id."""
    criteria = Criteria((("small.yaml", SMALL.read_bytes()),), shipped.shipped_criteria().profile)
    workspace = open_workspace(folder, criteria, person="张评估", create_folder=True)
    district = browsing.profile(workspace).districts[0].key
    site = registering.add_site(workspace, SiteDraft(SITE, "office", district))
    hand_in(workspace, site.id)
    row = assessing.start_assessment(workspace, site.id, assessors=("王伟", "李娜"))
    found_in_order(workspace.acting_as("赵核对"), row.id)  # another person: nothing of hers is taken back here
    workspace.close()
    return row.id


@pytest.fixture
def small_register(prepared, tmp_path):
    """A register with one site and one open assessment by the small checklist."""
    folder = tmp_path / "small"
    return folder, prepared.copy(fill_small, folder)


@pytest.fixture
def desk(qtbot, open_window, small_register):
    """The desk with the small checklist open, the keyboard on its first item."""
    folder, assessment = small_register
    window = open_window(folder=folder)
    with qtbot.waitActive(window.main):
        window.main.activateWindow()
    window.main.show_assessment(assessment)
    desk = Desk(qtbot, window, folder, assessment)
    qtbot.waitUntil(lambda: desk.page.session.sheet is not None, timeout=WAIT)
    desk.settle()
    return desk
