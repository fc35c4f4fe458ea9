"""A checklist that is open in the studio: its data, what was done to it, what is wrong with it, what was tried."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from wufei_cells.checklists.draft_entries import entry_paths
from wufei_cells.checklists.draft_history import History
from wufei_cells.checklists.drafting import at, string_at
from wufei_cells.checklists.drafting import with_value as value_set
from wufei_cells.checklists.linting import Findings, lint

if TYPE_CHECKING:
    from wufei_cells.checklists.linting import PlacedProblem
    from wufei_cells.checklists.yaml_source import Data, Path
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.checklists import Checklist


class DraftSession(QObject):
    """Holds the data while it is edited. Every change is a step that can be taken back; lint follows each at once.

    Signals:
        changed: the data changed (path of the change; ``True`` while text is being typed).
        shown: somebody is to look at a place of the draft (its path).
        linted: the problems are those of the data as it is now.
        tried: a dummy answer or a dummy fact changed.
    """

    changed = Signal(object, bool)
    shown = Signal(object)
    linted = Signal()
    tried = Signal()

    def __init__(
        self, data: Data, *, read_only: bool = False, reserved: Collection[str] = (), parent: QObject | None = None
    ) -> None:
        """Begin with data.

        Args:
            data: the checklist as plain data.
            read_only: whether it can only be looked at.
            reserved: keys of earlier editions, which new entries do not get.
            parent: who owns this.
        """
        super().__init__(parent)
        self.read_only = read_only
        self.reserved = frozenset(reserved)
        self.answers: dict[str, JsonValue] = {}
        self.facts: dict[str, str] = {}
        self.findings = lint(data)
        self._beside: tuple[PlacedProblem, ...] = ()
        self._history = History.of(data)
        self._linting = QTimer(self, singleShot=True, interval=0)
        self._linting.timeout.connect(self.lint_now)

    # --- public: looking

    @property
    def data(self) -> Data:
        """The checklist as it is now."""
        return self._history.data

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._history.can_undo and not self.read_only

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return self._history.can_redo and not self.read_only

    @property
    def problems(self) -> tuple[PlacedProblem, ...]:
        """What is wrong with it."""
        return (*self.findings.problems, *self._beside)

    @property
    def checklist(self) -> Checklist | None:
        """The checklist, once nothing is wrong with it."""
        return self.findings.checklist

    def value(self, path: Path) -> Data:
        """Give a part of the data."""
        return at(self.data, path)

    def note_beside(self, problems: tuple[PlacedProblem, ...]) -> None:
        """Note what only the register knows to be wrong, such as an edition of this name that is published already."""
        if problems != self._beside:
            self._beside = problems
            self.linted.emit()

    # --- public: changing

    def write(self, path: Path, value: Data, *, typing: bool = False) -> None:
        """Set a part of the data; nothing takes a field away."""
        self.apply(value_set(self.data, path, value), path, typing=typing)

    def apply(self, data: Data, place: Path, *, typing: bool = False) -> None:
        """Put other data in the place of what there is, as one step; typing on in one field is one step."""
        if self.read_only or data == self.data:
            return
        self._history = self._history.record(data, place, typing=typing)
        self._announce(place, typing=typing)

    def settle(self) -> None:
        """Note that typing came to an end: the next letter begins a new step."""
        self._history = self._history.settled()

    def replace(self, data: Data) -> None:
        """Begin anew with other data, such as another version of the draft; what was done is forgotten."""
        self._history = History.of(data)
        self._announce((), typing=False)

    @Slot()
    def undo(self) -> None:
        """Take the last step back, and show where it was."""
        if self.can_undo:
            self._history, place = self._history.undo()
            self._announce(place, typing=False)
            self.shown.emit(place)

    @Slot()
    def redo(self) -> None:
        """Do the last step that was taken back again, and show where it is."""
        if self.can_redo:
            self._history, place = self._history.redo()
            self._announce(place, typing=False)
            self.shown.emit(place)

    def show_key(self, key: str) -> None:
        """Show the entry that has a key."""
        path = next((path for path in entry_paths(self.data) if string_at(self.data, (*path, "key")) == key), None)
        if path is not None:
            self.shown.emit(path)

    # --- public: trying

    def try_answer(self, key: str, value: JsonValue) -> None:
        """Give a dummy answer; ``None`` takes it back."""
        if value is None:
            self.answers.pop(key, None)
        else:
            self.answers[key] = value
        self.tried.emit()

    def try_fact(self, key: str, value: str) -> None:
        """Give a dummy fact; nothing takes it back."""
        if value:
            self.facts[key] = value
        else:
            self.facts.pop(key, None)
        self.tried.emit()

    def forget_trial(self) -> None:
        """Take all dummy answers and facts back."""
        self.answers.clear()
        self.facts.clear()
        self.tried.emit()

    # --- slots

    @Slot()
    def lint_now(self) -> None:
        """Look for problems at once."""
        self._linting.stop()
        self.findings = lint(self.data)
        self.linted.emit()

    def _announce(self, place: Path, *, typing: bool) -> None:
        self.findings = Findings(self.findings.problems)
        self._linting.start()
        self.changed.emit(place, typing)
