"""The columns of a report's tables: heads, widths and looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from wufei_cells.reports.blocks import Column, Look

if TYPE_CHECKING:
    from wufei_cells.services.report_facts import ReportFacts

_TEXTS: Mapping[str, float] = {
    "site": 34,
    "category": 15,
    "county": 14,
    "subject": 26,
    "text": 34,
    "reason": 44,
    "item": 46,
    "indicator": 36,
    "lead": 38,
    "stage": 16,
    "level": 12,
    "certificate": 22,
    "document": 18,
}
_LEFT = frozenset({"site", "category", "county", "subject", "text", "reason", "item", "indicator", "lead", "stage"})
_NARROW: Mapping[str, float] = {"number": 7.5, "month": 11, "progress": 26, "unit": 8}
_DAYS = frozenset({"until", "since", "gained_on", "lost_on", "by", "on", "due", "done"})
_ENGLISH: Mapping[str, float] = {"level": 15, "document": 20, "category": 19, "county": 16, "stage": 18}
DAY, PLAIN = 12.5, 9.0
"""Widths in characters of a column of days, and of one of numbers."""


def columns_of(facts: ReportFacts, keys: Iterable[str]) -> tuple[Column, ...]:
    """Give the columns of these keys."""
    return tuple(_column(facts, key) for key in keys)


def _column(facts: ReportFacts, key: str) -> Column:
    english = _ENGLISH.get(key) if facts.language == "en" else None
    width = english or _TEXTS.get(key) or _NARROW.get(key) or (DAY if key in _DAYS else PLAIN)
    look = Look.TEXT if key in _LEFT else Look.BAR if key == "progress" else Look.CENTER
    if key in ("share", "share_lost"):
        look = Look.SHARE
    return Column(key, facts.say(f"column.{key}"), width, look)
