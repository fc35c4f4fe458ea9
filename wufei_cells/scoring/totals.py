"""From item scores to group sums, total, bonus, deductions, levels and the verdict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import takewhile

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist, Grade, Group, NaPolicy, Rounding, RoundingMode, WhenAbsent
from wufei_cells.domain.rules import Quantity
from wufei_cells.errors import Problem
from wufei_cells.scoring.group_sums import GroupSums, ItemMark, numbers_of, worths
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scorecard import (
    Explanation,
    GateResult,
    GradeResult,
    GroupScore,
    Scorecard,
    Span,
)

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Found:
    """What the items of one assessment gave, before it is added up."""

    marks: Mapping[str, ItemMark]
    gates: tuple[GateResult, ...]
    missing: tuple[str, ...]
    cautions: tuple[Problem, ...]
    zeroed: bool | None
    """Whether an answer sets the total to nothing; ``None`` while a missing one still could."""
    may_be_vetoed: bool
    """Whether a missing answer could still rule passing out."""


class Totals:
    """Adds up what was found under the rules of one edition."""

    def __init__(self, checklist: Checklist, numbers: Numbers, found: Found) -> None:
        self._checklist = checklist
        self._rules = checklist.scoring
        self._numbers = numbers
        self._found = found
        self._full = Fraction(checklist.full)
        self._sums = GroupSums(found.marks, prorate=self._rules.na_policy is NaPolicy.PRORATE)
        self._extras = GroupSums(found.marks, prorate=False)  # bonus and deductions are never stretched
        self._worths = worths(checklist.groups)
        counted = [found.marks[item.key] for group in checklist.groups for item in group.all_items()]
        self._nothing_applies = not any(mark.score.applies for mark in counted)
        self._nothing_may_apply = all(mark.removable or not mark.score.applies for mark in counted)
        self._counted_marks = counted
        self._removable = self._worth_of(mark for mark in counted if mark.removable)
        self._na_share = self._set_aside()

    def scorecard(self) -> Scorecard:
        """Put the parts together."""
        found, checklist = self._found, self._checklist
        groups = [self._group(group) for group in checklist.groups]
        base = self._base(groups)
        bonus = self._extra(checklist.bonus.group if checklist.bonus else None, "explain.bonus")
        taken = self._extra(checklist.deductions.group if checklist.deductions else None, "explain.deductions")
        told = self._total(base, bonus, taken)
        counted = self._counted(base.span, bonus.span, taken.span)
        grades = tuple(self._grade(grade, counted, groups) for grade in checklist.grades)
        cautions = found.cautions
        if self._nothing_applies:
            cautions = (*cautions, Problem("caution.nothing_applies"))
        return Scorecard(
            total=told.span,
            base=self._finally(base.span),
            bonus=bonus.span,
            deductions=taken.span,
            counted=counted,
            full=self._full,
            level=_level(grades, found.missing),
            passed=_passed(grades, found.gates, found.missing),
            gates=found.gates,
            groups=tuple(groups),
            items=tuple(found.marks[item.key].score for item in checklist.items()),
            grades=grades,
            missing=found.missing,
            cautions=cautions,
            explanation=told,
            set_aside=self._na_share,
            set_aside_limit=self._na_limit,
        )

    # --- sums

    def _group(self, group: Group) -> GroupScore:
        node = self._sums.group(group)
        share = self._group_share(self._checklist.grades[0], group.key)
        needed = None if share is None or not node.full else node.full * share / 100
        told = node.told
        if needed is not None:
            told = replace(told, values={**told.values, "needed": exact(needed)})
        return GroupScore(group.key, node.got, node.full, needed, told)

    def _base(self, groups: list[GroupScore]) -> Explanation:
        got = sum((group.got for group in groups), Span.exactly(0))
        applicable = sum((group.full for group in groups), ZERO)
        children = tuple(group.explanation for group in groups)
        told = Explanation("explain.base", got, "", {"full": printed(applicable), **numbers_of(got)}, children)
        # Where marks to reach shrink, they are what is held against full marks; points stay as they are.
        if self._rules.na_policy is NaPolicy.SCALE_THRESHOLDS or applicable in (ZERO, self._full):
            return told
        stretched = got.scaled(self._full / applicable)
        values = {
            "full": printed(self._full),
            "applicable": printed(applicable),
            "before": printed(got.low),
            "exact": exact(stretched.low),
            **numbers_of(stretched),
        }
        return Explanation("explain.rescaled", stretched, "", values, (told,))

    def _extra(self, group: Group | None, code: str) -> Explanation:
        """Add up the bonus or the deductions, up to their cap."""
        if group is None:
            return Explanation(code, Span.exactly(0))
        node = self._extras.plain(group)
        of = self._checklist.bonus if code == "explain.bonus" else self._checklist.deductions
        cap = Fraction(of.cap) if of else ZERO
        capped = node.got.clamped(ZERO, cap)
        values = {"cap": printed(cap), "before": printed(node.got.low), **numbers_of(capped)}
        return Explanation(code, capped, "", values, node.told.children)

    def _total(self, base: Explanation, bonus: Explanation, taken: Explanation) -> Explanation:
        parts = [base, *([bonus] if self._checklist.bonus else []), *([taken] if self._checklist.deductions else [])]
        sum_of_parts = base.span + bonus.span - taken.span
        total = sum_of_parts.at_least(ZERO)
        told = Explanation("explain.total", total, "", numbers_of(total), tuple(parts))
        if self._rules.rounding is not None:
            rounded = total.each(self._rounded)
            values = {"places": str(self._rules.rounding.places), "exact": exact(total.low), **numbers_of(rounded)}
            told = Explanation(f"explain.rounded_{self._rules.rounding.mode.value}", rounded, "", values, (told,))
        if self._found.zeroed is not False:
            total = self._after_zero(told.span)
            code = "explain.zeroed" if self._found.zeroed else "explain.may_be_zeroed"
            told = Explanation(code, total, "", numbers_of(total), (told,))
        return told

    def _counted(self, base: Span, bonus: Span, taken: Span) -> Span:
        """Give the points that levels are held against."""
        counts = self._checklist.bonus is not None and self._checklist.bonus.counts_for_pass
        return self._finally(((base + bonus if counts else base) - taken).at_least(ZERO))

    def _finally(self, span: Span) -> Span:
        return self._after_zero(span.each(self._rounded))

    def _rounded(self, value: Fraction) -> Fraction:
        return value if self._rules.rounding is None else rounded(value, self._rules.rounding)

    def _after_zero(self, span: Span) -> Span:
        """Apply an answer that sets the whole total to nothing, or that still may."""
        if self._found.zeroed is False:
            return span
        return Span(ZERO, ZERO if self._found.zeroed else span.high)

    # --- what was set aside

    def _set_aside(self) -> Fraction:
        """Give the percentage of full marks that assessors set aside; what facts exclude does not count."""
        asked = self._worth_of(mark for mark in self._counted_marks if mark.score.applies or mark.set_aside)
        aside = self._worth_of(mark for mark in self._counted_marks if mark.set_aside)
        return aside / asked * 100 if asked else ZERO

    def _worth_of(self, marks: Iterable[ItemMark]) -> Fraction:
        return sum((self._worths[mark.score.key] for mark in marks), ZERO)

    @property
    def _na_limit(self) -> Fraction | None:
        limit = self._rules.na_at_most
        return None if limit is None else self._numbers.value(limit)

    def _little_set_aside(self) -> bool | None:
        """Tell whether what was set aside keeps to its limit; facts that are open may still exclude some of it."""
        limit = self._na_limit
        if limit is None:
            return True
        asked = [mark for mark in self._counted_marks if mark.score.applies or mark.set_aside]
        surely = [mark for mark in asked if not mark.undecided]
        if self._worth_of(mark for mark in surely if mark.set_aside) * 100 > self._worth_of(asked) * limit:
            return False
        possible = self._worth_of(mark for mark in asked if mark.set_aside or mark.removable)
        return True if possible * 100 <= self._worth_of(surely) * limit else None

    # --- levels

    def _grade(self, grade: Grade, total: Span, groups: list[GroupScore]) -> GradeResult:
        applicable = sum((group.full for group in groups), ZERO)
        needed = self._needed(grade, applicable)
        checks = [self._total_reached(grade, total, applicable), *(gate.ok for gate in self._found.gates)]
        checks.append(self._little_set_aside())
        if self._nothing_applies:
            checks.append(False)  # nothing was shown
        if self._found.may_be_vetoed or self._nothing_may_apply:
            checks.append(None)
        by_key = {group.key: self._group_reached(grade, group) for group in groups}
        by_key |= {key: self._item_reached(key, quantity) for key, quantity in grade.items_at_least}
        checks += by_key.values()
        reached = False if False in checks else (None if None in checks else True)
        short = tuple(key for key, met in by_key.items() if met is False)
        return GradeResult(grade.key, reached, needed, short)

    def _group_reached(self, grade: Grade, group: GroupScore) -> bool | None:
        share = self._group_share(grade, group.key)
        if share is None:
            return True
        if not group.full:
            return self._rules.empty_group is WhenAbsent.MET
        reached = group.got.reaches(group.full * share / 100)
        if reached and self._rules.empty_group is WhenAbsent.FAILED and self._may_become_empty(group.key):
            return None
        return reached

    def _may_become_empty(self, key: str) -> bool:
        group = next(group for group in self._checklist.groups if group.key == key)
        marks = [self._found.marks[item.key] for item in group.all_items()]
        return all(mark.removable or not mark.kept for mark in marks)

    def _item_reached(self, key: str, quantity: Quantity) -> bool | None:
        mark = self._found.marks[key]
        share = self._numbers.value(quantity)
        return mark.score.got.reaches(mark.score.full * share / 100) if mark.score.applies else True

    def _needed(self, grade: Grade, applicable: Fraction) -> Fraction:
        """Give the total a level asks for when items of so many full marks apply."""
        needed = self._numbers.value(grade.total_at_least)
        scale = self._rules.na_policy is NaPolicy.SCALE_THRESHOLDS
        return needed * applicable / self._full if scale else needed

    def _total_reached(self, grade: Grade, total: Span, applicable: Fraction) -> bool | None:
        reached = total.reaches(self._needed(grade, applicable))
        if reached is False and self._rules.na_policy is NaPolicy.SCALE_THRESHOLDS and self._removable:
            if self._rules.rounding or any(group.cap is not None for group in self._checklist.all_groups()):
                return None  # what drops out may then change the mark to reach by more than it changes the total
            # A level above full marks shrinks faster than the total when items drop out.
            best = Span(ZERO, total.high - self._removable)
            return None if best.reaches(self._needed(grade, applicable - self._removable)) is not False else False
        return reached

    def _group_share(self, grade: Grade, key: str) -> Fraction | None:
        quantity = grade.group_share(key)
        return None if quantity is None else self._numbers.value(quantity)


def rounded(value: Fraction, rounding: Rounding) -> Fraction:
    """Round a total as the checklist says."""
    scale = 10**rounding.places
    match rounding.mode:
        case RoundingMode.HALF_UP:
            steps = math.floor(value * scale + Fraction(1, 2))
        case RoundingMode.DOWN:
            steps = math.floor(value * scale)
        case RoundingMode.UP:
            steps = math.ceil(value * scale)
    return Fraction(steps, scale)


def _level(grades: tuple[GradeResult, ...], missing: tuple[str, ...]) -> str | None:
    reached = [grade.key for grade in takewhile(lambda grade: grade.reached, grades)]
    return reached[-1] if reached and not missing else None


def _passed(grades: tuple[GradeResult, ...], gates: tuple[GateResult, ...], missing: tuple[str, ...]) -> bool | None:
    """Passing waits for every answer; failing does not, once nothing could turn it."""
    if grades[0].reached is False or any(gate.ok is False for gate in gates):
        return False
    return None if missing else grades[0].reached
