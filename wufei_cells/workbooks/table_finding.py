"""Find the tables of the authoring workbook: sheets by their names, columns by their heads, wherever they are.

What is not recognized is passed over and told. A person may move columns, add some, write a title above the table or
notes beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.workbooks.authoring.sheets import BASICS, GUIDE, HIDDEN, PLANS, SheetPlan
from wufei_cells.workbooks.reading.cells import Cell, SheetCells
from wufei_cells.workbooks.sheet_source import Line, Notes, Spot
from wufei_cells.workbooks.vocabulary import Vocabulary

HEAD_WITHIN = 30
"""Rows from the top in which the heads are looked for."""
FEWEST_HEADS = 2
_LABEL_COLUMNS = ("label", "content", "content_en")


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """A sheet that is one of ours, and its place in the workbook."""

    number: int
    cells: SheetCells


def find_sheets(sheets: Sequence[SheetCells], words: Vocabulary, notes: Notes) -> dict[str, FoundSheet]:
    """Tell which sheet is which; others are passed over."""
    names = [plan.name for plan in PLANS]
    found: dict[str, FoundSheet] = {}
    for number, cells in enumerate(sheets, start=1):
        name = words.meaning("sheet", (*names, GUIDE), cells.title)
        if name == GUIDE or not cells.rows:
            continue
        if name and name not in found:
            found[name] = FoundSheet(number, cells)
        else:
            notes.caution(Spot(number, cells.title, 0, 0), "authoring.sheet_passed_over", sheet=cells.title)
    return found


class Table:
    """One table: which column is where, and its rows."""

    def __init__(self, sheet: FoundSheet, plan: SheetPlan, words: Vocabulary, notes: Notes) -> None:
        self._sheet = sheet
        self._plan = plan
        self._words = words
        self._notes = notes
        self.head_row, self._columns = self._find_heads()
        self._heads = {name: sheet.cells.rows[self.head_row][at].text.strip() for name, at in self._columns.items()}
        absent = [column.name for column in plan.columns if column.name not in self._columns]
        self._missing_heads = {name: words.say(f"head.{name}") for name in absent}
        self._absent = frozenset(plan.needed) - set(self._columns)
        for name in sorted(self._absent):
            notes.trouble(self.spot(self.head_row, 1), "authoring.no_column", head=words.say(f"head.{name}"))
        self._tell_unknown_columns()

    def spot(self, row: int, column: int, head: str = "") -> Spot:
        """A cell of this sheet."""
        return Spot(self._sheet.number, self._sheet.cells.title, row, column, head)

    def lines(self) -> Iterator[Line]:
        """Go through the rows below the heads that hold anything in a known column."""
        shared = self._shared_cells()
        for row in sorted(self._sheet.cells.rows):
            there = self._sheet.cells.rows[row]
            cells = {name: there[at] for name, at in self._columns.items() if at in there}
            if row <= self.head_row or not set(cells) - {HIDDEN} or self._repeats_heads(cells):
                continue
            cells = {name: cell for (at, name), cell in shared.items() if at == row} | cells
            spots = {name: self.spot(row, 0, head) for name, head in self._missing_heads.items()}
            spots |= {name: self.spot(row, at, self._heads[name]) for name, at in self._columns.items()}
            yield Line(spots, cells, self.spot(row, min(self._columns.values())), self._absent)

    def _find_heads(self) -> tuple[int, dict[str, int]]:
        best: tuple[int, dict[str, int]] = (0, {})
        for row in sorted(self._sheet.cells.rows)[:HEAD_WITHIN]:
            columns: dict[str, int] = {}
            for at, cell in sorted(self._sheet.cells.rows[row].items()):
                name = self._words.meaning("head", [column.name for column in self._plan.columns], cell.text)
                if name and name not in columns:
                    columns[name] = at
            if len(columns) >= FEWEST_HEADS and len(columns) > len(best[1]):
                best = (row, columns)
        return best

    def _tell_unknown_columns(self) -> None:
        known = set(self._columns.values())
        for at, cell in sorted(self._sheet.cells.rows.get(self.head_row, {}).items()):
            if at not in known and self._columns:
                spot = self.spot(self.head_row, at)
                self._notes.caution(spot, "authoring.column_passed_over", head=cell.text.strip()[:40])

    def _repeats_heads(self, cells: Mapping[str, Cell]) -> bool:
        return all(cell.text.strip() == self._heads[name] for name, cell in cells.items())

    def _shared_cells(self) -> dict[tuple[int, str], Cell]:
        """Give the cells that speak for several rows, in columns where that makes sense."""
        columns = self._plan.columns
        shared = {self._columns[one.name]: one.name for one in columns if one.name in self._columns and one.shared}
        return shared_cells(self._sheet.cells, shared)


def shared_cells(sheet: SheetCells, columns: Mapping[int, str]) -> dict[tuple[int, str], Cell]:
    """Give the merged cells of some columns that speak for the rows below their first one, by row and column's name."""
    result: dict[tuple[int, str], Cell] = {}
    last = max(sheet.rows, default=0)
    for first_row, first, last_row, _last in sheet.merged:
        cell = sheet.rows.get(first_row, {}).get(first)
        if cell and first in columns:
            result |= {(row, columns[first]): cell for row in range(first_row + 1, min(last_row, last) + 1)}
    return result


def basics_line(sheet: FoundSheet, words: Vocabulary, notes: Notes) -> Line:
    """Read the sheet of basics, where each field has a row, as if it were one row."""
    title, rows = sheet.cells.title, sheet.cells.rows
    columns = _label_columns(sheet, words)
    names = {column.name for column in BASICS.columns}
    labels = {name.removesuffix("_zh").removesuffix("_en") for name in names}
    start = Spot(sheet.number, title, 0, 0)
    spots = {name: Spot(sheet.number, title, 0, 0, words.say(f"basics.{_label(name)}")) for name in names}
    cells: dict[str, Cell] = {}
    for row in sorted(rows):
        label = rows[row].get(columns["label"])
        value, english = rows[row].get(columns["content"]), rows[row].get(columns["content_en"])
        name = words.meaning("basics", sorted(labels), label.text) if label else None
        if label is None or name is None:
            is_head = label and words.meaning("head", _LABEL_COLUMNS, label.text)
            if label and value and not is_head:
                spot = Spot(sheet.number, title, row, label.column)
                notes.caution(spot, "authoring.label_passed_over", label=label.text.strip()[:40])
            continue
        for suffix, cell, at in (("", value, "content"), ("_zh", value, "content"), ("_en", english, "content_en")):
            if name + suffix in names:
                spots[name + suffix] = Spot(sheet.number, title, row, columns[at], label.text.strip())
                if cell and name + suffix not in cells:
                    cells[name + suffix] = cell
    return Line(spots, cells, start)


def _label(name: str) -> str:
    return name.removesuffix("_zh").removesuffix("_en")


def _label_columns(sheet: FoundSheet, words: Vocabulary) -> dict[str, int]:
    """Where labels and values stand; the first three columns where nobody says so."""
    for row in sorted(sheet.cells.rows)[:HEAD_WITHIN]:
        found = {
            name: at
            for at, cell in sheet.cells.rows[row].items()
            if (name := words.meaning("head", _LABEL_COLUMNS, cell.text))
        }
        if {"label", "content"} <= set(found):
            return {"content_en": max(found.values()) + 1, **found}
    return {name: at for at, name in enumerate(_LABEL_COLUMNS, start=1)}
