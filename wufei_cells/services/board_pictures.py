"""Charts of the board by time: the way to the goal, what came and went each month, what runs out.

One home for the window and for documents: pure functions of a board (and a forecast) and of words. The keys of figures
are the selections of the cases behind them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wufei_cells.board.forecast import Forecast
from wufei_cells.board.months import DAY
from wufei_cells.charts.burn_up import BurnUp, BurnUpWords, Goal
from wufei_cells.charts.columns import Column, Columns
from wufei_cells.charts.figures import DayFigure, Expected, Figure, Series, time_words
from wufei_cells.charts.marks import Pattern, Tone
from wufei_cells.services.board_sentence import standing_sentence

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.board.forecast import TooLittle
    from wufei_cells.board.standing import Board, MonthRow, RunsOut
    from wufei_cells.services.board_words import BoardWords

MONTHS = 24


def burn_up(board: Board, outlook: Forecast | TooLittle | None, words: BoardWords) -> BurnUp:
    """Show the way to the goal; without a forecast what is known."""
    return BurnUp(
        title=words.say("burn_up.title"),
        said=standing_sentence(board, outlook, words),
        on=board.on,
        on_text=words.say("today") if words.today in (None, board.on) else board.on.isoformat(),
        steps=_steps(board, words),
        words=_burn_up_words(words),
        time=time_words(words.wording.say),
        goal=_goal(board, words),
        planned=_planned(board, words),
        expected=_expected(board, outlook, words),
        expected_text=_expected_text(board, outlook),
    )


def months(board: Board, words: BoardWords, count: int = MONTHS) -> Columns:
    """Show what came and went in each of the last months."""
    told = board.months[-count:]
    say = words.say
    gained, lost = sum(row.gained.count for row in told), sum(row.lost.count for row in told)
    return Columns(
        title=say("months.title"),
        said=say("months.said", months=len(told), gained=gained, lost=lost),
        head=say("months.head"),
        columns=tuple(_month(row, words) for row in told),
        up=Series(say("months.gained"), Tone.ACCENT),
        down=Series(say("months.lost"), Tone.ATTENTION, Pattern.STRIPES),
        level=Series(say("months.level"), Tone.INK),
    )


def runs_out(board: Board, words: BoardWords) -> Columns:
    """Show what runs out in the months to come, and what is left when nothing is renewed.

    Of an earlier day what is left is not shown: what was gained since is on record, too.
    """
    told, say = board.runs_out, words.say
    now = words.today in (None, board.on)
    left = told[-1].left.count if told else board.valid.count
    count = sum(row.sites.count for row in told)
    return Columns(
        title=say("runs_out.title"),
        said=say("runs_out.said" if now else "runs_out.said_then", months=len(told), count=count, left=left),
        head=say("months.head"),
        columns=tuple(_ending(row, words, first=not number, level=now) for number, row in enumerate(told)),
        down=Series(say("runs_out.ends"), Tone.ATTENTION, Pattern.STRIPES),
        level=Series(say("runs_out.left"), Tone.INK) if now else None,
    )


# --- the way to the goal


def _steps(board: Board, words: BoardWords) -> tuple[DayFigure, ...]:
    """Give the month ends on which the number is another than before, and the board's day."""
    rows = board.months
    if not rows:
        return (DayFigure(board.on, 0, standing_sentence(board, None, words), board.valid.behind),)
    changed = [rows[0], *(after for before, after in pairwise(rows) if after.valid.count != before.valid.count)]
    if changed[-1] is not rows[-1]:
        changed.append(rows[-1])
    before = DayFigure(rows[0].month.first - DAY, 0, "")
    return (before, *(_step(row, words) for row in changed))


def _step(row: MonthRow, words: BoardWords) -> DayFigure:
    on, count = row.month.last, row.valid.count
    said = words.say("burn_up.step_said", on=on, count=count, gained=row.gained.count, lost=row.lost.count)
    return DayFigure(on, count, said, row.valid.behind)


def _goal(board: Board, words: BoardWords) -> Goal | None:
    if board.goal is None:
        return None
    return Goal(
        value=board.goal,
        text=words.say("burn_up.goal", count=board.goal),
        said=words.say("burn_up.goal_said", count=board.goal, by=board.by),
        day=board.by,
        day_text=board.by.isoformat(),
        key=board.at_goal_day.behind,
    )


def _planned(board: Board, words: BoardWords) -> tuple[DayFigure, ...]:
    """Give the targets of what the board shows, where there are more than the goal."""
    part = board.within
    own = {
        row.target.by: row.target.count
        for row in board.targets
        if _only(row.target.category) == part.categories and _only(row.target.district) == part.districts
    }
    if board.goal is not None:
        own.setdefault(board.by, board.goal)
    if len(own) < 2:
        return ()
    return tuple(
        DayFigure(day, own[day], words.say("burn_up.planned_said", on=day, count=own[day])) for day in sorted(own)
    )


def _only(key: str | None) -> frozenset[str] | None:
    return None if key is None else frozenset({key})


def _expected(board: Board, outlook: Forecast | TooLittle | None, words: BoardWords) -> tuple[Expected, ...]:
    if not isinstance(outlook, Forecast):
        return ()
    points = [point for point in outlook.points if not _past(board, point.on)]
    if outlook.at_goal and all(point.on != outlook.at_goal.on for point in points):
        points.append(outlook.at_goal)
    return tuple(
        Expected(
            on=point.on,
            low=point.low,
            likely=point.likely,
            high=point.high,
            said=words.say(
                "burn_up.expected_said",
                on=point.on,
                low=point.low,
                likely=point.likely,
                high=point.high,
                kept=point.kept,
            ),
        )
        for point in sorted(points, key=lambda one: one.on)
    )


def _past(board: Board, day: date) -> bool:
    """Say whether a day lies after the goal's, so that the fan ends where the goal is."""
    return board.on < board.by < day


def _expected_text(board: Board, outlook: Forecast | TooLittle | None) -> str:
    if not isinstance(outlook, Forecast):
        return ""
    shown = [point for point in outlook.points if not _past(board, point.on)]
    last = outlook.at_goal or (shown[-1] if shown else None)
    if last is None:
        return ""
    return f"{last.low}–{last.high}" if last.low != last.high else str(last.low)


def _burn_up_words(words: BoardWords) -> BurnUpWords:
    names = ("day", "valid", "planned", "expected", "low", "likely", "high", "lost")
    return BurnUpWords(**{name: words.say(f"burn_up.{name}") for name in names})


# --- months


def _month(row: MonthRow, words: BoardWords) -> Column:
    month = words.month(row.month.first)
    return Column(
        name=_short(row.month.first, words),
        up=_figure(row.gained.count, "months.gained_said", month, words, row.gained.behind),
        down=_figure(row.lost.count, "months.lost_said", month, words, row.lost.behind),
        level=_figure(row.valid.count, "months.level_said", month, words, row.valid.behind),
        group=str(row.month.first.year),
    )


def _ending(row: RunsOut, words: BoardWords, *, first: bool, level: bool) -> Column:
    month = words.month(row.month.first)
    return Column(
        name=_short(row.month.first, words),
        down=_figure(row.sites.count, "runs_out.ends_said", month, words, row.sites.behind),
        level=_figure(row.left.count, "runs_out.left_said", month, words, row.left.behind) if level else None,
        group=str(row.month.first.year),
        emphasized=first,
    )


def _figure(count: int, key: str, month: str, words: BoardWords, behind: object) -> Figure:
    return Figure(count, words.say(key, month=month, count=count), behind)


def _short(day: date, words: BoardWords) -> str:
    return time_words(words.wording.say).months[day.month - 1]
