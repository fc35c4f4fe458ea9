"""The first sheet of a report: what is said, the figures, the charts, and the way to each table."""

# XlsxWriter brings no types of its own.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from functools import singledispatchmethod
from typing import TYPE_CHECKING, Any

from wufei_cells.domain.amounts import printed
from wufei_cells.reports.blocks import (
    Block,
    ChartBlock,
    GoalBar,
    Heading,
    Lead,
    PageBreak,
    Paragraph,
    Report,
    Signature,
    TableBlock,
    Tiles,
)
from wufei_cells.workbooks import house_style
from wufei_cells.workbooks.cell_text import page_text, shown_text
from wufei_cells.workbooks.reports.native_charts import height_of, native_chart
from wufei_cells.workbooks.text_fitting import HIGHEST, text_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.reports.chart_data import ChartData

ACROSS, WIDTH, PIXELS = 8, 12.0, 7
"""Columns side by side, how wide each is in characters, and pixels of one character."""
ROW, PIXELS_OF_POINT = 18.0, 4 / 3
SCALE = 82
"""Percent: so that all columns have room on a page with any program's fonts."""
PAGE = 740.0 * 100 / SCALE
"""Points of height that a page has for rows."""
LEAD_SIZE, FIGURE_SIZE, CAPTION_SIZE = 12.0, 20.0, 9.0


class OverviewSheet:
    """Writes the first sheet from the top to the bottom."""

    def __init__(
        self,
        workbook: Workbook,
        sheet: Worksheet,
        report: Report,
        wording: Wording,
        sheets: Mapping[int, str],
        data: ChartData | None,
    ) -> None:
        """Begin; ``sheets`` names the sheet of each table by the identity of its block."""
        self._workbook, self._sheet, self._report, self._wording = workbook, sheet, report, wording
        self._sheets, self._data = sheets, data
        self._row = 0
        self._used = 0.0
        self._breaks: list[int] = []
        faces = house_style.FACES[report.language]
        body = {"font_name": faces.body, "font_scheme": "none", "text_wrap": True, "valign": "vcenter"}
        heading = {**body, "font_name": faces.heading, "bold": True}
        make = workbook.add_format
        self._title = make({**heading, "font_size": house_style.TITLE_SIZE})
        self._warning = make({**heading, "font_size": house_style.WARNING_SIZE, "font_color": f"#{house_style.RED}"})
        self._lead = make({**heading, "font_size": LEAD_SIZE, "font_color": "#0B6B57"})
        self._head = make({**heading, "font_size": LEAD_SIZE})
        self._body = make({**body, "font_size": house_style.BODY_SIZE})
        self._figure = make({**heading, "font_size": FIGURE_SIZE, "align": "left", "num_format": "General"})
        self._caption = make({**body, "font_size": CAPTION_SIZE, "font_color": "#56605B", "valign": "top"})
        self._link = make({**body, "font_size": house_style.BODY_SIZE, "font_color": "#1F5FA8", "underline": 1})

    def write(self) -> None:
        """Write everything."""
        self._sheet.set_column_pixels(0, ACROSS - 1, round(WIDTH * PIXELS))
        self._sheet.hide_gridlines(2)
        self._line(self._report.title, self._title, house_style.TITLE_SIZE)
        if self._report.example:
            self._line(self._wording.say("report.example"), self._warning, house_style.WARNING_SIZE)
        self._line(self._report.subtitle, self._body, house_style.BODY_SIZE)
        blocks = self._report.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if isinstance(block, Heading) and isinstance(following, ChartBlock):
                self._need(ROW * 3 + _rows_of(height_of(following.chart)) * ROW)
            self._write(block)
        self._set_pages()

    def _line(self, text: str, look: Any, size: float) -> None:
        """Write a text over the whole width."""
        clean = shown_text(text)
        self._sheet.merge_range(self._row, 0, self._row, ACROSS - 1, "", look)
        self._sheet.write_string(self._row, 0, clean, look)
        self._end_row(min(max(ROW, text_height(clean, WIDTH * ACROSS, size)), HIGHEST))

    def _need(self, height: float) -> None:
        """Begin a new page where this one has less room than this."""
        if self._used + height > PAGE and self._used:
            self._breaks.append(self._row)
            self._used = 0.0

    def _end_row(self, height: float = ROW) -> None:
        """Go to the next row, and to the next page where this one has no room on it."""
        self._need(height)
        self._used += height
        self._sheet.set_row(self._row, height)
        self._row += 1

    @singledispatchmethod
    def _write(self, block: Block) -> None:
        raise TypeError(f"nothing writes a {type(block).__name__}")

    @_write.register
    def _lead_line(self, block: Lead) -> None:
        self._line(block.text, self._lead, LEAD_SIZE)

    @_write.register
    def _heading(self, block: Heading) -> None:
        self._end_row()
        self._line(block.text, self._head, LEAD_SIZE)

    @_write.register
    def _paragraph(self, block: Paragraph) -> None:
        self._line(block.text, self._body, house_style.BODY_SIZE)

    @_write.register
    def _tiles(self, block: Tiles) -> None:
        names = [shown_text(tile.name) for tile in block.tiles]
        for column, tile in enumerate(block.tiles):
            if tile.value is None:
                self._sheet.write_string(self._row, column, "–", self._figure)
            else:
                value = tile.value if isinstance(tile.value, int) else float(printed(tile.value))
                self._sheet.write_number(self._row, column, value, self._figure)
            self._sheet.write_string(self._row + 1, column, names[column], self._caption)
        self._end_row(34)
        self._end_row(max(text_height(name, WIDTH, CAPTION_SIZE) for name in names))
        self._end_row()

    @_write.register
    def _goal_bar(self, block: GoalBar) -> None:
        """A worksheet has no such bar; what it shows stands in a line."""
        said = [f"{name} {count}" for name, count in reversed(block.parts)]
        self._line("　".join([*said, block.goal_text]), self._body, house_style.BODY_SIZE)

    @_write.register
    def _chart(self, block: ChartBlock) -> None:
        if block.empty or self._data is None:
            self._line(f"{block.chart.title}　{block.empty}", self._body, house_style.BODY_SIZE)
            return
        made = native_chart(self._workbook, block.chart, self._data.write(block.chart))
        if made is None:
            return
        chart, height = made, height_of(block.chart)
        chart.set_size({"width": round(ACROSS * WIDTH * PIXELS) - 8, "height": height})
        self._end_row()
        rows = _rows_of(height)
        self._need(rows * ROW)  # never cut by the end of a page
        options = {"object_position": 2, "description": shown_text(block.chart.said)}
        self._sheet.insert_chart(self._row, 0, chart, options)
        for _row in range(rows):
            self._end_row()

    @_write.register
    def _table(self, block: TableBlock) -> None:
        said = shown_text(self._wording.say("report.see_sheet", title=block.title, count=block.total))
        sheet = self._sheets[id(block)].replace("'", "''")
        self._sheet.merge_range(self._row, 0, self._row, ACROSS - 1, "", self._link)
        self._sheet.write_url(self._row, 0, f"internal:'{sheet}'!A1", self._link, said)
        self._end_row(ROW)

    @_write.register
    def _signature(self, block: Signature) -> None:
        self._end_row()
        self._end_row()
        across = max(1, ACROSS // len(block.lines))
        for place, text in enumerate(block.lines):
            self._sheet.write_string(self._row, place * across, shown_text(text), self._body)
        self._end_row(30)

    @_write.register
    def _page_break(self, _block: PageBreak) -> None:
        """Tables stand on sheets of their own: nothing to break."""

    def _set_pages(self) -> None:
        sheet, report = self._sheet, self._report
        sheet.set_portrait()
        sheet.set_paper(house_style.A4)
        sheet.set_print_scale(SCALE)
        sheet.set_h_pagebreaks(self._breaks)
        sheet.print_area(0, 0, max(self._row, 1), ACROSS - 1)
        sheet.set_margins(house_style.MARGIN, house_style.MARGIN, house_style.MARGIN, house_style.FOOT_MARGIN)
        size = f"&{house_style.FOOT_SIZE} "
        left = page_text(report.title, house_style.FOOT_ROOM)
        foot = f"&L{size}{left}&C{size}{self._wording.say('ledger.page')}&R{size}{report.on.isoformat()}"
        sheet.set_footer(foot, {"margin": house_style.FOOT_AT})


def _rows_of(height: int) -> int:
    """Tell how many rows a chart of so many pixels takes, with the room around it."""
    return int(height / PIXELS_OF_POINT / ROW) + 2 if height else 0
