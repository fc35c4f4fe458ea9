"""The end of a scoresheet: total, level and verdict as the program registered them, and the places to sign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.columns import Field
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.sheet_words import mark

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Grade
    from wufei_cells.scoring.scorecard import Scorecard
    from wufei_cells.workbooks.columns import Columns
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.score_table import ScoreTable
    from wufei_cells.workbooks.scoresheet_data import ScoresheetData
    from wufei_cells.workbooks.sheet_words import SheetWords

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

    def write(self) -> None:
        """Write everything."""
        self.grid.text(1, self.words.say("results"), Kind.SECTION, last=self.grid.columns)
        self.grid.next_row()
        self._raw_sum()
        self._text_row("na_rule", self._na_rule())
        self._total()
        self._text_row("levels", self._levels())
        self._level()
        self._verdict()
        self._signatures()

    # --- sums

    def _raw_sum(self) -> None:
        """The sum of the groups, live; and a sentence that appears when somebody changed the points."""
        grid, at, card = self.grid, self.columns.at, self.data.scorecard
        grid.text(1, self.words.say("raw_sum"), Kind.SUM_LABEL, last=at(Field.ITEM))
        grid.number(at(Field.FULL), sum((group.full for group in card.groups), Fraction(0)), Kind.SUM_NUMBER)
        grid.empty(at(Field.SCORING), Kind.SUM_TEXT, last=at(Field.VERIFY))
        for column in (Field.SELF, Field.ONSITE):
            self._raw_sum_of(column)
        place = grid.place(at(self.columns.scored))
        total = _raw(card)
        if total is None:
            grid.empty(at(Field.REASON), Kind.FAILED, last=at(Field.REMARK))
        else:
            changed = self.words.say("changed", points=printed(total)).replace('"', '""')
            formula = f'=IF({place}={printed(total)},"","{changed}")'
            grid.formula(at(Field.REASON), formula, "", Kind.FAILED, last=at(Field.REMARK))
        grid.next_row(lowest=30)

    def _raw_sum_of(self, column: Field) -> None:
        grid, place, card = self.grid, self.columns.at(column), self.table.scorecard(column)
        cells = ",".join(grid.place(place, row) for row in self.table.sum_rows)
        added = sum(self.table.shown_sums.get(column, []), Decimal(0))
        total = _raw(card) if card else None
        if total is not None and added != Decimal(printed(total)):
            grid.number(place, total, Kind.SUM_NUMBER)
            return
        result = Fraction(added) if self.table.shown_sums.get(column) else ""
        grid.formula(place, f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),2))', result, Kind.SUM_NUMBER)

    # --- total

    def _total(self) -> None:
        grid, at, card = self.grid, self.columns.at, self.data.scorecard
        grid.text(1, self.words.say("total"), Kind.SUM_LABEL, last=at(Field.ITEM))
        grid.number(at(Field.FULL), self._full(), Kind.SUM_NUMBER)
        steps = "\n".join(self.data.steps) if card.finished else ""
        grid.text(at(Field.SCORING), steps, Kind.TEXT, last=at(Field.VERIFY))
        for column in (Field.SELF, Field.ONSITE):
            opinion = self.table.scorecard(column)
            if opinion and opinion.total.settled and opinion.finished:
                grid.number(at(column), opinion.total.low, Kind.RESULT)
            else:
                grid.empty(at(column), Kind.RESULT)
        grid.text(at(Field.REASON), self._open(card), Kind.TEXT, last=at(Field.REMARK))
        grid.next_row(lowest=30)

    def _full(self) -> Fraction:
        """Full marks in force."""
        card = self.data.scorecard
        stretched = any(node.code == "explain.rescaled" for node in card.explanation.walk())
        if not stretched and self.data.checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS:
            return sum((group.full for group in card.groups), Fraction(0))
        return card.full

    def _open(self, card: Scorecard) -> str:
        """What an unfinished assessment may still come to; nothing on an empty form."""
        if card.finished or not self.data.answers:
            return ""
        span = self.words.span(card.total.low, card.total.high)
        return self.words.say("total_open", span=span, count=len(card.missing))

    # --- rules, level, verdict

    def _na_rule(self) -> str:
        sentences = [self.data.rules[code] for code in self.data.rules if code.startswith(NA_RULES)]
        count = sum(1 for item in self.data.scorecard.items if not item.applies)
        if count:
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
        card = self.data.scorecard
        if not card.finished:
            text = ""
        elif card.level is None or not card.passed:
            text = self.words.say("level_none")
        else:
            text = self.words.grade(self.data.checklist, card.level)
        self._text_row("level", text)

    def _verdict(self) -> None:
        passed = self.data.scorecard.passed
        blank = passed is None and not self.data.answers
        word = self.words.say("verdict." + {True: "passed", False: "failed", None: "open"}[passed])
        text = "" if blank else self.data.verdict or word
        self._text_row("verdict", text, Kind.FAILED_VALUE if passed is False else Kind.VALUE)

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
