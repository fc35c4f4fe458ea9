"""The papers of an assessment as PDF: the form to fill in by pen on site, and the sheet that was filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_LANDSCAPE, DocumentInfo
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.form_head import FormHead
from wufei_cells.documents.form_items import FormItems
from wufei_cells.documents.form_results import FormResults
from wufei_cells.documents.form_signatures import FormSignatures
from wufei_cells.documents.form_words import FormWords
from wufei_cells.documents.progress_report import EXAMPLE, FOOT, SPECIMEN, SPECIMEN_WIDTH
from wufei_cells.documents.report_pages import MIDDLE_OF_SIGNS, Box, Mark, Paper, ReportPages, Words
from wufei_cells.documents.report_table import LINE
from wufei_cells.documents.text import Align, fit_text, line_width

if TYPE_CHECKING:
    from wufei_cells.documents.form_data import FormData
    from wufei_cells.wording import Wording

FORM_PAPER = Paper(A4_LANDSCAPE, side=32.0, end=42.0)
SPECIMEN_ANGLE = 30.0


def render_form(data: FormData, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the form, or the sheet that was filled in, in the language of the wording.

    The same data give the same bytes: what a paper is about is on it, when it was printed is not.

    Raises:
        UserError: ``document.glyph_missing``: a text holds a character that no font has.
    """
    return _Form(data, fonts, wording).render()


class _Form:
    """One form on its way to paper."""

    def __init__(self, data: FormData, fonts: DocumentFonts, wording: Wording) -> None:
        self.data = data
        self.words = FormWords(data, wording)
        self.pages = ReportPages(fonts, FORM_PAPER)

    def render(self) -> bytes:
        head = FormHead(self.pages, self.words)
        head.set()
        items = FormItems(self.pages, self.words)
        if self.data.checklist.gates:
            head.section("gates", items.gate_table(), items.gate_rows())
        head.section("items", items.item_table(), items.item_rows())
        FormResults(self.pages, self.words, head).set()
        FormSignatures(self.pages, self.words).set()
        words = self.words
        name = words.plain(self.data.site.name) if self.data.site else words.edition
        title = words.say("file_title", title=words.title, name=name)
        info = DocumentInfo(title, "", words.edition, "en" if words.language == "en" else "zh-CN")
        return self.pages.save(info, self._frame, repeatable=True)

    # --- beside the content

    def _frame(self, number: int, count: int) -> list[Mark]:
        """What stands on each page: whose sheet it is, after which edition, its number, and what must not be missed."""
        paper, fonts, words = self.pages.paper, self.pages.fonts, self.words
        page = words.say("page", number=number, count=count)
        room = paper.width - line_width(fonts, page, FOOT) - 20
        site = words.plain(self.data.site.name) if self.data.site else words.say("site_blank", blank="_" * 24)
        told = words.say("foot", title=words.title, site=site, edition=words.edition)
        foot = fit_text(fonts, told, FOOT, room, smallest=4, most_lines=4)
        marks: list[Mark] = [
            Box(paper.left, paper.bottom - 10, paper.width, 0, stroke=LINE),
            Words(foot.lines[0], paper.left, paper.bottom - 22, foot.style),
            Words(page, paper.right, paper.bottom - 22, FOOT, Align.RIGHT),
            *self._warnings(),
        ]
        return [self._specimen(), *marks] if self.data.example else marks

    def _warnings(self) -> Iterator[Mark]:
        """Boxes at the top right: made-up data, a checklist of no authority, a sheet that is not finished."""
        paper, fonts = self.pages.paper, self.pages.fonts
        notes = [self.words.say("example")] if self.data.example else []
        notes += [] if self.data.checklist.official else [self.words.say("unofficial")]
        filled = self.data.filled
        if filled and not filled.scorecard.finished:
            notes.append(self.words.say("unfinished", count=len(filled.scorecard.missing)))
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
        return Words(word, width / 2 + middle * 0.5, height / 2 - middle * 0.85, style, Align.CENTER, SPECIMEN_ANGLE)
