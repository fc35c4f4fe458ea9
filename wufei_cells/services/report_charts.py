"""The charts of a report: those of the board under the titles of the template; page and paper draw the same figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.domain.text import Text
from wufei_cells.reports.vocabulary import ChartKind
from wufei_cells.services import board_part_pictures, board_pictures
from wufei_cells.services.board_words import BoardWords

if TYPE_CHECKING:
    from wufei_cells.charts.layout import Chart
    from wufei_cells.services.report_facts import ReportFacts

MONTHS = 12
"""A page is narrower than a window."""


def chart(facts: ReportFacts, kind: ChartKind, title: str) -> Chart:
    """Draw one of the board's charts."""
    return replace(_CHARTS[kind](facts, _words(facts)), title=title)


def nothing_in(facts: ReportFacts, kind: ChartKind) -> str:
    """Say why a chart would be empty; nothing where it is not."""
    if not facts.board.sites.count:
        return facts.say("nothing.sites")
    if kind in (ChartKind.MONTHS, ChartKind.RUNS_OUT) and not facts.board.ever.count:
        return facts.say("nothing.months")
    return ""


def _words(facts: ReportFacts) -> BoardWords:
    """Name categories and counties as the report does: with letters that the paper's fonts have."""
    categories = {key: _as_it_is(facts.category(key)) for key in facts.board.categories}
    districts = {key: _as_it_is(facts.county(key)) for key in facts.board.districts}
    return BoardWords(facts.wording, categories, districts, facts.workspace.today())


def _as_it_is(name: str) -> Text:
    return Text(name, name)


_CHARTS: Mapping[ChartKind, Callable[[ReportFacts, BoardWords], Chart]] = {
    ChartKind.BURN_UP: lambda facts, words: board_pictures.burn_up(facts.board, facts.outlook, words),
    ChartKind.CATEGORIES: lambda facts, words: board_part_pictures.category_bars(facts.board, words),
    ChartKind.COUNTIES: lambda facts, words: board_part_pictures.district_bars(facts.board, words),
    ChartKind.HEAT: lambda facts, words: board_part_pictures.heat(facts.board, words),
    ChartKind.MONTHS: lambda facts, words: board_pictures.months(facts.board, words, MONTHS),
    ChartKind.RUNS_OUT: lambda facts, words: board_pictures.runs_out(facts.board, words),
}
