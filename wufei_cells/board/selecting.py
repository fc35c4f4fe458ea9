"""What a figure counts: a selection of cases, so that each figure leads to the list behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wufei_cells.board.cases import Case, Span
from wufei_cells.domain.lifecycle import CLOSED, CertificateState, Stage


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases are meant; what is left open does not matter. All that is said has to hold."""

    on: date
    """The day as of which is asked."""
    categories: frozenset[str] | None = None
    districts: frozenset[str] | None = None
    stages: frozenset[Stage] | None = None
    holding: bool | None = None
    """Whether a certificate holds on the day."""
    ever: bool | None = None
    """Whether a certificate held on the day or before it."""
    certificates: frozenset[CertificateState] | None = None
    """How its certificates stand on the day, taken together."""
    gained: Span | None = None
    """Sites that became valid cells on one of these days (and were none the day before)."""
    lost: Span | None = None
    """Sites that were valid cells on one of these days and none on the day after it: it ran out, or was taken back."""
    longer_than: Mapping[Stage, int] | None = field(default=None, hash=False)
    """Sites that have stood at their stage for more days than are allowed there: what is stuck."""
    put_right: bool | None = None
    """Whether days of it were put right."""

    def covers(self, case: Case) -> bool:
        """Say whether a case is meant."""
        return (
            (self.categories is None or case.category in self.categories)
            and (self.districts is None or case.district in self.districts)
            and (self.holding is None or case.holds_on(self.on) is self.holding)
            and (self.ever is None or case.ever_held(self.on) is self.ever)
            and (self.certificates is None or case.certificate_on(self.on) in self.certificates)
            and (self.put_right is None or (case.put_right > 0) is self.put_right)
            and (self.gained is None or any(_within(span.first, self.gained) for span in case.held))
            and (self.lost is None or any(_within(span.last, self.lost) for span in case.held))
            and self._stands(case)
        )

    def _stands(self, case: Case) -> bool:
        entered = case.stage_on(self.on)
        if entered is None:
            return False
        if self.stages is not None and entered.stage not in self.stages:
            return False
        if self.longer_than is None:
            return True
        allowed = None if entered.stage in CLOSED else self.longer_than.get(entered.stage)
        return allowed is not None and (self.on - entered.on).days > allowed


def _within(day: date, days: Span) -> bool:
    return days.first <= day <= days.last
