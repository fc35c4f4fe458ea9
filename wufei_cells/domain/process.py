"""Which steps of the life cycle a city uses, and the numbers that go with them. All of it data of its profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wufei_cells.domain.lifecycle import CLOSED, Stage

LIMITED = tuple(stage for stage in Stage if stage not in CLOSED)
"""Stages at which a site can stand too long."""


@dataclass(frozen=True, slots=True)
class Process:
    """A city's way from application to withdrawal.

    A profile that says nothing has none of the optional steps, so that nothing changes under a city that has laid
    nothing down.
    """

    application: bool = False
    """Whether a unit applies, with a letter of commitment, before its result is finished."""
    assessors: int = 1
    """How many people at least assess on site."""
    first_review: bool = False
    """Whether the county reviews before the city decides."""
    four_eyes: bool = False
    """Whether a result is reviewed and decided by people who did not assess it."""
    findings_block: bool = False
    """Whether an open major finding, or one past its day, keeps a site from being approved."""
    notice_days: int = 0
    """How many days a public notice runs at least, the first and the last counted; 0: there is none."""
    naming: bool = False
    """Whether sites are named in batches, by a document, before they get certificates."""
    renewal_months: int = 6
    """How long before its last day a certificate counts as due for renewal."""
    report_by: str = ""
    """Month and day (``"03-30"``) by which holders report on the year before; empty: no yearly report."""
    bar_years: int = 0
    """For how many years a site whose certificate was withdrawn cannot apply."""
    na_share: int = 20
    """From how many percent of not applicable items a reviewer is told to look."""
    edge_points: int = 1
    """How near to a threshold, in points, a total is one to look at twice."""
    stage_days: Mapping[Stage, int] = field(default_factory=dict[Stage, int], hash=False)
    """For how many days at most a site should stand at a stage; longer, and it counts as stuck. Where nothing is said,
    nothing is stuck."""

    def uses(self, stage: Stage) -> bool:
        """Tell whether the city goes through a stage."""
        optional = {
            Stage.APPLIED: self.application,
            Stage.REVIEWED: self.first_review,
            Stage.NOTICED: self.notice_days > 0,
            Stage.NAMED: self.naming,
        }
        return optional.get(stage, True)
