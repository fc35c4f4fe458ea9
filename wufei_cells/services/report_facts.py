"""What a report is made from: the board, what is expected, the sites, and the reader's words for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from wufei_cells.board.cases import Case, Span
from wufei_cells.board.months import DAY, month_of
from wufei_cells.board.selecting import Selection
from wufei_cells.board.standing import Board, Within
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.domain.lifecycle import CLOSED, Stage
from wufei_cells.domain.register import SiteId, SiteRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import UserError
from wufei_cells.services import board_reading, browsing, forecasting_progress, report_behind
from wufei_cells.services.supervising import months_before
from wufei_cells.store import number_queries

if TYPE_CHECKING:
    from wufei_cells.board.forecast import Forecast, TooLittle
    from wufei_cells.domain.follow_ups import FollowUpRow
    from wufei_cells.domain.targets import Target
    from wufei_cells.reports.period import Period
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording

UNDER_WAY = frozenset(Stage) - CLOSED - {Stage.REGISTERED}
Printable = Callable[[str], str]
"""Makes a text fit for what it is written on: paper cannot show every character."""


class ReportFacts:
    """Reads what a report may say, each thing when it is first asked for."""

    def __init__(
        self, workspace: Workspace, wording: Wording, period: Period, printable: Printable, *, yearly: bool = False
    ) -> None:
        """Find the day and the part of the city.

        Raises:
            UserError: the day is still to come, or there is no such county.
        """
        self.workspace, self.wording, self._printable = workspace, wording, printable
        self.yearly = yearly
        """Whether lists of what came and went are about the year, and not about the month."""
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.profile = browsing.profile(workspace)
        self.on = _day(period, workspace.today())
        self.month = Span(month_of(self.on).first, self.on)
        self.year = Span(date(self.on.year, 1, 1), self.on)
        self.district = self._district(period.district)
        self.within = Within(districts=frozenset({self.district})) if self.district else Within()

    # --- words

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of reports by the last part of its key."""
        return self.wording.say(f"report.{key}", **values)

    def fit(self, text: str) -> str:
        """Make a text fit for what it is written on."""
        return self._printable(text if self.language == "zh" else text.translate(STRAIGHT))

    def said(self, text: Text) -> str:
        """Give a text of the data in the reader's language."""
        return self.fit(text.in_language(self.language))

    def listed(self, names: Iterable[str]) -> str:
        """Join names."""
        return ("、" if self.language == "zh" else ", ").join(names)

    def category(self, key: str) -> str:
        """Name a category; by its key where no checklist of it is stored."""
        return self._categories.get(key) or self.fit(key)

    def county(self, key: str) -> str:
        """Name a county; by its key where the profile does not list it."""
        return self._counties.get(key) or self.fit(key)

    @cached_property
    def _categories(self) -> Mapping[str, str]:
        return {category.key: self.said(category.text) for category in browsing.categories(self.workspace)}

    @cached_property
    def _counties(self) -> Mapping[str, str]:
        return {district.key: self.said(district.text) for district in self.profile.districts}

    def _district(self, wanted: str) -> str:
        known = {district.key: district.text for district in self.profile.districts}
        found = [key for key, text in known.items() if wanted in (key, text.zh, text.en)]
        if wanted and not found:
            raise UserError("site.unknown_district", found=wanted, allowed=tuple(known.values()))
        return found[0] if wanted else ""

    # --- figures

    @cached_property
    def board(self) -> Board:
        """The board as of the day."""
        return board_reading.board(self.workspace, self.on, within=self.within)

    @cached_property
    def cases(self) -> Sequence[Case]:
        """The cases of all sites that are meant."""
        return [case for case in board_reading.cases(self.workspace) if self.within.holds(case.category, case.district)]

    @cached_property
    def outlook(self) -> Forecast | TooLittle | None:
        """What is expected; ``None`` where there is no goal to arrive at."""
        if self.board.goal is None:
            return None
        return forecasting_progress.forecast(self.workspace, self.on, within=self.within if self.district else None)

    def covered(self, selection: Selection) -> list[Case]:
        """Give the cases behind a figure."""
        return [case for case in self.cases if selection.covers(case)]

    def select(
        self,
        *,
        gained: Span | None = None,
        lost: Span | None = None,
        holding: bool | None = None,
        stages: frozenset[Stage] | None = None,
    ) -> list[Case]:
        """Give the cases of which this holds on the day."""
        return self.covered(Selection(self.on, gained=gained, lost=lost, holding=holding, stages=stages))

    @cached_property
    def month_gained(self) -> list[Case]:
        """Sites that became valid cells in the month."""
        return self.select(gained=self.month)

    @cached_property
    def month_lost(self) -> list[Case]:
        """Sites that were valid cells and were none any more, by the first day without."""
        return self.select(lost=_eve(self.month))

    @cached_property
    def year_gained(self) -> list[Case]:
        """The same of the year."""
        return self.select(gained=self.year)

    @cached_property
    def year_lost(self) -> list[Case]:
        """The same of the year."""
        return self.select(lost=_eve(self.year))

    @cached_property
    def renewal_end(self) -> date:
        """The last day of which the city wants to be warned now."""
        return months_before(self.on, -self.profile.process.renewal_months)

    @cached_property
    def running_out(self) -> list[Case]:
        """Valid cells that run out by then."""
        return self.select(holding=True, lost=Span(self.on, self.renewal_end))

    @cached_property
    def stuck(self) -> list[Case]:
        """Sites that have stood at their stage for longer than they should."""
        return self.covered(Selection(self.on, longer_than=self.profile.process.stage_days))

    @cached_property
    def under_way(self) -> list[Case]:
        """Sites whose assessment is open: applied for, and not yet at an end."""
        return self.covered(Selection(self.on, stages=UNDER_WAY))

    # --- targets

    @cached_property
    def begun(self) -> date:
        """The day from which the way to a target is measured: the first one on record."""
        return min((case.registered_on for case in self.cases), default=self.on)

    def target_of(self, category: str | None, district: str | None) -> Target | None:
        """Give the target of a part that counts on the day: the next one due, else the last one."""
        found = [
            row.target
            for row in self.board.targets
            if (row.target.category, row.target.district) == (category, district or self.district or None)
        ]
        coming = [target for target in found if target.by >= self.on]
        return min(coming or found[-1:], key=lambda target: target.by, default=None)

    @cached_property
    def behind(self) -> list[report_behind.Behind]:
        """The targets that fall short of an even pace, the furthest behind first."""
        return report_behind.behind(self)

    @cached_property
    def follow_ups(self) -> list[FollowUpRow]:
        """The follow-ups that wait for an end on the day, the longest waited for first."""
        return report_behind.open_follow_ups(self)

    # --- rows

    @cached_property
    def sites(self) -> Mapping[SiteId, SiteRow]:
        """All sites by id."""
        return {row.id: row for row in browsing.list_sites(self.workspace)}

    @cached_property
    def certificates(self) -> Mapping[SiteId, str]:
        """Of each site the number of the certificate that it holds on the day, or held last."""
        with self.workspace.database.reading() as connection:
            return number_queries.numbers_on(connection, self.on)


def _day(period: Period, today: date) -> date:
    day = period.on or today
    if period.month is not None:
        month = month_of(period.month)
        if month.first > today:
            raise UserError("report.month_to_come", month=f"{month.first:%Y-%m}")
        day = min(month.last, today)
    if day > today:
        raise UserError("report.day_to_come", day=day)
    return day


def _eve(days: Span) -> Span:
    """Give the last days of being valid of those who had lost it by these days."""
    return Span(days.first - DAY, days.last - DAY)
