"""The single fields that make up an answer: one for each cell of a form, whatever the rule.

A share has two (part and whole), a level with a range three (level, points, reason), a sum those of all its parts. What
stands in a field is text; ``split`` takes a value apart and ``joined`` puts one together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.rules import (
    Amount,
    Best,
    Calculated,
    Change,
    Count,
    Level,
    Levels,
    Measure,
    Measured,
    Rule,
    Share,
    Sum,
    Ticks,
    YesNo,
)
from wufei_cells.domain.text import Text

NOTHING = Text("")


class FieldKind(StrEnum):
    """What a field takes."""

    YES_NO = "yes_no"
    LEVEL = "level"
    """One of several levels, by key."""
    POINTS = "points"
    """Points within the range of the chosen level."""
    REASON = "reason"
    """Why the points within the range are what they are."""
    COUNT = "count"
    NUMBER = "number"
    TICK = "tick"
    """Yes or no to one thing of a list; empty counts as no once another of the list is filled in."""


@dataclass(frozen=True, slots=True)
class AnswerField:
    """One field.

    Attributes:
        parts: keys of the parts of the rule that lead to it.
        name: which of several fields of that part it is; empty where there is only one.
        kind: what it takes.
        texts: what it asks for, from the outermost part inwards; empty where the item says it all.
        unit: of a number.
        levels: those to choose from.
    """

    parts: tuple[str, ...]
    name: str
    kind: FieldKind
    texts: tuple[Text, ...] = ()
    unit: Text = NOTHING
    levels: tuple[Level, ...] = ()

    @property
    def path(self) -> str:
        """A name for the field within its item: ``training/part``."""
        return "/".join([".".join(self.parts), *([self.name] if self.name else [])])


Given = Mapping[str, str]
"""What stands in the fields, by path; a field that is not there is empty."""


def fields_of(entry: Gate | Item) -> tuple[AnswerField, ...]:
    """Give the fields of a gate or an item, in the order in which they are filled in."""
    if isinstance(entry, Gate):
        return (AnswerField((), "", FieldKind.YES_NO),)
    return tuple(_fields(entry.rule, (), ()))


def _fields(rule: Rule, parts: tuple[str, ...], texts: tuple[Text, ...]) -> Iterator[AnswerField]:
    match rule:
        case YesNo():
            yield AnswerField(parts, "", FieldKind.YES_NO, texts)
        case Levels():
            ranged = any(level.lowest is not None for level in rule.levels)
            yield AnswerField(parts, "", FieldKind.LEVEL, texts, levels=rule.levels)
            if ranged:
                yield AnswerField(parts, "points", FieldKind.POINTS, texts)
                yield AnswerField(parts, "reason", FieldKind.REASON, texts)
        case Measured():
            yield from _measured(rule.measure, parts, texts)
        case Sum() | Best():
            for part in rule.parts:
                yield from _fields(part.rule, (*parts, part.key), (*texts, part.text))


def _measured(measure: Measure, parts: tuple[str, ...], texts: tuple[Text, ...]) -> Iterator[AnswerField]:
    number = FieldKind.NUMBER
    match measure:
        case Count():
            yield AnswerField(parts, "", FieldKind.COUNT, (*texts, measure.text), measure.unit)
        case Amount():
            yield AnswerField(parts, "", number, (*texts, measure.text), measure.unit)
        case Share():
            yield AnswerField(parts, "part", number, (*texts, measure.part), measure.unit)
            yield AnswerField(parts, "whole", number, (*texts, measure.whole), measure.unit)
        case Change():
            yield AnswerField(parts, "before", number, (*texts, measure.before), measure.unit)
            yield AnswerField(parts, "after", number, (*texts, measure.after), measure.unit)
        case Ticks():
            for option in measure.options:
                yield AnswerField(parts, option.key, FieldKind.TICK, (*texts, option.text))
        case Calculated():
            for entry in measure.inputs:
                yield AnswerField(parts, entry.key, number, (*texts, entry.text), entry.unit)


# --- from values to fields and back


def split(entry: Gate | Item, value: JsonValue) -> dict[str, str]:
    """Take the value of an answer apart; empty fields are left out. What fits no field is not told."""
    if isinstance(entry, Gate):
        return _yes_no("", value)
    return _split(entry.rule, "", value)


def _split(rule: Rule, at: str, value: JsonValue) -> dict[str, str]:
    if value is None:
        return {}
    match rule:
        case YesNo():
            return _yes_no(at, value)
        case Levels():
            given = value if isinstance(value, dict) else {"level": value}
            ranged = any(level.lowest is not None for level in rule.levels)
            found = {at: given.get("level"), **({f"{at}/{name}": given.get(name) for name in _RANGE} if ranged else {})}
            return _texts(found)
        case Measured():
            return _split_measure(rule.measure, at, value)
        case Sum() | Best():
            parts = value if isinstance(value, dict) else {}
            inner = [
                _split(part.rule, f"{at}.{part.key}" if at else part.key, parts.get(part.key)) for part in rule.parts
            ]
            return {path: text for found in inner for path, text in found.items()}


_RANGE = ("points", "reason")


def _split_measure(measure: Measure, at: str, value: JsonValue) -> dict[str, str]:
    if isinstance(measure, Ticks):
        ticked = value if isinstance(value, list) else []
        return {f"{at}/{option.key}": "yes" if option.key in ticked else "no" for option in measure.options}
    if isinstance(value, dict):
        return _texts({f"{at}/{name}": number for name, number in value.items()})
    return _texts({at: value})


def _yes_no(at: str, value: JsonValue) -> dict[str, str]:
    if isinstance(value, bool):
        return {at: "yes" if value else "no"}
    return _texts({at: value})


def _texts(found: Mapping[str, JsonValue]) -> dict[str, str]:
    return {path: str(value) for path, value in found.items() if value not in (None, "")}


def joined(entry: Gate | Item, given: Given) -> JsonValue:
    """Put a value together from its fields; ``None`` where all are empty. Whether it fits is not asked here."""
    if isinstance(entry, Gate):
        return given.get("") or None
    return _joined(entry.rule, "", given)


def _joined(rule: Rule, at: str, given: Given) -> JsonValue:
    match rule:
        case YesNo():
            return given.get(at) or None
        case Levels():
            range_of = {name: given[f"{at}/{name}"] for name in _RANGE if given.get(f"{at}/{name}")}
            level = given.get(at, "")
            return {"level": level, **range_of} if range_of else level or None
        case Measured():
            return _joined_measure(rule.measure, at, given)
        case Sum() | Best():
            parts = {part.key: _joined(part.rule, f"{at}.{part.key}" if at else part.key, given) for part in rule.parts}
            return {key: value for key, value in parts.items() if value is not None} or None


def _joined_measure(measure: Measure, at: str, given: Given) -> JsonValue:
    match measure:
        case Count() | Amount():
            return given.get(at) or None
        case Ticks():
            keys = [option.key for option in measure.options]
            if not any(given.get(f"{at}/{key}") for key in keys):
                return None
            return [key for key in keys if given.get(f"{at}/{key}") == "yes"]
        case Share():
            names = ["part", "whole"]
        case Change():
            names = ["before", "after"]
        case Calculated():
            names = [entry.key for entry in measure.inputs]
    return {name: given[f"{at}/{name}"] for name in names if given.get(f"{at}/{name}")} or None
