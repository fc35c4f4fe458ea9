"""How a refusal names what it speaks of: an entry by its printed number, a fact by its own words; never by a key."""

from __future__ import annotations

from wufei_cells.domain.checklists import Checklist, Item
from wufei_cells.domain.rules import Best, Part, Rule, Sum
from wufei_cells.domain.text import Text

_FACTS = ("facts.", "fact.")


def named(checklist: Checklist, place: str) -> Text | str:
    """Name a place in an assessment.

    Args:
        checklist: its edition.
        place: ``A1``, ``A1.staff`` (a part of it) or ``facts.canteen``, also as the cells of the record have them.
    """
    for prefix in _FACTS:
        if place.startswith(prefix):
            key = place.removeprefix(prefix)
            return next((fact.text for fact in checklist.facts if fact.key == key), place)
    place = place.removeprefix("answer.")
    entry = checklist.entry(place)
    if entry is not None:
        return entry.number or entry.text
    item = next((item for item in checklist.items() if place.startswith(f"{item.key}.")), None)
    return place if item is None else _part_named(item, place.removeprefix(f"{item.key}.").split("."))


def _part_named(item: Item, path: list[str]) -> Text:
    texts: list[Text] = []
    rule: Rule | None = item.rule
    for key in path:
        part = _part(rule, key)
        rule = part.rule if part else None
        texts.append(part.text if part else Text(key))
    number = item.number or item.text.zh
    return Text(
        " ".join([number, *(text.zh for text in texts)]), " ".join([number, *(text.en or text.zh for text in texts)])
    )


def _part(rule: Rule | None, key: str) -> Part | None:
    parts = rule.parts if isinstance(rule, Sum | Best) else ()
    return next((part for part in parts if part.key == key), None)
