"""The keys that the same judgement takes in the exported Excel sheet, counted from the sheets themselves.

One sheet is exported before anything is answered: what is empty in it is what a person fills in. One is exported
afterwards: what stands in it is what the person would have to type. See ``benchmarks.key_presses`` for the rules.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from benchmarks.expert import short_form
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.rules import Best, Calculated, Change, Levels, Measured, Share, Sum, YesNo

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.domain.answers import Answer
    from wufei_cells.domain.rules import Rule

ENTER = TAB = FILL_DOWN = SAVE = 1
GO_TO = 2
"""F5 before an address, Enter after it."""


@dataclass(frozen=True, slots=True)
class SheetKeys:
    """What filling in the sheet takes."""

    presses: int
    """For the points, and for the reasons the person gives at the desk too."""
    with_numbers: int
    """When it is also written down what the points rest on, as the desk keeps it."""
    worked_out: int
    """Items whose points the person works out in the head or on a calculator."""
    divisions: int
    """Those of them where that is a division."""


def sheet_keys(blank: bytes, filled: bytes, entries: Sequence[Gate | Item], answers: Mapping[str, Answer]) -> SheetKeys:
    """Count along the best way: down the column of points, to the right where there is a reason, and back with Enter.

    Args:
        blank: the sheet before anything was answered.
        filled: the sheet of the same assessment with everything answered.
        entries: in printed order.
        answers: what the person found, by key.
    """
    empty, full = (load_workbook(io.BytesIO(content)).worksheets[0] for content in (blank, filled))
    rows, scored = _places(full, entries)
    first, last = rows[entries[0].key], rows[entries[-1].key]
    presses = SAVE + GO_TO + len(full.cell(first, scored).coordinate) + ENTER * (last - first + 1)
    beside = 0
    for entry in entries:
        row, answer = rows[entry.key], answers[entry.key]
        assert empty.cell(row, scored).value is None, f"{entry.key} needs no filling in"
        above = _typed(full.cell(row - 1, scored).value) if row > first else ""
        points = _typed(full.cell(row, scored).value)
        presses += FILL_DOWN if points == above else len(points)
        said = answer.note or answer.na or ""
        presses += _way_to(full, row, scored, said) + len(said) if said else 0
        if not _is_plain(entry) and answer.na is None:
            beside += len(short_form(entry, answer)) + TAB  # as a reason, or after a blank behind the reason
    items = [entry for entry in entries if answers[entry.key].na is None and not _is_plain(entry)]
    divided = sum(_divides(entry.rule, answers[entry.key].value) for entry in items if isinstance(entry, Item))
    return SheetKeys(presses, presses + beside, len(items), divided)


def _places(sheet: Worksheet, entries: Sequence[Gate | Item]) -> tuple[dict[str, int], int]:
    """Find the rows by their numbers, and the column where the scored assessment has something in each of them."""
    numbers = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    rows = {entry.key: numbers[entry.number] for entry in entries}
    gates = [row for entry in entries if isinstance(entry, Gate) for row in [rows[entry.key]]]
    words = [column for column in range(2, sheet.max_column + 1) if _one_word(sheet, gates, column)]
    assert len(words) == 1, words
    return rows, words[0]


def _one_word(sheet: Worksheet, rows: Sequence[int], column: int) -> bool:
    """Tell whether the preconditions all say the same in a column: that they are met."""
    found = {str(sheet.cell(row, column).value or "") for row in rows}
    return len(found) == 1 and found != {""}


def _typed(value: Any) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)


def _way_to(sheet: Worksheet, row: int, scored: int, said: str) -> int:
    """Count the steps to the right to where a reason stands."""
    columns = range(scored + 1, sheet.max_column + 1)
    found = [column for column in columns if said in str(sheet.cell(row, column).value or "")]
    assert found, f"{said} stands nowhere in row {row}"
    return TAB * (found[0] - scored)


def _is_plain(entry: Gate | Item) -> bool:
    """Tell whether an answer is its points: nothing has to be worked out, nothing else is to be kept."""
    return isinstance(entry, Gate) or isinstance(entry.rule, YesNo | Levels)


def _divides(rule: Rule, value: object) -> bool:
    match rule:
        case Sum() | Best():
            given = value if isinstance(value, dict) else {}
            return any(_divides(part.rule, given[part.key]) for part in rule.parts if part.key in given)
        case Measured():
            return isinstance(rule.measure, Share | Change | Calculated)
        case _:
            return False
