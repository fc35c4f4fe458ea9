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
    if value.denominator == 1:
        return str(value.numerator)
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def printed(value: Fraction | Decimal | int) -> str:
    """Write a number for people: at most two decimals, the rest cut off, no trailing zeros."""
    number = value if isinstance(value, Fraction) else Fraction(value)
    scale = 10**PRINTED_PLACES
    whole, rest = divmod(abs(number.numerator) * scale // number.denominator, scale)
    sign = "-" if number < 0 and (whole or rest) else ""
    return f"{sign}{whole}.{rest:0{PRINTED_PLACES}d}".rstrip("0") if rest else f"{sign}{whole}"


def plain(value: Decimal) -> str:
    """Write a decimal without exponent and without trailing zeros."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def with_unit(number: str, unit: str) -> str:
    """Put a number and its unit together: 84%, but 3 处."""
    if not unit or unit in ("%", "‰"):
        return f"{number}{unit}"
    return f"{number} {unit}"
