"""Reports of the office: gather what a template asks for, and write it as PDF or workbook.

Every figure comes from the board; PDF and workbook are written from the same blocks.
"""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import TYPE_CHECKING

from wufei_cells.documents.punctuation import GETA
from wufei_cells.reports.blocks import (
    Block,
    ChartBlock,
    GoalBar,
    Heading,
    Lead,
    PageBreak,
    Paragraph,
    Report,
    Signature,
    Tile,
    Tiles,
)
from wufei_cells.reports.period import Period
from wufei_cells.reports.template_reading import read_report_template
from wufei_cells.reports.templates import (
    ChartPart,
    FiguresPart,
    HeadingPart,
    PageBreakPart,
    ParagraphPart,
    Part,
    ReportTemplate,
    SentencePart,
    SignaturePart,
    TablePart,
)
from wufei_cells.reports.vocabulary import ChartKind, Figure, ReportKind
from wufei_cells.services import report_charts, report_lists, report_tables
from wufei_cells.services.report_facts import Printable, ReportFacts
from wufei_cells.services.report_words import Slots, standing

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording

TABLES = {**report_tables.TABLES, **report_lists.TABLES}
_NOW = Period()


def template(content: bytes, name: str) -> ReportTemplate:
    """Read a report template.

    Raises:
        ProblemsFound: everything that is wrong with it, each with its place.
    """
    return read_report_template(content, name)


def gather(
    workspace: Workspace,
    made_after: ReportTemplate,
    wording: Wording,
    period: Period = _NOW,
    *,
    printable: Printable = str,
) -> Report:
    """Gather a report, in the language of the wording.

    Args:
        workspace: the register.
        made_after: what is in it.
        wording: the language.
        period: as of which day, and of which county.
        printable: makes a text fit for what it is written on. One site with an odd character must not keep the whole
            report back.

    Raises:
        UserError: the day or month is still to come, or there is no such county.
    """
    facts = ReportFacts(workspace, wording, period, printable, yearly=made_after.kind is ReportKind.ANNUAL)
    slots = Slots(facts)
    return Report(
        kind=made_after.kind,
        title=slots.fill(made_after.title),
        subtitle=facts.say("as_of", on=slots["on"], issuer=slots["issuer"]),
        issuer=slots["issuer"],
        subject=standing(facts),
        on=facts.on,
        language=facts.language,
        blocks=tuple(_block(part, facts, slots) for part in made_after.parts),
        example=workspace.example,
        one_page=made_after.one_page,
    )


def pdf(
    workspace: Workspace,
    made_after: ReportTemplate,
    wording: Wording,
    fonts: DocumentFonts,
    period: Period = _NOW,
    *,
    repeatable: bool = False,
) -> bytes:
    """Write a report as PDF.

    Raises:
        UserError: as ``gather``; the words of a template for one page do not fit one.
    """
    from wufei_cells.documents.fonts import Face  # noqa: PLC0415 - loads reportlab
    from wufei_cells.documents.report_document import render_report  # noqa: PLC0415 - loads reportlab

    def printable(text: str) -> str:
        missing = fonts.missing(text.replace("\n", " "), Face.SANS)
        return "".join(GETA if character in missing else character for character in text) if missing else text

    found = gather(workspace, made_after, wording, period, printable=printable)
    return render_report(found, fonts, wording, repeatable=repeatable)


def workbook(workspace: Workspace, made_after: ReportTemplate, wording: Wording, period: Period = _NOW) -> bytes:
    """Write a report as an .xlsx file, with charts that the spreadsheet program draws.

    Raises:
        UserError: as ``gather``; a table has more rows than a worksheet takes.
    """
    from wufei_cells.workbooks.reports.writing import write_report  # noqa: PLC0415 - loads XlsxWriter

    return write_report(gather(workspace, made_after, wording, period), wording)


# --- blocks


@singledispatch
def _block(part: Part, facts: ReportFacts, slots: Slots) -> Block:
    raise TypeError(f"nothing makes a block of {type(part).__name__} with {facts} and {slots}")


@_block.register
def _lead(part: SentencePart, _facts: ReportFacts, slots: Slots) -> Block:
    return Lead(slots.fill(part.text))


@_block.register
def _heading(part: HeadingPart, _facts: ReportFacts, slots: Slots) -> Block:
    return Heading(slots.fill(part.text))


@_block.register
def _paragraph(part: ParagraphPart, _facts: ReportFacts, slots: Slots) -> Block:
    return Paragraph(slots.fill(part.text))


@_block.register
def _tiles(part: FiguresPart, facts: ReportFacts, slots: Slots) -> Block:
    return Tiles(tuple(Tile(key, slots.number(key), facts.say(f"tile.{key.value}")) for key in part.figures))


@_block.register
def _chart(part: ChartPart, facts: ReportFacts, slots: Slots) -> Block:
    title = slots.fill(part.title) if part.title else facts.say(f"chart_title.{part.show.value}")
    if part.show is ChartKind.GOAL:
        return _goal(title, facts, slots)
    chart = report_charts.chart(facts, part.show, title)
    height = None if part.height is None else float(part.height)
    return ChartBlock(part.show.value, chart, height, report_charts.nothing_in(facts, part.show))


def _goal(title: str, facts: ReportFacts, slots: Slots) -> GoalBar:
    goal, valid = facts.board.goal or 0, facts.board.valid.count
    passed = max(slots.number(Figure.PASSED) or 0, valid)
    parts = ((facts.say("legend.passed"), passed), (facts.say("legend.valid"), valid))
    return GoalBar(title, facts.say("goal", goal="–" if facts.board.goal is None else goal), goal, parts)


@_block.register
def _table(part: TablePart, facts: ReportFacts, slots: Slots) -> Block:
    made = TABLES[part.show](facts, part)
    kind = f"{part.show.value}_of_year" if facts.yearly and part.show.value in ("gained", "lost") else part.show.value
    title = slots.fill(part.title) if part.title else facts.say(f"table.{kind}")
    return replace(made, title=title, most=part.most, titled=part.titled)


@_block.register
def _signature(part: SignaturePart, _facts: ReportFacts, slots: Slots) -> Block:
    return Signature(tuple(slots.fill(line) for line in part.lines))


@_block.register
def _page_break(_part: PageBreakPart, _facts: ReportFacts, _slots: Slots) -> Block:
    return PageBreak()
