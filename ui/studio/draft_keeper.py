"""Keeps a draft in the register while it is written: saved after every pause in typing, never over somebody else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ui.context import Change

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import AppContext, Desk
    from ui.studio.draft_session import DraftSession
    from wufei_cells.checklists.linting import PlacedProblem
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.domain.register import ActRef, DraftRow

REST = 600  # milliseconds without a change after which the draft is saved


class DraftKeeper(QObject):
    """Saves one draft, one save after the other.

    Signals:
        state_changed: how the draft stands: ``typing``, ``saving``, ``saved`` or ``failed``.
        conflicted: somebody else saved the draft meanwhile; both versions stand (DraftRow).
    """

    state_changed = Signal(str)
    conflicted = Signal(object)

    def __init__(
        self, context: AppContext, session: DraftSession, row: DraftRow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._session = session
        self.row = row
        self.state = "saved"
        self._stored: Data = session.data
        self._saving: Data = None
        self._waiting: list[Callable[[], object]] = []
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.flush)
        session.changed.connect(self._on_changed)

    # --- public

    @property
    def dirty(self) -> bool:
        """Whether something is not in the register yet."""
        return self._session.data is not self._stored

    @Slot()
    def flush(self) -> None:
        """Save at once what is not saved."""
        self._rest.stop()
        if self.dirty and self._saving is None:
            self._save(self.row.heads)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Save, and do something once everything is in the register."""
        if self.dirty or self._saving is not None:
            self._waiting.append(then)
            self.flush()
        else:
            then()

    def insist(self) -> None:
        """Let this version stand in place of all others."""
        self._save(None)

    def stop(self) -> None:
        """Save nothing any more."""
        self._rest.stop()
        self._waiting.clear()
        self._session.changed.disconnect(self._on_changed)

    # --- saving

    def _save(self, seen: tuple[ActRef, ...] | None) -> None:
        self._saving = self._session.data
        self._say("saving")
        work = partial(_save, self.row.id, self._saving, seen)
        self._context.ask(self, work, self._on_saved, self._on_failed, durable=True)

    def _on_saved(self, answer: tuple[DraftRow, tuple[PlacedProblem, ...]]) -> None:
        row, problems = answer
        self.row, self._stored, self._saving = row, self._saving, None
        self._context.events.checklists_changed.emit(Change(row.id, self))
        if self.dirty:
            self.flush()
            return
        self._session.note_beside(tuple(problem for problem in problems if problem not in self._session.problems))
        self._say("saved")
        if row.values > 1:
            self._waiting.clear()
            self.conflicted.emit(row)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _on_failed(self, error: Exception) -> None:
        self._saving = None
        self._waiting.clear()
        self._say("failed")
        self._context.tasks.failed.emit(error)

    def _on_changed(self, _place: object, _typing: bool) -> None:
        self._say("typing")
        self._rest.start()

    def _say(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit(state)


def _save(
    key: str, data: Data, seen: tuple[ActRef, ...] | None, desk: Desk
) -> tuple[DraftRow, tuple[PlacedProblem, ...]]:
    row = desk.drafting.save_draft(desk.workspace, key, data, seen=seen)
    return row, desk.drafting.find_problems(desk.workspace, data)
