"""How reports look, and what stands on each page beside the content: title, number, and the marks of made-up data."""

from __future__ import annotations

from collections.abc import Iterator

from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.report_pages import MIDDLE_OF_SIGNS, Box, Mark, Paper, Words
from wufei_cells.documents.report_table import INK, LINE, QUIET
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width
from wufei_cells.wording import Wording

TITLE = TextStyle(Face.SANS_BOLD, 20, spacing=0.5, color=INK)
SUBTITLE = TextStyle(Face.SANS, 9.5, color=QUIET)
HEADING = TextStyle(Face.SANS_BOLD, 12, color=INK)
CAPTION = TextStyle(Face.SANS, 8.5, color=QUIET)
FOOT = TextStyle(Face.SANS, 8, color=QUIET)
NOTE = TextStyle(Face.SANS, 9.5, color=QUIET)
EXAMPLE = TextStyle(Face.SANS_BOLD, 9, color="#B4442C")
SPECIMEN = TextStyle(Face.SANS_BOLD, 190, spacing=30, color="#FBEFEC")
SPECIMEN_WIDTH = 560.0
SPECIMEN_ANGLE = 55.0


class ReportFrame:
    """Frames the pages of one report."""

    def __init__(self, fonts: DocumentFonts, paper: Paper, wording: Wording, title: str, *, example: bool) -> None:
        self._fonts, self._paper, self._wording = fonts, paper, wording
        self._title, self._example = title, example

    def marks(self, number: int, count: int) -> list[Mark]:
        """What stands on a page."""
        fonts, paper = self._fonts, self._paper
        page = self._wording.say("report.page", number=number, count=count)
        room = paper.width - line_width(fonts, page, FOOT) - 20
        title = fit_text(fonts, self._title, FOOT, room, smallest=4, most_lines=4)
        marks: list[Mark] = [
            Box(paper.left, paper.bottom - 16, paper.width, 0, stroke=LINE),
            Words(title.lines[0], paper.left, paper.bottom - 28, title.style),
            Words(page, paper.right, paper.bottom - 28, FOOT, Align.RIGHT),
        ]
        return [*self._specimen(), *marks] if self._example else marks

    def _specimen(self) -> Iterator[Mark]:
        """A large pale word under everything, and a small clear one above it."""
        fonts, paper = self._fonts, self._paper
        word, note = self._wording.say("report.specimen"), self._wording.say("report.example")
        style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(fonts, word, SPECIMEN)))
        middle = MIDDLE_OF_SIGNS * style.size
        x, y = paper.size[0] / 2 + middle * 0.8, paper.size[1] / 2 - middle * 0.6
        width = line_width(fonts, note, EXAMPLE) + 14
        yield Words(word, x, y, style, Align.CENTER, SPECIMEN_ANGLE)
        yield Box(paper.right - width, paper.top + 14, width, 18, stroke=EXAMPLE.color, line_width=0.9)
        yield Words(note, paper.right - 7, paper.top + 20, EXAMPLE, Align.RIGHT)
