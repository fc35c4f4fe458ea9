"""The columns of a report's tables: heads, widths and looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.reports.blocks import Column, Look, Row, TableBlock, Value
from wufei_cells.reports.vocabulary import TableKind

if TYPE_CHECKING:
    from wufei_cells.reports.templates import TablePart
    from wufei_cells.services.report_facts import ReportFacts

Line = Mapping[str, Value]
"""What stands in a row, by the keys of columns."""
_WIDTHS: Mapping[str, float] = {
    "site": 30,
    "category": 16,
    "county": 16,
    "subject": 22,
    "text": 36,
    "reason": 44,
    "item": 46,
    "stage": 12,
    "indicator": 36,
    "lead": 38,
    "level": 12,
    "measure": 12,
    "certificate": 22,
    "document": 22,
    "number": 7.5,
    "month": 11,
    "progress": 20,
    "unit": 8,
    "pace": 11,
    "days": 10.5,
    "allowed": 10.5,
    "days_left": 10.5,
    "baseline": 14,
    "value": 16,
    "target": 9,
    "met": 12,
}
_OF_INDICATORS: Mapping[str, float] = {
    "indicator": 28,
    "baseline": 20,
    "value": 20,
    "target": 20,
    "met": 13,
    "lead": 28,
}
"""Their numbers stand with the year: 100（2027年） has room in one line."""
_LEFT = frozenset({"site", "category", "county", "subject", "text", "reason", "item", "indicator", "lead", "stage"})
_DAYS = frozenset({"until", "since", "gained_on", "lost_on", "by", "on", "due", "done"})
_ENGLISH: Mapping[str, float] = {"level": 15, "measure": 17, "category": 24, "stage": 16}
DAY, PLAIN = 12.5, 9.0
"""Widths in characters of a column of days, and of one of numbers."""


def columns_of(facts: ReportFacts, keys: Iterable[str]) -> tuple[Column, ...]:
    """Give the columns of these keys."""
    return tuple(_column(facts, key) for key in keys)


def _columns_of(facts: ReportFacts, part: TablePart) -> tuple[Column, ...]:
    found = columns_of(facts, part.columns)
    if part.show is not TableKind.INDICATORS:
        return found
    return tuple(replace(column, width=_OF_INDICATORS.get(column.key, column.width)) for column in found)


def table_of(facts: ReportFacts, part: TablePart, lines: Iterable[Line], empty: str) -> TableBlock:
    """Make a table of lines; ``empty`` says which sentence of reports stands in place of none."""
    rows = tuple(Row(tuple(line[key] for key in part.columns)) for line in lines)
    return TableBlock(part.show, "", _columns_of(facts, part), rows, facts.say(empty), total=len(rows))


def _column(facts: ReportFacts, key: str) -> Column:
    english = _ENGLISH.get(key) if facts.language == "en" else None
    width = english or _WIDTHS.get(key) or (DAY if key in _DAYS else PLAIN)
    look = Look.TEXT if key in _LEFT else Look.BAR if key == "progress" else Look.CENTER
    if key in ("share", "share_lost"):
        look = Look.SHARE
    return Column(key, facts.say(f"column.{key}"), width, look)
