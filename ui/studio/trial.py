"""Try a draft with dummy answers and dummy facts. Pure: data and answers in, a scorecard with its sentences out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from wufei_cells.checklists.draft_entries import excerpt
from wufei_cells.checklists.drafting import at, string_at
from wufei_cells.checklists.linting import lint
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.scoring.conditions import holds, read_facts, with_derived
from wufei_cells.scoring.evaluate import answer_problems, evaluate
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.checklists import Checklist, Item
    from wufei_cells.domain.conditions import Condition, Fact
    from wufei_cells.scoring.conditions import FactValue
    from wufei_cells.scoring.scorecard import Scorecard


class Untried(StrEnum):
    """What to suppose of entries nobody tried."""

    OPEN = "open"
    FULL = "full"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Subject:
    """One entry of a draft that can be tried, in a checklist of its own."""

    checklist: Checklist
    entry: Item | Gate
    facts: tuple[Fact, ...]
    """The facts that decide about the entry or its parts."""


def subject_at(data: Data, path: Path) -> Subject | None:
    """Read one entry out of a draft; ``None`` while something is wrong with it."""
    checklist = lint(excerpt(data, path)).checklist
    entry = checklist.entry(string_at(data, (*path, "key"))) if checklist else None
    if checklist is None or entry is None:
        return None
    asked = set(_facts_in(at(data, path)))
    if any(fact.formula for fact in checklist.facts if fact.key in asked):
        asked = {fact.key for fact in checklist.facts}
    return Subject(checklist, entry, asked_of(checklist, asked))


def asked_of(checklist: Checklist, wanted: set[str] | None = None) -> tuple[Fact, ...]:
    """Give the facts a person is asked for; those worked out from others are not."""
    return tuple(fact for fact in checklist.facts if fact.formula is None and (wanted is None or fact.key in wanted))


def _facts_in(data: Data) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("fact"), str):
            yield str(data["fact"])
        for value in data.values():
            yield from _facts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from _facts_in(value)


def holds_with(subject: Subject, facts: Mapping[str, str], on: date) -> Callable[[Condition], bool | None]:
    """Give what tells whether a condition of a part holds for a site with these facts."""
    checklist = subject.checklist
    numbers = Numbers(checklist.parameters, on)
    known = with_derived(checklist.facts, read_facts(checklist.facts, facts)[0], numbers)
    return partial(_holds, facts=known, numbers=numbers)


def _holds(condition: Condition, *, facts: Mapping[str, FactValue], numbers: Numbers) -> bool | None:
    return holds(condition, facts, numbers)


@dataclass(frozen=True, slots=True)
class EntryTrial:
    """What a dummy answer to one entry gives, or what is wrong with the answer."""

    card: Scorecard | None
    problems: tuple[Problem, ...] = ()


def try_entry(subject: Subject, facts: Mapping[str, str], value: JsonValue, on: date) -> EntryTrial:
    """Score one entry."""
    try:
        return EntryTrial(evaluate(subject.checklist, facts, {subject.entry.key: Answer(value)}, on=on))
    except ProblemsFound as found:
        return EntryTrial(None, found.problems)


def fits(subject: Subject, value: JsonValue) -> bool:
    """Whether a dummy answer given before still answers the entry as it is now."""
    return not answer_problems(subject.checklist, subject.entry.key, Answer(value))


def try_whole(
    checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, JsonValue], untried: Untried, on: date
) -> Scorecard:
    """Score a whole checklist; answers that fit no longer are left out, and so are facts."""
    given = {
        key: Answer(value)
        for key, value in answers.items()
        if checklist.entry(key) and not answer_problems(checklist, key, Answer(value))
    }
    supposing: dict[str, Fraction] = {}
    if untried is not Untried.OPEN:
        for entry in checklist.entries():
            if entry.key in given:
                continue
            if isinstance(entry, Gate):
                given[entry.key] = Answer("yes")
        # What is supposed of a deduction is what it takes; of a bonus, what is claimed: nothing, if nobody tried it.
        for group in checklist.groups:
            for item in group.all_items():
                if item.key not in given:
                    supposing[item.key] = Fraction(item.full) if untried is Untried.FULL else Fraction(0)
    known = {fact.key for fact in checklist.facts}
    usable = {key: value for key, value in facts.items() if key in known}
    try:
        return evaluate(checklist, usable, given, on=on, supposing=supposing)
    except ProblemsFound:  # a fact that is of another kind by now
        return evaluate(checklist, {}, given, on=on, supposing=supposing)
