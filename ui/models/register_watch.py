"""Learns within seconds that another program wrote into the register, and remembers what a person has seen of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui.models.scoring_session import REST

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession

PAUSE = 2000  # milliseconds between two looks


class RegisterWatch(QObject):
    """Asks now and then whether others wrote, one short question off the GUI thread; the session then reads anew.

    Signals:
        changed: others wrote since the last look.
    """

    changed = Signal()

    def __init__(self, context: AppContext, session: ScoringSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self._seen: tuple[int, ...] | None = None
        self._asking = False
        self.timer = QTimer(self, interval=PAUSE)
        self.timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look, at once and then every few seconds."""
        if not self.timer.isActive():
            self.timer.start()
            self.look()

    def stop(self) -> None:
        """Look no more; what others write meanwhile is told at the next start."""
        self.timer.stop()

    def look(self) -> None:
        """Ask once, unless the last question is still under way."""
        if not self._asking:
            self._asking = True
            self._context.ask(self, _acts_of_others, self._on_told, self._on_failed)

    def note_look(self) -> None:
        """Remember up to where the person has seen what others answered."""
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(_looked, row.id), _nothing)

    # --- slots

    def _on_told(self, seen: tuple[int, ...]) -> None:
        self._asking = False
        before, self._seen = self._seen, seen
        if before is not None and seen != before:
            self.changed.emit()
            self._reload()

    def _reload(self) -> None:
        """Read the sheet anew, once nothing is being typed."""
        if self._session.busy:
            QTimer.singleShot(REST, self, self._reload)
        else:
            self._session.reload()

    def _on_failed(self, _error: Exception) -> None:
        self._asking = False  # whatever is wrong with the register is told where somebody works with it


# --- in the worker thread


def _acts_of_others(desk: Desk) -> tuple[int, ...]:
    return desk.looking.acts_of_others(desk.workspace)


def _looked(assessment: str, desk: Desk) -> None:
    desk.looking.note_look(desk.workspace, assessment)


def _nothing(_answer: None) -> None:
    """Need no answer."""
