"""The forecast of a register's valid cells, and how good it would have been."""

from __future__ import annotations

from datetime import date, timedelta

from wufei_cells.board.back_testing import BackTest, back_test_from
from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.board.forecasting import LONGEST, forecast_from
from wufei_cells.board.knowledge import Knowledge, knowledge_of
from wufei_cells.board.standing import Within
from wufei_cells.progress import Report, silent
from wufei_cells.services import board_reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import paper_queries

SHORTEST = 365
"""Days looked ahead at least, where the goal's day is nearer or past."""
BEYOND_GOAL = 184
"""Days looked ahead beyond the goal's day: who comes late wants to know how late."""


def forecast(
    workspace: Workspace, on: date | None = None, *, within: Within | None = None, until: date | None = None
) -> Forecast | TooLittle:
    """Forecast the month ends after a day (today), for the goal that the board shows.

    Args:
        workspace: the register.
        on: the day; what came later is not looked at, as far as days on record tell.
        within: categories and districts to restrict it to; where they have too little past, times and shares are
            taken from the whole city.
        until: how far to look; by default half a year beyond the goal's day, at least one year, at most three.

    Raises:
        UserError: the day has not come yet.
    """
    day = board_reading.day_that_has_come(workspace, on)
    shown = board_reading.board(workspace, day, within=within)
    own, city = _known(workspace, within)
    return forecast_from(own, day, shown.goal, shown.by, until or _until(day, shown.by), city=city)


def back_test(
    workspace: Workspace, on: date | None = None, *, within: Within | None = None, report: Report = silent
) -> BackTest:
    """Forecast again as of each past month end up to a day (today), and compare with what came.

    Args:
        workspace: the register.
        on: the last day that is looked at.
        within: categories and districts to restrict it to.
        report: told how far it is; it may raise to stop.

    Raises:
        UserError: the day has not come yet.
    """
    own, city = _known(workspace, within)
    return back_test_from(own, board_reading.day_that_has_come(workspace, on), city=city, report=report)


def _until(day: date, by: date) -> date:
    beyond = min(by, date.max - timedelta(days=BEYOND_GOAL)) + timedelta(days=BEYOND_GOAL)
    return min(max(beyond, day + timedelta(days=SHORTEST)), day + timedelta(days=LONGEST))


def _known(workspace: Workspace, within: Within | None) -> tuple[Knowledge, Knowledge | None]:
    cases = board_reading.cases(workspace)
    with workspace.database.reading() as connection:
        papers = paper_queries.papers(connection)
    if within is None or within == Within():
        return knowledge_of(cases, papers), None
    meant = [case for case in cases if within.holds(case.category, case.district)]
    return knowledge_of(meant, papers), knowledge_of(cases, papers)
