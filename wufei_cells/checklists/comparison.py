"""What is different between two editions, as values.

Fields are named as in the checklist format, and their values are those of the canonical documents, so nothing that
makes two editions different can be missing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.checklists import Checklist, Gate, Item, Relation
from wufei_cells.domain.text import LANGUAGES, Language


class Change(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Section(StrEnum):
    """The parts of an edition that have keys, as its file names them."""

    GATES = "gates"
    GROUPS = "groups"
    BONUS = "bonus"
    DEDUCTIONS = "deductions"
    GRADES = "grades"
    COLUMNS = "columns"
    PARAMETERS = "parameters"
    FACTS = "facts"
    SOURCES = "sources"


class Aspect(StrEnum):
    """What a change is about, in the order in which people ask."""

    POINTS = "points"
    RULE = "rule"
    WORDS = "words"
    HANDLING = "handling"
    """How it is checked, to whom it applies, what it rests on."""
    PLACE = "place"
    """Key, number, group, order."""


SECTION, GROUP, ORDER = "section", "group", "order"
"""Three fields that no file has: where a part stands. ``order`` has no values, it only says that the order changed."""

_ASPECTS = {
    Aspect.POINTS: ("full", "weight", "cap", "counts_for_pass"),
    Aspect.RULE: ("rule",),
    Aspect.WORDS: ("text", "scoring", "evidence", "guidance"),
    Aspect.PLACE: ("key", "number", "from", SECTION, GROUP, ORDER),
}
_ASPECT_OF = {field: aspect for aspect, fields in _ASPECTS.items() for field in fields}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field and what it says in both editions; ``None`` where it says nothing."""

    field: str
    old: Data
    new: Data

    @property
    def aspect(self) -> Aspect:
        """What the change is about."""
        return _ASPECT_OF.get(self.field, Aspect.HANDLING)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages whose words changed; none when the field is no text."""
        if not (_is_text(self.old) and _is_text(self.new)):
            return ()
        old, new = _texts(self.old), _texts(self.new)
        return tuple(language for language in LANGUAGES if old.get(language) != new.get(language))


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that is answered, and where it stands in its edition."""

    entry: Gate | Item
    section: Section
    group: str
    """Key of the group; empty for gates."""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A gate or an item that is new, gone, or not as it was."""

    old: Standing | None
    """What it goes back to; of several, the one with the same key, else the first."""
    new: Standing | None
    origins: tuple[tuple[str, Relation], ...] = ()
    """Everything it goes back to, and how."""
    fields: tuple[FieldChange, ...] = ()
    answers_carry: bool = False
    """Whether answers to what it goes back to answer it too: nothing that is asked or scored has changed."""

    @property
    def change(self) -> Change:
        """What became of it."""
        return Change.ADDED if self.old is None else Change.REMOVED if self.new is None else Change.CHANGED

    @property
    def standing(self) -> Standing:
        """Where it stands, or stood."""
        standing = self.new or self.old
        assert standing is not None
        return standing

    @property
    def key(self) -> str:
        """Its key, or the one it had."""
        return self.standing.entry.key

    def about(self, aspect: Aspect) -> tuple[FieldChange, ...]:
        """Give the changes of one aspect."""
        return tuple(change for change in self.fields if change.aspect is aspect)

    def field(self, name: str) -> FieldChange | None:
        """Give the change of one field."""
        return next((change for change in self.fields if change.field == name), None)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A group, level, column, parameter, fact or source that is new, gone, or not as it was."""

    section: Section
    key: str
    old: Mapping[str, Data] | None
    """Its own fields, without what is in it."""
    new: Mapping[str, Data] | None
    fields: tuple[FieldChange, ...] = ()
    used_by: tuple[str, ...] = ()
    """Of a parameter: the keys of what takes numbers from it."""

    @property
    def change(self) -> Change:
        """What became of it."""
        return Change.ADDED if self.old is None else Change.REMOVED if self.new is None else Change.CHANGED


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """What becomes of the answers to a whole assessment, by number of entries."""

    carried: int
    to_check: int
    new: int
    """To be answered for the first time."""
    archived: int
    """Gone from the new edition, with their answers."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in which one edition differs from another."""

    old: Checklist
    new: Checklist
    entries: tuple[EntryChange, ...]
    """In the printed order of the new edition; what is gone comes last, in the old order."""
    groups: tuple[PartChange, ...]
    parts: tuple[PartChange, ...]
    """Levels, columns, parameters, facts, sources."""
    settings: tuple[FieldChange, ...]
    """Fields of the whole, such as ``title``, ``category.code``, ``scoring.not_applicable``."""

    def __bool__(self) -> bool:
        return bool(self.entries or self.groups or self.parts or self.settings)

    @property
    def answers(self) -> AnswerCount:
        """Count what becomes of answers when an assessment goes on under the new edition."""
        changed = self.of_change(Change.CHANGED)
        to_check = sum(1 for entry in changed if not entry.answers_carry)
        new = len(self.of_change(Change.ADDED))
        carried = sum(1 for _entry in self.new.entries()) - to_check - new
        return AnswerCount(carried, to_check, new, len(self.of_change(Change.REMOVED)))

    def of_change(self, change: Change) -> tuple[EntryChange, ...]:
        """Give the entries that are new, gone, or not as they were."""
        return tuple(entry for entry in self.entries if entry.change is change)

    def of_aspect(self, aspect: Aspect) -> tuple[EntryChange, ...]:
        """Give the entries that are still there and changed in one aspect."""
        return tuple(entry for entry in self.of_change(Change.CHANGED) if entry.about(aspect))


def _is_text(value: Data) -> bool:
    return value is None or (isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES))


def _texts(value: Data) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}
