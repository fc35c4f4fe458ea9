"""Read a scoresheet that came back: what every row says now, and whether that is what was written out.

Rows are known by their keys alone, so sorting, inserting and moving does no harm. A row whose words are those of
another entry than its key names is refused, because part of the table was sorted without the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Checklist, Gate, Item
from wufei_cells.domain.conditions import Fact
from wufei_cells.errors import Problem
from wufei_cells.scoring.answer_fields import AnswerField, fields_of
from wufei_cells.workbooks.reading.cells import cell_name
from wufei_cells.workbooks.scoresheets.cell_reading import CellReader, Unreadable
from wufei_cells.workbooks.scoresheets.columns import Field
from wufei_cells.workbooks.scoresheets.labels import Labels
from wufei_cells.workbooks.scoresheets.row_keys import ENTRY, FACT, RowKey, answer_digest, fact_digest

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.reading.cells import Cell
    from wufei_cells.workbooks.scoresheets.finding import FoundScoresheet

NA, NOTE = "na", "note"
_COLUMNS = {NA: Field.NA, NOTE: Field.NOTE}


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What the rows of a gate or an item say.

    Attributes:
        fields: by path; ``CLEAR`` where a person cleared one; empty ones are left out.
        na: why it does not apply; ``CLEAR`` or empty as for fields.
        note: the note; ``CLEAR`` or empty as for fields.
        digest: the hash of what was written out; empty where it is lost.
        places: where each field stands by its path, and where ``NA`` and ``NOTE`` do.
        touched: whether it says anything else than what was written out.
    """

    fields: Mapping[str, str]
    na: str
    note: str
    digest: str
    places: Mapping[str, str]
    touched: bool

    @property
    def place(self) -> str:
        """Where its first row is."""
        return next(iter(self.places.values()), "")


@dataclass(frozen=True, slots=True)
class ReadFact:
    """What the row of a fact says, as ``ReadEntry`` does."""

    value: str
    digest: str
    place: str
    touched: bool


@dataclass(slots=True)
class ReadScoresheet:
    """Everything that a scoresheet says.

    Attributes:
        problems: what could not be read; nothing of that entry or fact is taken.
        notes: what a person should know.
        rows: which entry stands in a row.
        refused: how many entries and facts could not be read.
    """

    entries: dict[str, ReadEntry] = field(default_factory=dict[str, ReadEntry])
    facts: dict[str, ReadFact] = field(default_factory=dict[str, ReadFact])
    problems: list[Problem] = field(default_factory=list[Problem])
    notes: list[Problem] = field(default_factory=list[Problem])
    rows: dict[int, str] = field(default_factory=dict[int, str])
    refused: int = 0

    @property
    def seen(self) -> frozenset[str]:
        """The entries that have a row."""
        return frozenset(self.rows.values())


def read_scoresheet(found: FoundScoresheet, checklist: Checklist, on: date, wording: Wording) -> ReadScoresheet:
    """Read a scoresheet of a checklist; ``on`` is the day whose numbers stand in its texts."""
    return _Reading(found, checklist, on, wording).read()


class _Reading:
    def __init__(self, found: FoundScoresheet, checklist: Checklist, on: date, wording: Wording) -> None:
        self._found = found
        self._checklist = checklist
        self._wording = wording
        self._cells = CellReader(wording)
        self._labels = Labels(checklist, on, wording)
        self._result = ReadScoresheet()
        self._wrong: list[tuple[int, int, Problem]] = []
        self._names: dict[int, str] = {}
        self._bad: set[tuple[str, str]] = set()
        self._rows: dict[tuple[str, str], list[tuple[RowKey, int]]] = {}

    def read(self) -> ReadScoresheet:
        for column in self._found.missing:
            head = self._wording.say(f"scoresheet.column.{column.value}")
            self._trouble(self._found.head_row, Field.KEY, "import.no_column", head=head)
        for key, row in self._keyed_rows():
            self._rows.setdefault((key.kind, key.key), []).append((key, row))
        entries = {entry.key: entry for entry in self._checklist.entries()}
        facts = {fact.key: fact for fact in self._checklist.facts if fact.formula is None}
        for (kind, key), rows in self._rows.items():
            if kind == ENTRY and key in entries:
                self._entry(entries[key], rows)
            elif kind == FACT and key in facts:
                self._fact(facts[key], rows)
            else:
                self._trouble(rows[0][1], Field.KEY, "import.unknown_key", found=key)
        self._merged()
        if Field.DIGEST not in self._found.columns:
            self._tell(self._found.head_row, Field.KEY, "import.no_digest")
        self._result.problems = [problem for _row, _column, problem in sorted(self._wrong, key=lambda one: one[:2])]
        self._result.refused = len(self._bad)
        return self._result

    # --- rows

    def _keyed_rows(self) -> Iterator[tuple[RowKey, int]]:
        """Go through the rows below the heads; those without a key are told where something was filled in."""
        for row in sorted(self._found.cells.rows):
            if row <= self._found.head_row:
                continue
            cell = self._at(row, Field.KEY)
            key = RowKey.read(cell.text) if cell else None
            if key:
                yield key, row
            elif (answer := self._at(row, Field.ANSWER)) and answer.text.strip():
                self._trouble(row, Field.ANSWER, "import.row_without_key", found=answer.text.strip()[:40])

    def _entry(self, entry: Gate | Item, rows: list[tuple[RowKey, int]]) -> None:
        asked = {one.path: one for one in fields_of(entry)}
        self._result.rows |= {row: entry.key for _key, row in rows}
        self._names |= {row: self._labels.of(entry) for _key, row in rows}
        said: dict[str, str] = {}
        for key, row in rows:
            if key.path not in asked:
                self._refuse(key, row, Field.KEY, "import.unknown_key", found=key.written)
                continue
            self._mislabelled(entry, asked[key.path], key, row)
            value = self._value(key, row, asked[key.path])
            if value and said.setdefault(key.path, value) != value:
                self._refuse(key, row, Field.ANSWER, "import.twice", label=self._labels.of(entry))
        beside = {name: self._beside(rows, column) for name, column in _COLUMNS.items()}
        if (ENTRY, entry.key) in self._bad:
            return
        digest = self._digest(rows)
        touched = answer_digest(said, beside[NA], beside[NOTE]) != digest  # a text may be what clears elsewhere
        places = {key.path: self._told(row, Field.ANSWER) for key, row in rows}
        places |= {name: self._told(self._row_of(rows, column), column) for name, column in _COLUMNS.items()}
        self._result.entries[entry.key] = ReadEntry(said, beside[NA], beside[NOTE], digest, places, touched)

    def _fact(self, fact: Fact, rows: list[tuple[RowKey, int]]) -> None:
        key, row = rows[0]
        values = {self._value(key, other, fact) for _key, other in rows} - {""}
        if len(values) > 1:
            self._refuse(key, row, Field.ANSWER, "import.twice", label=self._labels.of(fact))
        if (FACT, fact.key) in self._bad:
            return
        value, digest = next(iter(values), ""), self._digest(rows)
        place = self._told(row, Field.ANSWER)
        self._result.facts[fact.key] = ReadFact(value, digest, place, fact_digest(value) != digest)

    # --- cells

    def _value(self, key: RowKey, row: int, asked: AnswerField | Fact) -> str:
        cell = self._at(row, Field.ANSWER)
        if cell is None or not cell.text.strip():
            return ""
        value = self._cells.fact(asked, cell) if isinstance(asked, Fact) else self._cells.answer(asked, cell)
        if isinstance(value, Unreadable):
            self._refuse(key, row, Field.ANSWER, value.code, item=key.key, **value.values)
            return ""
        if cell.formula:
            self._tell(row, Field.ANSWER, "import.formula_taken", found=cell.text.strip()[:40])
        return value

    def _beside(self, rows: list[tuple[RowKey, int]], column: Field) -> str:
        """Read what stands once for all rows of an entry."""
        found: dict[str, int] = {}
        for key, row in rows:
            cell = self._at(row, column)
            value = self._cells.words(cell) if cell and cell.text.strip() else ""
            if isinstance(value, Unreadable):
                self._refuse(key, row, column, value.code, **value.values)
            elif value:
                found.setdefault(value, row)
        if len(found) > 1:
            self._refuse(rows[0][0], rows[0][1], column, "import.several_texts")
        return next(iter(found), "")

    def _row_of(self, rows: list[tuple[RowKey, int]], column: Field) -> int:
        return next((row for _key, row in rows if self._at(row, column)), rows[0][1])

    def _digest(self, rows: list[tuple[RowKey, int]]) -> str:
        return next((cell.text.strip() for _key, row in rows if (cell := self._at(row, Field.DIGEST))), "")

    def _at(self, row: int, column: Field) -> Cell | None:
        number = self._found.columns.get(column)
        return self._found.cells.rows.get(row, {}).get(number) if number else None

    # --- what is told

    def _mislabelled(self, entry: Gate | Item, asked: AnswerField, key: RowKey, row: int) -> None:
        """Refuse a row whose words are those of something else than its key names."""
        item, what = self._at(row, Field.ITEM), self._at(row, Field.ASKED)
        wrong = self._labels.other_entry(entry, item.text) if item else ""
        wrong = wrong or (self._labels.other_field(entry, asked, what.text) if what else "")
        if wrong:
            self._refuse(key, row, Field.ITEM, "import.mislabelled", label=self._labels.of(entry), found=wrong[:60])

    def _merged(self) -> None:
        """Tell where several answers were merged into one cell: only the first of them can be read."""
        column = self._found.columns.get(Field.ANSWER, 0)
        keyed = {row for rows in self._rows.values() for _key, row in rows}
        for first, left, last, right in self._found.cells.merged:
            inside = keyed.intersection(range(first, min(last, first + 1000) + 1))
            if left <= column <= right and len(inside) > 1:
                self._tell(first, Field.ANSWER, "import.merged", count=len(inside))

    def _refuse(self, key: RowKey, row: int, column: Field, code: str, **values: object) -> None:
        self._bad.add((key.kind, key.key))
        self._trouble(row, column, code, **values)

    def _trouble(self, row: int, column: Field, code: str, **values: object) -> None:
        number = self._found.columns.get(column, 0)
        self._wrong.append((row, number, Problem(code, self._named(row, column), values)))

    def _tell(self, row: int, column: Field, code: str, **values: object) -> None:
        self._result.notes.append(Problem(code, self._named(row, column), values))

    def _told(self, row: int, column: Field) -> str:
        number = self._found.columns.get(column) or self._found.columns[Field.KEY]
        return self._wording.say("import.place", sheet=self._found.cells.title, cell=cell_name(row, number))

    def _named(self, row: int, column: Field) -> str:
        """Say where a cell is, and of which entry."""
        place, label = self._told(row, column), self._names.get(row, "")
        return self._wording.say("import.place_of", place=place, label=label) if label else place
