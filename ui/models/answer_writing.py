"""One answer on its way to disk."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.context import Desk
    from wufei_cells.domain.answers import Answer
    from wufei_cells.domain.register import ActRef
    from wufei_cells.services.assessing import AnswerChange


class Writing:
    """One answer on its way to disk.

    What it replaces is what the form had loaded. A second answer to the same item may be given before the first is
    stored; what that one replaces is then the first one's act, which is only known in the worker thread. So each
    writing knows the one before it and asks it there.
    """

    def __init__(
        self, assessment: str, key: str, answer: Answer, seen: tuple[ActRef, ...] | None, earlier: Writing | None
    ) -> None:
        """Prepare a writing; ``seen`` of ``None`` replaces whatever stands when it is carried out."""
        self.assessment = assessment
        self.key = key
        self.answer = answer
        self._seen = seen
        self._earlier = earlier
        self._own: tuple[ActRef, ...] | None = None
        self.over = threading.Event()
        """Set once the answer is on disk or was refused."""

    def replaces(self) -> tuple[ActRef, ...] | None:
        """Name the acts whose values the person had before their eyes; ``None``: whatever stands."""
        if self._own is not None:
            return self._own
        return self._earlier.replaces() if self._earlier else self._seen

    def __call__(self, desk: Desk) -> AnswerChange:
        """Store the answer; runs in the worker thread."""
        try:
            return self._store(desk)
        finally:
            self.over.set()

    def _store(self, desk: Desk) -> AnswerChange:
        if self._earlier:
            self._seen, self._earlier = self._earlier.replaces(), None
        workspace = desk.workspace
        change = desk.assessing.record_answer(workspace, self.assessment, self.key, self.answer, seen=self._seen)
        here = workspace.database.device_uuid
        own = max((head for head in change.row.heads if head.device == here), key=_number, default=None)
        self._own = change.row.heads if change.row.values == 1 or own is None else (own,)
        return change


def _number(act: ActRef) -> int:
    return act.seq
