"""What the cells of a row show: formulas over the workings, and what they give for the answers as written out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.workbooks.formulas.entries import EntryCells, Standing, does_not_apply
from wufei_cells.workbooks.formulas.workings import Workings, cut, exactly, quoted

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import ItemScore
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.words import SheetWords


class Shown:
    """Puts the formulas of a row together."""

    def __init__(self, data: ScoresheetData, words: SheetWords) -> None:
        self._data = data
        self._words = words
        self._extra = data.extra()

    def gate(self, gate: Gate, cells: EntryCells) -> tuple[str, str]:
        """Show of a precondition only that it does not apply, or that its answer cannot be read."""
        na, wrong = quoted(self._words.say("na")), quoted(self._words.say("wrong"))
        excluded = any(entry.key == gate.key for entry in self._data.scorecard.gates)
        formula = f'=IF({cells.standing}={Standing.EXCLUDED.value},{na},IF({cells.standing}<0,{wrong},""))'
        return formula, "" if excluded else self._words.say("na")

    def points(self, item: Item, cells: EntryCells) -> tuple[str, Fraction | str | None]:
        """Show the points of an item, or why there are none."""
        say, standing, points = self._words.say, cells.standing, cut(cells.points)
        if cells.no_formula:
            return f"={quoted(say('no_formula'))}", say("no_formula")
        counted = self._data.keeps_what_does_not_apply and item.key not in self._extra
        dropped = points if counted else quoted(say("na"))
        undecided = f'IF({standing}={Standing.FACTS_OPEN.value},{quoted(say("facts_open"))},"")'
        formula = (
            f"=IF({standing}=1,{points},IF({does_not_apply(standing)},{dropped},"
            f"IF({standing}<0,{quoted(say('wrong'))},{undecided})))"
        )
        return formula, self._points(item, counted=counted)

    def _points(self, item: Item, *, counted: bool) -> Fraction | str | None:
        score = self.score(item)
        if not score.applies:
            return score.got.low if counted else self._words.say("na")
        standing = self.standing(item)
        if standing is Standing.DONE:
            return score.got.low
        return None if standing is Standing.FACTS_OPEN else ""

    def standing(self, item: Item) -> Standing:
        """Tell how an item stood when it was written out."""
        score = self.score(item)
        if not score.applies:
            excluded = score.explanation.code == "explain.excluded_by_facts"
            return Standing.EXCLUDED if excluded else Standing.SET_ASIDE
        row = self._data.answers.get(item.key)
        if item.key in self._extra and (row is None or row.answer.value is None):
            return Standing.UNCLAIMED
        if not score.answered:
            return Standing.OPEN
        return Standing.DONE if score.got.settled else Standing.FACTS_OPEN

    def score(self, item: Item) -> ItemScore:
        """Give what the evaluator found."""
        score = self._data.scorecard.item(item.key)
        if score is None:
            raise ValueError(f"the scorecard is not of this checklist: no item {item.key}")
        return score

    def remark(self, entry: Gate | Item, cells: EntryCells, said: str, workings: Workings) -> tuple[str, str]:
        """Show what there is to say of the answer as it was written out, until it is changed."""
        check = quoted(self._words.say("check"))
        otherwise = '""'
        if said:
            text = workings.text(entry.key, said)
            unchanged = "TRUE" if isinstance(entry, Gate) else self._unchanged(entry, cells)
            otherwise = f'IF({unchanged},{text},"")'
        return f"=IF({cells.standing}<0,{check},{otherwise})", said

    def _unchanged(self, item: Item, cells: EntryCells) -> str:
        if cells.no_formula:
            return "TRUE"
        standing, score = self.standing(item), self.score(item)
        points = score.got.low if standing is Standing.DONE or not score.applies else Fraction(0)
        same = (
            f"{exactly(cells.points)}={printed(points)}" if _ends(points) else f"{cut(cells.points)}={printed(points)}"
        )
        return f"AND({cells.standing}={standing.value},{same})"


def _ends(points: Fraction) -> bool:
    return points == Fraction(printed(points))
