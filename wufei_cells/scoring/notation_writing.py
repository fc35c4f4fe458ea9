"""Write the value of an answer in one line, as an assessor would type it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.rules import (
    Best,
    Calculated,
    Change,
    Level,
    Levels,
    Measure,
    Measured,
    Part,
    Rule,
    Share,
    Sum,
    Ticks,
    YesNo,
)
from wufei_cells.domain.text import Language
from wufei_cells.scoring.notation_text import (
    NO_WORD,
    QUOTES,
    RESERVED,
    YES_WORD,
    narrow,
    number_text,
    quoted,
)

SEPARATOR = "; "


def written(rule: Rule, value: JsonValue, language: Language, *, inside: bool = False) -> str:
    """Write a value. ``inside`` another one, reasons are put into quotes where they could be mistaken.

    What does not fit the rule is written as it is, so that a person can see and mend it.
    """
    if value is None:
        return ""
    match rule:
        case YesNo():
            return _yes_no(value, language)
        case Levels():
            return _level(rule.levels, value, inside=inside)
        case Measured():
            return _measure(rule.measure, value)
        case Sum() | Best():
            return _parts(rule.parts, value, language)


def _yes_no(value: JsonValue, language: Language) -> str:
    if value in (True, "yes"):
        return YES_WORD[language]
    return NO_WORD[language] if value in (False, "no") else _as_it_is(value)


def is_compound(rule: Rule) -> bool:
    """Whether answers to a rule are written with signs between parts, so that they need brackets inside another."""
    return isinstance(rule, Sum | Best) or (isinstance(rule, Measured) and isinstance(rule.measure, Calculated))


# --- questions


def _level(levels: tuple[Level, ...], value: JsonValue, *, inside: bool) -> str:
    given = value if isinstance(value, dict) else {"level": value}
    keys = [level.key for level in levels]
    key = given.get("level")
    if not isinstance(key, str) or key not in keys:
        return _as_it_is(value)
    position = str(keys.index(key) + 1)
    points, reason = given.get("points"), str(given.get("reason") or "").strip()
    number = "" if points is None else number_text(points)
    if not number and not reason:
        return position
    told = _reason(reason, inside=inside, behind_number=bool(number))
    return f"{position}:{number} {told}".rstrip()


def _reason(reason: str, *, inside: bool, behind_number: bool) -> str:
    like_number = not behind_number and narrow(reason)[:1] in tuple("+-0123456789")
    mistakable = inside and not RESERVED.isdisjoint(reason)
    return quoted(reason) if reason[:1] in tuple(QUOTES) or like_number or mistakable else reason


# --- measures


def _measure(measure: Measure, value: JsonValue) -> str:
    match measure:
        case Share():
            return _pair(value, "part", "/", "whole")
        case Change():
            return _pair(value, "before", "→", "after")
        case Ticks():
            return _ticks(measure, value)
        case Calculated():
            keys = [entry.key for entry in measure.inputs]
            if not isinstance(value, dict):
                return _as_it_is(value)
            return _listed([_number(value.get(key)) for key in keys])
        case _:
            return _number(value)


def _number(value: JsonValue) -> str:
    return number_text("" if value is None else value) if not isinstance(value, list | dict) else _as_it_is(value)


def _pair(value: JsonValue, first: str, sign: str, second: str) -> str:
    if not isinstance(value, dict):
        return _as_it_is(value)
    pair = _number(value.get(first)), _number(value.get(second))
    return sign.join(pair) if any(pair) else ""


def _ticks(measure: Ticks, value: JsonValue) -> str:
    known = [option.key for option in measure.options]
    if not isinstance(value, list):
        return _as_it_is(value)
    places = sorted({known.index(key) + 1 for key in value if isinstance(key, str) and key in known})
    strange = [_as_it_is(key) for key in value if key not in known]
    return " ".join([*map(str, places), *strange]) or "0"


# --- combinations


def _parts(parts: tuple[Part, ...], value: JsonValue, language: Language) -> str:
    if not isinstance(value, dict):
        return _as_it_is(value)
    pieces: list[str] = []
    for part in parts:
        piece = written(part.rule, value.get(part.key), language, inside=True)
        pieces.append(f"({piece})" if piece and is_compound(part.rule) else piece)
    return _listed(pieces)


def _listed(pieces: Sequence[str]) -> str:
    """Write parts by their order: a place stays empty where nothing is given, except behind the last one that is."""
    last = max((place for place, piece in enumerate(pieces) if piece), default=-1)
    return SEPARATOR.join(pieces[: last + 1])


def _as_it_is(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
