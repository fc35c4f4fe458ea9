"""A session of its own on the small register, for widgets of the team that need no whole desk around them."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.models.scoring_session import ScoringSession
from wufei_cells import shipped
from wufei_cells.services import browsing
from wufei_cells.services.workspace import open_workspace

WAIT = 10_000


class Room:
    """An assessment that is open, and the register behind it seen with other eyes."""

    def __init__(self, qtbot, window, folder, assessment):
        self.qtbot, self.window, self.context = qtbot, window, window.context
        self.folder, self.assessment = folder, assessment
        self.notices = []
        self.context.notices.posted.connect(lambda notice: self.notices.append(notice.text))
        self.session = ScoringSession(self.context, window.main)
        self.session.open(assessment)
        self.settle()

    def settle(self):
        """Wait until everything asked for is answered and painted."""
        for _ in range(2):
            self.qtbot.waitUntil(lambda: self.context.tasks.idle, timeout=WAIT)
            QApplication.processEvents()

    def opened(self, person="李旁人"):
        """Open the register beside the window."""
        return open_workspace(self.folder, shipped.shipped_criteria(), person=person)

    def stored(self):
        """Read the sheet as a second program would."""
        workspace = self.opened()
        try:
            return browsing.sheet(workspace, self.assessment)
        finally:
            workspace.close()
