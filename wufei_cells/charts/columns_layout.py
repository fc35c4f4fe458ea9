"""Lays out standing columns, and the running level above them on a scale of its own."""

from __future__ import annotations

import math
from itertools import groupby

from wufei_cells.charts.chart_table import printed, whole
from wufei_cells.charts.columns import Column, Columns
from wufei_cells.charts.drawing import GAP, Drawing
from wufei_cells.charts.figures import Figure, Series
from wufei_cells.charts.labels import cut
from wufei_cells.charts.legend import LegendEntry, Sample, lay_legend
from wufei_cells.charts.marks import Block, Dot, Label, Line, Measure, Picture, Side, Tone
from wufei_cells.charts.scales import Scale, round_ticks

LEVEL_SHARE = 0.45  # of the plot's height
FILLED = 0.7  # of a column's slot
WIDEST = 44.0
DOTS_FROM = 12.0  # width of a slot


def lay_out_columns(chart: Columns, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place."""
    return _ColumnsLayout(chart, Drawing(width, size, measure), height).lay_out()


class _ColumnsLayout:
    """One chart on its way to a picture."""

    def __init__(self, chart: Columns, drawing: Drawing, height: float | None) -> None:
        self.chart, self.drawing = chart, drawing
        size = drawing.size
        natural = min(max(drawing.width * 0.36, size * 22), size * 26)
        self.height = max(natural if height is None else height, size * (18 if chart.level else 13))
        top = self._head() + size * 1.2
        below = size * 0.9 if chart.down else 0.0  # the numbers of what was lost
        self.bottom = self.height - size * 3.2 - below
        self.names = self.bottom + below
        split = top + (self.bottom - top) * LEVEL_SHARE if chart.level else top
        self.level_top, self.level_bottom = top, split - size * 1.2
        self.top = split + size * (0.8 if chart.level else 0)
        self._scale_values()
        self._scale_level()
        texts = [*self.ticks.sizes(), *(self.level_ticks.texts() if chart.level else ())]
        self.left = drawing.widest(texts) + GAP
        self.slot = (drawing.width - self.left) / max(len(chart.columns), 1)

    def lay_out(self) -> Picture:
        self.drawing.grid(self.ticks, self.ticks.sizes(), self.scale, self.left, self.drawing.width)
        self._draw_level()
        for number, column in enumerate(self.chart.columns):
            self._lay_column(self._middle(number), column)
        self._write_names()
        return self.drawing.picture(self.height)

    # --- room

    def _head(self) -> float:
        chart, drawing = self.chart, self.drawing
        looks = ((chart.up, Sample.BLOCK), (chart.down, Sample.BLOCK), (chart.level, Sample.LINE))
        entries = [LegendEntry(one.text, one.tone, sample, one.pattern) for one, sample in looks if one]
        legend = lay_legend(entries, 0, 0, drawing.width, drawing.size, drawing.measure)
        drawing.add(*legend.marks)
        return legend.height

    def _scale_values(self) -> None:
        columns, size = self.chart.columns, self.drawing.size
        high = max((_length(one.up) for one in columns), default=0.0)
        low = max((_length(one.down) for one in columns), default=0.0)
        room = int((self.bottom - self.top) / (size * 2.0)) + 1
        self.ticks = round_ticks(-low, high, room)
        self.scale = Scale(self.ticks.low, self.ticks.high, self.bottom, self.top)

    def _scale_level(self) -> None:
        values = [one.level.value for one in self.chart.columns if one.level]
        room = int((self.level_bottom - self.level_top) / (self.drawing.size * 2.0)) + 1
        self.level_ticks = round_ticks(min(values, default=0), max(values, default=0), room)
        self.level_scale = Scale(self.level_ticks.low, self.level_ticks.high, self.level_bottom, self.level_top)

    def _middle(self, number: int) -> float:
        return self.left + (number + 0.5) * self.slot

    # --- marks

    def _lay_column(self, x: float, column: Column) -> None:
        chart = self.chart
        if chart.up and column.up:
            self._lay_part(x, column.up, chart.up, 1, bold=column.emphasized)
        if chart.down and column.down:
            self._lay_part(x, column.down, chart.down, -1, bold=column.emphasized)

    def _lay_part(self, x: float, figure: Figure, series: Series, sign: int, *, bold: bool) -> None:
        """Draw a column up or down from zero, its number beyond its end where there is room."""
        drawing, size, length = self.drawing, self.drawing.size * 0.92, _length(figure)
        zero, end = self.scale.at(0), self.scale.at(sign * length)
        broad = min(self.slot * FILLED, WIDEST)
        if length:
            drawing.add(Block(x - broad / 2, min(zero, end), broad, abs(end - zero), series.tone, series.pattern))
            text = printed(whole(length))
            if drawing.measure(text, size, bold) + 2 <= self.slot:
                base = end - size * 0.3 if sign > 0 else end + size * 0.95
                drawing.add(Label(x, base, text, size, Tone.INK, Side.MIDDLE, bold))
        far = self.top if sign > 0 else self.bottom
        top, bottom = sorted((zero, far))
        drawing.spot(x - self.slot / 2, top, x + self.slot / 2, bottom, figure.said, figure.key)

    def _draw_level(self) -> None:
        chart, drawing = self.chart, self.drawing
        if not chart.level:
            return
        drawing.grid(self.level_ticks, self.level_ticks.texts(), self.level_scale, self.left, drawing.width)
        numbered = [(number, one.level) for number, one in enumerate(chart.columns) if one.level]
        points = [(self._middle(number), self.level_scale.at(figure.value)) for number, figure in numbered]
        if len(points) > 1:
            drawing.add(Line(tuple(points), chart.level.tone, 2.0))
        shown = points if self.slot >= DOTS_FROM else points[-1:]
        drawing.add(*(Dot(x, y, 3.0, chart.level.tone) for x, y in shown))
        for (x, _), (_, figure) in zip(points, numbered, strict=True):
            half = self.slot / 2
            drawing.spot(x - half, self.level_top, x + half, self.level_bottom, figure.said, figure.key)
        if points:
            self._write_last(points[-1], printed(whole(numbered[-1][1].value)))

    def _write_last(self, point: tuple[float, float], text: str) -> None:
        drawing, size = self.drawing, self.drawing.size
        x = min(point[0], drawing.width - drawing.wide(text, bold=True) / 2)
        drawing.text(x, max(point[1] - size * 0.6, size), text, Tone.INK, Side.MIDDLE, bold=True)

    # --- names

    def _write_names(self) -> None:
        """Name the columns, every second or third one where they are narrow, and their groups below."""
        self._write_columns()
        self._write_groups()

    def _write_columns(self) -> None:
        drawing, columns, size = self.drawing, self.chart.columns, self.drawing.size
        texts = [cut(one.name, drawing.width * 0.3, size, drawing.measure, bold=True) for one in columns]
        every = max(1, math.ceil((drawing.widest(texts, bold=True) + 3) / self.slot))
        first = next((number for number, one in enumerate(columns) if one.emphasized), len(columns) - 1) % every
        taken = 0.0
        for number in range(first, len(columns), every):
            strong = columns[number].emphasized
            label = drawing.centered(self._middle(number), texts[number], bold=strong)
            half = drawing.wide(label.text, bold=strong) / 2
            if label.x - half >= taken:
                tone = Tone.INK if strong else Tone.QUIET
                drawing.text(label.x, self.names + size * 1.35, label.text, tone, Side.MIDDLE, bold=strong)
                taken = label.x + half + 2

    def _write_groups(self) -> None:
        drawing, columns, size = self.drawing, self.chart.columns, self.drawing.size
        first = 0
        for group, members in groupby(columns, key=lambda one: one.group):
            count = len(list(members))
            start, end = self.left + first * self.slot, self.left + (first + count) * self.slot
            if first:
                drawing.upright(start, self.names + size * 1.75, self.names + size * 2.8, Tone.GRID)
            if drawing.wide(group) + 4 <= end - start:
                drawing.text((start + end) / 2, self.names + size * 2.7, group, Tone.QUIET, Side.MIDDLE)
            first += count


def _length(figure: Figure | None) -> float:
    return max(figure.value, 0.0) if figure else 0.0
