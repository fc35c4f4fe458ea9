"""Decide what applies to a site: three-valued logic over its facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from wufei_cells.domain.amounts import exact
from wufei_cells.domain.conditions import AllOf, AnyOf, Condition, Fact, FactCompared, FactIs, FactKind, Not
from wufei_cells.domain.formula_names import names_in
from wufei_cells.domain.rules import Bound, Comparison
from wufei_cells.errors import Problem
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.formulas import work_out
from wufei_cells.scoring.numbers import Numbers, read_number, unread_number

FactValue = str | Fraction
Facts = Mapping[str, FactValue]


def read_facts(declared: tuple[Fact, ...], raw: Mapping[str, object]) -> tuple[dict[str, FactValue], list[Problem]]:
    """Check the facts of a site against what the checklist asks; empty ones count as unknown."""
    known = {fact.key: fact for fact in declared if fact.formula is None}
    facts: dict[str, FactValue] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        if key not in known:
            continue  # a site may carry facts that only other checklists ask for
        if value is None or value == "":
            continue
        read = _read_fact(known[key], value)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            facts[key] = read
    return facts, problems


def with_derived(declared: tuple[Fact, ...], facts: Facts, numbers: Numbers) -> dict[str, FactValue]:
    """Add the facts that are worked out from others; one that cannot be (yet) stays unknown."""
    known = dict(facts)
    waiting = [fact for fact in declared if fact.formula is not None]
    while waiting:
        found = [fact for fact in waiting if _derive(fact, known, numbers)]
        if not found:
            break
        waiting = [fact for fact in waiting if fact not in found]
    return known


def _derive(fact: Fact, known: dict[str, FactValue], numbers: Numbers) -> bool:
    inputs = {key: value for key, value in known.items() if isinstance(value, Fraction)}
    if fact.formula is None or any(name not in inputs for name in names_in(fact.formula)):
        return False
    try:
        known[fact.key] = work_out(fact.formula, inputs, numbers)
    except BadAnswer:
        return False  # such as a division by zero: what it rests on has to be looked at again
    return True


def asked_for(declared: tuple[Fact, ...], key: str) -> Iterator[str]:
    """Name the facts a person is asked for in order to know a fact: itself, or what it is worked out from."""
    fact = next((fact for fact in declared if fact.key == key), None)
    if fact is None or fact.formula is None:
        yield key
        return
    for name in names_in(fact.formula):
        yield from asked_for(declared, name)


def _read_fact(fact: Fact, value: object) -> FactValue | Problem:
    place = f"facts.{fact.key}"
    if fact.kind is FactKind.NUMBER:
        number = read_number(value)
        if number is not None:
            return number
        code, limits = unread_number(value)
        return Problem(code, place, {"found": str(value)[:40], **limits})
    written = ("yes" if value else "no") if isinstance(value, bool) else str(value)
    allowed = ("yes", "no") if fact.kind is FactKind.YES_NO else tuple(option.key for option in fact.options)
    if written not in allowed:
        return Problem("answer.not_choice", place, {"found": written[:40], "allowed": ", ".join(allowed)})
    return written


def holds(condition: Condition, facts: Facts, numbers: Numbers) -> bool | None:
    """Tell whether a condition holds; ``None`` when a fact it needs is unknown."""
    match condition:
        case AllOf():
            return _all([holds(part, facts, numbers) for part in condition.parts])
        case AnyOf():
            inverted = _all([_not(holds(part, facts, numbers)) for part in condition.parts])
            return _not(inverted)
        case Not():
            return _not(holds(condition.part, facts, numbers))
        case FactIs():
            value = facts.get(condition.fact)
            return None if value is None else value in condition.values
        case FactCompared():
            value = facts.get(condition.fact)
            return within(condition.bound, value, numbers) if isinstance(value, Fraction) else None


def within(bound: Bound, value: Fraction, numbers: Numbers) -> bool:
    """Tell whether a number passes a bound, exactly."""
    limit = numbers.value(bound.value)
    match bound.comparison:
        case Comparison.AT_LEAST:
            return value >= limit
        case Comparison.ABOVE:
            return value > limit
        case Comparison.AT_MOST:
            return value <= limit
        case Comparison.BELOW:
            return value < limit


def facts_in(condition: Condition) -> Iterator[str]:
    """Name the facts a condition looks at."""
    match condition:
        case AllOf() | AnyOf():
            for part in condition.parts:
                yield from facts_in(part)
        case Not():
            yield from facts_in(condition.part)
        case FactIs() | FactCompared():
            yield condition.fact


def written(facts: Facts) -> dict[str, str]:
    """Write facts as text, for records."""
    return {key: exact(value) if isinstance(value, Fraction) else value for key, value in facts.items()}


def _not(value: bool | None, /) -> bool | None:  # noqa: FBT001 - it is what is turned round
    return None if value is None else not value


def _all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True
