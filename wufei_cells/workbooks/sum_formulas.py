"""The arithmetic of a group as a formula over its score cells, and what a spreadsheet makes of it.

A live sum does with the cells what the evaluator does with points: weights, caps, groups within groups, and what the
rules say of items that do not apply. Its value is worked out here as well, exactly, from the numbers that stand in the
cells; where that is not what the evaluator found (because points were cut for print), its number is written instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import plain

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Group, Item

ZERO = Fraction(0)
LONGEST = 8000
"""Characters; Excel takes 8,192 in one formula."""
PLACES = 4
"""Beyond the two that are printed: so far a sum is rounded before it is cut, because spreadsheets count in binary."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One column of score cells.

    Attributes:
        column: the letter of the scores.
        full_column: the letter of the full marks.
        rows: where each item stands, by key.
        na: the word for "not applicable".
        prorate: whether the rest of a group makes up for what does not apply.
        granted: what an item gets that does not apply, as a share of full marks.
    """

    column: str
    full_column: str
    rows: Mapping[str, int]
    na: str
    prorate: bool = False
    granted: Fraction = ZERO


Shown = Mapping[str, Decimal | None]
"""What stands in the cells of items, by key: a number, or ``None`` for the word "not applicable"."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """A part of a sum: its formula, and its value for what stands in the cells."""

    text: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class _Part:
    """What an item or group counts for: its points, and the full marks that are kept of it."""

    points: _Amount
    kept: _Amount


class GroupFormula:
    """The sum of one group in one column."""

    def __init__(self, group: Group, cells: Cells, shown: Shown, *, cap: Decimal | None = None) -> None:
        """Put the formula together; with ``cap`` it is a bonus or deductions, whose weight nobody asks for."""
        self._group = group
        self._cells = cells
        self._shown = shown
        self._cap = cap
        self._whole = self._inside(group) if cap is not None else self._counted(group)

    @property
    def formula(self) -> str:
        """The formula; it shows nothing while its cells are empty."""
        plain_sum = self._adds_up(self._group, counted=self._cap is None) and not self._cells.granted
        inside = f"ROUND(SUM({self._range()}),2)" if plain_sum else _cut(self._whole.points.text)
        capped = inside if self._cap is None else f"MIN({plain(self._cap)},{inside})"
        return f'=IF(COUNT({self._range()})=0,"",{capped})'

    @property
    def result(self) -> Decimal:
        """What a spreadsheet shows for what stands in the cells."""
        value = self._whole.points.value if self._cap is None else min(self._whole.points.value, Fraction(self._cap))
        steps = math.floor(value * 100 * 10**PLACES + Fraction(1, 2)) // 10**PLACES
        return Decimal(steps) / 100

    @property
    def certain(self) -> bool:
        """Whether a spreadsheet takes the formula, and its binary arithmetic gives the same beyond doubt."""
        rest = self._whole.points.value * 100 * 10**PLACES % 1
        return len(self.formula) <= LONGEST and abs(rest - Fraction(1, 2)) > Fraction(1, 100)

    # --- the arithmetic, as in the evaluator

    def _counted(self, group: Group) -> _Part:
        """What a group counts for one level up."""
        inside = self._inside(group)
        points, kept, whole = inside.points, inside.kept, Fraction(group.full)
        if self._cells.prorate:
            made_up = points.value * whole / kept.value if kept.value else ZERO
            text = f"IF({kept.text}=0,0,({points.text})*{_number(whole)}/({kept.text}))"
            points = _Amount(text, made_up)
            kept = _Amount(f"IF({kept.text}=0,0,{_number(whole)})", whole if kept.value else ZERO)
        if group.weight is not None and whole:
            points = _times(points, Fraction(group.weight), whole)
            kept = _times(kept, Fraction(group.weight), whole)
        return _Part(points, kept)

    def _inside(self, group: Group) -> _Part:
        """What is in a group, up to its cap."""
        parts = [*self._items(group), *(self._counted(inner) for inner in group.groups)]
        points, kept = _sum([part.points for part in parts]), _sum([part.kept for part in parts])
        if group.cap is None:
            return _Part(points, kept)
        return _Part(_at_most(points, group.cap), _at_most(kept, group.cap))

    def _items(self, group: Group) -> Iterator[_Part]:
        run: list[Item] = []
        for item in group.items:
            if item.weight is None:
                run.append(item)
                continue
            yield from self._run(run)
            run = []
            yield self._weighted(item, item.weight)
        yield from self._run(run)

    def _run(self, items: list[Item]) -> Iterator[_Part]:
        """Items below each other that count as they are."""
        if not items:
            return
        scores, fulls = self._range_of(items, self._cells.column), self._range_of(items, self._cells.full_column)
        text = f"SUM({scores})"
        if self._cells.granted:
            text += f'+SUMIF({scores},"{self._cells.na}",{fulls})*{_number(self._cells.granted)}'
        points = sum((self._points(item) for item in items), ZERO)
        kept = sum((self._kept(item) for item in items), ZERO)
        yield _Part(_Amount(text, points), _Amount(f'SUMIF({scores},"<>{self._cells.na}",{fulls})', kept))

    def _weighted(self, item: Item, weight: Decimal) -> _Part:
        cell = f"{self._cells.column}{self._cells.rows[item.key]}"
        set_aside = _number(Fraction(item.full) * self._cells.granted)
        text = f'IF({cell}="{self._cells.na}",{set_aside},N({cell}))' if self._cells.granted else f"N({cell})"
        points = _times(_Amount(text, self._points(item)), Fraction(weight), Fraction(item.full))
        kept = Fraction(weight) if self._kept(item) else ZERO
        return _Part(points, _Amount(f'IF({cell}="{self._cells.na}",0,{_number(Fraction(weight))})', kept))

    def _points(self, item: Item) -> Fraction:
        if item.key not in self._shown:
            return ZERO
        shown = self._shown[item.key]
        return Fraction(item.full) * self._cells.granted if shown is None else Fraction(shown)

    def _kept(self, item: Item) -> Fraction:
        set_aside = item.key in self._shown and self._shown[item.key] is None
        return ZERO if set_aside else Fraction(item.full)

    # --- where the cells stand

    def _adds_up(self, group: Group, *, counted: bool) -> bool:
        """Whether the cells of a group simply add up."""
        if counted and (self._cells.prorate or group.weight is not None):
            return False
        if group.cap is not None or any(item.weight is not None for item in group.items):
            return False
        return all(self._adds_up(inner, counted=True) for inner in group.groups)

    def _range(self) -> str:
        return self._range_of(list(self._group.all_items()), self._cells.column)

    def _range_of(self, items: list[Item], column: str) -> str:
        rows = [self._cells.rows[item.key] for item in items]
        return f"{column}{min(rows)}:{column}{max(rows)}"


def _cut(text: str) -> str:
    """Cut after two decimals; what binary fractions miss or add by a hair does not matter."""
    return f"INT(ROUND(({text})*100,{PLACES}))/100"


def _sum(parts: list[_Amount]) -> _Amount:
    return _Amount("+".join(part.text for part in parts) or "0", sum((part.value for part in parts), ZERO))


def _at_most(amount: _Amount, cap: Decimal) -> _Amount:
    return _Amount(f"MIN({plain(cap)},{amount.text})", min(amount.value, Fraction(cap)))


def _times(amount: _Amount, factor: Fraction, divisor: Fraction) -> _Amount:
    return _Amount(f"({amount.text})*{_number(factor)}/{_number(divisor)}", amount.value * factor / divisor)


def _number(value: Fraction) -> str:
    """Write a number of the checklist; those are decimals, and products of decimals."""
    return plain(Decimal(value.numerator) / Decimal(value.denominator))
