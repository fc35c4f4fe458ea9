"""How far raters agree beyond chance: Cohen's and Fleiss' kappa, and the intraclass correlation of totals. Pure, exact.

- ``cohen``: the same two people rated the same things. With ``power`` 2 differences count by their squares, as befits
  points: one step apart is a small disagreement, four steps are sixteen times as much (Cohen 1968).
- ``fleiss``: several ratings of each thing, by whomever (Fleiss 1971); things may have different numbers of ratings.
- ``icc``: totals of the same people for the same things, as the ICC(2,1) of Shrout and Fleiss 1979: absolute agreement
  of single raters who stand for others.

1 is full agreement, 0 what chance alone gives, below it is worse than chance. Where everybody says the same of
everything, chance would give the same, and nothing can be told: the value is ``None``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

FEWEST_RATED = 10
"""Things rated, below which a kappa is not told."""
FEWEST_TOTALS = 5
"""Totals of each person, below which a correlation is not told."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """One measure of agreement."""

    value: Fraction | None
    """``None``: cannot be told, since nothing differs; or nothing was rated."""
    count: int
    """How many things were rated by more than one."""
    fewest: int
    """Below so many it is not told."""

    @property
    def few(self) -> bool:
        """Whether there is too little to go by."""
        return self.count < self.fewest

    @property
    def told(self) -> Fraction | None:
        """The value, where it may be told."""
        return None if self.few else self.value


def cohen(pairs: Sequence[tuple[Hashable, Hashable]], *, fewest: int = FEWEST_RATED) -> Coefficient:
    """Hold what two people said of the same things against each other; every difference counts alike."""
    count = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    differing = sum(one != other for one, other in pairs)
    by_chance = count * count - sum(first[value] * second[value] for value in first)
    value = 1 - Fraction(differing * count, by_chance) if by_chance else None
    return Coefficient(value, count, fewest)


def weighted(pairs: Sequence[tuple[Fraction, Fraction]], *, power: int = 2, fewest: int = FEWEST_RATED) -> Coefficient:
    """Hold the points of two people against each other; differences count by a power of their size."""
    count = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    apart = sum((abs(one - other) ** power for one, other in pairs), Fraction(0))
    by_chance = sum(
        (
            times * others * abs(one - other) ** power
            for one, times in first.items()
            for other, others in second.items()
        ),
        Fraction(0),
    )
    return Coefficient(1 - apart * count / by_chance if by_chance else None, count, fewest)


def fleiss(rated: Sequence[Counter[str]], *, fewest: int = FEWEST_RATED) -> Coefficient:
    """Hold several ratings of each thing against each other: by thing, how often which value was given."""
    rows = [row for row in rated if row.total() > 1]
    if not rows:
        return Coefficient(None, 0, fewest)
    observed = sum(
        (Fraction(sum(n * (n - 1) for n in row.values()), row.total() * (row.total() - 1)) for row in rows), Fraction(0)
    ) / len(rows)
    together = sum(rows, Counter[str]())
    expected = sum((Fraction(n, together.total()) ** 2 for n in together.values()), Fraction(0))
    return Coefficient((observed - expected) / (1 - expected) if expected != 1 else None, len(rows), fewest)


def icc(rows: Sequence[Sequence[Fraction]], *, fewest: int = FEWEST_TOTALS) -> Coefficient:
    """Correlate the totals of the same people for the same things: a row for each thing, people in the same order."""
    n = len(rows)
    k = len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return Coefficient(None, n, fewest)
    mean = sum((sum(row, Fraction(0)) for row in rows), Fraction(0)) / (n * k)
    by_row = [sum(row, Fraction(0)) / k - mean for row in rows]
    by_person = [sum(column, Fraction(0)) / n - mean for column in zip(*rows, strict=True)]
    between = k * sum((one * one for one in by_row), Fraction(0))
    people = n * sum((one * one for one in by_person), Fraction(0))
    whole = sum(((one - mean) ** 2 for row in rows for one in row), Fraction(0))
    rows_mean, people_mean = between / (n - 1), people / (k - 1)
    rest = (whole - between - people) / ((n - 1) * (k - 1))
    scale = rows_mean + (k - 1) * rest + k * (people_mean - rest) / n
    return Coefficient((rows_mean - rest) / scale if scale else None, n, fewest)
