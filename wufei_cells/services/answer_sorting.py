"""Which stored answers count under the edition an assessment is pinned to: the one home of this question.

Every answer carries the hash of the words it answered. It counts where the pinned edition asks the same words, under
whatever key; elsewhere it is proposed for the entry that goes back to the one it answered, until a person has looked
at it again. An answer whose entry lives on nowhere is kept and told, and never counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.checklists.lineage import Lineage
from wufei_cells.domain.checklists import Gate, Item, Relation
from wufei_cells.domain.register import EditionId
from wufei_cells.services.edition_memory import stored_checklist, turned_round
from wufei_cells.store import assessment_queries

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.store.journal import Connection

Entry = Gate | Item

_OPPOSITE = {
    Relation.STRICTER: Relation.EASIER,
    Relation.EASIER: Relation.STRICTER,
    Relation.SPLIT: Relation.MERGED,
    Relation.MERGED: Relation.SPLIT,
}


@dataclass(frozen=True, slots=True)
class Pin:
    """An assessment and the edition it is, or would be, pinned to, with those it came from, in order."""

    assessment: str
    edition: EditionId
    came_from: tuple[EditionId, ...] = ()

    def moved_to(self, edition: EditionId) -> Pin:
        """Give the pin of the assessment when it is carried over to another edition."""
        return Pin(self.assessment, edition, (*self.came_from, self.edition))


@dataclass(frozen=True, slots=True)
class Origin:
    """An entry that somebody answered and that an entry of the pinned edition goes back to."""

    key: str
    """Under which the answer is stored."""
    relation: Relation
    entry: Entry | None
    """As it was; ``None`` when no edition of this assessment has those words."""


@dataclass(frozen=True, slots=True)
class SortedAnswers:
    """Where the stored answers of an assessment belong."""

    current: Mapping[str, str]
    """By entry of the pinned edition: the key under which the answer that counts is stored."""
    rechecks: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict[str, tuple[Origin, ...]])
    """By entry of the pinned edition, where no answer counts: what was answered before its words changed."""
    archived: Mapping[str, Entry | None] = field(default_factory=dict[str, Entry | None])
    """By stored key: the entry that was answered and is gone."""


def sort_answers(workspace: Workspace, connection: Connection, pin: Pin, stored: Mapping[str, str]) -> SortedAnswers:
    """Sort the stored answers of an assessment, each given by its key and the hash of the words it answers."""
    hashes = workspace.memory.hashes(pin.edition, stored_checklist(workspace, connection, pin.edition))
    current = {key: key for key, words in stored.items() if words in hashes.get(key, ())}
    if len(current) == len(stored) and not pin.came_from:
        return SortedAnswers(current)  # nearly always
    past = _Past(workspace, connection, pin)
    origins: dict[str, list[Origin]] = {}
    archived: dict[str, Entry | None] = {}
    for key, words in stored.items():
        entry, later = past.follow(key, words)
        for successor, relation in later:
            origins.setdefault(successor, []).append(Origin(key, relation, entry))
        if not later and key not in current:
            archived[key] = entry
    rechecks: dict[str, tuple[Origin, ...]] = {}
    for key in hashes:
        if key in current or key not in origins:
            continue
        same = [origin.key for origin in origins[key] if stored[origin.key] in hashes[key]]
        if same:
            current[key] = same[0]
        else:
            rechecks[key] = tuple(_changed(origin) for origin in origins[key])
    return SortedAnswers(current, rechecks, archived)


class _Past:
    """The editions an assessment was pinned to before, and where their entries have gone since."""

    def __init__(self, workspace: Workspace, connection: Connection, pin: Pin) -> None:
        self._workspace = workspace
        self._connection = connection
        self._pin = pin
        self._undone: tuple[EditionId, ...] | None = None

    def follow(self, key: str, words: str) -> tuple[Entry | None, tuple[tuple[str, Relation], ...]]:
        """Give the entry that was answered, and the entries of the pinned edition that go back to it."""
        stack = self._pin.came_from
        for place in reversed(range(len(stack))):
            if words in self._hashes(stack[place]).get(key, ()):
                traced = self._traced((*stack[place:], self._pin.edition))
                return self._entry(stack[place], key), turned_round(traced).get(key, ())
        pinned = self._hashes(self._pin.edition)
        if words in pinned.get(key, ()):
            return self._entry(self._pin.edition, key), ()
        for edition in self._left():
            if words in self._hashes(edition).get(key, ()):
                # It was carried over to that edition, answered, and taken back.
                traced = self._traced((self._pin.edition, edition)).get(key, ())
                return self._entry(edition, key), tuple((to, _OPPOSITE.get(how, how)) for to, how in traced)
        return None, ((key, Relation.SAME),) if key in pinned else ()

    def _left(self) -> Iterator[EditionId]:
        if self._undone is None:
            known = {*self._pin.came_from, self._pin.edition}
            ever = assessment_queries.editions_pinned(self._connection, self._pin.assessment)
            self._undone = tuple(edition for edition in ever if edition not in known)
        yield from self._undone

    def _hashes(self, edition: EditionId) -> Mapping[str, frozenset[str]]:
        checklist = stored_checklist(self._workspace, self._connection, edition)
        return self._workspace.memory.hashes(edition, checklist)

    def _entry(self, edition: EditionId, key: str) -> Entry | None:
        return stored_checklist(self._workspace, self._connection, edition).entry(key)

    def _traced(self, chain: tuple[EditionId, ...]) -> Lineage:
        checklists = [stored_checklist(self._workspace, self._connection, edition) for edition in chain]
        return self._workspace.memory.lineage(chain, checklists)


def _changed(origin: Origin) -> Origin:
    """Tell the relation of words that differ: an entry that says nothing of it was at least reworded."""
    relation = Relation.REWORDED if origin.relation is Relation.SAME else origin.relation
    return Origin(origin.key, relation, origin.entry)
