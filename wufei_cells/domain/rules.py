"""The parts a scoring rule is made of.

A rule turns what the assessor noted into points, out of three small families that combine freely:

* a **question** with ready outcomes (``YesNo``, ``Levels``),
* a **measure** (``Count``, ``Amount``, ``Share``, ``Change``, ``Ticks``, ``Calculated``) read on a **scale**
  (``Bands``, ``Line``, ``Steps``),
* a **combination** of parts (``Sum``, ``Best``).

``docs/checklist-format.md`` describes each one with examples.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.domain.conditions import Condition
    from wufei_cells.domain.formulas import Formula


@dataclass(frozen=True, slots=True)
class ParameterRef:
    """A number that the checklist names and a city may set (written ``$name`` in files)."""

    name: str


Quantity = Decimal | ParameterRef


class Effect(StrEnum):
    """What an outcome does beyond its points."""

    VETO = "veto"
    """The site cannot pass, whatever its total."""
    ZERO_TOTAL = "zero_total"
    """The whole site scores nothing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Points, and what else follows."""

    points: Quantity
    effect: Effect | None = None


# --- questions


@dataclass(frozen=True, slots=True)
class YesNo:
    """Asks whether something holds."""

    yes: Outcome
    no: Outcome


@dataclass(frozen=True, slots=True)
class Level:
    """One named level.

    With ``lowest`` the assessor sets the points, between ``lowest`` and the outcome's, and says why.
    """

    key: str
    text: Text
    outcome: Outcome
    lowest: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Levels:
    """Asks which of several named levels was reached."""

    levels: tuple[Level, ...]


# --- measures: what is noted, and the number it gives


@dataclass(frozen=True, slots=True)
class Count:
    """How many were found (a whole number)."""

    text: Text
    unit: Text
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read off a record, in a unit."""

    text: Text
    unit: Text


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, in percent; the two raw numbers are kept. Also samples and questionnaires."""

    part: Text
    whole: Text
    unit: Text
    smallest_whole: int | None = None
    may_exceed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """From an earlier to a later value: in percent of the earlier, or as plain difference."""

    before: Text
    after: Text
    unit: Text
    relative: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be ticked."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Ticks:
    """How many of a list hold."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One raw number that a calculation starts from."""

    key: str
    text: Text
    unit: Text


@dataclass(frozen=True, slots=True)
class Calculated:
    """A number worked out from raw numbers that are entered and kept: ratios to a mean, sums, yearly series, grades."""

    text: Text
    """What comes out."""
    unit: Text
    inputs: tuple[Input, ...]
    formula: Formula


Measure = Count | Amount | Share | Change | Ticks | Calculated


# --- scales: from the number to points


class Comparison(StrEnum):
    """How a number is held against a bound; the name says whether the bound itself counts."""

    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Bound:
    """A comparison with a number."""

    comparison: Comparison
    value: Quantity


@dataclass(frozen=True, slots=True)
class Line:
    """Straight lines between (number, points) corners in rising order; flat beyond the ends."""

    corners: tuple[tuple[Quantity, Quantity], ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Applies where its bound holds (``None``: otherwise) and no earlier band applied."""

    bound: Bound | None
    result: Outcome | Line


@dataclass(frozen=True, slots=True)
class Bands:
    """A ladder: the first band that holds gives the points."""

    bands: tuple[Band, ...]


class PartStep(StrEnum):
    """What a step counts for that is not complete."""

    IGNORE = "ignore"
    COUNT = "count"
    PRORATE = "prorate"


@dataclass(frozen=True, slots=True)
class Steps:
    """So many points for each step beyond (``over``) or short of (``short_of``) a number.

    Starts at ``start`` (by default: at full marks when points are taken off, at 0 when they are given)
    and stays between ``floor`` and ``cap``.
    """

    points: Quantity
    step: Quantity
    reference: Quantity
    short: bool
    part_step: PartStep
    start: Quantity | None = None
    floor: Quantity | None = None
    cap: Quantity | None = None


Scale = Bands | Line | Steps


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure read on a scale."""

    measure: Measure
    scale: Scale


# --- combinations


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a combination; where its condition does not hold, the rest makes up for it."""

    key: str
    text: Text
    rule: Rule
    applies: Condition | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Adds the parts to ``start``; parts may take points off. Every part must be answered."""

    parts: tuple[Part, ...]
    start: Quantity


@dataclass(frozen=True, slots=True)
class Best:
    """The best of the parts that were answered; at least one must be."""

    parts: tuple[Part, ...]


Rule = YesNo | Levels | Measured | Sum | Best
