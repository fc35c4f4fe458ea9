"""Lays out dots with their ranges."""

from __future__ import annotations

from wufei_cells.charts.drawing import GAP, Drawing
from wufei_cells.charts.labels import MIDDLE, cut
from wufei_cells.charts.marks import Dot, Label, Measure, Picture, Side, Tone
from wufei_cells.charts.name_column import NameColumn
from wufei_cells.charts.ranges import RangeRow, Ranges
from wufei_cells.charts.scales import Scale, round_ticks

TEXT_SHARE = 0.3  # of the width, at most for the texts at the right
RADIUS = 4.5
CAP = 4.0  # half the length of the ends of a range


def lay_out_ranges(chart: Ranges, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place; the picture is higher where rows need it."""
    return _RangesLayout(chart, Drawing(width, size, measure), height).lay_out()


class _RangesLayout:
    """One chart on its way to a picture."""

    def __init__(self, chart: Ranges, drawing: Drawing, height: float | None) -> None:
        self.chart, self.drawing = chart, drawing
        size = drawing.size
        self.names = NameColumn(drawing, [row.name for row in chart.rows], chart.words.name)
        self.room = min(
            drawing.widest([chart.text_head, *(row.text for row in chart.rows)], bold=True), drawing.width * TEXT_SHARE
        )
        self.top = size * 1.8
        foot = size * (3.2 if chart.words.below or chart.words.above else 1.9)
        least, count = self.names.row_height, max(len(chart.rows), 1)
        room = (height - self.top - foot) / count if height is not None else least
        self.row = min(max(room, least), least * 1.8)
        self.bottom = self.top + self.row * count
        self.height = max(height or 0.0, self.bottom + foot)
        self.scale = self._scale()

    def lay_out(self) -> Picture:
        self._draw_axis()
        self._write_heads()
        for number, row in enumerate(self.chart.rows):
            self._lay_row(number, row)
        return self.drawing.picture(self.height)

    def _scale(self) -> Scale:
        drawing, rows = self.drawing, self.chart.rows
        values = [value for row in rows for value in (row.value, row.low, row.high) if value is not None]
        left, right = self.names.right + RADIUS, drawing.width - self.room - GAP * (2 if self.room else 1)
        low, high = min(values, default=0.0), max(values, default=0.0)
        half = 0.0
        for most in range(9, 1, -1):
            self.ticks = round_ticks(low, high, most, whole=False)
            texts = self.ticks.texts(signed=True)
            half = drawing.widest(texts) / 2
            if (half * 2 + GAP) * (len(texts) - 1) <= right - left - half * 2:
                break
        left, right = max(left, half), min(right, drawing.width - half)
        return Scale(self.ticks.low, self.ticks.high, left, right)

    def _draw_axis(self) -> None:
        drawing, size = self.drawing, self.drawing.size
        for value, text in zip(self.ticks.values, self.ticks.texts(signed=True), strict=True):
            x = self.scale.at(value)
            zero = value == 0
            drawing.upright(x, self.top, self.bottom, Tone.INK if zero else Tone.GRID, width=1.5 if zero else 1.0)
            drawing.text(x, self.bottom + size * 1.25, text, Tone.QUIET, Side.MIDDLE)
        words, half = self.chart.words, (self.scale.end - self.scale.start) / 2 - GAP / 2
        base = self.bottom + size * 2.6
        drawing.text(self.scale.start, base, cut(words.below, half, size, drawing.measure), Tone.QUIET)
        drawing.text(self.scale.end, base, cut(words.above, half, size, drawing.measure), Tone.QUIET, Side.RIGHT)

    def _write_heads(self) -> None:
        drawing, size = self.drawing, self.drawing.size
        self.names.write_head(size * 1.1)
        head = cut(self.chart.text_head, self.room, size, drawing.measure)
        drawing.text(drawing.width - 2, size * 1.1, head, Tone.QUIET, Side.RIGHT)

    def _lay_row(self, number: int, row: RangeRow) -> None:
        drawing, size = self.drawing, self.drawing.size
        top = self.top + number * self.row
        middle = top + self.row / 2
        tone = Tone.ATTENTION if row.noticed else Tone.ACCENT
        self.names.write(number, middle, bold=row.noticed)
        if row.low is not None and row.high is not None:
            low, high = self.scale.at(min(row.low, row.high)), self.scale.at(max(row.low, row.high))
            drawing.level(middle, low, high, tone, width=2.0)
            for x in (low, high):
                drawing.upright(x, middle - CAP, middle + CAP, tone, width=2.0)
        drawing.add(Dot(self.scale.at(row.value), middle, RADIUS, tone))
        text = cut(row.text, self.room, size, drawing.measure, bold=row.noticed)
        if text:
            base = middle + MIDDLE * size
            drawing.add(Label(drawing.width - 2, base, text, size, Tone.INK, Side.RIGHT, bold=row.noticed))
        drawing.spot(0, top, drawing.width, top + self.row, row.said, row.key)
