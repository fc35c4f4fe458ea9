"""The end of a scoresheet: total, level and verdict as the program registered them, and the places to sign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.columns import Field
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.sheet_words import mark

if TYPE_CHECKING:
    from wufei_cells.scoring.scorecard import Scorecard
    from wufei_cells.workbooks.columns import Columns
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.score_table import ScoreTable
    from wufei_cells.workbooks.scoresheet_data import ScoresheetData
    from wufei_cells.workbooks.sheet_words import SheetWords

FEWEST_SIGNATURES = 2  # lines for assessors when fewer are named
SIGNATURE_HEIGHT = 34.0


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
        grid.text(at(Field.SCORING), self._how(), Kind.TEXT, last=at(Field.VERIFY))
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
        if self.data.checklist.scoring.na_policy is NaPolicy.SCALE_THRESHOLDS:
            return sum((group.full for group in card.groups), Fraction(0))
        return card.full

    def _how(self) -> str:
        """How the total comes from the sums."""
        card, bonus = self.data.scorecard, self.data.checklist.bonus
        if not card.finished:
            return ""
        if card.explanation.code == "explain.zeroed":
            return self.words.say("how.zeroed")
        parts = [self._how_base(card)]
        if bonus:
            parts.append(self.words.say("how.bonus", points=printed(card.bonus.low), cap=printed(bonus.cap)))
        return "\n".join(part for part in parts if part)

    def _how_base(self, card: Scorecard) -> str:
        raw, applicable = _raw(card), sum((group.full for group in card.groups), Fraction(0))
        if raw is None or raw == card.base.low or not applicable:
            return ""
        cut = exact(card.base.low) != printed(card.base.low)
        values = {
            "raw": printed(raw),
            "full": printed(card.full),
            "applicable": printed(applicable),
            "points": printed(card.base.low),
        }
        return self.words.say("how.rescaled_cut" if cut else "how.rescaled", **values)

    def _open(self, card: Scorecard) -> str:
        """What an unfinished assessment may still come to; nothing on an empty form."""
        if card.finished or not self.data.answers:
            return ""
        span = self.words.span(card.total.low, card.total.high)
        return self.words.say("total_open", span=span, count=len(card.missing))

    # --- rules, level, verdict

    def _na_rule(self) -> str:
        policy = self.data.checklist.scoring.na_policy
        sentence = self.words.say(f"na_policy.{policy.value}", full=printed(self.data.checklist.full))
        count = sum(1 for item in self.data.scorecard.items if not item.applies)
        return sentence + self.words.say("na_count", count=count) if count else sentence

    def _levels(self) -> str:
        checklist = self.data.checklist
        numbers = Numbers(checklist.parameters)
        needed = {grade.key: grade.total_needed for grade in self.data.scorecard.grades}
        parts: list[str] = []
        for grade in checklist.grades:
            values = {"level": self.words.text(grade.text), "total": mark(needed[grade.key])}
            if grade.groups_at_least is None:
                parts.append(self.words.say("level_needs", **values))
            else:
                share = mark(numbers.value(grade.groups_at_least))
                parts.append(self.words.say("level_needs_groups", share=share, **values))
        return self.words.say("then").join(parts)

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
