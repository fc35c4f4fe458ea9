"""The top of a form: whom and what it is about, the facts of the site, and what is asked before anything is scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import FAILED
from wufei_cells.documents.form_questions import BOX, LONG_BLANK, FormQuestions
from wufei_cells.documents.form_table import BAND, BODY, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_table import INK, QUIET
from wufei_cells.documents.text import TextStyle, fit_text, wrap_text

if TYPE_CHECKING:
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.prechecks import PrecheckFinding

TITLE = TextStyle(Face.SANS_BOLD, 19, spacing=0.4, color=INK)
NOTE = TextStyle(Face.SANS, 8.5, color=QUIET)
HEADING = TextStyle(Face.SANS_BOLD, 11.5, color=INK)
HEADING_HEIGHT = 20.0
HEADING_ABOVE = 12.0
LABEL = 74.0
FEWEST_ASSESSORS = 3  # lines when nobody is named
LINE_HEIGHT = 21.0
BLANK_SHARES, FILLED_SHARES = (0.46, 0.22, 0.32), (0.4, 0.38, 0.22)
"""Of the width, for the columns of the pre-check."""


class FormHead:
    """Sets everything above the table."""

    def __init__(self, pages: ReportPages, words: FormWords) -> None:
        self._pages = pages
        self._words = words
        self._say = words.say

    def set(self) -> None:
        """Put it on the first page."""
        self._title()
        self._about()
        self._facts()
        self._precheck()

    # --- title and parties

    def _title(self) -> None:
        pages, words = self._pages, self._words
        title = fit_text(pages.fonts, words.title, TITLE, pages.paper.width, smallest=13, most_lines=3)
        pages.paragraph(title.lines, title.style, title.style.size * 1.4)
        notice = words.text(words.data.checklist.notice)
        for line in wrap_text(pages.fonts, notice, NOTE, pages.paper.width) if notice else ():
            pages.paragraph([line], NOTE, 12.5)
        pages.y -= 6

    def _about(self) -> None:
        pairs = list(self._pairs())
        half = self._pages.paper.width / 2
        columns = [FormColumn("", width) for width in (LABEL, half - LABEL, LABEL, half - LABEL)]
        rows = [
            FormRow(
                _label_and_value(pairs[at]) + _label_and_value(pairs[at + 1]),
                least=LINE_HEIGHT,
                grounds=(BAND, None, BAND, None),
            )
            for at in range(0, len(pairs), 2)
        ]
        FormTable(self._pages, columns).set(rows)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        words, data, say = self._words, self._words.data, self._say
        site = data.site
        yield say("unit"), words.plain(site.name) if site else ""
        yield say("category"), words.text(data.checklist.category.text)
        yield say("address"), words.plain(site.address) if site else ""
        yield say("district"), words.text(data.district)
        yield say("checklist"), words.edition
        if data.filled is None:
            start = words.day(data.visited_on) if data.visited_on else say("date_blank")
            yield say("date"), say("date_from_to", start=start, end=say("date_blank"))
        else:
            yield say("date"), words.day(data.on)
        yield say("assessors"), self._assessors()
        yield self._last_pair()

    def _assessors(self) -> str:
        names = self._words.data.assessors
        if not names and self._words.data.filled is None:
            return "　".join(["_" * 13] * FEWEST_ASSESSORS)
        return self._say("names").join(map(self._words.plain, names))

    def _last_pair(self) -> tuple[str, str]:
        filled = self._words.data.filled
        if filled is None:
            return self._say("representative"), self._say("representative_blank", blank="_" * 10, long="_" * 14)
        column = filled.assessment.column
        named = {one.key: self._words.text(one.text) for one in self._words.data.checklist.scoring.columns}
        key = f"opinion_{column}"
        told = named.get(column) or (self._say(key) if f"form.{key}" in self._words.wording else column)
        return self._say("opinion"), told if filled.assessment.part_of is None else self._say("part_sheet", name=told)

    # --- what is asked first

    def _facts(self) -> None:
        facts = self._words.data.checklist.facts
        if not facts:
            return
        questions = FormQuestions(self._words)
        asked = [(self._words.text(fact.text), questions.fact(fact)) for fact in facts]
        width = self._pages.paper.width / 2
        columns = [FormColumn("", part) for part in (width * 0.56, width * 0.44) * 2]
        rows: list[FormRow] = []
        for left, right in zip_longest(asked[::2], asked[1::2], fillvalue=("", "")):
            cells = [[Para(text, BODY, leading=13)] if text else [] for text in (*left, *right)]
            rows.append(FormRow(cells, least=LINE_HEIGHT, grounds=(BAND, None, BAND, None)))
        self.section("facts", FormTable(self._pages, columns), rows)

    def _precheck(self) -> None:
        rows = list(self._blank_precheck() if self._words.data.filled is None else self._filled_precheck())
        if not rows:
            return
        # A result that is still to be written by pen needs room; beside one that is known, the source reads better wide
        shares = BLANK_SHARES if self._words.data.filled is None else FILLED_SHARES
        width = self._pages.paper.width
        names = ("column_precheck", "column_source", "column_result")
        columns = [FormColumn(self._say(name), width * share) for name, share in zip(names, shares, strict=True)]
        self.section("precheck", FormTable(self._pages, columns), rows)

    def _blank_precheck(self) -> Iterator[FormRow]:
        words = self._words
        for question in words.data.precheck:
            holds = f"{BOX} {self._say('holds')}　　{BOX} {self._say('holds_not', reason=LONG_BLANK)}"
            cells = [Para(words.text(question.text))], [Para(words.text(question.source), SMALL)]
            yield FormRow([*cells, [Para(holds, BODY, leading=15)]], least=24)

    def _filled_precheck(self) -> Iterator[FormRow]:
        """What is asked, and what was found; the words that were looked at stand, also where they are asked no more."""
        words, filled = self._words, self._words.data.filled
        assert filled is not None
        found = filled.precheck.findings
        asked = {question.key: question for question in words.data.precheck}
        for key in dict.fromkeys((*asked, *found)):
            question, then = asked.get(key), found[key].text if key in found else ""
            unchanged = question is not None and then in ("", question.text.zh)
            told = words.text(question.text) if question and unchanged else words.plain(then or key)
            source = words.text(question.source) if question else ""
            yield FormRow([[Para(told)], [Para(source, SMALL)], [self._found(found.get(key))]])

    def _found(self, found: PrecheckFinding | None) -> Para:
        if found is None:
            return Para(self._say("not_checked"), FAILED)
        if found.holds:
            return Para(self._say("holds"), STRONG)
        return Para(self._say("holds_not", reason=self._words.plain(found.reason)), FAILED)

    def section(self, key: str, table: FormTable, rows: Sequence[FormRow], **values: object) -> None:
        """Put a table with its heading on the pages; the heading is never alone at the end of one."""
        heading = self._say(f"heading_{key}", **values)
        lines = wrap_text(self._pages.fonts, heading, HEADING, self._pages.paper.width)
        if not table.need(rows, HEADING_ABOVE + HEADING_HEIGHT * len(lines)):
            self._pages.y -= HEADING_ABOVE
        self._pages.paragraph(lines, HEADING, HEADING_HEIGHT)
        table.set(rows)


def _label_and_value(pair: tuple[str, str]) -> list[list[Para]]:
    label, value = pair
    return [[Para(label, BODY, leading=14)], [Para(value, STRONG, leading=14)] if value else []]
