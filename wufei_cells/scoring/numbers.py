"""Exact numbers: reading them from answers, and looking up the parameters of a checklist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from wufei_cells.domain.checklists import Parameter
from wufei_cells.domain.rules import ParameterRef, Quantity

WHOLE_DIGITS, DECIMALS = 15, 9
"""How many digits a number may have before and after its point."""
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{WHOLE_DIGITS}}}(\.[0-9]{{1,{DECIMALS}}})?")
_ANY_LENGTH = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")


def read_number(value: object) -> Fraction | None:
    """Read a number as a person writes it (full-width digits and thousands separators too); ``None`` if it is none.

    Floating-point values are not taken: 0.1 is not a tenth in binary, and points must be exact.
    """
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = _usual(value)
    if re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
        text = text.replace(",", "")
    return Fraction(text) if _NUMBER.fullmatch(text) else None


def unread_number(value: object) -> tuple[str, dict[str, int]]:
    """Say why something was not read as a number: the code of the problem, and the limits it names."""
    if isinstance(value, bool) or not isinstance(value, int | str) or not _ANY_LENGTH.fullmatch(_usual(value)):
        return "answer.not_number", {}
    return "answer.too_many_digits", {"whole": WHOLE_DIGITS, "decimals": DECIMALS}


def _usual(value: object) -> str:
    return unicodedata.normalize("NFKC", str(value)).strip().replace("−", "-")


class Numbers:
    """Gives the exact value of the quantities in one edition, on a day.

    Without a day, parameters have the value they start with.
    """

    def __init__(self, parameters: Iterable[Parameter], on: date | None = None) -> None:
        self._parameters = {entry.key: Fraction(entry.value_on(on)) for entry in parameters}

    def value(self, quantity: Quantity) -> Fraction:
        """Give the value of a number or of the parameter it names."""
        if isinstance(quantity, ParameterRef):
            return self._parameters[quantity.name]
        return _exact(quantity)


@lru_cache(maxsize=4096)
def _exact(number: Decimal) -> Fraction:
    """Turn a written number into a fraction; a checklist asks for the same few again and again."""
    return Fraction(number)
