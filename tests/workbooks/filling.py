"""Fill a scoresheet in as a person does, cell by cell, and read what a spreadsheet program made of it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.conditions import FactKind
from wufei_cells.scoring.answer_fields import FieldKind, fields_of, split
from wufei_cells.workbooks.scoresheets.row_keys import RowKey

YES_NO = {"yes": "是", "no": "否"}
GATE = {"yes": "符合", "no": "不符合"}


class FilledSheet:
    """One scoresheet, open in memory; rows are found by their hidden keys."""

    def __init__(self, content: bytes, *, values: bool = False) -> None:
        self.workbook = load_workbook(BytesIO(content), data_only=values)
        self.sheet = self.workbook.worksheets[0]
        names = next(row for row in self.sheet.iter_rows() if row[0].value == "number")
        self.columns = {str(cell.value): cell.column for cell in names}
        found = ((row[self.columns["key"] - 1].value, row[0].row) for row in self.sheet.iter_rows())
        keys = ((RowKey.read(str(text)), number) for text, number in found if text)
        self.rows = {key: row for key, row in keys if key}

    def first_row(self, key: str) -> int:
        return min(row for one, row in self.rows.items() if one.kind == "entry" and one.key == key)

    def cell(self, row: int, column: str) -> Any:
        return self.sheet.cell(row, self.columns[column])

    def labelled(self, label: str) -> int:
        return next(row[0].row for row in self.sheet.iter_rows() if row[0].value == label)

    def points(self, key: str) -> object:
        return self.cell(self.first_row(key), "points").value

    def saved(self) -> bytes:
        target = BytesIO()
        self.workbook.save(target)
        return target.getvalue()

    # --- filling in

    def fill(self, checklist: Checklist, facts: dict[str, str], answers: dict[str, Answer]) -> None:
        for fact in checklist.facts:
            if fact.key in facts:
                self.cell(self.rows[RowKey("fact", fact.key)], "answer").value = _fact(fact, facts[fact.key])
        for key, answer in answers.items():
            self.answer(checklist, key, answer)

    def answer(self, checklist: Checklist, key: str, answer: Answer) -> None:
        entry = checklist.entry(key)
        said = split(entry, answer.value)
        for one in fields_of(entry):
            if one.path in said:
                cell = self.cell(self.rows[RowKey("entry", key, one.path)], "answer")
                cell.value = _written(one, said[one.path], gate=entry in checklist.gates)
        if answer.na:
            self.cell(self.first_row(key), "na").value = answer.na
        if answer.note:
            self.cell(self.first_row(key), "note").value = answer.note


def _fact(fact, value: str) -> object:
    if fact.kind is FactKind.YES_NO:
        return YES_NO[value]
    if fact.kind is FactKind.NUMBER:
        return Decimal(value)
    place = [option.key for option in fact.options].index(value)
    return f"{place + 1} {fact.options[place].text.zh}"


def _written(field, said: str, *, gate: bool) -> object:
    match field.kind:
        case FieldKind.YES_NO | FieldKind.TICK:
            return (GATE if gate else YES_NO)[said]
        case FieldKind.LEVEL:
            place = [level.key for level in field.levels].index(said)
            return f"{place + 1} {field.levels[place].text.zh}"
        case FieldKind.REASON:
            return said
        case _:
            return Decimal(said)
