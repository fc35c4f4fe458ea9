"""The names at the left of rows: in two lines where they are long, cut where even that is too little."""

from __future__ import annotations

from collections.abc import Sequence

from wufei_cells.charts.drawing import GAP, Drawing
from wufei_cells.charts.labels import MIDDLE, cut, in_lines
from wufei_cells.charts.marks import Tone

SHARE = 0.3  # of the picture's width, at most
LEADING = 1.2  # of the size
AIR = 0.95  # of the size, between rows


class NameColumn:
    """Names, the width of their column, and the least height of rows that they need."""

    def __init__(self, drawing: Drawing, names: Sequence[str], head: str = "") -> None:
        self._drawing = drawing
        self.width = min(drawing.widest([*names, head], bold=True), drawing.width * SHARE)
        self._head = cut(head, self.width, drawing.size, drawing.measure)
        self._lines = [in_lines(name, self.width + 0.5, 2, drawing.size, drawing.measure) for name in names]
        lines = max(map(len, self._lines), default=1)
        self.row_height = drawing.size * (max(lines, 1) * LEADING + AIR)

    @property
    def right(self) -> float:
        """Where what stands beside the names begins."""
        return self.width + GAP * 1.5

    def write_head(self, base: float) -> None:
        """Write what the names are, on a base line."""
        self._drawing.text(0, base, self._head, Tone.QUIET)

    def write(self, number: int, middle: float, *, bold: bool = False) -> None:
        """Write a name around a height."""
        size, lines = self._drawing.size, self._lines[number]
        first = middle - (len(lines) - 1) * LEADING * size / 2 + MIDDLE * size
        for place, line in enumerate(lines):
            self._drawing.text(0, first + place * LEADING * size, line, bold=bold)
