"""Keeps a draft in the register while it is written: saved after every pause in typing, never over somebody else."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(slots=True)
class _Seen:
    """The acts that the next save replaces; touched in the worker thread only, where saves follow each other."""

    heads: tuple[ActRef, ...]


class DraftKeeper(QObject):
    """Saves one draft, one save after the other, also while the window is closing.

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
        self._seen = _Seen(row.heads)
        self._stored: Data = session.data
        self._handed: Data = session.data
        self._underway = 0
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
        """Save at once what is not saved or on its way."""
        self._rest.stop()
        if self._session.data is not self._handed:
            self._save(insist=False)

    def when_saved(self, then: Callable[[], object]) -> None:
        """Save, and do something once everything is in the register."""
        if self.dirty or self._underway:
            self._waiting.append(then)
            self.flush()
        else:
            then()

    def insist(self) -> None:
        """Let this version stand in the place of all others."""
        self._save(insist=True)

    def stop(self) -> None:
        """Save nothing any more."""
        self._rest.stop()
        self._waiting.clear()
        self._session.changed.disconnect(self._on_changed)

    # --- saving

    def _save(self, *, insist: bool) -> None:
        data = self._handed = self._session.data
        self._underway += 1
        self._say("saving")
        work = partial(_save, self.row.id, data, self._seen, insist)
        self._context.ask(self, work, partial(self._on_saved, data), self._on_failed, durable=True)

    def _on_saved(self, data: Data, answer: tuple[DraftRow, tuple[PlacedProblem, ...]]) -> None:
        self._underway -= 1
        self.row, problems = answer
        self._stored = data
        self._context.events.checklists_changed.emit(Change(self.row.id, self))
        if self._underway or self.dirty:
            self.flush()
            return
        known = self._session.findings.problems
        self._session.note_beside(tuple(problem for problem in problems if problem not in known))
        self._say("saved")
        if self.row.values > 1:
            self._waiting.clear()
            self.conflicted.emit(self.row)
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _on_failed(self, error: Exception) -> None:
        self._underway -= 1
        self._handed = self._stored  # the next pause tries again
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


def _save(key: str, data: Data, seen: _Seen, insist: bool, desk: Desk) -> tuple[DraftRow, tuple[PlacedProblem, ...]]:
    workspace = desk.workspace
    if insist:
        row = desk.drafting.settle_draft(workspace, key, data, own=seen.heads)
    else:
        row = desk.drafting.save_draft(workspace, key, data, seen=seen.heads)
    seen.heads = row.heads
    if row.values > 1:
        # The next save follows this one, and leaves the other version standing until somebody decides.
        own = [head for head in row.heads if head.device == workspace.database.device_uuid]
        seen.heads = (max(own, key=lambda head: head.seq),) if own else row.heads
    return row, desk.drafting.find_problems(workspace, data)
