"""Find the heads of a list of sites: wherever they stand, in whatever words, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.domain.site_lists import FACT
from wufei_cells.workbooks.vocabulary import Vocabulary, folded
from wufei_cells.workbooks.xlsx_cells import SheetCells

FIELDS = ("name", "credit_code", "district", "category", "address", "contact", "phone", "note")
COUNTED = "number"
"""The column that only counts the rows."""
FEWEST_HEADS = 2
MOST_LINES = 3
_IN_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of one table."""

    first: int
    last: int
    """The rows that they take."""
    columns: Mapping[str, tuple[int, str]]
    """By field: its column and its head."""
    repeated: tuple[tuple[int, str, str], ...]
    """Columns that mean what another one means already: column, head, and the head of that other one."""
    unknown: tuple[tuple[int, str], ...]
    """Columns that nobody asks for, with their heads."""


class HeadFinder:
    """Finds heads in the words of the catalogue and of the checklists."""

    def __init__(self, words: Vocabulary, facts: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, int]] = {folded(name): (FACT + folded(name), 0) for name in facts}
        for field in (*FIELDS, COUNTED):
            spelled = words.spellings(f"sitehead.{field}")
            self._known |= {folded(word): (field, rank) for rank, word in enumerate((*spelled, field))}

    def find(self, sheet: SheetCells, row: int) -> Heads | None:
        """Give the heads that begin in a row, if any do."""
        if not self._names_any(sheet, row):
            return None
        lines = [row]
        while len(lines) < MOST_LINES and self._goes_on(sheet, lines):
            lines.append(lines[-1] + 1)
        heads = self._heads(sheet, lines)
        named = {"name", "credit_code"} & set(heads.columns)
        return heads if named and len(heads.columns) >= FEWEST_HEADS else None

    def _names_any(self, sheet: SheetCells, row: int) -> bool:
        return any(self._meaning(cell.text) for cell in sheet.rows.get(row, {}).values())

    def _goes_on(self, sheet: SheetCells, lines: Sequence[int]) -> bool:
        """Tell whether the next row is part of the heads.

        It is when it names fields, and what else stands in it stands below a head that covers several columns.
        """
        last, named = lines[-1], False
        for column, cell in sheet.rows.get(last + 1, {}).items():
            known = self._meaning(cell.text) is not None
            origin = _origin(sheet, last, column)
            above = sheet.rows.get(origin[0], {}).get(origin[1])
            if above and not spans_columns(sheet, *origin):
                return False  # a row of values, or the heads of another table
            if not known and not above:
                return False
            named = named or known
        return named

    def _heads(self, sheet: SheetCells, lines: Sequence[int]) -> Heads:
        best: dict[str, tuple[int, int, str]] = {}
        rivals: list[tuple[int, str, str]] = []
        unknown: list[tuple[int, str]] = []
        for column in _columns(sheet, lines):
            parts = _parts(sheet, (lines[0] - 1, *lines), column)
            found, head = self._meaning_of(parts), parts[-1] if parts else ""
            if found is None:
                unknown.append((column, head))
                continue
            field, rank = found
            known = best.get(field)
            if known is None or rank < known[0]:
                best[field] = (rank, column, head)
                rivals += [(known[1], known[2], field)] if known else []
            else:
                rivals.append((column, head, field))
        repeated = tuple((column, head, best[field][2]) for column, head, field in sorted(rivals) if field != COUNTED)
        columns = {field: (column, head) for field, (_rank, column, head) in best.items() if field != COUNTED}
        return Heads(lines[0], lines[-1], columns, repeated, tuple(one for one in unknown if one[1]))

    def _meaning_of(self, parts: Sequence[str]) -> tuple[str, int] | None:
        """Say what a head of several lines means: "contact" above "telephone" first as a whole, then the lower one."""
        for start in range(len(parts)):
            found = self._meaning("".join(parts[start:]))
            if found:
                return found
        return None

    def _meaning(self, text: str) -> tuple[str, int] | None:
        found = self._known.get(folded(text)) if len(text) <= 60 else None
        return found or (self._known.get(folded(_IN_BRACKETS.sub("", text))) if len(text) <= 200 else None)


def _columns(sheet: SheetCells, lines: Sequence[int]) -> list[int]:
    """Give the columns that have a head: in these rows, or above them in a cell that is merged with these rows."""
    own = {column for row in lines for column in sheet.rows.get(row, {})}
    return sorted(own | {first for row, first, last_row, _last in sheet.merged if row < lines[0] <= last_row})


def _parts(sheet: SheetCells, rows: Sequence[int], column: int) -> list[str]:
    """Give what stands in a column, from above; a merged cell counts for all columns and rows that it covers."""
    parts: list[str] = []
    last: tuple[int, int] | None = None
    for row in rows:
        place = _origin(sheet, row, column)
        cell = sheet.rows.get(place[0], {}).get(place[1])
        if cell and place != last:
            parts.append(cell.text.strip())
            last = place
    return parts


def _origin(sheet: SheetCells, row: int, column: int) -> tuple[int, int]:
    for first_row, first, last_row, last in sheet.merged:
        if first_row <= row <= last_row and first <= column <= last:
            return first_row, first
    return row, column


def spans_columns(sheet: SheetCells, row: int, column: int) -> bool:
    """Tell whether a cell is merged with its neighbors on the right."""
    return any(area[:2] == (row, column) and area[3] > column for area in sheet.merged)
