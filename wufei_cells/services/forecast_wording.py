"""Say what a forecast says, what it was made from, and how good it would have been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from wufei_cells.board.back_testing import BackTest, Hits
from wufei_cells.board.forecast import Basis, Forecast, ForecastPoint, Reached, TooLittle
from wufei_cells.wording import Wording


def told(found: Forecast | TooLittle, wording: Wording) -> tuple[str, ...]:
    """Say a forecast, or what it lacks: first the goal, then the months, then how it was reckoned."""
    lines = [_head(found, wording)]
    if isinstance(found, TooLittle):
        lines.append(too_little(found, wording))
        lines += [wording.say("forecast.month_kept", on=point.on, kept=point.kept) for point in found.kept]
        return tuple(lines)
    lines += [*goal_lines(found, wording), *(_point("forecast.month", point, wording) for point in found.points)]
    return (*lines, wording.say("forecast.method"), *basis_lines(found.basis, wording), wording.say("forecast.caution"))


def too_little(found: TooLittle, wording: Wording) -> str:
    """Say what a forecast lacks, and what it takes."""
    names = ("needs_decided", "needs_certified", "needs_months", "decided", "certified", "months")
    return wording.say("forecast.too_little", **{name: getattr(found, name) for name in names})


def goal_lines(found: Forecast, wording: Wording) -> tuple[str, ...]:
    """Say what comes of the goal: on its day, when it is met, and what that takes."""
    lines: list[str] = []
    if found.at_goal is not None:
        lines.append(_point("forecast.at_goal", found.at_goal, wording))
    if found.at_goal_all_renewed is not None:
        lines.append(wording.say("forecast.none_renewed"))
        lines.append(_point("forecast.all_renewed", found.at_goal_all_renewed, wording))
    if found.goal_count is not None:
        if found.goal_by < found.on and found.now < found.goal_count:
            lines.append(wording.say("forecast.over", by=found.goal_by, left=found.goal_count - found.now))
        lines.append(_reached(found, wording))
    if found.needed_per_month is not None:
        values = {"needed": _rate(found.needed_per_month), "new": _rate(found.new_per_month)}
        code = f"forecast.needed{counting_renewals(found)}"
        lines.append(wording.say(code, months=_rate(found.basis.begun_months), **values))
    return tuple(lines)


def counting_renewals(found: Forecast) -> str:
    """Tell how what is needed per month counts certificates that run out before the goal: the end of a sentence's key.

    None does: new cells are meant. Else the share of the past is renewed besides; with too little past to tell it,
    those that run out are part of the number.
    """
    if found.at_goal is None or found.at_goal.kept >= found.now:
        return ""
    return "_beside_renewals" if found.basis.renewals_known else "_with_renewals"


def basis_lines(basis: Basis, wording: Wording) -> tuple[str, ...]:
    """Say what a forecast was made from, each number with the count behind it."""
    return tuple(_basis(basis, wording))


def back_test_told(found: BackTest, wording: Wording) -> tuple[str, ...]:
    """Say how good forecasts of the past would have been."""
    if not found.tried:
        return (wording.say("forecast.back_none"),)
    rows = (_hits(one, wording) for one in found.by_months.values() if one.count)
    return (wording.say("forecast.back_head"), *rows)


def _head(found: Forecast | TooLittle, wording: Wording) -> str:
    code = "forecast.head_no_goal" if found.goal_count is None else "forecast.head"
    return wording.say(code, on=found.on, now=found.now, goal=found.goal_count, by=found.goal_by)


def _point(code: str, point: ForecastPoint, wording: Wording) -> str:
    return wording.say(code, on=point.on, low=point.low, likely=point.likely, high=point.high, kept=point.kept)


def _reached(found: Forecast, wording: Wording) -> str:
    if found.reached.latest == found.on:
        return wording.say("forecast.reached_now")
    if found.reached == Reached(None, None, None):
        until = f"{max(point.on for point in found.points):%Y-%m}" if found.points else found.on
        return wording.say("forecast.not_reached", until=until)

    def month(day: date | None) -> str:
        return f"{day:%Y-%m}" if day else wording.say("forecast.never")

    when = found.reached
    days = {"earliest": month(when.earliest), "likely": month(when.likely), "latest": month(when.latest)}
    return wording.say("forecast.reached", **days)


def _basis(basis: Basis, wording: Wording) -> Iterator[str]:
    if basis.whole_city:
        yield wording.say("forecast.whole_city")
    values = {"since": basis.since, "decided": basis.decided, "certified": basis.certified}
    yield wording.say("forecast.decided", share=_percent(basis.certified, basis.decided), **values)
    yield wording.say("forecast.stages")
    yield from _stages(basis, wording)
    values = {"begun": basis.begun, "under_way": basis.under_way, "waiting": basis.waiting}
    months, rate = _rate(basis.begun_months), _rate(basis.begun_per_month)
    yield wording.say("forecast.arrivals", months=months, rate=rate, **values)
    code = "forecast.renewals_known" if basis.renewals_known else "forecast.renewals_unknown"
    yield wording.say(code, ended=basis.ended, renewed=basis.renewed, share=_percent(basis.renewed, basis.ended))
    if basis.taken_back:
        yield wording.say("forecast.taken_back", issued=basis.issued, taken=basis.taken_back)
    if round(basis.batch) > 1:
        yield wording.say("forecast.batch", batch=round(basis.batch))


def _stages(basis: Basis, wording: Wording) -> Iterable[str]:
    for stage, time in basis.stages.items():
        code = "forecast.stage" if time.median_days is not None else "forecast.stage_open"
        counts = {"left": time.left, "standing": time.standing, "days": time.median_days}
        yield wording.say(code, stage=stage, **counts)


def _hits(one: Hits, wording: Wording) -> str:
    code = "forecast.back_row_one" if one.months_ahead == 1 else "forecast.back_row"
    mean, off = one.mean_error or 0.0, one.mean_off or 0.0
    code_of_error = "forecast.back_fewer" if mean < 0 else "forecast.back_more"
    error = wording.say(code_of_error, error=_rate(abs(mean)), off=_rate(off))
    counts = {"months": one.months_ahead, "count": one.count, "inside": one.inside}
    return wording.say(code, share=_percent(one.inside, one.count), error=error, **counts)


def _rate(number: float) -> str:
    """Write a mean with one digit, which is all that it is good for."""
    return f"{number:.1f}".removesuffix(".0")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "—"
