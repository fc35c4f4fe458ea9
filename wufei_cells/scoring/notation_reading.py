"""Read the value of an answer from one line, as an assessor types it. All problems of a line are found at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wufei_cells.domain.answers import JsonValue
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
from wufei_cells.errors import Problem
from wufei_cells.scoring.notation_text import (
    EQUALS,
    NO,
    NOTHING,
    PARTS,
    YES,
    find_name,
    folded,
    narrow,
    number_text,
    places_of,
    split,
    unquoted,
    without_brackets,
    without_unit,
)
from wufei_cells.scoring.notation_writing import is_compound
from wufei_cells.scoring.numbers import read_number, unread_number

_POSITION = re.compile(r"[0-9]{1,3}")
_POINTS = re.compile(r"\s*([+-]?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:分(?=[\s,，、;:]|$))?[,，、]?")
_SHARE = re.compile(r"[/÷∕⁄]|\bof\b", re.IGNORECASE)
_CHANGE = re.compile(r"→|[-=]?>|至|到|\bto\b", re.IGNORECASE)
_COMMAS = re.compile(r"[，、]|,\s")
_LISTED = re.compile(r"[,，、;；]")
LONGEST = 40
"""Characters of what was found that a problem repeats."""


class NotationReader:
    """Reads one line; collects what is wrong with it in ``problems``."""

    def __init__(self, item: str) -> None:
        self._item = item
        self.problems: list[Problem] = []

    def read(self, rule: Rule, text: str, path: str = "") -> JsonValue:
        """Read the value of a rule; ``None`` for an empty text. ``path`` names the part it belongs to."""
        text = text.strip()
        if not text:
            return None
        match rule:
            case YesNo():
                return self._yes_no(text, path)
            case Levels():
                return self._level(rule.levels, text, path)
            case Measured():
                return self._measure(rule.measure, text, path)
            case Sum() | Best():
                names = [(part.key, part.text) for part in rule.parts]
                rules = {part.key: part.rule for part in rule.parts}
                pieces = self._named(split(text, PARTS), names, path)
                return self._parts(rules, pieces, path)

    # --- questions

    def _yes_no(self, text: str, path: str) -> JsonValue:
        word = folded(text)
        if word in YES or word in NO:
            return "yes" if word in YES else "no"
        return self._wrong("notation.yes_no", text, path)

    def _level(self, levels: tuple[Level, ...], text: str, path: str) -> JsonValue:
        level, tail = _level_named(levels, text)
        if level is None:
            return self._wrong("notation.level", text, path, count=len(levels))
        points, reason = _points_and_reason(tail)
        if level.lowest is not None:
            return {"level": level.key, "points": points, "reason": reason}
        if not points and not reason:
            return level.key
        given: dict[str, JsonValue] = {"level": level.key}
        return given | ({"points": points} if points else {}) | ({"reason": reason} if reason else {})

    # --- measures

    def _measure(self, measure: Measure, text: str, path: str) -> JsonValue:
        match measure:
            case Count() | Amount():
                return self._number(text, measure.unit, path)
            case Share():
                return self._pair(text, _SHARE, ("part", "whole"), measure.unit, path)
            case Change():
                return self._pair(text, _CHANGE, ("before", "after"), measure.unit, path)
            case Ticks():
                return self._ticks(measure, text, path)
            case Calculated():
                return self._inputs(measure, text, path)

    def _number(self, text: str, unit: Text, path: str, field: str = "") -> JsonValue:
        number = number_text(text)
        if read_number(number) is None:
            number = number_text(without_unit(text, unit))
        if read_number(number) is None:
            code, limits = unread_number(number)
            return self._wrong(code, text, path, field=field, **limits)
        return number

    def _pair(self, text: str, sign: re.Pattern[str], names: tuple[str, str], unit: Text, path: str) -> JsonValue:
        between = sign.search(narrow(text))
        if between is None:
            return self._wrong("notation.share" if names[0] == "part" else "notation.change", text, path)
        sides = text[: between.start()].strip(), text[between.end() :].strip()
        given: dict[str, JsonValue] = {}
        for name, side in zip(names, sides, strict=True):
            if side:
                given[name] = self._number(side, unit, path, name)
        return given or None

    def _ticks(self, measure: Ticks, text: str, path: str) -> JsonValue:
        options = [(option.key, option.text) for option in measure.options]
        if folded(text) in NOTHING and find_name(text, options) is None:
            return []
        ticked = _ticked(text, options)
        if ticked is None:
            return self._wrong("notation.ticks", text, path, count=len(options))
        return [key for key, _text in options if key in ticked]

    def _inputs(self, measure: Calculated, text: str, path: str) -> JsonValue:
        names = [(entry.key, entry.text) for entry in measure.inputs]
        pieces = split(text, PARTS)
        if len(pieces) == 1 and len(names) > 1:
            pieces = [piece.strip() for piece in _COMMAS.split(text)]
        units = {entry.key: entry.unit for entry in measure.inputs}
        named = self._named(pieces, names, path)
        return {key: self._number(piece, units[key], path, key) for key, piece in named.items()} or None

    # --- combinations

    def _parts(self, rules: dict[str, Rule], pieces: dict[str, str], path: str) -> JsonValue:
        values: dict[str, JsonValue] = {}
        for key, piece in pieces.items():
            inner = rules[key]
            text = without_brackets(piece) if is_compound(inner) else piece
            value = self.read(inner, text, f"{path}.{key}" if path else key)
            if value is not None:
                values[key] = value
        return values or None

    def _named(self, pieces: list[str], names: Sequence[tuple[str, Text]], path: str) -> dict[str, str]:
        """Give each piece to the part it names, or to the one in its place; empty pieces say nothing."""
        keys = [key for key, _text in names]
        if not pieces[-1]:
            pieces = pieces[:-1]  # a sign after the last part
        found: dict[str, str] = {}
        for place, piece in enumerate(pieces):
            key, value = _name_of(piece, names)
            if key is None and place < len(keys):
                key = keys[place]
            if key is None:
                if piece:
                    self._wrong("notation.too_many", piece, path, count=len(pieces), most=len(keys))
            elif key not in keys:
                self._wrong("answer.unknown_part", key, path, allowed=", ".join(keys))
            elif key in found:
                self._wrong("notation.twice", piece, path, part=key)
            elif value:
                found[key] = value
        return {key: found[key] for key in keys if key in found}

    def _wrong(self, code: str, found: str, path: str, **values: object) -> None:
        place = f"{self._item}.{path}" if path else self._item
        self.problems.append(Problem(code, place, {"item": self._item, "found": found.strip()[:LONGEST], **values}))


def _name_of(piece: str, names: Sequence[tuple[str, Text]]) -> tuple[str | None, str]:
    """Part a piece into the name of its part and the rest; without a name it is all rest."""
    equals = places_of(piece, EQUALS)
    if not equals:
        return None, piece
    name, value = piece[: equals[0]].strip(), piece[equals[0] + 1 :].strip()
    key = find_name(name, names)
    if key is None and (not name or name[0].isdigit() or ":" in narrow(name)):
        return None, piece  # the sign belongs to a reason
    return key or name, value


def _level_named(levels: tuple[Level, ...], text: str) -> tuple[Level | None, str]:
    """Find the level that a text begins with, and give what follows its colon."""
    names = [(level.key, level.text) for level in levels]
    by_key = {level.key: level for level in levels}
    plain = narrow(text)
    ends = [len(text), *(place for place, sign in enumerate(plain) if sign == ":")]
    for end in ends:
        head = plain[:end].strip()
        if _POSITION.fullmatch(head):
            place = int(head) - 1
            return (levels[place] if 0 <= place < len(levels) else None), text[end + 1 :]
        key = find_name(text[:end], names)
        if key is not None:
            return by_key[key], text[end + 1 :]
    return _level_spelled_out(levels, plain), ""


def _level_spelled_out(levels: tuple[Level, ...], text: str) -> Level | None:
    """Take a position that is followed by the words of its level."""
    position = _POSITION.match(text)
    place = int(position.group()) - 1 if position else -1
    if position is None or not 0 <= place < len(levels):
        return None
    level, words = levels[place], folded(text[position.end() :])
    return level if words in (folded(level.key), folded(level.text.zh), folded(level.text.en)) else None


def _points_and_reason(tail: str) -> tuple[str, str]:
    found = _POINTS.match(narrow(tail))
    if found is None:
        return "", unquoted(tail)
    return number_text(found.group(1)), unquoted(tail[found.end() :])


def _ticked(text: str, options: Sequence[tuple[str, Text]]) -> set[str] | None:
    """Read positions, keys or texts of what is ticked; ``None`` when something else is among them."""
    whole = _option(text, options)
    if whole is not None:
        return {whole}
    ticked: set[str] = set()
    for piece in filter(None, (piece.strip() for piece in _LISTED.split(text))):
        key = _option(piece, options)
        keys = [key] if key is not None else [_option(word, options) for word in piece.split()]
        if len(keys) == 1 and keys[0] is None:
            keys = _run_together(piece, options)
        if None in keys:
            return None
        ticked.update(one for one in keys if one is not None)
    return ticked or None


def _option(word: str, options: Sequence[tuple[str, Text]]) -> str | None:
    plain = narrow(word).strip()
    if _POSITION.fullmatch(plain):
        place = int(plain) - 1
        return options[place][0] if 0 <= place < len(options) else None
    return find_name(word, options)


def _run_together(word: str, options: Sequence[tuple[str, Text]]) -> list[str | None]:
    """Read 13 as 1 and 3 where there are not so many options; spreadsheets make that of 1,3."""
    plain = narrow(word).strip()
    if not plain.isascii() or not plain.isdigit() or len(set(plain)) < len(plain):
        return [None]
    return [_option(digit, options) for digit in plain]
