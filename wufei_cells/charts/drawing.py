"""A picture in the making: marks and spots are collected, with the text's size and measure at hand."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from wufei_cells.charts.labels import MIDDLE
from wufei_cells.charts.marks import Label, Line, Mark, Measure, Picture, Side, Spot, Tone
from wufei_cells.charts.scales import Scale, Ticks

LEAST_WIDTH = 240.0
GAP = 8.0


class Drawing:
    """Collects what a picture holds.

    Args:
        width: of the picture; widened where it is too little for any chart.
        size: of the text.
        measure: tells how wide text is.
    """

    def __init__(self, width: float, size: float, measure: Measure) -> None:
        self.width = max(width, LEAST_WIDTH, size * 16)
        self.size = size
        self.measure = measure
        self.marks: list[Mark] = []
        self.spots: list[Spot] = []

    def add(self, *marks: Mark) -> None:
        """Put marks over what is there."""
        self.marks += marks

    def under(self, marks: Iterable[Mark]) -> None:
        """Put marks below what is there."""
        self.marks[:0] = marks

    def wide(self, text: str, *, bold: bool = False) -> float:
        """Tell how wide a text is."""
        return self.measure(text, self.size, bold)

    def widest(self, texts: Iterable[str], *, bold: bool = False) -> float:
        """Tell how wide the widest text is; nothing without texts."""
        return max((self.measure(text, self.size, bold) for text in texts), default=0.0)

    def text(
        self, x: float, y: float, text: str, tone: Tone = Tone.INK, side: Side = Side.LEFT, *, bold: bool = False
    ) -> None:
        """Write a text on a base line; nothing for an empty one."""
        if text:
            self.add(Label(x, y, text, self.size, tone, side, bold))

    def centered(self, x: float, text: str, tone: Tone = Tone.QUIET, *, bold: bool = False) -> Label:
        """Give a label around a place, moved inwards where it would leave the picture; it has no base line yet."""
        half = self.wide(text, bold=bold) / 2
        return Label(min(max(x, half), self.width - half), 0.0, text, self.size, tone, Side.MIDDLE, bold)

    def upright(
        self, x: float, top: float, bottom: float, tone: Tone, *, width: float = 1.0, dash: Sequence[float] = ()
    ) -> None:
        """Draw an upright line."""
        self.add(Line(((x, top), (x, bottom)), tone, width, tuple(dash)))

    def level(
        self, y: float, left: float, right: float, tone: Tone, *, width: float = 1.0, dash: Sequence[float] = ()
    ) -> None:
        """Draw a level line."""
        self.add(Line(((left, y), (right, y)), tone, width, tuple(dash)))

    def grid(self, ticks: Ticks, texts: Sequence[str], scale: Scale, left: float, right: float) -> None:
        """Draw a level line for each tick of an upright axis, its figure at the left; the line at zero is stronger."""
        for value, text in zip(ticks.values, texts, strict=True):
            y = scale.at(value)
            self.level(y, left, right, Tone.QUIET if value == 0 else Tone.GRID)
            self.text(left - GAP * 0.75, y + MIDDLE * self.size, text, Tone.QUIET, Side.RIGHT)

    def spot(self, left: float, top: float, right: float, bottom: float, said: str, key: Hashable) -> None:
        """Make a place that can be pointed at; what would leave the picture is cut off."""
        left, right = max(0.0, left), min(self.width, right)
        self.spots.append(
            Spot(left, max(0.0, top), max(0.0, right - left), max(0.0, bottom - max(0.0, top)), key, said)
        )

    def picture(self, height: float) -> Picture:
        """Give the picture."""
        return Picture(self.width, height, tuple(self.marks), tuple(self.spots))
