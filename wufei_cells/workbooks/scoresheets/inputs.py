"""The cells that are filled in: what they ask for, what they take, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.scoring.answer_fields import AnswerField, FieldKind
from wufei_cells.scoring.numbers import read_number
from wufei_cells.workbooks.cell_text import clean_text
from wufei_cells.workbooks.formulas.workings import sheet_name
from wufei_cells.workbooks.grid import write_plainly
from wufei_cells.workbooks.looks import Kind
from wufei_cells.workbooks.scoresheets.columns import Field

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from wufei_cells.domain.rules import Level
    from wufei_cells.workbooks.formulas.fields import Answers
    from wufei_cells.workbooks.grid import Grid
    from wufei_cells.workbooks.scoresheets.columns import Columns
    from wufei_cells.workbooks.scoresheets.words import SheetWords

MOST_DIGITS = 15
"""Of a number that a spreadsheet keeps; longer ones are written as text."""
LONGEST_CHOICE = 120
"""Characters; more of a level's words do not help to choose it."""
_FAR = "1000000000000000"


class Inputs:
    """Writes input cells into the rows of a grid; cells that take the same share one rule."""

    def __init__(self, grid: Grid, columns: Columns, words: SheetWords) -> None:
        self._grid = grid
        self._columns = columns
        self._words = words
        self._rules: dict[tuple[str, ...], DataValidation] = {}
        self.choices: list[str] = []
        """The lines of the sheet of choices."""

    def field(self, field: AnswerField, said: str, *, gate: bool, locked: bool) -> str:
        """Write the row's cell for a field of an answer; return where it is."""
        kind = Kind.ANSWER_LOCKED if locked else Kind.ANSWER
        self._asked(self._words.say("asked.gate") if gate else self._words.asked(field))
        place = self._place(Field.ANSWER)
        if field.kind is FieldKind.LEVEL:
            texts = [self._words.text(level.text) for level in field.levels]
            wide = Kind.ANSWER_LOCKED if locked else Kind.ANSWER_TEXT
            self._write_choice(texts, _index(field.levels, said), wide)
        elif field.kind in (FieldKind.YES_NO, FieldKind.TICK):
            words = self._words.gate_answers if gate else self._words.answers
            self._write_yes_no(words, said, kind)
        elif field.kind is FieldKind.REASON:
            self._write(said, Kind.ANSWER_LOCKED if locked else Kind.ANSWER_TEXT)
        else:
            self._write_number(said, kind)
            self._limits("whole" if field.kind is FieldKind.COUNT else "decimal", place)
        return place

    def fact(self, fact: Fact, said: str, *, locked: bool) -> str:
        """Write the row's cell for a fact of the site; return where it is."""
        kind = Kind.ANSWER_LOCKED if locked else Kind.ANSWER
        place = self._place(Field.ANSWER)
        if fact.kind is FactKind.CHOICE:
            self._asked(self._words.say("asked.choice"))
            keys = [option.key for option in fact.options]
            chosen = keys.index(said) if said in keys else None
            self._write_choice([self._words.text(option.text) for option in fact.options], chosen, kind)
        elif fact.kind is FactKind.YES_NO:
            self._asked(self._words.say("asked.yes_no"))
            self._write_yes_no(self._words.answers, said, kind)
        else:
            self._asked(self._words.with_unit(self._words.say("asked.number"), self._words.text(fact.unit)))
            self._write_number(said, kind)
            self._limits("decimal", place)
        return place

    def text(self, field: Field, said: str, *, rows: int, locked: bool) -> str:
        """Write a cell of free text over the rows of an entry; return where it is."""
        kind = Kind.ANSWER_LOCKED if locked else Kind.ANSWER_TEXT
        self._grid.text(self._columns.at(field), said, kind, rows=rows)
        return self._place(field)

    def attach(self, sheet: Worksheet, choices: Worksheet) -> None:
        """Put the rules into the sheet, and what there is to choose from into another."""
        for rule in self._rules.values():
            sheet.add_data_validation(rule)
        for row, text in enumerate(self.choices, start=1):
            write_plainly(choices, row, 1, text)

    # --- what stands in a cell

    def _asked(self, text: str) -> None:
        self._grid.text(self._columns.at(Field.ASKED), text, Kind.TEXT)

    def _place(self, field: Field) -> str:
        return self._grid.place(self._columns.at(field))

    def _write(self, said: str, kind: Kind) -> None:
        self._grid.text(self._columns.at(Field.ANSWER), said, kind)

    def _write_yes_no(self, words: Answers, said: str, kind: Kind) -> None:
        self._write(words.yes if said == "yes" else words.no if said == "no" else "", kind)
        self._list([words.yes, words.no], self._place(Field.ANSWER))

    def _write_number(self, said: str, kind: Kind) -> None:
        number = read_number(said) if said else None
        digits = [sign for sign in said if sign.isdigit()]
        if number is None or len(digits) > MOST_DIGITS:
            self._write(said, kind)
        else:
            exact = Decimal(number.numerator) / Decimal(number.denominator)
            self._grid.exact_number(self._columns.at(Field.ANSWER), exact, kind)

    def _write_choice(self, texts: Sequence[str], chosen: int | None, kind: Kind) -> None:
        listed = [_choice(place, text) for place, text in enumerate(texts, start=1)]
        self._write("" if chosen is None else listed[chosen], kind)
        if ("from", *listed) not in self._rules:
            first = len(self.choices) + 1
            self.choices += listed
            column = get_column_letter(1)
            source = sheet_name(self._words.say("sheet.choices"))
            area = f"{source}!${column}${first}:${column}${len(self.choices)}"
            self._rules["from", *listed] = self._said(
                DataValidation("list", formula1=area, allow_blank=True), self._words.say("entry.from_list")
            )
        self._add(("from", *listed), self._place(Field.ANSWER))

    # --- what a cell takes

    def _list(self, listed: Sequence[str], place: str) -> None:
        if ("list", *listed) not in self._rules:
            rule = DataValidation("list", formula1=f'"{",".join(listed)}"', allow_blank=True)
            self._rules["list", *listed] = self._said(rule, self._words.say("entry.choice", choices=" / ".join(listed)))
        self._add(("list", *listed), place)

    def _limits(self, kind: Any, place: str) -> None:
        if (kind,) not in self._rules:
            lowest = "0" if kind == "whole" else f"-{_FAR}"
            rule = DataValidation(kind, operator="between", formula1=lowest, formula2=_FAR, allow_blank=True)
            self._rules[(kind,)] = self._said(rule, self._words.say(f"entry.{kind}"))
        self._add((kind,), place)

    def _said(self, rule: DataValidation, sentence: str) -> DataValidation:
        rule.showErrorMessage = True
        rule.errorStyle = "warning"  # a single "-" clears what stands there, so nothing is stopped
        rule.errorTitle = self._words.say("entry.title")
        rule.error = sentence
        return rule

    def _add(self, key: tuple[str, ...], place: str) -> None:
        rule: Any = self._rules[key]
        rule.add(place)


def _choice(place: int, text: str) -> str:
    """Write a choice: its position, by which it is known, and its words."""
    line = " ".join(clean_text(text).split())
    return f"{place} {line[: LONGEST_CHOICE - 1] + '…' if len(line) > LONGEST_CHOICE else line}"


def _index(levels: tuple[Level, ...], key: str) -> int | None:
    return next((place for place, level in enumerate(levels) if level.key == key), None)
