"""Make the board out of sums: what is asked of them, and each figure with the selection of the cases behind it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from wufei_cells.board.cases import Span
from wufei_cells.board.months import DAY, months, months_from
from wufei_cells.board.selecting import Selection
from wufei_cells.board.standing import Board, Figure, Lead, MonthRow, Needed, Part, RunsOut, StageRow, TargetRow, Within
from wufei_cells.board.sums import Place, PlaceSums, Sums
from wufei_cells.domain.lifecycle import DECIDED, PASSED, CertificateState, Stage
from wufei_cells.domain.process import LIMITED
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text

AHEAD = 24
"""Months for which is told what runs out."""
GONE = (CertificateState.EXPIRED, CertificateState.SUSPENDED, CertificateState.WITHDRAWN)
ASSESSED = frozenset({Stage.FINISHED, Stage.REVIEWED}) | DECIDED
_MONTHS_OF_A_DAY = Fraction(12, 365)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a city wants to know: its goal and targets, its limits, and the parts that are told even when empty."""

    goal: int | None
    by: date
    targets: Sequence[Target] = ()
    stage_days: Mapping[Stage, int] = field(default_factory=dict[Stage, int])
    stages: frozenset[Stage] = frozenset()
    """Which the city uses."""
    categories: Sequence[str] = ()
    districts: Sequence[str] = ()
    leads: Sequence[tuple[Text, tuple[str, ...]]] = ()
    """Each lead department with its categories."""


def board_of(sums: Sums, asked: Asked, within: Within | None = None) -> Board:
    """Make the board of the whole city or of a part of it, as of the day of the sums."""
    return _Maker(sums, asked, within or Within()).board()


def all_figures(found: Board) -> Iterator[Figure]:
    """Give every figure of a board."""
    yield from (found.sites, found.valid, found.ever, found.at_goal_day, found.stuck, found.put_right)
    yield from (*found.gone.values(), *found.certified.values())
    for part in _parts(found):
        yield from (part.sites, part.assessed, part.passed, part.valid, part.gone)
    for month in found.months:
        yield from (month.gained, month.lost, month.valid)
    for row in found.stages:
        yield from (row.sites, row.stuck)
    for target in found.targets:
        yield from (target.valid, target.at_its_day)
    for month in found.runs_out:
        yield from (month.sites, month.left)
    if found.needed:
        yield found.needed.renewals


def _parts(found: Board) -> Iterator[Part]:
    yield from found.categories.values()
    yield from found.districts.values()
    yield from found.cells.values()
    yield from (lead.part for lead in found.leads)


class _Maker:
    def __init__(self, sums: Sums, asked: Asked, within: Within) -> None:
        self.sums, self.asked, self.within, self.on = sums, asked, within, sums.on
        self.places = [place for place in sums.places if within.holds(*place)]
        self.whole = sums.of(self.places)
        self.course = Course(self.whole)
        self.all = Selection(self.on, within.categories, within.districts)

    def board(self) -> Board:
        whole, everything = self.whole, self.all
        stages = tuple(self._stages())
        goal, by = self._goal()
        held = replace(everything, holding=True)
        return Board(
            on=self.on,
            within=self.within,
            goal=goal,
            by=by,
            sites=Figure(whole.sites, everything),
            valid=Figure(whole.valid, held),
            ever=Figure(whole.ever, replace(everything, ever=True)),
            gone={state: Figure(whole.gone[state], self._gone(state)) for state in GONE},
            certified={state: self._certified(state) for state in CertificateState if whole.certified[state]},
            at_goal_day=Figure(self.course.on(by), replace(held, on=by)),
            needed=self._needed(goal, by),
            stuck=Figure(sum(row.stuck.count for row in stages), self._stuck(stages)),
            put_right=Figure(whole.put_right, replace(everything, put_right=True)),
            categories={key: self._part(Within(categories=frozenset({key}))) for key in self._categories()},
            districts={key: self._part(Within(districts=frozenset({key}))) for key in self._districts()},
            cells={place: self._cell(place) for place in sorted(self.places)},
            leads=tuple(self._leads()),
            months=tuple(self._months()),
            targets=tuple(self._target(target) for target in self.asked.targets if self._is_told(target)),
            stages=stages,
            runs_out=tuple(self._runs_out()),
        )

    # --- parts of the city

    def _categories(self) -> list[str]:
        return _told(self.asked.categories, (place[0] for place in self.places), self.within.categories)

    def _districts(self) -> list[str]:
        return _told(self.asked.districts, (place[1] for place in self.places), self.within.districts)

    def _leads(self) -> Iterator[Lead]:
        for text, categories in self.asked.leads:
            told = tuple(key for key in categories if self.within.categories is None or key in self.within.categories)
            if told:
                yield Lead(text, told, self._part(Within(categories=frozenset(told))))

    def _cell(self, place: Place) -> Part:
        return self._part(Within(frozenset({place[0]}), frozenset({place[1]})))

    def _part(self, part: Within) -> Part:
        found = [self.sums.places[place] for place in self.places if part.holds(*place)]
        selection = self._selection(part)

        def at(stages: frozenset[Stage]) -> Figure:
            return Figure(sum(sums.at(*stages) for sums in found), replace(selection, stages=stages))

        ever, valid = sum(sums.ever for sums in found), sum(sums.valid for sums in found)
        return Part(
            sites=Figure(sum(sums.sites for sums in found), selection),
            assessed=at(ASSESSED),
            passed=at(PASSED),
            valid=Figure(valid, replace(selection, holding=True)),
            gone=Figure(ever - valid, replace(selection, ever=True, holding=False)),
        )

    def _selection(self, part: Within) -> Selection:
        """Select a part of what the board is restricted to."""
        categories = self.within.categories if part.categories is None else part.categories
        districts = self.within.districts if part.districts is None else part.districts
        return Selection(self.on, categories, districts)

    def _gone(self, state: CertificateState) -> Selection:
        return replace(self.all, ever=True, certificates=frozenset({state}))

    def _certified(self, state: CertificateState) -> Figure:
        asked = replace(self.all, stages=frozenset({Stage.CERTIFIED}), certificates=frozenset({state}))
        return Figure(self.whole.certified[state], asked)

    # --- by day

    def _months(self) -> Iterator[MonthRow]:
        first = min(self.whole.first_days, default=self.on)
        for month in months(min(first, self.on), self.on):
            last, key = min(month.last, self.on), (month.first.year, month.first.month)
            asked = replace(self.all, on=last)
            lost = Span(month.first - DAY, last - DAY)
            yield MonthRow(
                month=Span(month.first, last),
                gained=Figure(self.whole.gained[key], replace(asked, gained=Span(month.first, last))),
                lost=Figure(self.whole.lost[key], replace(asked, lost=lost)),
                valid=Figure(self.course.on(last), replace(asked, holding=True)),
            )

    def _runs_out(self) -> Iterator[RunsOut]:
        for month in months_from(self.on, AHEAD):
            days = Span(max(month.first, self.on), month.last)
            asked = replace(self.all, on=month.last)
            after = month.last + DAY
            yield RunsOut(
                month=days,
                sites=Figure(
                    self.whole.running_out[month.first.year, month.first.month],
                    replace(asked, lost=days),
                ),
                left=Figure(self.course.on(after), replace(self.all, on=after, holding=True)),
            )

    # --- the way

    def _stages(self) -> Iterator[StageRow]:
        for stage in Stage:
            days = self.whole.since.get(stage)
            if days or stage in self.asked.stages:
                yield self._stage(stage, days or Counter())

    def _stage(self, stage: Stage, since: Counter[date]) -> StageRow:
        limit = self.asked.stage_days.get(stage) if stage in LIMITED else None
        here = replace(self.all, stages=frozenset({stage}))
        stuck = sum(count for day, count in since.items() if limit is not None and (self.on - day).days > limit)
        return StageRow(
            stage=stage,
            sites=Figure(since.total(), here),
            median_days=_median(self.on, since) if since else None,
            longest_days=(self.on - min(since)).days if since else None,
            limit=limit,
            stuck=Figure(stuck, replace(here, longer_than={} if limit is None else {stage: limit})),
        )

    def _stuck(self, stages: Iterable[StageRow]) -> Selection:
        limits = {row.stage: row.limit for row in stages if row.limit is not None}
        return replace(self.all, longer_than=limits)

    # --- goal and targets

    def _goal(self) -> tuple[int | None, date]:
        """Give the goal of the city, or of a part the target that is its own; the latest of several."""
        if self.within == Within():
            return self.asked.goal, self.asked.by
        own = [target for target in self.asked.targets if _place(target) == self.within]
        last = max(own, key=lambda target: target.by, default=None)
        return (last.count, last.by) if last else (None, self.asked.by)

    def _needed(self, goal: int | None, by: date) -> Needed | None:
        if goal is None or by < self.on:
            return None
        left = max(Fraction(1), (by - self.on).days * _MONTHS_OF_A_DAY)
        new = max(goal - self.whole.valid, 0)
        window = Span(self.on, by - DAY)
        ending = sum(count for last, count in self.whole.last_of_valid.items() if last < by)
        behind = replace(self.all, holding=True, lost=window)
        return Needed(left, new, Figure(ending, behind), new / left, ending / left)

    def _is_told(self, target: Target) -> bool:
        """Tell targets of parts that lie within what the board is restricted to."""
        inside = self.within
        return (inside.categories is None or target.category in inside.categories) and (
            inside.districts is None or target.district in inside.districts
        )

    def _target(self, target: Target) -> TargetRow:
        part = _place(target)
        sums = self.sums.of(place for place in self.places if part.holds(*place))
        course, held = Course(sums), replace(self._selection(part), holding=True)
        over = target.by < self.on
        end = min(target.by, self.on)
        return TargetRow(
            target=target,
            valid=Figure(sums.valid, held),
            at_its_day=Figure(course.on(target.by), replace(held, on=target.by)),
            missing=max(target.count - course.on(end), 0),
            met_on=course.reached(target.count, end),
            over=over,
        )


class Course:
    """The number of valid cells on every day."""

    def __init__(self, sums: PlaceSums) -> None:
        """Work it out."""
        self.steps = sums.course()
        """From which day on there are how many."""
        self._days = [day for day, _count in self.steps]

    def on(self, day: date) -> int:
        """Count the valid cells on a day, by what is known today."""
        place = bisect_right(self._days, day)
        return self.steps[place - 1][1] if place else 0

    def reached(self, count: int, until: date) -> date | None:
        """Give the first day on which there were so many, no later than another day."""
        return next((day for day, valid in self.steps if day <= until and valid >= count), None)


def _place(target: Target) -> Within:
    return Within(
        None if target.category is None else frozenset({target.category}),
        None if target.district is None else frozenset({target.district}),
    )


def _told(listed: Iterable[str], found: Iterable[str], only: frozenset[str] | None) -> list[str]:
    """Give the keys that are listed, then others that sites bear; of those only what the board is restricted to."""
    keys = dict.fromkeys([*listed, *sorted(set(found))])
    return [key for key in keys if only is None or key in only]


def _median(on: date, since: Counter[date]) -> Fraction:
    """Give the median of the days since; of an even number of sites the middle between the two in the middle."""
    total, seen = since.total(), 0
    middle: list[int] = []
    for day in sorted(since):
        before, seen = seen, seen + since[day]
        middle += [(on - day).days for place in ((total - 1) // 2, total // 2) if before <= place < seen]
    return Fraction(sum(middle), 2)
