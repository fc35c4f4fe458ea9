"""The end of a scoresheet: total, level and verdict, live, and the places to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.formulas.workings import added, cut, quoted
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.scoresheets.columns import Field
from wufei_cells.workbooks.scoresheets.words import mark

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Grade
    from wufei_cells.scoring.scorecard import Scorecard
    from wufei_cells.workbooks.formulas.totals import TotalCells
    from wufei_cells.workbooks.formulas.workings import Workings
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.scoresheets.columns import Columns
    from wufei_cells.workbooks.scoresheets.data import ScoresheetData
    from wufei_cells.workbooks.scoresheets.table import ScoreTable
    from wufei_cells.workbooks.scoresheets.words import SheetWords

FEWEST_SIGNATURES = 2  # lines for assessors when fewer are named
SIGNATURE_HEIGHT = 34.0
NA_RULES = ("explain.policy_", "explain.na_at_most", "explain.aside_share")
"""The rules that speak of what does not apply, by the beginning of their codes."""


@dataclass(slots=True)
class Results:
    """Writes the rows below the table."""

    grid: Grid
    columns: Columns
    data: ScoresheetData
    words: SheetWords
    table: ScoreTable
    totals: TotalCells
    workings: Workings

    def write(self) -> None:
        """Write everything."""
        self.grid.text(1, self.words.say("results"), Kind.SECTION, last=self.grid.columns)
        self.grid.next_row()
        self._raw_sum()
        self._text_row("na_rule", self._na_rule())
        self._total()
        self._counted()
        self._text_row("levels", self._levels())
        self._level()
        self._verdict()
        self._signatures()

    # --- sums

    def _raw_sum(self) -> None:
        """The sum of the groups; and a sentence that appears when somebody changed the answers."""
        grid, at, card = self.grid, self.columns.at, self.data.scorecard
        grid.text(1, self.words.say("raw_sum"), Kind.SUM_LABEL, last=at(Field.ITEM))
        applicable = sum((group.full for group in card.groups), Fraction(0))
        grid.formula(at(Field.FULL), f"={cut(self.totals.applicable)}", applicable, Kind.SUM_NUMBER)
        grid.empty(at(Field.SCORING), Kind.SUM_TEXT, last=at(Field.ANSWER))
        rows = [row.row for row in self.table.sums if row.extra is None]
        filled = ",".join(grid.place(at(Field.POINTS), row) for row in rows)
        summed = cut(added([cells.points for cells in self.totals.groups.values()]))
        formula = f'=IF(COUNT({filled})=0,"",{summed})'
        grid.formula(at(Field.POINTS), formula, _raw(card), Kind.SUM_NUMBER)
        grid.empty(at(Field.NA), Kind.SUM_TEXT, last=at(Field.REMARK))
        grid.next_row(lowest=30)

    # --- total

    @property
    def _waits(self) -> str:
        return f"{self.totals.open}+{self.totals.open_facts}>0"

    def _total(self) -> None:
        grid, at, card = self.grid, self.columns.at, self.data.scorecard
        grid.text(1, self.words.say("total"), Kind.SUM_LABEL, last=at(Field.ITEM))
        self._write_full()
        steps = "\n".join(self.data.steps) if card.finished else ""
        grid.text(at(Field.SCORING), steps, Kind.TEXT, last=at(Field.ANSWER))
        formula = f'=IF({self._waits},"",{cut(self.totals.total)})'
        grid.formula(at(Field.POINTS), formula, card.total.low if card.finished else "", Kind.RESULT)
        self._beside_total(grid.place(at(Field.POINTS)))
        grid.next_row(lowest=30)

    def _beside_total(self, total: str) -> None:
        """Say what is still missing, or that the answers are no longer the registered ones."""
        card, say = self.data.scorecard, self.words.say
        waits = f"{quoted(say('waiting.before'))}&{self.totals.open}&{quoted(say('waiting.after'))}"
        if not card.finished:
            otherwise, shown = quoted(say("not_imported")), None
        else:
            points = printed(card.total.low)
            otherwise, shown = f'IF({total}={points},"",{quoted(say("changed", points=points))})', ""
        place, last = self.columns.at(Field.NA), self.columns.at(Field.REMARK)
        wanted = f"IF({self.totals.open}=0,{quoted(say('waiting.facts'))},{waits})"
        formula = f"=IF({self._waits},{wanted},{otherwise})"
        self.grid.formula(place, formula, shown, Kind.FAILED, last=last, high_enough_for=say("changed", points="100"))

    def _write_full(self) -> None:
        """Write full marks in force."""
        place = self.columns.at(Field.FULL)
        if self.data.checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS:
            self.grid.formula(place, f"={cut(self.totals.applicable)}", self._full(), Kind.SUM_NUMBER)
        else:
            self.grid.number(place, self._full(), Kind.SUM_NUMBER)

    def _full(self) -> Fraction:
        card = self.data.scorecard
        stretched = any(node.code == "explain.rescaled" for node in card.explanation.walk())
        if not stretched and self.data.checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS:
            return sum((group.full for group in card.groups), Fraction(0))
        return card.full

    def _counted(self) -> None:
        """Write the points that levels are held against, where these are not the total."""
        bonus = self.data.checklist.bonus
        if bonus is None or bonus.counts_for_pass:
            return
        grid, at, card = self.grid, self.columns.at, self.data.scorecard
        grid.text(1, self.words.say("counted"), Kind.SUM_LABEL, last=at(Field.ITEM))
        grid.empty(at(Field.FULL), Kind.SUM_NUMBER)
        grid.text(at(Field.SCORING), self.words.say("counted_text"), Kind.SUM_TEXT, last=at(Field.ANSWER))
        formula = f'=IF({self._waits},"",{cut(self.totals.counted)})'
        grid.formula(at(Field.POINTS), formula, card.counted.low if card.finished else "", Kind.SUM_NUMBER)
        grid.empty(at(Field.NA), Kind.SUM_TEXT, last=at(Field.REMARK))
        grid.next_row()

    # --- rules, level, verdict

    def _na_rule(self) -> str:
        sentences = [self.data.rules[code] for code in self.data.rules if code.startswith(NA_RULES)]
        count = sum(1 for item in self.data.scorecard.items if not item.applies)
        if count and not self.data.open:  # while the sheet can be filled in, it may change
            sentences.append(self.words.say("na_count", count=count))
        return self.words.say("sentences").join(sentences)

    def _levels(self) -> str:
        needed = {grade.key: grade.total_needed for grade in self.data.scorecard.grades}
        levels = (self._level_needs(grade, needed[grade.key]) for grade in self.data.checklist.grades)
        return self.words.say("then").join(levels)

    def _level_needs(self, grade: Grade, total: Fraction) -> str:
        """Say what a level takes."""
        say, numbers = self.words.say, Numbers(self.data.checklist.parameters, self.data.on)
        sentence = say("level_needs", level=self.words.text(grade.text), total=mark(total))
        if grade.groups_at_least is not None:
            sentence += say("level_groups", share=mark(numbers.value(grade.groups_at_least)))
        items = {item.key: item for item in self.data.checklist.items()}
        minima = [
            say("level_item", number=items[key].number, share=mark(numbers.value(share)))
            for key, share in grade.items_at_least
        ]
        return sentence + (say("level_items", listed=say("and").join(minima)) if minima else "")

    def _level(self) -> None:
        names = {grade.key: self.words.text(grade.text) for grade in self.data.checklist.grades}
        formula = self._in_order(names, quoted(self.words.say("level_none")))
        card = self.data.scorecard
        none = self.words.say("level_none")
        shown = "" if not card.finished else none if card.level is None or not card.passed else names[card.level]
        self._formula_row("level", f'=IF({self._waits},"",{formula})', shown, Kind.VALUE)

    def _in_order(self, names: Mapping[str, str], none: str) -> str:
        """Name the highest level that is reached, with all those below it."""
        keys = list(names)
        formula = quoted(names[keys[-1]])
        for place in range(len(keys) - 1, -1, -1):
            below = quoted(names[keys[place - 1]]) if place else none
            formula = f"IF({self.totals.grades[keys[place]]}=1,{formula},{below})"
        return formula

    def _verdict(self) -> None:
        """The verdict in one word; in a whole sentence while the answers are as they were written out."""
        say, card = self.words.say, self.data.scorecard
        words = {word: quoted(say(f"verdict.{word}")) for word in ("passed", "failed", "open")}
        first = self.totals.grades[self.data.checklist.grades[0].key]
        reached = f"IF({first}=1,{words['passed']},{words['failed']})"
        formula = f"IF({self.totals.failed}>0,{words['failed']},IF({self._waits},{words['open']},{reached}))"
        shown: str | None = None
        if card.finished:
            shown = self.data.verdict or say("verdict.passed" if card.passed else "verdict.failed")
        if card.finished and self.data.verdict:
            text = self.workings.text("verdict", self.data.verdict)
            total = f"{cut(self.totals.total)}={printed(card.total.low)}"
            same = f"AND({total},{first}={int(bool(card.passed))})"
            formula = f"IF({self._waits},{formula},IF({same},{text},{formula}))"
        kind = Kind.FAILED_VALUE if card.passed is False else Kind.VALUE
        self._formula_row("verdict", f"={formula}", shown, kind, room=self.data.verdict)

    def _formula_row(self, key: str, formula: str, shown: str | None, kind: Kind, *, room: str = "") -> None:
        self.grid.text(1, self.words.say(f"label.{key}"), Kind.SUM_LABEL, last=self.columns.at(Field.ITEM))
        place = self.columns.at(Field.FULL)
        self.grid.formula(place, formula, shown, kind, last=self.grid.columns, high_enough_for=room)
        self.grid.next_row(lowest=24)

    def _text_row(self, key: str, text: str, kind: Kind = Kind.VALUE) -> None:
        self.grid.text(1, self.words.say(f"label.{key}"), Kind.SUM_LABEL, last=self.columns.at(Field.ITEM))
        self.grid.text(self.columns.at(Field.FULL), text, kind, last=self.grid.columns)
        self.grid.next_row(lowest=24)

    # --- signatures

    def _signatures(self) -> None:
        """A line for each assessor, two beside each other, and one for the unit."""
        names = [*self.data.assessment.assessors]
        names += [""] * (FEWEST_SIGNATURES - len(names))
        lines = [self.words.say("sign.assessor", name=name) for name in names]
        lines.append(self.words.say("sign.site"))
        middle = self.columns.at(Field.SCORING)
        for place in range(0, len(lines), 2):
            self.grid.text(1, lines[place], Kind.PLAIN, last=middle)
            if place + 1 < len(lines):
                self.grid.text(middle + 1, lines[place + 1], Kind.PLAIN, last=self.grid.columns)
            self.grid.next_row(lowest=SIGNATURE_HEIGHT)


def _raw(card: Scorecard) -> Fraction | None:
    """The sum of the groups before anything is stretched; ``None`` while something is open."""
    if not all(group.got.settled for group in card.groups) or not card.finished:
        return None
    return sum((group.got.low for group in card.groups), Fraction(0))
