"""The board, and the sites behind its figures, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wufei_cells.board.cases import Span
from wufei_cells.board.standing import Board, Needed, Part, StageRow, TargetRow
from wufei_cells.domain.amounts import exact
from wufei_cells.services.board_lists import ListedSite


def board_json(found: Board) -> dict[str, object]:
    """Give everything on the board."""
    return {
        "on": found.on.isoformat(),
        "within": {
            "categories": None if found.within.categories is None else sorted(found.within.categories),
            "districts": None if found.within.districts is None else sorted(found.within.districts),
        },
        "goal": found.goal,
        "by": found.by.isoformat(),
        "certified": found.valid.count,
        "remaining": found.missing,
        "ever_certified": found.ever.count,
        "gone": {state.value: figure.count for state, figure in found.gone.items()},
        "valid_at_goal_day": found.at_goal_day.count,
        "needed": _needed(found.needed) if found.needed else None,
        "stuck": found.stuck.count,
        "put_right": found.put_right.count,
        "whole": _whole(found),
        **_parts(found),
        "stages": {row.stage.value: row.sites.count for row in found.stages if row.sites.count},
        "pipeline": [_stage(row) for row in found.stages],
        "targets": [_target(row) for row in found.targets],
        **_months(found),
    }


def listed_json(found: Board, wanted: Sequence[str], rows: Iterable[ListedSite]) -> dict[str, object]:
    """Give sites behind figures."""
    sites = [
        {
            "id": row.id,
            "name": row.name,
            "category": row.category,
            "district": row.district,
            "stage": row.stage.value if row.stage else None,
            "since": row.since.isoformat() if row.since else None,
            "certificate_state": row.certificate.value if row.certificate else None,
        }
        for row in rows
    ]
    return {"on": found.on.isoformat(), "list": list(wanted), "sites": sites}


def _parts(found: Board) -> dict[str, object]:
    return {
        "categories": {key: _part(part) for key, part in found.categories.items()},
        "districts": {key: _part(part) for key, part in found.districts.items()},
        "cells": [
            {"category": category, "district": district, **_part(part)}
            for (category, district), part in found.cells.items()
        ],
        "leads": [
            {"lead": {"zh": lead.text.zh, "en": lead.text.en}, "categories": list(lead.categories), **_part(lead.part)}
            for lead in found.leads
        ],
    }


def _months(found: Board) -> dict[str, object]:
    return {
        "months": [
            {
                "month": _month(row.month),
                "gained": row.gained.count,
                "lost": row.lost.count,
                "valid": row.valid.count,
            }
            for row in found.months
        ],
        "runs_out": [
            {"month": _month(row.month), "count": row.sites.count, "left": row.left.count} for row in found.runs_out
        ],
    }


def _part(part: Part) -> dict[str, int]:
    return {
        "sites": part.sites.count,
        "assessed": part.assessed.count,
        "passed": part.passed.count,
        "certified": part.valid.count,
        "gone": part.gone.count,
    }


def _whole(found: Board) -> dict[str, int]:
    parts = [_part(part) for part in found.categories.values()]
    return {name: sum(part[name] for part in parts) for name in ("sites", "assessed", "passed", "certified", "gone")}


def _needed(needed: Needed) -> dict[str, object]:
    return {
        "months": exact(needed.months),
        "new": needed.new,
        "new_per_month": exact(needed.new_per_month),
        "renewals": needed.renewals.count,
        "renewals_per_month": exact(needed.renewals_per_month),
    }


def _stage(row: StageRow) -> dict[str, object]:
    return {
        "stage": row.stage.value,
        "sites": row.sites.count,
        "median_days": None if row.median_days is None else exact(row.median_days),
        "longest_days": row.longest_days,
        "limit": row.limit,
        "stuck": row.stuck.count,
    }


def _target(row: TargetRow) -> dict[str, object]:
    return {
        "category": row.target.category,
        "district": row.target.district,
        "count": row.target.count,
        "by": row.target.by.isoformat(),
        "valid": row.valid.count,
        "valid_at_its_day": row.at_its_day.count,
        "missing": row.missing,
        "met_on": row.met_on.isoformat() if row.met_on else None,
        "over": row.over,
    }


def _month(month: Span) -> str:
    return f"{month.first:%Y-%m}"
