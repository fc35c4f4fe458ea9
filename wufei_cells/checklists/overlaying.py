"""Put a county's overlay on its city's checklist. A county may add and raise, never weaken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.overlay_demands import Numbers, thinned
from wufei_cells.checklists.overlay_marks import with_marks
from wufei_cells.checklists.overlay_reading import OverlayFile
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item, Overlay, Parameter, Source
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.errors import Problem, ProblemsFound

Entry = TypeVar("Entry", Gate, Item, Group)
Listed = TypeVar("Listed", Fact, Parameter, Source)


def apply_overlay(
    parent: Checklist, parent_id: str, overlay: OverlayFile, numbers: Mapping[str, CityNumber] | None = None
) -> Checklist:
    """Give the county's edition: the city's, with what the overlay adds and raises.

    Marks that the overlay does not name are raised as far as its additions would lower what they ask for.

    Args:
        parent: the city's edition as its file has it.
        parent_id: the identity under which it is in force.
        overlay: the county's file.
        numbers: the city's own numbers, under which both will be in force.

    Raises:
        ProblemsFound: everything that the overlay may not do, and everything in it that makes no sense, with places.
    """
    applying = _Applying(parent, parent_id, overlay, numbers or {})
    county = applying.county()
    if applying.problems:
        raise ProblemsFound(overlay.source.in_order(applying.problems), subject=overlay.source.name)
    return county


class _Applying:
    """One overlay on its way onto one edition. What is refused is left out, so that the rest can still be checked."""

    def __init__(
        self, parent: Checklist, parent_id: str, overlay: OverlayFile, numbers: Mapping[str, CityNumber]
    ) -> None:
        self.parent = parent
        self.parent_id = parent_id
        self.overlay = overlay
        self.numbers = numbers
        self.problems: list[Problem] = []
        self.places: dict[Path, Path] = {}
        """Where parts of the result stand in the overlay's file."""
        self.groups = {group.key: group for group in parent.all_groups()}
        self.items = {item.key: item for item in parent.items()}
        self.around = {key: chain for group in parent.top_groups() for key, chain in _chains(group, ())}
        self.taken = {*self.groups, *(entry.key for entry in parent.entries())}

    def note(self, path: Path, code: str, **values: object) -> None:
        self.problems.append(Problem(code, self.overlay.source.place(path), values))

    def county(self) -> Checklist:
        """Give the result; it is worth nothing while there are problems."""
        self._parent()
        if self.problems:
            return self.parent  # what may be done to one edition says nothing of another
        self._heading()
        county = self._grown(self._weights(), self._item_targets())
        self._thinned(county)
        before, after = (Numbers(one.parameters, self.numbers) for one in (self.parent, county))
        county = with_marks(self.parent, county, self.overlay.grades, (before, after), self.note)
        for index, grade in enumerate(county.grades):
            self.places["scoring", "grades", index] = ("raise", "grades", grade.key)
        self.problems += check(county, self._stated_totals(), self._place)
        return county

    # --- what it stands on

    def _parent(self) -> None:
        extends, parent = self.overlay.extends, self.parent
        named = (extends.key, extends.edition) == (parent.key, parent.edition)
        if not (named and self.parent_id.startswith(extends.id)):
            wanted = f"{extends.key} {extends.edition} {extends.id[:12]}"
            found = f"{parent.key} {parent.edition} {self.parent_id[:12]}"
            self.note(("extends",), "overlay.other_parent", wanted=wanted, found=found)
        elif parent.overlay is not None:
            self.note(("extends",), "overlay.of_overlay", name=parent.key)

    def _heading(self) -> None:
        overlay, parent = self.overlay, self.parent
        if overlay.key == parent.key:
            self.note(("key",), "overlay.same_key", name=parent.key)
        if overlay.official and not parent.official:
            self.note(("official",), "overlay.official")
        if overlay.effective_from < parent.effective_from:
            self.note(("effective_from",), "overlay.before_parent", day=parent.effective_from.isoformat())
        last, until = parent.effective_until, overlay.effective_until
        if last is not None and until is not None and until > last:
            self.note(("effective_until",), "overlay.after_parent", day=last.isoformat())

    # --- what it may do

    def _item_targets(self) -> dict[str, int]:
        """Give by group of the city where the overlay lists items for it, if that may be."""
        targets: dict[str, int] = {}
        for index, added in enumerate(self.overlay.items):
            path: Path = ("add", "items", index, "group")
            if added.group in targets:
                self.note(path, "overlay.group_twice", name=added.group)
            elif added.group not in self.groups:
                self.note(path, "overlay.unknown_group", name=added.group)
            elif self._is_extra(added.group):
                self.note(path, "overlay.extra_group", name=added.group)
            elif self._open((*self.around[added.group], added.group), path):
                targets[added.group] = index
        bonus = self.parent.bonus
        if self.overlay.bonus_items and bonus is None:
            self.note(("add", "bonus_items"), "overlay.no_bonus")
        elif self.overlay.bonus_items and bonus and bonus.group.locked:
            self.note(("add", "bonus_items"), "overlay.locked_group", name=bonus.group.key)
        return targets

    def _open(self, chain: tuple[str, ...], path: Path) -> bool:
        """Whether what is in a group may be changed, by all groups around it."""
        for key in chain:
            if self.groups[key].locked:
                self.note(path, "overlay.locked_group", name=key)
                return False
            if self.groups[key].cap is not None:
                self.note(path, "overlay.capped_group", name=key)
                return False
        return True

    def _is_extra(self, group: str) -> bool:
        chain = (*self.around[group], group)
        return chain[0] not in {top.key for top in self.parent.groups}

    def _weights(self) -> dict[str, Decimal]:
        """Give the weights that may be raised."""
        found: dict[str, Decimal] = {}
        for key, weight in self.overlay.weights:
            path: Path = ("raise", "weights", key)
            part = self.items.get(key) or self.groups.get(key)
            if part is None or (isinstance(part, Group) and self._is_extra(key)):
                self.note(path, "overlay.no_weight", name=key)
            elif part.locked:
                self.note(path, "overlay.locked", name=key)
            elif self._open(self.around[key], path):
                if weight < part.worth:
                    self.note(path, "overlay.lower_weight", name=key, now=plain(part.worth), wanted=plain(weight))
                else:
                    found[key] = weight
        return found

    def _thinned(self, county: Checklist) -> None:
        """A group with a fixed weight gives less for the city's items when more stands in it."""
        now = {group.key: group for group in county.all_groups()}
        for key, old in self.groups.items():
            needed = None if self._is_extra(key) else thinned(old, now[key])
            if needed is not None:
                self.note(self._cause(key), "overlay.thinned", name=key, needed=plain(needed))

    def _cause(self, group: str) -> Path:
        """Find what changes the inside of a group."""
        weights = dict(self.overlay.weights)
        if group in weights:
            return ("raise", "weights", group)
        for index, added in enumerate(self.overlay.items):
            if group in (*self.around.get(added.group, ()), added.group):
                return ("add", "items", index, "group")
        return ("raise", "weights", next(key for key in weights if group in self.around.get(key, ())))

    # --- the result

    def _grown(self, weights: Mapping[str, Decimal], targets: Mapping[str, int]) -> Checklist:
        overlay, parent = self.overlay, self.parent
        gates = self._free(overlay.gates, ("add", "gates"), ("gates",), len(parent.gates))
        groups = self._free(overlay.groups, ("add", "groups"), ("groups",), len(parent.groups))
        growing = _Growing(self, weights, targets)
        county = replace(
            parent,
            key=overlay.key,
            edition=overlay.edition,
            title=overlay.title,
            official=overlay.official,
            notice=overlay.notice or parent.notice,
            effective_from=overlay.effective_from,
            effective_until=overlay.effective_until or parent.effective_until,
            gates=(*parent.gates, *gates),
            groups=(*(growing.group(group, ("groups", n)) for n, group in enumerate(parent.groups)), *groups),
            bonus=parent.bonus and replace(parent.bonus, group=growing.bonus(parent.bonus.group)),
            deductions=parent.deductions
            and replace(parent.deductions, group=growing.group(parent.deductions.group, ("deductions",))),
            facts=(*parent.facts, *self._listed(overlay.facts, "facts", parent.facts)),
            parameters=(*parent.parameters, *self._listed(overlay.parameters, "parameters", parent.parameters)),
            sources=(*parent.sources, *self._listed(overlay.sources, "sources", parent.sources)),
        )
        added = [key for key in _keys(county) if key not in self.taken]
        return replace(county, overlay=Overlay(self.parent_id, overlay.districts, tuple(added)))

    def _free(self, rows: tuple[Entry, ...], here: Path, there: Path, count: int) -> list[Entry]:
        """Give the entries whose keys the city does not use, and keep where they stand."""
        free: list[Entry] = []
        for index, row in enumerate(rows):
            taken = sorted(set(_keys_in(row)) & self.taken)
            if taken:
                self.note((*here, index, "key"), "overlay.key_taken", name=", ".join(taken))
                continue
            self.places[*there, count + len(free)] = (*here, index)
            free.append(row)
        return free

    def _listed(self, rows: tuple[Listed, ...], name: str, known: tuple[Listed, ...]) -> list[Listed]:
        """Give the rows of a list whose keys the city does not use."""
        here: Path = (name,) if name == "sources" else ("add", name)
        free: list[Listed] = []
        for index, row in enumerate(rows):
            if row.key in {one.key for one in known}:
                self.note((*here, index, "key"), "overlay.key_taken", name=row.key)
                continue
            self.places[name, len(known) + len(free)] = (*here, index)
            free.append(row)
        return free

    def new_items(self, rows: tuple[Item, ...], here: Path, group: Path, count: int) -> list[Item]:
        """Give new items of a group of the city."""
        return self._free(rows, here, (*group, "items"), count)

    # --- places

    def _place(self, path: Path) -> str:
        """Say where in the overlay's file a part of the result comes from."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.places:
                return self.overlay.source.place((*self.places[path[:length]], *path[length:]))
        return self.overlay.source.place(path if path and path[0] in ("effective_from", "effective_until") else ())

    def _stated_totals(self) -> dict[Path, Decimal]:
        """Give the totals that the overlay states for groups of its own."""
        inward = {outer: inner for inner, outer in self.places.items()}
        found: dict[Path, Decimal] = {}
        for path, total in self.overlay.stated_totals.items():
            top = path[:3]
            if top in inward:
                found[*inward[top], *path[3:]] = total
        return found


class _Growing:
    """Puts new items and weights into the city's groups."""

    def __init__(self, applying: _Applying, weights: Mapping[str, Decimal], targets: Mapping[str, int]) -> None:
        self.applying = applying
        self.weights = weights
        self.targets = targets

    def group(self, group: Group, path: Path) -> Group:
        index = self.targets.get(group.key)
        new: list[Item] = []
        if index is not None:
            here: Path = ("add", "items", index, "items")
            new = self.applying.new_items(self.applying.overlay.items[index].items, here, path, len(group.items))
        return self._weighed(group, path, new)

    def bonus(self, group: Group) -> Group:
        rows = () if group.locked else self.applying.overlay.bonus_items
        new = self.applying.new_items(rows, ("add", "bonus_items"), ("bonus",), len(group.items))
        return self._weighed(group, ("bonus",), new)

    def _weighed(self, group: Group, path: Path, new: list[Item]) -> Group:
        items = [replace(item, weight=self.weights.get(item.key, item.weight)) for item in group.items]
        groups = (self.group(inner, (*path, "groups", place)) for place, inner in enumerate(group.groups))
        weight = self.weights.get(group.key, group.weight)
        return replace(group, items=(*items, *new), groups=tuple(groups), weight=weight)


def _chains(group: Group, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through a group and everything in it, each with the groups around it."""
    yield group.key, above
    here = (*above, group.key)
    for item in group.items:
        yield item.key, here
    for inner in group.groups:
        yield from _chains(inner, here)


def _keys_in(entry: Gate | Item | Group) -> Iterator[str]:
    if not isinstance(entry, Group):
        yield entry.key
        return
    for group in entry.all_groups():
        yield group.key
    for item in entry.all_items():
        yield item.key


def _keys(checklist: Checklist) -> Iterator[str]:
    """Go through the keys of everything that is answered or adds up, in printed order."""
    for gate in checklist.gates:
        yield gate.key
    for group in checklist.top_groups():
        yield from (key for key, _around in _chains(group, ()))
