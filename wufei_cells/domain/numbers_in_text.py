"""Put the numbers of an edition into its texts: where one says ``$pass_mark``, a reader sees the value in force.

The text of an item stays the same in every city and every year; only what is shown of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import plain, with_unit
from wufei_cells.domain.text import Language, Text

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist, Parameter

TextIn = Callable[[Text], str]


def with_numbers(text: Text, checklist: Checklist, on: date | None = None) -> Text:
    """Give a text with the values of the parameters it names, each with its unit.

    Names that the edition does not know stay as they are; a unit that the text itself goes on with is not doubled.

    Args:
        text: words of the edition.
        checklist: the edition.
        on: the day whose values hold.
    """
    if "$" not in text.zh and "$" not in text.en:
        return text
    known = {entry.key: entry for entry in checklist.parameters}
    return Text(_filled(text.zh, known, on, "zh"), _filled(text.en, known, on, "en"))


def texts_in(language: Language, checklist: Checklist, on: date | None = None) -> TextIn:
    """Give a reader of one edition's texts in a language, with its numbers put in."""
    return lambda text: with_numbers(text, checklist, on).in_language(language)


def _filled(text: str, known: dict[str, Parameter], on: date | None, language: Language) -> str:
    names = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    if not names or "$" not in text:
        return text

    def value(found: re.Match[str]) -> str:
        parameter = known[found[1]]
        number, unit = plain(parameter.value_on(on)), parameter.unit.in_language(language)
        follows = text[found.end() :].lstrip().replace("％", "%")
        return number if unit and follows.startswith(unit) else with_unit(number, unit)

    return re.sub(rf"\$({names})(?![A-Za-z0-9_])", value, text)
