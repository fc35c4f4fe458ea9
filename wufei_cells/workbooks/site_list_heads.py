"""Find the heads of a list of sites: wherever they stand, in whatever words, on one line or on several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.domain.site_lists import FACT
from wufei_cells.workbooks.reading.cells import SheetCells
from wufei_cells.workbooks.vocabulary import Vocabulary, folded

FIELDS = ("name", "credit_code", "district", "category", "address", "contact", "phone", "note")
COUNTED = "number"
"""The column that only counts the rows."""
FEWEST_HEADS = 2
MOST_LINES = 3
_LONGEST = 60
"""Characters; what is longer is no head."""
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


class HeadWords:
    """Every word that a head may be, in the catalogue's spellings and in those of the checklists."""

    def __init__(self, words: Vocabulary, facts: Iterable[str]) -> None:
        self._known: dict[str, tuple[str, int]] = {folded(name): (FACT + folded(name), 0) for name in facts}
        for field in (*FIELDS, COUNTED):
            spelled = words.spellings(f"sitehead.{field}")
            self._known |= {folded(word): (field, rank) for rank, word in enumerate((*spelled, field))}

    def meaning(self, text: str) -> tuple[str, int] | None:
        """Say which field a head means, and how plainly: the smaller, the plainer."""
        if len(text) > _LONGEST:
            return None
        return self._known.get(folded(text)) or self._known.get(folded(_IN_BRACKETS.sub("", text)))


class SheetHeads:
    """Finds the heads of one sheet."""

    def __init__(self, words: HeadWords, sheet: SheetCells) -> None:
        self._words = words
        self._rows = sheet.rows
        self._widths = {area[:2]: area[3] - area[1] for area in sheet.merged}
        self._covered: dict[int, list[tuple[int, int, int, int]]] = {}
        for area in sheet.merged:
            if area[2] - area[0] < MOST_LINES:  # no head is higher, and an area may be as high as the sheet
                for row in range(area[0], area[2] + 1):
                    self._covered.setdefault(row, []).append(area)

    def find(self, row: int) -> Heads | None:
        """Give the heads that begin in a row, if any do."""
        if not any(self._words.meaning(cell.text) for cell in self._rows.get(row, {}).values()):
            return None
        lines = [row]
        while len(lines) < MOST_LINES and self._goes_on(lines[-1]):
            lines.append(lines[-1] + 1)
        heads = self._heads(lines)
        named = {"name", "credit_code"} & set(heads.columns)
        return heads if named and len(heads.columns) >= FEWEST_HEADS else None

    def spans_columns(self, row: int, column: int) -> bool:
        """Tell whether a cell is merged with its neighbors on the right."""
        return self._widths.get((row, column), 0) > 0

    def _goes_on(self, last: int) -> bool:
        """Tell whether the next row is part of the heads.

        It is when it names fields, and what else stands in it stands below a head that covers several columns.
        """
        named = False
        for column, cell in self._rows.get(last + 1, {}).items():
            known = self._words.meaning(cell.text) is not None
            origin = self._origin(last, column)
            above = self._rows.get(origin[0], {}).get(origin[1])
            if above and not self.spans_columns(*origin):
                return False  # a row of values, or the heads of another table
            if not known and not above:
                return False
            named = named or known
        return named

    def _heads(self, lines: Sequence[int]) -> Heads:
        best: dict[str, tuple[int, int, str]] = {}
        rivals: list[tuple[int, str, str]] = []
        unknown: list[tuple[int, str]] = []
        for column in self._columns(lines):
            parts = self._parts((lines[0] - 1, *lines), column)
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
        meanings = (self._words.meaning("".join(parts[start:])) for start in range(len(parts)))
        return next(filter(None, meanings), None)

    def _columns(self, lines: Sequence[int]) -> list[int]:
        """Give the columns that have a head: in these rows, or above them in a cell that is merged with these rows."""
        own = {column for row in lines for column in self._rows.get(row, {})}
        return sorted(own | {area[1] for area in self._covered.get(lines[0], ()) if area[0] < lines[0]})

    def _parts(self, rows: Sequence[int], column: int) -> list[str]:
        """Give what stands in a column, from above; a merged cell counts for all columns and rows that it covers."""
        parts: list[str] = []
        last: tuple[int, int] | None = None
        for row in rows:
            place = self._origin(row, column)
            cell = self._rows.get(place[0], {}).get(place[1])
            if cell and place != last:
                parts.append(cell.text.strip())
                last = place
        return parts

    def _origin(self, row: int, column: int) -> tuple[int, int]:
        for first_row, first, _last_row, last in self._covered.get(row, ()):
            if first <= column <= last:
                return first_row, first
        return row, column
