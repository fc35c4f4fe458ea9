"""The marks of a county's edition: as its overlay raises them, and high enough for what it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from wufei_cells.checklists.overlay_demands import Demands, Numbers
from wufei_cells.checklists.overlay_reading import RaisedGrade
from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.checklists import Checklist, Grade
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.domain.rules import Quantity


class Note(Protocol):
    """Notes a problem at a place in the overlay's file."""

    def __call__(self, path: Path, code: str, **values: object) -> None:
        """Note it."""
        ...


def with_marks(
    city: Checklist,
    county: Checklist,
    raised: tuple[tuple[str, RaisedGrade], ...],
    numbers: tuple[Numbers, Numbers],
    note: Note,
) -> Checklist:
    """Give the county's edition its marks; those that would ask for less than the city's are noted and left out.

    Args:
        city: the city's edition.
        county: the county's, with everything it adds and still with the city's marks.
        raised: what the overlay says of marks, by level.
        numbers: the parameters of both, under the city's own numbers.
        note: for what is refused.
    """
    known = {grade.key for grade in city.grades}
    for key, _raised in raised:
        if key not in known:
            note(("raise", "grades", key), "overlay.unknown_grade", name=key, known=", ".join(sorted(known)))
    wanted = dict(raised)
    marks = _Marks(Demands(city, county), *numbers, note)
    grades = tuple(marks.grade(grade, wanted.get(grade.key)) for grade in city.grades)
    limit = city.scoring.na_at_most
    if limit is not None:
        allowed = numbers[0].least(limit)
        kept = marks.demands.set_aside(allowed)
        limit = limit if kept == allowed else kept
    return replace(county, grades=grades, scoring=replace(county.scoring, na_at_most=limit))


@dataclass(frozen=True, slots=True)
class _Marks:
    demands: Demands
    before: Numbers
    after: Numbers
    note: Note

    def grade(self, grade: Grade, raised: RaisedGrade | None) -> Grade:
        path: Path = ("raise", "grades", grade.key)
        said = raised or RaisedGrade(None, None, (), ())
        total = self._mark(grade.total_at_least, said.total_at_least, self.demands.total, (*path, "total_at_least"))
        shared = self._mark(grade.groups_at_least, said.groups_at_least, _as_it_is, (*path, "groups_at_least"))
        items = dict(grade.items_at_least)
        for key, quantity in said.items_at_least:
            items[key] = self._mark(items.get(key), quantity, _as_it_is, (*path, "items_at_least", key)) or quantity
        exceptions = self._exceptions(grade, shared, dict(said.group_exceptions), (*path, "group_exceptions"))
        assert total is not None
        return replace(
            grade,
            total_at_least=total,
            groups_at_least=shared,
            group_exceptions=tuple(sorted(exceptions.items())),
            items_at_least=tuple(sorted(items.items())),
        )

    def _exceptions(
        self, grade: Grade, shared: Quantity | None, said: Mapping[str, Quantity], path: Path
    ) -> dict[str, Quantity]:
        """Give the minima of single groups; a group that grew gets one of its own where that of all is not enough."""
        exceptions = dict(grade.group_exceptions)
        for key in dict.fromkeys((*(group.key for group in self.demands.city.groups), *said)):
            own = exceptions.get(key, grade.groups_at_least)
            needed = self.demands.share_of(key)
            if key in said:
                exceptions[key] = self._mark(own, said[key], needed, (*path, key)) or said[key]
            elif own is not None:
                least = needed(self.before.most(own))
                in_force = exceptions.get(key, shared)
                if in_force is not None and self.after.least(in_force) < least and least != self.before.most(own):
                    exceptions[key] = least
        return exceptions

    def _mark(
        self, asked: Quantity | None, said: Quantity | None, needed: Callable[[Decimal], Decimal], path: Path
    ) -> Quantity | None:
        """Give one mark: what the overlay says where that is enough, else the city's, raised as far as is needed."""
        if asked is None:
            return said
        most = self.before.most(asked)
        kept = asked if needed(most) == most else needed(most)
        if said is None:
            return kept
        for day in _all_days(self.before, self.after):
            city, county = self.before.value(asked, day), self.after.value(said, day)
            if city is None or county is None or county >= needed(city):
                continue
            code = "overlay.lower_mark" if county < city else "overlay.diluted"
            since = "" if day is None else f" ({day.isoformat()})"
            self.note(path, code, found=plain(county), asked=f"{plain(city)}{since}", needed=plain(needed(city)))
            return kept
        return said


def _as_it_is(asked: Decimal) -> Decimal:
    """For marks that additions do not lower."""
    return asked


def weaker_marks(city: Checklist, county: Checklist, own: Mapping[str, CityNumber]) -> tuple[str, ...]:
    """List the levels for which a county's edition asks less than its city's does, under the city's own numbers.

    There are none when an overlay is applied; other numbers, adopted later, may overtake the county's marks.
    """
    before, after = Numbers(city.parameters, own), Numbers(county.parameters, own)
    demands = Demands(city, county)
    in_county = {grade.key: grade for grade in county.grades}
    return tuple(
        grade.key
        for grade in city.grades
        if grade.key not in in_county
        or any(
            asked is not None and (given is None or _falls_short(given, needed, asked, before, after))
            for asked, given, needed in _pairs(grade, in_county[grade.key], demands)
        )
    )


def _pairs(
    city: Grade, county: Grade, demands: Demands
) -> Iterator[tuple[Quantity | None, Quantity | None, Callable[[Decimal], Decimal]]]:
    """Go through the marks of one level: the city's, the county's, and what the city's must become."""
    yield city.total_at_least, county.total_at_least, demands.total
    own, other = dict(city.group_exceptions), dict(county.group_exceptions)
    for group in demands.city.groups:
        asked = own.get(group.key, city.groups_at_least)
        yield asked, other.get(group.key, county.groups_at_least), demands.share_of(group.key)
    items = dict(county.items_at_least)
    for key, asked in city.items_at_least:
        yield asked, items.get(key), _as_it_is


def _falls_short(
    given: Quantity, needed: Callable[[Decimal], Decimal], asked: Quantity, before: Numbers, after: Numbers
) -> bool:
    for day in _all_days(before, after):
        city, county = before.value(asked, day), after.value(given, day)
        if city is not None and (county is None or county < needed(city)):
            return True
    return False


def _all_days(before: Numbers, after: Numbers) -> tuple[date | None, ...]:
    return (None, *sorted({day for day in (*before.days, *after.days) if day is not None}))
