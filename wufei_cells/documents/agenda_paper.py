"""The calendar on paper: whom to visit when, with addresses and telephones, and what else falls into these days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from wufei_cells.documents.agenda_words import AgendaWords
from wufei_cells.documents.canvas import DocumentInfo
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.documents.report_pages import BOTTOM, LEFT, RIGHT, TOP, WIDTH, Box, Mark, ReportPages, Words
from wufei_cells.documents.report_table import INK, LINE, QUIET, Column, Row, Table
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width
from wufei_cells.domain.agenda import AgendaEntry, AgendaKind
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

TITLE = TextStyle(Face.SANS_BOLD, 17, color=INK)
PERIOD = TextStyle(Face.SANS, 10, color=QUIET)
HEADING = TextStyle(Face.SANS_BOLD, 11.5, color=INK)
FOOT = TextStyle(Face.SANS, 8, color=QUIET)
EXAMPLE = TextStyle(Face.SANS_BOLD, 9, color="#B4442C")
VISIT_COLUMNS = {"time": 36.0, "site": 168.0, "people": 82.0, "contact": 100.0}
OTHER_COLUMNS = {"kind": 70.0, "about": 170.0}


@dataclass(frozen=True, slots=True)
class AgendaSheet:
    """What is printed."""

    city: Text
    first: date
    last: date
    entries: Sequence[AgendaEntry]
    example: bool = False


def render_agenda(data: AgendaSheet, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the calendar of some days, in the language of the wording; the same data give the same bytes.

    Raises:
        UserError: ``document.glyph_missing``: a name holds a character that no font has.
    """
    return _Paper(data, fonts, wording).render()


class _Paper:
    """One calendar on its way to paper."""

    def __init__(self, data: AgendaSheet, fonts: DocumentFonts, wording: Wording) -> None:
        self.data = data
        self.words = AgendaWords(wording)
        self.say = self.words.say
        self.pages = ReportPages(fonts)

    def render(self) -> bytes:
        city = self.words.about(self.data.city)
        title = self._plain(self.say("name", city=city))
        self.pages.paragraph([title], TITLE, 26)
        self.pages.paragraph([self._period()], PERIOD, 18)
        for day, entries in groupby(self.data.entries, key=lambda entry: max(entry.first, self.data.first)):
            self._day(day, list(entries))
        if not self.data.entries:
            self.pages.y -= 10
            self.pages.paragraph([self.say("nothing")], PERIOD, 18)
        language = "zh-CN" if self.words.language == "zh" else self.words.language
        info = DocumentInfo(title, city, self._period(), language)
        return self.pages.save(info, self._frame, repeatable=True)

    def _period(self) -> str:
        first, last = self.data.first.isoformat(), self.data.last.isoformat()
        return first if first == last else self.say("days", first=first, last=last)

    def _day(self, day: date, entries: list[AgendaEntry]) -> None:
        visits = [entry for entry in entries if entry.kind is AgendaKind.VISIT]
        others = [entry for entry in entries if entry.kind is not AgendaKind.VISIT]
        tables = [
            (self._columns(columns, rest), list(rows))
            for columns, rest, rows in (
                (VISIT_COLUMNS, "note", self._visits(visits)),
                (OTHER_COLUMNS, "detail", self._others(others)),
            )
        ]
        heading = self._plain(self.words.day(day))
        for columns, rows in tables:
            if not rows:
                continue
            table = Table(self.pages, columns)
            if heading:
                self._heading(heading, table.least_height(rows))
            self.pages.y -= 0 if heading else 6
            heading = ""
            table.set(rows)

    def _heading(self, text: str, follows: float) -> None:
        if not self.pages.need(40 + follows):
            self.pages.y -= 14
        self.pages.paragraph([text], HEADING, 18)
        self.pages.y -= 3

    def _columns(self, widths: dict[str, float], rest: str) -> list[Column]:
        columns = [Column(self.say(f"column.{key}"), width) for key, width in widths.items()]
        return [*columns, Column(self.say(f"column.{rest}"), WIDTH - sum(widths.values()))]

    def _visits(self, entries: list[AgendaEntry]) -> Iterator[Row]:
        for entry in entries:
            place = "\n".join(part for part in (self.words.about(entry.about), entry.place) if part)
            contact = "\n".join(part for part in (entry.contact, entry.phone) if part)
            people = self.say("names", names=entry.people)
            time = f"{entry.time:%H:%M}" if entry.time else ""
            yield Row([self._plain(text) for text in (time, place, people, contact, entry.note)])

    def _others(self, entries: list[AgendaEntry]) -> Iterator[Row]:
        for entry in entries:
            detail = self.words.detail(entry)
            if entry.first != entry.last:
                detail = self.say("until", last=entry.last, detail=detail) if detail else self.words.days(entry)
            about = self.words.about(entry.about) or self.say("gone")
            yield Row([self._plain(text) for text in (self.words.kind(entry.kind), about, detail)])

    def _plain(self, text: str) -> str:
        """Give a text of the data as this paper writes it."""
        return text if self.words.language == "zh" else text.translate(STRAIGHT)

    def _frame(self, number: int, count: int) -> list[Mark]:
        fonts = self.pages.fonts
        page = self.say("page", number=number, count=count)
        room = WIDTH - line_width(fonts, page, FOOT) - 20
        name = self._plain(self.say("name", city=self.words.about(self.data.city)))
        title = fit_text(fonts, name, FOOT, room, smallest=5)
        marks: list[Mark] = [
            Box(LEFT, BOTTOM - 16, WIDTH, 0, stroke=LINE),
            Words(title.lines[0], LEFT, BOTTOM - 28, title.style),
            Words(page, RIGHT, BOTTOM - 28, FOOT, Align.RIGHT),
        ]
        if self.data.example:
            marks.append(Words(self.say("example"), RIGHT, TOP + 20, EXAMPLE, Align.RIGHT))
        return marks
