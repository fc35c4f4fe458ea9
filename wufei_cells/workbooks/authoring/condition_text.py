"""Conditions in a cell, in words: ``has_canteen=是 且 diners≥1000``.

Facts and options go by their keys or by their names. ``and`` binds tighter than ``or``; parentheses make a condition
of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wufei_cells.checklists.defaults import condition_without_defaults
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.errors import UserError
from wufei_cells.workbooks.vocabulary import Vocabulary, folded, simple

DEEPEST = 20
_NUMBER = r"-?\d{1,12}(?:\.\d{1,6})?|\$[A-Za-z][A-Za-z0-9_-]*"
_COMPARISONS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<"}
_SIGNS = {"≥": "at_least", ">=": "at_least", ">": "above", "≤": "at_most", "<=": "at_most", "<": "below"}


class SheetTextError(UserError):
    """Words in a cell cannot be understood."""


@dataclass(frozen=True, slots=True)
class Names:
    """What facts, options and parameters are called, folded, with their keys."""

    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    sources: Mapping[str, str] = field(default_factory=dict[str, str])


class ConditionText:
    """Writes and reads conditions."""

    def __init__(self, words: Vocabulary, names: Names) -> None:
        self._words = words
        self._names = names
        self._known = _longest_first(names.facts)
        self._values = _longest_first(names.options)
        self._and = re.compile(words.pattern("and"), re.IGNORECASE)
        self._or = re.compile(words.pattern("or"), re.IGNORECASE)
        self._not = re.compile(words.pattern("not"), re.IGNORECASE)

    # --- writing

    def written(self, data: Data) -> str | None:
        """Write a condition, or nothing where these words cannot say it."""
        text = self._parts(condition_without_defaults(data), DEEPEST)
        if text is None:
            return None
        try:
            return text if self.read(text) == condition_without_defaults(data) else None
        except SheetTextError:
            return None

    def _parts(self, data: Data, room: int) -> str | None:
        if not isinstance(data, dict) or room == 0:
            return None
        for name, word in (("all", "and"), ("any", "or")):
            parts = data.get(name)
            if isinstance(parts, list) and set(data) == {name}:
                written = [self._in_parentheses(part, room - 1) for part in parts]
                return None if None in written else f" {self._words.say(f'word.{word}')} ".join(map(str, written))
        if set(data) == {"not"}:
            inner = self._parts(data["not"], room - 1)
            return None if inner is None else f"{self._words.say('word.not')}({inner})"
        return self._fact(data)

    def _in_parentheses(self, data: Data, room: int) -> str | None:
        text = self._parts(data, room)
        nested = isinstance(data, dict) and ("all" in data or "any" in data)
        return f"({text})" if nested and text is not None else text

    def _fact(self, data: dict[str, Data]) -> str | None:
        fact = data.get("fact")
        rest = {name: value for name, value in data.items() if name != "fact"}
        if not isinstance(fact, str) or len(rest) > 1:
            return None
        [(name, value)] = rest.items() or [("is", "yes")]
        if name in _COMPARISONS:
            return f"{fact}{_COMPARISONS[name]}{value}"
        values = value if isinstance(value, list) else [value]
        if name != "is" or not all(isinstance(one, str) for one in values):
            return None
        return f"{fact}={'/'.join(self._value_word(str(one)) for one in values)}"

    def _value_word(self, value: str) -> str:
        return self._words.say(f"flag.{value}") if value in ("yes", "no") else value

    # --- reading

    def read(self, text: str) -> Data:
        """Read a condition.

        Raises:
            SheetTextError: it cannot be understood from some point on.
        """
        condition, at = self._any(text, 0, DEEPEST)
        if text[at:].strip():
            raise _lost(text, at)
        return condition

    def _any(self, text: str, at: int, room: int) -> tuple[Data, int]:
        parts, at = self._joined(text, at, room, self._or)
        return (parts[0] if len(parts) == 1 else {"any": parts}), at

    def _joined(self, text: str, at: int, room: int, word: re.Pattern[str]) -> tuple[list[Data], int]:
        parts: list[Data] = []
        while True:
            if word is self._or:
                inner, at = self._joined(text, at, room, self._and)
                part: Data = inner[0] if len(inner) == 1 else {"all": inner}
            else:
                part, at = self._single(text, at, room)
            parts.append(part)
            found = word.match(simple(text), _skip(text, at))
            if not found:
                return parts, at
            at = found.end()

    def _single(self, text: str, at: int, room: int) -> tuple[Data, int]:
        at = _skip(text, at)
        if room == 0:
            raise _lost(text, at)
        if simple(text[at : at + 1]) == "(":
            inside, at = self._any(text, at + 1, room - 1)
            at = _skip(text, at)
            if simple(text[at : at + 1]) != ")":
                raise _lost(text, at)
            return inside, at + 1
        if not self._starts_with_name(text, at) and (found := self._not.match(simple(text), at)):
            inner, at = self._single(text, found.end(), room - 1)
            return {"not": inner}, at
        return self._comparison(text, at)

    def _starts_with_name(self, text: str, at: int) -> bool:
        return any(text.startswith(name, at) for name in self._known)

    def _comparison(self, text: str, at: int) -> tuple[Data, int]:
        fact, at = _name(text, at, self._known, self._names.facts)
        plain_text, after = simple(text), _skip(text, at)
        sign = re.compile(r">=|<=|≥|≤|>|<").match(plain_text, after)
        if sign:
            number = re.compile(rf"\s*({_NUMBER})%?").match(plain_text, sign.end())
            if not number:
                raise _lost(text, sign.end())
            return {"fact": fact, _SIGNS[sign.group()]: number[1]}, number.end()
        equals = re.compile(r"==?|≠|!=|<>").match(plain_text, after)
        if not equals:
            return {"fact": fact}, at
        values, at = self._value_list(text, equals.end())
        condition: Data = {"fact": fact} if values == ["yes"] else {"fact": fact, "is": values}
        if len(values) == 1 and values != ["yes"]:
            condition = {"fact": fact, "is": values[0]}
        return ({"not": condition} if equals.group() in ("≠", "!=", "<>") else condition), at

    def _value_list(self, text: str, at: int) -> tuple[list[Data], int]:
        values: list[Data] = []
        while True:
            value, at = _name(text, _skip(text, at), self._values, self._names.options, self._flags())
            values.append(value)
            after = _skip(text, at)
            if simple(text[after : after + 1]) not in ("/", "|") and text[after : after + 1] != "、":
                return values, at
            at = after + 1

    def _flags(self) -> dict[str, str]:
        return {word: name for name in ("yes", "no") for word in self._words.spellings(f"flag.{name}")}


def _longest_first(names: Mapping[str, str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _name(
    text: str, at: int, spelled: list[str], keys: Mapping[str, str], more: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """Take a name that is known, or a key."""
    for name in spelled:
        if text.startswith(name, at):
            return keys[name], at + len(name)
    key = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}").match(simple(text), at)
    if key and not (more and folded(key.group()) in more):
        return key.group(), key.end()
    for word in sorted(more or {}, key=len, reverse=True):
        if folded(text[at : at + len(word)]) == folded(word):
            return (more or {})[word], at + len(word)
    raise _lost(text, at)


def _lost(text: str, at: int) -> SheetTextError:
    return SheetTextError("authoring.condition_text", found=text[at : at + 40].strip() or text[:40])
