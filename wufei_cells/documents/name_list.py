"""A list of names as PDF, set as offices set their papers: A4 portrait, wide margins, the table below the text.

Room for the red seal is left beside the date: the seal is put on paper, never printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.form_table import FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.name_list_words import NameListWords
from wufei_cells.documents.report_frame import EXAMPLE, SPECIMEN, SPECIMEN_ANGLE, SPECIMEN_WIDTH
from wufei_cells.documents.report_pages import MIDDLE_OF_SIGNS, Box, Mark, Paper, ReportPages, Words
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, set_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wufei_cells.documents.name_list_data import ListGroup, NameList
    from wufei_cells.wording import Wording

INK = "#000000"
PAPER = Paper(A4_PORTRAIT, side=76.0, end=92.0)
TITLE = TextStyle(Face.SERIF_BOLD, 22, spacing=0.6, color=INK)
NUMBER = TextStyle(Face.SERIF, 14, color=INK)
BODY = TextStyle(Face.SERIF, 15, color=INK)
BODY_LEADING = 27.0
HEADING = TextStyle(Face.SERIF_BOLD, 14, color=INK)
HEADING_HEIGHT = 26.0
CELL = TextStyle(Face.SERIF, 11, color=INK)
STRONG = TextStyle(Face.SERIF_BOLD, 11, color=INK)
CELL_LEADING = 16.0
ROW_HEIGHT = 23.0
PAGE = TextStyle(Face.SERIF, 12, color=INK)
SEAL = 84.0  # height that the ending leaves for the seal
WITH_ENDING = 3  # rows that go with the ending, so that no page holds the issuer and the date alone
WIDTHS = {"number": 0.08, "name": 0.35, "district": 0.16, "certificate": 0.25, "until": 0.16}
WIDTHS_WITHOUT = {"number": 0.12, "name": 0.6, "district": 0.28}


def render_name_list(data: NameList, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print a list, in the language of the wording. The same list gives the same bytes.

    Raises:
        ProblemsFound: it cannot be published like this.
        UserError: ``document.glyph_missing``: a name holds a character that no font has.
    """
    data.refuse_gaps()
    return _NameListPaper(data, fonts, wording).render()


class _NameListPaper:
    """One list on its way to paper."""

    def __init__(self, data: NameList, fonts: DocumentFonts, wording: Wording) -> None:
        self.data = data
        self.words = NameListWords(data, wording)
        self.pages = ReportPages(fonts, PAPER)

    def render(self) -> bytes:
        self._title()
        for paragraph in self.words.body:
            self._paragraph(paragraph)
        filled = [(number, group) for number, group in enumerate(self.data.groups, start=1) if group.entries]
        for number, group in filled:
            self._group(number, group, last=number == filled[-1][0])
        self._ending()
        language = "en" if self.words.language == "en" else "zh-CN"
        info = DocumentInfo(self.words.title, self.words.own(self.data.issuer), self.data.document_number, language)
        return self.pages.save(info, self._frame, repeatable=True)

    # --- text

    def _title(self) -> None:
        pages = self.pages
        fitted = fit_text(pages.fonts, self.words.title, TITLE, PAPER.width, smallest=17, most_lines=3)
        for line in fitted.lines:
            self._centered(line, fitted.style, fitted.style.size * 1.5)
        if self.data.document_number:
            pages.y -= 6
            self._centered(self.words.plain(self.data.document_number), NUMBER, 22)
        pages.y -= 18

    def _centered(self, line: str, style: TextStyle, leading: float) -> None:
        pages = self.pages
        middle = pages.y - leading / 2 - MIDDLE_OF_SIGNS * style.size
        pages.add(Words(line, PAPER.left + PAPER.width / 2, middle, style, Align.CENTER))
        pages.y -= leading

    def _paragraph(self, text: str) -> None:
        """A paragraph with its first line two signs further in; English goes without."""
        pages = self.pages
        chinese = self.words.language == "zh"
        indent = 2 * BODY.size if chinese else 0.0
        lines = set_text(pages.fonts, text, BODY, PAPER.width, first_indent=indent, justify=chinese)
        for line in lines:
            pages.need(BODY_LEADING)
            middle = pages.y - BODY_LEADING / 2 - MIDDLE_OF_SIGNS * BODY.size
            pages.add(Words(line.text, PAPER.left + line.indent, middle, line.style))
            pages.y -= BODY_LEADING
        pages.y -= 0 if chinese else 8

    # --- tables

    def _group(self, number: int, group: ListGroup, *, last: bool) -> None:
        pages, words = self.pages, self.words
        widths = WIDTHS if len(words.columns) > len(WIDTHS_WITHOUT) else WIDTHS_WITHOUT
        columns = [
            FormColumn(
                words.say(f"column_{key}"),
                PAPER.width * widths[key],
                Align.LEFT if key == "name" else Align.CENTER,
            )
            for key in words.columns
        ]
        continued = words.say("continued", heading="{heading}")
        table = FormTable(pages, columns, continued=continued, strong=STRONG, after=SEAL if last else 0.0)
        heading = words.heading(number, group)
        rows = [
            FormRow(
                [[Para(text, CELL, leading=CELL_LEADING)] for text in words.cells(place, entry)],
                least=ROW_HEIGHT,
                under=heading,
                keep=last and len(group.entries) - WITH_ENDING < place,
            )
            for place, entry in enumerate(group.entries, start=1)
        ]
        if not table.need(rows, HEADING_HEIGHT + 10):
            pages.y -= 10
        middle = pages.y - HEADING_HEIGHT / 2 - MIDDLE_OF_SIGNS * HEADING.size
        pages.add(Words(heading, PAPER.left, middle, HEADING))
        pages.y -= HEADING_HEIGHT
        table.set(rows)

    def _ending(self) -> None:
        """Who says so, and when; never alone on a page without the seal's room."""
        pages = self.pages
        issuer, day = self.words.ending
        fitted = fit_text(pages.fonts, issuer, BODY, PAPER.width * 0.8, smallest=10, most_lines=2)
        width = max(line_width(pages.fonts, line, fitted.style) for line in (*fitted.lines, day))
        pages.need(SEAL)
        pages.y -= SEAL - BODY_LEADING * (len(fitted.lines) + 1)
        middle = PAPER.right - max(width / 2, 60)
        for line in (*fitted.lines, day):
            pages.add(Words(line, middle, pages.y - BODY_LEADING / 2, fitted.style, Align.CENTER))
            pages.y -= BODY_LEADING

    # --- beside the content

    def _frame(self, number: int, _count: int) -> list[Mark]:
        """What stands on each page: its number, and what must not be missed."""
        marks: list[Mark] = [*self._specimen()] if self.data.example else []
        page = self.words.say("page", number=number)
        marks.append(Words(page, PAPER.left + PAPER.width / 2, PAPER.bottom - 34, PAGE, Align.CENTER))
        x = PAPER.right
        for note in self.words.warnings:
            width = line_width(self.pages.fonts, note, EXAMPLE) + 14
            marks.append(Box(x - width, PAPER.top + 22, width, 17, stroke=EXAMPLE.color, line_width=0.9))
            marks.append(Words(note, x - 7, PAPER.top + 27.5, EXAMPLE, Align.RIGHT))
            x -= width + 8
        return marks

    def _specimen(self) -> Iterator[Mark]:
        """A large pale word under everything."""
        word = self.words.say("specimen")
        style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(self.pages.fonts, word, SPECIMEN)))
        middle = MIDDLE_OF_SIGNS * style.size
        x, y = A4_PORTRAIT[0] / 2 + middle * 0.8, A4_PORTRAIT[1] / 2 - middle * 0.6
        yield Words(word, x, y, style, Align.CENTER, SPECIMEN_ANGLE)
