"""The sums of groups: live, with the minimum that a group must reach, and whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Bonus, WhenAbsent
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.formulas.entries import Standing
from wufei_cells.workbooks.formulas.workings import added, at_least, cut, exactly, number, quoted
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.scoresheets.columns import Field

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import GroupScore
    from wufei_cells.workbooks.formulas.totals import TotalCells
    from wufei_cells.workbooks.formulas.workings import Workings
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.scoresheets.columns import Columns
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.table import ScoreTable, SumRow
    from wufei_cells.workbooks.scoresheets.words import SheetWords

_MARK = "#mark#"


@dataclass(slots=True)
class Sums:
    """Writes what stands in the rows that the table left for sums."""

    grid: Grid
    columns: Columns
    data: ScoresheetData
    words: SheetWords
    table: ScoreTable
    totals: TotalCells
    workings: Workings

    def write(self) -> None:
        """Write all of them."""
        end = self.grid.row
        for row in self.table.sums:
            self.grid.row = row.row
            self._sum(row)
        self.grid.row = end

    def _sum(self, row: SumRow) -> None:
        at, grid = self.columns.at, self.grid
        if row.extra is None:
            full = f"={cut(self.totals.groups[row.group.key].full)}"
            grid.formula(at(Field.FULL), full, self._score(row).full, Kind.SUM_NUMBER)
        else:
            grid.number(at(Field.FULL), Fraction(row.extra.cap), Kind.SUM_NUMBER)
        points = self.columns.at(Field.POINTS)
        filled = f"COUNT({grid.place(points, row.first)}:{grid.place(points, row.last)})"
        if row.extra is None:
            cells = self.totals.groups[row.group.key]
            formula = f'=IF({cells.full}=0,{quoted(self.words.say("na"))},IF({filled}=0,"",{cut(cells.points)}))'
            grid.formula(points, formula, self._shown(row), Kind.SUM_NUMBER)
            self._minimum(row)
        else:
            bonus = isinstance(row.extra, Bonus)
            cell = self.totals.bonus if bonus else self.totals.deductions
            grid.formula(points, f'=IF({filled}=0,"",{cut(cell)})', self._shown_extra(row), Kind.SUM_NUMBER)
            grid.text(at(Field.SCORING), self._rule(row), Kind.SUM_TEXT, last=at(Field.ANSWER))
            grid.empty(at(Field.NA), Kind.SUM_TEXT, last=at(Field.REMARK))

    # --- what the formulas give for the answers as written out

    def _score(self, row: SumRow) -> GroupScore:
        return next(score for score in self.data.scorecard.groups if score.key == row.group.key)

    def _shown(self, row: SumRow) -> Fraction | str | None:
        score = self._score(row)
        if not score.full:
            return self.words.say("na")
        return score.got.low if score.got.settled else None

    def _shown_extra(self, row: SumRow) -> Fraction | str | None:
        """Nothing while nothing of it is filled in."""
        if not any(item.key in self.data.answers for item in row.group.all_items()):
            return None
        card = self.data.scorecard
        span = card.bonus if isinstance(row.extra, Bonus) else card.deductions
        return None if not span.settled or not span.low else span.low

    def _rule(self, row: SumRow) -> str:
        if not isinstance(row.extra, Bonus):
            return self.data.rules.get("explain.deductions_count", "")
        code = "explain.bonus_counts" if row.extra.counts_for_pass else "explain.bonus_does_not_count"
        return self.data.rules.get(code, "")

    # --- minima

    def _minimum(self, row: SumRow) -> None:
        at, grid, say, score = self.columns.at, self.grid, self.words.say, self._score(row)
        share = self.data.checklist.grades[0].group_share(row.group.key)
        cells, kind = self.totals.groups[row.group.key], Kind.SUM_TEXT
        empty = say("group_not_applicable")
        needed, told, mark = '""', "", ""
        if share is not None:
            value = number(Numbers(self.data.checklist.parameters, self.data.on).value(share))
            mark = f"{cells.full}*{value}/100"
            before, after = say("group_needed", points=_MARK).split(_MARK)
            needed = f"{quoted(before)}&{exactly(mark)}&{quoted(after)}"
            told = "" if score.needed is None else say("group_needed", points=exact(score.needed))
            kind = Kind.FAILED if score.needed is not None and score.got.high < score.needed else kind
        shown = empty if not score.full else told if score.needed is None or _short(score.needed) else None
        formula = f"=IF({cells.full}=0,{quoted(empty)},{needed})"
        grid.formula(at(Field.SCORING), formula, shown, Kind.SUM_TEXT, last=at(Field.ANSWER), high_enough_for=told)
        self._outcome(row, kind, at_least(cells.points, mark) if mark else "")

    def _outcome(self, row: SumRow, kind: Kind, reached: str) -> None:
        """Say whether the minimum is reached, or that the group is not complete."""
        at, say, score = self.columns.at, self.words.say, self._score(row)
        missed, met = say("group_missed"), say("group_reached")
        if_empty = missed if self.data.checklist.scoring.empty_group is WhenAbsent.FAILED else ""
        standings = [self.table.entries[item.key].standing for item in row.group.all_items()]
        waiting = self.workings.put(
            row.group.key,
            added([f"IF(OR({one}<1,{one}={Standing.FACTS_OPEN.value}),1,0)" for one in standings]),
        )
        cells = self.totals.groups[row.group.key]
        points = self.columns.at(Field.POINTS)
        filled = f"COUNT({self.grid.place(points, row.first)}:{self.grid.place(points, row.last)})"
        unfinished = f'IF({filled}=0,"",{quoted(say("unfinished_group"))})'
        outcome = f"IF({reached},{quoted(met)},{quoted(missed)})" if reached else '""'
        formula = f"=IF({cells.full}=0,{quoted(if_empty)},IF({waiting}>0,{unfinished},{outcome}))"
        shown = self._told(score, if_empty, met, missed)
        self.grid.formula(at(Field.NA), formula, shown, kind, last=at(Field.REMARK))

    @staticmethod
    def _told(score: GroupScore, if_empty: str, met: str, missed: str) -> str | None:
        if not score.full:
            return if_empty
        if not score.got.settled:
            return None
        if score.needed is None:
            return ""
        return met if score.got.low >= score.needed else missed


def _short(mark: Fraction) -> bool:
    return mark == Fraction(printed(mark))
