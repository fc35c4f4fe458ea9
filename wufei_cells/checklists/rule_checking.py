"""Check one scoring rule: keys of its parts, order of its ladder, and that it can give full marks but no more."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from wufei_cells.checklists.yaml_source import Path
from wufei_cells.domain.amounts import plain, printed
from wufei_cells.domain.conditions import Condition
from wufei_cells.domain.formula_names import names_in, parameters_in
from wufei_cells.domain.rules import (
    Bands,
    Best,
    Calculated,
    Comparison,
    Count,
    Input,
    Level,
    Levels,
    Line,
    Measure,
    Measured,
    Option,
    Outcome,
    ParameterRef,
    Part,
    PartStep,
    Quantity,
    Rule,
    Share,
    Steps,
    Sum,
    Ticks,
    YesNo,
)

_DOWNWARDS = (Comparison.AT_LEAST, Comparison.ABOVE)


class Note(Protocol):
    """Takes a problem."""

    def __call__(self, path: Path, code: str, **values: object) -> None:
        """Note a problem at a place."""


Value = Callable[[Quantity, Path], Decimal | None]


def check_rule(rule: Rule, full: Decimal, path: Path, note: Note, value: Value) -> None:
    """Note what does not make sense in an item's rule."""
    highest = _RuleCheck(full, note, value).highest(rule, path, inside=False)
    if highest is not None and highest < full:
        note(path, "rule.full_unreachable", highest=printed(highest), full=plain(full))
    if highest is not None and highest > full and not isinstance(rule, Sum | Measured):
        note(path, "rule.above_full", highest=printed(highest), full=plain(full))


class _RuleCheck:
    """Walks a rule once, noting problems, and gives the most points it can yield (``None``: cannot be told).

    ``inside`` a sum, steps start at 0 as they do when the rule is applied.
    """

    def __init__(self, full: Decimal, note: Note, value: Value) -> None:
        self.full = Fraction(full)
        self.note = note
        self._value = value

    def value(self, quantity: Quantity, path: Path) -> Fraction | None:
        value = self._value(quantity, path)
        return None if value is None else Fraction(value)

    def highest(self, rule: Rule, path: Path, *, inside: bool) -> Fraction | None:
        match rule:
            case YesNo():
                return _most([self.value(rule.yes.points, path), self.value(rule.no.points, path)])
            case Levels():
                return self._levels(rule, path)
            case Measured():
                return self._measured(rule, path, inside=inside)
            case Sum():
                return self._sum(rule, path)
            case Best():
                self._unique(rule.parts, (*path, "best"))
                parts = enumerate(rule.parts)
                return _most([self.highest(part.rule, (*path, "best", i), inside=inside) for i, part in parts])

    def _levels(self, rule: Levels, path: Path) -> Fraction | None:
        self._unique(rule.levels, (*path, "levels"))
        tops: list[Fraction | None] = []
        for index, level in enumerate(rule.levels):
            here = (*path, "levels", index)
            top = self.value(level.outcome.points, here)
            lowest = None if level.lowest is None else self.value(level.lowest, here)
            if top is not None and lowest is not None and lowest >= top:
                self.note((*here, "lowest"), "rule.empty_range", lowest=printed(lowest), highest=printed(top))
            tops.append(top)
        return _most(tops)

    def _sum(self, rule: Sum, path: Path) -> Fraction | None:
        self._unique(rule.parts, (*path, "sum"))
        tops = [self.value(rule.start, (*path, "start"))]
        tops += [self.highest(part.rule, (*path, "sum", i), inside=True) for i, part in enumerate(rule.parts)]
        known = [top for top in tops if top is not None]
        return sum(known, Fraction(0)) if len(known) == len(tops) else None

    def _measured(self, rule: Measured, path: Path, *, inside: bool) -> Fraction | None:
        if isinstance(rule.measure, Ticks):
            self._unique(rule.measure.options, (*path, "ticks"))
        if isinstance(rule.measure, Calculated):
            self._calculated(rule.measure, (*path, "calculated"))
        match rule.scale:
            case Bands():
                return self._bands(rule.scale, (*path, "bands"))
            case Line():
                return self._line(rule.scale, (*path, "line"))
            case Steps():
                return self._steps(rule.scale, (*path, "steps"), _largest(rule.measure), inside=inside)

    def _calculated(self, measure: Calculated, path: Path) -> None:
        self._unique(measure.inputs, (*path, "inputs"))
        known = {entry.key for entry in measure.inputs}
        used = dict.fromkeys(names_in(measure.formula))
        for name in used:
            if name not in known:
                self.note((*path, "formula"), "rule.unknown_input", name=name, known=", ".join(sorted(known)))
        for index, entry in enumerate(measure.inputs):
            if entry.key not in used:
                self.note((*path, "inputs", index), "rule.unused_input", name=entry.key)
        for name in dict.fromkeys(parameters_in(measure.formula)):
            self.value(ParameterRef(name), (*path, "formula"))

    def _bands(self, bands: Bands, path: Path) -> Fraction | None:
        tops: list[Fraction | None] = []
        earlier: list[tuple[Comparison, Fraction]] = []
        for index, band in enumerate(bands.bands):
            here = (*path, index)
            result = band.result
            tops.append(self.value(result.points, here) if isinstance(result, Outcome) else self._line(result, here))
            if band.bound is None:
                if index != len(bands.bands) - 1:
                    self.note(here, "rule.band_after_otherwise")
                continue
            bound = self.value(band.bound.value, here)
            if bound is not None:
                self._band_order(earlier, (band.bound.comparison, bound), here)
        if bands.bands[-1].bound is not None:
            self.note(path, "rule.no_otherwise")
        return _most(tops)

    def _band_order(
        self, earlier: list[tuple[Comparison, Fraction]], current: tuple[Comparison, Fraction], path: Path
    ) -> None:
        covering = next((band for band in earlier if _never_reached(band, current)), None)
        if covering:
            self.note(path, "rule.band_order", bound=printed(current[1]), previous=printed(covering[1]))
        earlier.append(current)

    def _line(self, line: Line, path: Path) -> Fraction | None:
        xs = [self.value(x, path) for x, _y in line.corners]
        known = [x for x in xs if x is not None]
        if len(known) == len(xs) and any(later <= earlier for earlier, later in pairwise(known)):
            self.note(path, "rule.corner_order")
        return _most([self.value(y, path) for _x, y in line.corners])

    def _steps(self, steps: Steps, path: Path, largest: int | None, *, inside: bool) -> Fraction | None:
        each = self.value(steps.points, (*path, "points"))
        step = self.value(steps.step, (*path, "each"))
        reference = self.value(steps.reference, (*path, "short_of" if steps.short else "over"))
        start, floor, cap = (
            None if quantity is None else self.value(quantity, (*path, name))
            for name, quantity in (("start", steps.start), ("floor", steps.floor), ("cap", steps.cap))
        )
        highest = self.full if cap is None else cap
        if each == 0:
            self.note((*path, "points"), "rule.step_without_points")
        if step is not None and step <= 0:
            self.note((*path, "each"), "rule.step_not_positive", found=printed(step))
        if floor is not None and floor > highest:
            self.note((*path, "floor"), "rule.floor_above_cap", floor=printed(floor), cap=printed(highest))
        if each is None or step is None or reference is None or step <= 0:
            return None
        if start is None:
            start = self.full if each < 0 and not inside else Fraction(0)
        if each < 0:
            return min(start, highest)
        farthest = reference if steps.short else None if largest is None else largest - reference
        if farthest is None:
            return highest
        return min(start + _steps_in(max(farthest, Fraction(0)) / step, steps.part_step) * each, highest)

    def _unique(self, entries: Sequence[Part | Level | Option | Input], path: Path) -> None:
        seen: set[str] = set()
        for index, entry in enumerate(entries):
            if entry.key in seen:
                self.note((*path, index, "key"), "rule.duplicate_key", name=entry.key)
            seen.add(entry.key)


def part_conditions(rule: Rule, path: Path) -> Iterator[tuple[Path, Condition]]:
    """Give the conditions on the parts of a rule, with their places."""
    if isinstance(rule, Sum | Best):
        head = "sum" if isinstance(rule, Sum) else "best"
        for index, part in enumerate(rule.parts):
            here: Path = (*path, head, index)
            if part.applies is not None:
                yield (*here, "applies"), part.applies
            yield from part_conditions(part.rule, here)


def _largest(measure: Measure) -> int | None:
    """Give the largest number a measure can have, where there is one."""
    match measure:
        case Ticks():
            return len(measure.options)
        case Count():
            return measure.at_most
        case Share():
            return None if measure.may_exceed else 100
        case _:
            return None


def _steps_in(beyond: Fraction, part_step: PartStep) -> Fraction:
    """Count the steps in a distance, as the rule does."""
    match part_step:
        case PartStep.IGNORE:
            return Fraction(math.floor(beyond))
        case PartStep.COUNT:
            return Fraction(math.ceil(beyond))
        case PartStep.PRORATE:
            return beyond


def _never_reached(earlier: tuple[Comparison, Fraction], current: tuple[Comparison, Fraction]) -> bool:
    """Whether a band stands behind one that already covers it."""
    (first, before), (second, here) = earlier, current
    if (first in _DOWNWARDS) != (second in _DOWNWARDS):
        return False
    if before == here:
        return first in (Comparison.AT_LEAST, Comparison.AT_MOST) or first == second
    return here > before if first in _DOWNWARDS else here < before


def _most(values: Sequence[Fraction | None]) -> Fraction | None:
    known = [value for value in values if value is not None]
    return max(known) if known and len(known) == len(values) else None
