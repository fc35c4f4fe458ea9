"""The strokes and dots of a pattern, clipped by whoever draws them; the same on screen, on paper and in files."""

from __future__ import annotations

import math
from collections.abc import Iterator

from wufei_cells.charts.marks import Area, Block, Pattern

PITCH = 5.0
DOT = 0.9  # radius
STROKE = 0.9

Stroke = tuple[float, float, float, float]


def bounds_of(mark: Area | Block) -> tuple[float, float, float, float]:
    """Give left, top, right and bottom."""
    if isinstance(mark, Block):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    xs, ys = zip(*mark.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def strokes_of(mark: Area | Block) -> Iterator[Stroke]:
    """Give the strokes of a striped or crossed area; for a block they end at its edges."""
    if mark.pattern not in (Pattern.STRIPES, Pattern.CROSSED):
        return
    left, top, right, bottom = bounds_of(mark)
    high = bottom - top
    start = math.floor((left - high) / PITCH) * PITCH
    for place in range(math.ceil((right - start) / PITCH) + 1):
        x = start + place * PITCH
        enter, leave = max(x, left), min(x + high, right)
        if leave > enter:
            rise, run = bottom - (enter - x), bottom - (leave - x)
            yield enter, rise, leave, run
            if mark.pattern is Pattern.CROSSED:
                yield enter, top + bottom - rise, leave, top + bottom - run


def dots_of(mark: Area | Block) -> Iterator[tuple[float, float]]:
    """Give the middles of a dotted area's dots, every other row between those above it."""
    if mark.pattern is not Pattern.DOTS:
        return
    left, top, right, bottom = bounds_of(mark)
    for row in range(int((bottom - top) / (PITCH * 0.75)) + 1):
        y = top + PITCH / 2 + row * PITCH * 0.75
        for place in range(int((right - left) / PITCH) + 1):
            x = left + PITCH * (0.5 + place + (row % 2) / 2)
            if x + DOT <= right and y + DOT <= bottom:
                yield x, y
