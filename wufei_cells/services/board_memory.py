"""What the board counts, kept in memory: the cases of a register and their sums, following what acts touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.board.cases import Case
from wufei_cells.board.sums import Sums, sums_of
from wufei_cells.collector import uncollected
from wufei_cells.domain.register import SiteId
from wufei_cells.store import arrivals, case_queries, search_queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wufei_cells.store.journal import Connection

MANY = 5000
"""Touched sites from which on everything is read anew."""
DAYS_KEPT = 4
"""Days whose sums are kept and followed; today and those that were asked for last."""


@dataclass(slots=True, eq=False)
class BoardMemory:
    """Cases and sums, up to which act they were read."""

    cases: dict[SiteId, Case] = field(default_factory=dict[SiteId, Case])
    _sums: dict[date, Sums] = field(default_factory=dict[date, Sums])
    _marks: dict[int, int] = field(default_factory=dict[int, int])
    _arrivals: tuple[int, int] = (0, 0)
    _today: date = date.min

    def follow(self, connection: Connection, today: date) -> None:
        """Take in what was written since the last time; the first time, everything."""
        marks, came = search_queries.marks(connection), arrivals.stamp(connection)
        if (marks, came, today) == (self._marks, self._arrivals, self._today):
            return
        touched: set[str] | None = None
        if self._marks and came == self._arrivals and today >= self._today:
            # As in searching: what others sent may lie below the last acts, and can leave again.
            touched = case_queries.touched(connection, self._marks, marks)
        if touched is not None and today != self._today:
            touched |= {case.site for case in self.cases.values() if case.put_right}  # was tomorrow, may be today
        if touched is None or len(touched) > MANY:
            self._read(connection, today)
        elif touched:
            self._renew(
                sorted(touched), {case.site: case for case in case_queries.cases(connection, today, sorted(touched))}
            )
        self._marks, self._arrivals, self._today = marks, came, today

    def sums_on(self, day: date) -> Sums:
        """Give the sums as of a day; they are followed from then on."""
        sums = self._sums.pop(day, None)
        if sums is None:
            with uncollected():
                sums = sums_of(self.cases.values(), day)
        self._sums[day] = sums  # what was asked for last is last
        while len(self._sums) > DAYS_KEPT:
            del self._sums[next(iter(self._sums))]
        return sums

    def _read(self, connection: Connection, today: date) -> None:
        self._sums.clear()
        with uncollected():
            self.cases = {case.site: case for case in case_queries.cases(connection, today)}

    def _renew(self, sites: Iterable[str], found: dict[SiteId, Case]) -> None:
        for key in sites:
            site = SiteId(key)
            before, now = self.cases.pop(site, None), found.get(site)
            if now is not None:
                self.cases[site] = now
            if before != now:
                self._replace(before, now)

    def _replace(self, before: Case | None, now: Case | None) -> None:
        for sums in self._sums.values():
            if before is not None:
                sums.add(before, -1)
            if now is not None:
                sums.add(now)
