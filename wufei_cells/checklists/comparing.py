"""Compare two editions of a checklist."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from wufei_cells.checklists.comparison import (
    GROUP,
    ORDER,
    SECTION,
    Comparison,
    EntryChange,
    FieldChange,
    PartChange,
    Section,
    Standing,
)
from wufei_cells.checklists.document import edition_document, entry_hash
from wufei_cells.checklists.lineage import Lineage, descendants, lineage
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain.checklists import Checklist, Gate, Item

Document = dict[str, Data]

_LISTS = (Section.PARAMETERS, Section.FACTS, Section.SOURCES)
_SCORING_LISTS = (Section.GRADES, Section.COLUMNS)
_FLATTENED = ("category", "scoring")


def compare(old: Checklist, new: Checklist) -> Comparison:
    """List everything in which an edition differs from an earlier one.

    The comparison is empty exactly when both have the same canonical document. What moved is told with the fewest
    parts: where one item went to the end of its group, the others did not move.
    """
    before, after, traced = _Outline(old), _Outline(new), lineage(old, new)
    users = (_users(old, before), _users(new, after))
    parts = [change for section in (*_SCORING_LISTS, *_LISTS) for change in _listed(section, before, after, users)]
    return Comparison(
        old,
        new,
        entries=(*_kept_and_added(before, after, traced), *_removed(before, traced)),
        groups=tuple(_groups(before, after)),
        parts=tuple(parts),
        settings=_differences(before.settings, after.settings),
    )


# --- the parts of one edition, taken from its canonical document


@dataclass(frozen=True, slots=True)
class _Part:
    data: Document
    section: Section
    group: str = ""
    position: int = 0

    def placed(self) -> Document:
        return {SECTION: self.section.value, GROUP: self.group or None, **self.data}


@dataclass(slots=True)
class _Outline:
    checklist: Checklist
    entries: dict[str, _Part] = field(default_factory=dict[str, _Part])
    groups: dict[str, _Part] = field(default_factory=dict[str, _Part])
    lists: dict[Section, dict[str, _Part]] = field(default_factory=dict[Section, dict[str, _Part]])
    settings: Document = field(default_factory=dict[str, Data])
    by_key: Mapping[str, Gate | Item] = field(default_factory=dict[str, Gate | Item])

    def __post_init__(self) -> None:
        self.by_key = {entry.key: entry for entry in self.checklist.entries()}
        document = _mapping(json.loads(edition_document(self.checklist)))
        scoring = _mapping(document["scoring"])
        for section in _SCORING_LISTS:
            self.lists[section] = _keyed(section, scoring.pop(section, None))
        for section in _LISTS:
            self.lists[section] = _keyed(section, document.pop(section, None))
        self.entries.update(_keyed(Section.GATES, document.pop(Section.GATES, None)))
        for position, group in enumerate(_rows(document.pop(Section.GROUPS, None))):
            self._group(group, Section.GROUPS, "", position)
        for section in (Section.BONUS, Section.DEDUCTIONS):
            if extra := document.pop(section, None):
                self._group(_mapping(extra), section, "", 0)
        for name in _FLATTENED:
            self.settings |= {f"{name}.{inner}": value for inner, value in _mapping(document.pop(name)).items()}
        self.settings |= document

    def standing(self, key: str) -> Standing:
        part = self.entries[key]
        return Standing(self.by_key[key], part.section, part.group)

    def _group(self, data: Document, section: Section, parent: str, position: int) -> None:
        key = str(data["key"])
        items, groups = _rows(data.pop("items", None)), _rows(data.pop("groups", None))
        self.groups[key] = _Part(data, section, parent, position)
        for place, item in enumerate(items):
            self.entries[str(item["key"])] = _Part(item, section, key, place)
        for place, inner in enumerate(groups):
            self._group(inner, section, key, place)


def _mapping(data: Data) -> Document:
    return cast("Document", data)


def _rows(data: Data) -> list[Document]:
    return cast("list[Document]", data or [])


def _keyed(section: Section, data: Data) -> dict[str, _Part]:
    return {str(row["key"]): _Part(row, section, "", place) for place, row in enumerate(_rows(data))}


# --- entries


def _kept_and_added(before: _Outline, after: _Outline, traced: Lineage) -> Iterator[EntryChange]:
    """The entries of the new edition that are not as they were."""
    main = {key: _main(key, [origin for origin, _relation in origins]) for key, origins in traced.items() if origins}
    moved = _moved(before.entries, after.entries, main)
    for key, origins in traced.items():
        if key not in main:
            yield EntryChange(None, after.standing(key))
            continue
        changes = _differences(before.entries[main[key]].placed(), after.entries[key].placed())
        if key in moved:
            changes = (*changes, FieldChange(ORDER, None, None))
        if changes:
            now = entry_hash(after.by_key[key])
            carry = any(entry_hash(before.by_key[origin]) == now for origin, _relation in origins)
            yield EntryChange(before.standing(main[key]), after.standing(key), origins, changes, carry)


def _main(key: str, origins: Sequence[str]) -> str:
    return key if key in origins else origins[0]


def _removed(before: _Outline, traced: Lineage) -> Iterator[EntryChange]:
    living = descendants(traced)
    return (EntryChange(before.standing(key), None) for key in before.by_key if key not in living)


# --- other parts


def _groups(before: _Outline, after: _Outline) -> Iterator[PartChange]:
    moved = _moved(before.groups, after.groups, {key: key for key in after.groups if key in before.groups})
    for key in (*after.groups, *(key for key in before.groups if key not in after.groups)):
        change = _part_change(key, before.groups.get(key), after.groups.get(key), moved=key in moved)
        if change:
            yield change


def _listed(
    section: Section, before: _Outline, after: _Outline, users: tuple[Mapping[str, Document], Mapping[str, Document]]
) -> Iterator[PartChange]:
    earlier, later = before.lists[section], after.lists[section]
    moved = _moved(earlier, later, {key: key for key in later if key in earlier})
    for key in (*later, *(key for key in earlier if key not in later)):
        used_by = _used_by(key, users) if section is Section.PARAMETERS else ()
        change = _part_change(key, earlier.get(key), later.get(key), moved=key in moved, used_by=used_by)
        if change:
            yield change


def _part_change(
    key: str, old: _Part | None, new: _Part | None, *, moved: bool, used_by: tuple[str, ...] = ()
) -> PartChange | None:
    either = new or old
    assert either is not None
    changes = _differences(old.placed(), new.placed()) if old and new else ()
    if moved:
        changes = (*changes, FieldChange(ORDER, None, None))
    if old and new and not changes:
        return None
    return PartChange(either.section, key, old and old.data, new and new.data, changes, used_by)


def _users(checklist: Checklist, outline: _Outline) -> dict[str, Document]:
    """What may name parameters, by key, in printed order."""
    users = {grade.key: outline.lists[Section.GRADES][grade.key].data for grade in checklist.grades}
    users |= {key: part.data for key, part in outline.groups.items()}
    return users | {key: part.data for key, part in outline.entries.items()}


def _used_by(parameter: str, users: tuple[Mapping[str, Document], Mapping[str, Document]]) -> tuple[str, ...]:
    reference = re.compile(rf"\${re.escape(parameter)}(?!\w)")
    found = [key for edition in reversed(users) for key, data in edition.items() if _names(data, reference)]
    return tuple(dict.fromkeys(found))


def _names(data: Data, reference: re.Pattern[str]) -> bool:
    """Whether a parameter is named: as a number, in a formula, or in words."""
    if isinstance(data, dict):
        return any(_names(value, reference) for value in data.values())
    if isinstance(data, list):
        return any(_names(value, reference) for value in data)
    return isinstance(data, str) and bool(reference.search(data))


# --- the tools


def _differences(old: Mapping[str, Data], new: Mapping[str, Data]) -> tuple[FieldChange, ...]:
    names = dict.fromkeys((*new, *old))
    changes = (FieldChange(name, old.get(name), new.get(name)) for name in names)
    return tuple(change for change in changes if change.old != change.new)


def _moved(old: Mapping[str, _Part], new: Mapping[str, _Part], origins: Mapping[str, str]) -> set[str]:
    """Find what changed its order among those that stand together in both editions."""
    together: dict[tuple[Section, str], list[str]] = {}
    for key, origin in origins.items():
        there, here = old[origin], new[key]
        if (there.section, there.group) == (here.section, here.group):
            together.setdefault((here.section, here.group), []).append(key)
    moved: set[str] = set()
    for keys in together.values():
        keys.sort(key=lambda key: new[key].position)
        kept = _in_order([old[origins[key]].position for key in keys])
        moved.update(key for place, key in enumerate(keys) if place not in kept)
    return moved


def _in_order(positions: Sequence[int]) -> Collection[int]:
    """Find a longest run of places whose positions never fall."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for place, position in enumerate(positions):
        length = bisect_right(tails, position)
        previous.append(ends[length - 1] if length else -1)
        tails[length:] = [position, *tails[length + 1 :]]
        ends[length:] = [place, *ends[length + 1 :]]
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = previous[place]
    return kept
