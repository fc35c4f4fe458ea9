"""The charts of a report, from the board; page and paper draw the same figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.board.forecast import Forecast
from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.burn_up import BurnUp, BurnUpWords, Goal
from wufei_cells.charts.columns import Column, Columns
from wufei_cells.charts.figures import DayFigure, Expected, Figure, Series, time_words
from wufei_cells.charts.heat import Heat, HeatCell, HeatRow
from wufei_cells.charts.marks import Pattern, Tone
from wufei_cells.reports.vocabulary import ChartKind
from wufei_cells.services import report_words

if TYPE_CHECKING:
    from wufei_cells.board.standing import Part
    from wufei_cells.charts.layout import Chart
    from wufei_cells.services.report_facts import ReportFacts


def burn_up(facts: ReportFacts, title: str) -> Chart:
    """The way to the goal, and what is expected."""
    board, say = facts.board, facts.say
    steps = _steps(facts)
    found = facts.outlook
    points = found.points if isinstance(found, Forecast) else ()
    expected = tuple(
        Expected(point.on, point.low, point.likely, point.high, f"{point.on}: {point.low}–{point.high}")
        for point in points
    )
    at_goal = found.at_goal if isinstance(found, Forecast) else None
    text = say("goal", goal=board.goal)
    goal = Goal(board.goal, text, text, board.by, board.by.isoformat()) if board.goal is not None else None
    return BurnUp(
        title=title,
        said=report_words.standing(facts),
        on=facts.on,
        on_text=facts.on.isoformat(),
        steps=steps,
        words=BurnUpWords(
            *(say(f"chart.{key}") for key in ("day", "valid", "planned", "expected", "low", "likely", "high", "lost"))
        ),
        time=time_words(facts.wording.say),
        goal=goal,
        expected=expected,
        expected_text=f"{at_goal.low}–{at_goal.high}" if at_goal else "",
    )


def _steps(facts: ReportFacts) -> tuple[DayFigure, ...]:
    """What was valid when a day ended, for the days on which it changed, and for the last one."""
    changes: dict[date, int] = {}
    for case in facts.cases:
        for span in case.held:
            changes[span.first] = changes.get(span.first, 0) + 1
            after = date.fromordinal(span.last.toordinal() + 1)
            changes[after] = changes.get(after, 0) - 1
    count, steps = 0, [DayFigure(facts.begun, 0, "0")]
    for day in sorted(changes):
        count += changes[day]
        if changes[day] and day <= facts.on:
            steps = [step for step in steps if step.on != day]
            steps.append(DayFigure(day, count, f"{day}: {count}"))
    valid = facts.board.valid.count
    return (*(step for step in steps if step.on < facts.on), DayFigure(facts.on, valid, str(valid)))


def by_category(facts: ReportFacts, title: str) -> Chart:
    """A bar for each category, and its target."""
    targets = {key: facts.target_of(key, None) for key in facts.board.categories}
    rows = [_bar(facts.category(key), part, targets[key]) for key, part in facts.board.categories.items()]
    return _bars(facts, title, "category", rows)


def by_county(facts: ReportFacts, title: str) -> Chart:
    """A bar for each county, and its target."""
    targets = {key: facts.target_of(None, key) for key in facts.board.districts}
    rows = [_bar(facts.county(key), part, targets[key]) for key, part in facts.board.districts.items()]
    return _bars(facts, title, "county", rows)


def _bar(name: str, part: Part, target: object) -> BarRow:
    valid, count = part.valid.count, getattr(target, "count", None)
    figure = f"{valid}" if count is None else f"{valid} / {count}"
    return BarRow(name, (Figure(valid, f"{name} {valid}"),), f"{name} {figure}", target=count, figures=(figure,))


def _bars(facts: ReportFacts, title: str, head: str, rows: list[BarRow]) -> Bars:
    some = any(row.target is not None for row in rows)
    return Bars(
        title=title,
        said=report_words.standing(facts),
        head=facts.say(f"column.{head}"),
        series=(Series(facts.say("legend.valid"), Tone.ACCENT),),
        rows=tuple(rows),
        target_text=facts.say("legend.target") if some else "",
        figure_heads=(facts.say("chart.valid_of_target" if some else "column.valid"),),
    )


def heat(facts: ReportFacts, title: str) -> Chart:
    """Counties down, categories across: valid cells of all sites."""
    board = facts.board
    categories = list(board.categories)

    def cell(part: Part | None) -> HeatCell | None:
        if part is None or not part.sites.count:
            return None
        valid, sites = part.valid.count, part.sites.count
        return HeatCell(f"{valid}/{sites}", f"{valid}/{sites}", valid, sites)

    rows = tuple(
        HeatRow(
            facts.county(county),
            tuple(cell(board.cells.get((category, county))) for category in categories),
            cell(part),
        )
        for county, part in board.districts.items()
    )
    return Heat(
        title=title,
        said=report_words.standing(facts),
        head=facts.say("column.county"),
        columns=tuple(facts.category(key) for key in categories),
        rows=rows,
        totals=tuple(cell(board.categories[key]) for key in categories),
        total_text=facts.say("all"),
    )


def months(facts: ReportFacts, title: str) -> Chart:
    """What came and went in each of the last twelve months, and how many there were."""
    say = facts.say
    columns = tuple(
        Column(
            name=facts.wording.say(f"charts.month.{row.month.first.month}"),
            up=Figure(row.gained.count, f"+{row.gained.count}"),
            down=Figure(row.lost.count, f"−{row.lost.count}"),
            level=Figure(row.valid.count, str(row.valid.count)),
            group=str(row.month.first.year),
        )
        for row in facts.board.months[-12:]
    )
    return Columns(
        title=title,
        said=report_words.movement(facts),
        head=say("column.month"),
        columns=columns,
        up=Series(say("column.gained"), Tone.ACCENT),
        down=Series(say("column.lost"), Tone.ATTENTION, Pattern.STRIPES),
        level=Series(say("column.valid"), Tone.INK),
    )


def runs_out(facts: ReportFacts, title: str) -> Chart:
    """What runs out in each of the months to come, and how many are left when nothing is renewed."""
    say = facts.say
    columns = tuple(
        Column(
            name=facts.wording.say(f"charts.month.{row.month.first.month}"),
            up=Figure(row.sites.count, str(row.sites.count)),
            level=Figure(row.left.count, str(row.left.count)),
            group=str(row.month.first.year),
        )
        for row in facts.board.runs_out
    )
    return Columns(
        title=title,
        said=title,
        head=say("column.month"),
        columns=columns,
        up=Series(say("chart.runs_out"), Tone.ATTENTION, Pattern.STRIPES),
        level=Series(say("chart.left"), Tone.INK),
    )


def nothing_in(facts: ReportFacts, kind: ChartKind) -> str:
    """Say why a chart would be empty; nothing where it is not."""
    if not facts.board.sites.count:
        return facts.say("nothing.sites")
    if kind in (ChartKind.MONTHS, ChartKind.RUNS_OUT) and not facts.board.ever.count:
        return facts.say("nothing.months")
    return ""


CHARTS: Mapping[ChartKind, Callable[[ReportFacts, str], Chart]] = {
    ChartKind.BURN_UP: burn_up,
    ChartKind.CATEGORIES: by_category,
    ChartKind.COUNTIES: by_county,
    ChartKind.HEAT: heat,
    ChartKind.MONTHS: months,
    ChartKind.RUNS_OUT: runs_out,
}
