"""The board of a register: how far the city or a part of it is on a day, and the sites behind each figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wufei_cells.board.cases import Case
from wufei_cells.board.figures import Asked, board_of
from wufei_cells.board.selecting import Selection
from wufei_cells.board.standing import Board, Within
from wufei_cells.domain.lifecycle import CHAIN, Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import SiteId
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import reading, steps, targeting
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection

UNKNOWN = {"category": "site.unknown_category", "district": "site.unknown_district"}
"""What is said of a part of the city that there is not."""


def board(
    workspace: Workspace,
    on: date | None = None,
    *,
    within: Within | None = None,
) -> Board:
    """Give the board as of a day (today), by the days that are on record today.

    Args:
        workspace: the register.
        on: the day.
        within: categories and districts to restrict it to.

    Raises:
        UserError: the day lies centuries away.
    """
    today = workspace.today()
    if on is not None:
        on = steps.fitting_day(on, "board.far_day")
    with workspace.database.reading() as connection:
        asked = _asked(workspace, connection)
        workspace.board_memory.follow(connection, today)
    return board_of(workspace.board_memory.sums_on(on or today), asked, within)


def day_that_has_come(workspace: Workspace, on: date | None) -> date:
    """Give a day (today) of which figures can be told as facts.

    Raises:
        UserError: it has not come yet.
    """
    today = workspace.today()
    if on is not None and on > today:
        raise UserError("time_machine.future", day=on.isoformat(), today=today.isoformat())
    return on or today


def cases(workspace: Workspace) -> tuple[Case, ...]:
    """Give the cases of all sites, for what is counted from them elsewhere."""
    with workspace.database.reading() as connection:
        workspace.board_memory.follow(connection, workspace.today())
    return tuple(workspace.board_memory.cases.values())


def within_named(workspace: Workspace, categories: Sequence[str] = (), districts: Sequence[str] = ()) -> Within:
    """Say which part of the city is meant by some categories and districts, by their keys or names.

    Raises:
        ProblemsFound: there are none such; nothing named means everywhere.
    """
    with workspace.database.reading() as connection:
        known = {one.key: one.text for one in reading.categories(workspace, connection)}
        places = {one.key: one.text for one in reading.profile(connection).districts}
    problems: list[Problem] = []
    found = (
        _keys_of(categories, known, "category", problems),
        _keys_of(districts, places, "district", problems),
    )
    if problems:
        raise ProblemsFound(problems)
    return Within(*found)


def part_named(
    workspace: Workspace, category: str | None = None, district: str | None = None
) -> tuple[str | None, str | None]:
    """Give the keys of a category and a district, by their keys or names; what is not named is ``None``.

    Raises:
        ProblemsFound: there are none such.
    """
    found = within_named(workspace, [category] if category else (), [district] if district else ())
    return next(iter(found.categories or ()), None), next(iter(found.districts or ()), None)


def _keys_of(
    wanted: Sequence[str], known: Mapping[str, Text], kind: str, problems: list[Problem]
) -> frozenset[str] | None:
    by_name = {name: key for key, text in known.items() for name in (key, text.zh, text.en) if name}
    allowed = tuple(known.values())
    problems += [
        Problem(UNKNOWN[kind], kind, {"found": name, "allowed": allowed}) for name in wanted if name not in by_name
    ]
    return frozenset(by_name[name] for name in wanted if name in by_name) if wanted else None


def cases_behind(workspace: Workspace, selection: Selection) -> tuple[SiteId, ...]:
    """Name the sites behind a figure, by their ids; the selection is that of the figure."""
    return tuple(sorted(case.site for case in cases(workspace) if selection.covers(case)))


def _asked(workspace: Workspace, connection: Connection) -> Asked:
    city = reading.profile(connection)
    return Asked(
        goal=city.goal.count,
        by=city.goal.by,
        targets=targeting.in_force_within(connection, city).targets,
        stage_days=city.process.stage_days,
        stages=frozenset(stage for stage in (Stage.REGISTERED, *CHAIN) if city.process.uses(stage)),
        categories=[category.key for category in reading.categories(workspace, connection)],
        districts=[district.key for district in city.districts],
        leads=_leads(city),
    )


def _leads(city: Profile) -> tuple[tuple[Text, tuple[str, ...]], ...]:
    """Give each lead department, named in one way in several categories, with the categories it leads."""
    led: dict[str, list[str]] = {}
    texts: dict[str, Text] = {}
    for plan in city.categories:
        for lead in plan.leads:
            texts.setdefault(lead.zh, lead)
            led.setdefault(lead.zh, []).append(plan.category)
    return tuple((texts[name], tuple(categories)) for name, categories in led.items())
