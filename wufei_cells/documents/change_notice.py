"""The change notice of an edition as PDF: what is new, gone and different, the old words beside the new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wufei_cells.checklists.passages import changed_passages
from wufei_cells.documents.canvas import DocumentInfo
from wufei_cells.documents.change_sections import ChangeRow, ChangeSection, change_notice
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.documents.report_frame import CAPTION, FOOT, HEADING, SUBTITLE, TITLE
from wufei_cells.documents.report_pages import BOTTOM, LEFT, RIGHT, WIDTH, Box, Mark, ReportPages, Words
from wufei_cells.documents.report_table import INK, LINE, Cell, Column, Marked, Row, Table
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, wrap_text

if TYPE_CHECKING:
    from wufei_cells.checklists.comparison import Comparison
    from wufei_cells.wording import Wording

FIGURE = TextStyle(Face.SANS_BOLD, 18, color=INK)
SENTENCE = TextStyle(Face.SANS, 10, color=INK)
WENT = "#F6DDD6"
CAME = "#D5ECDD"
_WHOLE = ("added", "removed")
_OF_ENTRIES = ("points", "rule", "words", "handling", "place")


def render_change_notice(
    comparison: Comparison,
    fonts: DocumentFonts,
    wording: Wording,
    *,
    stand_in: str = "",
    repeatable: bool = False,
) -> bytes:
    """Print what is different between two editions, in the language of the wording.

    Args:
        comparison: the two editions side by side.
        fonts: the fonts of documents.
        wording: all words but those of the checklists.
        stand_in: what is printed for a character that no font has; without it such a character is refused.
        repeatable: the same comparison gives the same bytes, without the time of making.

    Raises:
        UserError: ``document.glyph_missing``: a text holds a character that no font has.
    """
    return _Paper(comparison, fonts, wording, stand_in).render(repeatable=repeatable)


class _Paper:
    """One notice on its way to paper."""

    def __init__(self, comparison: Comparison, fonts: DocumentFonts, wording: Wording, stand_in: str) -> None:
        self.stand_in = stand_in
        self.notice = change_notice(comparison, wording)
        self.wording = wording
        self.pages = ReportPages(fonts)

    def render(self, *, repeatable: bool) -> bytes:
        self._top()
        for section in self.notice.sections:
            self._section(section)
        language = "en" if self.wording.language == "en" else "zh-CN"
        title = self._plain(self.notice.title)
        info = DocumentInfo(title, "", self._plain(self.notice.summary[0]), language)
        return self.pages.save(info, self._frame, repeatable=repeatable)

    def _say(self, key: str, /, **values: object) -> str:
        return self.wording.say(f"comparing.{key}", **values)

    def _plain(self, text: str) -> str:
        """Chinese quotation marks are as wide as a character; English words take the straight ones."""
        if self.stand_in:
            missing = self.pages.fonts.missing(text.replace("\n", ""), Face.SANS)
            text = text.translate(str.maketrans(dict.fromkeys(missing, self.stand_in)))
        return text.translate(STRAIGHT) if self.wording.language == "en" else text

    # --- the top

    def _top(self) -> None:
        pages, fonts = self.pages, self.pages.fonts
        title = fit_text(fonts, self._plain(self.notice.title), TITLE, WIDTH, smallest=13, most_lines=6)
        pages.paragraph(title.lines, title.style, title.style.size * 1.35)
        for edition in self.notice.editions:
            pages.paragraph(wrap_text(fonts, self._plain(edition), SUBTITLE, WIDTH), SUBTITLE, 15)
        pages.y -= 8
        if self.notice.sections:
            self._figures()
        for sentence in self.notice.summary:
            pages.paragraph(wrap_text(fonts, self._plain(sentence), SENTENCE, WIDTH), SENTENCE, 16)

    def _figures(self) -> None:
        """How many entries changed in each way."""
        pages, figures = self.pages, self.notice.figures
        pages.y -= 40
        for place, (figure, caption) in enumerate(figures):
            x = LEFT + place * WIDTH / len(figures)
            if place:
                pages.add(Box(x - 10, pages.y, 0, 32, stroke=LINE))
            pages.add(Words(figure, x, pages.y + 13, FIGURE), Words(caption, x, pages.y, CAPTION))
        pages.y -= 14

    # --- the tables

    def _section(self, section: ChangeSection) -> None:
        table = Table(self.pages, self._columns(section.key))
        rows = [Row(self._cells(section.key, row)) for row in section.rows]
        if not self.pages.need(44 + table.least_height(rows)):
            self.pages.y -= 20
        self.pages.paragraph([self._say("heading", section=section.title, count=section.count)], HEADING, 20)
        self.pages.y -= 4
        table.set(rows)

    def _columns(self, key: str) -> list[Column]:
        if key in _WHOLE:
            columns = [self._column("subject", 62), self._column("worth", 62)]
            return [*columns, self._column("text", WIDTH - 124)]
        columns = [self._column("subject" if key in _OF_ENTRIES else "part", 96), self._column("respect", 66)]
        if key not in _OF_ENTRIES:
            half = (WIDTH - 162) / 2
            return [*columns, self._column("old", half), self._column("new", half)]
        half = (WIDTH - 162 - 44) / 2
        return [*columns, self._column("old", half), self._column("new", half), self._column("answers", 44)]

    def _column(self, key: str, width: float) -> Column:
        return Column(self._say(f"column_{key}"), width, Align.CENTER if key == "answers" else Align.LEFT)

    def _cells(self, key: str, row: ChangeRow) -> Sequence[Cell]:
        subject, respect = self._plain(row.subject), self._plain(row.respect)
        old, new = self._plain(row.old), self._plain(row.new)
        if key in _WHOLE:
            return (subject, respect, new or old)
        went, came = changed_passages(old, new)
        cells: tuple[Cell, ...] = (subject, respect, Marked(old, went, WENT), Marked(new, came, CAME))
        if key not in _OF_ENTRIES:
            return cells
        return (*cells, self._say("answers_carry" if row.carries else "answers_check"))

    def _frame(self, number: int, count: int) -> list[Mark]:
        """What stands on each page beside its content: the title and the page's number."""
        fonts = self.pages.fonts
        page = self._say("page", number=number, count=count)
        room = WIDTH - line_width(fonts, page, FOOT) - 20
        title = fit_text(fonts, self._plain(self.notice.title), FOOT, room, smallest=4, most_lines=9)
        return [
            Box(LEFT, BOTTOM - 16, WIDTH, 0, stroke=LINE),
            Words(title.lines[0], LEFT, BOTTOM - 28, title.style),
            Words(page, RIGHT, BOTTOM - 28, FOOT, Align.RIGHT),
        ]
