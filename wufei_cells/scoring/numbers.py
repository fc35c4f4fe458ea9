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

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,9})?")


def read_number(value: object) -> Fraction | None:
    """Read a number as a person writes it (full-width digits and thousands separators too); ``None`` if it is none.

    Floating-point values are not taken: 0.1 is not a tenth in binary, and points must be exact.
    """
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("−", "-")
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    return Fraction(text) if _NUMBER.fullmatch(text) else None


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
