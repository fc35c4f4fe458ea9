"""Give an assessment that is pinned back to an earlier edition the answers it had there.

An entry whose words changed may have been answered anew since. That answer does not count under the words of the
earlier edition; the one that stood when the assessment was carried over is written once more, so that nothing that
was answered is lost by taking the step back. The journal keeps both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.services.answer_sorting import Pin, sort_answers
from wufei_cells.store import assessment_queries, ledger
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace

_HEADER = "header"
_ANSWER = "answer."


def restored_answers(workspace: Workspace, connection: Connection, row: AssessmentRow) -> list[Draft]:
    """Give the acts that bring back the answers that stood before the last step, where none of today's counts.

    Args:
        workspace: the register.
        connection: the transaction.
        row: an assessment that was carried over and is about to go back; its pin still names the later edition.
    """
    back = Pin(row.id, row.came_from[-1], row.came_from[:-1])
    words = {key: answer.entry for key, answer in assessment_queries.answers(connection, row.id).items()}
    counting = set(sort_answers(workspace, connection, back, words).current.values())
    idle = words.keys() - counting
    if not idle:
        return []
    before, now = _at_the_step(ledger.history(connection, row.id), back)
    return [
        Draft("answer", row.id, cell, before[cell])
        for cell in (f"{_ANSWER}{key}" for key in words if key in idle)
        if cell in before and before[cell] != now[cell]
    ]


def _at_the_step(
    history: tuple[ledger.HistoryRow, ...], back: Pin
) -> tuple[dict[str, JsonValue], dict[str, JsonValue]]:
    """Give what the cells said when the assessment last left an edition, and what they said last."""
    before: dict[str, JsonValue] = {}
    now: dict[str, JsonValue] = {}
    was_there = False
    for act in history:
        if act.cell == _HEADER:
            is_there = _is_pinned(act.new, back)
            if was_there and not is_there:
                before = dict(now)
            was_there = is_there
        elif act.cell.startswith(_ANSWER):
            now[act.cell] = act.new
    return before, now


def _is_pinned(header: JsonValue, pin: Pin) -> bool:
    if not isinstance(header, dict):
        return False
    return header.get("edition") == pin.edition and header.get("came_from", []) == list(pin.came_from)
