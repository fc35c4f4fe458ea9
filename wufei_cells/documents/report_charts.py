"""Charts on the pages of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.charts.layout import lay_out
from wufei_cells.documents.chart_drawing import draw_picture, text_measure

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.documents.report_pages import Paper
    from wufei_cells.documents.text import TextPainter
    from wufei_cells.reports.blocks import ChartBlock

TYPE_SIZE = 8.0
MILLIMETRE = 72 / 25.4
LEAST = 70.0
"""Points: a lower chart says nothing."""
BESIDE = 60.0
"""Points of a page that a chart leaves for its title."""


@dataclass(frozen=True, slots=True)
class PaperChart:
    """A chart laid out for a page; drawn from its lower left corner."""

    height: float
    draw: Callable[[TextPainter], None]


def paper_chart(block: ChartBlock, fonts: DocumentFonts, paper: Paper, factor: float) -> PaperChart:
    """Lay a chart out as wide as the page.

    Args:
        block: the chart.
        fonts: the fonts of documents.
        paper: the page.
        factor: of the height it would have.
    """
    wanted = None if block.height is None else max(block.height * MILLIMETRE * factor, LEAST)
    measure = text_measure(fonts)
    picture = lay_out(block.chart, paper.width, wanted, TYPE_SIZE, measure)
    height = min(picture.height, paper.top - paper.bottom - BESIDE)
    return PaperChart(height, lambda painter: draw_picture(painter, picture, height))
