"""What the figures of the board are made of: sums over cases as of a day, to which a case can be added and taken away.

They are kept apart by category and district, so that each part of the city is a sum of a few of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from wufei_cells.board.cases import Case, Entered, Span
from wufei_cells.board.months import DAY
from wufei_cells.domain.lifecycle import CertificateState, Stage

K = TypeVar("K")
Place = tuple[str, str]
"""Category and district."""
Month = tuple[int, int]
"""Year and month."""


@dataclass(slots=True)
class PlaceSums:
    """Sums over the cases of one category in one district, or of several."""

    since: dict[Stage, Counter[date]] = field(default_factory=dict[Stage, Counter[date]])
    """By stage, and by the day on which sites came to it."""
    valid: int = 0
    ever: int = 0
    gone: Counter[CertificateState] = field(default_factory=Counter[CertificateState])
    certified: Counter[CertificateState] = field(default_factory=Counter[CertificateState])
    """Of the sites that stand as certified, by how their certificates stand on the day."""
    put_right: int = 0
    first_days: Counter[date] = field(default_factory=Counter[date])
    """By the day on which a site became a valid cell, those to come among them."""
    last_days: Counter[date] = field(default_factory=Counter[date])
    """By the last day on which it was one."""
    last_of_valid: Counter[date] = field(default_factory=Counter[date])
    """Of the valid cells of the day, by the last day of the time in which they are valid without a break."""
    gained: Counter[Month] = field(default_factory=Counter[Month])
    """Sites by the month in which they became valid cells, up to the day."""
    lost: Counter[Month] = field(default_factory=Counter[Month])
    """By the month of the first day on which they were none any more, up to the day."""
    running_out: Counter[Month] = field(default_factory=Counter[Month])
    """By the month of the last day on which they are valid cells, from the day on."""

    def add(self, case: Case, on: date, sign: int) -> None:
        """Count a case in, or out again (``sign`` -1)."""
        entered = case.stage_on(on)
        if entered is not None:
            self._add_stage(entered, sign)
            self.put_right += sign if case.put_right else 0
            self._add_standing(case, entered.stage, on, sign)
        if case.held:
            self._add_days(case.held, on, sign)

    def _add_stage(self, entered: Entered, sign: int) -> None:
        days = self.since.get(entered.stage)
        if days is None:
            days = self.since[entered.stage] = Counter()
        _count(days, (entered.on,), sign)
        if not days:
            del self.since[entered.stage]

    def _add_standing(self, case: Case, stage: Stage, on: date, sign: int) -> None:
        if not case.turns and not case.held:
            return
        holding = next((span for span in case.held if span.first <= on <= span.last), None)
        if holding:
            self.valid += sign
            _count(self.last_of_valid, (holding.last,), sign)
        state = case.certificate_on(on)
        if case.ever_held(on):
            self.ever += sign
            if state is not None and not holding:
                _count(self.gone, (state,), sign)
        if stage is Stage.CERTIFIED and state is not None:
            _count(self.certified, (state,), sign)

    def _add_days(self, held: tuple[Span, ...], on: date, sign: int) -> None:
        _count(self.first_days, [span.first for span in held], sign)
        _count(self.last_days, [span.last for span in held], sign)
        _count(self.gained, {_month(span.first) for span in held if span.first <= on}, sign)
        _count(self.lost, {_month(span.last + DAY) for span in held if span.last < on}, sign)
        _count(self.running_out, {_month(span.last) for span in held if span.last >= on}, sign)

    def join(self, other: PlaceSums) -> None:
        """Take in other sums of the same day."""
        for stage, days in other.since.items():
            self.since.setdefault(stage, Counter()).update(days)
        self.valid += other.valid
        self.ever += other.ever
        self.put_right += other.put_right
        for ours, theirs in zip(self._counters(), other._counters(), strict=True):
            ours.update(theirs)

    def _counters(self) -> Iterator[Counter[Any]]:
        yield from (self.gone, self.certified, self.first_days, self.last_days, self.last_of_valid)
        yield from (self.gained, self.lost, self.running_out)

    def at(self, *stages: Stage) -> int:
        """Count the sites that stand at one of some stages."""
        return sum(self.since[stage].total() for stage in stages if stage in self.since)

    @property
    def sites(self) -> int:
        """How many sites there are."""
        return self.at(*self.since)

    def course(self) -> list[tuple[date, int]]:
        """Give the number of valid cells from each day on which it changes, in the order of the days."""
        changes = Counter(self.first_days)
        for last, count in self.last_days.items():
            changes[last + DAY] -= count
        course: list[tuple[date, int]] = []
        valid = 0
        for day in sorted(changes):
            valid += changes[day]
            course.append((day, valid))
        return course


@dataclass(slots=True)
class Sums:
    """The sums of a register as of a day."""

    on: date
    places: dict[Place, PlaceSums] = field(default_factory=dict[Place, PlaceSums])
    """Where there are cases."""

    def add(self, case: Case, sign: int = 1) -> None:
        """Count a case in, or out again (``sign`` -1)."""
        place = (case.category, case.district)
        sums = self.places.get(place)
        if sums is None:
            sums = self.places[place] = PlaceSums()
        sums.add(case, self.on, sign)
        if not sums.since and not sums.first_days:
            del self.places[place]

    def of(self, places: Iterable[Place]) -> PlaceSums:
        """Give the sums of some places together."""
        whole = PlaceSums()
        for place in places:
            if place in self.places:
                whole.join(self.places[place])
        return whole


def sums_of(cases: Iterable[Case], on: date) -> Sums:
    """Add up cases as of a day."""
    sums = Sums(on)
    for case in cases:
        sums.add(case)
    return sums


def _count(counter: Counter[K], keys: Iterable[K], sign: int) -> None:
    """Count, and keep nothing that is counted down to nothing: sums of the same cases are equal, however made."""
    for key in keys:
        count = counter[key] + sign
        if count:
            counter[key] = count
        else:
            del counter[key]


def _month(day: date) -> Month:
    return (day.year, day.month)
