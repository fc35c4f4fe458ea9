"""Read the cells of a scoresheet that people filled in, as answers: width, case, units and language do not matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.text import Text
from wufei_cells.scoring.answer_fields import AnswerField, FieldKind
from wufei_cells.scoring.notation_text import NO, YES, find_name, folded, narrow, number_text, without_unit
from wufei_cells.scoring.numbers import read_number, unread_number
from wufei_cells.workbooks.cell_text import shown_text
from wufei_cells.workbooks.reading.cells import CellKind
from wufei_cells.workbooks.scoresheets.row_keys import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.reading.cells import Cell

CLEAR = "-"
"""What a person writes to clear an answer; no answer reads so."""
_CLEARING = frozenset({"-", "－", "–", "—", "−"})
_CHOICE = re.compile(r"([0-9]{1,3})(?:[\s.、．]+(.*))?", re.DOTALL)
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell cannot be read: a code and its values."""

    code: str
    values: dict[str, object]


class CellReader:
    """Reads cells; gives ``CLEAR`` where a person cleared one."""

    def __init__(self, wording: Wording) -> None:
        spoken = [wording.speaking(language) for language in ("zh", "en")]
        self._met = {folded(one.say("scoresheet.gate.met")) for one in spoken} | YES
        self._not_met = {folded(one.say("scoresheet.gate.not_met")) for one in spoken} | NO

    def answer(self, field: AnswerField, cell: Cell) -> str | Unreadable:
        """Read the cell of a field of an answer."""
        fault = _fault(cell)
        if fault or cell.text.strip() in _CLEARING:
            return fault or CLEAR
        match field.kind:
            case FieldKind.YES_NO | FieldKind.TICK:
                return self._yes_no(cell)
            case FieldKind.LEVEL:
                return _choice(cell, [(level.key, level.text) for level in field.levels])
            case FieldKind.REASON:
                return cell.text.strip()
            case _:
                return _number(cell, field.unit)

    def fact(self, fact: Fact, cell: Cell) -> str | Unreadable:
        """Read the cell of a fact of the site."""
        fault = _fault(cell)
        if fault or cell.text.strip() in _CLEARING:
            return fault or CLEAR
        match fact.kind:
            case FactKind.YES_NO:
                return self._yes_no(cell)
            case FactKind.CHOICE:
                return _choice(cell, [(option.key, option.text) for option in fact.options])
            case FactKind.NUMBER:
                return _number(cell, fact.unit)

    @staticmethod
    def words(cell: Cell) -> str | Unreadable:
        """Read a cell of free text."""
        return _fault(cell) or (CLEAR if cell.text.strip() in _CLEARING else cell.text.strip())

    def _yes_no(self, cell: Cell) -> str | Unreadable:
        word = folded(cell.text)
        if word in self._met or word in self._not_met:
            return "yes" if word in self._met else "no"
        return Unreadable("import.yes_no", {"found": _shown(cell)})


def _fault(cell: Cell) -> Unreadable | None:
    """Say what keeps a cell from being read at all."""
    if cell.kind is CellKind.ERROR:
        return Unreadable("import.error_cell", {"found": _shown(cell)})
    if cell.kind is CellKind.NO_RESULT:
        return Unreadable("import.no_result", {"found": _shown(cell)})
    if cell.kind is CellKind.PICTURE:
        return Unreadable("import.picture_as_answer", {})
    return None


def _number(cell: Cell, unit: Text) -> str | Unreadable:
    if cell.kind is CellKind.DATE:
        return Unreadable("import.date_as_number", {"found": _shown(cell)})
    if cell.percent:
        return Unreadable("import.percent", {"found": _shown(cell)})
    number = number_text(cell.text)
    if read_number(number) is None:
        number = number_text(without_unit(cell.text, unit))
    if read_number(number) is None:
        code, limits = unread_number(number)
        return Unreadable(code, {"found": _shown(cell), "field": "", **limits})
    return canonical(number)


def _choice(cell: Cell, choices: Sequence[tuple[str, Text]]) -> str | Unreadable:
    """Read a choice by its position, by its words, or by both, which then must belong together."""
    text = cell.text.strip()
    found = _CHOICE.fullmatch(narrow(text))
    if found and 0 < int(found[1]) <= len(choices):
        key, words = choices[int(found[1]) - 1]
        said = folded(found[2] or "").removesuffix("…").removesuffix("...")
        if not said or any(folded(shown_text(one)).startswith(said) for one in (words.zh, words.en)):
            return key
    return find_name(text, choices) or Unreadable("import.choice", {"found": _shown(cell), "count": len(choices)})


def _shown(cell: Cell) -> str:
    return cell.text.strip()[:LONGEST]
