"""Work formulas out, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from wufei_cells.domain.formulas import Call, Constant, Formula, Function, Name, Negated, Operation, Operator
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.numbers import Numbers

MOST_DIGITS = 400
"""Of a numerator or denominator on the way: far beyond anything measured, small enough to stay quick."""
_TOO_LARGE = 10**MOST_DIGITS


def work_out(formula: Formula, values: Mapping[str, Fraction], numbers: Numbers) -> Fraction:
    """Give the value of a formula; every key it names must be among ``values``.

    Raises:
        BadAnswer: with these values it divides by zero, or a number on the way is too large.
    """
    match formula:
        case Constant():
            return Fraction(formula.value)
        case Name():
            return _bounded(values[formula.key])
        case ParameterRef():
            return numbers.value(formula)
        case Negated():
            return -work_out(formula.formula, values, numbers)
        case Operation():
            left = work_out(formula.left, values, numbers)
            return _bounded(_combined(formula.operator, left, work_out(formula.right, values, numbers)))
        case Call():
            return _called(formula.function, [work_out(entry, values, numbers) for entry in formula.arguments])


def _combined(operator: Operator, left: Fraction, right: Fraction) -> Fraction:
    match operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES:
            return left * right
        case Operator.DIVIDED_BY:
            if right == 0:
                raise BadAnswer("answer.division_by_zero")
            return left / right


def _called(function: Function, arguments: Sequence[Fraction]) -> Fraction:
    match function:
        case Function.MIN:
            return min(arguments)
        case Function.MAX:
            return max(arguments)
        case Function.ABS:
            return abs(arguments[0])
        case Function.MEAN:
            total = Fraction(0)
            for argument in arguments:
                total = _bounded(total + argument)
            return _bounded(total / len(arguments))


def _bounded(number: Fraction) -> Fraction:
    if abs(number.numerator) >= _TOO_LARGE or number.denominator >= _TOO_LARGE:
        raise BadAnswer("answer.number_too_large", digits=MOST_DIGITS)
    return number
