"""The sheet of workings: one formula in a row, each with a word on what it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from wufei_cells.domain.amounts import plain

LONGEST = 8000
"""Characters; Excel takes 8,192 in one formula."""
DEEPEST = 60
"""Functions within functions; Excel takes 64."""
PLACES = 9
"""Decimals that count when numbers are compared: what binary arithmetic misses or adds lies far beyond."""


class NoFormulaError(Exception):
    """A rule is too long to be a formula; what it gives is worked out by the program alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, and a formula without its sign of equality, or a text."""

    label: str
    formula: str = ""
    text: str = ""


@dataclass(slots=True)
class Workings:
    """Collects formulas and says where each of them will stand."""

    title: str
    lines: list[Line] = field(default_factory=list["Line"])

    def put(self, label: str, formula: str) -> str:
        """Write a formula down and give the cell that it stands in.

        Raises:
            NoFormulaError: no spreadsheet takes it.
        """
        if len(formula) > LONGEST or deepest(formula) > DEEPEST:
            raise NoFormulaError(label)
        return self._append(Line(label, formula=formula))

    def text(self, label: str, text: str) -> str:
        """Write a text down that a formula shows; one in a formula must not be longer than 255 characters."""
        return self._append(Line(label, text=text))

    def _append(self, line: Line) -> str:
        self.lines.append(line)
        return f"{sheet_name(self.title)}!$B${len(self.lines)}"


def deepest(formula: str) -> int:
    """How many brackets are open at once at most; texts hold none that count, because ours have no brackets."""
    depth = most = 0
    for sign in formula:
        depth += (sign == "(") - (sign == ")")
        most = max(most, depth)
    return most


def sheet_name(title: str) -> str:
    """Write the title of a sheet as it stands before the cells of it."""
    return "'" + title.replace("'", "''") + "'"


def number(value: Fraction | Decimal | int) -> str:
    """Write a number of the checklist: those are decimals, and products of decimals."""
    exact = Fraction(value)
    text = plain(Decimal(exact.numerator) / Decimal(exact.denominator))
    return f"({text})" if text.startswith("-") else text


def quoted(text: str) -> str:
    """Write a text."""
    return '"' + text.replace('"', '""') + '"'


def exactly(amount: str) -> str:
    """Leave away what binary arithmetic added."""
    return f"ROUND({amount},{PLACES})"


def cut(amount: str) -> str:
    """Cut after two decimals, as points are printed."""
    return f"INT({exactly(f'({amount})*100')})/100"


def at_least(amount: str, mark: str) -> str:
    """Whether an amount reaches a mark."""
    return f"{exactly(f'({amount})-({mark})')}>=0"


def added(amounts: list[str]) -> str:
    """Add amounts up; nothing gives 0."""
    return "+".join(amounts) or "0"


def least(amounts: list[str]) -> str:
    """Give the least of some amounts."""
    return amounts[0] if len(amounts) == 1 else f"MIN({','.join(amounts)})"


def most(amounts: list[str]) -> str:
    """Give the most of some amounts."""
    return amounts[0] if len(amounts) == 1 else f"MAX({','.join(amounts)})"
