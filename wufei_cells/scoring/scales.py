"""From a number to points: ladders, lines and steps."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.rules import Bands, Bound, Effect, Line, Outcome, PartStep, Scale, Steps
from wufei_cells.scoring.conditions import within
from wufei_cells.scoring.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Scaled:
    """Points read off a scale, the effect that came with them, and the sentence that explains them."""

    points: Fraction
    effect: Effect | None
    code: str
    values: dict[str, str]


def apply_scale(scale: Scale, number: Fraction, full: Fraction, numbers: Numbers, *, inside: bool) -> Scaled:
    """Read a number on a scale. ``inside``: within a sum, where steps start at 0 unless they say otherwise."""
    match scale:
        case Bands():
            return _bands(scale, number, numbers)
        case Line():
            points = interpolate(scale, number, numbers)
            return Scaled(points, None, "explain.line", {"number": printed(number), "points": printed(points)})
        case Steps():
            return _steps(scale, number, full, numbers, inside=inside)


def scale_limits(scale: Scale, full: Fraction, numbers: Numbers, *, inside: bool) -> tuple[Fraction, Fraction]:
    """Give the least and the most points a scale can yield, as far as it says."""
    match scale:
        case Bands():
            ends = [point for band in scale.bands for point in _ends(band.result, numbers)]
        case Line():
            ends = _ends(scale, numbers)
        case Steps():
            low, high = step_limits(scale, full, numbers, inside=inside)
            start = min(max(step_start(scale, full, numbers, inside=inside), low), high)
            return (low, start) if numbers.value(scale.points) < 0 else (start, high)
    return min(ends), max(ends)


def interpolate(line: Line, number: Fraction, numbers: Numbers) -> Fraction:
    """Read a number on a line of corners; flat beyond its ends."""
    corners = [(numbers.value(x), numbers.value(y)) for x, y in line.corners]
    if number <= corners[0][0]:
        return corners[0][1]
    for (left, low), (right, high) in itertools.pairwise(corners):
        if number <= right:
            return low + (high - low) * (number - left) / (right - left)
    return corners[-1][1]


def _ends(result: Outcome | Line, numbers: Numbers) -> list[Fraction]:
    if isinstance(result, Outcome):
        return [numbers.value(result.points)]
    return [numbers.value(y) for _x, y in result.corners]


def _bands(bands: Bands, number: Fraction, numbers: Numbers) -> Scaled:
    for band in bands.bands:
        if band.bound is not None and not within(band.bound, number, numbers):
            continue
        values = {"number": printed(number), **_bound_values(band.bound, numbers)}
        code = f"explain.band_{band.bound.comparison.value}" if band.bound else "explain.band_otherwise"
        if isinstance(band.result, Outcome):
            points, effect = numbers.value(band.result.points), band.result.effect
        else:
            points, effect = interpolate(band.result, number, numbers), None
        return Scaled(points, effect, code, {**values, "points": printed(points)})
    raise AssertionError("a checked ladder ends in a band without bound")


def _bound_values(bound: Bound | None, numbers: Numbers) -> dict[str, str]:
    return {} if bound is None else {"bound": exact(numbers.value(bound.value))}


def step_start(steps: Steps, full: Fraction, numbers: Numbers, *, inside: bool) -> Fraction:
    """Give the points that steps are taken from."""
    if steps.start is not None:
        return numbers.value(steps.start)
    return full if numbers.value(steps.points) < 0 and not inside else Fraction(0)


def step_limits(steps: Steps, full: Fraction, numbers: Numbers, *, inside: bool) -> tuple[Fraction, Fraction]:
    """Give the least and the most points that steps lead to."""
    low = -full if inside else Fraction(0)
    floor = low if steps.floor is None else numbers.value(steps.floor)
    return floor, full if steps.cap is None else numbers.value(steps.cap)


def _steps(steps: Steps, number: Fraction, full: Fraction, numbers: Numbers, *, inside: bool) -> Scaled:
    reference = numbers.value(steps.reference)
    beyond = max(Fraction(0), reference - number if steps.short else number - reference)
    count = beyond / numbers.value(steps.step)
    if steps.part_step is PartStep.IGNORE:
        count = Fraction(math.floor(count))
    elif steps.part_step is PartStep.COUNT:
        count = Fraction(math.ceil(count))
    start = step_start(steps, full, numbers, inside=inside)
    each = numbers.value(steps.points)
    low, high = step_limits(steps, full, numbers, inside=inside)
    unlimited = start + count * each
    points = min(max(unlimited, low), high)
    values = {
        "number": printed(number),
        "reference": exact(reference),
        "beyond": printed(beyond),
        "met": "" if beyond else "yes",
        "part_step": steps.part_step.value,
        "count": printed(count),
        "each": exact(each),
        "step": exact(numbers.value(steps.step)),
        "start": exact(start),
        "change": printed(abs(count * each)),
        "limit": "" if points == unlimited else exact(points),
        "points": printed(points),
    }
    return Scaled(points, None, "explain.steps_short" if steps.short else "explain.steps_over", values)
