"""Put several scores of one site together by weight: self, county and city, or office, residents and experts.

The result is the weighted mean of the columns' totals (such as 60 + 20 + 20, as a district of Shanghai did it in 2021).
Group minima are held against the weighted mean of what the groups reached; a gate or a minimum item that fails in one
column fails in the result, because a veto is not averaged away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wufei_cells.domain.checklists import Checklist, Grade, NaPolicy, ScoreColumn, WhenAbsent
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import Scorecard, Span
from wufei_cells.scoring.totals import rounded


@dataclass(frozen=True, slots=True)
class CompositeGrade:
    """Whether the columns together reach a level; ``None`` while that is open."""

    key: str
    reached: bool | None
    total_needed: Fraction


@dataclass(frozen=True, slots=True)
class Composite:
    """The result of several columns."""

    total: Span
    counted: Span
    """The points that levels are held against."""
    grades: tuple[CompositeGrade, ...]
    level: str | None
    passed: bool | None
    missing: tuple[str, ...]
    """Columns without a finished score."""


def composite(checklist: Checklist, cards: Mapping[str, Scorecard], *, on: date | None = None) -> Composite:
    """Put the scores of all columns together.

    A column that was not scored yet counts from nothing to full marks.

    Raises:
        ProblemsFound: the checklist names no columns, or scores are given for columns it does not have.
    """
    columns = checklist.scoring.columns
    unknown = sorted(set(cards) - {column.key for column in columns})
    if not columns or unknown:
        allowed = ", ".join(column.key for column in columns)
        raise ProblemsFound(
            [Problem("columns.unknown", name, {"found": name, "allowed": allowed}) for name in unknown or [""]]
        )
    return _Composite(checklist, cards, on).result()


class _Composite:
    def __init__(self, checklist: Checklist, cards: Mapping[str, Scorecard], on: date | None) -> None:
        self.numbers = Numbers(checklist.parameters, on)
        self.checklist = checklist
        self.cards = cards
        self.columns = checklist.scoring.columns
        self.counted = {item.key for group in checklist.groups for item in group.all_items()}
        self.missing = tuple(
            column.key for column in self.columns if column.key not in cards or not cards[column.key].finished
        )
        self.whole = sum((Fraction(column.weight) for column in self.columns), Fraction(0))

    def result(self) -> Composite:
        counted = self._mean({key: card.counted for key, card in self.cards.items()})
        grades = tuple(self._grade(grade, index, counted) for index, grade in enumerate(self.checklist.grades))
        reached: str | None = None
        for grade in grades:
            if not grade.reached:
                break
            reached = grade.key
        return Composite(
            total=self._mean({key: card.total for key, card in self.cards.items()}),
            counted=counted,
            grades=grades,
            level=None if self.missing else reached,
            passed=False if grades[0].reached is False else None if self.missing else grades[0].reached,
            missing=self.missing,
        )

    def _mean(self, spans: Mapping[str, Span]) -> Span:
        open_span = Span(Fraction(0), self._most())
        total = Span.exactly(0)
        for column in self.columns:
            total += spans.get(column.key, open_span).scaled(self._share(column))
        return total.each(self._rounded)

    def _most(self) -> Fraction:
        """Give the most that a column can have; where marks to reach shrink, points are never turned into others."""
        of = self.checklist
        plainly = of.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS
        bonus = Fraction(of.bonus.cap) if of.bonus else Fraction(0)
        return self._rounded(Fraction(of.groups_full if plainly else of.full) + bonus)

    def _rounded(self, points: Fraction) -> Fraction:
        rounding = self.checklist.scoring.rounding
        return points if rounding is None else rounded(points, rounding)

    def _share(self, column: ScoreColumn) -> Fraction:
        return Fraction(column.weight) / self.whole

    def _grade(self, grade: Grade, index: int, counted: Span) -> CompositeGrade:
        needed = self._needed(grade, index)
        total = counted.reaches(needed)
        if total is False and self.missing and self.checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS:
            total = None  # the mark to reach may still shrink with what applies
        checks = [total, *(self._group(grade, group.key) for group in self.checklist.groups)]
        for column in self.columns:
            checks += self._column(grade, index, self.cards.get(column.key))
        reached = False if False in checks else None if None in checks else True
        return CompositeGrade(grade.key, reached, needed)

    def _column(self, grade: Grade, index: int, card: Scorecard | None) -> list[bool | None]:
        """Check what one column alone can spoil: gates, minima of items, too much set aside, nothing that applies."""
        if card is None:
            return [None]
        items = {key for key, _share in grade.items_at_least}
        checks = [gate.ok for gate in card.gates]
        checks += [False for key in card.grades[index].short if key in items]
        if card.set_aside_limit is not None and card.set_aside > card.set_aside_limit:
            checks.append(False if card.finished else None)
        if not any(score.applies for score in card.items if score.key in self.counted):
            checks.append(False)
        return checks if card.finished else [*checks, None]

    def _needed(self, grade: Grade, index: int) -> Fraction:
        """Give the weighted mean of what the columns need, which differs where marks shrink with what applies."""
        plain = self.numbers.value(grade.total_at_least)
        needs = {key: card.grades[index].total_needed for key, card in self.cards.items()}
        return sum((needs.get(column.key, plain) * self._share(column) for column in self.columns), Fraction(0))

    def _group(self, grade: Grade, key: str) -> bool | None:
        quantity = grade.group_share(key)
        if quantity is None:
            return True
        low = high = full = Fraction(0)
        for column in self.columns:
            card = self.cards.get(column.key)
            group = None if card is None else next(group for group in card.groups if group.key == key)
            if group is None:
                return None
            low += group.got.low * self._share(column)
            high += group.got.high * self._share(column)
            full += group.full * self._share(column)
        if not full:
            return self.checklist.scoring.empty_group is WhenAbsent.MET
        return Span(low, high).reaches(full * self.numbers.value(quantity) / 100)
