"""What was noted, as formulas: the number that a measure gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from wufei_cells.domain.rules import Amount, Calculated, Change, Count, Measure, Share, Ticks
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.workbooks.formulas.conditions import written
from wufei_cells.workbooks.formulas.fields import Answers, given, number_state, says
from wufei_cells.workbooks.formulas.workings import added, least

CellOf = Callable[[str], str]
"""Where a field stands, by its path within the item."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Formulas for a measure.

    Attributes:
        state: 1 where everything is there and fits, 0 where something is missing, -1 where something cannot be.
        number: what it gives; only to be asked for where the state is 1.
        given: 1 where anything is filled in.
    """

    state: str
    number: str
    given: str


def read_measure(measure: Measure, at: str, cell: CellOf, numbers: Numbers, words: Answers) -> Reading:
    """Write the reading of a measure whose fields begin with the path ``at``."""
    match measure:
        case Count():
            return _count(measure, cell(at))
        case Amount():
            return Reading(number_state(cell(at)), cell(at), given(cell(at)))
        case Share():
            return _share(measure, cell(f"{at}/part"), cell(f"{at}/whole"))
        case Change():
            return _change(measure, cell(f"{at}/before"), cell(f"{at}/after"))
        case Ticks():
            return _ticks([cell(f"{at}/{option.key}") for option in measure.options], words)
        case Calculated():
            names = {entry.key: cell(f"{at}/{entry.key}") for entry in measure.inputs}
            number = written(measure.formula, names, numbers)
            return _checked(list(names.values()), f"ISERROR({number})", number)


def _checked(cells: list[str], wrong: str, number: str) -> Reading:
    """Read some numbers that must all be there; ``wrong`` says when they cannot be."""
    states = least([number_state(cell) for cell in cells])
    anything = f"MIN(1,{added([given(cell) for cell in cells])})"
    return Reading(f"IF({states}<1,{states},IF({wrong},-1,1))", number, anything)


def _count(measure: Count, cell: str) -> Reading:
    limit = "" if measure.at_most is None else f",{cell}>{measure.at_most}"
    return _checked([cell], f"OR({cell}<0,{cell}<>INT({cell}){limit})", cell)


def _share(measure: Share, part: str, whole: str) -> Reading:
    above = "" if measure.may_exceed else f",{part}>{whole}"
    return _checked([part, whole], f"OR({whole}<=0,{part}<0{above})", f"{part}/{whole}*100")


def _change(measure: Change, before: str, after: str) -> Reading:
    if not measure.relative:
        return _checked([before, after], "FALSE", f"({after}-{before})")
    return _checked([before, after], f"{before}<=0", f"({after}-{before})/{before}*100")


def _ticks(cells: list[str], words: Answers) -> Reading:
    filled = added([given(cell) for cell in cells])
    ticked = [f"IF({says(cell, words.yes)},1,0)" for cell in cells]
    known = added([*ticked, *(f"IF({says(cell, words.no)},1,0)" for cell in cells)])
    return Reading(f"IF({filled}=0,0,IF({known}={filled},1,-1))", f"({added(ticked)})", f"MIN(1,{filled})")
