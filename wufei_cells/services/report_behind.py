"""What lags behind: targets that fall short of an even pace, and what was done about it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.targets import Target
from wufei_cells.store import steering_queries

if TYPE_CHECKING:
    from wufei_cells.domain.follow_ups import FollowUpRow, Subject
    from wufei_cells.services.report_facts import ReportFacts


@dataclass(frozen=True, slots=True)
class Behind:
    """A target that falls short, or the goal."""

    target: Target
    valid: int
    """On the day."""
    pace: int
    """How many there would be by now at an even pace, cut."""
    level: str
    """Key of the sharpest follow-up that is open about it; empty for none."""

    @property
    def left(self) -> int:
        """How many are missing on the day."""
        return max(self.target.count - self.valid, 0)


def behind(facts: ReportFacts) -> list[Behind]:
    """List the targets that have less than an even pace from the first day on record would have brought by now.

    The goal of the city stands first, then what is furthest behind.
    """
    found = [
        Behind(target, valid, pace, _level(facts, target))
        for target, valid in _aims(facts)
        if valid < (pace := _pace(facts, target))
    ]
    return sorted(found, key=lambda one: (not _is_goal(one.target), Fraction(one.valid, one.pace), -one.left))


def _aims(facts: ReportFacts) -> list[tuple[Target, int]]:
    """Give every target with what there is; the goal of the whole city, too, where it is no target of its own."""
    board = facts.board
    found = [(row.target, row.valid.count) for row in board.targets]
    known = {target.by for target, _valid in found if _is_goal(target)}
    if board.goal is not None and not facts.district and board.by not in known:
        found.append((Target(None, None, board.goal, board.by), board.valid.count))
    return found


def _is_goal(target: Target) -> bool:
    return target.category is None and target.district is None


def _pace(facts: ReportFacts, target: Target) -> int:
    """Count what an even pace would have brought; what was due in the past is due whole."""
    whole = (target.by - facts.begun).days
    gone = (facts.on - facts.begun).days
    return target.count if target.by < facts.on or whole <= 0 else target.count * gone // whole


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


def _level(facts: ReportFacts, target: Target) -> str:
    """Give the sharpest level at which somebody follows up just this."""
    wanted = (target.category, target.district)
    keys = {
        one.said.level
        for one in facts.follow_ups
        if one.said.subject.site is None and (one.said.subject.category, one.said.subject.district) == wanted
    }
    return next((level.key for level in reversed(facts.profile.follow_up) if level.key in keys), "")
