"""Formulas over named numbers: the tree they are read into.

Small on purpose: four operations, a few functions, names and numbers. Every formula ends, none can reach anything but
the numbers it was given. ``checklists.formula_reading`` reads the text, ``scoring.formulas`` works it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from wufei_cells.domain.rules import ParameterRef


class Operator(StrEnum):
    """The operations between two numbers."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"


class Function(StrEnum):
    """The functions of one or more numbers."""

    MIN = "min"
    MAX = "max"
    ABS = "abs"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as it is written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A number known by its key: an input of a measure, or a fact."""

    key: str


@dataclass(frozen=True, slots=True)
class Operation:
    """Two numbers and what is done with them."""

    operator: Operator
    left: Formula
    right: Formula


@dataclass(frozen=True, slots=True)
class Negated:
    """A number with the other sign."""

    formula: Formula


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some numbers."""

    function: Function
    arguments: tuple[Formula, ...]


Formula = Constant | Name | ParameterRef | Operation | Negated | Call
