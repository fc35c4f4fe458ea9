"""Answer an item anew without losing what stands there: notes turn with the state, values and reasons are kept.

For whoever gives a value or a reason alone: the command line, answers files, tables that are typed into. The card on
the desk does the same step by step while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from wufei_cells.domain.answers import Answer, Basis
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.turning import turned
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.bases import summed
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.scoring.rules import Mark
from wufei_cells.scoring.states import answered_anew, state_of
from wufei_cells.services.reading import Sheet


def standing_answer(sheet: Sheet, key: str) -> Answer:
    """Give what stands for an entry; nothing where nothing was answered."""
    return sheet.answers[key].answer if key in sheet.answers else Answer()


def given_anew(sheet: Sheet, key: str, given: Answer) -> Answer:
    """Give what stands for an entry with another value or reason; with neither it is cleared.

    Where rows carry numbers the value is theirs: another one is refused when it is recorded.
    """
    standing, entry = standing_answer(sheet, key), sheet.checklist.entry(key)
    if entry is None:
        return given  # refused when it is recorded
    return answered_anew(entry, standing, given, _marking(sheet, entry), taken=_takes(sheet, entry))


def with_bases(sheet: Sheet, key: str, answer: Answer, bases: Mapping[str, Basis]) -> Answer:
    """Give an answer that rests on something else, with the sums of its rows as its value."""
    entry = sheet.checklist.entry(key)
    after = replace(answer, bases={path: basis for path, basis in bases.items() if basis != Basis()})
    if not isinstance(entry, Item) or after.na is not None:
        return after
    after = replace(after, value=summed(entry.rule, after))
    mark, taken = _marking(sheet, entry), _takes(sheet, entry)
    was, now = (state_of(entry, one, mark(one), taken=taken) for one in (answer, after))
    return turned(after, was, now)


def _takes(sheet: Sheet, entry: Gate | Item) -> bool:
    deductions = sheet.checklist.deductions
    return deductions is not None and any(one is entry for one in deductions.group.all_items())


def _marking(sheet: Sheet, entry: Gate | Item) -> Callable[[Answer], Mark | None]:
    rules = Circumstances(sheet.checklist, sheet.facts, sheet.on).rules

    def mark(answer: Answer) -> Mark | None:
        if isinstance(entry, Gate):
            return None
        try:
            return rules.mark(entry.rule, answer.value, Fraction(entry.full))
        except BadAnswer:
            return None

    return mark
