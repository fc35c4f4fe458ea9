"""Say what a row of a list would do, in words for people: field by field, the old value and the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.site_lists import FACT, Fate, FieldChange, ListNames, Outcome
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.wording import Wording


def fate_word(fate: Fate, wording: Wording) -> str:
    """Say what becomes of a row in a word."""
    return wording.say(f"site_list.fate_{fate.value}")


def field_word(field: str, names: ListNames, wording: Wording) -> str:
    """Say what a field is called."""
    if field.startswith(FACT):
        key = field.removeprefix(FACT)
        return _text(names.facts.get(key, Text(key)), wording)
    return wording.say(f"site_list.field_{field}")


def value_word(field: str, value: str, names: ListNames, wording: Wording) -> str:
    """Say what a field holds."""
    if not value:
        return wording.say("site_list.value_empty")
    if field == "category":
        return _text(names.categories.get(value, Text(value)), wording)
    if field == "district":
        return _text(names.districts.get(value, Text(value)), wording)
    if field.startswith(FACT):
        option = names.options.get((field.removeprefix(FACT), value))
        plain = {"yes": "site_list.value_yes", "no": "site_list.value_no"}.get(value)
        return _text(option, wording) if option else wording.say(plain) if plain else value
    return value


def change_lines(outcome: Outcome, names: ListNames, wording: Wording) -> list[str]:
    """Say field by field what would be written: for a new site the values, for a known one old and new."""
    shown = [change for change in outcome.changes if outcome.site is not None or change.field != "name"]
    return [_line(change, names, wording, new=outcome.site is None) for change in shown]


def _line(change: FieldChange, names: ListNames, wording: Wording, *, new: bool) -> str:
    values = {
        "field": field_word(change.field, names, wording),
        "old": value_word(change.field, change.old, names, wording),
        "new": value_word(change.field, change.new, names, wording),
    }
    return wording.say("site_list.line_new" if new else "site_list.line_changed", **values)


def _text(text: Text, wording: Wording) -> str:
    return text.in_language("en" if wording.language == "en" else "zh")
