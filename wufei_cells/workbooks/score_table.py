"""The table of a scoresheet: preconditions first, then the items group by group with their sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Bonus, Gate, Group, Item, NaPolicy
from wufei_cells.workbooks.columns import Field
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.sheet_words import mark

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import GateResult, GroupScore, ItemScore, Scorecard
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
    """The group sums that stand in a column, without bonus."""

    def write(self) -> None:
        """Write everything."""
        checklist = self.data.checklist
        if checklist.gates:
            self._gates(checklist.gates)
        for group in checklist.groups:
            self._group(group)
        if checklist.bonus:
            self._bonus(checklist.bonus)
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
        first = self.grid.row
        self._items(group, self.words.say("points", points=printed(group.full)))
        score = next(entry for entry in self.data.scorecard.groups if entry.key == group.key)
        self._group_sum(group, score, first)

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
        score = _item_score(self.data.scorecard, item)
        text, center = (Kind.TEXT, Kind.CENTER) if score.applies else (Kind.MUTED, Kind.MUTED_CENTER)
        grid.text(at(Field.NUMBER), item.number, center)
        grid.text(at(Field.ITEM), ("★ " if item.star else "") + words.text(item.text), text)
        if note := self.remarks.guidance(item):
            grid.note(at(Field.ITEM), note, words.say("note.author"))
        grid.number(at(Field.FULL), item.full, center)
        grid.text(at(Field.SCORING), words.text(item.scoring), text)
        grid.text(at(Field.VERIFY), words.verify(item), text)
        for column in OPINIONS:
            self._points(item, column, center)
        self.entry.points(item, [grid.place(at(column)) for column in OPINIONS])
        grid.text(at(Field.REASON), self.remarks.reason(item, score), text)
        grid.text(at(Field.REMARK), self.remarks.of_item(item, score), text)
        grid.next_row()

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
        kept = self.data.checklist.scoring.na_policy in (NaPolicy.FULL, NaPolicy.ZERO)
        return score.got.low if score.applies or kept else None

    def _told(self, card: Scorecard, score: ItemScore) -> bool:
        """Whether points are written. Bonus items that nobody claimed stay empty until the assessment is finished."""
        bonus = self.data.checklist.bonus
        claimed = score.key in self.data.answers or card.finished
        waiting = bonus is not None and not claimed and any(score.key == item.key for item in bonus.group.all_items())
        return score.answered and score.got.settled and not waiting

    # --- sums

    def _group_sum(self, group: Group, score: GroupScore, first: int) -> None:
        say, at = self.words.say, self.columns.at
        self.sum_rows.append(self.grid.row)
        self._sum_head(say("group_sum", group=self.words.text(group.text)), score.full)
        if not score.full:
            minimum, outcome, kind = say("group_not_applicable"), "", Kind.SUM_TEXT
        elif score.needed is None:
            minimum, outcome, kind = "", "", Kind.SUM_TEXT
        else:
            minimum = say("group_needed", points=mark(score.needed))
            outcome, kind = self._reached(score, score.needed)
        self.grid.text(at(Field.SCORING), minimum, Kind.SUM_TEXT, last=at(Field.VERIFY))
        items = [item.key for item in group.all_items()]
        totals = {entry: _group_score(self.scorecard(entry), group) for entry in OPINIONS}
        if self.columns.scored in self._sums(items, first, totals):
            outcome = "　".join(part for part in (outcome, say("sum_exact")) if part)
        self.grid.text(at(Field.REASON), outcome, kind, last=at(Field.REMARK))
        self.grid.next_row()

    def _reached(self, score: GroupScore, needed: Fraction) -> tuple[str, Kind]:
        if score.got.low >= needed:
            return self.words.say("group_reached"), Kind.SUM_TEXT
        if score.got.high < needed:
            return self.words.say("group_missed"), Kind.FAILED
        return self.words.say("open", span=self.words.span(score.got.low, score.got.high)), Kind.SUM_TEXT

    def _bonus(self, bonus: Bonus) -> None:
        first, at, say = self.grid.row, self.columns.at, self.words.say
        self._items(bonus.group, say("bonus_cap", cap=printed(bonus.cap)))
        self._sum_head(say("group_sum", group=self.words.text(bonus.group.text)), Fraction(bonus.cap))
        counts = say("bonus_counts" if bonus.counts_for_pass else "bonus_counts_not")
        self.grid.text(at(Field.SCORING), counts, Kind.SUM_TEXT, last=at(Field.VERIFY))
        cards = {column: self.scorecard(column) for column in OPINIONS}
        totals = {column: card.bonus.low if card and card.bonus.settled else None for column, card in cards.items()}
        self._sums([item.key for item in bonus.group.all_items()], first, totals, cap=bonus.cap)
        self.grid.empty(at(Field.REASON), Kind.SUM_TEXT, last=at(Field.REMARK))
        self.grid.next_row()

    def _sum_head(self, label: str, full: Fraction) -> None:
        at = self.columns.at
        self.grid.text(1, label, Kind.SUM_LABEL, last=at(Field.ITEM))
        self.grid.number(at(Field.FULL), full, Kind.SUM_NUMBER)

    def _sums(
        self, items: list[str], first: int, totals: dict[Field, Fraction | None], *, cap: Decimal | None = None
    ) -> set[Field]:
        """Write live sums; the evaluator's number as such where adding up the printed points would differ from it.

        Returns:
            The columns where that is so.
        """
        exact: set[Field] = set()
        for column, total in totals.items():
            place, card = self.columns.at(column), self.scorecard(column)
            cells = f"{self.grid.place(place, first)}:{self.grid.place(place, self.grid.row - 1)}"
            shown = [] if card is None else self._shown(card, items)
            so_far = sum(shown, Decimal(0)) if cap is None else min(sum(shown, Decimal(0)), cap)
            if total is not None and not shown and cap is None:  # nothing in the group applies
                self.grid.text(place, self.words.say("na"), Kind.SUM_NUMBER)
                continue
            if total is not None and shown and so_far != Decimal(printed(total)):
                so_far = Decimal(printed(total))
                self.grid.number(place, total, Kind.SUM_NUMBER)
                exact.add(column)
            else:
                added = f"ROUND(SUM({cells}),2)" if cap is None else f"MIN({printed(cap)},ROUND(SUM({cells}),2))"
                result = Fraction(so_far) if shown else ""
                self.grid.formula(place, f'=IF(COUNT({cells})=0,"",{added})', result, Kind.SUM_NUMBER)
            if shown and cap is None:
                self.shown_sums.setdefault(column, []).append(so_far)
        return exact

    def _shown(self, card: Scorecard, keys: Iterable[str]) -> list[Decimal]:
        """The numbers that stand in the cells of these items."""
        scores = [score for key in keys if (score := card.item(key)) and self._told(card, score)]
        return [Decimal(printed(points)) for score in scores if (points := self._number(score)) is not None]


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
