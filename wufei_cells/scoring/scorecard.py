"""What an evaluation gives: a scorecard in which every number can be explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from wufei_cells.errors import Problem


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most that is still possible; both ends are equal once everything is known."""

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, value: Fraction | int) -> Span:
        """Give the span of a known number."""
        exact = value if isinstance(value, Fraction) else Fraction(value)
        return cls(exact, exact)

    @property
    def settled(self) -> bool:
        """Whether the number is known."""
        return self.low == self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def at_least(self, low: Fraction) -> Span:
        """Raise both ends to a least value."""
        return Span(max(self.low, low), max(self.high, low))

    def reaches(self, needed: Fraction) -> bool | None:
        """Tell whether a mark is reached; ``None`` while that is open."""
        if self.low >= needed:
            return True
        return False if self.high < needed else None

    def each(self, change: Callable[[Fraction], Fraction]) -> Span:
        """Change both ends by a function that never turns their order round."""
        return Span(change(self.low), change(self.high))

    def scaled(self, factor: Fraction) -> Span:
        """Multiply by a number that is not negative."""
        return Span(self.low * factor, self.high * factor)

    def clamped(self, low: Fraction, high: Fraction) -> Span:
        """Keep within bounds."""
        return Span(min(max(self.low, low), high), min(max(self.high, low), high))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number is what it is: a sentence (a code with values), the number, and the numbers it comes from."""

    code: str
    span: Span
    key: str = ""
    """The item, group or part it speaks of."""
    values: Mapping[str, str] = field(default_factory=dict[str, str])
    children: tuple[Explanation, ...] = ()

    def walk(self) -> Iterator[Explanation]:
        """Go through this explanation and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item: points, and whether it applied and was answered in full."""

    key: str
    full: Fraction
    got: Span
    applies: bool
    answered: bool
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate, starred item or veto: ``ok`` is ``None`` while it cannot be told."""

    key: str
    ok: bool | None
    code: str
    """What kind of gate this is, and why it failed (wording key)."""
    values: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class GroupScore:
    """One top-level group."""

    key: str
    got: Span
    full: Fraction
    """Full marks of the items that apply (all of them under policies that keep them)."""
    needed: Fraction | None
    """Points the pass mark asks of this group; ``None``: nothing."""
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class GradeResult:
    """Whether a level is reached (``None``: not yet known), with the total it asks for in force."""

    key: str
    reached: bool | None
    total_needed: Fraction
    short: tuple[str, ...] = ()
    """Groups and items that miss the minimum this level asks of them."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The result of one evaluation."""

    total: Span
    """With bonus, as printed."""
    base: Span
    """Without bonus."""
    bonus: Span
    deductions: Span
    """What is taken off."""
    counted: Span
    """The points that levels are held against."""
    full: Fraction
    level: str | None
    """The highest level reached; ``None`` when none is, or while anything is missing."""
    passed: bool | None
    gates: tuple[GateResult, ...]
    groups: tuple[GroupScore, ...]
    items: tuple[ItemScore, ...]
    grades: tuple[GradeResult, ...]
    missing: tuple[str, ...]
    """What is still to be answered: item keys, ``item.part`` for parts, ``facts.key`` for site facts."""
    cautions: tuple[Problem, ...]
    explanation: Explanation
    set_aside: Fraction = Fraction(0)
    """Percent of full marks that assessors set aside."""
    set_aside_limit: Fraction | None = None
    """How much of it the checklist allows."""

    @property
    def finished(self) -> bool:
        """Whether everything that applies was answered, and nothing that counts is in conflict."""
        return not self.missing and self.total.settled

    def item(self, key: str) -> ItemScore | None:
        """Find the score of one item."""
        return next((item for item in self.items if item.key == key), None)
