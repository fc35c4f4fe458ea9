"""From what was noted to a number: one reading per kind of measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.rules import Amount, Calculated, Change, Count, Measure, Share, Ticks
from wufei_cells.errors import Problem
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.formulas import work_out
from wufei_cells.scoring.numbers import Numbers, read_number, unread_number


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured number, the raw values it came from, and what to look at twice."""

    number: Fraction
    raw: dict[str, str] = field(default_factory=dict[str, str])
    cautions: tuple[Problem, ...] = ()


def read_measure(measure: Measure, value: JsonValue, numbers: Numbers) -> Reading | None:
    """Read a measure; ``None`` while a part of it is still empty.

    Raises:
        BadAnswer: the value cannot be what the measure asks for.
    """
    match measure:
        case Count():
            return _count(measure, value)
        case Amount():
            number = _number(value, "")
            return None if number is None else _amount(number)
        case Share():
            return _pair(value, ("part", "whole"), lambda part, whole: _share(measure, part, whole))
        case Change():
            return _pair(value, ("before", "after"), lambda before, after: _change(measure, before, after))
        case Ticks():
            return _ticks(measure, value)
        case Calculated():
            return _calculated(measure, value, numbers)


def _number(value: JsonValue, field_name: str) -> Fraction | None:
    if value is None or value == "":
        return None
    number = read_number(value)
    if number is None:
        code, limits = unread_number(value)
        raise BadAnswer(code, found=str(value)[:40], field=field_name, **limits)
    return number


def _amount(number: Fraction) -> Reading:
    """Take any number; one below zero may be a change that was meant, or a slip of the hand."""
    cautions = (Problem("caution.negative", "", {"found": exact(number)}),) if number < 0 else ()
    return Reading(number, {"number": exact(number)}, cautions)


def _count(measure: Count, value: JsonValue) -> Reading | None:
    number = _number(value, "")
    if number is None:
        return None
    if number.denominator != 1 or number < 0:
        raise BadAnswer("answer.not_count", found=exact(number))
    if measure.at_most is not None and number > measure.at_most:
        raise BadAnswer("answer.count_too_large", found=exact(number), limit=measure.at_most)
    return Reading(number, {"number": exact(number)})


def _pair(value: JsonValue, names: tuple[str, str], read: Callable[[Fraction, Fraction], Reading]) -> Reading | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise BadAnswer("answer.not_pair", first=names[0], second=names[1])
    first, second = (_number(value.get(name), name) for name in names)
    return None if first is None or second is None else read(first, second)


def _share(measure: Share, part: Fraction, whole: Fraction) -> Reading:
    if whole <= 0:
        raise BadAnswer("answer.whole_not_positive", found=exact(whole))
    if part < 0:
        raise BadAnswer("answer.negative", found=exact(part))
    if part > whole and not measure.may_exceed:
        raise BadAnswer("answer.part_above_whole", part=exact(part), whole=exact(whole))
    percent = part / whole * 100
    cautions: tuple[Problem, ...] = ()
    if measure.smallest_whole is not None and whole < measure.smallest_whole:
        cautions = (Problem("caution.small_sample", "", {"found": exact(whole), "needed": measure.smallest_whole}),)
    raw = {"part": exact(part), "whole": exact(whole), "number": printed(percent)}
    return Reading(percent, raw, cautions)


def _change(measure: Change, before: Fraction, after: Fraction) -> Reading:
    raw = {"before": exact(before), "after": exact(after)}
    if not measure.relative:
        return Reading(after - before, {**raw, "number": printed(after - before)})
    if before <= 0:
        raise BadAnswer("answer.base_not_positive", found=exact(before))
    percent = (after - before) / before * 100
    return Reading(percent, {**raw, "number": printed(percent)})


def _ticks(measure: Ticks, value: JsonValue) -> Reading | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise BadAnswer("answer.not_ticks")
    known = [option.key for option in measure.options]
    ticked: set[str] = set()
    for entry in value:
        if not isinstance(entry, str) or entry not in known:
            raise BadAnswer("answer.not_choice", found=str(entry)[:40], allowed=", ".join(known))
        ticked.add(entry)
    in_order = " ".join(key for key in known if key in ticked)
    return Reading(Fraction(len(ticked)), {"number": str(len(ticked)), "whole": str(len(known)), "ticked": in_order})


def _calculated(measure: Calculated, value: JsonValue, numbers: Numbers) -> Reading | None:
    if value is None:
        return None
    known = [entry.key for entry in measure.inputs]
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise BadAnswer("answer.not_inputs", allowed=", ".join(known))
    given = {key: _number(value.get(key), key) for key in known}
    entered = {key: number for key, number in given.items() if number is not None}
    if len(entered) < len(known):
        return None
    number = work_out(measure.formula, entered, numbers)
    raw = {f"input.{key}": exact(entry) for key, entry in entered.items()}
    return Reading(number, {**raw, "number": printed(number)})
