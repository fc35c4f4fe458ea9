"""The check digit of the unified social credit code, as GB 32100-2015 computes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.services.registering import valid_credit_code

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z


def test_a_code_worked_out_by_hand():
    #         9  1  3  5  0  1  0  0  M  0  0  0  1  0  0  Y  4      M stands for 21, Y for 30
    # weight  1  3  9 27 19 26 16 17 20 29 25 13  8 24 10 30 28
    summed = 9 + 3 + 27 + 135 + 0 + 26 + 0 + 0 + 420 + 0 + 0 + 0 + 8 + 0 + 0 + 900 + 112
    assert summed == 1640
    assert summed % 31 == 28  # 31 - 28 = 3, the last character
    assert valid_credit_code("91350100M000100Y43")


@pytest.mark.parametrize(
    "code",
    ["91110108551385082Q", "914403001922038216", "91110000802100433B", "91330100799655058B", "91440300708461136T"],
)
def test_codes_that_were_really_issued(code):
    assert valid_credit_code(code)


@pytest.mark.parametrize(
    "code",
    [
        *("", "9", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43", "91350100M000100Y4 "),
        *("91350100I000100Y43", "91350100M000100Y4３", "９1350100M000100Y43", "91350100M000100Y43\n"),
    ],
)
def test_anything_else_is_no_code(code):
    assert not valid_credit_code(code)


@st.composite
def codes(draw) -> str:
    return _with_digit(draw(st.text(LETTERS, min_size=17, max_size=17)))


def _with_digit(start: str) -> str:
    """Find the check digit by trying: exactly one of the 31 characters fits."""
    [fitting] = [start + letter for letter in LETTERS if valid_credit_code(start + letter)]
    return fitting


@given(code=codes(), place=st.integers(0, 17), other=st.sampled_from(LETTERS))
def test_one_wrong_character_is_always_noticed(code, place, other):
    assert valid_credit_code(code)
    changed = code[:place] + other + code[place + 1 :]
    assert valid_credit_code(changed) == (changed == code)


@given(code=codes(), place=st.integers(0, 15))
def test_two_neighbors_in_the_wrong_order_are_always_noticed(code, place):
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert valid_credit_code(changed) == (changed == code)
