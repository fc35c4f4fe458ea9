"""The top of an assessment report: whom it is about, what came out, and how the total came about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import ALARM, span
from wufei_cells.documents.form_head import HEADING, HEADING_ABOVE, HEADING_HEIGHT, LABEL, LINE_HEIGHT, FormHead
from wufei_cells.documents.form_table import BAND, BODY, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_pages import Box, ReportPages, Words
from wufei_cells.documents.report_table import ACCENT, INK, QUIET, Bar, Column, Row, Table
from wufei_cells.documents.text import Align, TextStyle, fit_text, line_width, wrap_text
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.lifecycle import Stage

if TYPE_CHECKING:
    from fractions import Fraction

    from wufei_cells.documents.assessment_report_words import ReportWords
    from wufei_cells.domain.checklists import Group
    from wufei_cells.scoring.scorecard import GroupScore, Span

RESULT = TextStyle(Face.SANS_BOLD, 24, color=ACCENT)
OUT_OF = TextStyle(Face.SANS, 11, color=QUIET)
VERDICT = TextStyle(Face.SANS_BOLD, 10, color=INK)
VERDICT_LEADING = 15.0
RESULT_HEIGHT = 40.0
STRIPE = 5.0  # width of the colored edge beside the result
INSET = 14.0
STEP_IN = 9.0  # how much further in a deeper line of the explanation begins


class ReportHead(FormHead):
    """Sets everything above the items."""

    def __init__(self, pages: ReportPages, words: ReportWords) -> None:
        super().__init__(pages, words)
        self._report = words

    def set(self) -> None:
        """Put it on the first pages."""
        self._title()
        self._about()
        self._result()
        self._groups()
        self._explanation()
        self._facts()
        self._precheck()

    # --- whom it is about

    def _about(self) -> None:
        super()._about()
        width = self._pages.paper.width
        told = [("checklist", self._words.edition), ("stage", self._stage())]
        if self._report.report.certificate:
            told.append(("certificate", self._report.report.certificate))
        rows = [
            FormRow(
                [[Para(self._say(key), BODY, leading=14)], [Para(text, STRONG, leading=14)]],
                least=LINE_HEIGHT,
                grounds=(BAND, None),
            )
            for key, text in told
        ]
        FormTable(self._pages, [FormColumn("", LABEL), FormColumn("", width - LABEL)]).set(rows)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        words, data, say = self._words, self._words.data, self._say
        assert data.site is not None
        yield say("unit"), words.plain(data.site.name)
        yield say("category"), words.text(data.checklist.category.text)
        yield say("address"), words.plain(data.site.address)
        yield say("district"), words.text(data.district)
        yield say("assessors"), self._assessors()
        yield say("date"), words.day(data.on)
        if self._report.filled.assessment.part_of is not None:
            yield self._last_pair()
            yield "", ""

    def _stage(self) -> str:
        filled, words = self._report.filled, self._words
        row = filled.assessment
        told = self._say(f"stage_{row.stage.value}")
        if row.reviewed_by and row.reviewed_at:
            name = words.plain(filled.people.get(row.reviewed_by, row.reviewed_by))
            told += self._say("reviewed", name=name, at=words.moment(row.reviewed_at))
        if row.decided_by and row.decided_at:
            name = words.plain(filled.people.get(row.decided_by, row.decided_by))
            told += self._say("decided", name=name, at=words.moment(row.decided_at))
        return told + (self._say("remarked", text=words.plain(row.remarks)) if row.remarks else "")

    # --- what came out

    def _result(self) -> None:
        """The level and the total in one large line, the verdict as a sentence below it."""
        pages, words = self._pages, self._words
        paper, fonts = pages.paper, pages.fonts
        color = self._color()
        lines = wrap_text(fonts, words.plain(self._report.filled.verdict), VERDICT, paper.width - 2 * INSET)
        height = RESULT_HEIGHT + len(lines) * VERDICT_LEADING + 10
        pages.need(height + 12)
        pages.y -= height + 12
        top, left = pages.y + height, paper.left + INSET
        pages.add(Box(paper.left, pages.y, paper.width, height, fill=BAND))
        pages.add(Box(paper.left, pages.y, STRIPE, height, fill=color))
        base = top - 30
        used = self._points(paper.right - INSET, base, color)
        style = TextStyle(RESULT.face, RESULT.size, color=color)
        room = paper.width - 2 * INSET - used - 16
        fitted = fit_text(fonts, self._level(), style, room, smallest=13, most_lines=3, smallest_wrapped=8)
        for number, line in enumerate(fitted.lines):
            raised = (len(fitted.lines) - 1 - 2 * number) * fitted.style.size * 0.6
            pages.add(Words(line, left, base + raised, fitted.style))
        for number, line in enumerate(lines):
            pages.add(Words(line, left, top - RESULT_HEIGHT - 10 - number * VERDICT_LEADING, VERDICT))

    def _points(self, right: float, base: float, color: str) -> float:
        """The total at the right edge; give the room it takes."""
        report, pages = self._report.report, self._pages
        full = self._say("of_full", full=exact(self._report.filled.scorecard.full))
        points = span(report.total)
        style = TextStyle(RESULT.face, RESULT.size, color=color)
        behind = line_width(pages.fonts, full, OUT_OF)
        pages.add(Words(points, right - behind - 4, base, style, Align.RIGHT))
        pages.add(Words(full, right, base, OUT_OF, Align.RIGHT))
        return behind + 4 + line_width(pages.fonts, points, style)

    def _color(self) -> str:
        passed, stage = self._report.report.passed, self._report.filled.assessment.stage
        if passed is False or stage in (Stage.STOPPED, Stage.REJECTED):
            return ALARM
        return INK if passed is None else ACCENT

    def _level(self) -> str:
        report, words = self._report.report, self._words
        stage = self._report.filled.assessment.stage
        if stage in (Stage.STOPPED, Stage.REJECTED):  # whatever the points say
            return self._say(f"result_{stage.value}")
        if report.passed is None:
            return self._say("result_open")
        if not report.passed:
            return self._say("result_failed")
        level = next((words.text(one.text) for one in words.data.checklist.grades if one.key == report.level), "")
        return self._say("result_passed", level=level)

    # --- how it came about

    def _explanation(self) -> None:
        width = self._pages.paper.width
        told = {
            key: [
                Para(self._words.plain(point.sentence), SMALL if point.depth else BODY, indent=point.depth * STEP_IN)
                for point in points
            ]
            for key, points in self._report.report.explanation.items()
            if points
        }
        rules = [Para(self._words.plain(rule), SMALL) for rule in self._words.data.rules]
        rows = [
            FormRow([[Para(self._say(f"label_{key}"))], paras], least=22, grounds=(BAND, None))
            for key, paras in {**told, "rules": rules}.items()
            if paras
        ]
        if rows:
            columns = [FormColumn("", LABEL), FormColumn("", width - LABEL)]
            self.section("explanation", FormTable(self._pages, columns), rows)

    def _groups(self) -> None:
        """A row with a bar for each group, what is added and taken off, and the total."""
        words, card = self._report, self._report.filled.scorecard
        of = words.data.checklist
        figures = [Column(self._say(f"column_{key}"), 52, Align.CENTER) for key in ("points", "marks", "least")]
        width = self._pages.paper.width
        columns = [Column(self._say("column_group"), 205), *figures]
        columns.append(Column(self._say("column_share"), width - sum(column.width for column in columns)))
        named = {group.key: words.group(group) for group in of.groups}
        rows = [_group_row(named[score.key], score) for score in card.groups]
        rows += [_extra(words, part.group, card.bonus, "+") for part in (of.bonus,) if part]
        rows += [_extra(words, part.group, card.deductions, "−") for part in (of.deductions,) if part]
        # Where columns make up the result, the groups are those of the sheet's own column.
        own = "total_row_own" if self._report.report.explanation.get("columns") else "total_row"
        rows.append(Row([self._say(own), span(card.total), exact(card.full), "", ""], strong=True))
        table = Table(self._pages, columns)
        head = table.least_height([])
        self._heading("groups", head + sum(table.least_height([row]) - head for row in rows))
        table.set(rows)

    def _heading(self, key: str, follows: float) -> None:
        """Set a heading on the page of what follows, which stays whole as far as a page can hold it."""
        most = self._pages.paper.top - self._pages.paper.bottom
        if not self._pages.need(min(HEADING_ABOVE + HEADING_HEIGHT + follows, most)):
            self._pages.y -= HEADING_ABOVE
        self._pages.paragraph([self._say(f"heading_{key}")], HEADING, HEADING_HEIGHT)


def _group_row(name: str, score: GroupScore) -> Row:
    needed = "–" if score.needed is None else exact(score.needed)
    bar: Bar | str = ""
    if score.full:
        target = None if score.needed is None else _share(score.needed / score.full)
        bar = Bar(_share(score.got.low / score.full), _share(score.got.high / score.full), target)
    return Row([name, span(score.got), printed(score.full), needed, bar])


def _extra(words: ReportWords, group: Group, points: Span, sign: str) -> Row:
    return Row([words.group(group), f"{sign}{span(points)}" if points.high else "0", "–", "–", ""])


def _share(value: Fraction) -> float:
    """The length of a bar; drawing only."""
    return min(max(float(value), 0.0), 1.0)
