"""What a picture is made of: marks at places, in tones that each surface paints in colors of its own.

Lengths are points of a page or logical pixels of a screen; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import StrEnum

REACH = 8.0
"""What a spot is taken for at least, so that a pointer meets it."""
Measure = Callable[[str, float, bool], float]
"""Gives the width of a text at a size, bold or not; the window and the documents have their own."""


class Tone(StrEnum):
    """What a color says; the theme and the documents know which color that is on a light, dark or printed ground."""

    INK = "ink"
    QUIET = "quiet"
    GRID = "grid"
    GROUND = "ground"
    """What lies behind a bar: the way not gone yet."""
    ACCENT = "accent"
    SOFT = "soft"
    """A lighter accent: what is expected and not there yet."""
    ATTENTION = "attention"
    BAD = "bad"
    SERIES_1 = "series_1"
    SERIES_2 = "series_2"
    SERIES_3 = "series_3"
    SERIES_4 = "series_4"
    SERIES_5 = "series_5"
    SERIES_6 = "series_6"
    SERIES_7 = "series_7"
    SERIES_8 = "series_8"
    HEAT_0 = "heat_0"
    HEAT_1 = "heat_1"
    HEAT_2 = "heat_2"
    HEAT_3 = "heat_3"
    HEAT_4 = "heat_4"


class Pattern(StrEnum):
    """A second way, besides tone, to tell areas apart: for print without color and for those who see few colors."""

    PLAIN = "plain"
    STRIPES = "stripes"
    DOTS = "dots"
    CROSSED = "crossed"


class Side(StrEnum):
    """Which end of a text stands at its place."""

    LEFT = "left"
    MIDDLE = "middle"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone
    pattern: Pattern = Pattern.PLAIN
    outline: bool = False
    """Only its edge is drawn."""
    bare: bool = False
    """It never has an edge: what a number stands on within a pattern."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on its base line."""

    x: float
    y: float
    text: str
    size: float
    tone: Tone = Tone.INK
    side: Side = Side.LEFT
    bold: bool = False
    on: Tone | None = None
    """The tone of the area it stands on: the surface then takes the ink that reads best there instead of the tone."""
    upward: bool = False
    """It reads from below upwards: ``x`` is its base line, ``y`` where its side stands."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle around its place."""

    x: float
    y: float
    radius: float
    tone: Tone
    hollow: bool = False
    """Only its edge is drawn; inside is what lies behind the picture."""


Mark = Line | Area | Block | Dot | Label


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that can be pointed at, pressed, or reached by keys: it stands for one figure."""

    x: float
    y: float
    width: float
    height: float
    key: Hashable
    """What the maker of the chart gave with the figure, such as the selection behind it; ``None`` leads nowhere."""
    said: str
    """The figure as a sentence."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart laid out for one size."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    spots: tuple[Spot, ...] = ()
    """In reading order. Where two lie over each other the smaller one is meant."""

    def spot_at(self, x: float, y: float) -> int | None:
        """Give the number of the smallest spot that holds a place; narrow ones are taken wider."""
        found = [
            (spot.width * spot.height, number)
            for number, spot in enumerate(self.spots)
            if _off(x, spot.x, spot.width) <= 0 and _off(y, spot.y, spot.height) <= 0
        ]
        return min(found)[1] if found else None


def _off(place: float, start: float, length: float) -> float:
    """Say how far a place is outside; what is narrower than a pointer is taken a little wider."""
    margin = max(0.0, REACH - length) / 2
    return max(start - margin - place, place - start - length - margin)
