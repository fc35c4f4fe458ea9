"""What a number rests on: rows of things seen, sampled or counted, and the sums they make.

Where rows of a basis carry a number for a field, the answer has exactly the sum of the rows in that field. A field
that no row carries is entered as ever: the people of a site beside the monthly weights of its waste.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from wufei_cells.domain.amounts import exact
from wufei_cells.domain.answers import Answer, Basis, BasisRow, JsonValue
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.rules import Amount, Best, Calculated, Change, Count, Measured, Rule, Share, Sum
from wufei_cells.errors import Problem
from wufei_cells.scoring.numbers import read_number

MOST_ROWS = 200
LONGEST_PERIOD = 100
LONGEST_SOURCE = 500
LONGEST_ROW = 500
LONGEST_NUMBER = 40
NUMBER = "number"
"""The field of a measure that is a single number."""


def basis_fields(rule: Rule | None) -> tuple[str, ...]:
    """Name the fields that rows may carry numbers for; none where rows are words only."""
    match rule.measure if isinstance(rule, Measured) else None:
        case Count() | Amount():
            return (NUMBER,)
        case Share():
            return ("part", "whole")
        case Change():
            return ("before", "after")
        case Calculated(inputs=inputs):
            return tuple(entry.key for entry in inputs)
        case _:
            return ()


def rule_at(rule: Rule | None, path: str) -> Rule | None:
    """Find the rule of a part by its dotted path; the empty path is the rule itself.

    Raises:
        KeyError: there is no such part.
    """
    for key in path.split(".") if path else ():
        parts = {part.key: part.rule for part in rule.parts} if isinstance(rule, Sum | Best) else {}
        rule = parts[key]
    return rule


def row_sums(rows: Iterable[BasisRow]) -> dict[str, str]:
    """Add up rows, field by field; fields without any number are left out, and so are numbers nobody can read."""
    sums: dict[str, Fraction] = {}
    for row in rows:
        for field, text in row.numbers.items():
            number = read_number(text)
            if number is not None:
                sums[field] = sums.get(field, Fraction(0)) + number
    return {field: exact(total) for field, total in sums.items()}


def summed(rule: Rule | None, answer: Answer) -> JsonValue:
    """Give the value of an answer with the sums of its rows in place of what stood there."""
    value = answer.value
    for path, basis in answer.bases.items():
        try:
            fields = basis_fields(rule_at(rule, path))
        except KeyError:
            continue
        sums = {field: total for field, total in row_sums(basis.rows).items() if field in fields}
        if sums:
            value = _with_sums(value, path.split(".") if path else [], sums)
    return value


def basis_problems(entry: Gate | Item, answer: Answer) -> tuple[Problem, ...]:
    """List what is wrong with what an answer rests on, apart from what is wrong with the answer itself."""
    rule = entry.rule if isinstance(entry, Item) else None
    problems: list[Problem] = []
    for path, basis in answer.bases.items():
        place = f"{entry.key}.{path}" if path else entry.key
        try:
            part = rule_at(rule, path)
        except KeyError:
            problems.append(Problem("basis.unknown_part", place, {"found": path[:80]}))
            continue
        found = [*_text_problems(place, basis), *_row_problems(place, part, basis.rows)]
        if not found and answer.na is None:
            found = [*_sum_problems(place, part, basis.rows, _value_at(answer.value, path))]
        problems += found
    return tuple(problems)


# --- parts


def _with_sums(value: JsonValue, keys: list[str], sums: Mapping[str, str]) -> JsonValue:
    if not keys and set(sums) == {NUMBER}:
        return sums[NUMBER]
    inside: dict[str, JsonValue] = {**value} if isinstance(value, dict) else {}
    if not keys:
        return {**inside, **sums}
    inside[keys[0]] = _with_sums(inside.get(keys[0]), keys[1:], sums)
    return inside


def _value_at(value: JsonValue, path: str) -> JsonValue:
    for key in path.split(".") if path else ():
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _text_problems(place: str, basis: Basis) -> Iterator[Problem]:
    if len(basis.rows) > MOST_ROWS:
        yield Problem("basis.too_many_rows", place, {"found": len(basis.rows), "limit": MOST_ROWS})
    texts = [(basis.period, LONGEST_PERIOD), (basis.source, LONGEST_SOURCE)]
    texts += [(row.text, LONGEST_ROW) for row in basis.rows]
    for text, limit in texts:
        if len(text) > limit:
            yield Problem("basis.too_long", place, {"found": text[:20], "limit": limit})
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in text):
            yield Problem("basis.control_character", place)


def _row_problems(place: str, rule: Rule | None, rows: tuple[BasisRow, ...]) -> Iterator[Problem]:
    fields = basis_fields(rule)
    measure = rule.measure if isinstance(rule, Measured) else None
    for position, row in enumerate(rows, 1):
        for field, text in row.numbers.items():
            told = {"row": position, "field": field, "found": text[:LONGEST_NUMBER]}
            number = read_number(text)
            if not fields:
                yield Problem("basis.words_only", place, told)
            elif field not in fields:
                yield Problem("basis.unknown_field", place, {**told, "allowed": ", ".join(fields)})
            elif number is None:
                yield Problem("basis.not_number", place, told)
            elif isinstance(measure, Count) and (number < 0 or number.denominator != 1):
                yield Problem("basis.not_count", place, told)
            elif isinstance(measure, Share) and number < 0:
                yield Problem("basis.negative", place, told)


def _sum_problems(place: str, rule: Rule | None, rows: tuple[BasisRow, ...], value: JsonValue) -> Iterator[Problem]:
    single = basis_fields(rule) == (NUMBER,)
    for field, total in row_sums(rows).items():
        given = value if single else value.get(field) if isinstance(value, dict) else None
        if read_number(given) != Fraction(total):
            found = "" if given is None else str(given)[:LONGEST_NUMBER]
            yield Problem("basis.sum_differs", place, {"field": field, "sum": total, "found": found})
