"""The table of a scoresheet: preconditions first, then the items group by group with their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Bonus, Deductions, Gate, Group, Item, NaPolicy
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.columns import Field
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.sheet_words import mark
from wufei_cells.workbooks.sum_formulas import Cells, GroupFormula

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import GateResult, GroupScore, ItemScore, Scorecard, Span
    from wufei_cells.workbooks.allowed_points import ScoreEntry
    from wufei_cells.workbooks.columns import Columns
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.remarks import Remarks
    from wufei_cells.workbooks.scoresheet_data import ScoresheetData
    from wufei_cells.workbooks.sheet_words import SheetWords

OPINIONS = (Field.SELF, Field.ONSITE)


@dataclass(slots=True)
class ScoreTable:
    """Writes the rows between the head and the results, and remembers where the sums stand."""

    grid: Grid
    columns: Columns
    data: ScoresheetData
    words: SheetWords
    remarks: Remarks
    entry: ScoreEntry
    sum_rows: list[int] = field(default_factory=list[int])
    shown_sums: dict[Field, list[Decimal]] = field(default_factory=dict[Field, list[Decimal]])
    """The group sums that stand in a column, without bonus and deductions."""
    _rows: dict[str, int] = field(default_factory=dict[str, int], init=False)
    _extra: frozenset[str] = field(default_factory=frozenset[str], init=False)
    _granted: Fraction = field(default=Fraction(0), init=False)

    def __post_init__(self) -> None:
        self._extra = self.data.extra()
        policy, numbers = self.data.checklist.scoring, Numbers(self.data.checklist.parameters, self.data.on)
        shares = {NaPolicy.FULL: Fraction(1), NaPolicy.SHARE: numbers.value(policy.na_share) / 100}
        self._granted = shares.get(policy.na_policy, Fraction(0))

    def write(self) -> None:
        """Write everything."""
        checklist = self.data.checklist
        if checklist.gates:
            self._gates(checklist.gates)
        for group in checklist.groups:
            self._group(group)
        if checklist.bonus:
            counts = "explain.bonus_counts" if checklist.bonus.counts_for_pass else "explain.bonus_does_not_count"
            self._outside(checklist.bonus, "bonus_cap", counts, lambda card: card.bonus)
        if checklist.deductions:
            rule = "explain.deductions_count"
            self._outside(checklist.deductions, "deductions_cap", rule, lambda card: card.deductions)
        self.entry.attach(self.grid.sheet)

    def scorecard(self, column: Field) -> Scorecard | None:
        """Whose points stand in a column; ``None``: it is left for a pen."""
        if column is self.columns.scored:
            return self.data.scorecard
        return self.data.self_scorecard if column is Field.SELF else None

    # --- preconditions

    def _gates(self, gates: tuple[Gate, ...]) -> None:
        at, say = self.columns.at, self.words.say
        self.grid.text(1, say("gates"), Kind.SECTION, last=self.grid.columns)
        self.grid.next_row()
        last = at(Field.ITEM) - 1
        self.grid.text(at(Field.GROUP), say("gate"), Kind.GROUP, last=last, rows=len(gates))
        for gate in gates:
            self._gate(gate)

    def _gate(self, gate: Gate) -> None:
        at, grid, words = self.columns.at, self.grid, self.words
        grid.text(at(Field.NUMBER), gate.number, Kind.CENTER)
        grid.text(at(Field.ITEM), words.text(gate.text), Kind.TEXT, last=at(Field.FULL))
        if note := self.remarks.guidance(gate):
            grid.note(at(Field.ITEM), note, words.say("note.author"))
        grid.text(at(Field.SCORING), words.verify(gate), Kind.TEXT, last=at(Field.VERIFY))
        for column in OPINIONS:
            self._gate_result(gate, column)
        choices = [words.say("gate.met"), words.say("gate.not_met"), *([words.say("na")] if gate.applies else [])]
        self.entry.choice(choices, [grid.place(at(column)) for column in OPINIONS])
        result = _gate_result(self.data.scorecard, gate)
        failed = result is not None and result.ok is False
        grid.text(at(Field.REASON), self.remarks.note(gate.key) if failed else "", Kind.TEXT)
        grid.text(at(Field.REMARK), self.remarks.of_gate(gate, result), Kind.TEXT)
        grid.next_row()

    def _gate_result(self, gate: Gate, column: Field) -> None:
        place, card = self.columns.at(column), self.scorecard(column)
        result = _gate_result(card, gate) if card else None
        if card is None or (result and result.ok is None):
            self.grid.empty(place, Kind.CENTER)
        elif result is None:
            self.grid.text(place, self.words.say("na"), Kind.CENTER)
        else:
            word = self.words.say("gate.met" if result.ok else "gate.not_met")
            self.grid.text(place, word, Kind.CENTER if result.ok else Kind.FAILED_CENTER)

    # --- groups and items

    def _group(self, group: Group) -> None:
        self._items(group, self._points_of(group))
        score = next(entry for entry in self.data.scorecard.groups if entry.key == group.key)
        self._group_sum(group, score)

    def _points_of(self, group: Group) -> str:
        """Say how many points a group gives: inside, and one level up where it weighs something else."""
        values = {"points": printed(group.full), "weight": printed(group.worth)}
        return self.words.say("points_weighted" if group.worth != group.full else "points", **values)

    def _items(self, group: Group, points: str) -> None:
        at, grid = self.columns.at, self.grid
        rows = list(_rows(group))
        label = f"{group.number} {self.words.text(group.text)}\n{points}"
        grid.text(at(Field.GROUP), label, Kind.GROUP, rows=len(rows))
        for path, run, item in rows:
            if Field.SUBGROUP in self.columns.fields and run:
                names = " / ".join(f"{entry.number} {self.words.text(entry.text)}" for entry in path)
                grid.text(at(Field.SUBGROUP), names, Kind.GROUP, rows=run)
            self._item(item)

    def _item(self, item: Item) -> None:
        at, grid, words = self.columns.at, self.grid, self.words
        self._rows[item.key] = grid.row
        score = _item_score(self.data.scorecard, item)
        text, center = (Kind.TEXT, Kind.CENTER) if score.applies else (Kind.MUTED, Kind.MUTED_CENTER)
        grid.text(at(Field.NUMBER), item.number, center)
        grid.text(at(Field.ITEM), ("★ " if item.star else "") + words.text(item.text), text)
        if note := self.remarks.guidance(item):
            grid.note(at(Field.ITEM), note, words.say("note.author"))
        grid.number(at(Field.FULL), item.full, center)
        grid.text(at(Field.SCORING), self._scoring(item), text)
        grid.text(at(Field.VERIFY), words.verify(item), text)
        for column in OPINIONS:
            self._points(item, column, center)
        self.entry.points(item, [grid.place(at(column)) for column in OPINIONS])
        grid.text(at(Field.REASON), self.remarks.reason(item, score), text)
        grid.text(at(Field.REMARK), self.remarks.of_item(item, score), text)
        grid.next_row()

    def _scoring(self, item: Item) -> str:
        """How an item is scored, and what its points weigh in its group."""
        scoring = self.words.text(item.scoring)
        if item.weight is None or item.weight == item.full:
            return scoring
        weighted = self.words.say("item_weighted", full=printed(item.full), weight=printed(item.weight))
        return f"{scoring}\n{weighted}"

    def _points(self, item: Item, column: Field, kind: Kind) -> None:
        place, card = self.columns.at(column), self.scorecard(column)
        score = _item_score(card, item) if card else None
        if card is None or score is None or not self._told(card, score):
            self.grid.empty(place, kind)
        elif (points := self._number(score)) is None:
            self.grid.text(place, self.words.say("na"), kind)
        else:
            self.grid.number(place, points, kind)

    def _number(self, score: ItemScore) -> Fraction | None:
        """The points that stand in the cell; ``None`` where the words "not applicable" do."""
        return score.got.low if score.applies or self.data.keeps_what_does_not_apply else None

    def _told(self, card: Scorecard, score: ItemScore) -> bool:
        """Whether points are written; a bonus or deduction nobody noted stays empty until the end."""
        waiting = score.key in self._extra and score.key not in self.data.answers and not card.finished
        return score.answered and score.got.settled and not waiting

    # --- sums

    def _group_sum(self, group: Group, score: GroupScore) -> None:
        say, at = self.words.say, self.columns.at
        self.sum_rows.append(self.grid.row)
        self._sum_head(say("group_sum", group=self.words.text(group.text)), score.full)
        minimum, outcome, kind = self._minimum(score)
        self.grid.text(at(Field.SCORING), minimum, Kind.SUM_TEXT, last=at(Field.VERIFY))
        totals = {entry: _group_score(self.scorecard(entry), group) for entry in OPINIONS}
        if self.columns.scored in self._sums(group, totals):
            outcome = "　".join(part for part in (outcome, say("sum_exact")) if part)
        self.grid.text(at(Field.REASON), outcome, kind, last=at(Field.REMARK))
        self.grid.next_row()

    def _minimum(self, score: GroupScore) -> tuple[str, str, Kind]:
        """Say what a group must reach, and whether it does."""
        if not score.full:
            failed = score.key in self.data.scorecard.grades[0].short
            outcome = self.words.say("group_missed") if failed else ""
            return self.words.say("group_not_applicable"), outcome, Kind.FAILED if failed else Kind.SUM_TEXT
        if score.needed is None:
            return "", "", Kind.SUM_TEXT
        return self.words.say("group_needed", points=mark(score.needed)), *self._reached(score, score.needed)

    def _reached(self, score: GroupScore, needed: Fraction) -> tuple[str, Kind]:
        if score.got.low >= needed:
            return self.words.say("group_reached"), Kind.SUM_TEXT
        if score.got.high < needed:
            return self.words.say("group_missed"), Kind.FAILED
        return self.words.say("open", span=self.words.span(score.got.low, score.got.high)), Kind.SUM_TEXT

    def _outside(self, extra: Bonus | Deductions, cap: str, rule: str, span: Callable[[Scorecard], Span]) -> None:
        """Write a block outside full marks, up to its cap: points on top, or points taken off."""
        at, say = self.columns.at, self.words.say
        self._items(extra.group, say(cap, cap=printed(extra.cap)))
        self._sum_head(say("group_sum", group=self.words.text(extra.group.text)), Fraction(extra.cap))
        self.grid.text(at(Field.SCORING), self.data.rules.get(rule, ""), Kind.SUM_TEXT, last=at(Field.VERIFY))
        cards = {column: self.scorecard(column) for column in OPINIONS}
        totals = {column: span(card).low if card and span(card).settled else None for column, card in cards.items()}
        self._sums(extra.group, totals, cap=extra.cap)
        self.grid.empty(at(Field.REASON), Kind.SUM_TEXT, last=at(Field.REMARK))
        self.grid.next_row()

    def _sum_head(self, label: str, full: Fraction) -> None:
        at = self.columns.at
        self.grid.text(1, label, Kind.SUM_LABEL, last=at(Field.ITEM))
        self.grid.number(at(Field.FULL), full, Kind.SUM_NUMBER)

    def _sums(self, group: Group, totals: dict[Field, Fraction | None], *, cap: Decimal | None = None) -> set[Field]:
        """Write live sums; the evaluator's number as such where the printed points would not give it.

        Returns:
            The columns where that is so.
        """
        exact: set[Field] = set()
        for column, total in totals.items():
            place, card = self.columns.at(column), self.scorecard(column)
            shown = {} if card is None else self._shown(card, group)
            numbers = [points for points in shown.values() if points is not None]
            if total is not None and not numbers and cap is None:  # nothing in the group applies
                self.grid.text(place, self.words.say("na"), Kind.SUM_NUMBER)
                continue
            live = GroupFormula(group, self._cells(column, outside=cap is not None), shown, cap=cap)
            so_far = live.result
            if total is not None and numbers and not (live.certain and so_far == Decimal(printed(total))):
                so_far = Decimal(printed(total))
                self.grid.number(place, total, Kind.SUM_NUMBER)
                exact.add(column)
            else:
                self.grid.formula(place, live.formula, Fraction(so_far) if numbers else "", Kind.SUM_NUMBER)
            if numbers and cap is None:
                self.shown_sums.setdefault(column, []).append(so_far)
        return exact

    def _cells(self, column: Field, *, outside: bool) -> Cells:
        """Where the points of a column stand; outside full marks nothing is granted or made up for."""
        return Cells(
            column=get_column_letter(self.columns.at(column)),
            full_column=get_column_letter(self.columns.at(Field.FULL)),
            rows=self._rows,
            na=self.words.say("na"),
            prorate=self.data.checklist.scoring.na_policy is NaPolicy.PRORATE and not outside,
            granted=Fraction(0) if outside else self._granted,
        )

    def _shown(self, card: Scorecard, group: Group) -> dict[str, Decimal | None]:
        """What stands in the cells of a group: numbers, or ``None`` for the word "not applicable"."""
        scores = [score for item in group.all_items() if (score := card.item(item.key)) and self._told(card, score)]
        numbers = {score.key: self._number(score) for score in scores}
        return {key: None if points is None else Decimal(printed(points)) for key, points in numbers.items()}


def _rows(group: Group, path: tuple[Group, ...] = ()) -> Iterator[tuple[tuple[Group, ...], int, Item]]:
    """The items of a group in printed order, each with the inner groups that lead to it.

    The number says, on the first item below such a path, how many rows the path spans; it is 0 on the others.
    """
    for place, item in enumerate(group.items):
        yield path, len(group.items) if place == 0 else 0, item
    for inner in group.groups:
        yield from _rows(inner, (*path, inner))


def _gate_result(card: Scorecard, gate: Gate) -> GateResult | None:
    return next((entry for entry in card.gates if entry.key == gate.key and entry.code == "gate.condition"), None)


def _item_score(card: Scorecard, item: Item) -> ItemScore:
    score = card.item(item.key)
    if score is None:
        raise ValueError(f"the scorecard is not of this checklist: no item {item.key}")
    return score


def _group_score(card: Scorecard | None, group: Group) -> Fraction | None:
    score = next((entry for entry in card.groups if entry.key == group.key), None) if card else None
    return score.got.low if score and score.got.settled else None
