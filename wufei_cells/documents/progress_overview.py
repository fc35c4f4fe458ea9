"""The top of a progress report: title, the sentence, the bar to the goal, four figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.report_pages import LEFT, WIDTH, Box, Words
from wufei_cells.documents.report_table import ACCENT, INK, LINE, QUIET, SOFT_ACCENT
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, wrap_text

if TYPE_CHECKING:
    from wufei_cells.documents.progress_words import ReportWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.register import Progress, Tally

TITLE = TextStyle(Face.SANS_BOLD, 20, spacing=0.5, color=INK)
SUBTITLE = TextStyle(Face.SANS, 9.5, color=QUIET)
SENTENCE = TextStyle(Face.SANS_BOLD, 12.5, color=ACCENT)
FIGURE = TextStyle(Face.SANS_BOLD, 24, color=INK)
CAPTION = TextStyle(Face.SANS, 8.5, color=QUIET)
GROUND = "#F1F4F2"
GOAL_BAR = 16.0


def set_overview(pages: ReportPages, words: ReportWords, progress: Progress) -> None:
    """Put the overview on the first page."""
    fonts = pages.fonts
    title = fit_text(fonts, words.title, TITLE, WIDTH, smallest=14)
    pages.paragraph(title.lines, title.style, title.style.size * 1.35)
    pages.paragraph(wrap_text(fonts, words.as_of, SUBTITLE, WIDTH), SUBTITLE, 15)
    pages.y -= 10
    pages.paragraph(wrap_text(fonts, words.sentence, SENTENCE, WIDTH), SENTENCE, 19)
    _set_goal(pages, words, progress)
    set_legend(pages, words, ("valid", ACCENT), ("passed", SOFT_ACCENT))
    _set_figures(pages, words, progress.whole)


def set_legend(pages: ReportPages, words: ReportWords, *entries: tuple[str, str]) -> None:
    """Say what the colors of bars mean; the target's is an outline."""
    x, y = LEFT, pages.y - 8
    for key, color in entries:
        box = Box(x, y, 7, 7, stroke=color) if key == "target" else Box(x, y, 7, 7, fill=color)
        label = words.say(f"legend.{key}")
        pages.add(box, Words(label, x + 11, y + 0.3, CAPTION))
        x += 11 + line_width(pages.fonts, label, CAPTION) + 16
    pages.y -= 14


def _set_goal(pages: ReportPages, words: ReportWords, progress: Progress) -> None:
    """The bar from nothing to the goal, or beyond it."""
    whole, goal = progress.whole, progress.goal
    scale = WIDTH / max(goal, whole.certified, whole.passed, 1)
    pages.y -= 22
    y = pages.y - GOAL_BAR
    pages.add(Box(LEFT, y, WIDTH, GOAL_BAR, fill=GROUND))
    for count, color in ((whole.passed, SOFT_ACCENT), (whole.certified, ACCENT)):
        if count:
            pages.add(Box(LEFT, y, count * scale, GOAL_BAR, fill=color))
    end = LEFT + goal * scale
    pages.add(Box(end, y - 3, 0, GOAL_BAR + 6, stroke=INK, line_width=0.9, dash=(2, 1.5)))
    label = words.say("goal", goal=goal)
    at = max(end, LEFT + line_width(pages.fonts, label, CAPTION))
    pages.add(Words(label, at, y + GOAL_BAR + 6, CAPTION, Align.RIGHT))
    pages.y = y - 8


def _set_figures(pages: ReportPages, words: ReportWords, whole: Tally) -> None:
    figures = {"sites": whole.sites, "assessed": whole.assessed, "passed": whole.passed, "valid": whole.certified}
    pages.y -= 48
    for place, (key, figure) in enumerate(figures.items()):
        x = LEFT + place * WIDTH / len(figures)
        if place:
            pages.add(Box(x - 14, pages.y, 0, 38, stroke=LINE))
        pages.add(Words(str(figure), x, pages.y + 15, FIGURE), Words(words.say(f"tile.{key}"), x, pages.y, CAPTION))
    pages.y -= 8
