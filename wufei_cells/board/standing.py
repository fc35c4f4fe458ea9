"""How far the city is on a day: every figure of the board, and with each the selection of the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from wufei_cells.board.cases import Span
from wufei_cells.board.selecting import Selection
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of sites, and which they are: it is always as long as the list behind it."""

    count: int
    behind: Selection


@dataclass(frozen=True, slots=True)
class Within:
    """What a board is restricted to; ``None``: everything."""

    categories: frozenset[str] | None = None
    districts: frozenset[str] | None = None

    def holds(self, category: str, district: str) -> bool:
        """Say whether sites of a category and a district are meant."""
        return (self.categories is None or category in self.categories) and (
            self.districts is None or district in self.districts
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One category, district, lead department, or cell of the table of categories and districts."""

    sites: Figure
    assessed: Figure
    """Scored to the end, whatever became of it."""
    passed: Figure
    valid: Figure
    """Valid cells on the day, whatever stage a newer assessment of theirs is at."""
    gone: Figure
    """Sites that were valid cells once and are none on the day."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What one lead department answers for.

    A site counts with each department that leads its category, so the sums of all leads can be more than the whole.
    """

    text: Text
    categories: tuple[str, ...]
    part: Part


@dataclass(frozen=True, slots=True)
class MonthRow:
    """What came and went in one month, up to the day of the board."""

    month: Span
    """Whole calendar months, but the last, which ends with the day of the board."""
    gained: Figure
    """Sites that became valid cells."""
    lost: Figure
    """Sites that were valid cells and were none any more, by the first day without."""
    valid: Figure
    """Valid cells on its last day: those of the month before and gained less lost, unless one site came twice in it."""


@dataclass(frozen=True, slots=True)
class RunsOut:
    """What runs out in one month to come, by the last day of the certificate."""

    month: Span
    """Whole calendar months, but the first, which begins with the day of the board."""
    sites: Figure
    left: Figure
    """Valid cells on the day after the month, when nothing is renewed."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """Where sites stand, and how long they have."""

    stage: Stage
    sites: Figure
    median_days: Fraction | None
    """Days since they came to it; ``None`` when nobody stands there."""
    longest_days: int | None
    limit: int | None
    """For how many days at most a site should stand there; ``None``: the city has laid nothing down."""
    stuck: Figure


@dataclass(frozen=True, slots=True)
class TargetRow:
    """How far one target is."""

    target: Target
    valid: Figure
    """On the day of the board."""
    at_its_day: Figure
    """On the day of the target: as it was, or, when that is still to come, when nothing is renewed or gained."""
    missing: int
    """How many are missing on the day of the board, or on the day of the target when that is past; never below 0."""
    met_on: date | None
    """The first day on which there were enough, no later than the day of the board and that of the target."""
    over: bool
    """Whether its day is past."""


@dataclass(frozen=True, slots=True)
class Needed:
    """What has to happen for the goal to be met on its day."""

    months: Fraction
    """How many are left, at least one."""
    new: int
    """Cells that are still missing today."""
    renewals: Figure
    """Valid cells whose certificates run out before the day of the goal: each has to be renewed besides."""
    new_per_month: Fraction
    renewals_per_month: Fraction


@dataclass(frozen=True, slots=True)
class Board:
    """Everything on the board, as of one day, for the city or a part of it."""

    on: date
    within: Within
    goal: int | None
    """How many valid cells; of a part the target that is its own, ``None`` when it has none."""
    by: date
    sites: Figure
    valid: Figure
    """Net: sites that hold a valid certificate on the day, each once."""
    ever: Figure
    """Sites that were valid cells on the day or before it; never to be taken for the valid ones."""
    gone: Mapping[CertificateState, Figure]
    """Those of them that are none any more: expired, suspended, withdrawn."""
    certified: Mapping[CertificateState, Figure]
    """The sites that stand as certified by how their certificates stand on the day, taken together."""
    at_goal_day: Figure
    """Valid cells on the day of the goal when nothing is renewed or gained; as it was when that is past."""
    needed: Needed | None
    """``None`` when there is no goal or its day is past."""
    stuck: Figure
    """Sites that have stood at their stage for longer than they should."""
    put_right: Figure
    """Sites with days that a wrong clock had claimed and that were moved."""
    categories: Mapping[str, Part] = field(default_factory=dict[str, Part])
    districts: Mapping[str, Part] = field(default_factory=dict[str, Part])
    cells: Mapping[tuple[str, str], Part] = field(default_factory=dict[tuple[str, str], Part])
    """By (category, district), where there are sites."""
    leads: tuple[Lead, ...] = ()
    months: tuple[MonthRow, ...] = ()
    """From the first month in which a cell was valid to that of the day."""
    targets: tuple[TargetRow, ...] = ()
    stages: tuple[StageRow, ...] = ()
    """Those that the city uses and those where sites stand, in the order of the way."""
    runs_out: tuple[RunsOut, ...] = ()
    """The 24 months to come, the one of the day first."""

    @property
    def missing(self) -> int | None:
        """How many valid cells are missing to the goal."""
        return None if self.goal is None else max(self.goal - self.valid.count, 0)
