"""Formulas are worked out exactly, and none can blow up."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.domain.checklists import Parameter
from wufei_cells.domain.formulas import Call, Constant, Formula, Function, Name, Negated, Operation, Operator
from wufei_cells.domain.rules import ParameterRef
from wufei_cells.domain.text import Text
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.formulas import MOST_DIGITS, work_out
from wufei_cells.scoring.numbers import Numbers

A, B = Name("a"), Name("b")
NUMBERS = Numbers([Parameter("cap", Text("上限"), Text(""), Decimal("2.5"))])
FRACTIONS = st.fractions(-(10**15), 10**15, max_denominator=10**9)


def worked(formula: Formula, **values: int | Fraction) -> Fraction:
    return work_out(formula, {key: Fraction(value) for key, value in values.items()}, NUMBERS)


def call(function: Function, *arguments: Formula) -> Formula:
    return Call(function, arguments)


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        (Operation(Operator.DIVIDED_BY, A, B), Fraction(1, 3)),
        (Operation(Operator.TIMES, Operation(Operator.DIVIDED_BY, A, B), Constant(Decimal(3))), 1),
        (Operation(Operator.MINUS, A, B), -2),
        (Operation(Operator.PLUS, Constant(Decimal("0.1")), Constant(Decimal("0.2"))), Fraction(3, 10)),
        (Negated(B), -3),
        (Operation(Operator.TIMES, ParameterRef("cap"), B), Fraction(15, 2)),
        (call(Function.MIN, B, A, ParameterRef("cap")), 1),
        (call(Function.MAX, A, B, ParameterRef("cap")), 3),
        (call(Function.ABS, Negated(B)), 3),
        (call(Function.MEAN, A, B, A), Fraction(5, 3)),
    ],
)
def test_each_operation_and_function_gives_the_exact_value(formula, result):
    assert worked(formula, a=1, b=3) == result


@given(FRACTIONS, FRACTIONS)
def test_operations_are_those_of_fractions(a, b):
    assert worked(Operation(Operator.PLUS, A, B), a=a, b=b) == a + b
    assert worked(Operation(Operator.MINUS, A, B), a=a, b=b) == a - b
    assert worked(Operation(Operator.TIMES, A, B), a=a, b=b) == a * b
    assert worked(call(Function.MEAN, A, B), a=a, b=b) == (a + b) / 2
    assert worked(call(Function.MAX, A, Negated(A)), a=a) == worked(call(Function.ABS, A), a=a) == abs(a)


@pytest.mark.parametrize("divisor", [B, Operation(Operator.MINUS, A, A), call(Function.MIN, B, A)])
def test_dividing_by_zero_is_an_answer_that_cannot_be_scored(divisor):
    with pytest.raises(BadAnswer) as found:
        worked(Operation(Operator.DIVIDED_BY, A, divisor), a=7, b=0)
    assert found.value.code == "answer.division_by_zero"


def product(factors: int, operator: Operator = Operator.TIMES) -> Formula:
    formula: Formula = A
    for _ in range(factors - 1):
        formula = Operation(operator, formula, A)
    return formula


@pytest.mark.parametrize("formula", [product(100), product(100, Operator.DIVIDED_BY), call(Function.ABS, product(100))])
def test_numbers_stop_growing_where_nobody_measures_any_more(formula):
    with pytest.raises(BadAnswer) as found:
        worked(formula, a=10**15 - 1)
    assert (found.value.code, found.value.values) == ("answer.number_too_large", {"digits": MOST_DIGITS})


def test_the_largest_number_that_is_worked_out_has_four_hundred_digits():
    largest = Fraction(10**MOST_DIGITS - 1)
    assert worked(A, a=largest) == largest
    assert worked(A, a=1 / largest) == 1 / largest
    for beyond in (largest + 1, -largest - 1, 1 / (largest + 1)):
        with pytest.raises(BadAnswer):
            worked(A, a=beyond)


def test_a_sum_of_many_numbers_without_common_divisor_ends():
    primes = [number for number in range(2, 2000) if all(number % below for below in range(2, math.isqrt(number) + 1))]
    values = {f"p{prime}": Fraction(1, prime) for prime in primes}
    with pytest.raises(BadAnswer) as found:
        work_out(Call(Function.MEAN, tuple(Name(key) for key in values)), values, NUMBERS)
    assert found.value.code == "answer.number_too_large"
