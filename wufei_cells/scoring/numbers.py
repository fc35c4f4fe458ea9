"""Exact numbers: reading them from answers, and looking up the parameters of a checklist."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

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
        self._parameters = {entry.key: _value_on(entry, on) for entry in parameters}

    def value(self, quantity: Quantity) -> Fraction:
        """Give the value of a number or of the parameter it names."""
        if isinstance(quantity, ParameterRef):
            return self._parameters[quantity.name]
        return Fraction(quantity)


def _value_on(parameter: Parameter, on: date | None) -> Fraction:
    value = parameter.value
    for phase in parameter.phases:
        if on is not None and phase.start <= on:
            value = phase.value
    return Fraction(value)
