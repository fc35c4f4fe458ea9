"""The table of a scoresheet: facts of the site, preconditions, then the items group by group with their sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from openpyxl.utils import absolute_coordinate

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Bonus, Deductions, Gate, Group, Item, NotApplicable
from wufei_cells.domain.conditions import Condition
from wufei_cells.scoring.answer_fields import AnswerField, fields_of, split
from wufei_cells.scoring.circumstances import Circumstances
from wufei_cells.workbooks.formulas.conditions import Conditions
from wufei_cells.workbooks.formulas.entries import EntryCells, EntryFormulas
from wufei_cells.workbooks.formulas.rules import RuleFormulas
from wufei_cells.workbooks.formulas.workings import sheet_name
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.scoresheets.columns import Field
from wufei_cells.workbooks.scoresheets.row_keys import ENTRY, FACT, RowKey, answer_digest, fact_digest
from wufei_cells.workbooks.scoresheets.shown import Shown

if TYPE_CHECKING:
    from wufei_cells.domain.conditions import Fact
    from wufei_cells.workbooks.formulas.workings import Workings
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.scoresheets.columns import Columns
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.inputs import Inputs
    from wufei_cells.workbooks.scoresheets.remarks import Remarks
    from wufei_cells.workbooks.scoresheets.words import SheetWords


@dataclass(frozen=True, slots=True)
class SumRow:
    """Where the sum of a group is to be written, once everything it counts is known."""

    group: Group
    row: int
    first: int
    """The first and the last row of its items."""
    last: int
    extra: Bonus | Deductions | None = None


@dataclass(slots=True)
class ScoreTable:
    """Writes the rows between the head and the results, and remembers where everything stands."""

    grid: Grid
    columns: Columns
    data: ScoresheetData
    words: SheetWords
    remarks: Remarks
    inputs: Inputs
    workings: Workings
    entries: dict[str, EntryCells] = field(default_factory=dict[str, EntryCells])
    """Gates and items, by key."""
    sums: list[SumRow] = field(default_factory=list[SumRow])
    _formulas: EntryFormulas = field(init=False)
    _shown: Shown = field(init=False)

    def write(self) -> None:
        """Write everything but the sums."""
        checklist = self.data.checklist
        facts = self._facts()
        known = Circumstances(checklist, {}, self.data.on)
        conditions = Conditions(checklist, facts, known.numbers, self.words.answers, self.workings)
        self._worked_out(conditions)
        rules, extra_rules = (
            RuleFormulas(known.numbers, conditions, dropped, self.words.answers, self.workings)
            for dropped in (known.dropped, Fraction(0))
        )
        words, gate_words = self.words.answers, self.words.gate_answers
        self._formulas = EntryFormulas(rules, extra_rules, conditions, known.dropped, words, gate_words, self.workings)
        self._shown = Shown(self.data, self.words)
        if checklist.gates:
            self._gates(checklist.gates)
        for group in checklist.groups:
            self._group(group)
        for extra in (checklist.bonus, checklist.deductions):
            if extra:
                self._group(extra.group, extra)

    # --- facts of the site

    def _facts(self) -> dict[str, str]:
        asked = [fact for fact in self.data.checklist.facts if fact.formula is None]
        if asked:
            self._section("facts")
        return {fact.key: self._fact(fact) for fact in asked}

    def _fact(self, fact: Fact) -> str:
        at, grid, value = self.columns.at, self.grid, self.data.facts.get(fact.key, "")
        grid.text(1, self.words.text(fact.text), Kind.VALUE, last=at(Field.VERIFY))
        self._key(RowKey(FACT, fact.key), fact_digest(value))
        cell = self.inputs.fact(fact, value, locked=not self.data.open or bool(self.data.assessment.returned))
        grid.empty(at(Field.POINTS), Kind.TEXT, last=at(Field.REMARK))
        grid.next_row()
        return self._there(cell)

    def _worked_out(self, conditions: Conditions) -> None:
        """Write the facts that follow from others, as far as they can be worked out."""
        at, grid, words = self.columns.at, self.grid, self.words
        known = Circumstances(self.data.checklist, self.data.facts, self.data.on).facts
        for fact in self.data.checklist.facts:
            if fact.formula is None:
                continue
            value = known.get(fact.key, "")
            grid.text(1, words.text(fact.text), Kind.VALUE, last=at(Field.VERIFY))
            grid.text(at(Field.ASKED), words.with_unit(words.say("asked.worked_out"), words.text(fact.unit)), Kind.TEXT)
            grid.empty(at(Field.ANSWER), Kind.CENTER)  # nothing is filled in here, and nothing is read back
            grid.formula(at(Field.POINTS), f"={conditions.worked_out(fact.key)}", value, Kind.CENTER)
            grid.empty(at(Field.NA), Kind.TEXT, last=at(Field.REMARK))
            grid.next_row()

    # --- preconditions

    def _gates(self, gates: tuple[Gate, ...]) -> None:
        self._section("gates")
        at = self.columns.at
        self.grid.text(at(Field.GROUP), self.words.say("gate"), Kind.GROUP, last=at(Field.ITEM) - 1, rows=len(gates))
        for gate in gates:
            self._gate(gate)

    def _gate(self, gate: Gate) -> None:
        at, grid, words = self.columns.at, self.grid, self.words
        grid.text(at(Field.NUMBER), gate.number, Kind.CENTER)
        grid.text(at(Field.ITEM), words.text(gate.text), Kind.TEXT, last=at(Field.FULL))
        self._guidance(gate)
        grid.text(at(Field.SCORING), words.verify(gate), Kind.TEXT, last=at(Field.VERIFY))
        cells = self._answer(gate, fields_of(gate))
        self.entries[gate.key] = standing = self._formulas.gate(gate, cells[""])
        formula, shown = self._shown.gate(gate, standing)
        grid.formula(at(Field.POINTS), formula, shown, Kind.CENTER)
        self._words_beside(gate, 1, set_aside=False)
        self._remark(gate, standing, 1)
        grid.next_row()

    # --- groups and items

    def _group(self, group: Group, extra: Bonus | Deductions | None = None) -> None:
        first, grid, say = self.grid.row, self.grid, self.words.say
        rows = list(_rows(group))
        heights = {item.key: len(fields_of(item)) for _path, _items, item in rows}
        grid.text(self.columns.at(Field.GROUP), self._head(group, extra), Kind.GROUP, rows=sum(heights.values()))
        around = dict(_conditions(group))
        for path, items, _item in rows:
            self._subgroup(path, sum(heights[item.key] for item in items))
            self._item(_item, around[_item.key], extra=extra is not None)
        self.sums.append(SumRow(group, grid.row, first, grid.row - 1, extra))
        grid.text(
            1, say("group_sum", group=self.words.text(group.text)), Kind.SUM_LABEL, last=self.columns.at(Field.ITEM)
        )
        grid.next_row()

    def _head(self, group: Group, extra: Bonus | Deductions | None) -> str:
        """Name a group and say how many points it gives: inside, and one level up where it weighs something else."""
        say = self.words.say
        if extra is not None:
            points = say("bonus_cap" if isinstance(extra, Bonus) else "deductions_cap", cap=printed(extra.cap))
        else:
            values = {"points": printed(group.full), "weight": printed(group.worth)}
            points = say("points_weighted" if group.worth != group.full else "points", **values)
        return f"{group.number} {self.words.text(group.text)}\n{points}"

    def _subgroup(self, path: tuple[Group, ...], rows: int) -> None:
        if Field.SUBGROUP in self.columns.fields and rows:
            names = " / ".join(f"{entry.number} {self.words.text(entry.text)}" for entry in path)
            self.grid.text(self.columns.at(Field.SUBGROUP), names, Kind.GROUP, rows=rows)

    def _item(self, item: Item, around: tuple[Condition, ...], *, extra: bool) -> None:
        at, grid, words = self.columns.at, self.grid, self.words
        asked = fields_of(item)
        rows = len(asked)
        first = grid.row
        grid.text(at(Field.NUMBER), item.number, Kind.CENTER, rows=rows)
        grid.text(at(Field.ITEM), ("★ " if item.star else "") + words.text(item.text), Kind.TEXT, rows=rows)
        self._guidance(item)
        grid.number(at(Field.FULL), item.full, Kind.CENTER, rows=rows)
        grid.text(at(Field.SCORING), self._scoring(item), Kind.TEXT, rows=rows)
        grid.text(at(Field.VERIFY), words.verify(item), Kind.TEXT, rows=rows)
        aside = self._words_beside(item, rows, set_aside=item.not_applicable is NotApplicable.REASON)
        cells = self._answer(item, asked)
        end, grid.row = grid.row, first
        self.entries[item.key] = standing = self._formulas.item(item, around, cells.__getitem__, aside, extra=extra)
        formula, shown = self._shown.points(item, standing)
        grid.formula(at(Field.POINTS), formula, shown, Kind.CENTER, rows=rows)
        self._remark(item, standing, rows)
        grid.row = end
        grid.next_row()

    def _scoring(self, item: Item) -> str:
        """How an item is scored, and what its points weigh in its group."""
        scoring = self.words.text(item.scoring)
        if item.weight is None or item.weight == item.full:
            return scoring
        weighted = self.words.say("item_weighted", full=printed(item.full), weight=printed(item.weight))
        return f"{scoring}\n{weighted}"

    # --- what is filled in, and what is said beside it

    def _answer(self, entry: Gate | Item, asked: tuple[AnswerField, ...]) -> dict[str, str]:
        """Write the cells of an answer below each other; the last of their rows is the current one then."""
        row = self.data.answers.get(entry.key)
        said = split(entry, row.answer.value) if row else {}
        na, note = (row.answer.na or "", row.answer.note) if row else ("", "")
        digest = answer_digest(said, na, note)
        cells: dict[str, str] = {}
        for place, one in enumerate(asked):
            if place:
                self.grid.next_row()
            self._key(RowKey(ENTRY, entry.key, one.path), digest)
            cell = self.inputs.field(
                one, said.get(one.path, ""), gate=isinstance(entry, Gate), locked=not self.data.unlocked(entry.key)
            )
            cells[one.path] = self._there(cell)
        return cells

    def _words_beside(self, entry: Gate | Item, rows: int, *, set_aside: bool) -> str:
        """Write reason and note, and room for photos; return where the reason stands."""
        row, locked = self.data.answers.get(entry.key), not self.data.unlocked(entry.key)
        na, note = (row.answer.na or "", row.answer.note) if row else ("", "")
        aside = self.inputs.text(Field.NA, na, rows=rows, locked=locked or not set_aside)
        self.inputs.text(Field.NOTE, note, rows=rows, locked=locked)
        self.inputs.text(Field.PICTURE, "", rows=rows, locked=locked)
        return self._there(aside)

    def _remark(self, entry: Gate | Item, cells: EntryCells, rows: int) -> None:
        said = self.remarks.of(entry, no_formula=cells.no_formula)
        formula, shown = self._shown.remark(entry, cells, said, self.workings)
        self.grid.formula(self.columns.at(Field.REMARK), formula, shown, Kind.TEXT, rows=rows, high_enough_for=said)

    def _guidance(self, entry: Gate | Item) -> None:
        if note := self.remarks.guidance(entry):
            self.grid.note(self.columns.at(Field.ITEM), note, self.words.say("note.author"))

    def _key(self, key: RowKey, digest: str) -> None:
        self.grid.mark(self.columns.at(Field.KEY), key.written)
        self.grid.mark(self.columns.at(Field.DIGEST), digest)

    def _section(self, name: str) -> None:
        self.grid.text(1, self.words.say(name), Kind.SECTION, last=self.grid.columns)
        self.grid.next_row()

    def _there(self, place: str) -> str:
        """Name a cell of the table from another sheet."""
        return f"{sheet_name(self.words.say('sheet.table'))}!{absolute_coordinate(place)}"


def _rows(group: Group, path: tuple[Group, ...] = ()) -> Iterator[tuple[tuple[Group, ...], tuple[Item, ...], Item]]:
    """The items of a group in printed order, each with the inner groups that lead to it.

    With the first item below such a path come all of them, with the others none.
    """
    for place, item in enumerate(group.items):
        yield path, () if place else group.items, item
    for inner in group.groups:
        yield from _rows(inner, (*path, inner))


def _conditions(group: Group) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    for item, conditions in group.placed_items():
        yield item.key, conditions
