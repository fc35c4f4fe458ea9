"""What stands on every page of a form or report beside its content: whose it is, and what must not be missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.report_frame import EXAMPLE, FOOT, SPECIMEN, SPECIMEN_ANGLE, SPECIMEN_WIDTH
from wufei_cells.documents.report_pages import MIDDLE_OF_SIGNS, Box, Mark, ReportPages, Words
from wufei_cells.documents.report_table import LINE
from wufei_cells.documents.text import Align, fit_text, line_width

if TYPE_CHECKING:
    from wufei_cells.documents.form_words import FormWords

ANGLE_ACROSS = 30.0  # of the large word on a page that is wider than high


class FormFrame:
    """Frames the pages of one paper."""

    def __init__(self, pages: ReportPages, words: FormWords) -> None:
        self.pages = pages
        self.words = words

    def marks(self, number: int, count: int) -> list[Mark]:
        """What stands on each page: whose sheet it is, after which edition, its number, and what must not be missed."""
        paper, fonts, words = self.pages.paper, self.pages.fonts, self.words
        page = words.say("page", number=number, count=count)
        room = paper.width - line_width(fonts, page, FOOT) - 20
        site = words.plain(words.data.site.name) if words.data.site else words.say("site_blank", blank="_" * 24)
        told = words.say("foot", title=words.title, site=site, edition=words.edition)
        foot = fit_text(fonts, told, FOOT, room, smallest=4, most_lines=4)
        marks: list[Mark] = [
            Box(paper.left, paper.bottom - 10, paper.width, 0, stroke=LINE),
            Words(foot.lines[0], paper.left, paper.bottom - 22, foot.style),
            Words(page, paper.right, paper.bottom - 22, FOOT, Align.RIGHT),
            *self._warnings(),
        ]
        return [self._specimen(), *marks] if words.data.example else marks

    def _warnings(self) -> Iterator[Mark]:
        """Boxes at the top right: made-up data, a checklist of no authority, a sheet that is not finished."""
        paper, fonts, data = self.pages.paper, self.pages.fonts, self.words.data
        notes = [self.words.say("example")] if data.example else []
        notes += [] if data.checklist.official else [self.words.say("unofficial")]
        if data.filled and data.filled.scorecard.missing:
            notes.append(self.words.say("unfinished", count=len(data.filled.scorecard.missing)))
        x = paper.right
        for note in notes:
            width = line_width(fonts, note, EXAMPLE) + 14
            yield Box(x - width, paper.top + 8, width, 17, stroke=EXAMPLE.color, line_width=0.9)
            yield Words(note, x - 7, paper.top + 13.5, EXAMPLE, Align.RIGHT)
            x -= width + 8

    def _specimen(self) -> Mark:
        """A large pale word under everything."""
        word = self.words.say("specimen")
        style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(self.pages.fonts, word, SPECIMEN)))
        middle = MIDDLE_OF_SIGNS * style.size
        width, height = self.pages.paper.size
        x, y = (0.5, 0.85) if width > height else (0.8, 0.6)
        angle = ANGLE_ACROSS if width > height else SPECIMEN_ANGLE
        return Words(word, width / 2 + middle * x, height / 2 - middle * y, style, Align.CENTER, angle)
