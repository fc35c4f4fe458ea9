"""Answers on their way to disk."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.context import Desk
    from wufei_cells.domain.answers import Answer
    from wufei_cells.domain.register import ActRef, AnswerRow
    from wufei_cells.errors import Problem
    from wufei_cells.services.assessing import AnswerChange
    from wufei_cells.services.browsing import Sheet


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An answer that stands in the form and is not stored, and why; without either it waits for the rest of it."""

    answer: Answer
    problem: Problem | None = None
    error: Exception | None = None
    """Set when the machine failed: trying again can help."""


class Writing:
    """Answers that are written together: all of them, or none.

    What they replace is what the form had loaded. A second answer to the same item may be given before the first is
    stored; what that one replaces is then the first one's act, which is only known in the worker thread. So each
    writing knows the ones before it and asks them there.
    """

    def __init__(
        self,
        assessment: str,
        answers: Mapping[str, Answer],
        seen: Mapping[str, tuple[ActRef, ...] | None],
        earlier: Mapping[str, Writing],
        *,
        visit: str = "",
    ) -> None:
        """Prepare a writing.

        Args:
            assessment: whose answers they are.
            answers: by item.
            seen: by item, the acts the form had loaded; ``None`` replaces whatever stands when it is carried out.
            earlier: by item, the writing before this one that may still be on its way.
            visit: names what is taken back together.
        """
        self.assessment = assessment
        self.answers = answers
        self.visit = visit
        self._seen = dict(seen)
        self._earlier = dict(earlier)
        self._own: dict[str, tuple[ActRef, ...]] = {}
        self.over = threading.Event()
        """Set once the answers are on disk or were refused."""

    def replaces(self, key: str) -> tuple[ActRef, ...] | None:
        """Name the acts whose values the person had before their eyes; ``None``: whatever stands."""
        if key in self._own:
            return self._own[key]
        earlier = self._earlier.get(key)
        return earlier.replaces(key) if earlier else self._seen.get(key)

    def __call__(self, desk: Desk) -> tuple[AnswerChange, ...]:
        """Store the answers; runs in the worker thread."""
        try:
            return self._store(desk)
        finally:
            self.over.set()

    def _store(self, desk: Desk) -> tuple[AnswerChange, ...]:
        for key, earlier in self._earlier.items():
            self._seen[key] = earlier.replaces(key)
        self._earlier.clear()
        known = {key: seen for key, seen in self._seen.items() if seen is not None}
        workspace = desk.workspace
        changes = desk.assessing.record_answers(workspace, self.assessment, self.answers, seen=known, visit=self.visit)
        here = workspace.database.device_uuid
        for change in changes:
            own = max((head for head in change.row.heads if head.device == here), key=_number, default=None)
            self._own[change.item] = change.row.heads if change.row.values == 1 or own is None else (own,)
        return changes


def _number(act: ActRef) -> int:
    return act.seq


def acts_seen(sheet: Sheet | None, rows: Mapping[str, AnswerRow], key: str) -> tuple[ActRef, ...] | None:
    """Name the acts that stand where an answer is written, as far as the person has seen them."""
    if key in rows:
        return rows[key].heads
    if sheet is None or not sheet.assessment.came_from:
        return ()
    # What was answered under an earlier edition may stand in the same place.
    earlier = [one.row for answers in sheet.rechecks.values() for one in answers]
    earlier += [one.row for one in sheet.archived.values()]
    return next((row.heads for row in earlier if row.item == key), None)
