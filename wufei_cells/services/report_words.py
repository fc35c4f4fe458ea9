"""The words and numbers that the slots of a report template are filled with."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.documents.dates import say_date
from wufei_cells.domain.amounts import printed
from wufei_cells.reports.vocabulary import Figure
from wufei_cells.services.forecast_wording import counting_renewals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wufei_cells.domain.text import Text
    from wufei_cells.services.report_facts import ReportFacts

Number = int | None

FIGURES: Mapping[Figure, Callable[[ReportFacts], Number]] = {
    Figure.VALID: lambda facts: facts.board.valid.count,
    Figure.GOAL: lambda facts: facts.board.goal,
    Figure.LEFT: lambda facts: facts.board.missing,
    Figure.SITES: lambda facts: facts.board.sites.count,
    Figure.ASSESSED: lambda facts: sum(part.assessed.count for part in facts.board.categories.values()),
    Figure.PASSED: lambda facts: sum(part.passed.count for part in facts.board.categories.values()),
    Figure.UNDER_WAY: lambda facts: len(facts.under_way),
    Figure.STUCK: lambda facts: sum(row.stuck.count for row in facts.board.stages),
    Figure.RUNNING_OUT: lambda facts: len(facts.running_out),
    Figure.BEHIND: lambda facts: len(facts.behind),
    Figure.MONTH_GAINED: lambda facts: len(facts.month_gained),
    Figure.MONTH_LOST: lambda facts: len(facts.month_lost),
    Figure.YEAR_GAINED: lambda facts: len(facts.year_gained),
    Figure.YEAR_LOST: lambda facts: len(facts.year_lost),
    Figure.LOW: lambda facts: _expected(facts, "low"),
    Figure.MIDDLE: lambda facts: _expected(facts, "likely"),
    Figure.HIGH: lambda facts: _expected(facts, "high"),
    Figure.FOLLOW_UPS_OPEN: lambda facts: len(facts.follow_ups),
    Figure.FOLLOW_UPS_LATE: lambda facts: sum(row.overdue_on(facts.on) for row in facts.follow_ups),
}


class Slots:
    """Fills the words of a template in; each value is worked out when it is first wanted."""

    def __init__(self, facts: ReportFacts) -> None:
        self._facts = facts
        self._known: dict[str, str] = {}
        self._numbers: dict[Figure, Number] = {}

    def fill(self, text: Text) -> str:
        """Give a text of a template in the reader's language, with its slots filled in."""
        return self._facts.fit(text.in_language(self._facts.language).format_map(self))

    def number(self, figure: Figure) -> Number:
        """Give a figure; ``None`` where nothing is known."""
        if figure not in self._numbers:
            self._numbers[figure] = FIGURES[figure](self._facts)
        return self._numbers[figure]

    def __getitem__(self, name: str) -> str:
        """Give what a slot stands for."""
        if name not in self._known:
            self._known[name] = self._value(name)
        return self._known[name]

    def _value(self, name: str) -> str:
        if name in set(Figure):
            number = self.number(Figure(name))
            return "–" if number is None else str(number)
        return PLACES[name](self._facts)


def standing(facts: ReportFacts) -> str:
    """Say how far it is to the goal."""
    board = facts.board
    valid = board.valid.count
    if board.goal is None:
        return facts.say("standing.no_goal", valid=valid)
    over = facts.on > board.by
    then = board.at_goal_day.count if over else valid
    kind = "reached" if then >= board.goal else "overdue" if over else "open"
    by, left = say_date(facts.wording, board.by), max(board.goal - then, 0)
    return facts.say(f"standing.{kind}", valid=valid, goal=board.goal, then=then, left=left, by=by)


def movement(facts: ReportFacts) -> str:
    """Say what the month brought."""
    gained, lost = len(facts.month_gained), len(facts.month_lost)
    kind = "none" if not gained and not lost else "both" if lost else "gained"
    return facts.say(f"movement.{kind}", month=month_text(facts), gained=gained, lost=lost, net=gained - lost)


def outlook(facts: ReportFacts) -> str:
    """Say what is expected for the goal's day, or why nothing can be said."""
    found = facts.outlook
    if isinstance(found, TooLittle):
        values = {"decided": found.needs_decided, "certified": found.needs_certified, "months": found.needs_months}
        return facts.say("outlook.too_little", **values)
    if found is None or found.goal_count is None:
        return facts.say("outlook.none")
    if found.at_goal is None:
        return _to_the_end(facts, found)
    point, by = found.at_goal, say_date(facts.wording, found.goal_by)
    kind = "above" if point.low >= found.goal_count else "below" if point.high < found.goal_count else "open"
    needed = "–" if found.needed_per_month is None else printed(Fraction(round(found.needed_per_month * 10), 10))
    lately = printed(Fraction(round(found.new_per_month * 10), 10))
    values = {"low": point.low, "high": point.high, "likely": point.likely, "goal": found.goal_count, "by": by}
    pace = facts.say(f"outlook.pace{counting_renewals(found)}", needed=needed, lately=lately)
    return facts.say(f"outlook.{kind}", **values, pace=pace)


def _to_the_end(facts: ReportFacts, found: Forecast) -> str:
    """Say what is expected where the chart's fan ends, since the goal's day is not on it."""
    if not found.points:
        return facts.say("outlook.none")
    last, kind = found.points[-1], "over" if found.goal_by <= found.on else "too_far"
    return facts.say(f"outlook.{kind}", low=last.low, high=last.high, end=say_date(facts.wording, last.on))


def counting(facts: ReportFacts) -> str:
    """Say how it is counted, and what was put right."""
    moved = facts.board.put_right.count
    said = facts.say("counting")
    return f"{said}{facts.say('put_right', count=moved)}" if moved else said


def month_text(facts: ReportFacts) -> str:
    """Name the month."""
    name = facts.wording.say(f"document.month_{facts.on.month}")
    return facts.say("month", year=facts.on.year, month=facts.on.month, month_name=name)


def scope(facts: ReportFacts) -> str:
    """Name the part of the city that is meant, or all of it."""
    return facts.county(facts.district) if facts.district else facts.said(facts.profile.city)


def _percent(facts: ReportFacts) -> str:
    goal = facts.board.goal
    return f"{printed(Fraction(100 * facts.board.valid.count, goal))}%" if goal else "–"


def _expected(facts: ReportFacts, which: str) -> Number:
    found = facts.outlook
    return getattr(found.at_goal, which) if isinstance(found, Forecast) and found.at_goal else None


PLACES: Mapping[str, Callable[[ReportFacts], str]] = {
    "city": lambda facts: facts.said(facts.profile.city),
    "issuer": lambda facts: facts.said(facts.profile.issuer),
    "scope": scope,
    "on": lambda facts: say_date(facts.wording, facts.on),
    "day": lambda facts: facts.on.isoformat(),
    "month": month_text,
    "year": lambda facts: str(facts.on.year),
    "by": lambda facts: say_date(facts.wording, facts.board.by),
    "percent": _percent,
    "days": lambda facts: str(max(0, (facts.board.by - facts.on).days)),
    "standing": standing,
    "movement": movement,
    "outlook": outlook,
    "counting": counting,
}
