"""How an item stands as far as its note is concerned: met, deducted, or set aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import State
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.turning import cleared, set_aside, taken_up, turned
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.rules import read_yes_no

if TYPE_CHECKING:
    from wufei_cells.domain.answers import Answer
    from wufei_cells.scoring.rules import Mark


def state_of(entry: Gate | Item, answer: Answer, mark: Mark | None, *, taken: bool = False) -> State | None:
    """Tell the state of an answer; ``None`` while it is open, unfinished or cannot be read.

    Args:
        entry: what was answered.
        answer: the answer.
        mark: what its rule gives for it; ``None`` for gates and for answers that cannot be read.
        taken: whether the points are taken off the total, so that nothing at all is what one hopes for.
    """
    if answer.na is not None:
        return State.NOT_APPLICABLE
    if answer.value is None:
        return None
    if isinstance(entry, Gate):
        try:
            return State.MET if read_yes_no(answer.value) else State.DEDUCTED
        except BadAnswer:
            return None
    if mark is None or mark.missing or not mark.span.settled:
        return None
    met = mark.span.low <= 0 if taken else mark.span.low >= Fraction(entry.full)
    return State.MET if met else State.DEDUCTED


def answered_anew(
    entry: Gate | Item,
    standing: Answer,
    given: Answer,
    mark: Callable[[Answer], Mark | None],
    *,
    taken: bool = False,
) -> Answer:
    """Give what stands after a value or a reason was given alone: notes turn with the state, and nothing is lost.

    Args:
        entry: what is answered.
        standing: what stood there.
        given: the new value or reason; with neither the answer is cleared. Its note is not looked at.
        mark: gives what the rule of the entry makes of an answer; ``None`` for gates and what cannot be read.
        taken: as for ``state_of``.
    """
    if given.na is not None:
        after = replace(set_aside(standing), na=given.na)
    elif given.value is not None:
        after = replace(taken_up(standing), value=given.value)
    else:
        return cleared(standing)
    was, now = (state_of(entry, answer, mark(answer), taken=taken) for answer in (standing, after))
    return turned(after, was, now)
