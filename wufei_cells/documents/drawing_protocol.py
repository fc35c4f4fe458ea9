"""A drawing by lot on paper: the list announced before it, its protocol, and the visits of each inspector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo
from wufei_cells.documents.drawing_words import DrawingWords
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.form_table import FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.documents.report_frame import (
    EXAMPLE,
    FOOT,
    HEADING,
    SPECIMEN,
    SPECIMEN_ANGLE,
    SPECIMEN_WIDTH,
    SUBTITLE,
    TITLE,
)
from wufei_cells.documents.report_pages import (
    BOTTOM,
    LEFT,
    MIDDLE_OF_SIGNS,
    RIGHT,
    TOP,
    WIDTH,
    Box,
    Mark,
    ReportPages,
    Words,
)
from wufei_cells.documents.report_table import INK, LINE, QUIET, STRONG_LINE, Column, Row, Table
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, wrap_text
from wufei_cells.scoring.drawing import list_hash, list_text

if TYPE_CHECKING:
    from wufei_cells.domain.drawings import Candidate, Drawing, DrawingPlan, DrawingRow
    from wufei_cells.wording import Wording

SENTENCE = TextStyle(Face.SANS, 9.5, color=INK)
LABEL = TextStyle(Face.SANS, 9.5, color=QUIET)
LISTED = TextStyle(Face.SANS, 6.5, color=INK)
LEADING, LISTED_LEADING = 14.5, 9.0
LABELS = 104.0  # width
SIGNERS = ("drawer", "witness", "clerk")
VISIT = 48.0  # height of a row of visits: room to write
SIGNATURE = 46.0  # height of the room to sign
ADVICE = "verify_1", "verify_2", "verify_3"


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit on the sheet of an inspector."""

    site: Candidate
    inspectors: tuple[str, ...]
    contact: str
    phone: str


def render_announcement(plan: DrawingPlan, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the list that is published before the seed is known. The same list gives the same bytes.

    Raises:
        UserError: ``document.glyph_missing``: a name holds a character that no font has.
    """
    return _Protocol(plan, None, fonts, wording).render()


def render_protocol(row: DrawingRow, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print the protocol of a drawing. The same record gives the same bytes.

    Raises:
        UserError: ``document.glyph_missing``.
    """
    return _Protocol(row.drawing.plan, row, fonts, wording).render()


def render_visits(row: DrawingRow, lines: Sequence[VisitLine], fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print for each inspector, on pages of their own, whom to visit.

    Args:
        row: the drawing.
        lines: its visits in the order of drawing.
        fonts: the fonts of documents.
        wording: the language.

    Raises:
        UserError: ``document.glyph_missing``.
    """
    return _Visits(row.drawing.plan, "visits_paper", fonts, wording).render_lines(lines)


class _Paper:
    """What all papers of a drawing share."""

    def __init__(self, plan: DrawingPlan, title: str, fonts: DocumentFonts, wording: Wording) -> None:
        self.plan = plan
        self.words = DrawingWords(plan, wording)
        self.pages = ReportPages(fonts)
        self.title = f"{self.say(title)} · {self.plain(plan.choice.title)}"

    def say(self, key: str, /, **values: object) -> str:
        return self.plain(self.words.say(key, **values))

    def plain(self, text: str) -> str:
        """Chinese quotation marks are as wide as a character; English words take the straight ones."""
        return text.translate(STRAIGHT) if self.words.wording.language == "en" else text

    def top(self, title: str) -> None:
        pages, fonts = self.pages, self.pages.fonts
        fitted = fit_text(fonts, title, TITLE, WIDTH, smallest=13, most_lines=3)
        pages.paragraph(fitted.lines, fitted.style, fitted.style.size * 1.35)
        pages.paragraph(wrap_text(fonts, self.plain(self.plan.choice.title), HEADING, WIDTH), HEADING, 19)
        pages.paragraph(wrap_text(fonts, self.plain(self.words.text("issuer")), SUBTITLE, WIDTH), SUBTITLE, 15)
        pages.y -= 8

    def facts(self, told: Sequence[tuple[str, str]]) -> None:
        """Set labels with what they stand for beside them."""
        pages = self.pages
        for label, text in told:
            lines = wrap_text(pages.fonts, self.plain(text), SENTENCE, WIDTH - LABELS)
            for number, line in enumerate(lines):
                pages.need(LEADING)
                y = pages.y - LEADING / 2 - MIDDLE_OF_SIGNS * SENTENCE.size
                if not number:
                    pages.add(Words(self.say(label), LEFT, y, LABEL))
                pages.add(Words(line, LEFT + LABELS, y, SENTENCE))
                pages.y -= LEADING

    def heading(self, text: str, follow: float = 0.0) -> None:
        if not self.pages.need(44 + follow):
            self.pages.y -= 16
        self.pages.paragraph([text], HEADING, 20)
        self.pages.y -= 3

    def table(self, heading: str, columns: Sequence[tuple[str, float, Align]], rows: Sequence[Sequence[str]]) -> None:
        """Set a table under its heading; a width of 0 takes what is left."""
        rest = WIDTH - sum(width for _key, width, _align in columns)
        table = Table(
            self.pages, [Column(self.say(f"column_{key}"), width or rest, align) for key, width, align in columns]
        )
        made = [Row([self.plain(cell) for cell in row]) for row in rows]
        self.heading(heading, table.least_height(made))
        table.set(made)

    def sentences(self, sentences: Sequence[str]) -> None:
        for number, sentence in enumerate(sentences, 1):
            indent = 18.0
            lines = wrap_text(self.pages.fonts, self.plain(sentence), SENTENCE, WIDTH - indent)
            for place, line in enumerate(lines):
                self.pages.need(LEADING)
                y = self.pages.y - LEADING / 2 - MIDDLE_OF_SIGNS * SENTENCE.size
                if not place:
                    self.pages.add(Words(f"{number}.", LEFT, y, LABEL))
                self.pages.add(Words(line, LEFT + indent, y, SENTENCE))
                self.pages.y -= LEADING

    def save(self) -> bytes:
        language = "en" if self.words.wording.language == "en" else "zh-CN"
        info = DocumentInfo(self.title, self.plain(self.words.text("issuer")), "", language)
        return self.pages.save(info, self._frame, repeatable=True)

    def _frame(self, number: int, count: int) -> list[Mark]:
        """What stands on each page beside its content: the title, the page's number, and that data are made up."""
        fonts = self.pages.fonts
        page = self.say("page", number=number, count=count)
        room = WIDTH - line_width(fonts, page, FOOT) - 20
        title = fit_text(fonts, self.title, FOOT, room, smallest=4, most_lines=9)
        marks: list[Mark] = [
            Box(LEFT, BOTTOM - 16, WIDTH, 0, stroke=LINE),
            Words(title.lines[0], LEFT, BOTTOM - 28, title.style),
            Words(page, RIGHT, BOTTOM - 28, FOOT, Align.RIGHT),
        ]
        if not self.plan.example:
            return marks
        word, note = self.say("specimen"), self.say("example")
        style = SPECIMEN.scaled(SPECIMEN.size * min(1, SPECIMEN_WIDTH / line_width(fonts, word, SPECIMEN)))
        middle = MIDDLE_OF_SIGNS * style.size
        x, y = A4_PORTRAIT[0] / 2 + middle * 0.8, A4_PORTRAIT[1] / 2 - middle * 0.6
        specimen = Words(word, x, y, style, Align.CENTER, SPECIMEN_ANGLE)
        return [specimen, *marks, Words(note, RIGHT, TOP + 14, EXAMPLE, Align.RIGHT)]


class _Protocol(_Paper):
    """The list before the draw, or the protocol after it."""

    def __init__(self, plan: DrawingPlan, row: DrawingRow | None, fonts: DocumentFonts, wording: Wording) -> None:
        super().__init__(plan, "protocol_title" if row else "announcement_title", fonts, wording)
        self.row = row

    def render(self) -> bytes:
        self.top(self.say("protocol_title" if self.row else "announcement_title"))
        self._facts()
        if self.row:
            self._result(self.row.drawing)
        self._list()
        self._left_out()
        self._people()
        self.heading(self.say("heading_rules"))
        self.sentences(self.words.rules)
        self.heading(self.say("heading_verify" if self.row else "heading_announced"))
        self.sentences([self.words.say(key) for key in (ADVICE if self.row else ("announced_1", "announced_2"))])
        if self.row:
            self._signatures()
        self._appendix()
        return self.save()

    def _facts(self) -> None:
        words, plan = self.words, self.plan
        of_list = self.row.drawing.list_hash if self.row else list_hash(plan.lists)
        told = [("fact_drawn_on" if self.row else "fact_made_on", words.day(plan.on))]
        if self.row:
            told.append(("fact_author", self.row.author))
        told += [
            ("fact_pool", words.pool),
            ("fact_amount", words.amount),
            ("fact_per_site", words.say("per_site", count=plan.choice.per_site)),
            ("fact_hash", of_list),
        ]
        if self.row:
            told += [("fact_seed", self.row.drawing.seed), ("fact_seed_source", self.row.drawing.seed_source)]
            told.append(("fact_record", self.row.id))
        self.facts(told)

    def _result(self, drawing: Drawing) -> None:
        rows: list[list[str]] = []
        for number, one in enumerate(drawing.drawn, 1):
            site = drawing.site(one.site)
            lot = self.say("lot", pick=one.pick, total=one.total)
            rows.append([str(number), site.name, self.words.district(site), lot, self.words.names(one.inspectors)])
        columns = [("order", 34.0, Align.CENTER), ("site", 0.0, Align.LEFT), ("district", 84.0, Align.LEFT)]
        columns += [("lot", 66.0, Align.CENTER), ("inspectors", 128.0, Align.LEFT)]
        self.table(self.say("heading_result", count=len(rows)), columns, rows)

    def _list(self) -> None:
        plan, words = self.plan, self.words
        rows = [
            [
                str(number),
                site.name,
                words.district(site),
                site.certificate or "–",
                str(site.weight),
                words.weight_reasons(site) or "–",
            ]
            for number, site in enumerate(plan.candidates, 1)
        ]
        columns = [("number", 30.0, Align.CENTER), ("site", 0.0, Align.LEFT), ("district", 70.0, Align.LEFT)]
        columns += [("certificate", 92.0, Align.LEFT), ("weight", 42.0, Align.CENTER), ("reasons", 140.0, Align.LEFT)]
        self.table(self.say("heading_list", count=len(rows), weight=plan.weight), columns, rows)

    def _left_out(self) -> None:
        rows = [[one.name, self.words.exclusion(one)] for one in self.plan.exclusions]
        if not rows:
            self.heading(self.say("heading_left_out", count=0))
            self.pages.paragraph([self.say("nobody_left_out")], SENTENCE, LEADING)
            return
        columns = [("site", 190.0, Align.LEFT), ("why_left_out", 0.0, Align.LEFT)]
        self.table(self.say("heading_left_out", count=len(rows)), columns, rows)

    def _people(self) -> None:
        words, pages = self.words, self.pages
        people = self.plan.choice.inspectors
        self.heading(self.say("heading_people", count=len(people)))
        pages.paragraph(wrap_text(pages.fonts, self.plain(words.names(people)), SENTENCE, WIDTH), SENTENCE, LEADING)
        rows = [[name, why, self._sites(sites)] for (name, why), sites in self._conflicts().items()]
        if not rows:
            pages.paragraph([self.say("no_conflicts")], SENTENCE, LEADING)
            return
        columns = [("inspector", 100.0, Align.LEFT), ("conflict", 140.0, Align.LEFT), ("sites", 0.0, Align.LEFT)]
        self.table(self.say("heading_conflicts"), columns, rows)

    def _conflicts(self) -> Mapping[tuple[str, str], list[str]]:
        """Give by inspector and reason the sites that are concerned."""
        found: dict[tuple[str, str], list[str]] = {}
        for one in self.plan.conflicts:
            found.setdefault((one.inspector, self.words.conflict(one)), []).append(one.site)
        return dict(sorted(found.items()))

    def _sites(self, keys: Sequence[str]) -> str:
        if len(keys) == len(self.plan.candidates):
            return self.say("all_sites", count=len(keys))
        names = {site.id: site.name for site in self.plan.candidates}
        return self.words.names(names[key] for key in keys)

    def _signatures(self) -> None:
        pages = self.pages
        pages.need(SIGNATURE + 30)
        pages.y -= SIGNATURE
        step = WIDTH / len(SIGNERS)
        for place, signer in enumerate(SIGNERS):
            x = LEFT + place * step
            label = self.say(f"sign_{signer}")
            pages.add(Words(label, x, pages.y, LABEL))
            left = x + line_width(pages.fonts, label, LABEL) + 4
            pages.add(Box(left, pages.y - 3, x + step - 12 - left, 0, stroke=STRONG_LINE))
        pages.y -= 16

    def _appendix(self) -> None:
        """The list as it is hashed, in small print; what stands between its parts is said above it."""
        pages = self.pages
        self.heading(self.say("heading_appendix"))
        note = wrap_text(pages.fonts, self.say("appendix_1"), SENTENCE, WIDTH)
        pages.paragraph(note, SENTENCE, LEADING)
        pages.y -= 4
        for line in list_text(self.plan.lists).splitlines():
            shown = line.replace("\t", "  ")
            for part in wrap_text(pages.fonts, shown, LISTED, WIDTH):
                pages.paragraph([part], LISTED, LISTED_LEADING)


class _Visits(_Paper):
    """Sheets that are handed out: the visits of one inspector each."""

    def render_lines(self, lines: Sequence[VisitLine]) -> bytes:
        sent = [name for name in self.plan.choice.inspectors if any(name in line.inspectors for line in lines)]
        for place, name in enumerate(sent):
            if place:
                self.pages.need(A4_PORTRAIT[1])  # each on a sheet of their own
            self._sheet(name, [line for line in lines if name in line.inspectors])
        return self.save()

    def _sheet(self, name: str, lines: Sequence[VisitLine]) -> None:
        self.top(self.say("visits_title", name=name))
        self.facts(
            [
                ("fact_drawn_on", self.words.day(self.plan.on)),
                ("fact_visits", self.words.say("visits_count", count=len(lines))),
            ]
        )
        columns = [("number", 30.0, Align.CENTER), ("site", 0.0, Align.LEFT), ("address", 122.0, Align.LEFT)]
        columns += [("contact", 82.0, Align.LEFT), ("with", 92.0, Align.LEFT), ("visited", 66.0, Align.LEFT)]
        rest = WIDTH - sum(width for _key, width, _align in columns)
        made = [FormColumn(self.say(f"column_{key}"), width or rest, align) for key, width, align in columns]
        self.heading(self.say("heading_visits"))
        FormTable(self.pages, made).set([self._visit(name, number, line) for number, line in enumerate(lines, 1)])
        self.pages.y -= 8
        note = wrap_text(self.pages.fonts, self.say("visits_note"), SENTENCE, WIDTH)
        self.pages.paragraph(note, SENTENCE, LEADING)

    def _visit(self, name: str, number: int, line: VisitLine) -> FormRow:
        site, others = line.site, (other for other in line.inspectors if other != name)
        cells = (
            (str(number),),
            (site.name, site.certificate),
            (self.words.district(site), site.address),
            (line.contact, line.phone),
            tuple(others),
            (),
        )
        return FormRow([[Para(self.plain(text)) for text in cell if text] for cell in cells], least=VISIT)
