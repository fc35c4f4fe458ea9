"""The shipped checklists of every city, read once, and answers that give a site the most or the least points."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.checklists import Checklist, Item
from wufei_cells.domain.conditions import Condition, FactKind
from wufei_cells.domain.rules import (
    Bands,
    Best,
    Calculated,
    Change,
    Count,
    Levels,
    Line,
    Measure,
    Measured,
    Quantity,
    Rule,
    Scale,
    Share,
    Steps,
    Sum,
    Ticks,
    YesNo,
)
from wufei_cells.scoring.bad_answers import BadAnswer
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.formulas import work_out
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.scoring.rules import RuleEvaluator

CRITERIA = Path(__file__).resolve().parents[2] / "criteria"
PROFILES = {path.parent.name: path for path in sorted(CRITERIA.glob("*/profile.yaml"))}
CITIES = {
    city: {
        path.stem: read_checklist(path.read_bytes(), path.name)
        for path in sorted((CRITERIA / city).glob("*.yaml"))
        if path not in PROFILES.values()
    }
    for city in PROFILES
}
JIAOZUO = CITIES["jiaozuo"]
ALL = {f"{city}-{name}": checklist for city, of_city in CITIES.items() for name, checklist in of_city.items()}


@pytest.fixture(scope="session")
def criteria() -> Path:
    """The folder of the shipped cities."""
    return CRITERIA


@pytest.fixture(scope="session")
def checklists() -> dict[str, Checklist]:
    """The checklists of Jiaozuo by file name."""
    return JIAOZUO


@pytest.fixture(scope="session")
def luoyang() -> dict[str, Checklist]:
    """The checklists of Luoyang by file name."""
    return CITIES["luoyang"]


@pytest.fixture(params=sorted(JIAOZUO))
def checklist(request: pytest.FixtureRequest) -> Checklist:
    """Each checklist of Jiaozuo in turn."""
    return JIAOZUO[request.param]


@pytest.fixture(params=sorted(ALL))
def any_checklist(request: pytest.FixtureRequest) -> Checklist:
    """Each shipped checklist of every city in turn."""
    return ALL[request.param]


_ANSWERS: dict[tuple[str, str], tuple[Checklist, dict[str, Answer]]] = {}
"""What was found for a checklist before: finding it tries some hundred answers."""


@dataclass(frozen=True)
class Extremes:
    """Answers found by trying the turning points of each rule."""

    checklist: Checklist

    def all_facts(self, value: str = "yes") -> dict[str, object]:
        """Every fact of the checklist: yes and very many, or no and none."""
        number = "1000000" if value == "yes" else "0"
        return {fact.key: number if fact.kind is FactKind.NUMBER else value for fact in self.checklist.facts}

    def best(self, **changed: JsonValue) -> dict[str, Answer]:
        """Gates met and full marks everywhere, but for the answers given."""
        return self._answers("yes", max) | {key: Answer(value) for key, value in changed.items()}

    def worst(self) -> dict[str, Answer]:
        """Gates failed and the fewest points everywhere."""
        return self._answers("no", min)

    def _answers(self, gate: str, choose: Callable[..., JsonValue]) -> dict[str, Answer]:
        known = _ANSWERS.get((self.checklist.key, gate))
        if known and known[0] is self.checklist:
            return dict(known[1])
        found = {entry.key: Answer(gate) for entry in self.checklist.gates}
        deductions = self.checklist.deductions
        taking = set() if deductions is None else {item.key for item in deductions.group.all_items()}
        for item in self.checklist.items():
            chosen = {max: min, min: max}[choose] if item.key in taking else choose
            found[item.key] = Answer(chosen(possible_answers(item.rule, self._numbers), key=self._points_of(item)))
        _ANSWERS[self.checklist.key, gate] = (self.checklist, found)
        return dict(found)

    @property
    def _numbers(self) -> Numbers:
        return Numbers(self.checklist.parameters)

    def _points_of(self, item: Item) -> Callable[[JsonValue], Fraction]:
        evaluator = RuleEvaluator(self._numbers, holds=_holds)
        return lambda value: evaluator.mark(item.rule, value, Fraction(item.full)).span.low


def _holds(_condition: Condition) -> bool:
    """Let every part of a rule apply, so that each is answered as well or as badly as can be."""
    return True


@pytest.fixture(scope="session")
def extremes() -> Callable[[Checklist], Extremes]:
    """Find the best and the worst answers to a checklist."""
    return Extremes


@pytest.fixture(scope="session")
def points() -> Callable[[Checklist, str, JsonValue], Fraction]:
    """Score one answer on its own, through the evaluator, at a site that has everything."""

    def score(checklist: Checklist, key: str, value: JsonValue) -> Fraction:
        card = evaluate(checklist, Extremes(checklist).all_facts(), {key: Answer(value)})
        item = card.item(key)
        assert item is not None
        assert item.answered
        assert item.got.low == item.got.high
        return item.got.low

    return score


# --- answers worth trying


def possible_answers(rule: Rule, numbers: Numbers) -> list[JsonValue]:
    """Give answers that between them reach the most and the least a rule can give."""
    match rule:
        case YesNo():
            return ["yes", "no"]
        case Levels():
            return [level.key for level in rule.levels]
        case Measured(measure=Calculated() as measure):
            return list(_inputs_that_work(measure, numbers))
        case Measured():
            most = rule.measure.at_most if isinstance(rule.measure, Count) else None
            tried = {*_turning_points(rule.scale, numbers), Fraction(most or 0)}
            found = [_noted(rule.measure, number) for number in sorted(tried)]
            return [answer for answer in found if answer is not None]
        case Best():
            return [{part.key: answer} for part in rule.parts for answer in possible_answers(part.rule, numbers)]
        case Sum():
            keys = [part.key for part in rule.parts]
            choices = product(*(possible_answers(part.rule, numbers) for part in rule.parts))
            return [dict(zip(keys, choice, strict=True)) for choice in choices]


def _inputs_that_work(measure: Calculated, numbers: Numbers) -> Iterator[JsonValue]:
    """Give raw numbers that between them make the result very small and very large; not those that divide by zero."""
    keys = [entry.key for entry in measure.inputs]
    for chosen in product((0, 1, 100), repeat=len(keys)):
        values = {key: Fraction(number) for key, number in zip(keys, chosen, strict=True)}
        with contextlib.suppress(BadAnswer):
            work_out(measure.formula, values, numbers)
            yield {key: str(number) for key, number in zip(keys, chosen, strict=True)}


def _turning_points(scale: Scale, numbers: Numbers) -> Iterator[Fraction]:
    yield from (Fraction(0), Fraction(10), Fraction(100))
    for quantity in _marks(scale):
        value = numbers.value(quantity)
        yield from (value - 1, value, value + 1)


def _marks(scale: Scale) -> Iterator[Quantity]:
    match scale:
        case Bands():
            for band in scale.bands:
                if band.bound is not None:
                    yield band.bound.value
                if isinstance(band.result, Line):
                    yield from _marks(band.result)
        case Line():
            yield from (x for x, _y in scale.corners)
        case Steps():
            yield scale.reference


def _noted(measure: Measure, number: Fraction) -> JsonValue:
    """Write what an assessor would note for a number; nothing where it cannot be."""
    match measure:
        case Count():
            fits = number >= 0 and (measure.at_most is None or number <= measure.at_most)
            return exact(number) if fits else None
        case Share():
            fits = 0 <= number <= 100 or (number > 0 and measure.may_exceed)
            return {"part": exact(number), "whole": "100"} if fits else None
        case Change():
            return {"before": "100", "after": exact(100 + number)}
        case Ticks():
            return [option.key for option in measure.options[: int(max(number, Fraction(0)))]]
    return exact(number)
