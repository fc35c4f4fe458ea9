"""Exact numbers and how they are printed.

Points are fractions inside the program. A printed number is cut, never rounded up, so that 79.996 can
never be read as a mark of 80 that was not reached.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

PRINTED_PLACES = 2


def exact(value: Fraction) -> str:
    """Write a number without loss: as decimal when it ends, else as a fraction such as ``603/7``."""
    denominator = value.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    return plain(Decimal(value.numerator) / Decimal(value.denominator)) if _fits(value) else str(value)


def printed(value: Fraction | Decimal | int) -> str:
    """Write a number for people: at most two decimals, the rest cut off, no trailing zeros."""
    scale = 10**PRINTED_PLACES
    number = Fraction(value)
    cut = int(number * scale)
    return plain(Decimal(cut) / scale)


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _fits(value: Fraction) -> bool:
    """Whether the decimal form is short enough for Decimal's default 28 digits."""
    return len(str(abs(value.numerator))) + len(str(value.denominator)) <= 27
