"""Sums of groups as formulas: what applies, caps, what makes up for what, weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.checklists import Group, Item
from wufei_cells.workbooks.formulas.entries import EntryCells, does_not_apply
from wufei_cells.workbooks.formulas.workings import Workings, added, number


@dataclass(frozen=True, slots=True)
class SumCells:
    """Where the points of a group stand, and the full marks that count."""

    points: str
    full: str


@dataclass(frozen=True, slots=True)
class GroupFormulas:
    """Adds items up.

    Attributes:
        entries: the items, by key.
        left_out: whether the full marks of what does not apply do not count.
        prorate: whether the rest of a group makes up for what does not apply.
    """

    entries: Mapping[str, EntryCells]
    left_out: bool
    prorate: bool
    workings: Workings

    def group(self, group: Group) -> SumCells:
        """Write down what a group counts for one level up."""
        inside, whole = self.plain(group), Fraction(group.full)
        put = self.workings.put
        if self.prorate:
            points = f"IF({inside.full}=0,{inside.points},{inside.points}*{number(whole)}/{inside.full})"
            full = f"IF({inside.full}=0,0,{number(whole)})"
            inside = SumCells(put(group.key, points), put(group.key, full))
        if group.weight is not None and whole:
            factor = f"*{number(group.weight)}/{number(whole)}"
            inside = SumCells(put(group.key, inside.points + factor), put(group.key, inside.full + factor))
        return inside

    def plain(self, group: Group) -> SumCells:
        """Write down what is in a group, up to its cap."""
        inner = [self.group(one) for one in group.groups]
        points = added([*(self._points(item) for item in group.items), *(one.points for one in inner)])
        full = added([*(self._full(item) for item in group.items), *(one.full for one in inner)])
        if group.cap is not None:
            points, full = (f"MIN({number(group.cap)},{amount})" for amount in (points, full))
        return SumCells(self.workings.put(group.key, points), self.workings.put(group.key, full))

    def _points(self, item: Item) -> str:
        points = self.entries[item.key].points
        if item.weight is None or item.weight == item.full:
            return points
        return f"{points}*{number(item.weight)}/{number(item.full)}"

    def _full(self, item: Item) -> str:
        if not self.left_out:
            return number(item.worth)
        return f"IF({does_not_apply(self.entries[item.key].standing)},0,{number(item.worth)})"
