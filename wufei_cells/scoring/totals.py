"""From item scores to group sums, total, bonus, levels and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist, Grade, Group, NaPolicy
from wufei_cells.errors import Problem
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import (
    Explanation,
    GateResult,
    GradeResult,
    GroupScore,
    ItemScore,
    Scorecard,
    Span,
)

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class ItemMark:
    """An item's score, and how it counts in the whole."""

    score: ItemScore
    counts: bool = True
    """Whether its full marks count although it does not apply."""
    removable: bool = False
    """Whether it may still turn out not to apply."""


class Totals:
    """Adds up one edition's item scores under its rules.

    ``zeroed``: an answer sets the total to nothing; ``None`` while a missing one still could. ``may_be_vetoed``: a
    missing answer could still rule passing out.
    """

    def __init__(self, checklist: Checklist, numbers: Numbers, *, zeroed: bool | None, may_be_vetoed: bool) -> None:
        self._checklist = checklist
        self._numbers = numbers
        self._zeroed = zeroed
        self._may_be_vetoed = may_be_vetoed
        self._full = Fraction(checklist.full)
        self._removable = ZERO

    def scorecard(
        self,
        groups: list[list[ItemMark]],
        bonus_marks: list[ItemMark],
        gates: tuple[GateResult, ...],
        missing: tuple[str, ...],
        cautions: tuple[Problem, ...],
    ) -> Scorecard:
        """Put the parts together."""
        self._removable = sum((mark.score.full for marks in groups for mark in marks if mark.removable), ZERO)
        scored = [self._group(group, marks) for group, marks in zip(self._checklist.groups, groups, strict=True)]
        base = self._base(scored)
        bonus = self._bonus(bonus_marks)
        total = base.span + bonus.span
        told = Explanation("explain.total", total, "", _numbers_of(total), (base, bonus) if bonus_marks else (base,))
        base_span = self._after_zero(base.span)
        if self._zeroed is not False:
            total = self._after_zero(total)
            code = "explain.zeroed" if self._zeroed else "explain.may_be_zeroed"
            told = Explanation(code, total, "", _numbers_of(total), (told,))
        counted = total if self._bonus_counts() else base_span
        grades = tuple(self._grade(grade, counted, scored, gates) for grade in self._checklist.grades)
        items = tuple(mark.score for marks in [*groups, bonus_marks] for mark in marks)
        if not any(group.full for group in scored):
            cautions = (*cautions, Problem("caution.nothing_applies"))
        return Scorecard(
            total=total,
            base=base_span,
            bonus=bonus.span,
            full=self._full,
            level=_level(grades, missing),
            passed=_passed(grades, gates, missing),
            gates=gates,
            groups=tuple(scored),
            items=items,
            grades=grades,
            missing=missing,
            cautions=cautions,
            explanation=told,
        )

    def _after_zero(self, span: Span) -> Span:
        """Apply an answer that sets the whole total to nothing, or that still may."""
        if self._zeroed is False:
            return span
        return Span(ZERO, ZERO if self._zeroed else span.high)

    def _bonus_counts(self) -> bool:
        return self._checklist.bonus is not None and self._checklist.bonus.counts_for_pass

    def _group(self, group: Group, marks: list[ItemMark]) -> GroupScore:
        got = Span.exactly(0)
        for mark in marks:
            got += mark.score.got
        full = sum((mark.score.full for mark in marks if mark.score.applies or mark.counts), ZERO)
        share = self._group_share(self._checklist.grades[0], group.key)
        needed = None if share is None or not full else full * share / 100
        values = {"full": printed(full), **_numbers_of(got)}
        if needed is not None:
            values["needed"] = exact(needed)
        told = Explanation("explain.group", got, group.key, values, tuple(mark.score.explanation for mark in marks))
        return GroupScore(group.key, got, full, needed, told)

    def _base(self, groups: list[GroupScore]) -> Explanation:
        got = Span.exactly(0)
        for group in groups:
            got += group.got
        applicable = sum((group.full for group in groups), ZERO)
        children = tuple(group.explanation for group in groups)
        told = Explanation("explain.base", got, "", {"full": printed(applicable), **_numbers_of(got)}, children)
        if self._checklist.na_policy is not NaPolicy.RESCALE or applicable in (ZERO, self._full):
            return told
        stretched = got.scaled(self._full / applicable)
        values = {
            "full": printed(self._full),
            "applicable": printed(applicable),
            "before": printed(got.low),
            "exact": exact(stretched.low),
            **_numbers_of(stretched),
        }
        return Explanation("explain.rescaled", stretched, "", values, (told,))

    def _bonus(self, marks: list[ItemMark]) -> Explanation:
        got = Span.exactly(0)
        for mark in marks:
            got += mark.score.got
        cap = Fraction(self._checklist.bonus.cap) if self._checklist.bonus else ZERO
        capped = got.clamped(ZERO, cap)
        values = {"cap": printed(cap), "before": printed(got.low), **_numbers_of(capped)}
        return Explanation("explain.bonus", capped, "", values, tuple(mark.score.explanation for mark in marks))

    # --- levels

    def _grade(self, grade: Grade, total: Span, groups: list[GroupScore], gates: tuple[GateResult, ...]) -> GradeResult:
        applicable = sum((group.full for group in groups), ZERO)
        needed = self._needed(grade, applicable)
        checks = [self._total_reached(grade, total, applicable), *(gate.ok for gate in gates)]
        if not applicable:
            checks.append(False)  # nothing applied, so nothing was shown
        if self._may_be_vetoed or self._removable == applicable:
            checks.append(None)
        for group in groups:
            share = self._group_share(grade, group.key)
            if share is not None and group.full:
                checks.append(_at_least(group.got, group.full * share / 100))
        reached = False if False in checks else (None if None in checks else True)
        return GradeResult(grade.key, reached, needed)

    def _needed(self, grade: Grade, applicable: Fraction) -> Fraction:
        """Give the total a level asks for when items of so many full marks apply."""
        needed = self._numbers.value(grade.total_at_least)
        scale = self._checklist.na_policy is NaPolicy.SCALE_THRESHOLDS
        return needed * applicable / self._full if scale else needed

    def _total_reached(self, grade: Grade, total: Span, applicable: Fraction) -> bool | None:
        reached = _at_least(total, self._needed(grade, applicable))
        if reached is False and self._checklist.na_policy is NaPolicy.SCALE_THRESHOLDS and self._removable:
            # A level above full marks shrinks faster than the total when items drop out.
            best = _at_least(
                Span(ZERO, total.high - self._removable), self._needed(grade, applicable - self._removable)
            )
            return None if best is not False else False
        return reached

    def _group_share(self, grade: Grade, key: str) -> Fraction | None:
        exceptions = dict(grade.group_exceptions)
        quantity = exceptions.get(key, grade.groups_at_least)
        return None if quantity is None else self._numbers.value(quantity)


def _at_least(span: Span, needed: Fraction) -> bool | None:
    if span.low >= needed:
        return True
    return False if span.high < needed else None


def _level(grades: tuple[GradeResult, ...], missing: tuple[str, ...]) -> str | None:
    reached = [grade.key for grade in takewhile(lambda grade: grade.reached, grades)]
    return reached[-1] if reached and not missing else None


def _passed(grades: tuple[GradeResult, ...], gates: tuple[GateResult, ...], missing: tuple[str, ...]) -> bool | None:
    """Passing waits for every answer; failing does not, once nothing could turn it."""
    if grades[0].reached is False or any(gate.ok is False for gate in gates):
        return False
    return None if missing else grades[0].reached


def _numbers_of(span: Span) -> dict[str, str]:
    return {"low": printed(span.low), "high": printed(span.high), "points": printed(span.low)}
