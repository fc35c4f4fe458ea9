"""Dual-random sampling (双随机抽查): which sites are visited and by whom, both drawn by lot.

Everything that decides a drawing is kept with it, so that anybody can repeat it: the list it was drawn from, with the
reasons of every weight and every exclusion, the seed and where it came from, and the result in the order of drawing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage

DrawingId = NewType("DrawingId", str)

FORMAT = "wufei-drawing/1"
"""Of the lists that are hashed and of the records; stands in every text that is hashed."""


class Pool(StrEnum):
    """What is drawn from."""

    CERTIFIED = "certified"
    """Sites whose certificate is valid on the day."""
    FILES = "files"
    """Sites whose latest assessment stands at a stage."""


class ConflictOn(StrEnum):
    """How far a declared conflict of interest reaches."""

    SITE = "site"
    UNIT = "unit"
    """All sites of a unit, by its credit code."""
    DISTRICT = "district"


class ConflictKind(StrEnum):
    """Why somebody does not visit a site; all but the first are found by the program."""

    DECLARED = "declared"
    ASSESSED = "assessed"
    """Assessed its current file, or wrote answers in it."""
    REVIEWED = "reviewed"
    DECIDED = "decided"
    WORKS_THERE = "works_there"
    """Is its contact, or signed its application."""


class Risk(StrEnum):
    """What makes a site weigh more."""

    MARGIN = "margin"
    """It passed by little."""
    COMPLAINTS = "complaints"
    """Objections and appeals that were upheld or wait to be settled."""
    YEARS = "years"
    """Nobody has looked for long."""
    FINDINGS = "findings"
    """Something that was found wanting has not been checked again."""


@dataclass(frozen=True, slots=True)
class RiskTable:
    """How much each circumstance adds to a weight of 1: whole numbers, printed with every drawing."""

    margin: tuple[tuple[int, int], ...] = ((2, 3), (5, 2), (10, 1))
    """Up to so many percent of full marks above the pass mark: so much. The first that fits counts."""
    complaint_open: int = 1
    complaint_upheld: int = 2
    complaints_most: int = 4
    year: int = 1
    """For each full year since the last visit."""
    years_most: int = 3
    finding_minor: int = 1
    finding_major: int = 2
    findings_most: int = 4


RISK_TABLE = RiskTable()


@dataclass(frozen=True, slots=True)
class WeightReason:
    """What adds to a site's weight, and how much."""

    risk: Risk
    weight: int
    values: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    """What the sentence names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A site on the list."""

    id: str
    name: str
    category: str
    district: str
    address: str = ""
    weight: int = 1
    """At least 1; the chance in each round is this over the sum of what is left."""
    reasons: tuple[WeightReason, ...] = ()
    certificate: str = ""
    """Number of its certificate, where it has one."""
    assessment: str = ""
    """Its current file."""


class ExclusionKind(StrEnum):
    """Why a site of the pool is not on the list."""

    STATE = "state"
    """Its certificate is not valid on the day."""
    CHECKED = "checked"
    """It was checked not long ago."""
    NAMED = "named"
    """Somebody left it out, with a reason."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A site that was left out, and why."""

    id: str
    name: str
    kind: ExclusionKind
    values: Mapping[str, JsonValue] = field(default_factory=dict[str, JsonValue])


@dataclass(frozen=True, slots=True)
class Declared:
    """Somebody said that there is a conflict of interest."""

    inspector: str
    on: ConflictOn
    subject: str
    """Id or name of a site, a credit code, or the key of a district."""
    reason: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """An inspector who does not visit a site of the list."""

    inspector: str
    site: str
    kind: ConflictKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be drawn from what; everything a person says but the seed."""

    title: str
    inspectors: tuple[str, ...]
    pool: Pool = Pool.CERTIFIED
    stage: Stage | None = None
    """Of ``FILES``: where the latest assessment stands."""
    category: str | None = None
    district: str | None = None
    checked_months: int = 0
    """Sites that were checked within so many months are left out; 0: none."""
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])
    """Sites left out by name or id, each with its reason."""
    weighted: bool = False
    number: int | None = None
    """How many sites; or ``percent`` of the list, rounded up."""
    percent: int | None = None
    per_site: int = 2
    """How many inspectors go to each site."""
    declared: tuple[Declared, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawingLists:
    """All that decides a drawing besides the seed. Order does not matter: what is hashed is sorted."""

    title: str
    count: int
    per_site: int
    sites: tuple[tuple[str, int, str], ...]
    """Id, weight, name."""
    inspectors: tuple[str, ...]
    conflicts: tuple[tuple[str, str], ...] = ()
    """Inspector and site."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One site that was drawn, who visits it, and how the lot fell."""

    site: str
    inspectors: tuple[str, ...]
    pick: int
    """The number drawn; 0 is the first."""
    total: int
    """Out of how many: the weights that were left."""


@dataclass(frozen=True, slots=True)
class DrawingPlan:
    """The list as it stands on a day, before anything is drawn."""

    choice: Choice
    on: date
    candidates: tuple[Candidate, ...]
    """Sorted by id."""
    exclusions: tuple[Exclusion, ...]
    conflicts: tuple[Conflict, ...]
    count: int
    """How many sites are drawn."""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    """Names as printed, in both languages: of the office, of ``category.<key>`` and ``district.<key>``."""
    example: bool = False

    @property
    def lists(self) -> DrawingLists:
        """What decides."""
        pairs = dict.fromkeys((one.inspector, one.site) for one in self.conflicts)
        return DrawingLists(
            title=self.choice.title,
            count=self.count,
            per_site=self.choice.per_site,
            sites=tuple((one.id, one.weight, one.name) for one in self.candidates),
            inspectors=self.choice.inspectors,
            conflicts=tuple(pairs),
        )

    @property
    def weight(self) -> int:
        """The sum of all weights."""
        return sum(one.weight for one in self.candidates)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it was made: whoever has it can repeat it."""

    plan: DrawingPlan
    seed: str
    seed_source: str
    """Where the seed comes from, so that others can look it up."""
    list_hash: str
    drawn: tuple[Drawn, ...]
    """In the order of drawing."""

    def site(self, key: str) -> Candidate:
        """Give a site of the list by its id."""
        return next(one for one in self.plan.candidates if one.id == key)


@dataclass(frozen=True, slots=True)
class DrawingRow:
    """A drawing on record."""

    id: DrawingId
    drawing: Drawing
    author: str
    at: datetime


def one_line(text: str) -> str:
    """Write a text so that it is the same wherever it was typed: composed characters, single spaces, one line."""
    return " ".join(unicodedata.normalize("NFC", text).split())
