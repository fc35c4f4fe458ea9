"""Find the scoresheets in a workbook that came back: by what their heads remember, wherever their tables stand now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.workbooks.scoresheets.columns import Field
from wufei_cells.workbooks.scoresheets.row_keys import SheetId
from wufei_cells.workbooks.vocabulary import folded

if TYPE_CHECKING:
    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.reading.cells import Cell, SheetCells

_NAMES = {field.value: field for field in Field}
_NEEDED = (Field.ANSWER, Field.NA, Field.NOTE)


@dataclass(frozen=True, slots=True)
class FoundScoresheet:
    """One scoresheet in a workbook.

    Attributes:
        id: whose sheet it is.
        cells: the sheet.
        head_row: the row of its heads.
        columns: where each column stands now.
    """

    id: SheetId
    cells: SheetCells
    head_row: int
    columns: Mapping[Field, int]

    @property
    def missing(self) -> tuple[Field, ...]:
        """Columns that are needed and not there."""
        return tuple(field for field in _NEEDED if field not in self.columns)


def find_scoresheets(sheets: Sequence[SheetCells], wording: Wording) -> tuple[FoundScoresheet, ...]:
    """Find every scoresheet of a workbook."""
    heads = _heads(wording)
    found: list[FoundScoresheet] = []
    for cells in sheets:
        for row, line in sorted(cells.rows.items()):
            key = next(((cell, known) for cell in line.values() if (known := SheetId.read(cell.text))), None)
            if key:
                columns = _columns(cells, row, heads) | {Field.KEY: key[0].column}
                found.append(FoundScoresheet(key[1], cells, row, columns))
    return tuple(found)


def _columns(cells: SheetCells, head_row: int, heads: Mapping[str, Field]) -> dict[Field, int]:
    """Tell the columns by the hidden names above their heads; where those are gone, by the heads themselves."""
    above = max((row for row in cells.rows if row < head_row), default=0)
    named = _named(cells.rows.get(above, {}), _NAMES)
    return _named(cells.rows[head_row], heads) | (named if len(named) > len(_NEEDED) else {})


def _named(line: Mapping[int, Cell], names: Mapping[str, Field]) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for column, cell in sorted(line.items()):
        field = names.get(folded(cell.text))
        if field and field not in found:
            found[field] = column
    return found


def _heads(wording: Wording) -> dict[str, Field]:
    """The heads of columns in both languages."""
    spoken = [wording.speaking(language) for language in ("zh", "en")]
    return {
        folded(one.say(f"scoresheet.column.{field.value}")): field
        for field in Field
        if field not in (Field.KEY, Field.POINTS)
        for one in spoken
    }
