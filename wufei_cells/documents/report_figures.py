"""Figures of a report beside each other, the bar to the goal, and what the colors of bars mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.report_frame import CAPTION
from wufei_cells.documents.report_pages import Box, ReportPages, Words
from wufei_cells.documents.report_table import ACCENT, GROUND, INK, LINE, SOFT_ACCENT, STRONG_LINE
from wufei_cells.documents.text import Align, TextStyle, line_width, wrap_text
from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from wufei_cells.reports.blocks import GoalBar, Tiles

FIGURE = TextStyle(Face.SANS_BOLD, 22, color=INK)
CAPTION_LEADING = 12.0
GOAL_BAR = 16.0
GAP = 12.0


def set_tiles(pages: ReportPages, block: Tiles) -> None:
    """Put numbers beside each other, each above its name."""
    count = len(block.tiles)
    width = (pages.paper.width - GAP * (count - 1)) / count
    names = [wrap_text(pages.fonts, tile.name, CAPTION, width) for tile in block.tiles]
    height = 32 + CAPTION_LEADING * max(len(lines) for lines in names)
    pages.need(height + 12)
    pages.y -= 8
    for place, (tile, lines) in enumerate(zip(block.tiles, names, strict=True)):
        x = pages.paper.left + place * (width + GAP)
        if place:
            pages.add(Box(x - GAP / 2 - 2, pages.y - height + 4, 0, height - 6, stroke=LINE))
        figure = "–" if tile.value is None else printed(tile.value)
        needed = line_width(pages.fonts, figure, FIGURE)
        style = FIGURE.scaled(FIGURE.size * min(1, width / needed))
        pages.add(Words(figure, x, pages.y - 20, style))
        for number, line in enumerate(lines):
            pages.add(Words(line, x, pages.y - 34 - CAPTION_LEADING * number, CAPTION))
    pages.y -= height + 4


def set_goal_bar(pages: ReportPages, block: GoalBar) -> None:
    """Put the bar from nothing to the goal, or beyond it."""
    scale = pages.paper.width / max(block.goal, *(count for _name, count in block.parts), 1)
    pages.need(GOAL_BAR + 50)
    pages.y -= 22
    y, left = pages.y - GOAL_BAR, pages.paper.left
    pages.add(Box(left, y, pages.paper.width, GOAL_BAR, fill=GROUND))
    for (_name, count), color in zip(block.parts, (SOFT_ACCENT, ACCENT), strict=True):
        if count:
            pages.add(Box(left, y, count * scale, GOAL_BAR, fill=color))
    end = left + block.goal * scale
    pages.add(Box(end, y - 3, 0, GOAL_BAR + 6, stroke=INK, line_width=0.9, dash=(2, 1.5)))
    at = max(end, left + line_width(pages.fonts, block.goal_text, CAPTION))
    pages.add(Words(block.goal_text, at, y + GOAL_BAR + 6, CAPTION, Align.RIGHT))
    pages.y = y - 8
    set_legend(pages, [name for name, _count in reversed(block.parts)])


def set_legend(pages: ReportPages, names: Sequence[str]) -> None:
    """Say what the colors of bars mean: what is there, what is on its way, the outline of the target, their ground.

    What has no name is left out.
    """
    x, y = pages.paper.left, pages.y - 8
    looks = (
        partial(Box, fill=ACCENT),
        partial(Box, fill=SOFT_ACCENT),
        partial(Box, stroke=STRONG_LINE),
        partial(Box, fill=GROUND),
    )
    for name, box in [one for one in zip(names, looks, strict=False) if one[0]]:
        pages.add(box(x, y, 7, 7), Words(name, x + 11, y + 0.3, CAPTION))
        x += 11 + line_width(pages.fonts, name, CAPTION) + 16
    pages.y -= 14
