"""Lays out heat tables."""

from __future__ import annotations

from collections.abc import Sequence

from wufei_cells.charts.drawing import Drawing
from wufei_cells.charts.heat import Heat, HeatCell
from wufei_cells.charts.labels import MIDDLE, cut, in_lines
from wufei_cells.charts.legend import LegendEntry, lay_legend
from wufei_cells.charts.marks import Block, Label, Measure, Picture, Side, Tone
from wufei_cells.charts.name_column import SHARE, NameColumn

TONES = (Tone.HEAT_0, Tone.HEAT_1, Tone.HEAT_2, Tone.HEAT_3, Tone.HEAT_4)
BOUNDS = (1 / 3, 2 / 3, 1.0)  # from nothing on: below a third, below two thirds, below all
HEAD_LINES = 3
SMALLEST = 0.7  # of the size, for what is written in cells
PAD = 3.0
NARROWEST = 1.6  # of the size: a column with its name upright
LEADING = 1.2


def tone_of(share: float) -> Tone:
    """Give the tone of a share of the target: nothing, below a third, below two thirds, below all, all."""
    return Tone.HEAT_0 if share <= 0 else TONES[1 + sum(share >= bound for bound in BOUNDS)]


def lay_out_heat(chart: Heat, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place; the picture is higher where rows need it."""
    least = (len(chart.columns) + 1) * size * NARROWEST / (1 - SHARE)
    return _HeatLayout(chart, Drawing(max(width, least), size, measure), height).lay_out()


class _HeatLayout:
    """One table on its way to a picture."""

    def __init__(self, chart: Heat, drawing: Drawing, height: float | None) -> None:
        self.chart, self.drawing = chart, drawing
        self.lines = [(row.name, row.cells, row.total) for row in chart.rows]
        self.lines += [(chart.total_text, chart.totals, chart.whole)] if chart.totals else []
        self.names = NameColumn(drawing, [name for name, *_ in self.lines], chart.head)
        self.heads = [*chart.columns, *([chart.total_text] if chart.has_row_totals else [])]
        self.column = (drawing.width - self.names.right) / max(len(self.heads), 1)
        sums = [*(row.total for row in chart.rows), *chart.totals]
        inner = [cell for row in chart.rows for cell in row.cells]
        self.sizes = {True: self._size_for(sums, bold=True), False: self._size_for(inner, bold=False)}
        self.top = self._head()
        least, count = max(self.names.row_height, drawing.size * 2.2), max(len(self.lines), 1)
        room = (height - self.top - 1) / count if height is not None else least
        self.row = min(max(room, least), least * 1.5)
        self.height = max(height or 0.0, self.top + self.row * count + 1)

    def lay_out(self) -> Picture:
        for number, (_, cells, total) in enumerate(self.lines):
            last = bool(self.chart.totals) and number == len(self.lines) - 1
            top = self.top + number * self.row
            self.names.write(number, top + self.row / 2, bold=last)
            for place, cell in enumerate(cells[: len(self.chart.columns)]):
                self._lay_cell(cell, self._left(place), top, bold=last)
            self._lay_cell(total, self._left(len(self.chart.columns)), top, bold=True)
        return self.drawing.picture(self.height)

    def _left(self, place: int) -> float:
        return self.names.right + place * self.column

    def _size_for(self, cells: Sequence[HeatCell | None], *, bold: bool) -> float:
        """Give the size at which all that is written in cells fits; what is too wide even then is cut."""
        widest = self.drawing.widest((cell.text for cell in cells if cell), bold=bold)
        share = (self.column - 2 * PAD) / widest if widest else 1.0
        return self.drawing.size * min(1.0, max(share, SMALLEST))

    # --- heads

    def _head(self) -> float:
        """Set the legend and the names of the columns, upright where they are too narrow; give where rows begin."""
        drawing, size, chart = self.drawing, self.drawing.size, self.chart
        entries = [LegendEntry(text, tone) for text, tone in zip(chart.scale, TONES, strict=False)]
        legend = lay_legend(entries, 0, 0, drawing.width, size, drawing.measure)
        drawing.add(*legend.marks)
        room = self.column - 2 * PAD
        lines = [in_lines(name, room, HEAD_LINES, size, drawing.measure) for name in self.heads]
        lying = all(
            "".join("".join(found).split()) == "".join(name.split())
            for found, name in zip(lines, self.heads, strict=True)
        )
        most = max([1, *map(len, lines)])
        high = most * LEADING * size if lying else min(drawing.widest(self.heads), size * 9)
        base = legend.height + high + size * (0.4 if lying else 0.8)
        self.names.write_head(base - size * 0.1)
        for place, name in enumerate(self.heads):
            middle = self._left(place) + self.column / 2
            if lying:
                self._lying(lines[place], middle, base)
            else:
                self._upright(name, middle, base, high)
        return base + size * 0.5

    def _lying(self, lines: tuple[str, ...], x: float, base: float) -> None:
        drawing, size = self.drawing, self.drawing.size
        for above, line in enumerate(reversed(lines)):
            drawing.text(x, base - size * (0.1 + LEADING * above), line, Tone.QUIET, Side.MIDDLE)

    def _upright(self, name: str, x: float, base: float, high: float) -> None:
        drawing, size = self.drawing, self.drawing.size
        text = cut(name, high, size, drawing.measure)
        if text:
            drawing.add(Label(x + MIDDLE * size, base, text, size, Tone.QUIET, Side.LEFT, upward=True))

    # --- cells

    def _lay_cell(self, cell: HeatCell | None, left: float, top: float, *, bold: bool) -> None:
        """Fill and write a cell; where nothing is there nothing is drawn."""
        if cell is None:
            return
        drawing = self.drawing
        size = self.sizes[bold] if cell is not self.chart.whole else self._size_for([cell], bold=bold)
        block = (left + 1, top + 1, self.column - 2, self.row - 2)
        tone = None if cell.share is None else tone_of(cell.share)
        drawing.add(Block(*block, tone) if tone else Block(*block, Tone.GRID, outline=True))
        text = cut(cell.text, self.column - PAD, size, drawing.measure, bold=bold)
        base = top + self.row / 2 + MIDDLE * size
        if text:
            middle = left + self.column / 2
            drawing.add(Label(middle, base, text, size, Tone.INK, Side.MIDDLE, bold, on=tone))
        drawing.spot(left, top, left + self.column, top + self.row, cell.said, cell.key)
