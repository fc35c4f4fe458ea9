"""Plain data that was read from a workbook, and the cell in which every part of it stood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from wufei_cells.checklists.yaml_source import Data, Path, Source
from wufei_cells.errors import Problem
from wufei_cells.workbooks.reading.cells import Cell
from wufei_cells.workbooks.vocabulary import Vocabulary

IN_SHEETS = {
    "checklist.ends_before_it_starts": "authoring.sheet_ends_before_it_starts",
    "checklist.fact_not_number": "authoring.sheet_fact_not_number",
    "checklist.fact_value": "authoring.sheet_fact_value",
    "checklist.fact_with_options": "authoring.sheet_fact_with_options",
    "checklist.fact_without_options": "authoring.sheet_fact_without_options",
    "checklist.formula_of_no_number": "authoring.sheet_formula_of_no_number",
    "checklist.group_cap": "authoring.sheet_group_cap",
    "checklist.item_without_points": "authoring.sheet_item_without_points",
    "checklist.star_outside": "authoring.sheet_star_outside",
    "checklist.unknown_fact": "authoring.sheet_unknown_fact",
    "checklist.unknown_group": "authoring.sheet_unknown_group",
    "checklist.unknown_item": "authoring.sheet_unknown_item",
    "checklist.unknown_parameter": "authoring.sheet_unknown_parameter",
    "checklist.unknown_source": "authoring.sheet_unknown_source",
    "checklist.weight_not_positive": "authoring.sheet_weight_not_positive",
    "field.not_flag": "authoring.sheet_not_flag",
    "field.not_list": "authoring.sheet_not_list",
    "field.not_text": "authoring.sheet_not_text",
    "field.unknown": "authoring.sheet_unknown_field",
    "rule.band_after_otherwise": "authoring.sheet_band_after_otherwise",
    "rule.corner": "authoring.sheet_corner",
    "rule.empty_range": "authoring.sheet_empty_range",
    "rule.floor_above_cap": "authoring.sheet_floor_above_cap",
    "rule.line": "authoring.sheet_line",
    "rule.no_otherwise": "authoring.sheet_no_otherwise",
    "rule.scale": "authoring.sheet_two_scales",
    "rule.step_not_positive": "authoring.sheet_step_not_positive",
    "rule.two_references": "authoring.sheet_two_references",
    "rule.unknown_input": "authoring.sheet_unknown_input",
    "scoring.out_of_not_positive": "authoring.sheet_out_of_not_positive",
    "scoring.share_without_policy": "authoring.sheet_share_without_policy",
}
"""What is wrong, in the words of the workbook instead of those of a file."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell, also an empty one."""

    sheet: int
    """The sheet's place in the workbook, for sorting."""
    title: str
    row: int
    column: int
    """0 where the table does not have the column; the row is 0 as well where it is about a whole sheet."""
    head: str = ""

    @property
    def order(self) -> tuple[int, int, int]:
        """Where it comes when a person goes through the workbook."""
        return (self.sheet, self.row, self.column)

    def told(self, words: Vocabulary) -> str:
        """Say where it is."""
        values = {"sheet": self.title, "row": self.row, "column": get_column_letter(max(self.column, 1))}
        if not self.row or not self.column:
            return words.say("place.row" if self.row else "place.sheet", **values)
        return words.say("place.cell_of" if self.head else "place.cell", head=self.head, **values)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its cells by the name of their column, and where its empty cells are."""

    spots: Mapping[str, Spot]
    cells: Mapping[str, Cell]
    start: Spot
    absent: frozenset[str] = frozenset()
    """Columns that the table should have and has not, which was told."""

    def spot(self, name: str) -> Spot:
        """The cell of a column; the row's first one where the table does not have it."""
        return self.spots.get(name, self.start)

    def text(self, name: str) -> str:
        """What stands in a column."""
        cell = self.cells.get(name)
        return cell.text.strip() if cell else ""


class Notes:
    """What is found out while a workbook is read: where things stand, what is wrong, what should be told."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.spots: dict[Path, Spot] = {}
        self.problems: list[tuple[Path, Problem]] = []
        self.cautions: list[Problem] = []
        self.silenced: set[Path] = set()
        """Parts of which no more is said: what is wrong with them was told, or why they are not there."""
        self._order: dict[str, tuple[int, int, int]] = {}

    def put(self, path: Path, spot: Spot) -> None:
        """Note where a field stands, and with it what it is a part of."""
        self.spots[path] = spot
        for length in range(len(path) - 1, 0, -1):
            self.spots.setdefault(path[:length], spot)

    def problem(self, path: Path, spot: Spot, code: str, **values: object) -> None:
        """Note that something is wrong."""
        self.problems.append((path, Problem(code, self.told(spot), values)))
        self.silenced.add(path)

    def trouble(self, spot: Spot, code: str, **values: object) -> None:
        """Note that something is wrong that belongs nowhere in the checklist."""
        self.problem((spot.title, spot.row, spot.column, code), spot, code, **values)

    def caution(self, spot: Spot, code: str, **values: object) -> None:
        """Note that something was left out, or was decided for the person."""
        self.cautions.append(Problem(code, self.told(spot), values))

    def told(self, spot: Spot) -> str:
        """Say where a cell is, and remember it for sorting."""
        told = spot.told(self.words)
        self._order[told] = spot.order
        return told

    def order(self, place: str) -> tuple[int, int, int]:
        """Where a place comes in the workbook."""
        return self._order.get(place, (0, 0, 0))


@dataclass(slots=True)
class SheetSource(Source):
    """A workbook's data; problems name sheet, row and column."""

    notes: Notes | None = None
    cautions: list[Problem] = field(default_factory=list[Problem])
    """What was not read, and what was decided for the person; nothing is wrong with it."""

    def is_noted(self, path: Path) -> bool:
        """Whether a part, or something that it stands in, is known to be wrong or to be missing."""
        assert self.notes is not None
        return any(path[:length] in self.notes.silenced for length in range(1, len(path) + 1))

    def place(self, path: Path) -> str:
        """Say in which cell a part stands; a part that is not there is placed at its nearest parent."""
        assert self.notes is not None
        while path and path not in self.notes.spots:
            path = path[:-1]
        spot = self.notes.spots.get(path)
        return self.notes.told(spot) if spot else self.name

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Sort problems as a person goes through the workbook, and name fields as its columns do."""
        assert self.notes is not None
        notes = self.notes
        return sorted(map(self._in_sheet_words, problems), key=lambda problem: notes.order(problem.place))

    def _in_sheet_words(self, problem: Problem) -> Problem:
        """Speak of columns and sheets where the sentence for files speaks of fields."""
        assert self.notes is not None
        order, name = self.notes.order(problem.place), problem.values.get("field")
        heads = [spot.head for path, spot in self.notes.spots.items() if spot.order == order and path[-1:] == (name,)]
        head = next(filter(None, heads), "")
        if problem.code == "field.missing" and head:
            return Problem("authoring.missing", problem.place, {"head": head})
        code = IN_SHEETS.get(problem.code, problem.code)
        return Problem(code, problem.place, {**problem.values, "field": head} if head else problem.values)


def source_of(name: str, data: Data, notes: Notes) -> SheetSource:
    """Put together what was read and what was found out."""
    cautions = sorted(notes.cautions, key=lambda problem: notes.order(problem.place))
    return SheetSource(name, data, noted=notes.problems, notes=notes, cautions=cautions)
