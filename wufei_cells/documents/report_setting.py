"""Sets the blocks of a report on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import singledispatchmethod
from typing import TYPE_CHECKING

from wufei_cells.charts.splitting import pictures_of
from wufei_cells.documents.chart_drawing import SIZE, set_chart, text_measure
from wufei_cells.documents.fonts import Face
from wufei_cells.documents.report_cells import cell_of
from wufei_cells.documents.report_figures import set_goal_bar, set_legend, set_tiles
from wufei_cells.documents.report_frame import HEADING, NOTE, SUBTITLE, TITLE
from wufei_cells.documents.report_pages import Box, ReportPages, Words
from wufei_cells.documents.report_table import ACCENT, INK, QUIET, Table
from wufei_cells.documents.report_table import Column as PaperColumn
from wufei_cells.documents.report_table import Row as PaperRow
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, wrap_text
from wufei_cells.reports.blocks import (
    Block,
    ChartBlock,
    Column,
    GoalBar,
    Heading,
    Lead,
    Look,
    PageBreak,
    Paragraph,
    Report,
    Row,
    Signature,
    TableBlock,
    Tiles,
)

if TYPE_CHECKING:
    from wufei_cells.charts.marks import Picture
    from wufei_cells.wording import Wording

SECTION = TextStyle(Face.SANS_BOLD, 14, color=INK)
LEAD = TextStyle(Face.SANS_BOLD, 12, color=ACCENT)
BODY = TextStyle(Face.SANS, 10.5, color=INK)
MOST_ACROSS = 9
"""Columns beside each other in a table whose columns are the city's categories."""
MILLIMETRE = 72 / 25.4
LOWEST_CHART = 70.0  # points: a lower one says nothing
TITLE_ROOM = 40.0
GAP = 12.0  # above a heading
SIGNATURE_ROOM = 46.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How tightly a report is set."""

    charts: float = 1.0
    """Of the heights that charts would have."""
    listed: int | None = None
    """So many rows of each list at most."""
    parts: int | None = None
    """So many rows of each table of parts, which has their sum, at most."""


class Setter:
    """Sets one report."""

    def __init__(self, pages: ReportPages, report: Report, wording: Wording, fit: Fit) -> None:
        self.pages, self.report, self.fit = pages, report, fit
        self._follows = 0.0
        self._after_table = False
        self._gap = GAP / 2 if report.one_page else GAP
        self._say = wording.say

    def set(self) -> None:
        """Set everything."""
        self._head()
        blocks = self.report.blocks
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            self._follows = self._least(following)
            if isinstance(block, Lead | Paragraph) and self._after_table:
                self.pages.y -= 9
            self._set(block)
            self._after_table = isinstance(block, TableBlock | ChartBlock | Tiles)

    def _least(self, block: Block | None) -> float:
        """Tell how much room a block takes at least, for a heading that stays with it."""
        if isinstance(block, ChartBlock) and not block.empty:
            return self._first_picture(block).height + TITLE_ROOM
        return TITLE_ROOM + 60 if isinstance(block, TableBlock) else 60

    def _head(self) -> None:
        pages, width = self.pages, self.pages.paper.width
        title = fit_text(pages.fonts, self.report.title, TITLE, width, smallest=14, most_lines=4, smallest_wrapped=9)
        pages.paragraph(title.lines, title.style, title.style.size * 1.35)
        pages.paragraph(wrap_text(pages.fonts, self.report.subtitle, SUBTITLE, width), SUBTITLE, 15)
        pages.y -= 8

    @singledispatchmethod
    def _set(self, block: Block) -> None:
        raise TypeError(f"nothing sets a {type(block).__name__}")

    # --- words

    @_set.register
    def _lead(self, block: Lead) -> None:
        self._text(block.text, LEAD, 18.5)
        self.pages.y -= 4

    @_set.register
    def _paragraph(self, block: Paragraph) -> None:
        self._text(block.text, BODY, 17)
        self.pages.y -= 4

    @_set.register
    def _heading(self, block: Heading) -> None:
        self._title(block.text, self._follows, SECTION)

    def _text(self, text: str, style: TextStyle, leading: float) -> None:
        self.pages.paragraph(wrap_text(self.pages.fonts, text, style, self.pages.paper.width), style, leading)

    def _title(self, text: str, follows: float, style: TextStyle = HEADING) -> None:
        """A heading, never alone at the end of a page."""
        pages = self.pages
        lines = wrap_text(pages.fonts, text, style, pages.paper.width)
        if not pages.need(14 + 20 * len(lines) + follows) and pages.y < pages.paper.top:
            pages.y -= self._gap
        pages.paragraph(lines, style, 20)
        pages.y -= 3 * self._gap / GAP

    def _notes(self, notes: Sequence[str]) -> None:
        for note in notes:
            self._text(note, NOTE, 16)

    # --- figures

    @_set.register
    def _tiles(self, block: Tiles) -> None:
        set_tiles(self.pages, block)

    @_set.register
    def _goal_bar(self, block: GoalBar) -> None:
        set_goal_bar(self.pages, block)

    @_set.register
    def _chart(self, block: ChartBlock) -> None:
        pages = self.pages
        if block.empty:
            self._title(block.chart.title, 16)
            self._notes([block.empty])
            return
        self._title(block.chart.title, self._first_picture(block).height)
        set_chart(pages, block.chart, height=self._height(block))
        pages.y -= 6

    def _height(self, block: ChartBlock) -> float | None:
        if block.height is None:
            return None
        return max(block.height * MILLIMETRE * self.fit.charts, LOWEST_CHART)

    def _first_picture(self, block: ChartBlock) -> Picture:
        paper, measure = self.pages.paper, text_measure(self.pages.fonts)
        room = paper.top - paper.bottom
        return next(pictures_of(block.chart, paper.width, room, SIZE, measure, height=self._height(block)))

    # --- tables

    @_set.register
    def _table(self, block: TableBlock) -> None:
        most = self.fit.parts if any(row.strong for row in block.rows) else self.fit.listed
        rows, left_out = block.shown(most), block.left_out(most)
        if not rows:
            if block.titled:
                self._title(block.title, 16)
            self._notes([self._say("report.count_only", count=left_out) if left_out else block.empty, *block.notes])
            return
        title = block.title
        if left_out:
            title = self._say("report.title_of_part", title=title, shown=block.total - left_out, count=block.total)
        for number, (columns, part) in enumerate(_across(block.columns, rows)):
            self._part(title if number == 0 and (block.titled or left_out) else "", columns, part, apart=number > 0)
        if block.legend:
            self.pages.y -= 5
            set_legend(self.pages, block.legend)
        if block.notes:
            self.pages.y -= 3
            self._notes(block.notes)

    def _part(self, title: str, columns: Sequence[Column], rows: Sequence[Row], *, apart: bool) -> None:
        """Set what has room beside each other, under its title if it has one."""
        pages = self.pages
        widths = _widths(columns, pages.paper.width)
        table = Table(
            pages,
            [
                PaperColumn(column.head, width, Align.LEFT if column.look is Look.TEXT else Align.CENTER)
                for column, width in zip(columns, widths, strict=True)
            ],
        )
        looks = [column.look for column in columns]
        cells = [PaperRow(list(map(cell_of, row.cells, looks)), row.strong) for row in rows]
        if title:
            self._title(title, table.least_height(cells))
        elif apart:
            pages.y -= 12
        table.set(cells)

    # --- the end

    @_set.register
    def _signature(self, block: Signature) -> None:
        pages, count = self.pages, len(block.lines)
        pages.need(SIGNATURE_ROOM)
        pages.y -= SIGNATURE_ROOM - 12
        width = (pages.paper.width - 18 * (count - 1)) / count
        for place, text in enumerate(block.lines):
            x = pages.paper.left + place * (width + 18)
            fitted = fit_text(pages.fonts, text, BODY, width, smallest=7, most_lines=2)
            end = x + line_width(pages.fonts, fitted.lines[0], fitted.style) + 4
            pages.add(Words(fitted.lines[0], x, pages.y, fitted.style))
            if end < x + width - 20:
                pages.add(Box(end, pages.y - 2, x + width - end, 0, stroke=QUIET))
        pages.y -= 12

    @_set.register
    def _page_break(self, _block: PageBreak) -> None:
        self.pages.need(self.pages.paper.top - self.pages.paper.bottom)


def _widths(columns: Sequence[Column], whole: float) -> list[float]:
    total = sum(column.width for column in columns)
    return [column.width / total * whole for column in columns]


def _across(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[tuple[Sequence[Column], Sequence[Row]]]:
    """Give a table that is too wide in parts, each with the names at its left."""
    if len(columns) <= MOST_ACROSS or columns[-1].look is Look.BAR:
        yield columns, rows
        return
    for start in range(1, len(columns), MOST_ACROSS - 1):
        part = slice(start, start + MOST_ACROSS - 1)
        yield (
            (columns[0], *columns[part]),
            [replace(row, cells=(row.cells[0], *row.cells[part])) for row in rows],
        )
