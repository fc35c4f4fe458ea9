"""Add items up to groups: what applies, caps, what makes up for what, weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Group, Item
from wufei_cells.scoring.scorecard import Explanation, ItemScore, Span

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class ItemMark:
    """An item's score, and how it counts in the whole."""

    score: ItemScore
    counts: bool = True
    """Whether its full marks count although it does not apply."""
    removable: bool = False
    """Whether it may still turn out not to apply."""
    set_aside: bool = False
    """Whether an assessor set it aside."""
    undecided: bool = False
    """Whether facts that are still open may exclude it."""

    @property
    def kept(self) -> bool:
        """Whether its full marks count."""
        return self.score.applies or self.counts


@dataclass(frozen=True, slots=True)
class Sum:
    """What one item or group counts for one level up: points, full marks that count, and how that came about."""

    got: Span
    full: Fraction
    told: Explanation


class GroupSums:
    """Adds up one assessment's items. ``prorate``: what is left of a group makes up for what does not apply."""

    def __init__(self, marks: Mapping[str, ItemMark], *, prorate: bool) -> None:
        self._marks = marks
        self._prorate = prorate
        self._worth: dict[str, Fraction] = {}

    def group(self, group: Group) -> Sum:
        """Give what a group counts for one level up, with its cap, its policy and its weight."""
        inside = self.plain(group)
        whole = Fraction(group.full)
        if self._prorate and inside.full not in (ZERO, whole):
            inside = _wrapped(inside, "explain.group_prorated", whole / inside.full, whole)
        if group.weight is not None and whole:
            weight = Fraction(group.weight)
            inside = _wrapped(inside, "explain.group_weighted", weight / whole, inside.full * weight / whole)
        return inside

    def plain(self, group: Group) -> Sum:
        """Add up what is in a group, up to its cap."""
        parts = [*(self._item(item) for item in group.items), *(self.group(inner) for inner in group.groups)]
        got = sum((part.got for part in parts), Span.exactly(0))
        full = sum((part.full for part in parts), ZERO)
        values = {"full": printed(full), **numbers_of(got)}
        total = Sum(got, full, Explanation("explain.group", got, group.key, values, tuple(part.told for part in parts)))
        if group.cap is None or (got.high <= group.cap and full <= group.cap):
            return total
        cap = Fraction(group.cap)
        got, full = Span(min(got.low, cap), min(got.high, cap)), min(full, cap)
        values = {"cap": printed(cap), "full": printed(full), "before": printed(total.got.low), **numbers_of(got)}
        return Sum(got, full, Explanation("explain.group_capped", got, group.key, values, (total.told,)))

    def removable(self, groups: Iterable[Group]) -> Fraction:
        """Give what the items that may still drop out count for in the whole at most."""
        return sum((self._removable(group) for group in groups), ZERO)

    def worth_of(self, mark: ItemMark) -> Fraction:
        """Give what an item counts for in the whole at most; known for the items of groups that were asked about."""
        return self._worth.get(mark.score.key, ZERO)

    def _removable(self, group: Group) -> Fraction:
        return sum((self._worth_in(item) for item in self._placed(group) if self._marks[item.key].removable), ZERO)

    def _placed(self, group: Group, factor: Fraction = Fraction(1)) -> list[Item]:
        if group.weight is not None and group.full:
            factor *= Fraction(group.weight) / Fraction(group.full)
        for item in group.items:
            self._worth[item.key] = Fraction(item.worth) * factor
        return [*group.items, *(item for inner in group.groups for item in self._placed(inner, factor))]

    def _worth_in(self, item: Item) -> Fraction:
        return self._worth[item.key]

    def _item(self, item: Item) -> Sum:
        mark = self._marks[item.key]
        full = mark.score.full if mark.kept else ZERO
        counted = Sum(mark.score.got, full, mark.score.explanation)
        if item.weight is None or not mark.kept:
            return counted
        factor = Fraction(item.weight) / Fraction(item.full)
        return _wrapped(counted, "explain.item_weighted", factor, Fraction(item.weight))


def _wrapped(inside: Sum, code: str, factor: Fraction, full: Fraction) -> Sum:
    """Count what was added up for more or less, and say so."""
    got = inside.got.scaled(factor)
    values = {
        "full": printed(full),
        "inside": printed(inside.full),
        "before": printed(inside.got.low),
        **numbers_of(got),
    }
    return Sum(got, full, Explanation(code, got, inside.told.key, values, (inside.told,)))


def numbers_of(span: Span) -> dict[str, str]:
    """Give the ends of a span as sentences print them."""
    return {"low": printed(span.low), "high": printed(span.high), "points": printed(span.low)}
