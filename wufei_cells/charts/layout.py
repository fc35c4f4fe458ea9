"""Lays out any chart: the one door for the window, documents and the command line."""

from __future__ import annotations

from wufei_cells.charts.bars import Bars
from wufei_cells.charts.bars_layout import lay_out_bars
from wufei_cells.charts.burn_up import BurnUp
from wufei_cells.charts.burn_up_layout import lay_out_burn_up
from wufei_cells.charts.columns import Columns
from wufei_cells.charts.columns_layout import lay_out_columns
from wufei_cells.charts.heat import Heat
from wufei_cells.charts.heat_layout import lay_out_heat
from wufei_cells.charts.marks import Measure, Picture
from wufei_cells.charts.ranges import Ranges
from wufei_cells.charts.ranges_layout import lay_out_ranges

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
    match chart:
        case BurnUp():
            return lay_out_burn_up(chart, width, height, size, measure)
        case Bars():
            return lay_out_bars(chart, width, height, size, measure)
        case Columns():
            return lay_out_columns(chart, width, height, size, measure)
        case Heat():
            return lay_out_heat(chart, width, height, size, measure)
        case Ranges():
            return lay_out_ranges(chart, width, height, size, measure)
