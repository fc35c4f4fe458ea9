"""What the room for appeals shows of an assessment, and what can be done there: read and asked in the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Step, transition
from wufei_cells.domain.objections import Objection, ObjectionKind, ObjectionRow, Outcome

if TYPE_CHECKING:
    from ui.context import Desk
    from wufei_cells.domain.checklists import Gate, Item
    from wufei_cells.domain.register import AssessmentRow


@dataclass(frozen=True, slots=True)
class Objections:
    """The appeals and objections to an assessment."""

    assessment: AssessmentRow
    rows: tuple[ObjectionRow, ...]
    kinds: tuple[ObjectionKind, ...]
    """What can be put forward now."""
    entries: tuple[Gate | Item, ...]
    """What an appeal can be about."""
    today: date

    def waits_for_mending(self, row: ObjectionRow) -> bool:
        """Tell whether one was upheld against the result that still stands, so that it is to be sent back."""
        possible = transition(Step.RETURN, self.assessment.stage) is not None
        return possible and row.outcome is Outcome.UPHELD and row.revision >= self.assessment.revision


def load(assessment: str, desk: Desk) -> Objections:
    """Read the appeals and objections to an assessment, the newest first."""
    row = desk.browsing.assessment(desk.workspace, assessment)
    kinds = tuple(kind for kind in reversed(ObjectionKind) if row.stage in desk.objecting.OBJECTIONABLE[kind])
    entries = tuple(desk.browsing.checklist(desk.workspace, row.edition).entries())
    rows = desk.objecting.objections(desk.workspace, assessment)
    return Objections(row, rows[::-1], kinds, entries, desk.workspace.today())


def take_in(objection: Objection, desk: Desk) -> ObjectionRow:
    """Put one on record."""
    return desk.objecting.take_in(desk.workspace, objection)


def settle(key: str, outcome: Outcome, reason: str, desk: Desk) -> ObjectionRow:
    """Uphold or dismiss one."""
    return desk.objecting.settle(desk.workspace, key, outcome, reason)
