"""Lays out any chart: the one door for the window, documents and the command line."""

from __future__ import annotations

from wufei_cells.charts.bars import Bars
from wufei_cells.charts.burn_up import BurnUp
from wufei_cells.charts.columns import Columns
from wufei_cells.charts.heat import Heat
from wufei_cells.charts.marks import Measure, Picture
from wufei_cells.charts.ranges import Ranges

Chart = BurnUp | Bars | Columns | Heat | Ranges


def lay_out(chart: Chart, width: float, height: float | None, size: float, measure: Measure) -> Picture:
    """Give every mark its place.

    Args:
        chart: what is shown.
        width: of the picture; one that is too narrow for anything is widened.
        height: of the picture; ``None`` for what suits it. Bars, tables and dots need a height for each row: their
            picture is higher where this is too little.
        size: of the text.
        measure: tells how wide text is.
    """
    raise NotImplementedError(chart, width, height, size, measure)
