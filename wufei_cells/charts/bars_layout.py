"""Lays out stacked bars."""

from __future__ import annotations

from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.drawing import GAP, Drawing
from wufei_cells.charts.labels import MIDDLE, cut
from wufei_cells.charts.legend import TARGET_DASH, LegendEntry, Sample, lay_legend
from wufei_cells.charts.marks import Block, Label, Measure, Pattern, Picture, Side, Tone
from wufei_cells.charts.name_column import NameColumn
from wufei_cells.charts.scales import Scale

FIGURES_SHARE = 0.4  # of the width, at most for all figures at the right
LEAST_LENGTH = 1.5
EDGE = 3.0  # what a target's tick reaches beyond its bar
PAD = 3.0  # beside a number in its part
THICKNESS = 1.45  # of a bar, by the size


def lay_out_bars(chart: Bars, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place; the picture is higher where rows need it."""
    return _BarsLayout(chart, Drawing(width, size, measure), height).lay_out()


class _BarsLayout:
    """One chart on its way to a picture."""

    def __init__(self, chart: Bars, drawing: Drawing, height: float | None) -> None:
        self.chart, self.drawing = chart, drawing
        self.names = NameColumn(drawing, [row.name for row in chart.rows], chart.head)
        self.columns = self._figure_columns()
        end = drawing.width - sum(self.columns) - GAP * (0.5 if not self.columns else 1.5)
        longest = max([1.0 if chart.most is None else chart.most, *map(_length, chart.rows)])
        self.scale = Scale(0.0, longest, self.names.right, end)
        self.top = self._head()
        least, count = self.names.row_height, len(chart.rows)
        room = (height - self.top - EDGE) / count if height is not None and count else least
        self.row = min(max(room, least), least * 1.8)
        self.height = max(height or 0.0, self.top + self.row * count + EDGE)

    def lay_out(self) -> Picture:
        for number, row in enumerate(self.chart.rows):
            self._lay_row(number, row)
        return self.drawing.picture(self.height)

    def _figure_columns(self) -> list[float]:
        """Give the widths of the figures' columns, narrower ones where all are too wide."""
        heads, rows = self.chart.figure_heads, self.chart.rows
        count = max([len(heads), *(len(row.figures) for row in rows)])
        wide: list[float] = []
        for place in range(count):
            texts = [row.figures[place] for row in rows if place < len(row.figures)]
            wide.append(self.drawing.widest([*texts, *heads[place : place + 1]]) + GAP)
        share = min(1.0, self.drawing.width * FIGURES_SHARE / max(sum(wide), 1.0))
        return [one * share for one in wide]

    def _head(self) -> float:
        """Set the legend, and the heads of the figures; give where rows begin."""
        chart, drawing, size = self.chart, self.drawing, self.drawing.size
        entries = [LegendEntry(one.text, one.tone, Sample.BLOCK, one.pattern) for one in chart.series]
        if chart.target_text and any(row.target is not None for row in chart.rows):
            entries.append(LegendEntry(chart.target_text, Tone.INK, Sample.TICK))
        legend = lay_legend(entries, 0, 0, drawing.width, size, drawing.measure)
        drawing.add(*legend.marks)
        if not any((chart.head, *chart.figure_heads)):
            return legend.height + EDGE
        base = legend.height + size * 1.3
        self.names.write_head(base)
        self._write_figures(chart.figure_heads, base, Tone.QUIET)
        return base + size * 0.5

    def _write_figures(self, texts: tuple[str, ...], base: float, tone: Tone) -> None:
        right, drawing = self.drawing.width - sum(self.columns), self.drawing
        for text, wide in zip(texts, self.columns, strict=False):
            right += wide
            drawing.text(right, base, cut(text, wide - 2, drawing.size, drawing.measure), tone, Side.RIGHT)

    def _lay_row(self, number: int, row: BarRow) -> None:
        drawing, size = self.drawing, self.drawing.size
        top = self.top + number * self.row
        middle, half = top + self.row / 2, size * THICKNESS / 2
        self.names.write(number, middle)
        self._write_figures(row.figures, middle + MIDDLE * size, Tone.INK)
        start, end = self.scale.start, self.scale.end
        drawing.add(Block(start, middle - half, end - start, half * 2, Tone.GROUND))
        drawing.spot(0, top, drawing.width, top + self.row, row.said, row.key)
        self._lay_parts(row, middle - half, middle + half)
        if row.target is not None:
            at = self.scale.at(row.target)
            drawing.upright(at, middle - half - EDGE, middle + half + EDGE, Tone.INK, width=2.0, dash=TARGET_DASH)

    def _lay_parts(self, row: BarRow, top: float, bottom: float) -> None:
        """Set the parts one behind the other; what is nothing has no place."""
        drawing, reached = self.drawing, 0.0
        for series, part in zip(self.chart.series, row.parts, strict=False):
            if part.value <= 0:
                continue
            left, right = self.scale.at(reached), self.scale.at(reached + part.value)
            reached += part.value
            left = min(left, self.scale.end - LEAST_LENGTH)
            length = max(right - left - 1.0, LEAST_LENGTH)  # a gap of a point between parts
            drawing.add(Block(left, top, length, bottom - top, series.tone, series.pattern))
            self._write_number(
                f"{part.value:g}" if part.value < 1e6 else f"{part.value:.0f}",
                left,
                length,
                (top + bottom) / 2,
                series.tone,
                series.pattern,
            )
            drawing.spot(left, top, left + length, bottom, part.said, part.key)

    def _write_number(self, text: str, left: float, length: float, middle: float, tone: Tone, pattern: Pattern) -> None:
        """Write the number of a part in it, on a plain plate where the part has a pattern; nothing without room."""
        drawing, size = self.drawing, self.drawing.size * 0.92
        wide = drawing.measure(text, size, False)  # noqa: FBT003
        if wide + 2 * PAD > length:
            return
        x = left + length / 2
        if pattern is not Pattern.PLAIN:
            plate = wide + 2 * PAD
            drawing.add(Block(x - plate / 2, middle - size * 0.6, plate, size * 1.2, tone, bare=True))
        drawing.add(Label(x, middle + MIDDLE * size, text, size, Tone.INK, Side.MIDDLE, on=tone))


def _length(row: BarRow) -> float:
    return max(sum(max(part.value, 0.0) for part in row.parts), row.target or 0.0)
