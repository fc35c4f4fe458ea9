"""Formulas are read as written, in one way only; whatever else stands there is refused with its position."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.checklists.formula_reading import (
    DEEPEST,
    LONGEST,
    FormulaError,
    formula_text,
    read_formula,
)
from wufei_cells.domain.formula_names import circle_in, names_in, order_of, parameters_in
from wufei_cells.domain.formulas import Call, Constant, Formula, Function, Name, Negated, Operation, Operator
from wufei_cells.domain.rules import ParameterRef

KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,8}", fullmatch=True)
NUMBERS = st.decimals("0", "999999999999", places=6) | st.integers(0, 999999999999).map(Decimal)
SINGLE = st.builds(Constant, NUMBERS) | st.builds(Name, KEYS) | st.builds(ParameterRef, KEYS)


def larger(inside: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    several = st.lists(inside, min_size=1, max_size=3).map(tuple)
    return (
        st.builds(Operation, st.sampled_from(Operator), inside, inside)
        | st.builds(Negated, inside)
        | st.builds(Call, st.sampled_from([Function.MIN, Function.MAX, Function.MEAN]), several)
        | st.builds(Call, st.just(Function.ABS), st.tuples(inside))
    )


FORMULAS = st.recursive(SINGLE, larger, max_leaves=12)


@given(FORMULAS)
def test_a_formula_reads_back_from_its_own_text(formula):
    assert read_formula(formula_text(formula)) == formula


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("used/made*100", "used / made * 100"),
        ("  ((used)) / (made * 100)", "used / (made * 100)"),
        ("(out_now - out_before) / out_before * 100", "(out_now - out_before) / out_before * 100"),
        ("a-b-c", "a - b - c"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a*b)/c", "a * b / c"),
        ("a*(b/c)", "a * (b / c)"),
        ("-a*b", "-a * b"),
        ("-(a*b)", "-(a * b)"),
        ("a--b", "a - -b"),
        ("1.50 + 0", "1.5 + 0"),
        ("min(a,b , $cap)", "min(a, b, $cap)"),
        ("min + max", "min + max"),
        ("（a＋b）×１００÷ｍａｘ（ｃ，＄d）−１", "(a + b) * 100 / max(c, $d) - 1"),
        ("a　/\n\tb", "a / b"),
    ],
)
def test_what_is_read_and_how_it_is_written_again(written, canonical):
    assert formula_text(read_formula(written)) == canonical


@pytest.mark.parametrize(
    ("written", "code", "position"),
    [
        ("", "formula.unfinished", 1),
        ("  ", "formula.unfinished", 3),
        ("a +", "formula.unfinished", 4),
        ("(a + b", "formula.unfinished", 7),
        ("a + * b", "formula.syntax", 5),
        ("+a", "formula.syntax", 1),
        ("a b", "formula.syntax", 3),
        ("a)", "formula.syntax", 2),
        ("2(a)", "formula.syntax", 2),
        ("1,000", "formula.syntax", 2),
        ("min()", "formula.syntax", 5),
        ("a ** b", "formula.syntax", 4),
        ("a ^ b", "formula.syntax", 3),
        ("a > b", "formula.syntax", 3),
        ("a.b", "formula.syntax", 2),
        ("5²", "formula.syntax", 2),
        ("_a", "formula.syntax", 1),
        ("$", "formula.syntax", 1),
        ("$1", "formula.syntax", 1),
        ("a\0", "formula.syntax", 2),
        ("人数 / 2", "formula.syntax", 1),
        ("٣", "formula.syntax", 1),
        ("__import__('os')", "formula.syntax", 1),
        ("1.", "formula.number", 1),
        (".5", "formula.number", 1),
        ("a + 1e5", "formula.number", 5),
        ("0x10", "formula.number", 1),
        ("1.2.3", "formula.number", 1),
        ("min(1,000)", "formula.number", 7),
        ("1234567890123", "formula.number", 1),
        ("1.1234567", "formula.number", 1),
        ("a + eval(b)", "formula.unknown_function", 5),
        ("a(b + c)", "formula.unknown_function", 1),
        ("1 + abs(a, b)", "formula.one_number", 5),
    ],
)
def test_what_cannot_be_read_and_where_that_shows(written, code, position):
    with pytest.raises(FormulaError) as found:
        read_formula(written)
    assert (found.value.code, found.value.position, found.value.values["position"]) == (code, position, position)


def test_a_minus_is_never_part_of_a_key():
    assert formula_text(read_formula("out-now")) == "out - now"


@given(st.text() | st.text("ab1.$()+-*/, ,（）×min", max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text):
    try:
        formula, refused_at = read_formula(text), 1
    except FormulaError as error:
        formula, refused_at = None, error.position
    assert 1 <= refused_at <= max(len(text) + 1, LONGEST)
    assert formula is None or read_formula(formula_text(formula)) == formula


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("(" * DEEPEST + "a" + ")" * DEEPEST, None),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "formula.too_deep"),
        ("-" * (DEEPEST + 1) + "a", "formula.too_deep"),
        ("min(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "formula.too_deep"),
        ("(" * 400, "formula.too_deep"),
        ("+".join(["(a)"] * 100), None),
        ("+".join("a" * 101), "formula.too_many"),
        ("a " + " " * 3000, None),
        ("a" * LONGEST, None),
        ("a" * (LONGEST + 1), "formula.too_long"),
        ("(" * 1_000_000, "formula.too_long"),
        (" " * 1_000_000, "formula.too_long"),
    ],
)
def test_formulas_end_where_nobody_could_check_them_any_more(written, code):
    if code is None:
        assert read_formula(written) is not None
        return
    with pytest.raises(FormulaError) as found:
        read_formula(written)
    assert found.value.code == code


def test_the_longest_formula_can_still_be_read_from_its_canonical_text():
    name = "k" * 4
    longest = read_formula("+".join([name] * 100))
    assert len(formula_text(longest)) > LONGEST
    assert read_formula(formula_text(longest)) == longest


def test_the_keys_and_parameters_of_a_formula_each_once_in_order():
    formula = read_formula("max(b, -a) / ($floor + b) * mean(c, $cap, $floor)")
    assert list(names_in(formula)) == ["b", "a", "c"]
    assert list(parameters_in(formula)) == ["floor", "cap"]


def formulas(**written: str) -> dict[str, Formula]:
    return {key: read_formula(text) for key, text in written.items()}


def test_numbers_are_worked_out_after_those_they_rest_on():
    derived = formulas(total="rate * people", rate="used / made", twice="total + total")
    assert order_of(derived) == ["rate", "total", "twice"]
    assert circle_in(derived) == ()


@pytest.mark.parametrize(
    ("derived", "ordered", "circle"),
    [
        (formulas(a="a + 1"), [], ("a",)),
        (formulas(free="x", a="b", b="c", c="a + free"), ["free"], ("a", "b", "c")),
        (formulas(rests="b * 2", b="c", c="b"), [], ("b", "c")),
        ({}, [], ()),
    ],
)
def test_a_circle_is_named_and_has_no_order(derived, ordered, circle):
    assert order_of(derived) == ordered
    assert circle_in(derived) == circle


@given(st.dictionaries(st.sampled_from("abcdefg"), st.sets(st.sampled_from("abcdefgxyz"), min_size=1), max_size=7))
def test_either_everything_has_an_order_or_there_is_a_circle(needs):
    derived = formulas(**{key: "+".join(sorted(names)) for key, names in needs.items()})
    order, circle = order_of(derived), circle_in(derived)
    for place, key in enumerate(order):
        assert needs[key] & set(derived) <= set(order[:place])
    assert (len(order) == len(derived)) == (not circle)
    for key, following in zip(circle, circle[1:] + circle[:1], strict=True):
        assert following in needs[key]
