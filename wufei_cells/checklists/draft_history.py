"""What was done to a draft, to be taken back and done again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wufei_cells.checklists.yaml_source import Data, Path

LONGEST = 300
"""Steps that can be taken back; unchanged parts are shared, so each costs little."""


@dataclass(frozen=True, slots=True)
class Step:
    """A state of the draft, and the place whose change led to it."""

    data: Data
    place: Path = ()


@dataclass(frozen=True, slots=True)
class History:
    """The states of a draft. Every operation gives a new history; what is typed into one field is one step."""

    present: Step
    past: tuple[Step, ...] = ()
    future: tuple[Step, ...] = ()
    typing: Path | None = None
    """The field that is being typed into."""

    @classmethod
    def of(cls, data: Data) -> History:
        """Begin with a state that cannot be taken back."""
        return cls(Step(data))

    @property
    def data(self) -> Data:
        """The draft as it is now."""
        return self.present.data

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self.future)

    def record(self, data: Data, place: Path, *, typing: bool = False) -> History:
        """Note a change at a place; typing on in the same field belongs to the same step."""
        if data == self.present.data:
            return self
        step = Step(data, place)
        if typing and self.typing == place:
            return replace(self, present=step, future=())
        return History(step, (*self.past, self.present)[-LONGEST:], (), place if typing else None)

    def settled(self) -> History:
        """Note that typing has come to an end: what comes next is a step of its own."""
        return self if self.typing is None else replace(self, typing=None)

    def undo(self) -> tuple[History, Path]:
        """Take the last step back; give the place where it was done."""
        if not self.past:
            return self, ()
        return History(self.past[-1], self.past[:-1], (self.present, *self.future)), self.present.place

    def redo(self) -> tuple[History, Path]:
        """Do the step that was taken back last again; give its place."""
        if not self.future:
            return self, ()
        return History(self.future[0], (*self.past, self.present), self.future[1:]), self.future[0].place
