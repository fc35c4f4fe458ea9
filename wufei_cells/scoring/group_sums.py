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

    def _item(self, item: Item) -> Sum:
        mark = self._marks[item.key]
        full = mark.score.full if mark.kept else ZERO
        counted = Sum(mark.score.got, full, mark.score.explanation)
        if item.weight is None or not mark.kept:
            return counted
        factor = Fraction(item.weight) / Fraction(item.full)
        return _wrapped(counted, "explain.item_weighted", factor, Fraction(item.weight))


def worths(groups: Iterable[Group], factor: Fraction = Fraction(1)) -> dict[str, Fraction]:
    """Give what each item of some groups counts for in the whole at most, with the weights of the groups around it."""
    found: dict[str, Fraction] = {}
    for group in groups:
        inside = factor
        if group.weight is not None and group.full:
            inside *= Fraction(group.weight) / Fraction(group.full)
        found |= {item.key: Fraction(item.worth) * inside for item in group.items}
        found |= worths(group.groups, inside)
    return found


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
