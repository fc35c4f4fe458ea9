"""Who scores more strictly than the others: means over the same items at different sites. Pure, exact.

For an item, a person's mean share of full marks is held against the mean of everybody else's. Different people mostly
see different sites, so a difference may be the sites' and not the people's: it is a reason to talk, and no verdict.
Nothing is said about few answers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

FEWEST = 5
"""Comparable answers of a person, and of the others at an item, below which nothing is said."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One comparable answer."""

    item: str
    """What was answered; answers are compared within it."""
    who: str
    share: Fraction
    """Of full marks; what a deduction takes is negative."""


@dataclass(frozen=True, slots=True)
class Strictness:
    """How one person's points differ from the others'."""

    who: str
    answers: int
    """How many of this person's answers were compared."""
    items: int
    """At how many items."""
    others: int
    """With how many answers of others, item by item."""
    deviation: Fraction
    """Mean difference as a fraction of full marks; below nothing is stricter."""


def strictness(samples: Iterable[Sample], *, fewest: int = FEWEST) -> tuple[Strictness, ...]:
    """Compare everybody with everybody else, the strictest first; people with too few answers are left out."""
    by_item: dict[str, dict[str, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
    for sample, times in Counter(samples).items():  # few different ones, and adding fractions takes its time
        by_item[sample.item][sample.who].add(sample.share * times, times)
    found: dict[str, _Account] = defaultdict(_Account)
    for sums in by_item.values():
        whole = sum((one.points for one in sums.values()), Fraction(0))
        count = sum(one.answers for one in sums.values())
        for who, own in sums.items():
            others = count - own.answers
            if others >= fewest:
                difference = own.points - own.answers * (whole - own.points) / others
                found[who].add(difference, own.answers, others)
    told = (
        Strictness(who, account.answers, account.items, account.others, account.difference / account.answers)
        for who, account in found.items()
        if account.answers >= fewest
    )
    return tuple(sorted(told, key=lambda one: (one.deviation, one.who)))


@dataclass(slots=True)
class _Sum:
    """What one person gave for one item."""

    points: Fraction = Fraction(0)
    answers: int = 0

    def add(self, points: Fraction, answers: int) -> None:
        """Take in answers."""
        self.points += points
        self.answers += answers


@dataclass(slots=True)
class _Account:
    """What was found of one person so far."""

    difference: Fraction = Fraction(0)
    answers: int = 0
    items: int = 0
    others: int = 0

    def add(self, difference: Fraction, answers: int, others: int) -> None:
        """Take in one item."""
        self.difference += difference
        self.answers += answers
        self.items += 1
        self.others += others
