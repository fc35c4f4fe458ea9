"""Charts that the spreadsheet program draws itself, from the figures on the sheet of charts."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wufei_cells.charts.bars import Bars
from wufei_cells.charts.burn_up import BurnUp
from wufei_cells.charts.columns import Columns

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from wufei_cells.charts.layout import Chart
    from wufei_cells.workbooks.reports.chart_data import Place

ACCENT, SOFT, ATTENTION, INK, GRID = "#0B6B57", "#A5D2C5", "#8A5A00", "#1B211E", "#D9DEDB"
FEWEST_BARS, BAR = 4, 24  # pixels for each bar
AROUND_BARS = 110


def native_chart(workbook: Workbook, chart: Chart, place: Place) -> Any:
    """Make a chart; ``None`` for what a spreadsheet has no chart for."""
    if isinstance(chart, BurnUp):
        return _dressed(_burn_up(workbook, chart, place), chart.title)
    if isinstance(chart, Bars):
        return _dressed(_bars(workbook, chart, place), chart.title)
    if isinstance(chart, Columns):
        return _dressed(_columns(workbook, chart, place), chart.title)
    return None


def height_of(chart: Chart) -> int:
    """Tell how high a chart should be, in pixels; 0 for none."""
    if isinstance(chart, Bars):
        return AROUND_BARS + BAR * max(len(chart.rows), FEWEST_BARS)
    return 340 if isinstance(chart, BurnUp) else 300 if isinstance(chart, Columns) else 0


def _dressed(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("span")
    return chart


def _burn_up(workbook: Workbook, chart: BurnUp, place: Place) -> Any:
    made: Any = workbook.add_chart({"type": "scatter", "subtype": "straight"})
    words = chart.words
    looks = {
        words.valid: {"color": ACCENT, "width": 2.5},
        words.planned: {"color": INK, "width": 1, "dash_type": "dash"},
        words.likely: {"color": ACCENT, "width": 1.5, "dash_type": "dash"},
        words.low: {"color": SOFT, "width": 1.25},
        words.high: {"color": SOFT, "width": 1.25},
    }
    for number, name in enumerate(place.header[1:], 1):
        line = looks.get(name, {"color": INK, "width": 1.25, "dash_type": "square_dot"})
        made.add_series(
            {"name": place.head(number), "categories": place.column(0), "values": place.column(number), "line": line}
        )
    made.set_x_axis({"num_format": "yyyy-mm", "major_gridlines": {"visible": False}, "num_font": {"rotation": -45}})
    made.set_y_axis({"min": 0, "num_format": "0", "major_gridlines": _grid()})
    return made


def _bars(workbook: Workbook, chart: Bars, place: Place) -> Any:
    """Lying bars; the target is an outline around them."""
    parts = len(chart.series)
    target = len(place.header) > parts + 1
    made: Any = workbook.add_chart({"type": "bar"} if target else {"type": "bar", "subtype": "stacked"})
    order = [*([parts + 1] if target else []), *range(1, parts + 1)]
    colors = [ACCENT, SOFT, ATTENTION]
    for number in order:
        look: dict[str, Any] = {"fill": {"color": colors[(number - 1) % len(colors)]}}
        if number == parts + 1:
            look = {"fill": {"none": True}, "border": {"color": INK, "width": 1}}
        made.add_series(
            {
                "name": place.head(number),
                "categories": place.column(0),
                "values": place.column(number),
                "gap": 60,
                "overlap": 100,
                **look,
            }
        )
    made.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
    made.set_x_axis({"min": 0, "num_format": "0", "major_gridlines": _grid(), "label_position": "high"})
    return made


def _columns(workbook: Workbook, chart: Columns, place: Place) -> Any:
    """Standing columns for what came and went; how many there were is a line with a scale of its own."""
    made: Any = workbook.add_chart({"type": "column"})
    kinds = [kind for kind in ("up", "down", "level") if getattr(chart, kind) is not None]
    for number, kind in enumerate(kinds, 1):
        series = {"name": place.head(number), "categories": place.column(0), "values": place.column(number)}
        if kind == "level":
            line: Any = workbook.add_chart({"type": "line"})
            line.add_series({**series, "line": {"color": INK, "width": 2}, "y2_axis": len(kinds) > 1})
            if len(kinds) > 1:
                line.set_y2_axis({"min": 0, "num_format": "0"})
                made.combine(line)
            else:
                made = line
        else:
            made.add_series({**series, "gap": 60, "fill": {"color": ACCENT if kind == "up" else ATTENTION}})
    made.set_y_axis({"min": 0, "num_format": "0", "major_gridlines": _grid()})
    return made


def _grid() -> dict[str, Any]:
    return {"visible": True, "line": {"color": GRID, "width": 0.75}}
