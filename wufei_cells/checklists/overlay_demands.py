"""Keep what a city asks for whole when a county adds to it.

A county's items could stand in for the city's: where 100 points become 120 and the mark to pass stays 80, a site passes
with less of what the city wants. So every mark grows by what was added. With the marks given here, whoever reaches a
level under the county's edition reaches it under the city's, by the same answers; where what does not apply is left out
and the rest stretched, this is so while the city's items all apply.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from wufei_cells.domain.checklists import Checklist, Group, Parameter
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.domain.rules import ParameterRef, Quantity

PLACES = 2
"""Marks are raised to so many decimals, or to those that totals are rounded to."""


class Numbers:
    """The parameters of an edition, under a city's own numbers, on every day on which one of them changes."""

    def __init__(self, parameters: tuple[Parameter, ...], own: Mapping[str, CityNumber]) -> None:
        phases = {entry.key: own[entry.key].phases if entry.key in own else entry.phases for entry in parameters}
        starts = {entry.key: own[entry.key].value if entry.key in own else entry.value for entry in parameters}
        self._parameters = {
            entry.key: Parameter(entry.key, entry.text, entry.unit, starts[entry.key], phases[entry.key])
            for entry in parameters
        }
        self.days: tuple[date | None, ...] = (
            None,
            *sorted({phase.start for entry in self._parameters.values() for phase in entry.phases}),
        )

    def value(self, quantity: Quantity, day: date | None) -> Decimal | None:
        """Give a number on a day; ``None`` for a parameter that is not there."""
        if not isinstance(quantity, ParameterRef):
            return quantity
        parameter = self._parameters.get(quantity.name)
        return None if parameter is None else parameter.value_on(day)

    def most(self, quantity: Quantity) -> Decimal:
        """Give the largest value a number ever has."""
        return max((value for day in self.days if (value := self.value(quantity, day)) is not None), default=Decimal(0))

    def least(self, quantity: Quantity) -> Decimal:
        """Give the smallest value a number ever has."""
        return min((value for day in self.days if (value := self.value(quantity, day)) is not None), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Demands:
    """What the city's marks must become, given what a county's edition adds to it."""

    city: Checklist
    county: Checklist

    def total(self, asked: Decimal) -> Decimal:
        """Give the total that shows as much as the city's does."""
        if not self._added and not self._bonus:
            return asked
        old, new = self._scale(self.city), self._scale(self.county)
        thinner = 1 - new / old
        bonus = self.city.bonus
        # Where the whole is stretched to a fixed total, the city's items thin out, but a bonus and rounding do not.
        unthinned = Fraction(bonus.cap) if bonus and bonus.counts_for_pass else Fraction(0)
        mark = self._on_grid(Fraction(asked))
        needed = new * (mark / old + self._added) + self._bonus + thinner * (unthinned + self._grid)
        return max(asked, _decimal(self._on_grid(needed)))

    def share(self, group: str, asked: Decimal) -> Decimal:
        """Give the percentage of a top-level group that shows as much as the city's does."""
        old, new = _group(self.city, group), _group(self.county, group)
        if old is None or new is None or old.worth == new.worth:
            return asked
        worth, added = Fraction(new.worth), Fraction(new.worth - old.worth)
        needed = (Fraction(asked) * Fraction(old.worth) / 100 + added) / worth * 100
        return max(asked, _decimal(_up(needed, Fraction(1, 10**PLACES))))

    def share_of(self, group: str) -> Callable[[Decimal], Decimal]:
        """Give how the percentages of one group must rise."""
        return lambda asked: self.share(group, asked)

    def set_aside(self, allowed: Decimal) -> Decimal:
        """Give the percentage of full marks that may be set aside, so that it is no more in points than the city's."""
        if not self._added:
            return allowed
        kept = Fraction(allowed) * Fraction(self.city.groups_full) / Fraction(self.county.groups_full)
        return min(allowed, _decimal(Fraction(math.floor(kept * 10**PLACES), 10**PLACES)))

    @property
    def _added(self) -> Fraction:
        return Fraction(self.county.groups_full - self.city.groups_full)

    @property
    def _bonus(self) -> Fraction:
        """How much more bonus may help to pass."""
        old, new = self.city.bonus, self.county.bonus
        if old is None or new is None or not old.counts_for_pass:
            return Fraction(0)
        return min(Fraction(old.cap), Fraction(new.group.full - old.group.full))

    @property
    def _grid(self) -> Fraction:
        rounding = self.city.scoring.rounding
        return Fraction(1, 10 ** (PLACES if rounding is None else rounding.places))

    def _on_grid(self, value: Fraction) -> Fraction:
        return _up(value, self._grid)

    def _scale(self, checklist: Checklist) -> Fraction:
        return Fraction(checklist.full) / Fraction(checklist.groups_full)


def thinned(old: Group, new: Group) -> Decimal | None:
    """Give the weight a group needs so that what was in it keeps its worth; ``None`` where it has kept it."""
    before, after = Fraction(old.worth) / Fraction(old.full), Fraction(new.worth) / Fraction(new.full)
    if after >= before:
        return None
    return _decimal(_up(before * Fraction(new.full), Fraction(1, 10**PLACES)))


def _group(checklist: Checklist, key: str) -> Group | None:
    return next((group for group in checklist.groups if group.key == key), None)


def _up(value: Fraction, grid: Fraction) -> Fraction:
    return math.ceil(value / grid) * grid


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
