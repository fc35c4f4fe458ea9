"""Questions that the board asks in the worker thread: what is standing first, everything that takes longer after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ui.context import Places, load_places
from ui.models.sites_model import NamedSites, SiteFilter
from wufei_cells.board.standing import Within
from wufei_cells.domain.lifecycle import CLOSED, Stage
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ui.context import Desk
    from ui.tasks import TaskProgress
    from wufei_cells.board.back_testing import BackTest
    from wufei_cells.board.forecast import Forecast, TooLittle
    from wufei_cells.board.matters import Todo
    from wufei_cells.board.selecting import Selection
    from wufei_cells.board.standing import Board
    from wufei_cells.domain.follow_ups import FollowUpLevel
    from wufei_cells.domain.text import Language
    from wufei_cells.services.following_up import FollowUpView
    from wufei_cells.services.indicating import IndicatorView
    from wufei_cells.wording import Wording


YEAR = timedelta(days=365)
UNDER_WAY = frozenset(Stage) - CLOSED - {Stage.REGISTERED}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board shall show; what is empty does not restrict."""

    on: date | None = None
    """``None``: today, whichever day that is."""
    category: str = ""
    district: str = ""

    @property
    def within(self) -> Within:
        """The part of the city that is asked for."""
        categories = frozenset({self.category}) if self.category else None
        return Within(categories, frozenset({self.district}) if self.district else None)


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that runs out."""

    site: str
    site_name: str
    category: str
    district: str
    number: str
    until: date
    under_way: bool
    """Whether the site is being assessed anew."""
    due: bool
    """Whether it is time to renew."""


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The levels of the city, in rising order, and what is on record."""

    levels: tuple[FollowUpLevel, ...]
    views: tuple[FollowUpView, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The board, and what belongs to showing it."""

    asked: Asked
    board: Board
    places: Places
    today: date


def load_standing(asked: Asked, desk: Desk) -> Standing:
    """Ask for the board."""
    board = desk.board_reading.board(desk.workspace, asked.on, within=asked.within)
    return Standing(asked, board, load_places(desk), desk.workspace.today())


def load_todo(board: Board, desk: Desk) -> tuple[Todo, ...]:
    """Ask for what waits."""
    return desk.board_todo.todo(desk.workspace, board)


def load_outlook(asked: Asked, desk: Desk) -> Forecast | TooLittle:
    """Ask what is expected."""
    return desk.forecasting_progress.forecast(desk.workspace, asked.on, within=asked.within)


def load_back_test(asked: Asked, desk: Desk, progress: TaskProgress) -> BackTest:
    """Ask how good the forecast would have been; this may take a while."""
    workspace = desk.workspace
    return desk.forecasting_progress.back_test(workspace, asked.on, within=asked.within, report=progress.report)


def load_endings(board: Board, desk: Desk) -> tuple[Ending, ...]:
    """Ask for the certificates that run out within a year, the next one first."""
    workspace, on = desk.workspace, board.on
    until = on + YEAR
    last = {
        case.site: span.last
        for case in desk.board_reading.cases(workspace)
        if board.within.holds(case.category, case.district)
        for span in case.held
        if span.first <= on <= span.last <= until
    }
    months = desk.browsing.profile(workspace).process.renewal_months
    rows = [row for row in desk.browsing.list_sites(workspace) if row.id in last]
    rows.sort(key=lambda row: (last[row.id], row.name))
    return tuple(
        Ending(
            *(row.id, row.name, row.category, row.district, row.certificate_number or "", last[row.id]),
            under_way=row.stage in UNDER_WAY,
            due=desk.supervising.months_before(last[row.id], months) <= on,
        )
        for row in rows
    )


def load_follow_ups(asked: Asked, desk: Desk) -> FollowUps:
    """Ask what was done about those who lag behind; the open ones first, of them those that are overdue."""
    views = desk.following_up.follow_ups(desk.workspace)
    wanted = [view for view in views if _is_about(view, asked, desk)]
    wanted.sort(key=lambda view: (not view.overdue, not view.open))
    return FollowUps(desk.following_up.levels(desk.workspace), tuple(wanted))


def _is_about(view: FollowUpView, asked: Asked, desk: Desk) -> bool:
    """Say whether a follow-up belongs to the part of the city that is asked for."""
    subject = view.row.said.subject
    category, district = subject.category or "", subject.district or ""
    if subject.site and (asked.category or asked.district):
        site = desk.browsing.site(desk.workspace, subject.site)
        category, district = site.category, site.district
    return asked.category in ("", category) and asked.district in ("", district)


def load_indicators(asked: Asked, desk: Desk) -> tuple[IndicatorView, ...]:
    """Ask for the indicators of the plan."""
    return desk.indicating.indicators(desk.workspace, asked.on.year if asked.on else None)


def load_behind(selection: Selection, places: Places, wordings: Mapping[Language, Wording], desk: Desk) -> SiteFilter:
    """Ask for the sites behind a figure, as a filter for the list of sites with their name in both languages."""
    from wufei_cells.services.board_words import BoardWords  # noqa: PLC0415 - not part of the start

    sites = desk.board_reading.cases_behind(desk.workspace, selection)
    today = desk.workspace.today()
    names = {
        code: BoardWords(wording, places.categories, places.districts, today).list_name(selection)
        for code, wording in wordings.items()
    }
    return SiteFilter(named=NamedSites(Text(names["zh"], names["en"]), frozenset(sites)))
