"""What lags behind: targets that fall short of an even pace, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.store import steering_queries

if TYPE_CHECKING:
    from wufei_cells.board.standing import TargetRow
    from wufei_cells.domain.follow_ups import FollowUpRow, Subject
    from wufei_cells.services.report_facts import ReportFacts


@dataclass(frozen=True, slots=True)
class Behind:
    """A target that falls short."""

    row: TargetRow
    pace: int
    """How many there would be by now at an even pace, cut."""
    level: str
    """Key of the sharpest follow-up that is open about it; empty for none."""


def behind(facts: ReportFacts) -> list[Behind]:
    """List the targets that have less than an even pace from the first day on record would have brought by now.

    The furthest behind stands first.
    """
    found = [
        Behind(row, pace, _level(facts, row))
        for row in facts.board.targets
        if row.valid.count < (pace := _pace(facts, row))
    ]
    return sorted(found, key=lambda one: (Fraction(one.row.valid.count, one.pace), -one.row.missing))


def _pace(facts: ReportFacts, row: TargetRow) -> int:
    """Count what an even pace would have brought; what was due in the past is due whole."""
    target = row.target
    whole = (target.by - facts.begun).days
    gone = (facts.on - facts.begun).days
    return target.count if row.over or whole <= 0 else target.count * gone // whole


def open_follow_ups(facts: ReportFacts) -> list[FollowUpRow]:
    """List the follow-ups that wait for an end on the day, the longest waited for first."""
    with facts.workspace.database.reading() as connection:
        rows = steering_queries.follow_ups(connection)
    meant = [row for row in rows if row.open_on(facts.on) and _is_meant(facts, row.said.subject)]
    return sorted(meant, key=lambda row: (row.said.due is None, row.said.due or row.said.on, row.said.on, row.id))


def _is_meant(facts: ReportFacts, subject: Subject) -> bool:
    if not facts.district:
        return True
    site = facts.sites.get(subject.site) if subject.site else None
    return facts.district == (site.district if site else subject.district)


def _level(facts: ReportFacts, row: TargetRow) -> str:
    """Give the sharpest level at which somebody follows up just this."""
    wanted = (row.target.category, row.target.district)
    keys = {
        one.said.level
        for one in facts.follow_ups
        if one.said.subject.site is None and (one.said.subject.category, one.said.subject.district) == wanted
    }
    return next((level.key for level in reversed(facts.profile.follow_up) if level.key in keys), "")
