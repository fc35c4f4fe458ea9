"""Charts that are longer than their room: cut between rows into several, all on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wufei_cells.charts.bars import Bars
from wufei_cells.charts.heat import Heat
from wufei_cells.charts.layout import Chart, lay_out
from wufei_cells.charts.marks import Measure, Picture
from wufei_cells.charts.ranges import Ranges


def pictures_of(
    chart: Chart, width: float, room: float, size: float, measure: Measure, *, height: float | None = None
) -> Iterator[Picture]:
    """Lay a chart out in as many pictures as it takes for none to be higher than the room; a row is never cut.

    The height is what a chart without rows shall have; ``None`` for what suits it.
    """
    rest = replace(chart, most=longest(chart)) if isinstance(chart, Bars) else chart
    while True:
        rows = isinstance(rest, Bars | Heat | Ranges)
        picture = lay_out(rest, width, None if rows else height, size, measure)
        if picture.height <= room or not isinstance(rest, Bars | Heat | Ranges) or len(rest.rows) < 2:
            yield picture
            return
        count = _fitting(rest, width, room, size, measure)
        yield lay_out(_rows(rest, 0, count), width, None, size, measure)
        rest = _rows(rest, count, len(rest.rows))


def longest(chart: Bars) -> float:
    """Give what fills the width of a chart's bars."""
    sums = [sum(max(part.value, 0.0) for part in row.parts) for row in chart.rows]
    targets = [row.target for row in chart.rows if row.target is not None]
    return max([1.0 if chart.most is None else chart.most, *sums, *targets])


def _fitting(chart: Bars | Heat | Ranges, width: float, room: float, size: float, measure: Measure) -> int:
    """Find how many rows fit; one at least."""
    low, high = 1, len(chart.rows) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if lay_out(_rows(chart, 0, middle), width, None, size, measure).height <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _rows(chart: Bars | Heat | Ranges, first: int, end: int) -> Bars | Heat | Ranges:
    """Give a part of a chart; sums stay with the last row."""
    if isinstance(chart, Bars):
        return replace(chart, rows=chart.rows[first:end])
    if isinstance(chart, Ranges):
        return replace(chart, rows=chart.rows[first:end])
    last = end >= len(chart.rows)
    return replace(chart, rows=chart.rows[first:end], totals=chart.totals if last else ())
