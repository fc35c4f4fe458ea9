"""How far several people agree who scored the same thing: counted, never estimated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Compared:
    """One entry that at least two people answered."""

    same_value: bool
    points: tuple[Fraction, ...] = ()
    """What each of them gave, where points are given at all and it applies."""
    full: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far they agree over a whole checklist."""

    compared: int
    """Entries that at least two of them answered."""
    same_value: int
    """Of these, answered alike."""
    scored: int
    """Of these, given points by at least two of them."""
    same_points: int
    """Of these, given the same points."""
    difference: Fraction
    """How far two of them are apart on an entry on average, in points."""
    difference_share: Fraction
    """The same in percent of full marks."""

    @property
    def share(self) -> Fraction:
        """Percent of the entries answered alike."""
        return Fraction(100 * self.same_value, self.compared) if self.compared else Fraction(0)


def agreement(entries: Iterable[Compared]) -> Agreement:
    """Count how far people agree.

    The differences are means over all pairs of people and all entries that both gave points.
    """
    rows = list(entries)
    scored = [row for row in rows if len(row.points) > 1]
    apart = [abs(one - other) for row in scored for one, other in combinations(row.points, 2)]
    shares = [
        abs(one - other) * 100 / row.full for row in scored if row.full for one, other in combinations(row.points, 2)
    ]
    return Agreement(
        compared=len(rows),
        same_value=sum(row.same_value for row in rows),
        scored=len(scored),
        same_points=sum(len(set(row.points)) == 1 for row in scored),
        difference=_mean(apart),
        difference_share=_mean(shares),
    )


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else Fraction(0)
