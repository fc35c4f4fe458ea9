"""The answer on the card, and the state its note belongs to."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.turning import set_aside, taken_up, turned
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.bases import summed
from wufei_cells.scoring.states import state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.widgets.answer_editor import Marking
    from wufei_cells.domain.answers import Basis, JsonValue, State
    from wufei_cells.domain.checklists import Item


class CardAnswer:
    """Holds one answer as it is edited; whatever the form does not show stays in it.

    What is given out is always in the state of its value. The form shows the note of that state only once a number is
    finished (``settle``): on the way to 100 one passes 1 and 10, and no note may come and go under somebody's hands.
    """

    def __init__(self, entry: Gate | Item, marking: Marking) -> None:
        self.entry = entry
        self.marking = marking
        self.answer = Answer()
        """As it is to be stored."""
        self._form = Answer()
        """With the note that the form shows."""
        self._owner: State | None = None
        """The state that this note belongs to."""

    def show(self, answer: Answer) -> None:
        """Take an answer that is not an edit."""
        self.answer = self._form = answer
        self._owner = self._state()

    def value(self, value: JsonValue, bases: Mapping[str, Basis]) -> None:
        """Take another value; one that stands in the form while the item is set aside is kept."""
        answer = replace(self._form, bases=dict(bases))
        if answer.na is None:
            self._take(replace(answer, value=value))
        else:
            self._take(replace(answer, kept=replace(answer.kept, value=value)))

    def write(self, note: str) -> None:
        """Take another note."""
        self.settle()
        self._take(replace(self._form, note=note))

    def reason(self, reason: str) -> None:
        """Take another reason for setting the item aside."""
        if self._form.na is not None:
            self._take(replace(self._form, na=reason))

    def toggle(self) -> None:
        """Set the item aside, or take it up again with everything it had."""
        if self._form.na is None:
            self._take(set_aside(self._form))
        else:
            answer = taken_up(self._form)
            rule = None if isinstance(self.entry, Gate) else self.entry.rule
            self._take(replace(answer, value=summed(rule, answer)))

    def settle(self) -> bool:
        """Let the form show the note of the state that was reached; tells whether it is another one."""
        before, self._form = self._form, self.answer
        self._owner = self._state() or self._owner
        return self._form.note != before.note

    # --- parts

    def _take(self, answer: Answer) -> None:
        self._form = answer
        self.answer = turned(answer, self._owner, self._state())

    def _state(self) -> State | None:
        entry, answer, mark = self.entry, self._form, None
        if not isinstance(entry, Gate) and self.marking.rules is not None and answer.na is None:
            try:
                mark = self.marking.rules.mark(entry.rule, answer.value, Fraction(entry.full))
            except BadAnswer:
                return None
        return state_of(entry, answer, mark, taken=self.marking.taken)
