"""The words that a report template may use: kinds of reports, figures, charts, tables with their columns, slots."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ReportKind(StrEnum):
    """Which report."""

    PROGRESS = "progress"
    """进展报告: how far it is, with every site that passed or did not."""
    BRIEFING = "briefing"
    """一页简报: one page for those who have a minute."""
    MONTHLY = "monthly"
    """月度调度: what a month brought, and what has to move."""
    ANNUAL = "annual"
    """年度报告"""
    COUNTIES = "counties"
    """县区对比"""
    NOTICES = "notices"
    """工作提醒、通报督办、现场督导: lists of what is behind."""


class Figure(StrEnum):
    """A number: it stands in a tile, and in sentences as a slot of the same name."""

    VALID = "valid"
    GOAL = "goal"
    LEFT = "left"
    SITES = "sites"
    ASSESSED = "assessed"
    PASSED = "passed"
    UNDER_WAY = "under_way"
    STUCK = "stuck"
    RUNNING_OUT = "running_out"
    """Certificates that run out within the days that the program warns of."""
    BEHIND = "behind"
    """Counties and categories that have fewer than their way to the target wants."""
    MONTH_GAINED = "month_gained"
    MONTH_LOST = "month_lost"
    YEAR_GAINED = "year_gained"
    YEAR_LOST = "year_lost"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    """How many will be valid at the goal's day: from, most likely, to."""
    FOLLOW_UPS_OPEN = "follow_ups_open"
    FOLLOW_UPS_LATE = "follow_ups_late"


SENTENCES = ("standing", "movement", "outlook", "counting")
"""Slots that the program fills with a sentence of its own, which knows goals reached and missed, and no data."""
PLACES = ("city", "issuer", "scope", "on", "day", "month", "year", "by", "percent", "days")
"""Slots for names and days."""
SLOTS = (*PLACES, *SENTENCES, *Figure)


class ChartKind(StrEnum):
    """What a chart shows."""

    GOAL = "goal"
    """A bar to the goal."""
    BURN_UP = "burn_up"
    CATEGORIES = "categories"
    COUNTIES = "counties"
    HEAT = "heat"
    MONTHS = "months"
    RUNS_OUT = "runs_out"


class TableKind(StrEnum):
    """What a table lists."""

    CATEGORIES = "categories"
    COUNTIES = "counties"
    MATRIX = "matrix"
    STAGES = "stages"
    MONTHS = "months"
    BEHIND = "behind"
    STUCK = "stuck"
    RENEWALS = "renewals"
    GAINED = "gained"
    LOST = "lost"
    PASSED = "passed"
    FAILED = "failed"
    ITEMS = "items"
    INDICATORS = "indicators"
    FOLLOW_UPS = "follow_ups"


_TALLY = (
    *("sites", "under_way", "assessed", "passed", "valid", "target", "by", "left"),
    *("month_gained", "month_lost", "year_gained", "year_lost", "share", "progress"),
)
_SITE = ("number", "site", "category", "county")

COLUMNS: Mapping[TableKind, tuple[str, ...]] = MappingProxyType(
    {
        TableKind.CATEGORIES: ("category", *_TALLY),
        TableKind.COUNTIES: ("county", *_TALLY),
        TableKind.MATRIX: (),  # its columns are the categories of the city
        TableKind.STAGES: ("stage", "sites", "stuck", "allowed"),
        TableKind.MONTHS: ("month", "gained", "lost", "valid"),
        TableKind.BEHIND: ("number", "subject", "valid", "pace", "target", "left", "by", "measure"),
        TableKind.STUCK: (*_SITE, "stage", "since", "days", "allowed"),
        TableKind.RENEWALS: (*_SITE, "certificate", "until", "days_left"),
        TableKind.GAINED: (*_SITE, "certificate", "gained_on", "until"),
        TableKind.LOST: (*_SITE, "certificate", "lost_on"),
        TableKind.PASSED: (*_SITE, "total", "level", "certificate", "until"),
        TableKind.FAILED: (*_SITE, "total", "reason"),
        TableKind.ITEMS: ("number", "item", "category", "answered", "lost", "share_lost"),
        TableKind.INDICATORS: ("indicator", "unit", "baseline", "value", "target", "met", "lead"),
        TableKind.FOLLOW_UPS: ("number", "measure", "subject", "text", "document", "on", "due", "done"),
    }
)
"""Every column of each table, in the order in which they stand when a template names none."""
