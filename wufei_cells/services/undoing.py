"""Take back what a person did last, and do it again: without limit, and across restarts.

Nothing is erased. What stood before is written once more as a new act, so the record shows both. The list of what was
done is kept on this machine, written in the same transaction as the acts themselves; it never travels, since nobody
takes back what somebody else did elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, returning, withdrawing
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, undo_memory
from wufei_cells.store.journal import Connection, Draft, Written, heads
from wufei_cells.store.projecting import Head
from wufei_cells.store.projection import current_head
from wufei_cells.store.undo_memory import Change, Step

SETTLING = "settle"
"""Begins the visit of a step that settled conflicts: allowed at any time, and so is taking it back."""
_CLOSED_WITH = ("answer", "evidence", "precheck")
"""Kinds of acts that nobody writes any more once an assessment is closed; findings are checked later, too."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken back or done again: the cells of each assessment (or other entity) that changed."""

    places: tuple[str, ...]
    """The assessments that the step touches, as they were named when it was done."""
    cells: tuple[tuple[str, str], ...]
    """Entity and cell."""
    left: tuple[str, ...] = ()
    """Cells that somebody has changed since: nothing was written, and the next time the step before is turned."""


def write(
    workspace: Workspace, connection: Connection, drafts: Sequence[Draft], *, places: Sequence[str], visit: str = ""
) -> tuple[Written, ...]:
    """Write acts as one step that the person can take back.

    Args:
        workspace: the register.
        connection: the transaction.
        drafts: the acts.
        places: the assessments whose screens offer to take the step back.
        visit: names what belongs together: a later step of the same visit to the same cell takes the place of this
            one, so that a sentence typed in three rests is one step. Empty: a step of its own.
    """
    before = [_standing_values(connection, draft) for draft in drafts]
    written = workspace.write(connection, drafts)
    if not visit.startswith(SETTLING):  # whoever settles one disagreement has not looked at the others
        withdrawing.note(workspace, connection, drafts)
    changes = [
        Change(draft.kind, draft.entity, draft.cell, old, draft.value, tuple(beside))
        for draft, (old, *beside) in zip(drafts, before, strict=True)
    ]
    undo_memory.forget_undone(connection, workspace.person.id, places)
    last = undo_memory.last_done(connection, workspace.person.id, places) if visit else None
    if last and last.visit == visit and _same_cells(last.changes, changes):
        joined = [
            replace(new, before=old.before, beside=old.beside) for old, new in zip(last.changes, changes, strict=True)
        ]
        undo_memory.rewrite(connection, last, joined, undone=False)
    else:
        undo_memory.remember(connection, workspace.person.id, visit, changes, places)
    return written


def undo(workspace: Workspace, *places: str) -> Taken | None:
    """Take back the person's last step that touches one of these assessments; ``None`` when there is none left.

    A step of which somebody has changed a cell since is left alone: their work is not taken back unseen.

    Raises:
        UserError: the assessment is closed.
    """
    with workspace.database.writing() as connection:
        step = undo_memory.last_done(connection, workspace.person.id, places)
        return _turn(workspace, connection, step, back=True) if step else None


def redo(workspace: Workspace, *places: str) -> Taken | None:
    """Do again what was taken back last; ``None`` when nothing was, or something else was done since.

    Raises:
        UserError: the assessment is closed.
    """
    with workspace.database.writing() as connection:
        step = undo_memory.first_undone(connection, workspace.person.id, places)
        return _turn(workspace, connection, step, back=False) if step else None


def depth(workspace: Workspace, *places: str) -> tuple[int, int]:
    """Count the steps that can be taken back, and those that can be done again."""
    with workspace.database.reading() as connection:
        return undo_memory.count(connection, workspace.person.id, places)


def _turn(workspace: Workspace, connection: Connection, step: Step, *, back: bool) -> Taken:
    if not step.visit.startswith(SETTLING):
        for assessment, items in _written_on(step.changes).items():
            _refuse_closed(workspace, connection, assessment, items)
    cells = tuple((change.entity, change.cell) for change in step.changes)
    changed = tuple(change.cell for change in step.changes if not _stands(connection, change, _left(change, back=back)))
    if changed:
        undo_memory.leave(connection, step)
        return Taken(step.places, cells, changed)
    drafts = [draft for change in step.changes for draft in _turned(connection, change, back=back)]
    workspace.write(connection, drafts)
    if not step.visit.startswith(SETTLING):
        withdrawing.note(workspace, connection, drafts)
    undo_memory.rewrite(connection, step, step.changes, undone=back)
    return Taken(step.places, cells)


def _left(change: Change, *, back: bool) -> tuple[JsonValue, ...]:
    """Give what the step left in a cell, or for doing it again, what taking it back left there."""
    return (change.after,) if back else (change.before, *change.beside)


def _turned(connection: Connection, change: Change, *, back: bool) -> list[Draft]:
    """Give the acts that turn a change; values that stood side by side are put side by side again."""
    place = (change.kind, change.entity, change.cell)
    if not back:
        return [Draft(*place, change.after)]
    if not change.beside:
        return [Draft(*place, change.before)]
    seen = tuple(ActRef(head.uuid, head.seq) for head in heads(connection, change.entity, change.cell))
    # The one that was shown comes last, so that it is shown again.
    return [Draft(*place, value, seen) for value in (*change.beside, change.before)]


def _written_on(changes: Sequence[Change]) -> dict[str, list[str]]:
    """Give the assessments that must be open for a step to be turned, and the items it writes on."""
    found: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in _CLOSED_WITH:
            found.setdefault(change.entity, []).append(_item_of(change))
        elif change.kind == "finding":
            said = change.after if isinstance(change.after, dict) else change.before
            if isinstance(said, dict):
                found.setdefault(str(said["assessment"]), []).append(str(said["item"]))
    return found


def _item_of(change: Change) -> str:
    """Name the item that a cell of an assessment stands under; empty where it stands under none."""
    if change.kind == "answer":
        return change.cell.removeprefix("answer.")
    return change.cell.split(".", 2)[-1] if change.kind == "evidence" else ""


def _refuse_closed(workspace: Workspace, connection: Connection, assessment: str, items: Sequence[str]) -> None:
    blindness.refuse_writing(workspace, connection, assessment)
    standing = assessment_queries.standing(connection, assessment)
    if standing is None:
        return
    if standing.stage is not Stage.SCORING:
        raise UserError("assessing.not_open", site=standing.site_name, stage=standing.stage.value)
    returning.refuse_locked(workspace, connection, standing, items)


def _stands(connection: Connection, change: Change, left: tuple[JsonValue, ...]) -> bool:
    """Tell whether a cell still says what the step left there, and nothing else beside it."""
    standing = heads(connection, change.entity, change.cell)
    if not standing:
        return left == (None,)
    said, wanted = [canonical_json(head.value) for head in standing], [canonical_json(value) for value in left]
    return len(said) == len(wanted) and sorted(said) == sorted(wanted)


def _standing_values(connection: Connection, draft: Draft) -> tuple[JsonValue, ...]:
    """Give what a cell says before an act, the shown value first; where it says nothing yet, what would say as much.

    Values that stood side by side are all given: the act settles them, and taking it back puts them there again.
    """
    standing = heads(connection, draft.entity, draft.cell)
    if not standing:
        if draft.kind == "answer" and isinstance(draft.value, dict):
            return ({"value": None, "na": None, "note": "", "entry": draft.value["entry"]},)
        return (None,)
    shown = current_head(standing)[0]
    if draft.seen is not None and not {ActRef(head.uuid, head.seq) for head in standing} <= set(draft.seen):
        return (shown.value,)  # it leaves a conflict open, or makes one
    values = {canonical_json(head.value): head.value for head in (shown, *sorted(standing, key=_order))}
    return tuple(values.values())


def _order(head: Head) -> tuple[int, str, int]:
    return head.lamport, head.uuid, head.seq


def _same_cells(last: Sequence[Change], now: Sequence[Change]) -> bool:
    return [(change.entity, change.cell) for change in last] == [(change.entity, change.cell) for change in now]
