"""A forecast and its trial on the past as plain data."""

from __future__ import annotations

from dataclasses import asdict

from wufei_cells.board.back_testing import BackTest, Hits
from wufei_cells.board.forecast import Basis, Forecast, ForecastPoint, TooLittle


def forecast_json(found: Forecast | TooLittle) -> dict[str, object]:
    """Give a forecast, or what it lacks."""
    data: dict[str, object] = {
        "on": found.on.isoformat(),
        "now": found.now,
        "goal": found.goal_count,
        "by": found.goal_by.isoformat(),
    }
    if isinstance(found, TooLittle):
        has = {"decided": found.decided, "certified": found.certified, "months": found.months}
        needs = {
            "decided": found.needs_decided,
            "certified": found.needs_certified,
            "months": found.needs_months,
        }
        kept = [{"on": point.on.isoformat(), "kept": point.kept} for point in found.kept]
        return {**data, "too_little": {"has": has, "needs": needs}, "months": kept}
    reached = {name: day.isoformat() if day else None for name, day in asdict(found.reached).items()}
    return {
        **data,
        "at_goal": _point(found.at_goal),
        "at_goal_all_renewed": _point(found.at_goal_all_renewed),
        "reached": reached,
        "needed_per_month": _rounded(found.needed_per_month),
        "new_per_month": _rounded(found.new_per_month),
        "months": [_point(point) for point in found.points],
        "months_all_renewed": [_point(point) for point in found.all_renewed],
        "basis": basis_json(found.basis),
    }


def basis_json(basis: Basis) -> dict[str, object]:
    """Give what a forecast was made from."""
    return {
        **{name: value for name, value in asdict(basis).items() if name != "stages"},
        "since": basis.since.isoformat(),
        "begun_months": _rounded(basis.begun_months),
        "begun_per_month": _rounded(basis.begun_per_month),
        "batch": _rounded(basis.batch),
        "stages": {stage.value: asdict(time) for stage, time in basis.stages.items()},
    }


def back_test_json(found: BackTest) -> dict[str, object]:
    """Give how good forecasts of the past would have been."""
    tried = [
        {**asdict(one), "made_on": one.made_on.isoformat(), "on": one.on.isoformat(), "inside": one.inside}
        for one in found.tried
    ]
    hits = [_hits(one) for one in found.by_months.values()]
    return {"too_little": found.too_little, "months_ahead": hits, "tried": tried}


def _hits(one: Hits) -> dict[str, object]:
    means = {name: _rounded(getattr(one, name)) for name in ("share", "mean_error", "mean_off")}
    return {"months_ahead": one.months_ahead, "count": one.count, "inside": one.inside, **means}


def _point(point: ForecastPoint | None) -> dict[str, object] | None:
    return {**asdict(point), "on": point.on.isoformat()} if point else None


def _rounded(number: float | None) -> float | None:
    """Leave out digits that nobody can stand for."""
    return None if number is None else round(number, 3)
