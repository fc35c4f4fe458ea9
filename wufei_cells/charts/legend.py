"""What the looks of a chart mean: little samples with their words, in as many lines as it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from wufei_cells.charts.labels import cut, wide
from wufei_cells.charts.marks import Area, Block, Label, Line, Mark, Measure, Pattern, Tone


class Sample(Enum):
    """How a thing looks in the chart."""

    BLOCK = auto()
    LINE = auto()
    DASHED = auto()
    TICK = auto()
    """An upright line: a target."""
    DROP = auto()
    """An arrow down: a loss."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A look and what it means."""

    text: str
    tone: Tone
    sample: Sample = Sample.BLOCK
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class Legend:
    """A legend at its place."""

    marks: tuple[Mark, ...]
    height: float


DASH = (4.0, 3.0)
TARGET_DASH = (3.0, 2.0)
DROP = 4.0  # half the width of an arrow


def lay_legend(
    entries: Sequence[LegendEntry], x: float, y: float, width: float, size: float, measure: Measure
) -> Legend:
    """Set entries one behind the other from the upper left corner on."""
    entries = [entry for entry in entries if entry.text]
    if not entries:
        return Legend((), 0.0)
    swatch, leading = size * 1.1, size * 1.6
    marks: list[Mark] = []
    at, line = x, 0
    for entry in entries:
        text = cut(entry.text, width - swatch - size * 0.4, size, measure)
        needed = swatch + size * 0.4 + wide(text, size, measure)
        if at > x and at + needed > x + width:
            at, line = x, line + 1
        base = y + line * leading + size * 1.1
        marks += _sample(entry, at, base - size * 0.36, swatch)
        marks.append(Label(at + swatch + size * 0.4, base, text, size, Tone.QUIET))
        at += needed + size * 1.3
    return Legend(tuple(marks), (line + 1) * leading)


def _sample(entry: LegendEntry, x: float, middle: float, width: float) -> list[Mark]:
    if entry.sample is Sample.BLOCK:
        side = width * 0.85
        return [Block(x, middle - side / 2, side, side, entry.tone, entry.pattern)]
    if entry.sample in (Sample.LINE, Sample.DASHED):
        dash = DASH if entry.sample is Sample.DASHED else ()
        return [Line(((x, middle), (x + width, middle)), entry.tone, 2.0, dash)]
    half, place = width / 2, x + width / 2
    if entry.sample is Sample.DROP:
        return [Line(((place, middle - half), (place, middle)), entry.tone, 3.0), drop_mark(place, middle)]
    return [Line(((place, middle - half), (place, middle + half)), entry.tone, 2.0, TARGET_DASH)]


def drop_mark(x: float, y: float) -> Area:
    """Give the point of an arrow that leads down to a place and a little below it."""
    return Area(((x - DROP, y), (x + DROP, y), (x, y + DROP * 1.4)), Tone.ATTENTION)
