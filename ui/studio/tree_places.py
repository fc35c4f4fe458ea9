"""Where entries of the tree come to stand: new ones, moved ones, dropped ones. Pure: data and paths in, a path out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.checklists.draft_entries import EXTRAS, entry_paths
from wufei_cells.checklists.drafting import entries_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path

GATES: Path = ("gates",)


def list_of(path: Path) -> str:
    """Name the list an entry stands in; nothing for what stands in none."""
    return str(path[-2]) if len(path) > 1 and isinstance(path[-1], int) else ""


def end_of(data: Data, path: Path) -> Path:
    """Give the place after the last entry of a list."""
    return (*path, len(entries_at(data, path)))


def after(path: Path) -> Path:
    """Give the place after an entry."""
    place = path[len(path) - 1]
    assert isinstance(place, int), "only entries of a list have one after them"
    return (*path[:-1], place + 1)


def place_of_new(data: Data, chosen: Path, list_name: str = "") -> Path:
    """Say where a new entry comes: after the chosen one of its kind, else at the end of what is chosen.

    Args:
        data: the draft.
        chosen: the entry that is chosen in the tree.
        list_name: ``gates``, ``groups`` or ``items``; by default what the chosen entry suggests.
    """
    if list_name == "gates" or (not list_name and chosen[:1] == GATES):
        return after(chosen) if list_of(chosen) == "gates" else end_of(data, GATES)
    name = list_name or "items"
    if list_of(chosen) == name:
        return after(chosen)
    group = chosen[:-2] if list_of(chosen) == "items" else chosen
    if group[:1] == GATES:
        group = ()
    if not group:
        return end_of(data, ("groups",)) if name == "groups" else end_of(data, ("groups", 0, name))
    return end_of(data, (*group, name))


def place_after_step(data: Data, path: Path, step: int) -> Path:
    """Say before which entry an entry comes that goes one step up or down; nothing where it cannot go.

    An item at the edge of its group goes on into the next group.
    """
    place, entries = path[-1:], entries_at(data, path[:-1])
    at = place[0] if place else None
    if not isinstance(at, int):
        return ()
    if 0 <= at + step < len(entries):
        return (*path[:-1], at - 1 if step < 0 else at + 2)
    if list_of(path) != "items":
        return ()
    groups = [each for each in entry_paths(data) if list_of(each) == "groups" or (each[0] in EXTRAS and len(each) == 1)]
    there = groups.index(path[:-2]) + step
    if not 0 <= there < len(groups):
        return ()
    return end_of(data, (*groups[there], "items")) if step < 0 else (*groups[there], "items", 0)


def place_of_drop(data: Data, source: Path, target: Path, *, below: bool, inside: bool) -> Path:
    """Say before which entry something comes that is dropped on another entry; nothing where it cannot stand.

    Args:
        data: the draft.
        source: what is dragged.
        target: the entry under the pointer.
        below: whether the pointer is at its lower edge.
        inside: whether the pointer is in its middle.
    """
    name = list_of(source)
    if not name or not target:
        return ()
    if target == GATES:
        return (*GATES, 0) if name == "gates" else ()
    if list_of(target) == name and (not inside or name != "groups"):
        return after(target) if below or inside else target
    if name == "gates" or list_of(target) in ("items", "gates"):
        return ()
    return end_of(data, (*target, name))
