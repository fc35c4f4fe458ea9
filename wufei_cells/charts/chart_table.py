"""The table beside a chart: for those who would rather read, for copying, and for Excel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

AS_TEXT = "mso-number-format:'\\@'"
"""Keeps spreadsheets from making dates of 1/2 and formulas of names."""
Entry = str | int | float | date | None
"""``None``: nothing is there, which is not the same as 0."""


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Header and rows; each row has as many entries as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[Entry, ...], ...]

    def as_text(self) -> str:
        """Write it as spreadsheets take it from the clipboard: tabs between entries, a line for each row."""
        lines = (self.header, *self.rows)
        return "".join("\t".join(" ".join(printed(entry).split()) for entry in line) + "\n" for line in lines)

    def as_html(self) -> str:
        """Write it as word processors take it from the clipboard."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.header)
        rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        return f'<meta charset="utf-8"><table border="1"><tr>{head}</tr>{rows}</table>'


def printed(entry: Entry) -> str:
    """Write an entry; a number with one decimal only where it has one."""
    if entry is None:
        return ""
    if isinstance(entry, date):
        return entry.isoformat()
    return f"{entry:.1f}".removesuffix(".0") if isinstance(entry, float) else str(entry)


def whole(value: float) -> int | float:
    """Give a whole number as one, for tables."""
    return int(value) if value == int(value) else value


def _cell(entry: Entry) -> str:
    look = f' style="{AS_TEXT}"' if isinstance(entry, str) else ' align="right"'
    return f"<td{look}>{escape(printed(entry))}</td>"
