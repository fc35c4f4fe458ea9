"""From a number to points, as formulas: ladders, lines and steps."""

from __future__ import annotations

import itertools
from fractions import Fraction

from wufei_cells.domain.rules import Bands, Effect, Line, Outcome, PartStep, Scale, Steps
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.scales import step_limits, step_start
from wufei_cells.workbooks.formulas.conditions import SIGNS
from wufei_cells.workbooks.formulas.workings import exactly, number


def points(scale: Scale, measured: str, full: Fraction, numbers: Numbers, *, inside: bool) -> str:
    """Give the points for the number in the cell ``measured``; ``inside``: within a sum."""
    match scale:
        case Bands():
            return _ladder(scale, measured, numbers, [_result(band.result, measured, numbers) for band in scale.bands])
        case Line():
            return interpolated(scale, measured, numbers)
        case Steps():
            return _steps(scale, measured, full, numbers, inside=inside)


def brings(scale: Scale, effect: Effect, measured: str, numbers: Numbers) -> str | None:
    """Give 1 where a number brings an effect with it, else 0; ``None`` where none does."""
    if not isinstance(scale, Bands):
        return None
    hits = [isinstance(band.result, Outcome) and band.result.effect is effect for band in scale.bands]
    return _ladder(scale, measured, numbers, [str(int(hit)) for hit in hits]) if any(hits) else None


def interpolated(line: Line, measured: str, numbers: Numbers) -> str:
    """Read a number on a line of corners; flat beyond its ends."""
    corners = [(numbers.value(x), numbers.value(y)) for x, y in line.corners]
    formula = number(corners[-1][1])
    for (left, low), (right, high) in reversed(list(itertools.pairwise(corners))):
        rise = f"{number(low)}+{number(high - low)}*({measured}-{number(left)})/{number(right - left)}"
        formula = f"IF({measured}<={number(right)},{rise},{formula})"
    return f"IF({measured}<={number(corners[0][0])},{number(corners[0][1])},{formula})"


def _result(result: Outcome | Line, measured: str, numbers: Numbers) -> str:
    return (
        number(numbers.value(result.points)) if isinstance(result, Outcome) else interpolated(result, measured, numbers)
    )


def _ladder(bands: Bands, measured: str, numbers: Numbers, results: list[str]) -> str:
    formula = "0"
    for band, result in reversed(list(zip(bands.bands, results, strict=True))):
        if band.bound is None:
            formula = result
        else:
            reached = f"{exactly(measured)}{SIGNS[band.bound.comparison]}{number(numbers.value(band.bound.value))}"
            formula = f"IF({reached},{result},{formula})"
    return formula


def _steps(steps: Steps, measured: str, full: Fraction, numbers: Numbers, *, inside: bool) -> str:
    reference = number(numbers.value(steps.reference))
    beyond = f"MAX(0,{reference}-{measured})" if steps.short else f"MAX(0,{measured}-{reference})"
    count = f"{beyond}/{number(numbers.value(steps.step))}"
    if steps.part_step is PartStep.IGNORE:
        count = f"INT({exactly(count)})"
    elif steps.part_step is PartStep.COUNT:
        count = f"-INT(-{exactly(count)})"
    low, high = step_limits(steps, full, numbers, inside=inside)
    start, each = step_start(steps, full, numbers, inside=inside), numbers.value(steps.points)
    return f"MIN(MAX({number(start)}+({count})*{number(each)},{number(low)}),{number(high)})"
